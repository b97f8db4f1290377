"""Same-length normalisation, so that a match in folded text has its offsets in the text as given."""

from __future__ import annotations

from functools import lru_cache

_MARKS = {ord(a): b for a, b in zip("‘’‚‛“”„‟′″‐‑‒–—―\u00a0\u2009\u202f\u3000", "''''\"\"\"\"'\"------    ")}
# Simplified characters that traditional text has as well, as other words.
_ALSO_TRADITIONAL = frozenset("后里台云干余只面表谷范松系致制征志注准曲斗丑几了克冲向合同杰采游周家卷")
_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_CJK_MARKS = {ord(a): b for a, b in zip("「」『』﹁﹂﹃﹄", "“”‘’“”‘’")}


def fold_marks(text: str) -> str:
    """Curly quotes and dashes straightened; letters keep their case."""
    return text.translate(_MARKS)


def fold_cjk_marks(text: str) -> str:
    """Corner brackets as the mainland's quote marks."""
    return text.translate(_CJK_MARKS)


def fold_wide(text: str) -> str:
    """Full-width letters, digits and signs folded, except sentence marks, which zh and ja need as they are."""
    return text.translate(_WIDE_KEPT)


_WIDE_KEPT = {code: char for code, char in _WIDE.items() if char not in "!?,:;()"}


@lru_cache(maxsize=8)  # many ask for one text, one after the other
def to_simplified(text: str) -> str:
    """Traditional characters to simplified ones, one for one (phrases are left to OpenCC's character table)."""
    table = _simplified()
    return text.translate(table)


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    import opencc

    characters = "".join(chr(c) for c in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)))
    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    table = {ord(a): b for a, b in zip(characters, converted) if a != b and len(b) == 1}
    return table


@lru_cache(maxsize=1)
def script_marks() -> tuple[frozenset[str], frozenset[str]]:
    """Characters that only traditional text has, and characters that only simplified text has."""
    table = _simplified()
    traditional = frozenset(map(chr, table))
    simplified = frozenset(table.values()) - traditional
    return traditional, simplified - _ALSO_TRADITIONAL


@lru_cache(maxsize=1)
def shinjitai() -> dict[int, str]:
    """Japanese new forms to traditional ones, character by character: 発 → 發."""
    import opencc

    characters = [chr(c) for c in range(0x4E00, 0xA000)]
    converted = opencc.OpenCC("jp2t").convert("\n".join(characters)).split("\n")
    return {ord(a): b for a, b in zip(characters, converted) if a != b and len(b) == 1}
