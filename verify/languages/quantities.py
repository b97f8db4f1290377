"""An amount in a text by its value, and when two amounts of different texts say the same."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .numerals import same_currency

# Unit -> (dimension, factor): 100 km and 62 miles are the same length.
_DIMENSIONS: dict[str, tuple[str, Fraction]] = {
    unit: (dimension, Fraction(factor))
    for dimension, units in {
        "length": {"mm": ".001", "cm": ".01", "m": "1", "km": "1000", "li": "500", "inch": ".0254", "foot": ".3048",
                   "yard": ".9144", "mile": "1609.344", "nmi": "1852"},
        "area": {"m2": "1", "km2": "1000000", "hectare": "10000", "acre": "4046.856", "mu": "666.667", "sqft": ".092903",
                 "sqmi": "2589988"},
        "mass": {"mg": ".000001", "g": ".001", "kg": "1", "jin": ".5", "tonne": "1000", "lb": ".45359", "ounce": ".02835"},
        "volume": {"ml": ".001", "l": "1", "m3": "1000", "gallon": "3.78541", "barrel": "158.987"},
        "power": {"kw": "1000", "mw": "1000000", "gw": "1000000000"},
        "time": {"second": "1", "minute": "60", "hour": "3600", "day": "86400", "week": "604800", "month": "2629800",
                 "quarter": "7889400", "year": "31557600", "decade": "315576000", "century": "3155760000"},
    }.items()
    for unit, factor in units.items()
}
_UPPER = frozenset({"over", "at-least"})
_LOWER = frozenset({"nearly", "under", "at-most"})
_GROUPS = dict.fromkeys(_UPPER, "up") | dict.fromkeys(_LOWER, "down") | {"about": "mid"}


@dataclass(frozen=True)
class Quantity:
    """`text[start:end]` counts between `low` and `high` (closed; equal for an exact amount) of `unit`.

    kind: cardinal, percent, percentage-point, money, ordinal, fraction, multiple, range, article (一个, "one"),
    name (the 20 of G20). Percentages and fractions are kept as shares of one: 25% is 1/4, as are 两成半 and "a quarter".
    approx: about, nearly, over, under, at-least, at-most, reaching (as much as), several, or None.
    `others` are further values the same words can have: 兆 is 10¹² or 10⁶, 增长两倍 is 2 or 3 times.
    `asks` is False for words that often have no number in a translation (a, one, both, first): they can answer
    a number of the other text but need no counterpart themselves.
    """

    start: int
    end: int
    low: Fraction
    high: Fraction
    unit: str = ""
    approx: str | None = None
    kind: str = "cardinal"
    others: tuple[Fraction, ...] = ()
    asks: bool = True
    digits: int = 0  # significant digits written, for rounding; 0: exact

    @property
    def value(self) -> Fraction | None:
        """The amount when it is one number, None for a range."""
        return self.low if self.low == self.high else None

    @property
    def values(self) -> tuple[Fraction, ...]:
        return (self.low, *self.others) if self.low == self.high else self.others


def same_value(a: Quantity, b: Quantity) -> bool:
    """Whether the values agree: 1,200 and 1200, 100 km and 62 miles, whatever currencies and approximators say."""
    if _two_units(a, b):
        return _converted(a, b)
    return bool(set(a.values) & set(b.values)) or a.low == b.low and a.high == b.high


def relation(a: Quantity, b: Quantity) -> str:
    """How two amounts stand: same, approximator (value same, nearly against over), rounded (1.07 and 1.1),
    unit (value same, dollars against yuan, percent against percentage points, 12 km against 12 miles), or different."""
    if a.low == b.low and a.high == b.high and _measures_clash(a, b):
        return "unit"
    if same_value(a, b):
        if _units_clash(a, b):
            return "unit"
        plain = a.value is None or "article" in (a.kind, b.kind)
        return "same" if plain or _approx_agree(a.approx, b.approx) else "approximator"
    if _units_clash(a, b):
        return "different"
    if _vague_agree(a, b):
        return "same"
    return "rounded" if _rounds(a, b) or _rounds(b, a) else "different"


def little_over(a: Quantity, b: Quantity) -> bool:
    """Whether one measure is a little over what the other has it over: 19 months, more than a year and a half."""
    if not _two_units(a, b) or a.value is None or b.value is None or b.approx not in _UPPER:
        return False
    (dimension, first), (other, second) = _DIMENSIONS[a.unit], _DIMENSIONS[b.unit]
    return dimension == other and b.value * second < a.value * first <= b.value * second * Fraction(9, 8)


def _two_units(a: Quantity, b: Quantity) -> bool:
    return a.unit != b.unit and a.unit in _DIMENSIONS and b.unit in _DIMENSIONS


def _converted(a: Quantity, b: Quantity) -> bool:
    """Whether the two are one measure in two units, within the 5% that rounding in news takes."""
    (dimension, first), (other, second) = _DIMENSIONS[a.unit], _DIMENSIONS[b.unit]
    if dimension != other or not a.low or not b.low:
        return False
    return abs(a.low * first - b.low * second) <= abs(a.low * first) / 20


def _units_clash(a: Quantity, b: Quantity) -> bool:
    points = {a.kind, b.kind}
    if points == {"percent", "percentage-point"}:
        return True
    if "money" in points and len(points) == 1:
        return bool(a.unit and b.unit and not same_currency(a.unit, b.unit))
    return False


def _measures_clash(a: Quantity, b: Quantity) -> bool:
    """Whether two units measure the same thing and are not one size: kilometres and miles. Lengths of time are compared as times."""
    if not _two_units(a, b):
        return False
    (dimension, first), (other, second) = _DIMENSIONS[a.unit], _DIMENSIONS[b.unit]
    return dimension == other != "time" and first != second


def _approx_agree(a: str | None, b: str | None) -> bool:
    """Nearly and over contradict each other, and so do both with no approximator; `about` can come and go."""
    if a == b or "several" in (a, b) or {a, b} in ({"reaching", "at-most"}, {"nearly", "about"}):
        return True
    first, second = _GROUPS.get(a or "", ""), _GROUPS.get(b or "", "")
    return first == second or {first, second} == {"mid", ""}


def _vague_agree(a: Quantity, b: Quantity) -> bool:
    """Hundreds of = 上百 = over 100; 十几 = a dozen or so = more than ten: intervals that meet."""
    if a.value is not None and b.value is not None and not (a.approx and b.approx):
        return False
    if _two_units(a, b):
        return False  # several seconds and several minutes
    a_low, a_high = _reach(a)
    b_low, b_high = _reach(b)
    if a.value is None and b.value is None and not (a.approx == "several" or b.approx == "several"):
        return False  # two stated ranges must be the same
    if "several" not in (a.approx, b.approx) and not (a.approx in _UPPER and b.approx in _UPPER and a.low == b.low):
        return False
    return a_low <= b_high and b_low <= a_high


def _reach(q: Quantity) -> tuple[Fraction, Fraction]:
    if q.value is None:
        return q.low, q.high
    if q.approx in _UPPER:
        return q.low, q.low * 2
    if q.approx in _LOWER:
        return q.low * Fraction(3, 4), q.low
    if q.approx:
        return q.low * Fraction(3, 4), q.low * Fraction(5, 4)
    return q.low, q.low


def _rounds(coarse: Quantity, fine: Quantity) -> bool:
    """Whether `coarse` is `fine` rounded to the digits that `coarse` has."""
    if coarse.value is None or fine.value is None or not coarse.digits or coarse.digits >= fine.digits:
        return False
    if not fine.value or not coarse.value or coarse.value * fine.value < 0:
        return False
    step = _step(coarse.value, coarse.digits)
    # An integer of one or two digits is a count, and counts are not rounded.
    # 300 million has no digit that 2亿 could have left out.
    return fine.value % step != 0 and abs(coarse.value - fine.value) < step and (coarse.value >= 100 or bool(coarse.approx) or coarse.value.denominator > 1)


def _step(value: Fraction, digits: int) -> Fraction:
    """One unit in the last of the `digits` significant digits of a value."""
    size, power = abs(value), 0
    while size >= 10:
        size, power = size / 10, power + 1
    while size < 1:
        size, power = size * 10, power - 1
    return Fraction(10) ** (power - digits + 1)
