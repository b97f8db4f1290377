"""English amounts by value: 1.07 trillion, US$2.7bn, twenty-one, between 3 and 5 per cent."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from . import approximators, numerals
from .quantities import Quantity
from .taken import Taken

LONGEST = 40  # characters; a longer run of digits is no amount
SMALL = {
    word: value
    for value, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
    )
}
TENS = {word: 10 * n for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)}
SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "lakh": 10**5,
          "crore": 10**7, "dozen": 12}
_SHORT = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9, "bln": 10**9, "tn": 10**12, "trn": 10**12,
          "t": 10**12}

WORD = numerals.any_of([*SMALL, *TENS])
SCALE = numerals.any_of(SCALES)
DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,8}(?:\.\d{1,12})?|\d{1,24}(?:\.\d{1,12})?|(?<![\w.])\.\d{1,12})"
_TEN, _UNIT = numerals.any_of(TENS), numerals.any_of([w for w, v in SMALL.items() if 0 < v < 10])
_ATOM = rf"(?:{_TEN}(?:[\s-]{_UNIT}\b)?|{numerals.any_of(SMALL)})\b"
_SCALED = rf"(?:(?:{_ATOM}|half\s+an?|an?(?:\s+half)?)(?:[\s-]{{1,3}}{SCALE}\b){{1,4}})"
SPELLED = rf"(?:{_SCALED}(?:[\s-]{{1,3}}(?:and[\s-]{{1,3}})?(?:{_SCALED}|{_ATOM}(?!\s{{1,3}}(?:and|or)\b))){{0,6}}|{_ATOM})"
PLAIN = rf"(?:{DIGITS}|\b{SPELLED}\b)"
_SIGNS = numerals.any_of(numerals.currency_signs())
_NUMBER = re.compile(
    rf"(?:(?=\d)|(?<![A-Za-z]))"  # within a word only digits can begin an amount
    rf"(?:(?<![A-Za-z])(?P<sign>{_SIGNS})\s?)?(?P<minus>(?<![\w\d)])[-−](?=\d))?(?:(?P<digits>{DIGITS})|\b(?P<words>{SPELLED})\b)"
    rf"(?:\s?(?P<short>mn|mln|bn|bln|tn|trn|[kmbt])\b(?![-'’.]\w))?(?P<scale>(?:[\s-]{{0,3}}{SCALE}){{1,3}}\b)?",
    re.I,
)
_AND_HALF = re.compile(rf"\s+and\s+(?:a|one)[\s-]+(half|quarter)(?:\s+({SCALE}))?\b", re.I)
_PERCENT = re.compile(
    r"(?:\s|-)?(?:of\s+a\s+)?(?P<points>percentage[\s-]points?\b|ppts?\b|pp\b)|(?:\s|-)?(?P<basis>(?:basis[\s-]points?|bps)\b)|"
    r"(?:\s|-)?(?P<percent>%|％|per[\s-]?cent\b(?!age)|pct\b|percent\b)",
    re.I,
)
_POINTS = re.compile(r"(?:\s+of\s+an?)?[\s-](?P<points>points?)\b", re.I)
_TIMES = re.compile(r"[\s-]times\b(?=\s+(?:as|more|the|higher|larger|bigger|greater|less|smaller|faster|that|its|their|what|over|those)\b)|x\b|×", re.I)
_MONEY_AFTER = re.compile(rf"[\s-]?({numerals.any_of(numerals.currencies('en'))})\b", re.I)
_CENTS = re.compile(r"[\s-]?(?:(?:US|HK|NT|euro|Hong Kong|Singapore|Australian|Canadian)[\s-])?cents?\b", re.I)
_INDEX = re.compile(r"\bPMI\b|\bpurchasing managers", re.I)
# Nothing is counted: "30 per cent, down from 35", "having counted for 20."
_BARE = re.compile(r"\s*[,.;:)”\"—–]|\s*$|\s+(?:as of|last|previously|before|earlier|a|and|but|for|in|from|to|at|when|while|the)\b", re.I)
_UNIT_AFTER = re.compile(rf"[\s-]?({numerals.any_of(numerals.units('en'))})(?![A-Za-z])")
_DOZEN_OR_SO = re.compile(r"or so\b|-odd\b|more than\s|over\s|about\s|around\s|some\s|roughly\s|nearly\s", re.I)
_NAME_BEFORE = re.compile(r"[A-Za-z]-?$")


def spelled_value(words: str) -> Fraction:
    """The value of English number words: two hundred and five thousand, half a million."""
    total, current = Fraction(0), Fraction(0)
    for word in re.split(r"[\s-]+", words.lower()):
        if word == "half":
            current += Fraction(1, 2)
        elif word in SMALL or word in TENS:
            current += SMALL.get(word, TENS.get(word, 0))
        elif word in ("hundred", "dozen"):
            current = (current or 1) * SCALES[word]
        elif word in SCALES:
            total, current = total + (current or 1) * SCALES[word], Fraction(0)
    return total + current


def find(text: str, claimed: list[tuple[int, int]]) -> list[Quantity]:
    """Cardinal amounts in order, none touching the ranges `claimed`; units, approximators and ranges included."""
    found: list[Quantity] = []
    taken = Taken(len(text), claimed)
    at = 0
    while match := _NUMBER.search(text, at):
        at = match.end()
        if not taken.free(*match.span()):
            at = taken.after(*match.span())
        elif (quantity := _quantity(text, match)) is not None:
            found.append(quantity)
            at = quantity.end
    return [approximate(text, quantity) for quantity in _percent_left_out(text, _ranges(text, found))]


def _percent_left_out(text: str, found: list[Quantity]) -> list[Quantity]:
    """Beside a percentage a bare number can be another one, and so can one of an index that Chinese gives in per cent."""
    if not any(q.kind == "percent" for q in found) and not _INDEX.search(text):
        return found
    return [replace(q, others=(*q.others, q.low / 100)) if q.kind == "cardinal" and not q.unit and q.value is not None and q.low <= 100 and _BARE.match(text, q.end) else q
            for q in found]


def _quantity(text: str, match: re.Match) -> Quantity | None:
    words, digits = match.group("words"), match.group("digits")
    start, end = match.span()
    sign, short = match.group("sign"), match.group("short")
    kind, unit, others, asks = "cardinal", "", (), True
    if words:
        value, size = spelled_value(words), 0
        end = match.end("words") if short else end
        short = None
        if words.lower() in ("one", "zero"):
            kind, asks = "article", False
        elif words[0].isupper() and re.match(r"[\s-][A-Z]", text[end : end + 2]) and text[:start].strip():
            asks = False  # part of a name: the Four Corners
    else:
        if len(digits) > LONGEST:
            return None
        value = Fraction(digits.replace(",", ""))
        asks = value != 0  # nil, love: a score
        size = len(re.sub(r"^[0.]+|\D", "", digits))
        if not sign and text[max(0, start - 2) : start].strip() and _NAME_BEFORE.search(text[max(0, start - 2) : start]):
            return Quantity(start, match.end("digits"), value, value, kind="name", asks=False, digits=size)
        if short and not sign and len(short) == 1:
            others = (value,)
    for scale in re.findall(r"[a-z]+", (match.group("scale") or "").lower()):
        value *= SCALES[scale]
    if short:
        if short == "m" and value >= 1000 and not sign:
            unit, end = "m", match.end()  # 1,200m: a thousand millions is a billion
        else:
            value = value * _SHORT[short.lower()]
    half = _AND_HALF.match(text, end)
    if half:
        part = Fraction(1, 2) if half.group(1).lower() == "half" else Fraction(1, 4)
        value = (value + part) * SCALES[half.group(2).lower()] if half.group(2) else value + part
        end, kind, asks = half.end(), "cardinal", True
    if re.search(r"dozen$", words or "", re.I) and _DOZEN_OR_SO.search(text[max(0, start - 12) : end + 10]):
        return Quantity(start, end, value - value / 12, value + value * 7 / 12, "", "several", "range")
    if match.group("minus"):
        others = (*others, value)
        value = -value
    if sign:
        return Quantity(start, end, value, value, _sign_code(sign), None, "money", others, digits=size)
    return _with_unit(text, Quantity(start, end, value, value, unit, None, kind, others, asks, size))


def _sign_code(sign: str) -> str:
    table = numerals.currency_signs()
    return table.get(sign) or next(code for name, code in table.items() if name.lower() == sign.lower())


def _with_unit(text: str, q: Quantity) -> Quantity:
    """The amount with the unit that follows it."""
    if match := _PERCENT.match(text, q.end):
        if match.group("basis"):
            return replace(q, end=match.end(), low=q.low / 10000, high=q.high / 10000, kind="percentage-point", asks=True)
        kind = "percentage-point" if match.group("points") else "percent"
        return replace(q, end=match.end(), low=q.low / 100, high=q.high / 100, kind=kind, asks=True, others=tuple(o / 100 for o in q.others))
    if match := _TIMES.match(text, q.end):
        return replace(q, end=match.end(), kind="multiple", others=(*q.others, q.low - 1), asks=True)
    if match := _CENTS.match(text, q.end):
        return replace(q, end=match.end(), kind="money", unit="DOLLAR", low=q.low / 100, high=q.high / 100, others=(q.low,), asks=True)
    if match := _MONEY_AFTER.match(text, q.end):
        code = {name.lower(): code for name, code in numerals.currencies("en").items()}[re.sub(r"\s+", " ", match.group(1).lower())]
        if code != "KRW" or q.low >= 50:
            return replace(q, end=match.end(), kind="money", unit=code, asks=True)
    if match := _UNIT_AFTER.match(text, q.end):
        unit = numerals.units("en")[re.sub(r"\s+", " ", match.group(1))]
        return replace(q, end=match.end(), unit=unit, asks=True)
    if match := _POINTS.match(text, q.end):
        # "1.3 points slower" in news of rates are percentage points; of an index they are not
        return replace(q, end=match.end(), unit="point", others=(*q.others, q.low / 100))
    return q


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """Neighbours joined: 5–6, five to six, between 3 and 5 per cent, two or three."""
    joined: list[Quantity] = []
    for q in found:
        last = joined[-1] if joined else None
        link = text[last.end : q.start] if last else ""
        if last and last.value is not None and q.value is not None and _is_range(text, last, q, link):
            low = _scaled_like(last, q)
            if low < q.low:
                start = last.start
                joined[-1] = replace(q, start=start, low=low, high=q.low, kind="range" if q.kind == "cardinal" else q.kind,
                                     others=(), asks=True, unit=q.unit or last.unit)
                continue
        joined.append(q)
    return joined


_MOVED = re.compile(r"\b(?:by|ris\w+|rose|up|down|f[ae]ll\w*|cut\w*|gain\w*|drop\w*|climb\w*|jump\w*)\s+(?:\w+\s+)?$", re.I)


def _is_range(text: str, a: Quantity, b: Quantity, link: str) -> bool:
    word = link.strip().lower()
    if word in ("-", "–", "—", "~", "or", "or even", "or perhaps"):
        return not word.startswith("or") or b.low <= a.low * 3
    if word == "to":
        # "rose from 3 to 5", "by 10 yuan to 90 yuan" and "by half a point to 4 per cent" are changes: two amounts
        lead = text[max(0, a.start - 24) : a.start]
        apart = a.kind != b.kind and not {a.kind, b.kind} & {"cardinal", "article"}
        by = a.kind == b.kind == "money" and a.unit == b.unit and b.low > 2 * a.low and _MOVED.search(lead)
        return not (apart or by or re.search(r"\bfrom\s+(?:\w+\s+)?$", lead, re.I))
    return word == "and" and re.search(r"\bbetween\s+(?:\w+\s+)?$", text[max(0, a.start - 24) : a.start], re.I) is not None


def _scaled_like(a: Quantity, b: Quantity) -> Fraction:
    """The lower end in the unit of the upper: 3 to 5 per cent, 5-6 million."""
    low = a.low
    if b.kind in ("percent", "percentage-point") and a.kind in ("cardinal", "article"):
        return low / 100
    if a.kind in ("cardinal", "article", "money") and low < 1000 and b.low >= 1000:
        for scale in (10**12, 10**9, 10**6, 10**3):
            if b.low >= scale and b.low / scale < 1000:
                return low * scale if low < b.low / scale else low
    return low


def approximate(text: str, q: Quantity) -> Quantity:
    if q.approx == "several":
        return q
    name = approximators.english(text, q.start, q.end).name
    if name is None and q.kind in ("percent", "money") and text[: q.start].lower().rstrip().endswith("within"):
        name = "at-most"
    if name == "under" and q.kind == "cardinal" and not q.unit and q.low < 10 and text[: q.start].lower().rstrip().endswith(" under"):
        return q  # under four managers
    return replace(q, approx=name) if name else q
