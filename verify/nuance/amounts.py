"""Amounts and times of a pair, read once for the checks that need them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import lru_cache

from ..languages import get
from ..languages.agreement import Agreement, agree
from ..languages.quantities import Quantity
from ..languages.times import TimeExpression
from .check import Comparison, Side


def agreement(pair: Comparison) -> Agreement:
    """What amounts and times both sides have, and what only one has. Do not change what it returns."""
    return _agreement(pair.source.text, pair.source.language.code, pair.target.text, pair.target.language.code, pair.today)


def agreeing(pair: Comparison) -> list[tuple[Quantity, Quantity, str]]:
    """Amounts of the same value on both sides, the amounts of lengths of time among them, and how they agree: as `relation`
    says, or "duration"."""
    found = agreement(pair)
    return found.numbers + [(a.amount, b.amount, "duration") for a, b in found.times if a.amount and b.amount]


def numbers(side: Side) -> list[Quantity]:
    """The amounts of a side. Do not change what it returns."""
    return _numbers(side.text, side.language.code)


@lru_cache(maxsize=32)
def _numbers(text: str, code: str) -> list[Quantity]:
    return get(code).numbers(text)


@lru_cache(maxsize=16)
def _agreement(source: str, source_code: str, target: str, target_code: str, today: datetime.date | None) -> Agreement:
    first, second = get(source_code), get(target_code)
    return agree(_numbers(source, source_code), first.dates(source), _numbers(target, target_code), second.dates(target), today)


def swapped_durations(found: Agreement, same_unit: bool) -> Iterator[tuple[TimeExpression, TimeExpression]]:
    """Durations that stand for each other: three years beside five years, or beside three months."""
    left = [t for t in found.missing_times if t.amount]
    right = [t for t in found.extra_times if t.amount]
    for a in left:
        for b in right:
            alike = a.amount.unit == b.amount.unit
            apart = (a.amount.low, a.amount.high) != (b.amount.low, b.amount.high) if alike else a.amount.low == b.amount.low
            if alike == same_unit and apart:
                right.remove(b)
                yield a, b
                break
