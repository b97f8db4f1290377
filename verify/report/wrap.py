"""Line breaks for text that mixes Latin and Chinese or Japanese, in terminal cells.

Own code because rich breaks at blanks only: a Chinese sentence is one "word" to it, cut anywhere, so that
a line can begin with 。 or ”.
"""

from __future__ import annotations

_NO_START = set("。，、；：？！）」』】》〉”’…—,.;:?!)]}%％·ー々ゝ")
_NO_END = set("（「『【《〈“‘([{")


def break_at(text: str, width: int) -> list[int]:
    """Offsets at which a new line begins, so that no line is over `width` cells (blanks at its end apart).

    Breaks after a blank or beside a wide character, never before closing or after opening punctuation;
    a longer word is cut.
    """
    from rich.cells import get_character_cell_size as cells

    width = max(width, 2)
    breaks: list[int] = []
    line = chance = 0  # where the line begins; the last place where it can end
    used = 0
    for place, char in enumerate(text):
        size = cells(char)
        before = text[place - 1] if place else ""
        if place > line and char != " " and (
            before == " " or ((size == 2 or cells(before) == 2) and char not in _NO_START and before not in _NO_END)
        ):
            chance = place
        if used + size > width and char != " ":
            line = chance if chance > line else place
            breaks.append(line)
            used = sum(map(cells, text[line:place]))
        used += size
    return breaks


def folded(text: str, width: int) -> str:
    """`text` with a line feed at each break."""
    cuts = [0, *break_at(text, width), len(text)]
    return "\n".join(text[a:b].rstrip() for a, b in zip(cuts, cuts[1:], strict=False))
