"""The words around numbers, read from numerals.toml: approximators, currencies, units, measure words, idioms."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Any

from .language import load_toml


@lru_cache(maxsize=1)
def data() -> dict[str, Any]:
    return load_toml("numerals.toml")


def any_of(words) -> str:
    """A regular expression for any of the words, the longest first, white space of any kind and length."""
    words = sorted(words, key=len, reverse=True)
    # Looking at the first character before trying each word makes a long list several times faster.
    first = "".join(sorted({re.escape(w[0]).replace(r"\ ", r"\s") for w in words}))
    return f"(?=[{first}])(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in words) + ")"


_VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "⅛": Fraction(1, 8)}


def written_fraction(words: str) -> Fraction | None:
    """2/3, ½ or 14½; None for what is no share, like 24/7."""
    if words[-1] in _VULGAR:
        return int(words[:-1] or 0) + _VULGAR[words[-1]]
    above, below = map(int, words.split("/"))
    return Fraction(above, below) if 0 < above < below else None


@lru_cache(maxsize=1)
def currency_signs() -> dict[str, str]:
    """US$ -> USD, € -> EUR ..."""
    return {sign: code for code, names in data()["currency"].items() for sign in names.get("sign", ())}


@lru_cache(maxsize=2)
def currencies(language: str) -> dict[str, str]:
    """dollars -> DOLLAR, 日元 -> JPY ..."""
    return {name: code for code, names in data()["currency"].items() for name in names.get(language, ())}


def same_currency(a: str, b: str) -> bool:
    """Whether two codes can be one currency: `元` can be CNY or HKD, `$` USD or SGD."""
    every = data()["currency"]
    return a == b or b in every.get(a, {}).get("any", ()) or a in every.get(b, {}).get("any", ())


@lru_cache(maxsize=2)
def units(language: str) -> dict[str, str]:
    """kilometres -> km, 公里 -> km ..."""
    return {name: unit for unit, names in data()["unit"].items() for name in names.get(language, ())}
