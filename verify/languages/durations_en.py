"""English lengths of time: 90 days, half a year, two and a half years, decades."""

from __future__ import annotations

import re
from fractions import Fraction

from . import approximators
from .numbers_en import LONGEST, PLAIN, spelled_value
from .quantities import Quantity

_UNITS = {"year": "year", "yr": "year", "month": "month", "week": "week", "day": "day", "hour": "hour", "hr": "hour", "minute": "minute", "min": "minute",
          "second": "second", "sec": "second", "quarter": "quarter", "decade": "decade", "century": "century", "centurie": "century",
          "fortnight": "fortnight", "night": "night", "weekend": "weekend"}
_PARTS = {"a quarter": Fraction(1, 4), "one quarter": Fraction(1, 4), "three quarters": Fraction(3, 4), "a third": Fraction(1, 3), "one third": Fraction(1, 3),
          "two thirds": Fraction(2, 3)}
_LONGER = {"decade": ("year", 10), "fortnight": ("week", 2)}
DURATION = re.compile(
    rf"\b(?:(?P<half>half[\s-]+(?:an?[\s-]+)?)(?P<halfunit>year|hour|month|century|day|decade|minute|second|week)|"
    rf"(?P<part>{'|'.join(_PARTS).replace(' ', '[ -]')})\s+of\s+an?\s+(?P<partunit>hour|minute|year|century|day)|"
    rf"(?P<years>{PLAIN})[\s-]+years?(?:,|\s+and|,\s+and)?\s+(?P<months>{PLAIN})[\s-]+months?\b|"
    rf"(?P<n>{PLAIN}(?:\s*(?:-|–|to|or)\s*{PLAIN})?|an?|several|a few|a couple of|couple of|many|dozens of|hundreds of|thousands of)(?P<more>\+|[\s-]odd|[\s-]plus)?(?:[\s-]+and[\s-]+a[\s-]+(?P<andhalf>half|quarter))?"
    r"(?:[\s-]+(?:consecutive|straight|successive|more|full|further|additional|long|whole|calendar|working|business|other|trading|or more|or so))*[\s-]+(?P<unit>years?|yrs?|months?|weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|quarters?|decades?|centur(?:y|ies)|fortnights?|nights?)(?!(?<=year)[\s-]olds?\b|(?<=years)[\s-]olds?\b)\b(?P<tail>\s+and\s+a\s+half)?)",
    re.I,
)
_OVER_AMOUNT = re.compile(r"\b(?:for|after|in|of|by|took|takes|take|lasted|lasting|last|spent|well|just|slightly|little|is|was|than|at|to|and|or|a|the|aged)\s+$", re.I)
_DAYS = re.compile(r"\b(?:(?P<working>working|business)|(?P<trading>trading)|(?P<calendar>calendar))[\s-]+days?$", re.I)
_WINDOW = re.compile(r"\b(?:(?P<first>first|opening)|(?P<past>past|last|previous|preceding))\s+$", re.I)
BARE_UNIT = re.compile(r"\b(?P<word>decades?|fortnight|centur(?:y|ies)|annual(?:ly)?|yearly|monthly|weekly|daily|years|months|weeks|days|hours|minutes)\b", re.I)


def duration(text: str, match: re.Match):
    start, end = match.span()
    name = approximators.english(text, start, end).name
    if match.group("half"):
        unit = match.group("halfunit").lower()
        return "duration", {"amount": Quantity(start, end, Fraction(1, 2), Fraction(1, 2), unit, name)} if unit != "decade" else {"amount": Quantity(start, end, Fraction(5), Fraction(5), "year", name)}
    if part := match.group("part"):
        size = _PARTS[part.lower().replace("-", " ")]
        return "duration", {"amount": Quantity(start, end, size, size, match.group("partunit").lower(), name)}
    if match.group("years"):
        size = 12 * _number(match.group("years").lower()) + _number(match.group("months").lower())
        return "duration", {"amount": Quantity(start, end, size, size, "month", name)}
    words = re.sub(r"\s+", " ", match.group("n").lower())
    if match.group("unit").lower() == "second" and not match.group("tail") and not re.search(r"\b(?:in|per|for|within|every|by|of)\s+$", text[max(0, start - 8) : start]):
        return None  # an ordinal: a second time, one second-degree charge
    if match.group("unit").lower().startswith("quarter") and re.match(r"\s+of\b|[\s-](?:percentage[\s-])?points?\b", text[end:]):
        return None  # a quarter of the people
    unit = _UNITS[re.sub(r"ies$", "ie", match.group("unit").lower()).removesuffix("s")]
    approx, size = None, 0
    if words in ("several", "a few", "a couple of", "couple of", "many") or words.endswith(" of"):
        low = {"dozens of": 12, "hundreds of": 100, "thousands of": 1000}.get(words, 2)
        high = {2: 9, 12: 119, 100: 999, 1000: 9999}[low]
        approx = "several"
    elif words in ("a", "an"):
        low = high = Fraction(1)
    else:
        first, *rest = re.split(r"\s*(?:-(?=\d)|–|\bto\b|\bor\b)\s*", words)
        low = _number(first)
        high = _number(rest[0]) if rest else low
        size = len(re.sub(r"\D", "", first))
        if unit == "second" and words == "one":
            return None
    more = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), None: Fraction(0)}[(match.group("andhalf") or "").lower() or None]
    if match.group("tail"):
        more = Fraction(1, 2)
    unit, factor = _LONGER.get(unit, (unit, 1))
    low, high = (Fraction(low) + more) * factor, (Fraction(high) + more) * factor
    lead = re.search(r"\bover\s+(?:the\s+)?$", text[max(0, start - 10) : start], re.I)
    if not (lead and not _OVER_AMOUNT.search(text[: max(0, start - 10) + lead.start()])):  # over three days: during them
        approx = approx or name
    if match.group("more") or re.match(r"\s+or more|\s+plus\b", text[end:]) or " or more " in match.group().lower():
        approx = "over"
    elif re.match(r"\s+or so\b", text[end:]) or " or so " in match.group().lower():
        approx = "about"
    amount = Quantity(start, end, low, high, unit, approx, digits=size)
    weak = words in ("a", "an", "one") and not more or approx == "several"
    values = {"amount": amount}
    if days := _DAYS.search(match.group()):
        values["days"] = days.lastgroup
    if unit in ("month", "quarter") and (window := _WINDOW.search(text, max(0, start - 12), start)) and not re.match(r"\s+of\b", text[end:]):
        values |= {"window": window.lastgroup, "from": window.start()}
    return ("duration", values, "weak") if weak else ("duration", values)


def _number(words: str) -> Fraction:
    words = words.strip(" -")[:LONGEST]
    return Fraction(words.replace(",", "")) if words[:1].isdigit() or words[:1] == "." else spelled_value(words)


def bare_unit(text: str, match: re.Match):
    word = match.group("word").lower()
    start, end = match.span()
    unit = {"annual": "year", "annually": "year", "yearly": "year", "monthly": "month", "weekly": "week", "daily": "day", "centuries": "century"}.get(word, word.rstrip("s"))
    plural = word.endswith("s")
    unit, factor = _LONGER.get(unit, (unit, 1))
    low, high = (Fraction(2 * factor), Fraction(9 * factor)) if plural else (Fraction(factor), Fraction(factor))
    return "duration", {"amount": Quantity(start, end, low, high, unit, "several" if plural else None)}, "weak"
