"""The report as one self-contained page: quote cards, findings, then all texts side by side.

Nothing is loaded from anywhere: style and script are inside, named by their hashes in the page's
Content-Security-Policy, so that no script smuggled into a text could run even if it were not escaped.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from ..finding import Report
from ..text import Document, Quote, visible
from .excerpt import Piece, clean_range, clipped, marked_segments, pieces
from .groups import Group, groups, merged
from .json import plain
from .labels import Mark, bead_labels, by_segment, finding_marks, quote_marks
from .pages import environment
from .quote_table import concerning, quote_rows, said
from .rows import aligned, rows
from .text import about, counts, place_of, told_apart


def render(report: Report) -> str:
    template, style, script = (files(__package__).joinpath("templates", name).read_text("utf-8")
                               for name in ("report.html", "report.css", "report.js"))
    page = _View(report)
    return environment(visible=visible, about=about).from_string(template).render(
        page=page, report=report, style=Markup(style), script=Markup(script), style_hash=_hash(style), script_hash=_hash(script))


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


class _View:
    """What the template shows, in its order. Labels join counterparts: f3 a finding, q1 a quote, b0-7 a bead."""

    def __init__(self, report: Report):
        self.report = report
        self.number = {id(finding): n for n, finding in enumerate(report.findings)}
        self.severities = [s for s in ("critical", "major", "minor", "neutral") if any(f.severity.value == s for f in report.findings)]
        self.counts = counts(report.findings)
        self.quote_rows = quote_rows(report)
        self.aside = [w for w in report.witnesses if w.name not in aligned(report)]
        self.columns = [report.draft, *(w for w in report.witnesses if w not in self.aside)]
        self._anchored: set[int] = set()

    def quotes(self) -> list[dict[str, Any]]:
        out = []
        for n, row in enumerate(self.quote_rows):
            out.append({
                "id": f"q{n}", "place": place_of(self.report.draft, row.target.start),
                "said": said(row.target, self.report.draft), "pieces": self._quote(row.target, self.report.draft),
                "findings": [(self.number[id(f)], f) for f in concerning(self.report, row, self.report.findings)],
                "witnesses": [{"document": witness, "said": said(pair.source, witness) if pair.source else "",
                               "pieces": self._quote(pair.source, witness) if pair.source else None,
                               "back": pair.back_translation if pair.source else ""}
                              for name, pair in row.pairs.items() if (witness := self._witness(name))],
            })
        return out

    def groups(self) -> list[dict[str, Any]]:
        return [self._group(group) for group in groups(self.report)]

    def rows(self) -> list[list[dict[str, Any]]]:
        """One list of cells a row: the draft's, then each witness's."""
        labels = {d.name: bead_labels(self.report, d, self.report.witnesses) for d in self.columns}
        marks = {d.name: self._marks(d) for d in self.columns}
        out = []
        for row in rows(self.report):
            cells = []
            for document in self.columns:
                indexes = row.draft if document is self.report.draft else row.witnesses.get(document.name, [])
                cells.append({"document": document, "segments": [
                    self._segment(document, i, labels[document.name].get(i, []), marks[document.name].get(i, [])) for i in indexes]})
            out.append(cells)
        return out

    def _group(self, group: Group) -> dict[str, Any]:
        draft = self.report.draft
        shown: set[str] = set()
        originals = []
        for original in group.originals:
            marks = [(f.source.start, f.source.end, f"f{self.number[id(f)]}") for f in group.findings
                     if f.source and f.witness == original.witness.name]
            back = original.back_translation if original.back_translation not in shown else ""
            shown.add(back)
            originals.append({"document": original.witness, "back": back,
                              "pieces": self._shown(original.witness, original.segments, marks)})
        marks = [(f.target.start, f.target.end, f"f{self.number[id(f)]}") for f in group.findings if f.target]
        found = []
        for first, names in merged(group.findings):
            same = [f for f in group.findings if f.check == first.check and f.message == first.message and f.target == first.target]
            found.append({"finding": first, "numbers": [self.number[id(f)] for f in same], "told_apart": told_apart(first, names),
                          "evidence": {k: plain(v) for k, v in first.evidence.items() if k not in ("bead", "context", "back_translation")}})
        return {"place": place_of(draft, group.start), "pieces": self._shown(draft, group.segments, marks), "document": draft,
                "originals": originals, "findings": found}

    def _shown(self, document: Document, indexes: list[int], marks: list) -> list[dict[str, Any]] | None:
        return self._dress(clipped(marked_segments(document, indexes, marks))) if indexes else None

    def _segment(self, document: Document, index: int, labels: list[str], marks: list) -> dict[str, Any]:
        segment = document.segments[index]
        here = [(*found, label) for start, end, label in marks if (found := clean_range(segment, start, end))]
        return {"kind": segment.kind, "labels": " ".join(labels), "pieces": self._dress(pieces(segment.text, here), anchors=True)}

    def _dress(self, parts: Iterable[Piece], anchors: bool = False) -> list[dict[str, Any]]:
        """Pieces as the template wants them: text, labels, the finding to go to and the gravest severity."""
        out = []
        for text, labels in parts:
            numbers = [int(label[1:]) for label in labels if label[0] == "f"]
            worst = max((self.report.findings[n] for n in numbers), key=lambda f: f.severity.weight, default=None)
            fresh = [n for n in numbers if n not in self._anchored] if anchors else []
            self._anchored.update(fresh)
            out.append({"text": visible(text), "labels": " ".join(labels), "severity": worst.severity.value if worst else "",
                        "goto": self.number[id(worst)] if worst else None, "anchors": fresh})
        return out

    def _quote(self, quote: Quote, document: Document) -> list[dict[str, Any]]:
        marks = []
        if len(quote.text) == quote.end - quote.start:  # nothing was cleaned away: offsets hold
            marks = [(start - quote.start, end - quote.start, label) for start, end, label in self._spans(document)]
            marks = [mark for mark in marks if mark[0] < len(quote.text) and mark[1] > 0]
        return self._dress(pieces(quote.text, marks))

    def _spans(self, document: Document) -> list[Mark]:
        return finding_marks(self.report, document, ((f"f{self.number[id(finding)]}", finding) for finding in self.report.findings))

    def _marks(self, document: Document) -> dict[int, list[Mark]]:
        """Marks of findings and quotes, by segment."""
        return by_segment(document, self._spans(document) + quote_marks(self.report, document, self.quote_rows))

    def _witness(self, name: str) -> Document | None:
        return next((w for w in self.report.witnesses if w.name == name), None)
