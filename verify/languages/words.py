"""Word ranges."""

from __future__ import annotations

import re

_SPACED = re.compile(r"\d+(?:[.,]\d+)*%?|[^\W_]+(?:['’\u2010-][^\W_]+)*(?:\.[A-Za-z](?=\.))*", re.UNICODE)
_CJK = re.compile(
    r"\d+(?:[.,]\d+)*%?|[A-Za-zÀ-ɏ]+(?:[-'’][A-Za-zÀ-ɏ]+)*|[\u30a0-\u30ff]+|[\u3040-\u309f]+|[\u3400-\u9fff々〇]|[^\W_]+?"
)


def spaced(text: str) -> list[tuple[int, int]]:
    """Words between white space and punctuation; hyphens and apostrophes stay inside."""
    return [match.span() for match in _SPACED.finditer(text)]


def cjk(text: str) -> list[tuple[int, int]]:
    """Each Chinese character, and each run of Latin letters, digits or kana of one kind."""
    return [match.span() for match in _CJK.finditer(text)]
