"""What a change does to an amount: from it, to it, by it; up or down. 升至 beside "rose by", 下调 beside "raised"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from ..languages.language import load_toml
from ..languages.quantities import Quantity
from .amounts import numbers
from .check import Comparison, Side

_SAID = {"from": "a change from", "to": "a change to", "by": "a change by", "over": "a difference of", "share": "a share of", "part": "a share of"}
# Others come about in faithful renderings: by 8% in the Chinese, gains from the 8% growth in the English.
_CLASHES = {frozenset(roles) for roles in (("to", "by"), ("to", "from"), ("share", "by"), ("share", "over"), ("part", "over"))}
# What stands before percentage points that are the difference, and before those that are the level, whatever verb there is.
_POINTS = {"zh": ("by", re.compile(r"[^至到达于为是差占距大过]$")), "en": ("to", re.compile(r"(?<!\bby)\sup to\s$"))}


@dataclass(frozen=True)
class Change:
    """`role`: from, to or by the amount; over (so much more or less than another), share (so much of another amount),
    part (so much of anything), or None. `way`: up, down or None. `growth`: the amount is a rate of growth; of one,
    升至 and "grew by" say the same. `times`: what the amount makes of what was before: 增加两倍 and "tripled" 3."""

    role: str | None = None
    way: str | None = None
    growth: bool = False
    times: Fraction | None = None


def clash(pair: Comparison, a: Quantity, b: Quantity) -> str | None:
    """Why what happens to an amount is not what the other text says, where both are clear about it."""
    first, second = read(pair.source, a), read(pair.target, b)
    old, new = pair.source.text[a.start : a.end], pair.target.text[b.start : b.end]
    chinese, english = (first, second) if pair.source.language.base == "zh" else (second, first)
    halved = a.low == b.low == Fraction(1, 2) and not a.approx and not b.approx  # cut to half is cut by half
    roles = not halved and (frozenset((first.role, second.role)) in _CLASHES or (chinese.role, english.role) == ("from", "by"))
    roles = roles or (chinese.role, english.role) == ("by", "from") and a.kind == b.kind == "cardinal"
    if roles and not (first.growth and second.growth):
        return f"The source has {_SAID[first.role]} {old}; the draft has {_SAID[second.role]} {new}."
    if first.way and second.way and first.way != second.way:
        return f"The source has {old} as a change {first.way}; the draft has {new} as one {second.way}."
    if first.times and second.times and first.times != second.times:
        return f"The source has {old}, {first.times} times as much as before; the draft has {new}, {second.times} times as much."
    return None


def ranges(pair: Comparison) -> Iterator[tuple[Quantity, Quantity]]:
    """由28班增至31班 beside "by 28 to 31", which reads as a range: the amount it came from, and the range (source, target)."""
    both = pair.bilingual
    if both is None:
        return
    wide = [q for q in numbers(both.english) if q.low != q.high and read(both.english, q).role == "by"]
    alone = [q for q in numbers(both.chinese) if q.value is not None] if wide else []
    for b in wide:
        first = next((q for q in alone if q.low == b.low and read(both.chinese, q).role == "from"), None)
        if first and any(q.low == b.high and read(both.chinese, q).role == "to" for q in alone):
            yield both.turned(first, b)


def read(side: Side, q: Quantity) -> Change:
    """What the text around an amount says of it."""
    of = {"zh": _chinese, "en": _english}.get(side.language.base)
    if not of:
        return Change()
    text = side.language.fold(side.text)
    made = of(text[: q.start], text[q.end :], q.kind in ("percent", "fraction"))
    role, before = _POINTS[side.language.base]
    if q.kind == "percentage-point" and made.role is None and before.search(text, max(0, q.start - 12), q.start):
        made = replace(made, role=role)
    return replace(made, times=_times(text, q, made)) if q.kind == "multiple" else made


def _times(text: str, q: Quantity, change: Change) -> Fraction | None:
    words, w = text[q.start : q.end].lower(), load_toml("changes.toml")["times"]
    if re.search(w["multiplied"], words):
        return q.low
    return q.low + 1 if "倍" in words and change.role == "by" and change.way == "up" else None


def _way(match: re.Match | None) -> str | None:
    return match and next((way for way in ("up", "down") if match[way]), None)


# --- Chinese: before the amount, up to the last stop ------------------------------------------------------------------
@lru_cache(maxsize=1)
def _zh() -> dict[str, re.Pattern]:
    w = load_toml("changes.toml")["zh"]
    either, gap, some = f"(?P<up>{w['up']})|(?P<down>{w['down']})", f"(?:{w['between']})*$", "[^，。；：、]"
    moves, level = f"(?:{w['up']}|{w['down']}|{w['other']})", f"(?:{w['level']}|(?P<as>{w['as']}))"
    return {name: re.compile(pattern) for name, pattern in {
        "to": rf"{moves}了?{some}{{0,7}}?{level}了?(?:{some}{{1,10}}[的前期])?{gap}",
        "by": rf"(?:{either})[出去掉走]?{gap}|(?:{w['moved']}){some}{{1,12}}(?<!至){gap}",
        "over": rf"(?:(?P<up>{w['above']})|(?P<down>{w['under']})){some}{{1,8}}(?<!的){gap}",
        "reached": rf"(?:{w['reached']}){gap}", "rate": "幅",
        "extent": rf"{w['extent']}{gap}",
        "from": rf"(?:{w['start']})(?:[^，。；：、由从自]{{0,8}}的|每?[年月周日]?){gap}",
        "then": rf"{some}{{0,6}}?{moves}{some}{{0,8}}?{level}",
        "share": rf"(?:{w['share']}){some}{{1,12}}的{gap}",
        "left": rf"(?:{w['left']}){gap}",
        "noun": rf"的?{some}{{0,2}}(?:{w['up']}|{w['down']}|幅|速)",
        "edge": rf"(?:{w['level']}|{w['start']})$",
        "ratio": rf"(?:{w['ratio']})(?:已|也|都|高)*{gap}", "changing": w["changing"],
        "apart": w["apart"], "denied": w["denied"], "reversed": w["reversed"], "growth": w["growth"],
    }.items()}


def _chinese(before: str, after: str, part: bool) -> Change:
    p, clause = _zh(), re.split(r"[，。；：！？]", before)[-1]
    near = clause[-16:]
    growth = part and bool(p["growth"].search(clause))
    if (match := p["to"].search(clause)) and not (match["as"] and (p["apart"].search(near) or p["denied"].search(near))):
        return Change("to", growth=growth)
    if p["from"].search(clause) and p["then"].match(after):
        return Change("from")
    if part and (p["left"].search(clause) or p["share"].search(clause) and not p["noun"].match(after)):
        return Change("share")
    if match := p["over"].search(clause):
        return Change("over", _way(match))
    if p["extent"].search(clause):
        return Change("by", growth=growth)
    match = p["by"].search(clause)
    if match and not p["apart"].search(near) and not p["edge"].search(clause[: match.start()]):
        return Change("by", None if p["reversed"].search(near) or p["denied"].search(near) else _way(match), growth)
    if part and p["ratio"].search(clause) and not p["changing"].search(clause):
        return Change("share")
    return Change("to", growth=growth) if p["reached"].search(clause) and not p["rate"].search(clause) else Change()


# --- English: before the amount, up to the last stop, and just after it -----------------------------------------------
@lru_cache(maxsize=1)
def _en() -> dict[str, re.Pattern]:
    w = load_toml("changes.toml")["en"]
    moves, gap = rf"\b(?:{w['up']}|{w['down']}|{w['other']})\b[^.;:]{{0,80}}?", rf"(?:\s(?:{w['between']}))*\s?[$£€¥]?$"
    tied = "".join(f"(?<!{word})" for word in w["tied"].split("|"))
    percent = r"^(?:\spercent|\sper cent|\spercentage points?|\sbasis points|\spoints?)?"
    ways = lambda up, down: f"(?:(?P<up>{w[up]})|(?P<down>{w[down]}))"
    return {name: re.compile(pattern, re.I) for name, pattern in {
        "to": rf"{moves}{tied}\sto{gap}",
        "by": rf"{moves}\sby{gap}|\b(?:{w['moved']})(?:\s\w+ly)?{gap}",
        "from": rf"{moves}\sfrom{gap}",
        "before": rf"\b{ways('up', 'down')}(?:\sby)?{gap}",
        "after": rf"{percent}(?:\s(?!of\b|in\b|to\b|and\b|or\b)[\w-]+)?\s{ways('bigger', 'smaller')}\b",
        "noun": rf"{percent}\s{ways('rise', 'drop')}\b",
        "share": rf"{percent}\sof\s(?:{w['those']})\b",
        "part": rf"{percent}\sof\s",
        "apart": rf"\b(?:{w['apart']})\b", "growth": rf"\b(?:{w['growth']})\b", "grew": rf"\b(?:{w['grew']})\b", "revised": rf"\b(?:{w['revised']})\b",
    }.items()}


def _english(before: str, rest: str, part: bool) -> Change:
    p, clause = _en(), re.split(r"[.;:!?]\s", before)[-1][-110:]
    phrase = re.split(r",\s", clause)[-1]
    ways = lambda match: None if p["apart"].search(phrase) else _way(match)
    for role in ("to", "by", "from"):
        if p[role].search(clause):
            growth = part and bool(p["growth" if role == "to" else "grew"].search(clause)) and not (role == "by" and p["revised"].search(phrase))
            return Change(role, ways(p["before"].search(phrase)) if role == "by" else None, growth)
    for role in ("share", "part"):
        if p[role].match(rest):
            return Change(role)
    after = p["after"].match(rest)
    return Change("by" if after and part else None, ways(after or p["noun"].match(rest) or p["before"].search(phrase)))
