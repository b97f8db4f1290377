"""Chinese surnames and their spellings in English: whether a name of the draft can be one of the source, and whether its surname is wrong.

薛志宏 is Xue Zhihong, Hsueh Chih-hung or Sit Chi-wang, but no Mr Huang. A surname is told apart by a closed table; a given
name by its pinyin or Wade-Giles spelling, or by the hyphen that only Chinese names have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..languages.language import load_toml
from .romanisation import spellings

_HONORIFIC = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Madam|Mdm|Dr|Prof|Professor)\.?\s+$")
_GIVEN = re.compile(r"\s+(?P<given>[A-Z][a-z]+(?:-[a-z]+|\s[A-Z][a-z]+)?)(?![\w-])")
_WORD = re.compile(r"(?<![\w’'-])(?P<surname>[A-Z][a-z]+)(?![\w-])")
_SPEAKS = "(?=[说称]|表示|指出|指控|认为|坦|承认|强调|透露|解释|警告|呼吁|告诉|对|向|在|先生|女士|教授|太太|小姐|老师)"
_STOPS = "(?=[说称，。、；：）（”」于就昨今明]|表示|指出|指控|认为|坦|承认|强调|透露|解释|警告|呼吁|告诉|对|向|在|先生|女士|教授|太太|小姐|$)"

@dataclass(frozen=True)
class WrongSurname:
    chinese: tuple[int, int]
    english: tuple[int, int]
    expected: str


def spells_surname(words: list[str], chinese: str) -> bool:
    """Whether one of these words spells a surname that stands in the (simplified) Chinese text."""
    return any(surname in chinese for word in words for surname in _surnames().get(word.lower(), ()))


def known_surname(word: str) -> bool:
    """Whether the table has it, in Chinese or as a spelling."""
    return word in _table() or word.lower() in _surnames()


def wrong_surnames(text: str, chinese: str) -> Iterator[WrongSurname]:
    """Names of the English text whose surname no character of the Chinese can be, and the Chinese name that is meant."""
    persons = _persons(chinese)
    if not persons:
        return
    strange = [m for m in _WORD.finditer(text) if m["surname"].lower() in _surnames() and not spells_surname([m["surname"]], chinese)]
    for match in strange:
        following = _GIVEN.match(text, match.end())
        if not following:
            continue
        given = re.sub(r"[\s-]", "", following["given"].lower())
        meant = next((p for p in persons if given in spellings(p[1])), None)
        if meant is None and "-" in following["given"] and len(persons) == 1:
            meant = persons[0]
        if meant:
            yield WrongSurname(meant[2], (match.start(), following.end()), _expected(meant[0]))
            return
    for match in strange:
        if _HONORIFIC.search(text[: match.start()]):
            # The Chinese person whose surname the English does not spell.
            said = {w.lower() for w in re.findall(r"[A-Z][a-z]+", text)}
            lost = [p for p in persons if not said & {s.lower() for s in _table()[p[0]]}]
            if len(lost) == 1:
                yield WrongSurname(lost[0][2], match.span("surname"), _expected(lost[0][0]))
                return


def _expected(surname: str) -> str:
    return " or ".join(_table()[surname][:2])


def _persons(chinese: str) -> list[tuple[str, str, tuple[int, int]]]:
    """(surname, given name, place) of what looks like a Chinese person's name: behind a title, or before a verb of speech."""
    return [(m["surname"], m["given"], m.span()) for m in _person().finditer(chinese)]


@cache
def _person() -> re.Pattern:
    surname = "|".join(sorted(_table(), key=len, reverse=True))
    before = "(?<=[长员授家师生者官人任席裁记])"
    return re.compile(rf"(?:{before}|(?:^|(?<=[，。：；“「\s]))(?=.{{2,4}}{_SPEAKS}))(?P<surname>{surname})(?P<given>[一-龥]{{1,2}}?){_STOPS}")


@cache
def _table() -> dict[str, list[str]]:
    return {surname: spelled.split() for surname, spelled in load_toml("surnames.toml")["surname"].items()}


@cache
def _surnames() -> dict[str, frozenset[str]]:
    """Spelling -> the characters it can stand for."""
    found: dict[str, set[str]] = {}
    for surname, spelled in _table().items():
        for spelling in spelled:
            found.setdefault(spelling.lower(), set()).add(surname)
    return {spelling: frozenset(characters) for spelling, characters in found.items()}
