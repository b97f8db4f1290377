"""Draft and witnesses row by row, as the page's template wants them.

Labels join counterparts: `f…` a finding's key, `q3` a quote, `b0-7` a bead of the first witness.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..decisions import DISMISSED, OPEN, Decision
from ..finding import Finding, Report
from ..report.excerpt import clean_range, pieces, segments_at, visible
from ..report.groups import bead_of
from ..report.quote_table import QuoteRow, quote_rows
from ..report.rows import aligned, rows
from ..text import Document
from .edited import shown

Spans = dict[int, list[tuple[int, int, str]]]  # segment -> half-open file ranges with their labels


class Texts:
    """The side-by-side view of one report. `keys` are its findings by key, in the page's order."""

    def __init__(self, report: Report, keys: Mapping[str, Finding], current: Mapping[str, Decision]):
        self.report, self.keys, self.current = report, keys, current
        self.quotes: list[QuoteRow] = quote_rows(report)
        self.shown = [w for w in report.witnesses if w.name in aligned(report)]
        self.rows = self._rows()
        self.row_of_segment = {s["index"]: row["id"] for row in self.rows for s in row["draft"]}
        self._row_of_source = {(c["name"], s["index"]): row["id"] for row in self.rows for c in row["cells"] for s in c["segments"]}

    def state_of(self, finding: Finding) -> str:
        decision = self.current.get(finding.fingerprint)
        return decision.state if decision else OPEN

    def findings(self) -> list[dict[str, Any]]:
        """What the page's script knows of each finding, in its order."""
        out = []
        for key, f in self.keys.items():
            segment = self._segment_of(f)
            inside = [n for n, q in enumerate(self.quotes) if f.target and q.target.start < f.target.end and f.target.start < q.target.end]
            out.append({"key": key, "check": f.check, "severity": f.severity.value, "witness": f.witness, "state": self.state_of(f),
                        "row": self.row_of(f), "segment": segment, "quotes": inside, "print": f.fingerprint,
                        "label": f"{f.severity.value} {f.check}"})
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
        beads = {d.name: self._bead_labels(d) for d in columns}
        spans = {d.name: self._spans(d) for d in columns}
        segments = lambda d, indexes: [self._segment(d, i, beads[d.name].get(i, []), spans[d.name].get(i, [])) for i in indexes]
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
            found = [self.keys[label[1:]] for label in labels if label[0] == "f"]
            live = [f for f in found if self.state_of(f) != DISMISSED]
            worst = max(live, key=lambda f: f.severity.weight, default=None)
            out.append({"text": visible(text), "labels": " ".join(labels), "found": bool(found), "severity": worst.severity.value if worst else ""})
        return out

    def spans_in(self, document: Document) -> list[tuple[int, int, str]]:
        """File ranges of the findings in a document."""
        out = []
        for key, f in self.keys.items():
            span = f.target if document is self.report.draft else f.source if f.witness == document.name else None
            if span:
                out.append((span.start, span.end, f"f{key}"))
        return out

    def _spans(self, document: Document) -> Spans:
        found = self.spans_in(document)
        for n, row in enumerate(self.quotes):
            pair = row.pairs.get(document.name)
            quote = row.target if document is self.report.draft else pair.source if pair else None
            if quote:
                found += [(start, end, f"q{n}") for start, end in quote.parts or ((quote.start, quote.end),)]
        out: Spans = {}
        for span in found:
            for index in segments_at(document, span[0], span[1]):
                out.setdefault(index, []).append(span)
        return out

    def _bead_labels(self, document: Document) -> dict[int, list[str]]:
        out: dict[int, list[str]] = {}
        for w, witness in enumerate(self.shown):
            for b, bead in enumerate(self.report.beads.get(witness.name, [])):
                own = bead.target if document is self.report.draft else bead.source if document is witness else ()
                for index in own if bead.source and bead.target else ():
                    out.setdefault(index, []).append(f"b{w}-{b}")
        return out
