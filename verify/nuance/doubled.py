"""Words of the draft that stand twice in a row: “the the”, “on Wednesday on Wednesday”. What may do so is in `languages/doubles.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..finding import Category, Finding, Severity
from ..languages.language import load_toml
from .check import Comparison
from .sides import finding

TWICE = "words that stand twice"
CONFIDENCE = 0.9
LONGEST = 8  # words of a run
# Nothing but blanks stands between the run and the same again. Chinese doubles one character or two by its grammar: 看看, 研究研究.
_ENGLISH = re.compile(rf"(?<![\w'’-])([^\W\d_][\w'’-]*(?:\s+[\w'’-]+){{0,{LONGEST - 1}}}?)\s+(\1)(?![\w'’-])", re.IGNORECASE)
_CHINESE = re.compile(r"([\u3400-\u9fff]{3,12})(\1)")
_OF_SOURCE = re.compile(r"([\u3400-\u9fff]{1,6})\1|\b(\w+)\s+\2\b", re.IGNORECASE)


def doubled(pair: Comparison) -> Iterator[Finding]:
    """Where the source repeats nothing of the kind."""
    text, base = pair.target.text, pair.target.language.base
    if base not in ("en", "zh"):
        return
    for match in (_ENGLISH if base == "en" else _CHINESE).finditer(text):
        if base == "en" and _natural(text[: match.start()], match[1], match[2]) or _OF_SOURCE.search(pair.source.text):
            continue
        yield finding(pair, "addition", Severity.MINOR, f"“{match[2]}” stands twice.", None, match.span(2), CONFIDENCE, Category.ADDITION,
                      f"leave out the second “{match[2]}”", by=TWICE)


def _natural(before: str, first: str, second: str) -> bool:
    """By custom or grammar, or as a name: Pago Pago."""
    words, known = first.casefold().split(), _words()
    if not known["before"].isdisjoint(before.casefold().split()[-4:]):
        return True
    if len(words) == 1:
        return words[0] in known["alone"] or first == second and first[0].isupper()
    return words[0] in known["first"] or len(words) == 2 and words[1] in known["last"]


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in load_toml("doubles.toml")["en"].items()}
