"""Sentence pairs from any table or exchange format, read as a stream.

`read_pairs` picks the reader by name; each kind of format has a file of its own (`table`, `workbook`, `tmx`, `xliff`).
"""

from __future__ import annotations

import codecs
import lzma
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..text import InputError

COMPRESSED = {".gz": "gzip", ".xz": "lzma", ".bz2": "bz2", ".zst": "zstd"}
DAMAGE = (EOFError, OSError, lzma.LZMAError, zlib.error)  # what reading a damaged file raises
READERS = {
    ".tsv": "table:read_tsv", ".txt": "table:read_tsv", ".csv": "table:read_csv", ".jsonl": "table:read_jsonl",
    ".ndjson": "table:read_jsonl", ".parquet": "table:read_parquet", ".xlsx": "workbook:read_xlsx",
    ".tmx": "tmx:read_tmx", ".xlf": "xliff:read_xliff", ".xliff": "xliff:read_xliff",
}
FIRST = 50  # pairs of a file that tell which languages its columns are in
LONGEST = 5_000  # characters of a side: the checks compare every word with every other, which takes five seconds there


@dataclass(frozen=True)
class Pair:
    """One source text and its translation. `place` is its line or unit number in the file, from 1."""

    source: str
    target: str
    place: int
    id: str = ""


@dataclass
class PassedOver:
    """Units of TMX and XLIFF that are no pair: counted, for a memory has many and none is a fault."""

    without_target: int = 0
    other_languages: int = 0

    def __str__(self) -> str:
        said = (("without target", self.without_target), ("in other languages", self.other_languages))
        return ", ".join(f"{what}: {count}" for what, count in said if count)

    def nothing(self, source_language: str, target_language: str) -> str:
        """What to say where there was no pair beside them."""
        return f"holds no pairs from {source_language} to {target_language}" + (f" ({self})" if str(self) else "")


def format_of(path: str) -> str:
    """The reader's suffix for a file name, compression set aside. Raises InputError for an unknown one."""
    suffixes = [s.lower() for s in Path(path).suffixes]
    if suffixes and suffixes[-1] in COMPRESSED:
        suffixes.pop()
    if suffixes and suffixes[-1] in READERS:
        return suffixes[-1]
    raise InputError(path, "the name does not say what format the pairs are in",
                     "Use .tsv, .csv, .jsonl, .parquet, .xlsx, .tmx or .xliff, or give --input-format")


@contextmanager
def opened(path: str) -> Iterator:
    """Binary stream of a file, decompressed; "-" is standard input."""
    if path == "-":
        yield sys.stdin.buffer
        return
    file = Path(path)
    if not file.exists():
        raise InputError(path, "no such file", "Check the name")
    if file.is_dir():
        raise InputError(path, "a folder, not a file of pairs", "Name a file in it")
    module = COMPRESSED.get(file.suffix.lower())
    if module and file.is_file() and _is_text(file):  # of a pipe nothing can be read twice
        raise InputError(path, "is not compressed, whatever its name says", f"Name it without {file.suffix}")
    if module == "zstd":
        stream = _zstd(file)
    elif module:
        from importlib import import_module

        stream = import_module(module).open(file, "rb")
    else:
        stream = file.open("rb")
    with stream:
        yield stream


def _is_text(file: Path) -> bool:
    with file.open("rb") as stream:
        head = stream.read(512)
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)  # a character may be cut at the end
    except UnicodeDecodeError:
        return False
    return bool(text) and all(char.isprintable() or char in "\t\r\n\ufeff" for char in text)


def _zstd(file: Path):
    try:
        import pyarrow
    except ImportError as fault:
        raise InputError(file, "zst needs pyarrow", "Install it: pip install 'verify-translation[audit]'") from fault
    import io

    return io.BufferedReader(pyarrow.input_stream(str(file), compression="zstd"), 1 << 18)


def unusable(pair: Pair) -> str:
    """Why the texts of a pair are no text, or no segments; or nothing."""
    whole = pair.source + pair.target + pair.id
    if "\0" in whole:
        return "a NUL byte: this is no text"
    if any("\ud800" <= char <= "\udfff" for char in whole):
        return "half a surrogate pair: this is no text"
    if (longest := max(len(pair.source), len(pair.target))) > LONGEST:
        return f"{longest:,} characters on a side, no pair of segments (the limit is {LONGEST:,}): `verify align` cuts texts into pairs"
    return ""


def stop_at(fault: InputError) -> None:
    """The usual answer to a bad row: do not go on."""
    raise fault


def silent(note: str) -> None:
    """The usual answer to a note: nobody asked."""


def undamaged(rows: Iterable, path: str, first: int = 1) -> Iterator[tuple[int, Any]]:
    """Rows with their numbers, as far as they can be read."""
    number = first - 1
    try:
        for number, row in enumerate(rows, first):
            yield number, row
    except Exception as wrong:  # whatever Arrow, zipfile or the XML reader of openpyxl raised
        raise InputError(path, f"damaged after row {number} ({str(wrong)[:80]})", "Fetch it again", line=number + 1) from wrong


UNREAD = "the rest of the file was not read"  # how the fault that ends a file ends


def read_pairs(path: str, source: str = "source", target: str = "target", source_language: str = "zh",
               target_language: str = "en", input_format: str | None = None,
               on_fault: Callable[[InputError], None] = stop_at, passed: PassedOver | None = None,
               on_note: Callable[[str], None] = silent) -> Iterator[Pair]:
    """Pairs in file order. `source`/`target` name the columns of a table (by default other names that
    people give them are understood too), whose column `id` is kept; TMX and XLIFF pick by language, `passed` counts the rest.

    Raises InputError with file and line for what cannot be read. With `on_fault`, a bad row is told to it
    and passed over, and so is damage after the first row, which ends the file; a file that cannot be begun
    still raises. `on_note` hears, before the first pair, how a table was taken.
    """
    suffix = "." + input_format.lstrip(".") if input_format else (".tsv" if path == "-" else format_of(path))
    if suffix not in READERS:
        raise InputError(path, f"unknown format {suffix}", "Use " + ", ".join(sorted(READERS)))
    from importlib import import_module

    from .columns import Wanted

    module, name = READERS[suffix].split(":")
    wanted = Wanted(source, target, source_language, target_language)
    reader = getattr(import_module(f".{module}", __package__), name)
    begun = False

    def told(fault: InputError) -> None:
        nonlocal begun
        begun = True  # a bad row is a row
        on_fault(fault)

    with opened(path) as stream:
        try:
            pairs = (reader(stream, path, wanted, told, on_note) if module in ("table", "workbook")
                     else reader(stream, path, source_language, target_language, passed))
            for pair in pairs:
                begun = True
                yield pair
        except (*DAMAGE, InputError) as fault:
            if isinstance(fault, BrokenPipeError):
                raise
            if not isinstance(fault, InputError):
                fault = InputError(path, f"the file is cut short or damaged ({fault})", "Fetch it again")
            if not begun or on_fault is stop_at:
                raise fault from None
            on_fault(InputError(fault.place, f"{fault.what}; {UNREAD}", fault.cure, fault.line))
