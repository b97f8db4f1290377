"""Amounts that a free rendering works out: 由29元增至33元 as "by 4 dollars to 33", 八成七 as "13 per cent short"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from ..languages.numerals import same_currency
from ..languages.quantities import Quantity
from .amounts import numbers
from .changes import read
from .check import Comparison, Side

_SHARES = ("percent", "percentage-point")
_LOWER, _UPPER = ("under", "nearly", "at-most"), ("over", "at-least")
_REST = re.compile(r"\b(?:short|left|remain\w*|rest|outstanding|undone|(?:yet|still) to|to be|off|of (?:its|their|the) (?:former|previous|original|earlier))\b|其余|剩|尚未|仍未|还有")  # near a share: it is that of what is not


def calculated(pair: Comparison, missing: Sequence[Quantity], extra: Sequence[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Amounts that only the source has and amounts that only the draft has, where one follows from the other: what a change left
    from what there was before and the change, the change from both, the rest from the share."""
    left, right, found = list(missing), list(extra), []
    for a, b in product(missing, extra):
        free = any(q is a for q in left) and any(q is b for q in right)
        if free and a.value is not None and b.value is not None and (
                _rest(pair, a, b) or _follows(pair.source, a, pair.target, b) or _follows(pair.target, b, pair.source, a)):
            left, right = [q for q in left if q is not a], [q for q in right if q is not b]
            found.append((a, b))
    return found


def _rest(pair: Comparison, a: Quantity, b: Quantity) -> bool:
    """八成 as "20 per cent is left", 不足四成 as "more than 60 per cent"."""
    if not a.kind == b.kind == "percent" or a.value + b.value != 1:
        return False
    turned = any(q.approx in _LOWER and other.approx in _UPPER for q, other in ((a, b), (b, a)))
    return turned or any(_REST.search(side.text, max(0, q.start - 40), q.end + 40) for side, q in ((pair.source, a), (pair.target, b)))


def _follows(side: Side, a: Quantity, there: Side, other: Quantity) -> bool:
    """Whether the `other` amount, of the text `there`, follows from `a` and a second amount of its text."""
    role = read(there, other).role
    return any(other.value == made for x in numbers(side) if x is not a and x.value
               for made in (*_made(side, a, x, other, role), *_made(side, x, a, other, role)))


def _made(side: Side, a: Quantity, level: Quantity, other: Quantity, role: str | None) -> Iterator[Fraction]:
    """What an amount of the kind of `other` comes to by a change `a` to (or of) `level`, or from `a` to `level`; `role`: what is said of it."""
    change, kinds = read(side, a), (_alike(a, level), _alike(level, other), _alike(a, other))
    if change.role in ("by", "over") and change.way:
        up = 1 if change.way == "up" else -1
        if all(kinds):
            yield level.value - up * a.value
        elif a.kind == "percent" and level.kind not in _SHARES and kinds[1] and a.value != 1:
            yield level.value / (1 + up * a.value)
    elif role not in ("from", "to") and kinds[0] and read(side, level).role == "to" and change.role in ("from", None):
        if kinds[2]:
            yield abs(level.value - a.value)
        elif other.kind == "percent" and level.kind not in _SHARES and a.value:
            yield abs(level.value - a.value) / a.value


def _alike(a: Quantity, b: Quantity) -> bool:
    if "money" in (a.kind, b.kind):
        return a.kind == b.kind and (not a.unit or not b.unit or same_currency(a.unit, b.unit))
    return (a.kind in _SHARES) == (b.kind in _SHARES) and "ordinal" not in (a.kind, b.kind) and (a.unit == b.unit or not a.unit or not b.unit)
