"""Chinese numerals as values: 三百二十一, 1.07万亿, 3亿5000万, 十几, 数百万, 两三千."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,8}(?:\.\d{1,12})?|\d{1,24}(?:\.\d{1,12})?)"
_VALUES = dict(zip("零〇○一二两三四五六七八九壹贰叁肆伍陆柒捌玖", [0, 0, 0, 1, 2, 2, *range(3, 10), *range(1, 10)]))
_SMALL_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "廿": 20, "卅": 30}
_LARGE_UNITS = {"万": 10**4, "亿": 10**8, "兆": 10**12}
NUMERAL = "[零〇○一二两三四五六七八九十百千万亿兆廿卅壹贰叁肆伍陆柒捌玖拾佰仟]"
_UNIT = "(?:[十百万亿兆]|千(?![瓦米克卡赫帕]))"
_RUN = rf"(?:(?!千[瓦米克卡赫帕]){NUMERAL})"
_GROUP = rf"{_UNIT}{_RUN}{{0,19}}(?:(?<=[十百千万亿兆]){DIGITS}(?={_UNIT})|(?<=[千万])\d{{1,4}}(?![\d.,%年月日]))?"
#: a number as written: digits or numerals, with 多/余/几 inside, and 点 for a decimal point. A run of numerals takes all units that follow, so that
#: no run can be read in more ways than one: of 万万万万… they would be without end.
NUMBER = (
    rf"(?:(?:{DIGITS}|(?:几|(?<![位人总次少多系函指参代变因回])数(?=[十百千万亿]))?{_RUN}{{1,24}}(?:点[零〇一二三四五六七八九]{{1,12}}(?![分钟半点])(?:{_GROUP})?)?|几(?={_UNIT}))"
    rf"(?:(?:[多余几来]\s?|\s|(?<=[\d几])){_GROUP}){{0,6}}几?)"
)
_ONE_OR_TWO = re.compile(r"([一二两三四五六七八])([二两三四五六七八九])(?=$|[十百千万亿])")


_LONGEST = 40  # characters; a longer run is no amount


@dataclass(frozen=True)
class Value:
    low: Fraction
    high: Fraction
    approx: str | None = None  # "over" for 多 and 余, "several" for 几 and 数
    others: tuple[Fraction, ...] = ()
    digits: int = 0  # significant digits where Arabic digits are written


def read(words: str) -> Value | None:
    """The value of what `NUMBER` matches; None where the characters make no number."""
    if len(words) > _LONGEST:
        return None
    words = words.replace(",", "").replace(" ", "")
    pair = _ONE_OR_TWO.search(words)
    if pair and not re.search(r"[\d点]", words[: pair.start()] + words[pair.end() :]):  # 一点三五 is 1.35
        first, second = _VALUES[pair.group(1)], _VALUES[pair.group(2)]
        if second == first + 1 or (first, second) == (3, 5):
            low = read(words[: pair.end(1)] + words[pair.end() :])
            high = read(words[: pair.start()] + words[pair.end(1) :])
            if low and high:
                return Value(low.low, high.high, None)
    if re.search(r"[几数]", words):
        low = _plain(re.sub("[几数]", "二", words) if not words.endswith("几") else words[:-1] + "一")
        high = _plain(re.sub("[几数]", "九", words))
        if low is None or high is None:
            return None
        step = _last_unit(words)
        return Value(low, high + step - 1 if step > 1 else high, "several")
    approx = "over" if re.search("[多余]", words) else "about" if "来" in words else None
    plain = re.sub("[多余来]", "", words)
    value = _plain(plain)
    if value is None:
        return None
    others = (_plain(plain.replace("兆", "百万")),) if "兆" in plain and "亿" not in plain else ()
    written = re.sub(r"\D", "", plain)
    return Value(value, value, approx, tuple(o for o in others if o is not None), len(written.lstrip("0")))


def _last_unit(words: str) -> int:
    """The size of the last unit: 数百万 is good to the hundred of 万."""
    match = re.search(r"[几数]([十百千万亿兆]+)$", words)
    return int(_plain("一" + match.group(1)) or 1) if match else 1


def _plain(words: str) -> Fraction | None:
    if not re.search(r"[十百千万亿兆廿卅拾佰仟\d.点]", words) and len(words) > 1:
        return Fraction("".join(str(_VALUES[c]) for c in words))  # 二〇二五
    groups: list[tuple[Fraction, int]] = []
    section, number, last_unit, seen = Fraction(0), None, 1, False
    for token in re.findall(r"\d+(?:\.\d+)?|点[零〇一二三四五六七八九]+|.", words):
        if token[0].isdigit():
            number = Fraction(token)
        elif token[0] == "点" and len(token) > 1:
            number = (number or 0) + Fraction("0." + "".join(str(_VALUES[c]) for c in token[1:]))
        elif token in _VALUES:
            if number and not seen:
                return None  # 三四: two digits side by side
            number = Fraction(_VALUES[token]) if not number else number * 10 + _VALUES[token]
            if not _VALUES[token]:
                last_unit, number = 1, None
        elif token in _SMALL_UNITS:
            unit = _SMALL_UNITS[token]
            section += (number if number is not None else 1) * unit if token not in "廿卅" else unit
            number, last_unit = None, unit
        elif token in _LARGE_UNITS:
            unit = _LARGE_UNITS[token]
            current = section + (number or 0)
            while groups and groups[-1][1] < unit:
                current += groups.pop()[0]
            groups.append(((current or 1) * unit, unit))
            section, number, last_unit = Fraction(0), None, unit
        else:
            return None
    if number is not None and last_unit >= 100 and words[-1] in _VALUES and number < 10 and words[-2:-1] in "百千万亿":
        number = number * last_unit / 10  # 一万二 is 12,000
    return sum((value for value, _ in groups), Fraction(0)) + section + (number or 0)
