"""Labels that join counterparts on a page: where findings and quotes mark a document, and which beads its segments are in.

`f…` a finding, `q3` a quote of the draft and its counterparts, `b0-7` a bead of the first witness.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..finding import Finding, Report
from ..text import Document
from .excerpt import segments_at
from .quote_table import QuoteRow

Mark = tuple[int, int, str]  # half-open file range, label


def finding_marks(report: Report, document: Document, labelled: Iterable[tuple[str, Finding]]) -> list[Mark]:
    """Where (label, finding) pairs mark the draft, or the witness that they are of."""
    found = []
    for label, finding in labelled:
        span = finding.target if document is report.draft else finding.source if finding.witness == document.name else None
        if span:
            found.append((span.start, span.end, label))
    return found


def quote_marks(report: Report, document: Document, quotes: Sequence[QuoteRow]) -> list[Mark]:
    """Where the quotes of the draft, or their counterparts in a witness, stand."""
    found = []
    for n, row in enumerate(quotes):
        pair = row.pairs.get(document.name)
        quote = row.target if document is report.draft else pair.source if pair else None
        if quote:
            found += [(start, end, f"q{n}") for start, end in quote.parts or ((quote.start, quote.end),)]
    return found


def by_segment(document: Document, marks: Iterable[Mark]) -> dict[int, list[Mark]]:
    """The marks that touch each segment."""
    out: dict[int, list[Mark]] = {}
    for mark in marks:
        for index in segments_at(document, mark[0], mark[1]):
            out.setdefault(index, []).append(mark)
    return out


def bead_labels(report: Report, document: Document, witnesses: Sequence[Document]) -> dict[int, list[str]]:
    """Labels of the beads with both sides that each segment is in; `witnesses` are numbered as they come."""
    out: dict[int, list[str]] = {}
    for w, witness in enumerate(witnesses):
        for b, bead in enumerate(report.beads.get(witness.name, [])):
            own = bead.target if document is report.draft else bead.source if document is witness else ()
            for index in own if bead.source and bead.target else ():
                out.setdefault(index, []).append(f"b{w}-{b}")
    return out
