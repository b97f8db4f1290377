"""Chinese names in Latin letters: their readings, and the syllables and spellings of pinyin and Wade-Giles."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache


@cache
def spellings(given: str) -> frozenset[str]:
    """Pinyin and Wade-Giles of a name, as one word without apostrophes."""
    from pypinyin import Style, lazy_pinyin

    # pypinyin writes ü of Wade-Giles as v: hsveh, ch'van.
    wade = "".join(lazy_pinyin(given, style=Style.WADEGILES)).replace("'", "")
    return frozenset({"".join(lazy_pinyin(given)), wade, wade.replace("v", "u")})


def readings(chinese: str) -> frozenset[str]:
    """Every reading of every character: 曾 is zeng and ceng."""
    from pypinyin import Style, pinyin

    return frozenset(r.lower().replace("ü", "v") for row in pinyin(chinese, style=Style.NORMAL, heteronym=True, errors="ignore") for r in row)


def letters(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


@lru_cache(maxsize=4096)
def syllables(letters: str, most: int = 2) -> tuple[str, ...]:
    """One word of a name as syllables of pinyin; empty where it is none. A Chinese name has at most two in a word."""
    if letters in _pinyin_syllables():
        return (letters,)
    if most > 1:
        for size in range(1, len(letters)):
            if letters[:size] in _pinyin_syllables() and (rest := syllables(letters[size:], most - 1)):
                return (letters[:size], *rest)
    return ()


@lru_cache(maxsize=1)
def wade_giles() -> frozenset[str]:
    """Its syllables without apostrophes, and those of pinyin."""
    from pypinyin import Style
    from pypinyin.style import convert

    plain = _pinyin_syllables()
    return plain | {re.sub(r"[^a-z]", "", convert(part, Style.WADEGILES, True, part).replace("v", "u")) for part in plain}


@lru_cache(maxsize=1)
def _pinyin_syllables() -> frozenset[str]:
    """Those that several characters have: rare readings (hm, to) make pinyin of anything."""
    from pypinyin.constants import PINYIN_DICT

    plain = lambda reading: "".join(c for c in unicodedata.normalize("NFD", reading.replace("ü", "v")) if c.isascii())
    counts = Counter(plain(reading) for code, row in PINYIN_DICT.items() if 0x4E00 <= code < 0xA000 for reading in row.split(",")[:1])
    return frozenset(part for part, number in counts.items() if number >= 3 and (len(part) > 1 or part in "aeo"))
