"""Which runs of a DOCX hold which characters of its text, as `verify.documents.docx` reads it."""

from __future__ import annotations

from bisect import bisect_right
from copy import deepcopy

from ..documents.docx import BREAKS, NOT_TEXT, is_drawing

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Places:
    """The body of an open python-docx document. `text` is its paragraphs, joined by line feeds: footnotes are not in it."""

    def __init__(self, file) -> None:
        from docx.text.run import Run

        self._run = Run
        self._file = file
        self._starts: list[int] = []  # of each paragraph
        self._paragraphs: list[tuple[object, int, str]] = []  # element, line feeds cut off its front, text
        texts, at = [], 0
        for element, cut, text in _paragraphs(file.element.body):
            self._starts.append(at)
            self._paragraphs.append((element, cut, text))
            texts.append(text)
            at += len(text) + 1
        self.text = "\n".join(texts)

    def runs(self, start: int, end: int) -> list:
        """The first and last run that hold [start, end), cut so that they hold nothing else; for a gap, or a place
        outside of the body, the last run before it. Empty for a document without text."""
        if not self._paragraphs:
            return []
        if start >= len(self.text) or end <= start:
            start, end = max(0, min(start, len(self.text)) - 1), max(1, min(start, len(self.text)))
        for offset, edge in ((start, start), (end - 1, end)):
            element, base, _ = self._paragraph(offset)
            _split(element, edge - base)
        found = [run for run in (self._run_at(start), self._run_at(end - 1)) if run is not None]
        return [self._run(found[0], self._file), self._run(found[-1], self._file)] if found else []

    def _paragraph(self, offset: int) -> tuple[object, int, int]:
        """Element, offset of its first character, and characters up to its end."""
        number = bisect_right(self._starts, offset) - 1
        element, cut, text = self._paragraphs[number]
        return element, self._starts[number] - cut, cut + len(text)

    def _run_at(self, offset: int):
        element, base, size = self._paragraph(offset)
        local = min(offset - base, size - 1)
        return next((run for run, first, last in _atoms(element) if first <= local < last), None)


def _paragraphs(body):
    """(element, line feeds stripped from its front, text) of each paragraph with words, in the reader's order."""
    from lxml import etree

    skipped = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rpartition("}")[2]
        if name in NOT_TEXT:
            skipped += 1 if event == "start" else -1
        elif event == "end" and name == "p" and not skipped and not is_drawing(element):
            whole = "".join(_text(piece) for piece in _pieces(element))
            words = whole.strip("\n")
            if words.strip():
                yield element, len(whole) - len(whole.lstrip("\n")), words


def _pieces(paragraph):
    """The text-bearing elements of a paragraph in order, those of deleted text and of paragraphs inside it left out."""
    for element in paragraph.iter():
        if not isinstance(element.tag, str) or is_drawing(element):
            continue
        name = element.tag.rpartition("}")[2]
        if name == "t" or name in BREAKS and element.getparent().tag == f"{_W}r":
            above = [up.tag.rpartition("}")[2] for up in element.iterancestors() if isinstance(up.tag, str)]
            inner = above[: above.index("p")] if "p" in above else above
            owner = next((up for up in element.iterancestors(f"{_W}p")), None)
            if owner is paragraph and not set(inner) & NOT_TEXT:
                yield element


def _text(element) -> str:
    name = element.tag.rpartition("}")[2]
    return (element.text or "") if name == "t" else BREAKS[name]


def _atoms(paragraph):
    """(run, start, end): the characters that each run holds."""
    at, spans = 0, {}
    order = []
    for piece in _pieces(paragraph):
        run = next((up for up in piece.iterancestors(f"{_W}r")), None)
        size = len(_text(piece))
        if run is not None:
            if run not in spans:
                order.append(run)
                spans[run] = [at, at]
            spans[run][1] = at + size
        at += size
    return [(run, *spans[run]) for run in order]


def _split(paragraph, edge: int) -> None:
    """Make `edge` a boundary between two runs of the same look, where it lies inside of one."""
    at = 0
    for piece in list(_pieces(paragraph)):
        size = len(_text(piece))
        run = next((up for up in piece.iterancestors(f"{_W}r")), None)
        if run is not None and at <= edge < at + size:
            first = next((start for r, start, _ in _atoms(paragraph) if r is run), edge)
            if edge == first:
                return
            index = list(run).index(piece) if piece.getparent() is run else None
            if index is None:
                return  # inside of something that is no run's own child: left whole
            clone = deepcopy(run)
            for child in list(clone)[: index]:
                if child.tag != f"{_W}rPr":
                    clone.remove(child)
            for child in list(run)[index + 1:]:
                run.remove(child)
            other = [child for child in clone if child.tag != f"{_W}rPr"][0]
            if edge == at:
                run.remove(piece)
            else:
                whole = piece.text
                piece.text, other.text = whole[: edge - at], whole[edge - at:]
                piece.set(_SPACE, "preserve")
                other.set(_SPACE, "preserve")
            run.addnext(clone)
            return
        at += size
