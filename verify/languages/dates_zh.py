"""Chinese (and Japanese) times; give simplified text with half-width digits (`Language.fold`)."""

from __future__ import annotations

import re
from functools import lru_cache

from .durations_zh import DURATION, RUNNING, YEARS_AND_MONTHS, duration, years_and_months
from .numerals_zh import read
from .taken import Taken
from .times import TimeExpression, holiday, join_weekdays

_DIGIT = "[零〇○一二三四五六七八九]"
_YEAR = rf"(?:[12]\d{{3}}|{_DIGIT}{{4}})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)"
_RELATIVE_YEAR = "大前年|前年|去年|昨年|今年|本年|明年|来年|后年|上年|上一年|翌年|次年|隔年|当年|同年|该年"
_RELATIVE_MONTH = "上上?个?月|先月|本月|这个月|当月|今月|同月|下下?个?月|来月|次月"
_OFFSETS = {"大前": -3, "前": -2, "去": -1, "昨": -1, "上": -1, "先": -1, "今": 0, "本": 0, "这": 0, "当": 0, "同": 0, "该": 0, "明": 1, "来": 1,
            "下": 1, "翌": 1, "次": 1, "隔": 1, "后": 2, "大后": 3}
_WEEKDAYS = dict(zip("一二三四五六日天末月火水木金土", [1, 2, 3, 4, 5, 6, 7, 7, 6, 1, 2, 3, 4, 5, 6]))
_PARTS = {"凌晨": "dawn", "拂晓": "dawn", "清晨": "morning", "早上": "morning", "早晨": "morning", "上午": "morning", "午前": "morning", "今早": "morning",
          "早高峰": "morning", "早班": "morning", "早场": "morning", "晚高峰": "evening", "晚班": "evening", "晚场": "evening", "夜赛": "evening", "夜场": "evening",
          "中午": "noon", "正午": "noon", "下午": "afternoon", "午后": "afternoon", "午間": "noon", "傍晚": "evening", "晚上": "evening", "晚间": "evening",
          "入夜": "evening", "深夜": "night", "午夜": "midnight", "夜间": "night", "夜里": "night", "连夜": "night", "半夜": "night"}
