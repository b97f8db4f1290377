"""Reporting verbs in running Japanese, inflected from their dictionary form."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from . import speech
from .numerals import any_of
from .speech import ReportingVerb

# Last kana of a dictionary form -> what takes its place in use.
_GODAN = {
    "う": "っ|い|わ|う|え", "く": "い|き|か|く|け", "す": "し|さ|す|せ", "つ": "っ|ち|た|つ|て", "る": "っ|り|ら|る|れ",
    "ぶ": "ん|び|ば|ぶ|べ", "む": "ん|み|ま|む|め", "ぐ": "い|ぎ|が|ぐ|げ",
}
_ICHIDAN = re.compile(r"[べえけせてねめれげじびみきいりぎち]る$|入れる$")
_GODAN_RU = frozenset({"語る", "皮肉る", "怒鳴る"})
# Everyday verbs: they report only right after a quote or と.
_EVERYDAY = frozenset({"いう", "とする", "みる", "思う", "聞く", "言う", "示す", "表す", "考える", "呼ぶ", "続ける", "求める",
                       "頭を下げる", "肩を落とす", "胸を張る", "声を震わせる", "振り返る"})
_NOUN = re.compile("[いきしちりみびぎ](?:[をがはものにで。]|と(?!述|語|言)|だ(?!った|し)|です)")  # 見通しとなった, 訴えを: what a verb has become
_HEARSAY = re.compile("いう(?=。|$)")  # 利用できるという: so one hears, from nobody in particular
_AFTER_QUOTE = re.compile(r"[」』と](?:も|は)?$")


class _Stem(NamedTuple):
    verb: str
    act: str
    ending: re.Pattern


@lru_cache(maxsize=1)
def _stems() -> tuple[re.Pattern, dict[str, list[_Stem]]]:
    table: dict[str, list[_Stem]] = {}
    for verb, act in speech.acts("ja").items():
        stem, ending = _inflected(verb)
        table.setdefault(stem, []).append(_Stem(verb, act, re.compile(ending)))
    return re.compile(any_of(table)), table


def _inflected(verb: str) -> tuple[str, str]:
    """The part that stays, and a pattern of what can follow it."""
    if verb == "とする":
        return "と", "し(?:た|て)|する"
    if verb.endswith("する"):  # 強調。 ends a sentence without any する
        return verb[:-2], "し(?:た|て|ま|ている|ており)?|する|され|すれ|せ|(?=。|$)"
    if _ICHIDAN.search(verb) and verb not in _GODAN_RU:
        return verb[:-1], "た|て|る|られ|ま|よ|(?=[、。])"
    return verb[:-1], _GODAN[verb[-1]]


def find(text: str) -> list[ReportingVerb]:
    """Reporting verbs in order."""
    pattern, table = _stems()
    found: list[ReportingVerb] = []
    at = 0
    while match := pattern.search(text, at):
        at = match.start() + 1
        for stem in table[match.group()]:
            ending = stem.ending.match(text, match.end())
            if ending and not _NOUN.match(text, match.end()) and not _HEARSAY.match(text, match.start()) and (stem.verb not in _EVERYDAY or _reports(text, match.start(), stem.verb)):
                found.append(ReportingVerb(match.start(), ending.end(), stem.verb, stem.act))
                at = ending.end()
                break
    return found


def _reports(text: str, start: int, verb: str) -> bool:
    if verb == "とする":
        return text[start - 1 : start] == "」"
    return _AFTER_QUOTE.search(text, max(0, start - 3), start) is not None
