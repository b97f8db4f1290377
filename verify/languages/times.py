"""A time in a text, and whether two texts' times can be the same."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .quantities import Quantity, little_over, relation

_ABSOLUTE = ("year", "month", "day", "weekday", "quarter", "half", "decade", "century", "hour", "minute")
_UNITS = ("day", "week", "month", "quarter", "year")  # from the shortest
_FORTNIGHTS = ((Fraction(1, 2), "month"), (2, "week"), (15, "day"), (14, "day"))  # half a month, as people count
_BESIDE = re.compile(r"[\s,，]*[(（]?\s*(?:the\s+)?")
_PARTS = {  # parts of a day that overlap
    "dawn": {"dawn", "morning", "night"}, "morning": {"morning", "dawn"}, "noon": {"noon", "afternoon"},
    "afternoon": {"afternoon", "noon"}, "evening": {"evening", "night", "afternoon"}, "night": {"night", "evening", "dawn", "midnight"},
    "midnight": {"midnight", "night", "dawn"},
}


@dataclass(frozen=True)
class TimeExpression:
    """`text[start:end]` says when or how long.

    kind: date, month, weekday, year, quarter, half, duration, relative, time, part, basis (同比: year on year).
    values: any of year, month, day, weekday (1 Monday .. 7 Sunday), weekend (False: weekdays), quarter, half, decade (1990), century (21),
    hour, minute, part ("morning"), what is `written` of a year of another calendar (115 of 2026); a relative one has unit ("year", "month", "week", "day") and offset (-1: last);
    a month can be the last of the `first` so many (前五月); a duration has `amount`, a Quantity whose unit is a unit of time,
    and can say which `days` ("working", "trading", "calendar") or which `window` ("first", "past") they are, a word that stands at `from`;
    what something is `compared` with says so (ahead of last year's pace); a basis has `basis`: year, quarter, month, week
    or previous (环比, the period before). A relative time is `loose` where no date line tells when it was: it counts from another time
    (the previous year, 翌年, 8月…比上月), or is no year of the calendar (last summer, 上财年).
    `asks` is False where a translation often leaves the time out (today, that year, a year).
    """

    start: int
    end: int
    kind: str
    values: dict[str, Any] = field(default_factory=dict, compare=False)
    asks: bool = True

    @property
    def amount(self) -> Quantity | None:
        return self.values.get("amount")

    @property
    def numbers(self) -> tuple[Fraction, ...]:
        """Every number in it, for a text that gives the same number in another form."""
        absolute = tuple(Fraction(self.values[key]) for key in (*_ABSOLUTE, "written") if self.values.get(key) is not None)
        amount = self.amount
        return absolute + ((amount.low, amount.high, *amount.others) if amount else ())


def comparable(a: TimeExpression, b: TimeExpression, today: datetime.date | None = None) -> str:
    """same, different, or unknown (they speak of different things, or only a date line could tell).

    `today` is the date line; with it, last year = 2024 and 2 May = Friday.
    """
    if (a.kind == "duration") != (b.kind == "duration"):
        span, point = (a, b) if a.kind == "duration" else (b, a)
        amount, offset = span.amount, point.values.get("offset")  # 后年 is "in two years' time"
        months = {"month": 1, "quarter": 3}.get(amount.unit) if amount and amount.value is not None else None
        if months and months * amount.value == point.values.get("first"):
            return "same"  # 前五月, 前三季度 beside "January to September"
        return "same" if offset and amount and amount.unit == point.values["unit"] and amount.value == abs(offset) else "unknown"
    if a.kind == "duration":
        return _durations(a, b)
    if "basis" in (a.kind, b.kind):
        if a.kind != b.kind:
            return "unknown"
        bases = {a.values["basis"], b.values["basis"]}
        return "same" if len(bases) == 1 or "previous" in bases and "year" not in bases else "different"
    first, second = _resolved(a, today), _resolved(b, today)
    shared = [key for key in _ABSOLUTE if first.get(key) is not None and second.get(key) is not None]
    if any(first[key] != second[key] for key in shared if key not in ("day", "year")):
        return "different"
    if not all({first.get(key), first.get(f"last_{key}")} & {second.get(key), second.get(f"last_{key}")} - {None} for key in ("day", "year") if key in shared):
        return "different"  # July 17 and 22 is both days
    if "weekend" in first and "weekend" in second and first["weekend"] != second["weekend"]:
        return "different"
    if first == second and "weekend" in first:
        return "same"
    if "offset" in first and "offset" in second:
        if first["unit"] == second["unit"]:
            return "same" if first["offset"] == second["offset"] and _meet(first, second) else "different"
        return "different" if _apart(a.values, b.values) else "unknown"
    if first.get("part") and second.get("part"):
        if not _meet(first, second):
            return "different"
        # Yesterday evening is not every evening.
        return "unknown" if first.get("offset") or second.get("offset") else "same"
    months = _months(first), _months(second)
    if all(months) and max(months[0]) != max(months[1]):
        return "different"  # the first half and the first or third quarter; the second can stand for what it ends
    # Yesterday is a day in May, and in 2025, and neither says which: a time that only the date line brings beside another must be as exact.
    exact = any(a.values.get(key) is not None and b.values.get(key) is not None for key in shared) or all(
        {"weekday", unit} & {*shared} for values in (first, second) if (unit := values.get("unit")) in ("day", "month", "year"))
    return "same" if shared and exact else "unknown"


def _meet(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether the parts of the day that two times name, if both do, can be the same."""
    parts = a.get("part"), b.get("part")
    return not all(parts) or parts[1] in _PARTS.get(parts[0], {parts[0]})


def _apart(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether two relative times of different units hardly meet: yesterday and last week, next week and last month."""
    if not all(values.keys() <= {"unit", "offset", "part", "compared", "loose"} and values["unit"] in _UNITS for values in (a, b)):
        return False
    small, large = sorted((a, b), key=lambda values: _UNITS.index(values["unit"]))
    # The day before yesterday can be last week, and nine months ago last year; yesterday was in last week on one day of seven.
    return large["offset"] != 0 and (small["offset"] * large["offset"] <= 0 or abs(small["offset"]) == 1)


def _months(values: dict[str, Any]) -> set[int]:
    """The months of the year that a quarter or half says. A month alone can be the end of a longer time (January-July)."""
    for key, size in (("quarter", 3), ("half", 6)):
        if values.get(key):
            return {*range((values[key] - 1) * size + 1, values[key] * size + 1)}
    return set()


def holiday(match: re.Match, year: dict[str, Any]) -> tuple:
    """What a match of New Year's Day or Christmas Day says: kind, values and, where no year stands beside it, that it may be left out."""
    named = match.group("rel") or match.group("year")
    return "date", year | ({"month": 1, "day": 1} if match.group("new_year") else {"month": 12, "day": 25}), *([] if named else ["weak"])


def join_weekdays(text: str, times: list[TimeExpression]) -> list[TimeExpression]:
    """A weekday beside a date becomes one expression, and a part of the day behind a day: Friday (May 2nd), 5月2日（周五）, 昨日傍晚."""
    joined: list[TimeExpression] = []
    for time in times:
        last = joined[-1] if joined else None
        kinds = {last.kind, time.kind} if last else set()
        if kinds == {"date", "weekday"} and _BESIDE.fullmatch(text[last.end : time.start]) and not ({*last.values} & {*time.values}):
            joined[-1] = TimeExpression(last.start, time.end, "date", last.values | time.values)
        elif last and time.kind == "part" and last.values.keys() == {"unit", "offset"} and last.values["unit"] == "day" and last.end == time.start:
            joined[-1] = TimeExpression(last.start, time.end, last.kind, last.values | time.values, last.asks)  # 昨日傍晚
        else:
            joined.append(time)
    return joined


def _durations(a: TimeExpression, b: TimeExpression) -> str:
    first, second = a.amount, b.amount
    if first is None or second is None:
        return "unknown"
    if _qualified_apart(a, b):
        return "different"
    if first.unit == second.unit:
        how = relation(first, second)
        return "same" if how == "same" else "different" if how == "different" else "unknown"
    if all((one.low, one.unit) in _FORTNIGHTS and one.value is not None for one in (first, second)):
        return "same"
    alike = relation(first, second) in ("same", "approximator") or little_over(first, second) or little_over(second, first)
    return "same" if alike else "different"


def _qualified_apart(a: TimeExpression, b: TimeExpression) -> bool:
    """Whether two lengths are of other days (working days, plain ones), or one is the first of a year and the other the last there were."""
    if {a.values.get("window"), b.values.get("window")} == {"first", "past"}:
        return True
    days = {a.values.get("days"), b.values.get("days")}
    return len(days) == 2 and a.amount.unit == b.amount.unit and ("working" in days or None not in days)


def _resolved(time: TimeExpression, today: datetime.date | None) -> dict[str, Any]:
    """What the time says, and what the date line adds to it."""
    values = dict(time.values)
    if today is None or values.get("loose") or not 1 < today.year < 9999:  # no days before or after those
        return values
    unit, offset = values.get("unit"), values.get("offset")
    if unit == "day":
        day = today + datetime.timedelta(days=offset)
        values |= {"year": day.year, "month": day.month, "day": day.day, "weekday": day.isoweekday()}
    elif unit == "year":
        values["year"] = today.year + offset
    elif unit == "month":
        count = today.year * 12 + today.month - 1 + offset
        values |= {"year": count // 12, "month": count % 12 + 1}
    elif unit == "week" and values.get("weekday"):
        day = today + datetime.timedelta(weeks=offset, days=values["weekday"] - today.isoweekday())
        # Last Friday, said on a Saturday, is yesterday or of the week before; this Monday, on a Friday, is over or to come.
        if 0 <= (day - today).days * (offset or 1) <= 7:
            values |= {"year": day.year, "month": day.month, "day": day.day}
    elif values.get("month") and values.get("day") and not values.get("last_day") and not values.get("weekday"):
        # People say the weekday of a day nearby only. A day without its month is of the month that the text named last.
        for day in (today + datetime.timedelta(days=n) for n in range(-6, 7)):
            if (values.get("year", day.year), values["month"], values["day"]) == (day.year, day.month, day.day):
                values["weekday"] = day.isoweekday()
    return values