_CALENDAR = re.compile(
    rf"(?:(?P<rel>{_RELATIVE_YEAR})的?|(?P<year>{_YEAR}|(?<!\d)\d\d(?=年\s?{_MONTH}月))\s?年(?!级|来|间|前|后|以来|期|内|度?间)的?)?"
    rf"(?:(?P<relm>{_RELATIVE_MONTH})|(?P<month>{_MONTH})\s?月(?!饼|球|亮|薪|子|租|票|刊))(?:份|底|初|中旬|上旬|下旬|末)?"
    rf"(?:(?P<day>{_DAY})\s?[日号]|(?P<day2>{_DAY})(?=[,，、至和\-~]))?"
)
_NUMERIC = re.compile(r"(?<![\d.])(?P<year>[12]\d{3})[-/.](?P<month>0?[1-9]|1[0-2])[-/.](?P<day>0?[1-9]|[12]\d|3[01])(?![\d.])")
_BARE_DAY = re.compile(r"(?<![\d个第.一二三四五六七八九百千万零])(?P<day>3[01]|[12]\d|0?[1-9]|三十一|廿[一二三四五六七八九]|二十[一二三四五六七八九]|十[一二三四五六七八九])(?:日(?!元|圆|内|间|游|后|本|前|以内|币|军|方|语|期|均|夜|之|子|落|出)|号(?=[，,、（(在举上下晚早凌公发表宣当被对将从至和与、前后抵召的]|$))")
_QUARTER = re.compile(rf"(?:(?P<rel>{_RELATIVE_YEAR})|(?P<year>{_YEAR})\s?年)?的?(?:第(?P<n>[一二三四1234])(?:季度|季(?![后军赛节]))|(?<![前头])(?P<m>[一二三四1234])季度|首季(?!度?赛)|(?P<p>[一二三四])季报|Q(?P<q>[1-4])(?!\d)|(?P<l>上|本|下)(?:个)?季度?)")
_HALF = re.compile(rf"(?:(?P<rel>{_RELATIVE_YEAR})|(?P<year>{_YEAR})\s?年)?的?(?P<half>上半年|下半年|上半个?月|下半个?月|(?<!提)前半年|后半年|首半年|头半年|上半个?财年|下半个?财年|上半期|下半期|上半场|下半场|[前上后下]半(?:段|程|赛季|节))")
_YEAR_ONLY = re.compile(rf"(?P<rel>{_RELATIVE_YEAR}|上个?财年|本财年|下个?财年)|(?<![\d.])(?P<year>{_YEAR})(?:[-—–~至/](?P<last>\d{{2,4}}))?\s?(?:年(?!级|代)|财年|赛季|学年)|(?P<consensus>九二)(?=共识)|(?:民国\s?(?P<minguo>\d{{2,3}})|(?<![\d.])(?P<minguo2>1[012]\d)(?=学年|年(?:度|底|初|如期|[上下]半年|第[一二三四]季|\d{{1,2}}月)))\s?(?:学年|年)度?|(?<![\d.])(?P<short>0\d|9[1-9])年(?=[，,的]|版|款|后的|以后出生)")
_DECADE = re.compile(r"(?:(?P<last>上(?:个)?世纪|(?P<cent>\d\d|[一二]?十[一二三四五六七八九]?)\s?世纪)\s?|(?P<full>1[5-9]|20))?(?P<tens>[0-9]0|[一二三四五六七八九]十)\s?年代|(?P<born>[5-9]0|[01]0)后(?![来卫])")
_CENTURY = re.compile(r"(?P<cent>\d{1,2}|[一二]?十[一二三四五六七八九]?)世纪|(?P<rel>上|本|下)(?:个)?世纪")
# 周一鸣教授: a person, whose given name begins with 一.
_SURNAME = re.compile(r"周[一二三四五六日][^他她我你谁他在将已的和与至到上下早晚凌中午前后起开宣公表发报举召出被获对就向也还又再均都会可能要未没不，。、（(\s](?:教授|先生|女士|博士|医生|律师|老师|部长|主任|校长|局长|经理|院士|说|称|表示|指出|认为|坦言|强调|透露)")
# 上周日本央行: last week, the Bank of Japan. What begins with the character of a day is no day.
_NAMES = ("(?<!日(?=本(?![报场周轮台届次]))|日(?=[元圆股债])|一(?=线城|带一路)|二(?=手[房车]|级市场)|三(?=星(?!期)|菱|亚|峡)|五(?=粮液|角大楼|矿集团)|"
          "六(?=合彩)|天(?=津|猫|弘))")
