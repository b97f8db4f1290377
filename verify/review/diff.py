"""Two wordings of one language, word by word: which words each has that the other lacks."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from ..languages.folding import to_simplified

# A word of a spaced script, or one character of Chinese or Japanese; blanks and marks are not compared.
_TOKEN = re.compile(r"[^\W\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+(?:['’][^\W\d_]+)*|\w")

Pieces = list[tuple[str, bool]]  # text, and whether the other wording lacks it


def differences(a: str, b: str, language: str = "") -> tuple[Pieces, Pieces]:
    """Both texts cut where they begin and end to differ. Traditional and simplified characters are the same word of Chinese."""
    left, right = list(_TOKEN.finditer(a)), list(_TOKEN.finditer(b))
    read = to_simplified if language.split("-")[0] == "zh" else str
    alike = lambda text, tokens: [text[m.start():m.end()].lower() for m in tokens]
    blocks = SequenceMatcher(None, alike(read(a), left), alike(read(b), right), autojunk=False).get_matching_blocks()
    same_left = {i for block in blocks for i in range(block.a, block.a + block.size)}
    same_right = {i for block in blocks for i in range(block.b, block.b + block.size)}
    return _pieces(a, left, same_left), _pieces(b, right, same_right)


def _pieces(text: str, tokens: list[re.Match[str]], same: set[int]) -> Pieces:
    out: Pieces = []
    place = 0
    last = False
    for number, token in enumerate(tokens):
        differs = number not in same
        gap = text[place:token.start()]
        if gap:
            _add(out, gap, differs and last)
        _add(out, token[0], differs)
        place, last = token.end(), differs
    _add(out, text[place:], False)
    return out


def _add(out: Pieces, text: str, differs: bool) -> None:
    if not text:
        return
    if out and out[-1][1] == differs:
        out[-1] = (out[-1][0] + text, differs)
    else:
        out.append((text, differs))
