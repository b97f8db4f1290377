"""The lines of a table in UTF-8, and what is told of one that is none."""

from __future__ import annotations

import codecs
import io
import re
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from ..text import InputError
from .encoding import unmarked_utf16

LONGEST_LINE = 1 << 24  # bytes; a longer one is no sentence pair, and would fill the memory

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_PACKED = {b"\x1f\x8b": ".gz", b"\xfd7zXZ\0": ".xz", b"\x28\xb5\x2f\xfd": ".zst", b"PK\3\4": ".xlsx"}  # by their first bytes
_MARKED = {codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF32_BE: "UTF-32", codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}  # a mark before its beginning


def refuse(head: bytes, path: str) -> None:
    """Raises InputError for a beginning of which every line would be told of as no UTF-8."""
    name = next((name for mark, name in _MARKED.items() if head.startswith(mark)), "UTF-16" if unmarked_utf16(head) else "")
    if name:
        raise InputError(path, f"not UTF-8 but {name}", "Convert the file to UTF-8", line=1)
    if packed := next((suffix for magic, suffix in _PACKED.items() if head.startswith(magic)), ""):
        raise InputError(path, "not UTF-8: it is packed", _unpacking(path, packed), line=1)


def _unpacking(path: str, suffix: str) -> str:
    """How to have a packed file read: a name says it, and standard input has none."""
    if suffix == ".xlsx":
        return "Give --input-format xlsx, or unzip it" if path == "-" else "Name it .xlsx, or unzip it"
    tool = {".gz": "gzip", ".xz": "xz", ".zst": "zstd"}[suffix]
    return f"Unpack it first: {tool} -dc" if path == "-" else f"Name it so: {path}{suffix}"


def _ahead(stream: BinaryIO) -> bytes:
    """Some bytes that are still to be read, where the stream can show them."""
    return stream.peek(4096) if hasattr(stream, "peek") else b""


def _raw(stream: BinaryIO) -> BinaryIO | _ReturnEnds:
    head = _ahead(stream)
    return _ReturnEnds(stream) if b"\r" in head and b"\n" not in head else stream


class _ReturnEnds:
    """Lines that end as on a Mac of old, which spreadsheets still write: with a carriage return alone."""

    def __init__(self, stream: BinaryIO):
        self.text = io.TextIOWrapper(stream, "latin-1", newline="")  # a byte a character, and any line end

    def readline(self, size: int) -> bytes:
        return self.text.readline(size).encode("latin-1")


def lines(stream: BinaryIO, path: str, fault: Callable[[InputError], None]) -> Iterator[tuple[int, str]]:
    """Lines without their ends, and their numbers from 1. Raises InputError for a file that is no text in UTF-8;
    `fault` hears of a line that is none."""
    number = 0
    try:
        ended = _raw(stream)
        while raw := ended.readline(LONGEST_LINE):
            number += 1
            if number == 1:
                refuse(raw, path)
            if len(raw) == LONGEST_LINE and not raw.endswith((b"\n", b"\r")):
                while (rest := ended.readline(LONGEST_LINE)) and not rest.endswith((b"\n", b"\r")):
                    pass
                fault(InputError(path, f"a line of more than {LONGEST_LINE >> 20} MB", "Mend the line", line=number))
                continue
            try:
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as wrong:
                if number == 1 and (_CONTROL.search(raw) or b"\0" in _ahead(stream)):  # else every line of a picture would be told of
                    raise InputError(path, "is binary, not text", "Give a table of pairs: TSV, CSV, JSONL, Parquet, XLSX, TMX or XLIFF", line=1) from None
                fault(InputError(path, f"not UTF-8 (byte {wrong.start} of the line)", "Convert the file to UTF-8", line=number))
                continue
            if "\0" in line:
                fault(InputError(path, "a NUL byte: this is no text", "Check what wrote the file", line=number))
                continue
            yield number, line.rstrip("\r\n")
        if not number:
            raise InputError(path, "empty", "Give one pair a line")
    except (EOFError, zlib.error) as wrong:
        raise InputError(path, f"the compressed file ends too soon or is damaged ({wrong})", "Fetch it again", line=number + 1) from wrong
