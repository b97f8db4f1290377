"""The bytes of a file, refused early when they are no text this room can read."""

from __future__ import annotations

import math
import os
import re
import sys
from pathlib import Path

from ..text import InputError

MAX_BYTES = 50_000_000
TEXT_FORMATS = "Give plain text, Markdown, HTML, DOCX or SRT"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f]")

# What a file begins with, what that is, and what to do about it.
_MAGIC = (
    (b"%PDF-", "a PDF", "Save the text of the article as .txt, .html or .docx"),
    (b"\xd0\xcf\x11\xe0", "an old .doc file or an encrypted one", "Open it in a word processor and save it as .docx without password"),
    (b"{\\rtf", "an RTF file", "Open it in a word processor and save it as .docx"),
    (b"\x89PNG", "a PNG picture", "Type its text into a file"),
    (b"\xff\xd8\xff", "a JPEG picture", "Type its text into a file"),
    (b"GIF8", "a GIF picture", "Type its text into a file"),
    (b"\x1f\x8b", "a gzip archive", "Unpack it"),
    (b"\xfd7zXZ\0", "an xz archive", "Unpack it"),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it"),
    (b"Rar!", "a RAR archive", "Unpack it"),
    (b"PAR1", "a Parquet table", "Use it with verify score or verify audit"),
    (b"\x7fELF", "a program", "Name a text file"),
)
_ZIPPED = (
    ("word/document.xml", "docx", "", ""),
    ("xl/workbook.xml", "", "an Excel workbook", "Use it with verify score or verify audit, or save it as .txt"),
    ("ppt/presentation.xml", "", "a PowerPoint file", "Save its text as .docx or .txt"),
    ("META-INF/container.xml", "", "an EPUB book", "Save its chapter as .html or .txt"),
    ("content.xml", "", "an OpenDocument file", "Save it as .docx"),
)
_ARCHIVE = ("Content-Location:", "multipart/related")


def read_bytes(path: str | Path) -> bytes:
    """The file's content; "-" is standard input.

    Raises InputError: missing, a folder, not readable, empty, over MAX_BYTES (found before it is read).
    """
    if str(path) == "-":
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
        place = "stdin"
    else:
        place, data = str(path), _from_disk(Path(path))
    if len(data) > MAX_BYTES:
        raise _too_large(place, None)
    if not data:
        raise InputError(place, "is empty", "Give a file with text")
    return data


def _from_disk(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise InputError(path, "is a folder, not a file", "Name the text file in it")
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > MAX_BYTES:
                raise _too_large(path, size)
            return stream.read(MAX_BYTES + 1)  # a pipe has size 0 and any length
    except FileNotFoundError:
        raise InputError(path, "no such file", "Check the name") from None
    except ValueError as fault:  # a NUL in the name
        raise InputError(repr(str(path)), f"is no file name ({fault})", "Check the name") from None
    except OSError as fault:
        raise InputError(path, f"cannot be read ({fault.strerror})", "Check its permissions") from None


def _too_large(place: str | Path, size: int | None) -> InputError:
    how_large = f"{math.ceil(size / 1e6)} MB" if size else "more"  # up: not "50 MB, the limit is 50 MB"
    return InputError(place, f"is too large: {how_large}, the limit is {MAX_BYTES // 1_000_000} MB",
                      "Split it, or use verify audit for whole corpora")


def container(data: bytes, place: str | Path) -> str:
    """"docx", or "" for text. Raises InputError that names any other known format."""
    for magic, what, cure in _MAGIC:
        if data.startswith(magic):
            raise InputError(place, f"is {what}, not text", cure)
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data, place)
    head = data[:2048].decode("latin-1")
    if head.startswith(("From: <Saved by", "MIME-Version:")) and any(mark in head for mark in _ARCHIVE):
        raise InputError(place, "is a web archive (MHTML)", 'Save the page as "Web page, HTML only"')
    return ""


def _zipped(data: bytes, place: str | Path) -> str:
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as fault:
        raise InputError(place, f"is a damaged zip file ({fault})", "Fetch or save it again") from None
    for name, kind, what, cure in _ZIPPED:
        if name in names:
            if kind:
                return kind
            raise InputError(place, f"is {what}, not a text", cure)
    raise InputError(place, "is a zip archive, not a text", "Unpack it")


def refuse_binary(text: str, place: str | Path) -> None:
    """Raises InputError for decoded text with more than one control character in fifty."""
    head = text[:65536]
    controls = _CONTROL.findall(head)
    if len(controls) * 50 > len(head):
        raise InputError(place, "is binary, not text", TEXT_FORMATS)
