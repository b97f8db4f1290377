"""Draft and witnesses row by row, as the page's template wants them.

Labels join counterparts (report/labels.py); a finding's is its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..decisions import DISMISSED, OPEN, Decision
from ..finding import Finding, Report
from ..report.excerpt import clean_range, pieces, segments_at
from ..report.groups import bead_of
from ..report.labels import Mark, bead_labels, by_segment, finding_marks, quote_marks
from ..report.quote_table import QuoteRow, quote_rows
from ..report.rows import aligned, rows
from ..text import Document, Quote, visible
from .edited import shown


class Texts:
    """The side-by-side view of one report. `keys` are its findings by key, in the page's order."""

    def __init__(self, report: Report, keys: Mapping[str, Finding], current: Mapping[str, Decision]):
        self.report, self.keys = report, keys
        self._states = {key: current[p].state if (p := key.split("-")[0]) in current else OPEN for key in keys}
        self.quotes: list[QuoteRow] = quote_rows(report)
        self.shown = [w for w in report.witnesses if w.name in aligned(report)]
        self._spans = {d.name: self._spans_of(d) for d in (report.draft, *report.witnesses)}
        self.rows = self._rows()
        self.row_of_segment = {s["index"]: row["id"] for row in self.rows for s in row["draft"]}
        self._row_of_source = {(c["name"], s["index"]): row["id"] for row in self.rows for c in row["cells"] for s in c["segments"]}

    def state_of(self, key: str) -> str:
        return self._states[key]

    def over(self, document: Document, quote: Quote) -> list[tuple[int, int, str]]:
        """File ranges of the findings that touch a quote."""
        found = {span: None for i in quote.segments for span in self._spans[document.name].get(i, ()) if span[2][0] == "f"}
        return [span for span in found if span[0] < quote.end and quote.start < span[1]]

    def bead_at(self, witness: Document, quote: Quote) -> int | None:
        """Number of the witness's bead that a quote of the draft begins in."""
        beads = self.report.beads.get(witness.name, [])
        return next((n for n, b in enumerate(beads) if b.source and quote.segments and quote.segments[0] in b.target), None)

    def quotes_over(self, finding: Finding) -> list[int]:
        """Numbers of the draft's quotes that a finding is in."""
        if not finding.target:
            return []
        at, end = finding.target.start, finding.target.end
        labels = {label for i in segments_at(self.report.draft, at, end) for a, b, label in self._spans[self.report.draft.name].get(i, ())
                  if label[0] == "q" and a < end and at < b}
        return sorted(int(label[1:]) for label in labels)

    def findings(self) -> list[dict[str, Any]]:
        """What the page's script knows of each finding, in its order."""
        out = []
        for key, f in self.keys.items():
            segment = self._segment_of(f)
            out.append({"key": key, "check": f.check, "severity": f.severity.value, "witness": f.witness, "state": self.state_of(key),
                        "row": self.row_of(f), "segment": segment})
        return out

    def row_of(self, finding: Finding) -> int:
        """The row that shows a finding: its draft sentence's, else its source sentence's."""
        segment = self._segment_of(finding)
        if segment is not None and segment in self.row_of_segment:
            return self.row_of_segment[segment]
        witness = next((w for w in self.shown if w.name == finding.witness), None)
        if witness and finding.source:
            for index in segments_at(witness, finding.source.start, finding.source.end):
                return self._row_of_source.get((witness.name, index), 0)
        return 0

    def _segment_of(self, finding: Finding) -> int | None:
        """The draft sentence that an editor would change for this finding."""
        if finding.target:
            return next(iter(segments_at(self.report.draft, finding.target.start, finding.target.end)), None)
        bead = bead_of(self.report, finding)
        return bead.target[0] if bead and bead.target else None

    def _rows(self) -> list[dict[str, Any]]:
        columns = [self.report.draft, *self.shown]
        beads = {d.name: bead_labels(self.report, d, self.shown) for d in columns}
        segments = lambda d, indexes: [self._segment(d, i, beads[d.name].get(i, []), self._spans[d.name].get(i, [])) for i in indexes]
        return [{"id": number, "draft": segments(self.report.draft, row.draft),
                 "cells": [{"name": w.name, "number": n, "segments": segments(w, row.witnesses.get(w.name, []))} for n, w in enumerate(self.shown)]}
                for number, row in enumerate(rows(self.report))]

    def _segment(self, document: Document, index: int, labels: list[str], spans: list) -> dict[str, Any]:
        segment = document.segments[index]
        here = [(*found, label) for start, end, label in spans if (found := clean_range(segment, start, end))]
        return {"index": index, "kind": segment.kind, "labels": " ".join(labels), "pieces": self.dressed(pieces(segment.text, here)),
                "words": shown(segment.text) if document is self.report.draft else ""}

    def dressed(self, parts: Iterable[tuple[str, tuple]]) -> list[dict[str, Any]]:
        """Pieces with the gravest severity of the findings over them that were not dismissed."""
        out = []
        for text, labels in parts:
            found = [label[1:] for label in labels if label[0] == "f"]
            live = [self.keys[key] for key in found if self.state_of(key) != DISMISSED]
            worst = max(live, key=lambda f: f.severity.weight, default=None)
            out.append({"text": visible(text), "labels": " ".join(labels), "found": bool(found), "severity": worst.severity.value if worst else ""})
        return out

    def _spans_of(self, document: Document) -> dict[int, list[Mark]]:
        found = finding_marks(self.report, document, ((f"f{key}", finding) for key, finding in self.keys.items()))
        return by_segment(document, found + quote_marks(self.report, document, self.quotes))
