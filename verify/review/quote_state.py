"""What the sign-off says of a quote, and what that promises.

An editor signs for quotes, so a state may say no more than was measured: which findings touch the quote, its
speaker or its attribution on either side; which of its sentences were laid beside a counterpart at all; and
what was found and not shown. `PROMISES` is what the page prints under the states it uses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ..align.quotes import likeness
from ..decisions import ACCEPTED, DISMISSED, OPEN
from ..finding import QuotePair, Report, Severity
from ..languages import get
from ..languages.vocabulary import vocabulary
from ..nuance.speakers import Likeness, compared
from ..report.quote_table import QuoteRow, concerning
from ..suppress import OPTIONS
from ..text import Document, Quote, QuoteKind

BY_VOCABULARY = ("negation", "modality", "hedge", "emphasis", "quantifier", "condition")  # checks that are silent where a language has no words for them
TOGETHER = 0.5  # probability from which a sentence of a quote counts as laid beside its counterpart

VERIFIED, WORDS, DOUBTS, PARTLY = "Verified", "No difference found; speaker not compared", "No difference found", "Not fully compared"
MINOR, PASSED, NOWHERE, TERM = "Differs in minor points", "Differs; passed by the editor", "Found in no witness", "Not speech: a term in marks"
PROMISES = {
    VERIFIED: "every sentence of the quote and its speaker were compared with an original, and no check found a difference, however unsure. "
              "A difference that no check looks for can remain",
    WORDS: "as Verified, but the program cannot tell whether both texts name the same speaker: look",
    DOUBTS: "every sentence was compared; what the checks found there is less sure than --min-confidence (--min-confidence 0 shows it)",
    PARTLY: "a part of the quote has no comparison behind it, for the reason given",
}


@dataclass(frozen=True)
class Comparison:
    """What was laid beside what: `gaps` are reasons why a part of the quote has no comparison; none: all of it has."""

    found: bool
    gaps: tuple[str, ...] = ()
    speaker: bool = True


def comparison(report: Report, row: QuoteRow, name: str) -> Comparison:
    """Of the quote with its counterpart in one witness."""
    pair, witness = row.pairs[name], _witness(report, name)
    if pair.source is None or witness is None:
        return Comparison(False)
    gaps = []
    if not any(report.back_translations.get(name, {}).values()):
        gaps.append(f"{name} was read by vocabulary alone")
    if "|checks:" in report.signature or concerning(report, row, [s.finding for s in report.suppressed if s.said == OPTIONS]):
        gaps.append("some checks were off")
    gaps += _unasked(report, witness)
    gaps += _alone(report, pair, witness)
    return Comparison(True, tuple(gaps), _speakers_known(report, pair, witness))


@dataclass(frozen=True)
class State:
    """`style` is a word for the style sheet, `words` the state, `promise` a key of PROMISES or empty."""

    style: str
    words: str
    promise: str = ""


@dataclass(frozen=True)
class Touching:
    """What was found at a quote: grave and other findings by their state, set aside before, and too unsure to show."""

    states: Sequence[tuple[Severity, str]] = ()
    aside: int = 0
    doubts: int | None = 0
    comparisons: Sequence[Comparison] = field(default=())
    answered: bool = False  # somebody passed the finding that no witness holds the quote


def state(quote: Quote, touching: Touching) -> State:
    """The gravest thing that is true of a quote."""
    grave = [state for severity, state in touching.states if severity >= Severity.MAJOR]
    passed = sum(state == DISMISSED for _, state in touching.states) + touching.aside
    found = [c for c in touching.comparisons if c.found]
    if OPEN in grave:
        return State("open", f"Open: {grave.count(OPEN)} undecided")
    if ACCEPTED in grave:
        return State("mend", "To be mended")
    if not found and not touching.answered and quote.kind != QuoteKind.SCARE:
        return State("nowhere", NOWHERE)
    best = min(found, key=lambda c: (len(c.gaps), not c.speaker), default=None)
    partly, promise = ("", "") if best and not best.gaps else (f"; {PARTLY.lower()}: {'; '.join(best.gaps)}", PARTLY) if best else (f"; {NOWHERE.lower()}", "")
    if any(state != DISMISSED for _, state in touching.states) and DISMISSED not in grave:
        return State("differs", MINOR + partly, promise)
    if passed:
        return State("passed", PASSED + partly, promise)
    if quote.kind == QuoteKind.SCARE:
        return State("neutral", TERM)
    if best.gaps:
        return State("differs", f"{PARTLY}: {'; '.join(best.gaps)}", PARTLY)
    if touching.doubts is None:
        return State("differs", f"{DOUBTS} (weaker doubts are not in this report)", DOUBTS)
    if touching.doubts:
        return State("differs", f"{DOUBTS} ({touching.doubts} weaker doubt{'s' * (touching.doubts != 1)} not shown)", DOUBTS)
    return State("verified", VERIFIED, VERIFIED) if best.speaker else State("differs", WORDS, WORDS)


# ------------------------------------------------------------ inside


def _witness(report: Report, name: str) -> Document | None:
    return next((w for w in report.witnesses if w.name == name), None)


def _unasked(report: Report, witness: Document) -> list[str]:
    """Checks that the vocabulary of one of the two languages is too small for: they find nothing, whatever is there."""
    known = [vocabulary(get(d.language)) for d in (report.draft, witness)]
    missing = [check for check in BY_VOCABULARY if not all(check in words for words in known)]
    told = " and ".join(filter(None, (", ".join(missing[:-1]), *missing[-1:])))
    return [f"{told} {'are' if len(missing) > 1 else 'is'} not checked in {witness.name} ({witness.language})"] if missing else []


def _speakers_known(report: Report, pair: QuotePair, witness: Document) -> bool:
    """A quote that neither text gives to anybody says nothing about a speaker."""
    if not pair.target.speaker and not pair.source.speaker:
        return True
    return compared(report.draft, pair.target, witness, pair.source) is not Likeness.UNTOLD


def _alone(report: Report, pair: QuotePair, witness: Document) -> list[str]:
    """Sentences of the quote, on either side, that neither a bead nor their words lay beside one of the other side.

    Only what no bead took is left for the words to find: short sentences of one speaker are all a little alike.
    """
    quote, source = pair.target, pair.source
    beads = [b for b in report.beads.get(witness.name, []) if b.score >= TOGETHER]
    beside = {j: set(b.source) for b in beads for j in b.target}
    across = {i: set(b.target) for b in beads for i in b.source}
    ours, theirs = _sentences(report.draft, quote), _sentences(witness, source)
    left = [n for n, (index, _) in enumerate(ours) if not beside.get(index, set()) & set(source.segments)]
    answered = {*quote.segments, *(j for other in report.quotes for j in other.target.segments)}  # a draft can give it in several quotes
    over = [n for n, (index, _) in enumerate(theirs) if not across.get(index, set()) & answered]
    if left and over:
        shares = likeness([theirs[n][1] for n in over], [ours[n][1] for n in left], witness.language, report.draft.language)
        if len(ours) == len(theirs) == 1:
            shares = np.maximum(shares, pair.score)  # they were paired by their words
        left, over = ([n for n, share in zip(numbers, shares.max(axis)) if share < TOGETHER] for numbers, axis in ((left, 0), (over, 1)))
    return [*_told(left, ours, "of it"), *_told(over, theirs, f"in {witness.name}")]


def _told(alone: Sequence[int], sentences: Sequence, said: str) -> list[str]:
    if not alone:
        return []
    which = f"sentence {', '.join(str(n + 1) for n in alone)} {said}" if len(sentences) > 1 else f"what stands {said}" if said != "of it" else "it"
    return [f"{which} has no sure counterpart"]


def _sentences(document: Document, quote: Quote) -> list[tuple[int, str]]:
    """The quote's part of each sentence that it touches."""
    out = []
    for index in quote.segments:
        if index < len(document.segments):
            segment = document.segments[index]
            first, last = max(segment.start, quote.start), min(segment.end, quote.end)
            if first < last:
                out.append((index, document.text[first:last] if segment.offsets is None else segment.text))
    return out
