"""Attribution: who says it, by which act of speech, and whether the source is named."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding, Severity
from ..languages.vocabulary import vocabulary
from .check import Comparison
from .rates import posterior
from .senses import Change, Pairing, changes, judged, pairing
from .speech import speaker_of, speech_marks
from .wording import finding

# Acts between which a reporter may choose; none of them colours what was said.
NEUTRAL = {"say", "report", "quote", "note", "tell", "express", "write", "reply", "add", "describe", "explain", "believe", "ask"}
# Acts that say much about the speaker or what was said: putting one in or leaving one out is a change.
STRONG = {"deny", "admit", "accuse", "threaten", "refute", "promise", "confirm", "agree", "warn", "claim", "question", "criticise",
          "praise", "regret", "joke", "hint", "complain", "order"}
ELSEWHERE = 0.05  # share of faithful pairs in which a speaker's role word has no counterpart near the act


class Attribution:
    name = "attribution"

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        if "speech" not in vocabulary(pair.target.language) and "speech" not in vocabulary(pair.source.language):
            return
        found = pairing(pair, "speech", speech_marks)
        for change in judged(pair, "speech", found):
            if severity := _act(change):
                yield finding("attribution", "speech", pair, change, severity, _message(change), _suggestion(change))
        yield from self._speakers(pair, found)
        yield from self._names(pair)

    def _speakers(self, pair: Comparison, found: Pairing) -> Iterator[Finding]:
        sides = pair.source, pair.target
        roles = [vocabulary(side.language).find("speaker", side.text) for side in sides]
        done = set()
        for i, j in found.links:
            s, t = found.source[i], found.target[j]
            if not (s.asks or t.asks):
                continue
            speakers = speaker_of(pair.source, s, roles[0]), speaker_of(pair.target, t, roles[1])
            if None in speakers or speakers in done or set(speakers[0].asks) & set(speakers[1].asks):
                continue
            done.add(speakers)
            if found.places.linked(*speakers) > 0.3:
                continue
            # Each is at home on one side only, or both texts know both roles and only their places differ.
            missing = [not any(set(mark.asks) & set(other.asks) for other in roles[1 - side]) for side, mark in enumerate(speakers)]
            rate = ELSEWHERE * (1.0 if all(missing) else 3.0 if any(missing) else 8.0) / max(1, found.places.tightness)
            change = Change(*speakers, posterior(rate), {"by": "role words beside the reporting verbs", "verbs": [s.text, t.text]})
            yield finding("attribution", "speaker", pair, change, Severity.MAJOR,
                          f"The source lets {speakers[0].text} speak; the draft lets “{speakers[1].text}” speak.", "check who says it")

    @staticmethod
    def _names(pair: Comparison) -> Iterator[Finding]:
        for change in changes(pair, "anonymous"):
            if change.kind == "lost":
                yield finding("attribution", "anonymous", pair, change, Severity.MAJOR,
                              f"The source is not named ({change.source.text}); the draft does not say so.")


def _act(change: Change) -> Severity | None:
    """How much a changed, lost or added act of speech weighs; None: nothing."""
    acts = [mark.asks[0] for mark in (change.source, change.target) if mark and mark.asks]
    strong = any(act in STRONG for act in acts)
    if change.kind == "changed":
        return None if all(act in NEUTRAL for act in acts) else Severity.MAJOR if strong else Severity.MINOR
    if change.kind == "lost":
        return Severity.MAJOR if strong else Severity.MINOR
    return Severity.MINOR if strong else None


def _message(change: Change) -> str:
    named = lambda mark: f"{mark.text} ({mark.asks[0]})"
    if change.kind == "changed":
        return f"The source says {named(change.source)}; the draft says “{change.target.text}”: another act of speech."
    if change.kind == "lost":
        return f"The source reports with {named(change.source)}; the draft has no act of speech for it."
    return f"The draft says “{change.target.text}”; the source has no such act of speech."


def _suggestion(change: Change) -> str:
    return f"“{change.source.asks[0]}”" if change.source else f"check “{change.target.text}”"


