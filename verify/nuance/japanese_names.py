"""Japanese surnames and their readings: whose name an English one can be, where kanji tell nothing of their sound.

大西健一 is Onishi, Ohnishi or Ōnishi, but no Nakamura. A surname is told apart by a closed table; what a given name is read as is not told.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from ..languages.folding import shinjitai, to_simplified
from ..languages.language import load_toml

_PRINTED = str.maketrans("髙﨑嶋嶌冨濵邉戸呉澁曽竜槇", "高崎岛岛富滨边户吴涩曾龙槙")  # of names, where OpenCC's table keeps them apart
_GIVEN = re.compile(r"(?!.*(?:[县縣市区町村局部院会党厅府署店厂校家者们民员团队车机]|大学|公司|银行|物产|汽车|电器|重工|秘书|助[理手]|律师|夫人|妻子|丈夫|[父母]亲|家属|代表|发言))[\u3040-\u30ff\u4e00-\u9fff]{0,3}")
_NAME = re.compile(r"[A-Z][\w]*(?:[-'’]\w+)*")
_BELONGS = re.compile(r"\b(?:for|of|at|from|in|to|by|with|and|near|on)\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s+)*$")  # a fisherman from Fukushima
_ENDS = re.compile(r"(?:\s+[A-Z][\w’'-]*)*\s*(?:$|[,(])")  # Onishi Kenichi, the president; no Ishikawa spokesman
_BEFORE = re.compile(r"[A-Z][\w’'-]+\s+$")


def folded(name: str, language: str) -> str:
    """A name in the characters of Chinese, one for one: 髙橋, 渡邊 and 佐々木 as 高桥, 渡边 and 佐佐木."""
    plain = name.translate(_PRINTED).translate(shinjitai()) if language == "ja" else name
    return re.sub("(.)々", r"\1\1", to_simplified(plain).translate(_PRINTED))


def same_surname(written: str, english: str, single: bool, titled: bool) -> bool | None:
    """Whether an English name is read as the Japanese surname of a folded name, or as another; None where neither is told.

    `single`: whether one character can be a surname; Chinese names begin with them too. With more behind it, it may be a word (原告, 东京电力)
    and nobody else's name; alone it is a name before a title (`titled`).
    """
    own, doubtful = _surnames(written, single)
    if not own:
        return None
    english = _plain(english)
    words = [m for m in _NAME.finditer(english) if not _BELONGS.search(english, 0, m.start())]
    read = {reading for name in own for reading in _table()[name]}
    if any(_reading(m.group()) in read for m in words):
        return True
    read |= {reading for name in doubtful for reading in _table()[name]}
    heard = {_reading(m.group()) for m in _NAME.finditer(english)}
    unsure = any(len(name) == 1 and not (titled and name == written) or name in _places() and written.endswith(name) for name in own)
    if unsure or heard & read:
        return None
    return False if any(_names_another(m, english) for m in words) else None


def _surnames(written: str, single: bool) -> tuple[set[str], set[str]]:
    """The surnames with which what the text ends in can begin, a title or not before it (前国脚中村彻), and the shorter ones inside them:
    社长谷川彻 may be a Tanigawa."""
    longest = max(map(len, _table()))
    found = [(at, at + size) for at in range(len(written)) for size in range(1, longest + 1)
             if written[at:at + size] in _table() and (size > 1 or single and not at) and _GIVEN.fullmatch(written, at + size)]
    inside = [(a, b) for a, b in found if any(c <= a and b <= d and (a, b) != (c, d) for c, d in found)]
    return {written[a:b] for a, b in found if (a, b) not in inside}, {written[a:b] for a, b in inside}


def _names_another(word: re.Match, english: str) -> bool:
    """Whether a word of an English name is a Japanese surname for certain: no given name, and no place without one."""
    reading = _reading(word.group())
    if reading not in _readings() or reading in _data()["given"].split() or not _ENDS.match(english, word.end()):
        return False
    return reading not in {r for place in _places() for r in _table()[place]} or bool(_BEFORE.search(english, 0, word.start()))


@cache
def _reading(word: str) -> str:
    """As the table spells: Ono, Ohno and Oono are one, so are Namba and Nanba."""
    short = re.sub(r"uu", "u", re.sub(r"oo|ou|oh(?![aeiouy])", "o", word.lower()))
    return re.sub(r"m(?=[bpm])", "n", short)


def _plain(text: str) -> str:
    """Ō as O."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _data() -> dict:
    return load_toml("surnames.toml")["japanese"]


@cache
def _table() -> dict[str, frozenset[str]]:
    return {name: frozenset(map(_reading, read.split())) for name, read in _data()["read"].items()}


@cache
def _readings() -> frozenset[str]:
    return frozenset(reading for read in _table().values() for reading in read)


@cache
def _places() -> frozenset[str]:
    return frozenset(_data()["places"].split())
