"""A block: one paragraph, heading or table cell of a file, as clean text that knows its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

TEXT, HEADING, BOILERPLATE = "text", "heading", "boilerplate"

# Removed without a trace: byte order marks, zero-width spaces, soft hyphens, direction marks.
_INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
_TO_FOLD = re.compile(rf"[{_INVISIBLE}]|[^\S ]|  ")
_RUN = re.compile(rf"[\s{_INVISIBLE}]+")
_SPACE = re.compile(r"\s")
# Lines of these scripts are joined without a blank: Han, kana, and the marks that go with them.
_UNSPACED = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]")
# Those that every script uses: they take a blank only where the other side of the line break does.
_MARKS = "“”‘’…—·"


@dataclass
class Block:
    """`text` is clean; `offsets[i]` is the file offset of `text[i]`.

    `wide` holds the end of the characters that take more than one in the file (`&amp;`), by offset.
    """

    text: str
    offsets: Sequence[int]
    kind: str = TEXT
    wide: dict[int, int] = field(default_factory=dict)

    @property
    def start(self) -> int:
        return self.offsets[0]

    @property
    def end(self) -> int:
        return self.end_of(len(self.text) - 1)

    def end_of(self, index: int) -> int:
        """File offset after `text[index]`."""
        offset = self.offsets[index]
        return self.wide.get(offset, offset + 1)


class Pieces:
    """Collects the pieces of one block in reading order, then folds white space."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.offsets: list[Sequence[int]] = []
        self.wide: dict[int, int] = {}

    def add(self, text: str, start: int, width: int | None = None) -> None:
        """`text` as it stands at `start`; with `width`, text that stands for that many characters of the file."""
        if not text:
            return
        self.texts.append(text)
        if width is None:
            self.offsets.append(range(start, start + len(text)))
        else:
            self.offsets.append((start,) * len(text))
            self.wide[start] = start + width

    def block(self, kind: str = TEXT) -> Block | None:
        """The block, or None when nothing but white space was added."""
        if len(self.texts) == 1:
            text, offsets = self.texts[0], self.offsets[0]
        else:
            text = "".join(self.texts)
            offsets = [offset for piece in self.offsets for offset in piece]
        text, offsets = fold(text, offsets)
        return Block(text, offsets, kind, self.wide) if text else None


def whole(text: str, start: int, end: int, kind: str = TEXT) -> Block | None:
    """The block of `text[start:end]` as it stands, white space folded."""
    pieces = Pieces()
    pieces.add(text[start:end], start)
    return pieces.block(kind)


def fold(text: str, offsets: Sequence[int]) -> tuple[str, Sequence[int]]:
    """White space trimmed at the ends and folded to one blank, or to none at a line break in Chinese or Japanese."""
    first = len(text) - len(text.lstrip())
    last = len(text.rstrip())
    if first >= last:
        return "", ()
    text, offsets = text[first:last], offsets[first:last]
    if not _TO_FOLD.search(text):
        return text, offsets
    texts: list[str] = []
    kept: list[int] = []
    done = 0
    for run in _RUN.finditer(text):
        start, end = run.span()
        if run.group() == " ":
            continue
        texts.append(text[done:start])
        kept.extend(offsets[done:start])
        if not _vanishes(text, start, end):
            texts.append(" ")
            kept.append(offsets[_SPACE.search(text, start).start()])
        done = end
    texts.append(text[done:])
    kept.extend(offsets[done:])
    text = "".join(texts)
    # Invisible characters at the ends can leave blanks there.
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    return (text[first:last], kept[first:last]) if first < last else ("", ())


def _vanishes(text: str, start: int, end: int) -> bool:
    run = text[start:end]
    if start == 0 or end == len(text) or not _SPACE.search(run):
        return True
    if "\n" not in run and "\r" not in run:
        return False
    before, after = text[start - 1], text[end]
    unspaced = [bool(_UNSPACED.match(c)) for c in (before, after) if c not in _MARKS]
    return bool(unspaced) and all(unspaced)


def without(block: Block, ranges: Iterable[tuple[int, int]], kind: str | None = None) -> Block | None:
    """The block without the half-open `ranges` of its text, folded again; None when nothing is left."""
    texts: list[str] = []
    kept: list[int] = []
    done = 0
    for start, end in ranges:
        texts.append(block.text[done:start])
        kept.extend(block.offsets[done:start])
        done = end
    if not done:
        return block
    texts.append(block.text[done:])
    kept.extend(block.offsets[done:])
    text, offsets = fold("".join(texts), kept)
    return Block(text, offsets, kind or block.kind, block.wide) if text else None
