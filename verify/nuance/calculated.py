"""Amounts that a free rendering works out: 由29元增至33元 as "by 4 dollars to 33", 八成七 as "13 per cent short"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import product

from ..languages.numerals import same_currency
from ..languages.quantities import Quantity
from .amounts import numbers
from .changes import Change, read
from .check import Comparison, Side

_SHARES = ("percent", "percentage-point")
_LOWER, _UPPER = ("under", "nearly", "at-most"), ("over", "at-least")
_REST = re.compile(r"\b(?:short|left|remain\w*|rest|outstanding|undone|(?:yet|still) to|to be|off|of (?:its|their|the) (?:former|previous|original|earlier))\b|其余|剩|尚未|仍未|还有")  # near a share: it is that of what is not


def calculated(pair: Comparison, missing: Sequence[Quantity], extra: Sequence[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Amounts that only the source has and amounts that only the draft has, where one follows from the other: what a change left
    from what there was before and the change, the change from both, the rest from the share."""
    if not missing or not extra:
        return []
    there = {(id(a), id(b)) for a, b in _following(pair.source, missing, pair.target, extra)}
    back = {(id(a), id(b)) for b, a in _following(pair.target, extra, pair.source, missing)}
    found, taken = [], set()
    for a, b in product(missing, extra):
        key = id(a), id(b)
        if not taken & {*key} and (key in there or key in back or _rest(pair, a, b)):
            taken |= {*key}
            found.append((a, b))
    return found


def _rest(pair: Comparison, a: Quantity, b: Quantity) -> bool:
    """八成 as "20 per cent is left", 不足四成 as "more than 60 per cent"."""
    if not a.kind == b.kind == "percent" or a.value is None or b.value is None or a.value + b.value != 1:
        return False
    turned = any(q.approx in _LOWER and other.approx in _UPPER for q, other in ((a, b), (b, a)))
    return turned or any(_REST.search(side.text, max(0, q.start - 40), q.end + 40) for side, q in ((pair.source, a), (pair.target, b)))


def _following(side: Side, some: Sequence[Quantity], there: Side, others: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Of `some` amounts of a text, with those of the other text that follow from them and a second amount of their own."""
    by_value: dict[Fraction, list[Quantity]] = {}
    for other in others:
        if other.value is not None:
            by_value.setdefault(other.value, []).append(other)
    said = [(q, read(side, q)) for q in numbers(side) if q.value is not None]  # once each: it is the dear part
    for a, change in said:
        if not any(q is a for q in some):
            continue
        for x, step in said:
            if x is a or not x.value:
                continue
            for value, fits in (*_made(a, change, x, step), *_made(x, step, a, change)):
                yield from ((a, other) for other in by_value.get(value, ()) if fits(other, there))


def _made(a: Quantity, change: Change, level: Quantity, reached: Change) -> Iterator[tuple[Fraction, Callable[[Quantity, Side], bool]]]:
    """What comes of a change `a` to (or of) `level`, or from `a` to `level`, with whether an amount of the other text can be that."""
    if change.role in ("by", "over") and change.way:
        up = 1 if change.way == "up" else -1
        if _alike(a, level):
            yield level.value - up * a.value, lambda other, _: _alike(level, other) and _alike(a, other)
        if a.kind == "percent" and level.kind not in _SHARES and a.value != 1:
            yield level.value / (1 + up * a.value), lambda other, _: _alike(level, other) and not (_alike(a, level) and _alike(a, other))
    elif change.role in ("from", None) and reached.role == "to" and _alike(a, level):
        by = lambda other, there: read(there, other).role not in ("from", "to")
        yield abs(level.value - a.value), lambda other, there: _alike(a, other) and by(other, there)
        if level.kind not in _SHARES and a.value:
            yield abs(level.value - a.value) / a.value, lambda other, there: other.kind == "percent" and not _alike(a, other) and by(other, there)


def _alike(a: Quantity, b: Quantity) -> bool:
    if "money" in (a.kind, b.kind):
        return a.kind == b.kind and (not a.unit or not b.unit or same_currency(a.unit, b.unit))
    return (a.kind in _SHARES) == (b.kind in _SHARES) and "ordinal" not in (a.kind, b.kind) and (a.unit == b.unit or not a.unit or not b.unit)
