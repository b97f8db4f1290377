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

_LETTERS, _FIRST_PART = re.compile(r"\b\w\w"), re.compile(r"\w+")
BELIEF, UNKNOWN = 8.0, 0.15  # occurrences that the general rate is worth, and that rate


@lru_cache(maxsize=1)
def entries() -> dict[bool, list[tuple[str, re.Pattern, re.Pattern]]]:
    """(key, what to look for, what answers it) for words of the English side (True) and of the Chinese side (False)."""
    table = load_toml("modifiers.toml")
    return {False: [(key, _chinese(key), either(words)) for key, words in table["zh"].items()],
            True: [(key, either(key), _chinese(words)) for key, words in table["en"].items()]}


@lru_cache(maxsize=1)
def _filed() -> dict[bool, dict[str, list[tuple[str, int]]]]:
    """By how they begin, the words of the entries, in English their first parts, and the places of their entries."""
    filed: dict[bool, dict[str, list[tuple[str, int]]]] = {False: {}, True: {}}
    for place, (key, _, _) in enumerate(entries()[False]):
        for word in key.split("|"):
            filed[False].setdefault(word[0], []).append((word, place))
    for place, (key, _, _) in enumerate(entries()[True]):
        for word in words_of(key):
            filed[True].setdefault(word[:2], []).append((_FIRST_PART.match(word).group(), place))
    return filed


def _present(text: str, english: bool) -> list[int]:
    """Places of the entries of which a text may hold a word: of the others it need not be searched."""
    text = text.lower() if english else text
    filed = _filed()[english]
    return sorted({place for begin in filed.keys() & set(_LETTERS.findall(text) if english else text) for word, place in filed[begin] if word in text})


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
    for place in _present(text, english):
        key, pattern, answer = entries()[english][place]
        for match in pattern.finditer(text):
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
