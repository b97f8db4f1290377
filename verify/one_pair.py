"""One pair of texts: its sides, what the models said of it, and what the checks find there. All commands meet here."""

from __future__ import annotations

from collections.abc import Sequence

from .evidence import detector, estimator, likelihood
from .finding import Finding
from .languages import get
from .nuance import Check, Comparison, Side, ranking, suspicion, word_doubts
from .nuance.echoes import one_a_word, without_echoes
from .nuance.word_evidence import word_rows
from .text import Document


def side(document: Document, indexes: Sequence[int]) -> Side:
    """The text of some segments of a document, joined, with the way back to file offsets.

    Segments of different paragraphs (a headline and its story) stay apart in every language.
    """
    language = get(document.language)
    text, offsets, paragraph = "", [], None
    for index in indexes:
        segment = document.segments[index]
        if text and (language.spaced or segment.paragraph != paragraph):
            text += " "
            offsets.append(offsets[-1] + 1)
        paragraph = segment.paragraph
        text += segment.text
        offsets.extend(segment.offsets or range(segment.start, segment.start + len(segment.text)))
    position = {offset: place for place, offset in reversed(list(enumerate(offsets)))}
    ranges = []
    for quote in document.quotes:
        for start, end in quote.parts or ((quote.start, quote.end),):
            inside = [position[o] for o in range(start, end) if o in position]
            if inside:
                ranges.append((min(inside), max(inside) + 1))
    return Side(text, language, document.name, tuple(offsets), tuple(ranges))


def plain_side(text: str, language: str, document: str) -> Side:
    """A side that is no part of a file: one cell of a table of pairs."""
    room = get(language)
    parts = [part for q in room.quotes(text) for part in (q.parts or ((q.start, q.end),))]
    return Side(text, room, document, (), tuple(parts))


def from_models(chance: likelihood.Likelihood | None, opinion: detector.Opinion | None, estimate: estimator.Estimate | None) -> dict:
    """What the models said of a pair, as the checks and the second opinion look for it in `Comparison.evidence`."""
    made: dict = {}
    if chance:
        made |= {"target_token_scores": chance.target_tokens, "source_token_scores": chance.source_tokens}
    if opinion:
        made |= {suspicion.EVIDENCE: opinion, "estimate": estimate}
    return made


def run_checks(pair: Comparison, active: Sequence[Check]) -> list[Finding]:
    """The findings of the checks, settled by the second opinion where there is one; it is put in order in `pair.evidence`."""
    found: list[Finding] = []
    for check in active:
        for finding in check(pair):
            found.append(finding.with_(witness=pair.witness) if finding.witness != pair.witness else finding)
    found = without_echoes(found)
    if opinion := pair.evidence.get(suspicion.EVIDENCE):
        rows = word_rows(pair, found, opinion)
        pair.evidence |= {ranking.EVIDENCE: ranking.ranked(rows), suspicion.EVIDENCE: word_doubts.weighed(rows, opinion)}
    return one_a_word(suspicion.weigh(pair, found, [check.name for check in active]))
