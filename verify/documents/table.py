"""Pairs in rows: TSV, CSV, JSON lines, Parquet."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from ..text import InputError
from .columns import ROLES, Columns, Wanted
from .pairs import Pair, silent, stop_at, undamaged

LONGEST_LINE = 1 << 24  # bytes; a longer one is no sentence pair, and would fill the memory
Fault, Note = Callable[[InputError], None], Callable[[str], None]

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_PACKED = {b"\x1f\x8b": ".gz", b"\xfd7zXZ\0": ".xz", b"\x28\xb5\x2f\xfd": ".zst", b"PK\3\4": ".xlsx"}  # by their first bytes


def _refuse(head: bytes, path: str) -> None:
    """Raises InputError for a beginning of which every line would be told of as no UTF-8."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InputError(path, "not UTF-8 but UTF-16", "Convert the file to UTF-8", line=1)
    if packed := next((suffix for magic, suffix in _PACKED.items() if head.startswith(magic)), ""):
        raise InputError(path, "not UTF-8: it is packed", f"Name it so: {path}{packed}" if packed != ".xlsx" else "Name it .xlsx, or unzip it", line=1)


def _ahead(stream: BinaryIO) -> bytes:
    """Some bytes that are still to be read, where the stream can show them."""
    return stream.peek(4096) if hasattr(stream, "peek") else b""


def _lines(stream: BinaryIO, path: str, fault: Fault) -> Iterator[tuple[int, str]]:
    number = 0
    try:
        while raw := stream.readline(LONGEST_LINE):
            number += 1
            if number == 1:
                _refuse(raw, path)
            if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
                while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
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


def read_tsv(stream: BinaryIO, path: str, wanted: Wanted, fault: Fault = stop_at, note: Note = silent) -> Iterator[Pair]:
    """Tab-separated, no quoting (a quote mark is text). The first line is a header where it names both
    columns, where there are more than two and where the caller names them; without one, two columns are source and target,
    and `note` hears of it."""
    names: Columns | None = None
    for number, line in _lines(stream, path, fault):
        cells = line.split("\t")
        if names is None:
            if len(cells) != 2 or wanted.named or wanted.heads(cells):
                names = wanted.columns(cells, path)
                continue
            names = Columns(0, 1)
            note(f"no header: line {number} was taken as a pair")
        if not line:
            continue
        if said := names.wrong(cells):
            fault(InputError(path, said, "Mend the line: tabs separate the columns", line=number))
        else:
            yield names.pair(cells, number)


def read_csv(stream: BinaryIO, path: str, wanted: Wanted, fault: Fault = stop_at, note: Note = silent) -> Iterator[Pair]:
    """CSV (RFC 4180) with a header line; the delimiter is a comma, or a semicolon if the header has more of those."""
    text = io.TextIOWrapper(stream, "utf-8-sig", errors="surrogateescape", newline="")
    header = text.readline(LONGEST_LINE)
    _refuse(header.encode("utf-8", "surrogateescape"), path)
    delimiter = ";" if header.count(";") > header.count(",") else ","
    names = wanted.columns(next(csv.reader([header], delimiter=delimiter), []), path)
    # Strict: a quote mark that is never closed would take all rows after it into its cell.
    rows = csv.reader(_short_lines(text, path, fault), delimiter=delimiter, strict=True)
    while True:
        line = rows.line_num + 2  # where the row begins: a cell can hold line ends
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as wrong:
            fault(InputError(path, str(wrong), "Mend the row: a quote mark inside quotes is doubled, and each is closed", line=line))
            continue
        except (EOFError, zlib.error) as wrong:
            raise InputError(path, f"the compressed file ends too soon or is damaged ({wrong})", "Fetch it again", line=rows.line_num + 1) from wrong
        if not row:
            continue
        if said := names.wrong(row) or _no_text(row[names.source] + row[names.target]):
            fault(InputError(path, said, "Mend the row", line=line))
        else:
            yield names.pair(row, line)


def _short_lines(text: io.TextIOWrapper, path: str, fault: Fault) -> Iterator[str]:
    """Lines with their ends; one that is too long is told of and an empty one stands for it."""
    number = 1
    while line := text.readline(LONGEST_LINE):
        number += 1
        whole = True
        while len(line) == LONGEST_LINE and not line.endswith(("\n", "\r")):
            whole, line = False, text.readline(LONGEST_LINE)
        if not whole:
            fault(InputError(path, f"a line of more than {LONGEST_LINE >> 20} MB", "Mend the line", line=number))
        yield line if whole else "\n"


def _no_text(cells: str) -> str:
    if "\0" in cells:
        return "a NUL byte: this is no text"
    return "not UTF-8" if any("\ud800" <= char <= "\udfff" for char in cells) else ""


def read_jsonl(stream: BinaryIO, path: str, wanted: Wanted, fault: Fault = stop_at, note: Note = silent) -> Iterator[Pair]:
    """One JSON object a line; `id` is kept when there is one."""
    for number, line in _lines(stream, path, fault):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as wrong:  # a number of thousands of digits is no JSONDecodeError
            fault(InputError(path, f"no JSON object ({str(wrong)[:80]})", "Give one object a line", line=number))
            continue
        if not isinstance(row, dict):
            fault(InputError(path, "no JSON object", "Give one object a line", line=number))
            continue
        texts = {name: value for name, value in row.items() if isinstance(value, str)}
        texts = {name.strip().lower(): value for name, value in texts.items()} | texts
        names = [next(wanted.known([*texts], role), None) for role in ROLES]
        if None in names:
            without = getattr(wanted, ROLES[names.index(None)])
            fault(InputError(path, f"no text under {without!r}", "Name the fields with --source-column and --target-column", line=number))
        else:
            yield Pair(texts[names[0]], texts[names[1]], number, "" if row.get("id") is None else str(row["id"]))


def read_parquet(stream: BinaryIO, path: str, wanted: Wanted, fault: Fault = stop_at, note: Note = silent) -> Iterator[Pair]:
    """Apache Parquet, a row group at a time."""
    try:
        import pyarrow.parquet as parquet
        from pyarrow import ArrowInvalid
    except ImportError as wrong:
        raise InputError(path, "Parquet needs pyarrow", "Install it: pip install 'verify-translation[audit]'") from wrong
    if path == "-":
        stream = io.BytesIO(stream.read())
    try:
        file = parquet.ParquetFile(stream)
    except ArrowInvalid as wrong:
        raise InputError(path, f"no Parquet file ({str(wrong)[:80]})", "Check what wrote it") from wrong
    found = wanted.columns(file.schema_arrow.names, path)
    ours = [found.source, found.target, *([] if found.id is None else [found.id])]
    names = [file.schema_arrow.names[c] for c in ours]
    rows = (row for batch in file.iter_batches(batch_size=4096, columns=names) for row in zip(*(batch.column(name).to_pylist() for name in names)))
    for place, (a, b, *identity) in undamaged(rows, path):
        # An empty text is one; a null says that nobody knows, as in JSON lines.
        without = next((name for name, value in zip(names, (a, b)) if not isinstance(value, str)), None)
        if without is not None:
            fault(InputError(path, f"no text under {without!r}", "Fill the row, or name columns of text with --source-column and --target-column", line=place))
        else:
            yield Pair(a, b, place, _cell(identity[0]) if identity else "")


def _cell(value: object) -> str:
    return "" if value is None else str(value)
