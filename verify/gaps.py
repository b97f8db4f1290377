"""Sentences and quotes without a counterpart: added by the draft, or left out of it."""

from __future__ import annotations

from collections.abc import Sequence

from .align.quotes import IDIOM
from .finding import UNHELD, Category, Finding, Report, Severity
from .nuance import chosen
from .plan import Plan
from .text import Document, Quote, QuoteKind, Span

WEAK = 0.25  # score to which the other side of a bead is as good as picked at random; of 1,410 faithful sentences 2 stay under it
PARALLEL = 0.6  # a witness is a parallel text, from which a missing sentence is an omission, when this share of it is aligned


def compare_gaps(report: Report, related: Sequence[Document], plan: Plan) -> None:
    """Segments without a counterpart, and quotes. The draft's: an addition if no witness holds it. A witness's: an
    omission if that witness is otherwise parallel to the draft (a longer report is no omission)."""
    draft, on = report.draft, chosen(plan.select, plan.ignore)
    names = ", ".join(w.name for w in related)
    beads = [bead for witness in related for bead in report.beads[witness.name] if bead.source]
    beside = {j for bead in beads for j in bead.target}
    quoted = {j for pair in report.quotes if pair.source is not None for j in pair.target.segments}
    covered = {j for bead in beads for j in bead.target if bead.score >= WEAK or j in quoted}
    if related and "addition" in on:
        for index, segment in enumerate(draft.segments):
            if segment.kind == "text" and index not in covered and len(segment.text) > 3:
                report.findings.append(Finding(
                    "addition", Category.ADDITION, Severity.MAJOR, f"No witness ({names}) holds this sentence.",
                    target=Span(draft.name, segment.start, segment.end, segment.text), confidence=0.5 if index in beside else 0.7, witness=related[0].name,
                    evidence={"context": segment.text[:80]}))
    if related and "quotation" in on:
        report.findings += [_unheld(draft, quote, related[0].name, names) for quote in _quotes_nowhere(report)]
    if "omission" not in on:
        return
    for witness in related:
        live = [i for i, s in enumerate(witness.segments) if s.kind == "text"]
        held = {i for bead in report.beads[witness.name] if bead.target for i in bead.source}
        parallel = len(held & set(live)) / max(1, len(live)) >= PARALLEL
        for index in live:
            segment = witness.segments[index]
            if index in held or len(segment.text) < 4:
                continue
            if parallel:
                report.findings.append(Finding(
                    "omission", Category.OMISSION, Severity.MAJOR, f"The draft has nothing for this sentence of {witness.name}.",
                    source=Span(witness.name, segment.start, segment.end, segment.text), confidence=0.7, witness=witness.name,
                    evidence={"context": segment.text[:80]}))
        if not parallel:
            missing = len(live) - len(held & set(live))
            report.notes.append(f"{witness.name}: {missing} of its {len(live)} sentences have no counterpart in the draft "
                                f"(it is not parallel to the draft, so they are no omissions)")


def _quotes_nowhere(report: Report) -> list[Quote]:
    """Quotes that were looked for in a witness and found in none. A term in marks is nobody's speech."""
    found: dict[tuple[int, int], bool] = {}
    for pair in report.quotes:
        place = pair.target.start, pair.target.end
        found[place] = found.get(place, False) or pair.source is not None
    return [q for q in report.draft.quotes if q.kind in (QuoteKind.DIRECT, QuoteKind.PARTIAL) and found.get((q.start, q.end)) is False]


def _unheld(draft: Document, quote: Quote, witness: str, names: str) -> Finding:
    start, end = quote.parts[0] if quote.parts else (quote.start, quote.end)  # of a split quote, the words up to "he said"
    words = quote.text if len(quote.parts) < 2 else draft.text[start:end]
    # A few words in marks may be an idiom, put freely, that no lexicon knows for the same.
    severity = Severity.MINOR if quote.kind == QuoteKind.PARTIAL and len(quote.text.split()) <= IDIOM else Severity.MAJOR
    return Finding("quotation", Category.ADDITION, severity, f"No witness ({names}) holds this quote.", target=Span(draft.name, start, end, words),
                   confidence=0.7, witness=witness, suggestion="name the original that holds it, or take the words out of the marks",
                   evidence={"by": UNHELD, "context": words[:80]})
