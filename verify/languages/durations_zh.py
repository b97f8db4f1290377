"""Chinese and Japanese lengths of time: 90天, 半年, 两年半, 连续两个月, 3カ月間."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from . import approximators
from .numerals_zh import NUMBER, read
from .quantities import Quantity

_UNITS = {"年": "year", "月": "month", "个月": "month", "周": "week", "星期": "week", "礼拜": "week", "天": "day", "日": "day", "小时": "hour",
          "钟头": "hour", "分钟": "minute", "刻钟": "minute", "秒": "second", "秒钟": "second", "季度": "quarter", "世纪": "century", "晚": "night", "夜": "night",
          "週間": "week", "周间": "week", "日间": "day", "年间": "year", "时间": "hour", "か月": "month", "カ月": "month", "ヶ月": "month", "カ月间": "month",
          "か月间": "month", "ヶ月间": "month", "ケ月": "month", "工作日": "day", "交易日": "day", "自然日": "day", "甲子": "year"}
YEARS_AND_MONTHS = re.compile(rf"(?P<years>{NUMBER})年[零又]?(?P<months>{NUMBER})(?P<count>个|個)?月(?!\d|[一二三四五六七八九十]|底|初|中旬|末|份|[上下]旬)")
RUNNING = re.compile(r"连[续升降涨跌增减]$")  # 连升三月: for three months
_WINDOW = re.compile(r"(?P<past>过去|最近|此前|(?<![最附将接])近)$|(?<![以之此日目当眼])(?P<first>[前首头])$")  # 前四个月: the first four of the year
_DAYS = {"工作日": "working", "交易日": "trading", "自然日": "calendar"}
_SENTENCE = re.compile(r"[刑判处徒期囚监][^\d，。；自从于至由到]{0,4}$")  # 量处一年十月, where 十月 is no month
_NOT_ONE = re.compile(r"(?:没有?|無|无|非)$")  # 没有一天, 非一日之功: no length is told
DURATION = re.compile(
    rf"(?P<half>半(?:个)?(?P<halfunit>年|月|世纪|小时|钟头|分钟|秒钟?|天|日(?!本)))|"
    rf"(?P<n>{NUMBER}|多|数|好几)\s?(?P<more>[多余]?)(?:个|個)?(?P<andhalf>半)?(?P<unit>カ月间|か月间|ヶ月间|年间|日间|周间|個月|か月|カ月|ヶ月|ケ月|小时|钟头|分钟|刻钟|秒钟|季度|世纪|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天])|工作日|交易日|自然日|甲子|年|月|周(?![一二三四五六日年岁刊])|天|日|秒|晚|夜|时间)(?:(?<!分\d秒)(?<!分\d\d秒)(?<=秒)(?P<hundredths>\d{{2}}|[〇零一二三四五六七八九]{{2}})(?![\d〇零一二三四五六七八九十])|(?P<tail>多|余|半))?"
)


def years_and_months(text: str, match: re.Match):
    start, end = match.span()
    years, months = read(match.group("years")), read(match.group("months"))
    if not (years and months and years.low < 100 and months.low < 12) or not match.group("count") and not _SENTENCE.search(text[max(0, start - 8) : start]):
        return None  # 24年3月
    size = 12 * years.low + months.low
    return "duration", {"amount": Quantity(start, end, size, size, "month", _approx(text, start, end))}


def duration(text: str, match: re.Match):
    start, end = match.span()
    before = text[start - 1 : start] if start else ""
    after = text[end : end + 1]
    if match.group("half"):
        unit = _UNITS.get(match.group("halfunit")) or "month"
        values = {"amount": Quantity(start, end, Fraction(1, 2), Fraction(1, 2), unit, _approx(text, start, end))}
        return ("duration", values, "weak") if before == "每" else ("duration", values)  # twice a year
    number, unit_word = match.group("n"), match.group("unit")
    unit = _UNITS[unit_word.replace("個", "个")] if unit_word != "個月" else "month"
    has_measure = "个" in match.group()[len(number) :] or unit_word[0] in "個かカヶケ"
    if before == "第" or unit_word == "月" and not has_measure and not RUNNING.search(text[max(0, start - 2) : start]) or unit_word == "年" and re.match(r"[级度纪]", after) and not re.match("度假", text[end:]):
        return None
    if number == "一" and _NOT_ONE.search(text[max(0, start - 3) : start]):
        return None
    if unit_word in ("周", "晚", "夜", "日") and after in tuple("年岁刊报边围长期报体末元圆本币货"):
        return None
    if unit_word in ("夜", "晚") and number in ("一", "多", "数", "百", "千", "万"):
        return None
    if unit == "century" and not has_measure:
        return None
    if unit_word == "日" and not re.match(r"[内游后前以之间]", after) and number[0].isdigit() and before not in ("续", "达", "期", "近", "约"):
        return None
    if unit_word == "日" and "十" in number and not re.match(r"[内游后前以之间]", after) and before not in tuple("续达期近约历住逾满足"):
        return None  # 十二日: the 12th
    if number in ("多", "数", "好几"):
        if number == "多" and unit_word not in ("年", "天", "日", "周", "小时", "个月") or number == "多" and before in tuple("0123456789十百千万亿两三四五六七八九许很更最太"):
            return None
        return "duration", {"amount": Quantity(start, end, Fraction(2), Fraction(9), unit, "several", "range")}, "weak"
    value = read(number)
    if value is None:
        return None
    more = Fraction(1, 2) if match.group("andhalf") or match.group("tail") == "半" else Fraction(0)
    if match.group("hundredths"):  # 48秒91
        more += Fraction(int("".join(str(read(digit).low) for digit in match.group("hundredths"))), 100)
    if size := {"刻钟": 15, "甲子": 60}.get(unit_word):
        value = replace(value, low=size * value.low, high=size * value.high)
    approx = value.approx or ("over" if match.group("more") or match.group("tail") in ("多", "余") else None)
    amount = Quantity(start, end, value.low + more, value.high + more, unit, approx, digits=value.digits, others=value.others)
    name = _approx(text, start, end)
    if name:
        amount = replace(amount, approx=approx or name if name == "reaching" else name)
    weak = amount.low == amount.high == 1 or value.approx == "several" or number in ("百", "千", "万")
    values = {"amount": amount}
    if days := _DAYS.get(unit_word):
        values["days"] = days
    if unit in ("month", "quarter") and (window := _WINDOW.search(text, max(0, start - 3), start)):
        values |= {"window": window.lastgroup, "from": window.start()}
    return ("duration", values, "weak") if weak else ("duration", values)


def _approx(text: str, start: int, end: int) -> str | None:
    return None if text[max(0, start - 2) : start] in ("最近", "附近", "说上", "聊上", "等上") else approximators.chinese(text, start, end).name
