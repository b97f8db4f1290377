"""The words around numbers, read from numerals.toml: approximators, currencies, units, measure words, idioms."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from .language import load_toml


@lru_cache(maxsize=1)
def data() -> dict[str, Any]:
    return load_toml("numerals.toml")


def any_of(words) -> str:
    """A regular expression for any of the words, the longest first, white space of any kind and length."""
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True)) + ")"


@lru_cache(maxsize=8)
def approximators(language: str, where: str) -> tuple[re.Pattern, dict[str, str]]:
    """A pattern that matches where the text before ends (or the text after starts), and word -> approximator."""
    names = {word: name for name, words in data()["approximators"][language][where].items() for word in words}
    words = any_of(names)
    if language == "en":
        edge = rf"(?<![\w-]){words}" if where == "before" else rf"{words}(?!\w)"
    else:
        edge = words
    pattern = rf"({edge})\s*(?:an?\s+|the\s+)?$" if where == "before" else rf"({edge})"
    return re.compile(pattern, re.I), names


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
