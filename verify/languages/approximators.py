"""What stands beside an amount and blurs it: nearly, over, at least; 近, 逾, 左右."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .numerals import any_of, data

_EN_FILLER = r"\s*(?:an?\s+(?:further\s+|additional\s+)?|the\s+|another\s+|some\s+|its\s+|his\s+|her\s+|their\s+)?"
_ZH_FILLER = "(?:还?(?:有|要|需要|需|得|会|将|剩|差)|了|可|达|到|为|是|再|还)?\\s*"
# 几乎是对手的两倍: of a multiple or a share, what it is of may stand between.
_COMPARED = re.compile(r"(几乎|将近|接近|近乎|差不多|大约|不到|不足|超过|逾)(?:是|为|达|相当于)?[^\W\d_一二两三四五六七八九十百千万亿半几]{1,12}的$")
# 最多减四成, 最高可被罚全球年收入的百分之六: the verb stands between.
_MOST = re.compile(r"(?:最多|至多|顶多|最高[可会将能])[^\W\d_一二两三四五六七八九十百千万亿半几]{1,12}$")
_SHARE = re.compile(r"倍|一半|分之|成$")
_COMPARISON = re.compile(r"[大高低小]于")
# No more than six, has never fallen below six: over is then at most, under at least. Not so where it did in the end: never below six until now.
_DENIED = re.compile(r"\b(?:(?:not?|never|cannot|no longer)\s+(?:(?:to|be|been|have|had|has|once|ever|even|yet|fall|fell|fallen|drop\w*|dip\w*|slip\w*|sink|sank|sunk|go|goes|gone|"
                     r"went|stand\w*|stood|rise\w*|rose|risen|climb\w*)\s+){0,4}|(?:at|in|under) no (?:time|point|circumstances?|way)\b[^.;:]{0,50}\s)$")
_DENIED_ZH = re.compile(r"(?:不[会能曾]|从未|未曾|没有?)[跌降掉少低]\w{0,2}$")
_TURNED = {"over": "at-most", "under": "at-least"}
_COMPARES = re.compile(r"(?:%|\bper ?cent|\bpoints?|\btimes|\bfold)\s+$")  # 40 per cent more than three years ago
_IN_THE_END = re.compile(r"[^.;:]{0,30}\b(?:until|before)\b")


@lru_cache(maxsize=8)
def _words(language: str, where: str) -> tuple[re.Pattern, dict[str, str]]:
    names = {word: name for name, words in data()["approximators"][language][where].items() for word in words}
    words = any_of(names)
    if language == "en":
        before, after = rf"((?<![\w-]){words}){_EN_FILLER}$", rf"(?:\s+(?!and\b|or\b)[a-z]+)??({words})(?!\w)"
    else:
        # 多 and 余 stand right after the number, the others after its measure word too: 30名左右
        before, after = f"({words}){_ZH_FILLER}$", rf"\s?(?:[{data()['zh']['measures']}](?![多余来强弱]))?(?:元|人|次)?({words})"
    pattern = before if where == "before" else after
    return re.compile(pattern, re.I), names


class Approximator(NamedTuple):
    """`name` of what blurs an amount, None where nothing does; the half-open range of the amount with its words."""

    name: str | None
    start: int
    end: int


def english(text: str, start: int, end: int) -> Approximator:
    """Of the English amount `text[start:end]`: about, nearly, over, under, at-least, at-most, reaching, or None."""
    before, names = _words("en", "before")
    window, blurred = max(0, start - 40), Approximator(None, start, end)
    if match := before.search(text[window:start]):
        word = re.sub(r"\s+", " ", match.group(1).lower())
        name, lead = names[word], text[max(0, window - 60) : window + match.start()].lower()
        if word.endswith(" than") and _COMPARES.search(lead):
            return Approximator(None, start, end)
        if re.search(r"\b(?:nothing|the)\s+$", lead) and (word == "above" or lead.endswith("nothing ")):
            return Approximator(None, start, end)  # nothing more than six; the above 12
        first = window + match.start()
        if (denied := _DENIED.search(lead)) and not _IN_THE_END.match(text, end):
            name, first = _TURNED.get(name, name), first - len(denied.group())
        if name not in ("only", "about"):
            return Approximator(name, first, end)
        if name == "about":  # some 600-plus says more than "some"
            blurred = Approximator(name, first, end)
    after, names = _words("en", "after")
    if match := after.match(text, end):
        return Approximator(names[re.sub(r"\s+", " ", match.group(1).lower())], blurred.start, match.end())
    return blurred


def chinese(text: str, start: int, end: int) -> Approximator:
    """The same for a Chinese or Japanese amount; `text` in simplified script."""
    before, names = _words("zh", "before")
    found = None
    window = max(0, start - 8)
    if (match := before.search(text[window:start])) and _holds(text, start, end, match):
        found, first = names[match.group(1)], window + match.start()
        if denied := re.search(r"(?:不[得能应可会宜]|未能?|没能?|没有|尚未)$", text[max(0, start - 11) : first]):
            found, first = _TURNED.get(found, found), first - len(denied.group())
        if found not in ("only", "reaching"):
            return Approximator(found, first, end)
    elif _SHARE.search(text[start:end]) and (match := _COMPARED.search(text[max(0, start - 20) : start])):
        return Approximator(names[match.group(1)], max(0, start - 20) + match.start(), end)
    elif match := _MOST.search(text[max(0, start - 16) : start]):
        return Approximator("at-most", max(0, start - 16) + match.start(), end)
    after, names = _words("zh", "after")
    if match := after.match(text, end):
        word = match.group(1)
        if word not in ("起", "强", "弱", "+") and not (word == "来" and text[end : end + 1] == "来" and text[end - 1 : end] not in "0十百千万亿"):
            name, first = names[word], start
            if name in _TURNED and (denied := _DENIED_ZH.search(text, max(0, start - 8), start)):  # 不会跌到七成以下
                name, first = _TURNED[name], denied.start()
            return Approximator(name, first, match.end())
    return Approximator("reaching", first, end) if found == "reaching" else Approximator(None, start, end)


def _holds(text: str, start: int, end: int, match: re.Match) -> bool:
    """Whether a Chinese approximator is one here: not the 近 of 附近, the 约 of 条约, 超 of 高超."""
    word = match.group(1)
    at = max(0, start - 8) + match.start()
    before = text[at - 1 : at] if at else ""
    if word == "好":
        return text[start] in "几数"
    if word == "不过":  # 前后不过十分钟, but not 不过，十分钟后
        return before not in ("", "，", "。", "；", "：", "、", "“", "‘", ",")
    if word in ("上", "过", "破"):
        return text[start] in "百千万亿几十半" and match.end(1) == match.end()
    if word in ("满", "年满"):  # 满八年者, but not 爆满三天
        return before not in tuple("爆圆充丰美自不未届") and bool(re.match(r"\s?[个周]?(?:岁|年|月|日|天|周|小时)", text[end:]) or text[end - 1 : end] in "岁年月日天")
    if word == "近":
        return before not in ("附", "最", "邻", "靠", "远")
    if word == "约":
        return before not in tuple("条合节公签违大制特纽")
    if _COMPARISON.search(word):  # 高于四年前
        return not re.match(r"[之以]?[前后]", text[end:])
    return not (word in ("只", "才") or word == "超" and before == "高")
