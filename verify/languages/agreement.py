"""Which amounts and times of one text the other text has too."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from .quantities import Quantity, relation, same_value
from .times import TimeExpression, comparable

_ORDER = ("same", "approximator", "rounded", "unit")


@dataclass
class Agreement:
    """What was found on both sides, on the source side only (`missing`), and on the target side only (`extra`).

    `numbers` holds (source, target, relation) with the relation of `quantities.relation`, never "different".
    Things that ask for no counterpart are in none of the lists unless they have one.
    """

    numbers: list[tuple[Quantity, Quantity, str]] = field(default_factory=list)
    times: list[tuple[TimeExpression, TimeExpression]] = field(default_factory=list)
    missing: list[Quantity] = field(default_factory=list)
    extra: list[Quantity] = field(default_factory=list)
    missing_times: list[TimeExpression] = field(default_factory=list)
    extra_times: list[TimeExpression] = field(default_factory=list)


def agree(
    source_numbers: Sequence[Quantity],
    source_times: Sequence[TimeExpression],
    target_numbers: Sequence[Quantity],
    target_times: Sequence[TimeExpression],
    today: datetime.date | None = None,
) -> Agreement:
    """Pair amounts by value and times by meaning; one amount can answer several equal ones. `today` is the date line."""
    result = Agreement()
    left, right = _pair_numbers(source_numbers, target_numbers, result)
    left_times, right_times = _pair_times(source_times, target_times, today, result)
    left_times = [t for t in left_times if not _compared_with(t, target_times)]
    right_times = [t for t in right_times if not _compared_with(t, source_times)]
    result.missing = [q for q in left if q.asks and not _elsewhere(q, target_numbers, target_times)]
    result.extra = [q for q in right if q.asks and not _elsewhere(q, source_numbers, source_times)]
    # A time that a translation may leave out (today, a week, in the morning) is missed all the same where the other side puts another in its place.
    replaced = lambda t, others: any(_opposed(t, o, today) for o in others)
    result.missing_times = [t for t in left_times if replaced(t, right_times)
                            or t.asks and not _told(t, right_times, target_numbers, target_times, today)]
    result.extra_times = [t for t in right_times if replaced(t, left_times)
                          or t.asks and not _told(t, left_times, source_numbers, source_times, today)]
    return result


def _pair_numbers(source, target, result):
    free_source, free_target = list(source), list(target)
    for wanted in _ORDER:
        for q in list(free_source):
            match = next((other for other in free_target if relation(q, other) == wanted), None)
            if match is not None:
                result.numbers.append((q, match, wanted))
                free_source.remove(q)
                free_target.remove(match)
    # A repeated amount may be said once on the other side.
    left = [q for q in free_source if not any(relation(q, other) == "same" for other in target)]
    right = [q for q in free_target if not any(relation(other, q) == "same" for other in source)]
    return left, right


def _elsewhere(q: Quantity, numbers: Sequence[Quantity], times: Sequence[TimeExpression]) -> bool:
    """Whether an amount stands on the other side in another shape: an end of a range, or the number of a time."""
    ends = {end for other in numbers for end in (other.low, other.high)}
    ends |= {number for time in times for number in time.numbers}
    if q.value is None:
        return q.low in ends and q.high in ends or any(same_value(q, other) for other in numbers)
    return any(value in ends for value in (q.low, *q.others))


def _pair_times(source, target, today, result):
    free_source, free_target = list(source), list(target)
    # What says the same in its own words comes before what only the date line makes the same.
    for days in ((None, today), (today,)) if today else ((None,),):
        for t in list(free_source):
            match = next((other for other in free_target if all(comparable(t, other, day) == "same" for day in days)), None)
            match = match or next((other for other in free_target if _nearly(t, other) or _year_before_last(t, other, target) or _year_before_last(other, t, source)), None)
            if match is not None:
                result.times.append((t, match))
                if _nearly(t, match):
                    result.numbers.append((t.amount, match.amount, _nearly(t, match)))
                free_source.remove(t)
                free_target.remove(match)
    # A time that was said twice may be said once, unless another stands in the second one's place: 今年 and 年内, this year and next.
    said = lambda t, others, free: any(comparable(t, o, today) == "same" for o in others) and not any(_opposed(t, o, today) for o in free)
    left = [t for t in free_source if not said(t, target, free_target)]
    right = [t for t in free_target if not said(t, source, free_source)]
    for t, match in result.times:
        left += [t] if _adds_year(t, match, target) else []
        right += [match] if _adds_year(match, t, source) else []
    return left, right


def _nearly(a: TimeExpression, b: TimeExpression) -> str:
    """How two durations agree but for their approximators or rounding: 近四年, over four years; "" otherwise."""
    if not (a.amount and b.amount and a.amount.unit == b.amount.unit):
        return ""
    how = relation(a.amount, b.amount)
    return how if how in ("approximator", "rounded") else ""


def _year_before_last(a: TimeExpression, b: TimeExpression, others: Sequence[TimeExpression]) -> bool:
    """前年 as "a year earlier", "the previous year", beside last year."""
    year = lambda time, offset: time.values.get("unit") == "year" and time.values.get("offset") == offset
    return year(a, -2) and year(b, -1) and bool(b.values.get("loose")) and any(year(o, -1) and not o.values.get("loose") for o in others)


def _opposed(a: TimeExpression, b: TimeExpression, today: datetime.date | None) -> bool:
    """Whether two times are of one sort and cannot be the same: year on year and month on month, an hour and a day, dawn and dusk."""
    same_unit = a.values.get("unit") and a.values.get("unit") == b.values.get("unit")  # 下月, this month
    alike = a.kind == b.kind or same_unit or {a.kind, b.kind} == {"half", "quarter"} or a.values.get("part") and b.values.get("part")
    alike = alike or comparable(a, b) == "unknown"  # 今天, on Thursday: what only the date line can compare
    if not alike or comparable(a, b, today) != "different":
        return False
    return a.amount is None or b.amount is None or a.amount.low == b.amount.low and (a.amount.unit != b.amount.unit or a.amount.high == b.amount.high)


def _compared_with(time: TimeExpression, others: Sequence[TimeExpression]) -> bool:
    """Whether a time is what the other side compares with by another word: 同比 as "from last year's", 环比 of May as "from April"."""
    for basis in (t.values["basis"] for t in others if t.kind == "basis" and time.values.get("compared")):
        if time.values.get("offset") == -1 and basis in (time.values["unit"], "previous"):
            return True
        for unit, most in (("month", 12), ("quarter", 4)):
            if basis in (unit, "previous") and time.values.get(unit) and any(t.values.get(unit, 0) == time.values[unit] % most + 1 for t in others):
                return True
    return False


def _adds_year(time: TimeExpression, other: TimeExpression, others: Sequence[TimeExpression]) -> bool:
    """Whether a paired time says last or next year where neither its partner nor the rest of that text does."""
    offset = time.values.get("offset")
    if not offset or time.values.get("unit") != "year" or {"year", "offset", "nearest"} & {*other.values} or other.amount and not other.values.get("window"):
        return False
    return not any(t.values.get("offset") == offset or t.values.get("year") for t in others)


def _told(time: TimeExpression, free: list[TimeExpression], numbers: Sequence[Quantity], times: Sequence[TimeExpression],
          today: datetime.date | None) -> bool:
    """Whether a time may stand on the other side in another shape: 昨日 as Thursday, 三年 as the number 3."""
    if time.kind == "duration":
        amounts = {value for other in numbers for value in (other.low, other.high)}
        amounts |= {value for other in times if other.kind != "duration" or other.amount.unit == time.amount.unit for value in other.numbers}
        return bool(set(time.numbers) & amounts)
    if any(other.kind != "duration" and comparable(time, other, today) == "unknown" for other in free):
        return True
    values = {q.low for q in numbers}
    return bool(time.numbers) and set(time.numbers) <= values or time.values.get("written") in values
