"""Pre-segmented text: line n is segment n, whatever stands in it."""

from __future__ import annotations

from .block import BOILERPLATE, Block, whole
from .comments import masked
from .plain import lines


def blocks(text: str) -> list[Block]:
    """One block a line. A blank line is an empty boilerplate block, so that the numbers of the others hold."""
    text = masked(text)
    return [whole(text, start, end) or Block("", range(start, start), BOILERPLATE) for start, end in lines(text)]
