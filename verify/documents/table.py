"""Pairs in rows: TSV, CSV, JSON lines, Parquet."""

from __future__ import annotations

import csv
import io
import json
import re
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import BinaryIO

from ..text import InputError
from .columns import ROLES, Columns, Wanted, text_of
from .lines import LONGEST_LINE, lines, refuse
from .pairs import Pair, silent, stop_at, undamaged

_SEPARATOR = re.compile(r'"?sep=([^"\r\n])"?[\r\n]*', re.I)
Fault, Note = Callable[[InputError], None], Callable[[str], None]


def read_tsv(stream: BinaryIO, path: str, wanted: Wanted, fault: Fault = stop_at, note: Note = silent) -> Iterator[Pair]:
    """Tab-separated, no quoting (a quote mark is text). The first line is a header where it names both
    columns, where there are more than two and where the caller names them; without one, two columns are source and target,
    and `note` hears of it."""
    names: Columns | None = None
    for number, line in lines(stream, path, fault):
        cells = line.split("\t")
        if names is None:
            if len(cells) != 2 or wanted.named or wanted.heads(cells):
                names = _named(cells, wanted, path)
                continue
            names = Columns(0, 1)
            note(f"no header: line {number} was taken as a pair")
        if not line:
            continue
        if said := names.wrong(cells):
            fault(InputError(path, said, "Mend the line: tabs separate the columns", line=number))
        else:
            yield names.pair(cells, number)


def _named(cells: list[str], wanted: Wanted, path: str) -> Columns:
    """The columns that a header of a TSV names. Raises InputError; with the cure where the line is of another format."""
    try:
        return wanted.columns(cells, path)
    except InputError as wrong:
        other = "jsonl" if cells[0].lstrip().startswith("{") else "csv" if len(cells) == 1 and re.search("[,;]", cells[0]) else ""
        if other:
            raise InputError(path, f"looks like {other.upper()} and is read as TSV", f"Give --input-format {other}", line=1) from None
        raise wrong


def read_csv(stream: BinaryIO, path: str, wanted: Wanted, fault: Fault = stop_at, note: Note = silent) -> Iterator[Pair]:
    """CSV (RFC 4180) with a header line. The delimiter is the comma, semicolon or tab of which the header has most,
    or what a line `sep=` before it says (Excel's)."""
    text = io.TextIOWrapper(stream, "utf-8-sig", errors="surrogateescape", newline="")
    header, above = text.readline(LONGEST_LINE), 1
    refuse(header.encode("utf-8", "surrogateescape"), path)
    if said := _SEPARATOR.fullmatch(header):
        header, above = text.readline(LONGEST_LINE), 2
    delimiter = said[1] if said else max(",;\t", key=header.count)
    names = wanted.columns(next(csv.reader([header], delimiter=delimiter), []), path)
    # Strict: a quote mark that is never closed would take all rows after it into its cell.
    rows = csv.reader(_short_lines(text, path, fault, above), delimiter=delimiter, strict=True)
    while True:
        line = rows.line_num + above + 1  # where the row begins: a cell can hold line ends
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as wrong:
            fault(InputError(path, str(wrong), "Mend the row: a quote mark inside quotes is doubled, and each is closed", line=line))
            continue
        except (EOFError, zlib.error) as wrong:
            raise InputError(path, f"the compressed file ends too soon or is damaged ({wrong})", "Fetch it again", line=rows.line_num + above) from wrong
        if not row:
            continue
        if said := names.wrong(row) or _no_text(row[names.source] + row[names.target]):
            fault(InputError(path, said, "Mend the row", line=line))
        else:
            yield names.pair(row, line)


def _short_lines(text: io.TextIOWrapper, path: str, fault: Fault, number: int) -> Iterator[str]:
    """The lines after the first `number`, with their ends; one that is too long is told of and an empty one stands for it."""
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
    fields = lru_cache(maxsize=4)(partial(_fields, wanted))  # most objects have the names of the one before
    for number, line in lines(stream, path, fault):
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
        names = fields(tuple(name for name, value in row.items() if isinstance(value, str)))
        if None in names:
            without = getattr(wanted, ROLES[names.index(None)])
            fault(InputError(path, f"no text under {without!r}", "Name the fields with --source-column and --target-column", line=number))
        else:
            yield Pair(row[names[0]], row[names[1]], number, text_of(row.get("id")))


def _fields(wanted: Wanted, names: tuple[str, ...]) -> list[str | None]:
    """Which of these fields of an object hold the two texts."""
    spelled = {name.strip().lower(): name for name in names} | {name: name for name in names}
    return [spelled.get(next(wanted.known([*spelled], role), None)) for role in ROLES]


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
            yield Pair(a, b, place, text_of(identity[0]) if identity else "")