_WEEK = re.compile(r"(?P<rel>上上|上|本|这|下|今|下下)(?:个)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天末](?!年|期|岁)" + _NAMES + r")?|(?<![一二两三四五六七八九十几\d])(?:周|星期|礼拜)(?P<only>[一二三四五六日天末](?!年|期|岁|级|次|场|集|部|天|小时)(?<!天(?=成)))|[（(](?P<paren>[月火水木金土日])[）)]|(?P<ja>[月火水木金土日])曜日?")
# 年内, 月内: before the year or the month is out; not 三年内, 学年内.
_WITHIN = re.compile(r"(?<![\d一二两三四五六七八九十百千万几数多余半来近每学财当同成青少童老中晚早丰历周个])(?P<within>年|月)内(?![心容部在阁地外向需乱斗讧政战陆])")
_DAY_RELATIVE = re.compile(r"(?P<d>昨|(?<![如迄至现当])今|(?<![聪文光透英发阐])明|(?<![今以之此先背落善最随往幕前])后|(?<![目之此以当从眼面年月周天日提])前|大前|大后)(?P<kind>天|日(?![本军元圆方德俄美中韩裔语文产内常期])|晚|早|晨|夜|午)(?!前)|(?P<next>次日|翌日|隔天|隔日|第二天)|(?P<that>当天|当日|同日|即日|当晚|同一天|当地时间)|(?P<short>昨(?![天日晚早晨夜午年今非月儿]))")
_BASIS = re.compile(r"(?P<start>(?:较|比|与|和|同)(?:今年)?年初)|(?P<year>同比|按年(?![龄代])|(?:较|比|与|和|同)?(?:去年|上年|昨年|前年)(?:同期|同月|同季)|前年同期比|前年比)|(?P<previous>环比|前期比)|(?P<quarter>按季|较上季度?|前季比)|(?P<month>按月|较上月|前月比)|(?P<week>按周)")
_CLOCK = re.compile(r"(?P<part>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|(?<![昨今明当前])[晚早]|午前|午后|深夜)?(?P<hour>2[0-4]|1\d|\d|二?十[一二三四五六七八九]?|[一二两三四五六七八九])(?:(?P<mark>点|时|時)(?!速|装|尚|间|候|不)(?:(?P<half>半)|(?P<quarter>一刻|三刻)|(?P<minute>[0-5]?\d|[二三四五]?十[一二三四五六七八九]?|零[一二三四五六七八九])分?|(?P<sharp>钟|整|许|左右|多)?)|[:：](?P<colon>[0-5]\d)(?!\d|[:：]\d))")
_IDIOM = re.compile(r"三天两头|一天到晚|一年到头|百年大计|十年如一日|有朝一日|后天(?=教|养|的?努|培|因)|先天|明天会更好")
_PART = re.compile("|".join(sorted(_PARTS, key=len, reverse=True)))
_HOLIDAY = re.compile(rf"(?:(?P<rel>{_RELATIVE_YEAR})|(?P<year>{_YEAR})\s?年)?的?(?:(?P<new_year>元旦)|(?P<christmas>圣诞(?:节|日|当天)))(?![假档前后期])")
_SEASON = re.compile(r"(?P<rel>[今明去])(?:年(?=[春夏秋冬][天季]))?[春夏秋冬](?![节晚运装令])[天季]?")
_WORKDAYS = re.compile("平日(?![里价])")


def find(text: str) -> list[TimeExpression]:
    """Times in order, none overlapping; the longer and more exact reading of a place wins."""
    return list(_find(text))


@lru_cache(maxsize=64)  # numbers are found where no dates are, so each text is read twice
def _find(text: str) -> tuple[TimeExpression, ...]:
    found: list[TimeExpression] = []
    taken, characters = Taken(len(text)), frozenset(text)
    # With each pattern characters one of which is in all it matches: looking for them is cheaper.
    for pattern, build, cue in (
        (_BASIS, _basis, "年比季月周"),
        (YEARS_AND_MONTHS, years_and_months, "月"), (_NUMERIC, _calendar, "-/."), (_QUARTER, _quarter, "季Q"), (_HALF, _half, "半"), (_DECADE, _decade, "代后"),
        (_CALENDAR, _calendar, "月"), (_HOLIDAY, _holiday, "旦诞"), (_SEASON, _season, "春夏秋冬"), (_WORKDAYS, _workdays, "平"),
        (_WEEK, _week, "周星礼曜（("), (_DAY_RELATIVE, _day_relative, "天日晚早晨夜午昨时"), (_CLOCK, _clock, "点时時:："), (_YEAR_ONLY, _year, "年季九"),
        (_WITHIN, _within, "内"), (DURATION, duration, "年月日天周秒晚夜时钟季纪星礼甲"),
        (_BARE_DAY, _calendar, "日号"), (_CENTURY, _century, "纪"), (_PART, _part, ""),
    ):
        if cue and characters.isdisjoint(cue):
            continue
        for match in pattern.finditer(text):
            if _IDIOM.match(text, match.start()):
                continue
            if not taken.free(*match.span()):
                continue
            if made := build(text, match):
                kind, values, *weak = made
                start, end = match.span()
                found.append(TimeExpression(start, end, kind, values, not weak))
                taken.take(start, end)
    return tuple(join_weekdays(text, sorted(found, key=lambda t: t.start)))


