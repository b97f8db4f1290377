"""Small words of content that come and go unseen: 意外, 相继, 依法 dropped; *reluctantly*, *record* slipped in.

`verify/languages/modifiers.toml` has them and what answers them; `modifiers.json` how often faithful translations leave
each without an answer, counted by `tools/fit_modifiers.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ..languages.language import load_toml
from ..languages.vocabulary import either, words_of
from .rates import posterior
from .sides import Bilingual, Range

_LETTERS = re.compile(r"\b\w\w")
BELIEF, UNKNOWN = 8.0, 0.15  # occurrences that the general rate is worth, and that rate


@lru_cache(maxsize=1)
def entries() -> dict[bool, list[tuple[str, re.Pattern, re.Pattern]]]:
    """(key, what to look for, what answers it) for words of the English side (True) and of the Chinese side (False)."""
    table = load_toml("modifiers.toml")
    return {False: [(key, _chinese(key), either(words)) for key, words in table["zh"].items()],
            True: [(key, either(key), _chinese(words)) for key, words in table["en"].items()]}


@lru_cache(maxsize=1)
def _beginnings() -> dict[bool, list[frozenset[str]]]:
    """How the words of each entry begin: a text without such a beginning need not be searched for them."""
    return {False: [frozenset(word[0] for word in key.split("|")) for key, _, _ in entries()[False]],
            True: [frozenset(word[:2] for word in words_of(key)) for key, _, _ in entries()[True]]}


def _chinese(words: str) -> re.Pattern:
    return re.compile("|".join(sorted(map(re.escape, words.split("|")), key=len, reverse=True)))


@lru_cache(maxsize=1)
def _counts() -> dict[str, list[int]]:
    path = Path(__file__).with_suffix(".json")
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def unanswered(view: Bilingual, english: bool) -> Iterator[tuple[str, Range]]:
    """Modifiers of one side that the other has no word for, each entry once, unless it has the word in itself."""
    text, other = (view.english.text, view.simplified) if english else (view.simplified, view.english.text)
    whole = {(u.start, u.end) for u in view.support.units} if not english else set()
    present = {letters.lower() for letters in _LETTERS.findall(text)} if english else {*text}
    for (key, pattern, answer), begins in zip(entries()[english], _beginnings()[english]):
        for match in pattern.finditer(text) if not begins.isdisjoint(present) else ():
            # 新 inside 新加坡, 全 inside 安全: only what is a word of its own, or begins or ends one.
            if english or any(a == match.start() and b <= match.end() for a, b in whole):
                if not answer.search(other):
                    yield key, match.span()
                break


def doubt(key: str, tightness: int = 2) -> float:
    """Probability, 0..1, that an unanswered modifier is a change, and no free rendering; see `Places.tightness`."""
    asked, missed = _counts().get(key, (0, 0))
    rate = (missed + BELIEF * UNKNOWN) / (asked + BELIEF)
    return posterior(min(1.0, rate * {0: 1.2, 1: 1.4, 2: 1.0, 3: 0.7}[tightness]))
