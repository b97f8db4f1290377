"""The quote table: one row a quote of the draft, one cell a witness."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..finding import QuotePair, Report
from ..text import Document, Quote


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
    return " ".join(filter(None, (quote.speaker, verb)))
