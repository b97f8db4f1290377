"""Pairs in rows: TSV, CSV, JSON lines, Parquet, XLSX."""

from __future__ import annotations

import csv
import io
import json
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from ..text import InputError
from .pairs import Pair, stop_at

LONGEST_LINE = 1 << 24  # bytes; a longer one is no sentence pair, and would fill the memory
Fault = Callable[[InputError], None]

# Names that people give the two columns, tried when the ones asked for are not there.
ALIASES = {"source": ("source", "src", "zh", "original"), "target": ("target", "tgt", "trg", "en", "translation", "mt", "hyp")}


def _columns(header: list[str], source: str, target: str, path: str) -> tuple[int, int]:
    lowered = [name.strip().lower().lstrip("\ufeff") for name in header]
    found = []
    for wanted, role in ((source, "source"), (target, "target")):
        names = (wanted.lower(), *(ALIASES[role] if wanted == role else ()))
        place = next((lowered.index(name) for name in names if name in lowered), None)
        if place is None:
            raise InputError(path, f"no column {wanted!r} among {', '.join(header)[:200]}",
                             "Name the columns with --source-column and --target-column", line=1)
        found.append(place)
    return found[0], found[1]


def _lines(stream: BinaryIO, path: str, fault: Fault) -> Iterator[tuple[int, str]]:
    number = 0
    try:
        while raw := stream.readline(LONGEST_LINE):
            number += 1
            if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
                while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                    pass
                fault(InputError(path, f"a line of more than {LONGEST_LINE >> 20} MB", "Mend the line", line=number))
                continue
            try:
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as wrong:
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


def read_tsv(stream: BinaryIO, path: str, source: str, target: str, fault: Fault = stop_at) -> Iterator[Pair]:
    """Tab-separated, no quoting (a quote mark is text). A first line that names both columns is a header;
    without one, two columns are source and target."""
    columns: tuple[int, int] | None = None
    for number, line in _lines(stream, path, fault):
        cells = line.split("\t")
        if columns is None:
            lowered = {cell.strip().lower() for cell in cells}
            if lowered & {source, *ALIASES["source"]} and lowered & {target, *ALIASES["target"]}:
                columns = _columns(cells, source, target, path)
                continue
            if len(cells) != 2 or (source, target) != ("source", "target"):
                columns = _columns(cells, source, target, path)
            columns = (0, 1)
        if not line:
            continue
        if len(cells) <= max(columns):
            fault(InputError(path, f"{len(cells)} column(s), expected at least {max(columns) + 1}", "Mend the line: tabs separate the columns", line=number))
            continue
        yield Pair(cells[columns[0]], cells[columns[1]], number)


def read_csv(stream: BinaryIO, path: str, source: str, target: str, fault: Fault = stop_at) -> Iterator[Pair]:
    """CSV (RFC 4180) with a header line; the delimiter is a comma, or a semicolon if the header has more of those."""
    text = io.TextIOWrapper(stream, "utf-8-sig", errors="surrogateescape", newline="")
    header = text.readline(LONGEST_LINE)
    delimiter = ";" if header.count(";") > header.count(",") else ","
    columns = _columns(next(csv.reader([header], delimiter=delimiter), []), source, target, path)
    rows = csv.reader(_short_lines(text, path, fault), delimiter=delimiter)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as wrong:
            fault(InputError(path, str(wrong), "Mend the row", line=rows.line_num + 1))
            continue
        except (EOFError, zlib.error) as wrong:
            raise InputError(path, f"the compressed file ends too soon or is damaged ({wrong})", "Fetch it again", line=rows.line_num + 1) from wrong
        if not row:
            continue
        said = wrong_row(row, columns)
        if said:
            fault(InputError(path, said, "Mend the row", line=rows.line_num + 1))
        else:
            yield Pair(row[columns[0]], row[columns[1]], rows.line_num + 1)


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


def wrong_row(row: list[str], columns: tuple[int, int]) -> str:
    """What is the matter with a CSV row; nothing mostly."""
    if len(row) <= max(columns):
        return f"{len(row)} column(s), expected at least {max(columns) + 1}"
    cells = row[columns[0]] + row[columns[1]]
    if "\0" in cells:
        return "a NUL byte: this is no text"
    if any("\ud800" <= char <= "\udfff" for char in cells):
        return "not UTF-8"
    return ""


def read_jsonl(stream: BinaryIO, path: str, source: str, target: str, fault: Fault = stop_at) -> Iterator[Pair]:
    """One JSON object a line; `id` is kept when there is one."""
    for number, line in _lines(stream, path, fault):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as wrong:
            fault(InputError(path, f"no JSON object ({str(wrong)[:80]})", "Give one object a line", line=number))
            continue
        if not isinstance(row, dict):
            fault(InputError(path, "no JSON object", "Give one object a line", line=number))
            continue
        values = []
        for wanted, role in ((source, "source"), (target, "target")):
            name = next((n for n in (wanted, *(ALIASES[role] if wanted == role else ())) if isinstance(row.get(n), str)), None)
            if name is None:
                fault(InputError(path, f"no text under {wanted!r}", "Name the fields with --source-column and --target-column", line=number))
                break
            values.append(row[name])
        if len(values) == 2:
            yield Pair(values[0], values[1], number, "" if row.get("id") is None else str(row["id"]))


def read_parquet(stream: BinaryIO, path: str, source: str, target: str, fault: Fault = stop_at) -> Iterator[Pair]:
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
    columns = _columns(file.schema_arrow.names, source, target, path)
    names = [file.schema_arrow.names[c] for c in columns]
    place = 0
    for batch in file.iter_batches(batch_size=4096, columns=names):
        for a, b in zip(batch.column(names[0]).to_pylist(), batch.column(names[1]).to_pylist()):
            place += 1
            # An empty text is one; a null says that nobody knows, as in JSON lines.
            without = next((name for name, value in zip(names, (a, b)) if not isinstance(value, str)), None)
            if without is not None:
                fault(InputError(path, f"no text under {without!r}", "Fill the row, or name columns of text with --source-column and --target-column", line=place))
            else:
                yield Pair(a, b, place)


def read_xlsx(stream: BinaryIO, path: str, source: str, target: str, fault: Fault = stop_at) -> Iterator[Pair]:
    """The first sheet of a workbook, its first row the header."""
    try:
        from openpyxl import load_workbook
    except ImportError as wrong:
        raise InputError(path, "XLSX needs openpyxl", "Install it: pip install 'verify-translation[office]'") from wrong
    try:
        book = load_workbook(io.BytesIO(stream.read()), read_only=True, data_only=True)
    except Exception as wrong:  # openpyxl raises whatever zipfile or its XML reader raised
        raise InputError(path, f"no XLSX workbook ({str(wrong)[:80]})", "Save it as .xlsx or .csv") from wrong
    rows = book.worksheets[0].iter_rows(values_only=True)
    columns = _columns([str(cell or "") for cell in next(rows, ())], source, target, path)
    for number, row in enumerate(rows, 2):
        a, b = row[columns[0]], row[columns[1]]
        if a or b:
            yield Pair(str(a or ""), str(b or ""), number)
