"""One decision of an editor about one finding, and which of many counts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

ACCEPTED, DISMISSED, OPEN = "accepted", "dismissed", "open"
STATES = (ACCEPTED, DISMISSED, OPEN)  # a real problem, to be mended; no problem, for a reason; not decided
FIELDS = ("fingerprint", "state", "author", "time", "reason", "check", "message", "witness", "undoes", "id")
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
_FINGERPRINT = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True)
class Decision:
    """`number` counts decisions in the order in which this file learnt of them; `time` is ISO 8601, UTC.

    `undoes` is the `id` of the decision that this one reverses; `state` is then what holds afterwards.
    `id` is a hash of all else but the number, so a line that was altered by hand is noticed.
    """

    number: int
    fingerprint: str
    state: str
    author: str
    time: str
    reason: str = ""
    check: str = ""
    message: str = ""
    witness: str = ""
    undoes: str = ""
    id: str = ""

    def sealed(self) -> Decision:
        """The same, with the `id` that its content has."""
        content = asdict(self)
        values = [content[name] for name in FIELDS if name != "id"]
        seal = hashlib.blake2b("\x1f".join(values).encode("utf-8", "backslashreplace"), digest_size=12).hexdigest()
        return replace(self, id=seal)


def in_force(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Fingerprint → the decision that counts: the latest not undone; where all are undone, the last undoing, as open."""
    ordered = sorted(decisions, key=lambda d: (d.time, d.id))
    undone = {d.undoes for d in ordered if d.undoes}
    found = {d.fingerprint: replace(d, state=OPEN) for d in ordered if d.undoes}
    return found | {d.fingerprint: d for d in ordered if not d.undoes and d.id not in undone}


def fault(decision: Decision) -> tuple[str, str] | None:
    """What is wrong with a decision, and the cure; None for one that can be recorded."""
    if decision.state not in STATES:
        return f"no state is called {decision.state!r}", f"Use {', '.join(STATES)}"
    if not decision.author:
        return "names no author", "Say who decides"
    if decision.state == DISMISSED and not decision.reason and not decision.undoes:
        return "a dismissal needs a reason", "Say in a few words why it is no problem"
    if not _FINGERPRINT.fullmatch(decision.fingerprint):
        return f"{decision.fingerprint!r} is no finding's fingerprint", "Take it from: verify check … --format json"
    return None
