"""What the other witnesses say of a finding: whom the draft follows there, and where on its way the text changed.

That a witness has no finding at a place says little: its check may have read over the words, or read none. So it is said
that the draft agrees with a witness only where this one's own text shows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from .align import words
from .align.lexicon import load
from .finding import Finding, Report, Severity
from .languages.vocabulary import Mark, vocabulary
from .nuance import Comparison, Side
from .nuance.amounts import agreement
from .nuance.word_support import FUNCTION_WORDS
from .one_pair import side
from .plan import Plan
from .text import Document, Span, relayed
from .translate.engine import Engine

TOGETHER = 0.5  # sentences of a witness speak for the draft's beside them only if they belong together with this probability
_DENIES = {True: 12, False: 4}  # characters before a word in which its negation may stand: spaced languages, others

Range = tuple[int, int]


def settled(report: Report, findings: Sequence[Finding], plan: Plan, engine: Engine | None, beside: Sequence[Finding] = ()) -> list[Finding]:
    """`findings` that are sure enough, each with the other witnesses that the draft does follow there, by place.

    `beside` are findings settled before: they count as differences of their witnesses, and are not returned.

    Only a witness that the engine reads can be agreed with: where checks read by vocabulary alone, they may miss what differs.
    """
    draft = report.draft
    judged = [w for w in report.witnesses if engine is None or engine.supports(draft.language, w.language)]
    named = {w.name: w for w in report.witnesses}
    relays = {w.name: w.relays for w in report.witnesses}
    together = cache(lambda name, place, around: _together(report, named[name], place, around))
    placed = []
    for finding in findings:
        if finding.confidence < plan.min_confidence:
            continue
        place = finding.target or _place_in_draft(report, finding)
        if place and not finding.unheld:  # no witness bears that out, however well its sentence goes with the draft's
            differ = {other.witness for other in (*findings, *beside) if other.check == finding.check and _same_place(report, other, place)}
            around = 0 if finding.target else 1  # sentences may be aligned one off, and a word that is lost stand in the next
            agrees = tuple(w.name for w in judged if w.name not in differ | {finding.witness}
                           and (pair := together(w.name, place, around)) and _agrees(finding, named[finding.witness], pair))
            finding = finding.with_(agrees_with=agrees, changed_on_way_to=_first_relay(finding.witness, agrees, differ, relays))
            if finding.source is None and agrees and finding.severity >= Severity.MAJOR:
                finding = finding.with_(severity=Severity.MINOR)
        placed.append((place.start if place else len(draft.text), finding))
    return [finding for _, finding in sorted(placed, key=lambda item: (item[0], -item[1].severity.weight, item[1].witness))]


def _together(report: Report, witness: Document, place: Span, around: int) -> Comparison | None:
    """The sentences of a witness beside a place of the draft, and so many `around` them; None where it has none there."""
    draft = report.draft
    beads = [bead for bead in report.beads.get(witness.name, []) if bead.source and bead.score >= TOGETHER
             and any(draft.segments[j].start < place.end and place.start < draft.segments[j].end for j in bead.target)]
    if not beads:
        return None
    held = {i + away for bead in beads for i in bead.source for away in range(-around, around + 1)}
    source = side(witness, sorted(held & {*range(len(witness.segments))}))
    target = side(draft, sorted({j for bead in beads for j in bead.target}))
    links = words.links(source.text, target.text, witness.language, draft.language)
    return Comparison(source, target, links, witness=witness.name, today=report.dateline)


def _agrees(finding: Finding, witness: Document, pair: Comparison) -> bool:
    """Whether another witness, beside the draft in `pair`, shows by its text that it says what the draft says; `witness` is the finding's own."""
    if finding.target is None:
        return _lacks(pair.source, finding, witness)
    at = pair.target.place(finding.target)
    found = (finding.check in ("number", "time") and _equal(pair, at) or _counterparts(pair, at)) if at else []
    if not found:
        return False
    if finding.check == "quotation":
        return all(pair.source.quoted(*word) == pair.target.quoted(*at) for word in found)
    denied = _denied(pair.target, at), _denied(pair.source, (found[0][0], found[-1][1]))
    if denied[0] != denied[1] if finding.check == "negation" else any(denied):
        return False  # of "would not say" and 没有表示 the words alone do not tell what is said
    keys = lambda text, language: set(load().words(text, language).keys)
    mine = keys(finding.source.text, witness.language) if finding.source else set()
    # Words that both witnesses have cannot be what sets them apart.
    return not mine or not mine <= {key for start, end in found for key in keys(pair.source.text[start:end], pair.source.language.code)}


