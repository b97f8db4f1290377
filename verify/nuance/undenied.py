"""Words that one text denies and the other affirms: 不排除 as "ruled out", 已停职 as "has not been suspended". The Chinese negates a word and the
English has a word for it that nothing about it denies, or the other way about. The words are data, `languages/undenied.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..finding import Finding, Severity
from ..languages.language import load_toml, patterns
from ..languages.vocabulary import either, vocabulary, words_of
from .sides import Bilingual, Range

FILE = "undenied.toml"
UNDENIED, DENIED = "denial", "denial put in"
CONFIDENCE, ELSEWHERE = 0.8, 0.6  # where no negation is near, and where one is in another clause
_BEHIND = 3  # Chinese characters after a word in which its negation may stand; before it, the whole clause
_CLAUSE = re.compile("[，。；：！？]")
_KANJI = re.compile("[\u3400-\u9fff]")
_STOP = re.compile(r"[.;:!?,]|\b(?:and|but|although|though|while|whereas|yet)\b")
_BEFORE, _AFTER = 70, 40  # characters about an English word in which its negation may stand


def undenied(both: Bilingual) -> Iterator[Finding]:
    text, english = both.simplified, both.english.text
    for verbs, place in (_negated_japanese if both.chinese.language.base == "ja" else _negated_chinese)(both):
        if _excepted(text, place):
            continue
        found = [m.span() for m in _verbs(verbs).finditer(english)]
        if any(both.near(place, verb) for verb in found) and not any(_negated(english, verb) for verb in found):
            yield _finding(both, place, found[0], UNDENIED, "restore the negation")
        elif len(found) == 1 and not _negated(english, found[0], ".;:!?,") and both.near(place, found[0]):
            yield _finding(both, place, found[0], UNDENIED, "restore the negation", ELSEWHERE)


def _negated_chinese(both: Bilingual) -> Iterator[tuple[str, Range]]:
    """Of each word of the table that the text negates what English says for it, and the place of word and negation. Not of a word that stands
    there without one too (不否认 beside another 否认): which of the two the English word stands for nobody can tell."""
    text = both.simplified
    behind = _behind_negations(text)  # a pattern a word is dear: few words stand there
    for word, verbs in load_toml(FILE)["words"].items() if behind else ():
        if word in behind and (mark := (pattern := _denied(word)).search(text)) and text.count(word) == len(pattern.findall(text)) and not _twice(both, mark):
            yield verbs, mark.span()


def _negated_japanese(both: Bilingual) -> Iterator[tuple[str, Range]]:
    """The same of Japanese, where a negation stands behind its word and its mark takes the word in."""
    marks = [mark for mark in vocabulary(both.chinese.language).find("negation", both.chinese.text) if mark.asks]
    if not marks:
        return
    for table, text in (("words", both.simplified), ("japanese", both.chinese.text)):
        for word, verbs in load_toml(FILE)[table].items():
            found = [(at, mark.end) for mark in marks if (at := text.find(word, mark.start, mark.end)) >= 0 and _alone(text, at, at + len(word))]
            if found and text.count(word) == 1:
                yield verbs, found[0]


def _alone(text: str, start: int, end: int) -> bool:
    """Whether no other kanji makes a longer word of it."""
    return not _KANJI.match(text, end) and not (start and _KANJI.match(text, start - 1))


def denied(both: Bilingual) -> Iterator[Finding]:
    """The other way about, for words that English does not say by a negation of its own."""
    if both.chinese.language.base != "zh":
        return
    text, english = both.simplified, both.english.text
    negation = patterns(FILE, "mirrored", "negation")
    for word in _mirrored():
        if word not in text:
            continue
        places = [m.span() for m in re.finditer(word, text)]
        if any(negation["zh"].search(_CLAUSE.split(text[:a])[-1] + "，" + text[b : b + _BEHIND]) for a, b in places):
            continue
        verbs = [m.span() for m in _verbs(load_toml(FILE)["words"][word]).finditer(english)]
        before = negation["en"].search(english[: verbs[0][0]]) if len(verbs) == 1 else None
        if before and both.near(places[0], verbs[0]):
            yield _finding(both, places[0], (before.start(), verbs[0][1]), DENIED, "check the negation")


def _finding(both: Bilingual, chinese: Range, english: Range, by: str, suggestion: str, confidence: float = CONFIDENCE) -> Finding:
    source, draft = both.turned(both.chinese.text[slice(*chinese)], both.english.text[slice(*english)])
    return both.finding("negation", Severity.CRITICAL, f"The source has “{source}”, the draft “{draft}”: only one of them is negated.", chinese, english,
                        confidence, suggestion=suggestion if both.draft_is_english else "", by=by)


@cache
def _mirrored() -> tuple[str, ...]:
    return tuple(words_of(load_toml(FILE)["mirrored"]["words"]))


def _twice(both: Bilingual, mark: re.Match) -> bool:
    """Whether the negation is half of a double one: 没有人不知道."""
    return any(twice.start < mark.end() and mark.start() < twice.end for twice in vocabulary(both.chinese.language).find("double_negation", both.chinese.text))


def _excepted(text: str, place: Range) -> bool:
    """Whether the negated word only says who is left out (除两个不合格外全部过关 as "all but two passed"), or is itself denied: 说没后悔是假的."""
    if re.match("[^，。；]{0,6}(?:是假的|是骗人的|不是真的)", text[place[1] :]):
        return True
    before = text.rfind("除", 0, place[0])
    return before >= 0 and not re.search("[，。；]", text[before : place[0]]) and re.match("[^，。；]{0,6}外", text[place[1] :]) is not None


def _negated(text: str, verb: Range, stops: str = ".;:!?") -> bool:
    """Whether something denies an English verb, before it from the last of the `stops` on or after it in its clause."""
    start = max([text.rfind(c, 0, verb[0]) + 1 for c in stops] + [verb[0] - _BEFORE])
    end = min(stop.start() if (stop := _STOP.search(text, verb[1])) else len(text), verb[1] + _AFTER)
    negation = patterns(FILE, "negation")["en"]
    return bool(negation.search(text, start, verb[0]) or negation.search(text, verb[1], end))


def _behind_negations(text: str) -> str:
    """What stands in a clause from a negation on: no negation reaches beyond its clause."""
    negation = patterns(FILE, "negation", flags=0)["zh"]
    return "，".join(clause[m.start() :] for clause in _CLAUSE.split(text) if (m := negation.search(clause)))


_verbs = cache(either)  # the English words of a field of the table


@cache
def _denied(word: str) -> re.Pattern:
    """A Chinese word with a negation."""
    return re.compile(load_toml(FILE)["negation"]["zh"] + word)
