"""Quote cards, and the panel about one finding."""

from __future__ import annotations

from typing import Any

from ..decisions import Decision
from ..finding import QuotePair
from ..report.excerpt import pieces
from ..report.groups import back_translation_of, bead_of
from ..report.json import plain
from ..report.quote_table import QuoteRow, concerning, said
from ..report.text import place_of, told_apart
from ..text import Document, Quote
from .diff import Pieces, differences
from .texts import Texts

# What the evidence is called for an editor; other names are shown as they are.
NAMES = {"chrf": "chrF", "bleu": "BLEU", "log_p_target": "log P(draft | original)", "log_p_source": "log P(original | draft)",
         "worst_target_tokens": "three worst words", "unreliable": "unreliable because"}


def quote_cards(texts: Texts) -> list[dict[str, Any]]:
    return [_card(texts, number, row) for number, row in enumerate(texts.quotes)]


def _card(texts: Texts, number: int, row: QuoteRow) -> dict[str, Any]:
    report = texts.report
    draft, target = report.draft, row.target
    witnesses = []
    for witness in report.witnesses:
        pair = row.pairs.get(witness.name)
        if pair:
            witnesses.append(_wording(texts, witness, pair, row))
    touching = {id(f) for f in concerning(report, row, texts.keys.values())}
    return {"id": f"q{number}", "number": number + 1, "place": place_of(draft, target.start), "kind": target.kind.value, "said": said(target, draft),
            "row": texts.row_of_segment.get(target.segments[0]) if target.segments else None,
            "pieces": _pieces(texts, target, draft), "witnesses": witnesses,
            "findings": [(key, texts.keys[key], texts.state_of(key)) for key, f in texts.keys.items() if id(f) in touching]}


def _wording(texts: Texts, witness: Document, pair: QuotePair, row: QuoteRow) -> dict[str, Any]:
    out: dict[str, Any] = {"document": witness, "number": next((n for n, w in enumerate(texts.shown) if w is witness), None),
                           "pieces": None, "said": "", "scores": [], "compared": []}
    if pair.source is None:
        return out
    scores = [("match", f"{pair.score:.2f}")]
    number = texts.bead_at(witness, pair.target)
    scores += _evidence(texts.report.scores.get(witness.name, {}).get(number, {})) if number is not None else []
    return out | {"pieces": _pieces(texts, pair.source, witness), "said": said(pair.source, witness), "scores": scores,
                  "compared": _compared(texts, witness, pair, row)}


def _compared(texts: Texts, witness: Document, pair: QuotePair, row: QuoteRow) -> list[tuple[str, Pieces]]:
    """Word by word: the draft's back-translation beside this wording, then this wording beside others of its language."""
    out = []
    if pair.back_translation:
        out.append(("the draft, back-translated", differences(pair.source.text, pair.back_translation, witness.language)[1]))
    for other in texts.report.witnesses:
        beside = row.pairs.get(other.name)
        if other is not witness and other.language.split("-")[0] == witness.language.split("-")[0] and beside and beside.source:
            out.append((f"beside {other.name}", differences(pair.source.text, beside.source.text, witness.language)[0]))
    return out


def _pieces(texts: Texts, quote: Quote, document: Document) -> list[dict[str, Any]]:
    marks = []
    if len(quote.text) == quote.end - quote.start:  # nothing was cleaned away: offsets hold
        marks = [(start - quote.start, end - quote.start, label) for start, end, label in texts.over(document, quote)]
    return texts.dressed(pieces(quote.text, marks))


def finding_panel(texts: Texts, key: str, history: list[Decision]) -> dict[str, Any]:
    """All that is known of one finding; raises KeyError for a key that is not on the page."""
    finding = texts.keys[key]
    report = texts.report
    witness = next((w for w in report.witnesses if w.name == finding.witness), None)
    bead = bead_of(report, finding)
    number = report.beads[finding.witness].index(bead) if bead else None
    back = back_translation_of(report, finding)
    hidden = ("bead", "context", "back_translation")
    row = texts.row_of(finding)
    beside = [(k, f, texts.state_of(k)) for k, f in texts.keys.items() if k != key and texts.row_of(f) == row]
    return {"key": key, "finding": finding, "witness": witness, "state": texts.state_of(key), "told_apart": told_apart(finding, [finding.witness]),
            "place": place_of(report.draft, finding.target.start) if finding.target else "", "back": back, "quotes": texts.quotes_over(finding), "beside": beside,
            "scores": _evidence(report.scores.get(finding.witness, {}).get(number, {})) if bead else [],
            "evidence": _evidence({k: v for k, v in finding.evidence.items() if k not in hidden}), "history": history,
            "language": witness.language if witness else "", "draft_language": report.draft.language}


def _evidence(values: dict[str, Any]) -> list[tuple[str, str]]:
    out = []
    for key, value in values.items():
        value = plain(value)
        if isinstance(value, list):
            value = ", ".join(map(str, value))
        out.append((NAMES.get(key, str(key).replace("_", " ")), f"{value:.2f}" if isinstance(value, float) else str(value)))
    return out


