"""English times: 2 May 2025, last Friday, the first half, two consecutive months, 5 p.m."""

from __future__ import annotations

import re
from functools import lru_cache

from . import approximators
from .durations_en import BARE_UNIT, DURATION, bare_unit, duration
from .numbers_en import SMALL
from .taken import Taken
from .times import TimeExpression, holiday, join_weekdays

_MONTH_NAMES = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_MONTHS = {name: i for i, name in enumerate(_MONTH_NAMES, 1)} | {name[:3]: i for i, name in enumerate(_MONTH_NAMES, 1)} | {"sept": 9}
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
_DAY_NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_WEEKDAYS = {name: i for i, name in enumerate(_DAY_NAMES, 1)} | {name[:3]: i for i, name in enumerate(_DAY_NAMES, 1)} | {
    "tues": 2, "wednes": 3, "thur": 4, "thurs": 4}
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun(?!,\s+[a-z]))\b\.?(?=,|\s+\d|\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)))"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?![,.]?\d|%|\s*(?:per cent|percent|million|billion|trillion))"
_YEAR = r"(?:1[5-9]|20)\d\d(?![\d%]|,\d|\.\d)"
_REL = r"(?P<rel>last|past|previous|this|next|coming|following|same|that|current|prior|preceding)"
_OFFSETS = {"last": -1, "past": -1, "previous": -1, "prior": -1, "preceding": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}
_ANAPHORIC = ("previous", "prior", "preceding", "following", "past", "coming")
_OF = re.compile(r"\s+(?:in|of)\b")  # the last Sunday of July
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "final": 4, "opening": 1, "last": 4}
_DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}
_CALENDAR = re.compile(
    rf"\b(?:(?P<d1>{_DAY})(?:\s*(?:-|–|to|and)\s*(?P<d1b>{_DAY}))?(?:\s+of)?\s+(?P<m1>{_MONTH})|(?P<m2>{_MONTH})(?:\s+(?:the\s+)?(?P<d2>{_DAY})(?:\s*(?:-|–|to|and)\s*(?P<d2b>{_DAY}))?)?)"
    rf"(?:,?\s+(?:of\s+)?(?:(?P<year>{_YEAR})|(?P<rel>last|this|next)\s+year))?(?![A-Za-z])"
)
# A day of the month without its month: on the 11th, Monday the 11th.
_BARE_DAY = re.compile(r"(?:(?<=\bon\s)|(?<=\bby\s)|(?<=\bof\s)|(?<=\buntil\s)|(?<=\bfrom\s)|(?<=\bsince\s)|(?<=day\s)|(?<=day,\s))the\s+(?P<d1>(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th))(?:\s+of\s+(?P<rel>this|last|next)\s+month\b|(?=\s*(?:[,.;:)—]|$)|\s+(?:and|to|at|in|when|of\s+the\s+month)\b))")
_ONWARDS = re.compile(rf"\s*(?:-|–|\b(?:to|through|until)\b)\s*(?:the\s+end\s+of\s+)?{_MONTH}")
# May sales rose: what follows is a figure of the month, and no wish.
_OF_A_MONTH = re.compile(r"\s+(?:sales|exports?|imports?|output|data|figures?|production|inflation|trade|retail|industrial|consumer|producer|factory|housing|home|car|new|revenue|turnover|deliveries|registrations|prices|numbers|results|shipments|payrolls)\b")
_FROM_JANUARY = re.compile(r"\b(?:Jan\.?|January)\s*(?:-|–|(?:to|through|until|and)\s)\s*(?:the\s+end\s+of\s+)?$|\b(?:through|to)\s+(?:the\s+end\s+of\s+|end[\s-])?$")
_ISO = re.compile(r"\b(?P<year>(?:19|20)\d\d)[-/](?P<month>0?[1-9]|1[0-2])[-/](?P<day>3[01]|[12]\d|0?[1-9])\b")
_WEEK = re.compile(rf"\b(?:{_REL}\s+)?(?P<day>{_WEEKDAY})(?!\w)(?:\s+of\s+(?P<of>this|last|next)\s+week\b)?|\b(?:{_REL.replace('rel', 'rel2')}\s+)?(?P<end>[Ww]eekends?)\b|\b(?P<working>[Ww]eekdays?)\b")
_QUARTER = re.compile(rf"\b(?:(?P<months>(?P<last>final|last|closing)?(?(last)|(?:first|opening))\s+(?:three|3)\s+months(?(last)\s+of\s+(?:the|this|last)\s+year))\b|(?P<n>{'|'.join(_NTH)})[\s-]+(?:fiscal[\s-]+)?quarter\b|(?:Q(?P<q>[1-4])|(?P<p>[1-4])Q)\b|{_REL}\s+(?:fiscal\s+)?quarter\b)(?:(?:\s+of)?\s+(?P<year>{_YEAR}))?", re.I)
_HALF = re.compile(rf"\b(?:(?P<months>(?:first|opening)\s+(?:six|6)\s+months)\b|(?P<n>first|second|latter|last|1st|2nd)[\s-]+half\b(?!-hour|-minute)|H(?P<h>[12])\b|(?P<p>[12])H\b)(?:\s+of\s+(?:(?P<year>{_YEAR})|(?P<rel>last|this|next)\s+year)|\s+(?P<year2>{_YEAR}))?", re.I)
_DECADE = re.compile(rf"(?<!\bover[-\s])(?<!\bunder[-\s])\b(?:(?P<full>(?:1[5-9]|20)\d0)|['’]?(?P<tens>[2-9]0))['’]?s\b|\bthe\s+(?P<word>{'|'.join(_DECADES)})\b", re.I)
_CENTURY = re.compile(r"\b(?:(?P<n>\d{1,2})(?:st|nd|rd|th)|(?P<w>nineteenth|twentieth|twenty-first|eighteenth|seventeenth|sixteenth)|(?P<rel>last|this|next))[\s-]+century\b", re.I)
_CENTURIES = {"sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}
_YEAR_ONLY = re.compile(rf"(?<![\w$£€¥#.,])(?<!No\. )(?P<year>{_YEAR})(?:(?:-|–|/)(?P<last>\d\d(?:\d\d)?)\b)?(?!\w)")
_NOT_A_YEAR = re.compile(r"\s+(?:people|men|women|workers|employees|jobs|tons|tonnes|dollars|yuan|euros|pounds|metres|meters|miles|km|points|deaths|cases|students|troops|soldiers|of\s+(?:them|the)|others|more|residents|homes|households|hours|units|votes|votes|vehicles|cars|acres|square|shares|companies|members|fans|years|days)\b|-(?:strong|odd|year|metre|meter|page|mile|member|seat)")
_RELATIVE = re.compile(
    r"\b(?:(?P<before>the\s+(?P<bu>day|year|month|week)\s+before\s+(?:yesterday|last))|(?P<after>the\s+(?P<au>day|year|month|week)\s+after\s+(?:tomorrow|next))|"
    r"(?P<night>last\s+night)|(?P<close>(?:end|start|beginning|middle|close|rest)\s+of\s+(?:the|this)\s+(?P<cu>year|month|week|quarter)(?!\s+(?:before|after)\s+(?:last|next)\b))|(?P<day>yesterday|today|tomorrow|tonight)(?:\s+(?:(?:at|in\s+the|early|late)\s+)?(?P<daypart>morning|afternoon|evening|night|noon|midday|midnight|dawn)\b)?|this\s+(?P<now>morning|afternoon|evening)|"
    rf"{_REL}\s+(?:fiscal\s+|financial\s+|calendar\s+)?(?P<unit>year|month|week)(?:['’]s)?\b|{_REL.replace('rel', 'rel2')}\s+(?P<season>spring|summer|autumn|fall|winter)\b|"
    r"(?P<figure>current|prior|previous)-year\b|"
    r"(?<!half )(?P<ago>(?:an?|one)\s+(?P<agou>year|month|week|day)\s+(?:ago|earlier|before|prior)))",
    re.I,
)
_BASIS = re.compile(
    r"\b(?:(?P<same>year|quarter|month|week)[\s-](?:on|over|to)[\s-](?P=same)|(?P<short>yoy|qoq|mom|y/y|q/q|m/m)|"
    r"on\s+the\s+(?P<on>year|quarter|month|week)(?=\s*(?:[,.;:)—–]|$)|\s+(?:and|but|to|in|as|while|after|with|compared)\b)|"
    r"(?:since|than|versus|with|against)\s+the\s+(?P<start>start|beginning)\s+of\s+(?:the|this)\s+year|"
    r"(?:from|on|than|versus|over)\s+(?:the\s+same\s+(?:period|month|quarter)\s+)?(?:of\s+)?(?:an?|one|the)\s+(?P<ago>year|quarter|month|week)\s+(?:ago|earlier|before|prior|previously)|"
    r"(?:the\s+)?same\s+(?:period|month|quarter|time|half)\s+(?:of\s+|in\s+)?(?:(?:an?|the)\s+year\s+(?:ago|earlier|before)|last\s+year|the\s+previous\s+year|(?P<same_year>the\s+year\s+before))|"
    r"(?:from|on|than|versus|with|to)\s+the\s+(?:previous|prior|preceding)\s+(?P<previous>year|quarter|month|week)|(?:(?:from|on|than|versus|over|with|in|of|to)\s+)?(?:the|its|their)\s+year-ago\s+(?P<year_ago>period|quarter|month|half|level|figure)s?|(?P<twelve>(?:twelve|12)\s+months\s+(?:before|earlier|ago|previously))|(?P<half>half[\s-]on[\s-]half|from\s+the\s+previous\s+half))\b",
    re.I,
)
_CLOCK = re.compile(
    r"\b(?P<h>1[0-9]|2[0-3]|0?\d)(?:[:.](?P<m>[0-5]\d)(?:[:.][0-5]\d)?)?\s?(?P<ap>a\.?m\b\.?|p\.?m\b\.?)|\b(?P<h6>1[0-2]|[1-9])\.(?P<m6>[0-5]\d)(?=\s+(?:in\s+the\s+(?:morning|afternoon|evening)|this\s+(?:morning|afternoon|evening)|at\s+night|last\s+night|tonight|yesterday|tomorrow)\b)|\b(?P<h2>[01]?\d|2[0-4]):(?P<m2>[0-5]\d)\b(?!:\d)(?!\s*(?:win|victory|loss|defeat|ratio))|"
    rf"\b(?P<h3>1[0-2]|[1-9]|{'|'.join(list(SMALL)[1:13])})\s+o['’]clock\b|\bhalf\s+past\s+(?P<h4>{'|'.join(list(SMALL)[1:13])})\b|"
    rf"(?<=\b(?:at|of|by)\s)(?P<h5>1[0-2]|[1-9]|{'|'.join(list(SMALL)[1:13])})(?=\s+(?:last\s+night|tonight|yesterday|tomorrow|this\s+(?:morning|afternoon|evening))\b)",
    re.I,
)
# What stands before what something is compared with: ahead of last year's pace.
_COMPARED = re.compile(r"\b(?:than|from|ahead\s+of|behind|over|against|compared\s+(?:with|to)|versus|above|below|on|beat(?:s|ing)?|match(?:es|ed|ing)?|exceed(?:s|ed|ing)?)\s+(?:in\s+|(?:that|those)\s+(?:of|in)\s+)?$", re.I)
_PARTS = {"predawn": "dawn", "pre-dawn": "dawn", "dawn": "dawn", "small hours": "dawn", "early hours": "dawn", "early morning": "dawn", "early-morning": "dawn",
          "morning": "morning", "noon": "noon", "midday": "noon", "afternoon": "afternoon", "evening": "evening",
          "dusk": "evening", "sunset": "evening", "nightfall": "evening", "sunrise": "dawn", "daybreak": "dawn", "night": "night",
          "overnight": "night", "midnight": "midnight"}
_HOLIDAY = re.compile(rf"\b(?:(?P<new_year>New Year[’']s Day)|(?P<christmas>Christmas Day))(?:,?\s+(?:of\s+)?(?:(?P<year>{_YEAR})|(?P<rel>last|this|next)\s+year))?")
_PART = re.compile(r"\b(?:" + "|".join(sorted(_PARTS, key=len, reverse=True)) + r")\b", re.I)


def find(text: str) -> list[TimeExpression]:
    """Times in order, none overlapping; the longer and more exact reading of a place wins."""
    return list(_find(text))


@lru_cache(maxsize=64)  # numbers are found where no dates are, so each text is read twice
def _find(text: str) -> tuple[TimeExpression, ...]:
    found: list[TimeExpression] = []
    taken, lower = Taken(len(text)), text.lower()
    for pattern, build, cue in _READERS:
        if not cue.search(lower):
            continue
        for match in pattern.finditer(text):
            if not taken.free(*match.span()):
                continue
            if made := build(text, match):
                kind, values, *weak = made
                if _COMPARED.search(text, max(0, match.start() - 32), match.start()):
                    values = values | {"compared": True}
                found.append(TimeExpression(match.start(), match.end(), kind, values, not weak))
                taken.take(*match.span())
    return tuple(join_weekdays(text, sorted(found, key=lambda t: t.start)))


def _int(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def _calendar(text: str, match: re.Match):
    name = match.group("m1") or match.group("m2")
    day = match.group("d1") or match.group("d2")
    if name in ("May", "March", "August") and not day and not match.group("year") and not match.group("rel"):
        before = re.search(r"([\w’'-]+)[\s-]+$", text[max(0, match.start() - 24) : match.start()])
        cue = "in last next this of early late mid since until till by from to through and or between before after during previous for around each every the its their his her our"
        preceded = before and before.group(1).lower() in cue.split()
        named = before and before.group(1)[0].isupper()
        if not (preceded or not named and (re.match(r"['’]s\b|\s*[-–]\s*[A-Z]|\s+(?:and|to|or)\s+" + _MONTH, text[match.end() : match.end() + 24]) or _OF_A_MONTH.match(text, match.end()))):
            return None
    if len(name) == 3 and name != "May" and not day and not match.group("year") and text[match.end() - 1] != ".":
        return None
    values = {"month": _MONTHS[name.lower().rstrip(".")]}
    if not day and not match.group("year") and values["month"] == 1 and _ONWARDS.match(text, match.end()):
        return "month", values, "weak"  # January to May: the first five months
    if not day and _FROM_JANUARY.search(text, max(0, match.start() - 24), match.start()):
        values["first"] = values["month"]
    if day:
        values["day"] = _int(day)
        if other := match.group("d1b") or match.group("d2b"):
            values["last_day"] = _int(other)
    if match.group("year"):
        values["year"] = int(match.group("year"))
    if match.group("rel"):
        values |= {"unit": "year", "offset": _OFFSETS[match.group("rel").lower()]}
    elif not day and not match.group("year"):
        before = re.search(r"\b(last|next)\s+$", text[max(0, match.start() - 12) : match.start()], re.I)
        if before:
            values["nearest"] = before.group(1).lower()
    return ("date" if day else "month"), values


def _holiday(text: str, match: re.Match):
    return holiday(match, _year_of(match))


def _bare_day(text: str, match: re.Match):
    rel = match.group("rel")  # the 15th of next month
    return "date", {"day": _int(match.group("d1"))} | ({"unit": "month", "offset": _OFFSETS[rel]} if rel else {})


def _calendar_iso(text: str, match: re.Match):
    return "date", {key: int(match.group(key)) for key in ("year", "month", "day")}


def _year_of(match: re.Match) -> dict:
    groups = match.groupdict()
    year = groups.get("year") or groups.get("year2")
    if year:
        return {"year": int(year)}
    rel = (groups.get("rel") or "").lower()
    return {"unit": "year", "offset": _OFFSETS[rel]} if rel in _OFFSETS else {}


def _quarter(text: str, match: re.Match):
    if match.group("months"):
        return "quarter", _year_of(match) | ({"quarter": 4} if match.group("last") else {"quarter": 1, "first": 3})
    if match.group("rel"):
        rel = match.group("rel").lower()
        return ("relative", {"unit": "quarter", "offset": _OFFSETS[rel]}, *(["weak"] if rel in ("previous", "prior", "following") else [])) if rel in _OFFSETS else ("relative", {}, "weak")
    number = match.group("q") or match.group("p")
    return "quarter", _year_of(match) | {"quarter": int(number) if number else _NTH[match.group("n").lower()]}


def _half(text: str, match: re.Match):
    number = match.group("h") or match.group("p")
    if match.group("months"):
        return "half", _year_of(match) | {"half": 1, "first": 6}
    half = int(number) if number else 1 if match.group("n").lower() in ("first", "1st") else 2
    return "half", _year_of(match) | {"half": half}


def _decade(text: str, match: re.Match):
    if match.group("full"):
        return "year", {"decade": int(match.group("full"))}
    if re.search(r"\b(?:his|her|their|in\s+the|early|mid|late)[\s-]+(?:early|mid|late)?[\s-]*$", text[max(0, match.start() - 20) : match.start()]) and match.group("tens"):
        return None  # in his 40s: an age
    tens = int(match.group("tens")) if match.group("tens") else _DECADES[match.group("word").lower()]
    return "year", {"decade": 1900 + tens}


def _century(text: str, match: re.Match):
    if match.group("rel"):
        return "year", {"century": 21 + _OFFSETS[match.group("rel").lower()]}
    return "year", {"century": int(match.group("n")) if match.group("n") else _CENTURIES[match.group("w").lower()]}


def _loose(is_so: object) -> dict:
    """The value of a time that counts from another, or is no year of the calendar."""
    return {"loose": True} if is_so else {}


def _week(text: str, match: re.Match):
    if match.group("working"):
        return "weekday", {"weekend": False}, "weak"
    rel = (match.group("rel") or match.group("rel2") or match.group("of") or "").lower()
    values = {"unit": "week", "offset": _OFFSETS[rel]} | _loose(rel in _ANAPHORIC or _OF.match(text, match.end())) if rel in _OFFSETS else {}
    if match.group("end"):
        return ("relative" if values else "weekday"), values | {"weekend": True}
    name = match.group("day").lower().rstrip(".")
    name = name[:-1] if name.endswith("days") else name
    return "weekday", values | {"weekday": _WEEKDAYS[name]}


def _clock(text: str, match: re.Match):
    word = next(match.group(f"h{n}") for n in ("", 2, 3, 4, 5, 6) if match.group(f"h{n}"))
    hour = int(word) if word.isdigit() else SMALL[word.lower()]
    minute = match.group("m") or match.group("m2") or match.group("m6")
    values = {"hour": hour % 12, "minute": int(minute) if minute else 30 if match.group("h4") else 0}
    if match.group("ap") and match.group("ap")[0].lower() == "a":
        values["part"] = "morning"
    elif match.group("ap"):
        values["part"] = "noon" if hour == 12 else "afternoon" if hour < 6 else "evening"
    return "time", values


def _relative(text: str, match: re.Match):
    if match.group("before") or match.group("after"):
        unit = (match.group("bu") or match.group("au")).lower()
        return "relative", {"unit": unit, "offset": -2 if match.group("before") else 2}
    if match.group("close"):
        return "relative", {"unit": match.group("cu").lower(), "offset": 0, "loose": True}, "weak"
    if match.group("night"):
        return "relative", {"unit": "day", "offset": -1, "part": "evening"}
    if match.group("now"):
        return "relative", {"unit": "day", "offset": 0, "part": match.group("now").lower()}, "weak"
    if word := match.group("day"):
        offset = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}[word.lower()]
        part = _PARTS.get((match.group("daypart") or "").lower()) or ("evening" if word.lower() == "tonight" else None)
        values = {"unit": "day", "offset": offset} | ({"part": part} if part else {})
        return ("relative", values, "weak") if not offset else ("relative", values)
    if match.group("figure"):  # its current-year sales
        return "relative", {"unit": "year", "offset": _OFFSETS[match.group("figure").lower()], "loose": True}, "weak"
    if match.group("ago"):
        return "relative", {"unit": match.group("agou").lower(), "offset": -1, "loose": True}, "weak"
    rel = (match.group("rel") or match.group("rel2")).lower()
    unit = (match.group("unit") or "year").lower()
    if rel == "same" and unit == "year" and not match.group("season"):
        return "relative", {"unit": "year", "offset": 0, "loose": True}, "weak"
    if rel not in _OFFSETS or rel == "coming" and match.group("season"):
        return "relative", {}, "weak"
    values = {"unit": unit, "offset": _OFFSETS[rel]} | _loose(rel in _ANAPHORIC or match.group("season") or re.search("fiscal|financial", match.group(), re.I))
    if match.group("season") and not _OFFSETS[rel] or rel in _ANAPHORIC:
        return "relative", values, "weak"
    return ("relative", values) if values["offset"] else ("relative", values, "weak")


def _year(text: str, match: re.Match):
    if _NOT_A_YEAR.match(text, match.end()):
        return None
    if approximators.english(text, match.start(), match.end()).name in ("over", "under", "nearly", "at-least", "at-most"):
        return None
    values = {"year": int(match.group("year"))}
    if last := match.group("last"):
        values["last_year"] = int(last) if len(last) == 4 else values["year"] // 100 * 100 + int(last)
    return "year", values


def _basis(text: str, match: re.Match):
    short = {"y": "year", "q": "quarter", "m": "month"}.get((match.group("short") or "")[:1].lower())
    unit = next(filter(None, map(match.group, ("same", "on", "ago", "previous"))), short) or next((name for name in ("start", "half") if match.group(name)), "year")
    return "basis", {"basis": unit.lower()}, "weak"


def _part(text: str, match: re.Match):
    return "part", {"part": _PARTS[match.group().lower()]}, "weak"


# With each pattern another that finds something in all it matches, in lower case, and is cheaper ("": the pattern is cheap itself).
_READERS = [(pattern, build, re.compile(cue)) for pattern, build, cue in (
    (_BASIS, _basis, "year|quarter|month|week|half|yoy|qoq|mom|[yqm]/[yqm]"),
    (_ISO, _calendar_iso, ""), (_CALENDAR, _calendar, ""), (_HOLIDAY, _holiday, ""), (_QUARTER, _quarter, "quarter|months|q[1-4]|[1-4]q"),
    (_HALF, _half, "half|months|h[12]|[12]h"), (_DECADE, _decade, "0['’]?s|ties"), (_CENTURY, _century, "century"),
    (_WEEK, _week, ""), (_BARE_DAY, _bare_day, r"\d(?:st|nd|rd|th)"),
    (_CLOCK, _clock, r"\d\s?[ap]\.?m|\d[.:]\d|clock|half\s+past|tonight|last\s+night|yesterday|tomorrow|this\s+(?:morning|afternoon|evening)"),
    (_RELATIVE, _relative, "day|night|year|month|week|quarter|tomorrow|morning|afternoon|evening|spring|summer|autumn|fall|winter"), (_YEAR_ONLY, _year, ""),
    (DURATION, duration, r"[\s-](?:year|yrs?\b|month|week|day|hour|hrs?\b|min(?:ute|s?\b)|sec(?:ond|s?\b)|quarter|decade|centur|fortnight|night)"),
    (_PART, _part, "dawn|hours|morning|noon|midday|evening|dusk|sunset|sunrise|daybreak|night"),
    (BARE_UNIT, bare_unit, ""),
)]
