"""Attribution: who says it, by which act of speech, and whether the source is named."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding, Severity
from ..languages.vocabulary import vocabulary
from .check import Comparison
from .rates import posterior
from .senses import Change, Pairing, changes, judged, pairing
from .speech import near, speaker_of, speech_marks
from .wording import finding

# Acts between which a reporter may choose; none of them colours what was said.
NEUTRAL = {"say", "report", "quote", "note", "tell", "express", "write", "reply", "add", "describe", "explain", "believe", "ask"}
# Acts that say much about the speaker or what was said: putting one in or leaving one out is a change.
STRONG = {"deny", "admit", "accuse", "threaten", "refute", "promise", "confirm", "agree", "warn", "claim", "question", "criticise",
          "praise", "regret", "joke", "hint", "complain", "order", "decline"}
_REPORTS = {"say", "report", "note", "announce", "believe", "disclose"}
UNREPORTED = 0.04  # share of faithful pairs that report only on the source's side
# Share of faithful pairs that show two unlike role words at one act of speech, by how many of the two are unknown opposite.
STRANGER = (0.3, 0.2, 0.04)


class Attribution:
    name = "attribution"

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        if "speech" not in vocabulary(pair.target.language) and "speech" not in vocabulary(pair.source.language):
            return
        found = pairing(pair, "speech", speech_marks)
        for change in judged(pair, "speech", found):
            if change.kind == "lost" and not any(_REPORTS & set(mark.senses) for mark in found.target) and not pair.target.quotes:
                # No act of speech at all: a report became the writer's own statement.
                change = Change(change.source, None, posterior(UNREPORTED), change.evidence)
                yield finding("attribution", "speech", pair, change, Severity.MAJOR, _message(change), "say who says it")
            elif severity := _act(change):
                yield finding("attribution", "speech", pair, change, severity, _message(change), _suggestion(change))
        yield from self._speakers(pair, found)
        yield from self._names(pair)

    @staticmethod
    def _speakers(pair: Comparison, found: Pairing) -> Iterator[Finding]:
        sides = pair.source, pair.target
        roles = [vocabulary(side.language).find("speaker", side.text) for side in sides]
        known = [{role for mark in marks for role in mark.senses} for marks in roles]
        done = set()
        for i, j in found.links:
            s, t = found.source[i], found.target[j]
            if not (s.asks or t.asks):
                continue
            who = speaker_of(pair.source, s, roles[0]), speaker_of(pair.target, t, roles[1])
            if None in who or who in done or who[0].roles & who[1].roles or not (who[0].head.asks or who[1].head.asks):
                continue
            done.add(who)
            if any(found.places.translates(a, b) for a in who[0].marks for b in who[1].marks):
                continue
            # Each at home on one side only; or one of them on both, so that two may have changed places.
            missing = sum(not set(speaker.head.senses) & known[1 - side] for side, speaker in enumerate(who))
            vague = 1 if who[0].head.asks and who[1].head.asks else 3
            rate = STRANGER[missing] * vague / max(1, found.places.tightness)
            change = Change(who[0].head, who[1].head, posterior(rate), {"by": "role words beside the reporting verbs", "verbs": [s.text, t.text]})
            yield finding("attribution", "speaker", pair, change, Severity.MAJOR,
                          f"The source lets {who[0].head.text} speak; the draft lets “{who[1].head.text}” speak.", "check who says it")

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
        if acts[1] in near(acts[0]) or all(act in NEUTRAL for act in acts):
            return None
        return Severity.MAJOR if strong else Severity.MINOR
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


