"""English amounts that are no plain count: fractions, ordinals, multiples, and vague ones like "hundreds of"."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from .numbers_en import LONGEST, PLAIN, SCALE, SMALL, TENS, WORD, approximate, spelled_value
from .numerals import written_fraction
from .quantities import Quantity
from .taken import Taken

_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "eleventh": 11, "twelfth": 12, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60,
    "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100, "thousandth": 1000,
} | {word + "th": value for word, value in SMALL.items() if value > 12}
_PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4} | {
    word + ending: value for word, value in _ORDINALS.items() if value > 2 for ending in ("", "s")
}
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12}
_SCALE_OF = {"ten": 10, "dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_MANY_WORDS = ("tens", "dozens", "scores", "hundreds", "thousands", "millions", "billions", "trillions")
_MANY = rf"(?:{'|'.join(_MANY_WORDS)})"

_FRACTION = re.compile(
    rf"\b(?P<top>{WORD}|an?|\d+)(?P<link>[\s-]+)(?P<mere>(?:mere|full|bare|good)\s+)?(?P<part>{'|'.join(sorted(_PARTS, key=len, reverse=True))})\b"
    r"(?!\s+(?:time|year|month|week|day|term|person|party|country|quarter|straight|consecutive|generation|dose|man|woman|wave|child|of\s+\d{4})\b)",
    re.I,
)
_MEASURED = re.compile(r"\b(?:(?:more|less|fewer|higher|lower)\s+than|nearly|almost|roughly|barely|about|around)\s+$", re.I)  # more than a fifth
_UNCOUNTED = re.compile(r"\s+of\b|\s*[,.;)]|\s+(?:from|in|more|less|higher|lower|since|on|compared|to|or|say|said|do|did|have|were|are|want|think|believe|feel|see|report)\b|$")  # what stands after a share, not after "a third suspect"
_HALF = re.compile(r"\b(?<!\band[\s-]a[\s-])half\b(?![\s-]+(?:an?[\s-]+(?:million|billion|dozen|hundred|thousand|century|year|day|hour|decade|mile)|time|way|brother|sister|hearted)\b)", re.I)
_SLASH = re.compile(r"(?<![\d/.])\d{1,2}/\d{1,3}(?![\d/])|(?<!\d)\d{0,9}[½¼¾⅓⅔⅛]")
_IN = re.compile(
    rf"\b(?P<some>{PLAIN})\s+(?:in(?:\s+every)?|out\s+of(?:\s+every)?)\s+(?:every\s+)?(?P<all>(?:an?\s+|one\s+)?{SCALE}|{WORD}(?:[\s-]{SCALE})?|\d{{1,3}}(?:,\d{{3}})+|\d+)\b(?![,.]?\d)"
    r"(?!\s*(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|%|percent|per cent|million|billion|different|other|countries|cities|states|places))",
    re.I,
)
_VAGUE = re.compile(rf"\b(?:(?P<times>{_MANY})\s+of\s+)?(?P<scale>{_MANY})\b(?!\s+digit)", re.I)
_SEVERAL = re.compile(r"\b(?:several|a\s+few|many|a\s+couple\s+of)\s+(?P<scale>dozen|hundred|thousand|million|billion|trillion)\b", re.I)
_FOLD = re.compile(rf"\b(?P<times>{WORD}|\d+(?:\.\d+)?)[\s-]?fold\b", re.I)
_VERB = re.compile(r"\b(?:(?P<two>doubl(?:e[sd]?|ing)|twice|twofold)|(?P<three>tripl(?:e[sd]?|ing)|trebl(?:e[sd]?|ing)|thrice)|(?P<four>quadrupl(?:e[sd]?|ing)))\b", re.I)
_NTH = re.compile(r"\b(\d{1,3}(?:,\d{3})*)(?:st|nd|rd|th)\b(?!\s+century)", re.I)
_WORD_NTH = re.compile(rf"\b(?:(?P<tens>{'|'.join(TENS)})[\s-])?(?P<unit>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})(?:ly)?\b(?!\s+centur)", re.I)
_NUMBERED = re.compile(r"(?:\bNos?\.\s?|\bNo\s(?=\d)|\bNumber\s|#)(\d+|one|two|three)\b", re.I)
_ROMAN_NTH = re.compile(r"\b(?:[Pp]hase|[Ww]ar|[Cc]hapter|[Pp]art|[Aa]rticle|[Ss]ection|[Tt]ype|[Gg]rade|[Cc]lass|[Cc]ategory|[Ss]tage|[Vv]olume|[Aa]ct|[Tt]itle|[Tt]ier|[Ll]evel|World [Ww]ar|Mark|Elizabeth|Charles|Super Bowl)\s+([IVX]+|[Oo]ne|[Tt]wo|[Tt]hree)\b")
_FEW = re.compile(r"\b(?:(?P<two>(?:an?|the)\s+(?:couple|pair)(?:\s+of)?|both|twins?|duo|bilateral(?:ly)?|either|neither|dual)|(?P<one>single|once|sole)|(?P<three>trio|trilateral|triple(?!\s+(?:the|its|their|that)))|(?P<several>several|a\s+few))\b", re.I)
_POINT = re.compile(r"\b(quarter|half)[\s-](?:of\s+)?(?:an?\s+)?(?:percentage[\s-])?point\b", re.I)
_OVER_AGE = re.compile(r"\b(?P<which>over|under)[\s-](?P<age>[1-9]\d)s\b", re.I)
_TEENAGE = re.compile(r"\bteen(?:age[rd]?s?|s)?\b", re.I)
_TEENS = re.compile(r"(?<=\bin\s)(?:his|her|their|the)\s+(?:early\s+|mid[\s-]?|late\s+)?(?P<decade>\d0s|teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b", re.I)

# What is in all that some of these patterns match, in lower case, and is looked for at less cost.
_ORDINAL_CUE = re.compile("first|second|third|hal[fv]|quarter|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf|teen|ie|hundred|thousand)th")
_IN_CUE = re.compile(rf"\s(?:in|of|every)\s+(?:(?:an?|one)\s+{SCALE}|{SCALE}|{WORD}|\d)")
_SLASH_CUE = re.compile("[/½¼¾⅓⅔⅛]")


def find(text: str) -> list[Quantity]:
    """Such amounts in order, none overlapping."""
    found: list[Quantity] = []
    taken, lower = Taken(len(text)), text.lower()

    def add(match, low, high=None, **more) -> None:
        if taken.free(*match.span()):
            taken.take(*match.span())
            high = low if high is None else high
            found.append(approximate(text, Quantity(match.start(), match.end(), Fraction(low), Fraction(high), **more)))

    for match in _POINT.finditer(text):
        part = Fraction(1, 400) if match.group(1)[0] in "qQ" else Fraction(1, 200)
        add(match, part, kind="percentage-point")
    for match in _TEENS.finditer(text):
        word = match.group("decade").lower()
        low = 13 if word == "teens" else int(word[:2]) if word[0].isdigit() else TENS[word[:-3] + "y"]
        add(match, low, 19 if low == 13 else low + 9, kind="range", unit="age", approx="several")
    for match in _OVER_AGE.finditer(text):
        add(match, int(match.group("age")), unit="age", approx=match.group("which").lower())
    for match in _TEENAGE.finditer(text):
        add(match, 13, 19, kind="range", unit="age", approx="several", asks=False)
    for match in _NUMBERED.finditer(text):
        add(match, int(match.group(1)) if match.group(1).isdigit() else SMALL[match.group(1).lower()], kind="ordinal", asks=match.group(1).lower() not in ("1", "one"))
    for match in _ROMAN_NTH.finditer(text):
        value = _ROMAN.get(match.group(1)) or SMALL.get(match.group(1).lower())
        if value:
            add(match, value, kind="ordinal", asks=False)
    ordinal = _ORDINAL_CUE.search(lower)
    for match in _FRACTION.finditer(text) if ordinal else ():
        _fraction(text, match, add)
    for match in _IN.finditer(text) if _IN_CUE.search(lower) else ():
        some, every = _value(match.group("some")), _value(match.group("all"))
        if 0 < some < every and every <= 100_000:
            add(match, some / every, kind="fraction", others=(some,))
    for match in _SLASH.finditer(text) if _SLASH_CUE.search(text) else ():
        if value := written_fraction(match.group()):
            add(match, value, kind="fraction")
    for match in _SEVERAL.finditer(text):
        low = 2 * _SCALE_OF[match.group("scale").lower()]
        add(match, low, low * 5 - 1, approx="several", kind="range")
    for match in _VAGUE.finditer(text) if any(word in lower for word in _MANY_WORDS) else ():
        times = _SCALE_OF[match.group("times").lower()[:-1]] if match.group("times") else 1
        low = times * _SCALE_OF[match.group("scale").lower()[:-1]]
        add(match, low, low * 10 - 1, approx="several", kind="range", asks=low >= 100)
    for match in _FOLD.finditer(text) if "fold" in lower else ():
        value = _value(match.group("times"))
        add(match, value, kind="multiple", others=(value - 1,))
    for match in _VERB.finditer(text):
        value = 2 if match.group("two") else 3 if match.group("three") else 4
        add(match, value, kind="multiple", others=(Fraction(value - 1),), asks=match.group().lower() not in ("double", "triple", "twice"))
    for match in _HALF.finditer(text):
        add(match, Fraction(1, 2), kind="fraction", asks=False)
    for match in _NTH.finditer(text):
        add(match, int(match.group(1).replace(",", "")), kind="ordinal")
    for match in _WORD_NTH.finditer(text) if ordinal else ():
        _ordinal(text, match, add)
    for match in _FEW.finditer(text):
        if match.group("several"):
            add(match, 3, 9, approx="several", kind="range", asks=False)
        else:
            add(match, 2 if match.group("two") else 3 if match.group("three") else 1, kind="article", asks=False)
    found = [replace(q, start=max(q.start, text.rfind(" ", 0, q.end) + 1)) if q.unit == "age" and text[q.start] in "hHtT" else q for q in found]
    return sorted(found, key=lambda q: q.start)


def _value(words: str) -> Fraction:
    words = words.strip().lower()[:LONGEST]
    if words in ("a", "an"):
        return Fraction(1)
    return Fraction(words.replace(",", "")) if words[0].isdigit() else spelled_value(words)


def _fraction(text: str, match: re.Match, add) -> None:
    top, part = _value(match.group("top")), match.group("part").lower()
    plural = part.endswith("s") or part == "halves"
    if top > 1 and not plural or top == 1 and plural:
        return  # "two third parties", "one thirds"
    share = match.group("mere") or _MEASURED.search(text[max(0, match.start() - 16) : match.start()]) or _UNCOUNTED.match(text[match.end() : match.end() + 24])
    if match.group("top").lower() in ("a", "an") and part not in ("half", "quarter") and not share:
        return  # "a third suspect"
    if re.search(r"\band\s+$", text[max(0, match.start() - 8) : match.start()]) and part in ("half", "quarter"):
        return  # two and a half: the count has it
    if part in ("quarter", "quarters") and re.match(r"\s+(?:of\s+growth|in\s+a\s+row|earlier|ago)", text[match.end() : match.end() + 24]):
        return
    add(match, top / _PARTS[part], kind="fraction", asks=part not in ("half", "quarter") or top > 1)


def _ordinal(text: str, match: re.Match, add) -> None:
    unit = match.group("unit").lower()
    value = _ORDINALS[unit] + (TENS[match.group("tens").lower()] if match.group("tens") else 0)
    # a second as a unit of time; "second-hand"; the bare adverbs first and second often have no number elsewhere
    if unit == "second" and not match.group("tens") and re.search(r"\b(?:a|per|split|every|each|\d|one)[\s-]$", text[max(0, match.start() - 7) : match.start()], re.I) and not re.match(r"[\s-]+[a-z]+", text[match.end() : match.end() + 24]):
        return
    if re.match(r"-(?:hand|guess)", text[match.end() : match.end() + 6]):
        return
    add(match, value, kind="ordinal", asks=value > 2)
