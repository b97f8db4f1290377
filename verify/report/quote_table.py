"""The quote table: one row a quote of the draft, one cell a witness; and which findings concern a quote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..finding import Finding, QuotePair, Report
from ..nuance.speakers import place_of_speaker
from ..text import Document, Quote

Range = tuple[int, int]


@dataclass
class QuoteRow:
    """`pairs` has an entry for each witness that was asked, in the report's order of witnesses."""

    target: Quote
    pairs: dict[str, QuotePair] = field(default_factory=dict)

    @property
    def speaker(self) -> str | None:
        return self.target.speaker

    @property
    def verb(self) -> str | None:
        return self.target.verb


_CITING = (" to", " of", " per")  # what ends so stands before the name


def quote_rows(report: Report) -> list[QuoteRow]:
    """By place in the draft."""
    rows: dict[tuple[int, int], QuoteRow] = {}
    order = {witness.name: number for number, witness in enumerate(report.witnesses)}
    for pair in sorted(report.quotes, key=lambda p: (p.target.start, p.target.end, order.get(p.witness, len(order)))):
        row = rows.setdefault((pair.target.start, pair.target.end), QuoteRow(pair.target))
        best = row.pairs.get(pair.witness)
        if best is None or pair.score > best.score:
            row.pairs[pair.witness] = pair
    return list(rows.values())


def said(quote: Quote, document: Document) -> str:
    """Speaker and act of saying: the verb as the text has it, or its lemma where the text cannot be shown."""
    words = document.text[slice(*quote.verb_span)] if quote.verb_span else ""
    verb = words if words and "<" not in words else quote.verb
    if quote.speaker and quote.verb and quote.verb.endswith(_CITING):
        return f"{verb} {quote.speaker}" if verb.lower().endswith(_CITING) else verb  # according to the indictment; in Hsu's view
    return " ".join(filter(None, (quote.speaker, verb)))


def concerning(report: Report, row: QuoteRow, findings: Iterable[Finding]) -> list[Finding]:
    """The findings that touch the quote, its speaker or its attribution, in the draft or in a witness's counterpart.

    What lies wholly in another quote of the draft is that one's; so is what touches the counterpart, which quotes can share, but is said of
    another sentence of the draft.
    """
    witnesses = {w.name: w for w in report.witnesses}
    own = row.target.start, row.target.end
    here = _ground(report.draft, row.target)
    there = {name: _ground(witness, pair.source) for name, pair in row.pairs.items() if pair.source and (witness := witnesses.get(name))}
    at = lambda span: (span.start, span.end)
    sentences = [at(report.draft.segments[i]) for i in row.target.segments if i < len(report.draft.segments)]
    ours = lambda f: not f.target or any(_meet(place, at(f.target)) for place in sentences)
    found = [f for f in findings if f.target and _meet(here, at(f.target)) or f.source and f.witness in there and _meet(there[f.witness], at(f.source)) and ours(f)]
    others = [q for pair in report.quotes if not _meet(at(q := pair.target), own)] if found else []
    return [f for f in found if not (f.target and any(q.start <= f.target.start and f.target.end <= q.end for q in others))]


def _ground(document: Document, quote: Quote) -> Range:
    """The quote with the clause that says whose it is."""
    places = [(quote.start, quote.end), quote.verb_span, place_of_speaker(document, quote)]
    return min(p[0] for p in places if p), max(p[1] for p in places if p)


def _meet(one: Range, other: Range) -> bool:
    return one[0] < max(other[1], other[0] + 1) and other[0] < one[1]