def _int(words: str | None) -> int | None:
    value = read(words) if words else None
    return int(value.low) if value else None


def _shift(unit: str, word: str, before: str = "") -> dict:
    """翌年 counts from a year that the text names, 上年 can, as 上月 beside 8月 or in a comparison; 上财年 is no year of the calendar."""
    loose = re.match("[翌次隔]|上一?年|.*财年", word) or unit == "month" and re.search("月|[比较与和跟]$", before)
    return {"unit": unit, "offset": _relative(word)} | ({"loose": True} if loose else {})


def _relative(word: str) -> int:
    return _OFFSETS.get(word[:2], _OFFSETS.get(word[:1], 0))


def _year_of(match: re.Match) -> dict:
    groups = match.groupdict()
    if groups.get("year"):
        year = _int(groups["year"])
        return {"year": year + (1900 if year > 50 else 2000) if year < 100 else year}
    if groups.get("rel"):
        if groups["rel"][0] in "当同该":
            return {}
        return _shift("year", groups["rel"])
    return {}


def _calendar(text: str, match: re.Match):
    groups = match.groupdict()
    values = _year_of(match)
    if groups.get("relm"):
        word = groups["relm"]
        values = _shift("month", word, text[: match.start()])
        values["offset"] *= 2 if word[:2] in ("上上", "下下") else 1
        if word[0] in "当同":
            values = {}
    elif groups.get("month"):
        if re.search(r"[个個か]$", text[max(0, match.start("month") - 2) : match.start("month")]) or re.match(r"[个個]", text[match.end("month") : match.end("month") + 2]):
            return None
        if not groups.get("day") and RUNNING.search(text[max(0, match.start() - 3) : match.start()]):
            return None
        if not groups.get("day") and re.search(r"(?<![以之目日当眼])[前首头]$", text[max(0, match.start() - 2) : match.start()]):
            values["first"] = _int(groups["month"])  # 前五月: January to May, the first five months
        values["month"] = _int(groups["month"])
    day = groups.get("day") or groups.get("day2")
    if day:
        values["day"] = _int(day)
    if not values:
        return ("date", {}, "weak")
    return ("date" if day else "month" if values.get("month") or values.get("unit") == "month" else "relative"), values


def _quarter(text: str, match: re.Match):
    number = match.group("n") or match.group("m") or match.group("p") or match.group("q")
    if match.group("l"):
        offset = _relative(match.group("l"))
        return "relative", {"unit": "quarter", "offset": offset}, *([] if offset and match.group().endswith("度") else ["weak"])
    return "quarter", _year_of(match) | {"quarter": _int(number) if number else 1}


def _half(text: str, match: re.Match):
    return "half", _year_of(match) | {"half": 1 if match.group("half")[0] in "上前首头" else 2}


def _decade(text: str, match: re.Match):
    if match.group("born"):
        return "year", {"decade": int(match.group("born")) + (1900 if match.group("born") > "2" else 2000)}
    tens = _int(match.group("tens"))
    century = 1900 if match.group("last") == "上世纪" or match.group("last") == "上个世纪" else None
    if match.group("cent"):
        century = (_int(match.group("cent")) - 1) * 100
    if match.group("full"):
        century = int(match.group("full")) * 100
    return "year", {"decade": (century if century is not None else 1900) + tens}


def _century(text: str, match: re.Match):
    if match.group("rel"):
        offset = _relative(match.group("rel"))
        return "year", {"century": 21 + offset}, *([] if offset else ["weak"])
    if text[match.start() - 1 : match.start()] in ("半", "个"):
        return None
    return "year", {"century": _int(match.group("cent"))}


def _week(text: str, match: re.Match):
    if match.group().startswith("周") and _SURNAME.match(text, match.start()):
        return None
    day = match.group("day") or match.group("only") or match.group("paren") or match.group("ja")
    values = {}
    if match.group("rel"):
        values = {"unit": "week", "offset": _relative(match.group("rel")[0]) * len(match.group("rel"))}
    if day == "末":
        return ("relative" if values else "weekday"), values | {"weekend": True}
    if day:
        values["weekday"] = _WEEKDAYS[day]
    return ("weekday" if day else "relative"), values


