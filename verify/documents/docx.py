"""DOCX: the paragraphs of the document, its tables and its notes, read straight from the zip.

python-docx would not skip tracked deletions nor read notes, so the parts are read here, with limits.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from ..text import InputError
from .block import HEADING, TEXT, Block, whole

MAX_PART = 100_000_000  # bytes of one part after unpacking
MAX_RATIO = 200  # of unpacked to packed size, for parts over a megabyte; Word's own stay under 40
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
NOT_TEXT = {"del", "moveFrom", "Fallback", "instrText", "delText", "rPrChange", "pPrChange"}
_CURE = "Open it in a word processor and save it again as .docx"


def read(data: bytes, place: str | Path) -> tuple[str, list[Block]]:
    """The text (paragraphs joined by line feeds) and its blocks.

    Raises InputError: no zip file, damaged or encrypted, too large unpacked, entities or a DTD in the XML.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            headings = _heading_styles(_part(archive, "word/styles.xml", place), place)
            paragraphs = [p for name in _PARTS for p in _paragraphs(_part(archive, name, place), headings, f"{place}!{name}")]
    except zipfile.BadZipFile as fault:
        raise InputError(place, f"is no DOCX: {fault}", _CURE) from None
    text = "\n".join(words for words, _ in paragraphs)
    blocks, start = [], 0
    for words, kind in paragraphs:
        blocks.append(whole(text, start, start + len(words), kind))
        start += len(words) + 1
    return text, [block for block in blocks if block]


def _part(archive: zipfile.ZipFile, name: str, place: str | Path) -> bytes:
    """A part's bytes, b"" when it is not there. The sizes that the archive states are not trusted."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        return b""
    limit = max(1_000_000, min(MAX_PART, MAX_RATIO * info.compress_size))
    try:
        with archive.open(info) as stream:
            data = stream.read(limit + 1)
    except (RuntimeError, NotImplementedError, OSError, EOFError, zlib.error) as fault:
        raise InputError(f"{place}!{name}", f"cannot be unpacked ({fault})", _CURE) from None
    if len(data) > limit:
        raise InputError(f"{place}!{name}", f"unpacks to more than {limit // 1_000_000} MB from {info.compress_size} bytes: a zip bomb",
                         "Do not open it; ask the sender for the text")
    return data


def whole_unpacks(path: Path) -> None:
    """For who will unpack all of a file, pictures too. Raises InputError where a part is a zip bomb or cannot be unpacked."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            _part(archive, name, path)


def _events(data: bytes, place: str) -> Iterator[tuple[str, str, object]]:
    """(event, local name, element) of a part without DTD, freed as it is read."""
    from lxml import etree

    if not data:
        return
    try:
        for event, element in etree.iterparse(io.BytesIO(data), events=("start", "end"), resolve_entities=False, no_network=True,
                                              load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True):
            if element.getparent() is None and event == "start" and element.getroottree().docinfo.doctype:
                raise InputError(place, "declares a document type, which may hold entities; Word writes none", _CURE)
            name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
            yield event, name, element
            if event == "end" and name in ("p", "tr"):
                element.clear()
    except etree.XMLSyntaxError as fault:
        raise InputError(place, f"broken XML ({fault.msg})", _CURE) from None


def _paragraphs(data: bytes, headings: frozenset[str], place: str) -> Iterator[tuple[str, str]]:
    """(text, kind) of each paragraph. One inside another (a text box) comes before it."""
    texts: list[list[str]] = []
    kinds: list[str] = []
    skipped = 0
    for event, name, element in _events(data, place):
        if event == "start":
            skipped += name in NOT_TEXT
            if name == "p" and not skipped and not is_drawing(element):
                texts.append([])
                kinds.append(TEXT)
        else:
            skipped -= name in NOT_TEXT
            if skipped or not texts or is_drawing(element):
                continue
            if name == "t":
                texts[-1].append(element.text or "")
            elif name in BREAKS and element.getparent().tag.endswith("}r"):
                texts[-1].append(BREAKS[name])
            elif name == "pStyle" and _value(element) in headings or name == "outlineLvl" and _value(element) in "012345678":
                kinds[-1] = HEADING
            elif name == "p":
                words = "".join(texts.pop()).strip("\n")
                kind = kinds.pop()
                if words.strip():
                    yield words, kind


def is_drawing(element) -> bool:
    """Whether an element is of DrawingML (a picture's caption inside a chart), whose p and t are not Word's."""
    return "drawingml" in element.tag


def _value(element) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("}val")), "")


def _heading_styles(data: bytes, place: str | Path) -> frozenset[str]:
    """Ids of the styles named heading 1-9 or title; Word keeps these names in every language, the ids not."""
    found, current = set(), ""
    for event, name, element in _events(data, f"{place}!word/styles.xml"):
        if event == "start" and name == "style":
            current = next((value for key, value in element.attrib.items() if key.endswith("}styleId")), "")
        elif event == "end" and name == "name":
            style = _value(element).lower()
            if style.startswith("heading ") or style in ("title", "subtitle"):
                found.add(current)
    return frozenset(found)
