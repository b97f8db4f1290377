"""A thing that the source says is there, and that the draft gives an owner: カードはある → "we hold a card"."""

from __future__ import annotations

from ..finding import Category, Finding, Severity
from ..languages.vocabulary import Mark, vocabulary
from .check import Comparison
from .wording import quoted_word

OWNERSHIP = "ownership"


def owner(pair: Comparison) -> Finding | None:
    """A thing that the source says *is there*, and that the draft gives an owner."""
    source, target = vocabulary(pair.source.language), vocabulary(pair.target.language)
    if "possession" not in source or "possession" not in target:
        return None
    sense = lambda mark: mark.asks[0] if mark.asks else ""
    exists = [m for m in source.find("possession", pair.source.text) if sense(m) == "exist"]
    if not exists or any(sense(m) == "hold" for m in source.find("possession", pair.source.text)):
        return None
    holds = [m for m in target.find("possession", pair.target.text) if sense(m) == "hold"]
    persons = [m for m in target.find("person", pair.target.text) if sense(m) in ("we", "i")]
    if not holds or not persons or ("person" in source and any(sense(m) in ("we", "i") for m in _doers(pair, source))):
        return None
    near = min(((abs(h.start - p.end), p, h) for p in persons for h in holds), key=lambda item: item[0])
    if near[0] > 25:
        return None
    _, person, hold = near
    start, end = min(person.start, hold.start), max(person.end, hold.end)
    there = exists[0]
    return Finding(
        "agent", Category.MISTRANSLATION, Severity.MAJOR,
        f"The source says that something is there ({quoted_word('possession', there, pair.source.language.base)}) and names no owner; "
        f"the draft says “{pair.target.text[start:end]}”.",
        pair.source.span(there.start, there.end), pair.target.span(start, end), 0.7,
        suggestion="“there is” for the words of possession", evidence={"by": OWNERSHIP})


def _doers(pair: Comparison, words) -> list[Mark]:
    """First persons of the source that can own something: 我想 and と思う only think."""
    return [m for m in words.find("person", pair.source.text) if pair.source.text[m.end : m.end + 1] not in ("想", "看", "认", "認")]