def _equal(pair: Comparison, at: Range) -> list[Range]:
    """Amounts and times of the witness that have the value of one there, however they are written."""
    values = agreement(pair)
    same = [*values.times, *((a, b) for a, b, how in values.numbers if how == "same")]
    return sorted((a.start, a.end) for a, b in same if b.start < at[1] and at[0] < b.end)


def _counterparts(pair: Comparison, at: Range) -> list[Range]:
    """Words of the witness that those of the draft are known to translate, in order; none unless most of these have one."""
    text = pair.target.text
    ours = [word for word in pair.links.target_words if word[0] < at[1] and at[0] < word[1] and re.search(r"\w", text[slice(*word)])]
    ours = [word for word in ours if text[slice(*word)].lower() not in FUNCTION_WORDS] or ours
    mark = lambda side, word: Mark(*word, side.text[slice(*word)], (), (), "")
    theirs = [[other for other, _ in pair.links.sources(*word) if pair.places.translates(mark(pair.source, other), mark(pair.target, word))] for word in ours]
    return sorted({other for found in theirs for other in found}) if 2 * sum(map(bool, theirs)) > len(ours) else []


def _denied(side: Side, at: Range) -> bool:
    """Whether a negation stands among words or shortly before them."""
    marks = vocabulary(side.language).find("negation", side.text)
    return any(mark.asks and mark.start < at[1] and at[0] - mark.end <= _DENIES[side.language.spaced] for mark in marks)


def _lacks(other: Side, finding: Finding, witness: Document) -> bool:
    """Whether a text has no word for what the draft has lost, as far as the vocabulary of the check knows both.

    What stands for a word outside that vocabulary nobody can tell: 乙级 is second-tier without a number.
    """
    if finding.source is None or finding.check not in vocabulary(other.language):
        return False
    own = side(witness, [i for i, s in enumerate(witness.segments) if s.start < finding.source.end and finding.source.start < s.end])
    place = own.place(finding.source)
    find = lambda side: vocabulary(side.language).find(finding.check, side.text)
    lost = {sense for mark in find(own) if place and mark.start < place[1] and place[0] < mark.end and mark.asks for sense in mark.senses}
    return bool(lost) and not any(lost & set(mark.asks) for mark in find(other))


def _first_relay(witness: str, agrees: Sequence[str], differ: set[str], relays: dict[str, str | None]) -> str:
    """Of the witnesses that the draft follows, the one that relays `witness`, itself or by way of others that differ too; "" if none does."""
    chains = {name: relayed(name, relays) for name in agrees}
    return next((name for name, chain in chains.items() if witness in chain and differ.issuperset(chain[:chain.index(witness)])), "")


def _place_in_draft(report: Report, finding: Finding) -> Span | None:
    """Where in the draft a finding without a target span belongs: its bead's draft side."""
    number = finding.evidence.get("bead")
    if number is None:
        return None
    segments = [report.draft.segments[j] for j in report.beads[finding.witness][number].target]
    return Span(report.draft.name, segments[0].start, segments[-1].end) if segments else None


def _same_place(report: Report, finding: Finding, place: Span) -> bool:
    other = finding.target or _place_in_draft(report, finding)
    return bool(other) and other.start < place.end and place.start < other.end
