"""What is found: categories, severities, findings and the report that holds them.

Categories are those of MQM Core (themqm.org); severity weights are those of the WMT metrics task
(Freitag et al. 2021): neutral 0, minor 1, major 5, critical 25.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any

from .text import Document, Quote, Span


class Severity(str, Enum):
    """How much a difference matters, as in MQM; `weight` counts a major error as five minor ones."""

    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def weight(self) -> int:
        return {"neutral": 0, "minor": 1, "major": 5, "critical": 25}[self.value]

    def __ge__(self, other: Severity) -> bool:  # type: ignore[override]
        return self.weight >= other.weight


_STRAIGHT = str.maketrans("“”„‟‘’‚‛", "\"\"\"\"''''")
UNHELD = "no counterpart in any witness"  # evidence of a finding about a quote


class Category(str, Enum):
    """The MQM Core categories that the checks write."""

    MISTRANSLATION = "accuracy/mistranslation"
    OMISSION = "accuracy/omission"
    ADDITION = "accuracy/addition"
    UNTRANSLATED = "accuracy/untranslated"
    TERMINOLOGY = "terminology/wrong-term"


@dataclass(frozen=True)
class Finding:
    """One difference between the draft and one witness, with what an editor needs to judge it.

    `source` is in the witness, `target` in the draft; either can be None (nothing there).
    `fingerprint` depends on the words concerned and their check, not on offsets, so it survives edits
    elsewhere in the text, and a draft whose straight quote marks are made curly.
    """

    check: str
    category: Category
    severity: Severity
    message: str
    source: Span | None = None
    target: Span | None = None
    confidence: float = 0.5
    witness: str = ""
    suggestion: str = ""
    evidence: dict[str, Any] = field(default_factory=dict)
    agrees_with: tuple[str, ...] = ()  # witnesses that the draft does follow at this place
    changed_on_way_to: str = ""  # the first of them that relays `witness`: the words changed before they reached the draft

    @property
    def unheld(self) -> bool:
        """Whether it says of a quote that no witness has it: the one finding that answers for such a quote."""
        return self.check == "quotation" and self.evidence.get("by") == UNHELD

    @property
    def fingerprint(self) -> str:
        fold = lambda span: re.sub(r"\s+", " ", span.text).strip().lower() if span else ""
        ours = "\x1f".join([fold(self.target), re.sub(r"\d+", "#", str(self.evidence.get("context", "")))])
        key = "\x1f".join([self.check, self.witness, fold(self.source), ours.translate(_STRAIGHT)])
        return hashlib.blake2b(key.encode(), digest_size=8).hexdigest()

    def with_(self, **changes: Any) -> Finding:
        return replace(self, **changes)


@dataclass(frozen=True)
class Bead:
    """m source segments beside n target segments; an empty side is a visible gap. Indexes are ascending."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float = 0.0


@dataclass(frozen=True)
class QuotePair:
    """A quote of the draft beside its counterpart in one witness; `source` None: found nowhere."""

    target: Quote
    source: Quote | None
    witness: str
    score: float = 0.0
    back_translation: str = ""


@dataclass(frozen=True)
class Suppressed:
    """A finding that a person set aside; `said` is why and by whom. `inline`: by a comment in the draft."""

    finding: Finding
    said: str
    inline: bool = False


@dataclass
class Report:
    """All that `verify check` knows; every renderer reads this and nothing else."""

    draft: Document
    witnesses: list[Document]
    beads: dict[str, list[Bead]] = field(default_factory=dict)  # witness name -> beads, draft is target
    back_translations: dict[str, dict[int, str]] = field(default_factory=dict)  # witness -> bead index -> text
    scores: dict[str, dict[int, dict[str, Any]]] = field(default_factory=dict)  # witness -> bead index -> evidence
    quotes: list[QuotePair] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    doubts: list[Finding] | None = field(default_factory=list)  # less sure than --min-confidence, shown nowhere; None: not known
    suppressed: list[Suppressed] = field(default_factory=list)  # found, and not among `findings`
    notes: list[str] = field(default_factory=list)  # what was off, unrelated witnesses, unreliable evidence
    signature: str = ""
    title: str = ""
    dateline: date | None = None  # of the draft