def _clock(text: str, match: re.Match):
    part, hour = match.group("part"), _int(match.group("hour"))
    arabic = match.group("hour")[0].isdigit()
    before = text[match.start() - 1 : match.start()]
    if not part and re.search(r"[昨今明当前][晚早晨夜]$", text[max(0, match.start() - 2) : match.start()]):
        part = "晚" if before in "晚夜" else "早上"
    if hour > 24 or before and (before in "0123456789.第百千万:：" or before in "一二三四五六七八九十" and not arabic):
        return None
    minute = match.group("minute") or match.group("colon")
    if match.group("mark") == "点" and not (part or minute or match.group("half") or match.group("quarter") or match.group("sharp") in ("钟", "整", "许")):
        return None
    if match.group("mark") in ("时", "時") and not arabic and not part and not (hour > 12 and before in tuple("日天")):
        return None
    if match.group("colon") and re.match(r"\s?[（(]?(?:胜|负|击败)", text[match.end() : match.end() + 6]):
        return None
    if hour == 24 and not minute:
        return "part", {"part": "midnight"}
    values = {"hour": hour % 12, "minute": _int(minute) or 0 if minute else 30 if match.group("half") else 0}
    if part:
        values["part"] = _PARTS.get(part) or ("evening" if part == "晚" else "morning")
    return "time", values


def _day_relative(text: str, match: re.Match):
    if match.group("that"):
        return "relative", ({"part": "evening"} if match.group("that") == "当晚" else {}), "weak"
    if match.group("next"):
        return "relative", {"unit": "next-day", "offset": 1}, "weak"
    word = match.group("d") or "昨"
    offset = {"昨": -1, "今": 0, "明": 1, "后": 2, "前": -2, "大前": -3, "大后": 3}[word]
    if word in ("前", "后") and match.group("kind") not in ("天", "日", "晚"):
        return None
    values = {"unit": "day", "offset": offset}
    if match.group("kind") in ("晚", "夜", "早", "晨"):
        values["part"] = "morning" if match.group("kind") in ("早", "晨") else "evening"
    return ("relative", values, "weak") if offset == 0 else ("relative", values)


def _year(text: str, match: re.Match):
    if match.group("rel"):
        if match.group("rel")[0] in "当同该":
            return "relative", {}, "weak"
        values = _shift("year", match.group("rel"))
        weak = not values["offset"] or text[match.end() : match.end() + 2] == "同期"  # year on year
        return "relative", values, *(["weak"] if weak else [])
    if minguo := match.group("minguo") or match.group("minguo2"):
        return "year", {"year": int(minguo) + 1911, "written": int(minguo)}
    if match.group("consensus"):
        return "year", {"year": 1992}, "weak"
    year = _int(match.group("year") or match.group("short"))
    if match.group("short"):
        year += 1900 if year > 50 else 2000
    elif text[match.end("year") : match.end("year") + 1] == "年" and re.match(r"年(?:[前来]|以来的历史)", text[match.end("year") :]) and year % 100 == 0:
        return None  # 2000年来: two thousand years
    return "year", {"year": year}


def _holiday(text: str, match: re.Match):
    return holiday(match, _year_of(match))


def _season(text: str, match: re.Match):
    offset = _relative(match.group("rel"))
    return "relative", {"unit": "year", "offset": offset, "loose": True}, *([] if offset and match.group()[1] == "年" else ["weak"])


def _workdays(text: str, match: re.Match):
    return "weekday", {"weekend": False}, "weak"


def _within(text: str, match: re.Match):
    return "relative", {"unit": {"年": "year", "月": "month"}[match.group("within")], "offset": 0}, "weak"


def _basis(text: str, match: re.Match):
    return "basis", {"basis": match.lastgroup}, "weak"


def _part(text: str, match: re.Match):
    return "part", {"part": _PARTS[match.group()]}, "weak"
