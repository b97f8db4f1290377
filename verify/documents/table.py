"""Pairs in rows: TSV, CSV, JSON lines, Parquet, XLSX."""

from __future__ import annotations

import csv
import io
import json
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from ..text import InputError
from .pairs import Pair

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


def _lines(stream: BinaryIO, path: str) -> Iterator[tuple[int, str]]:
    number = 0
    try:
        for number, raw in enumerate(stream, 1):
            try:
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as fault:
                raise InputError(path, f"not UTF-8 (byte {fault.start} of the line)", "Convert the file to UTF-8", line=number) from fault
            if "\0" in line:
                raise InputError(path, "a NUL byte: this is no text", "Check what wrote the file", line=number)
            yield number, line.rstrip("\r\n")
    except (EOFError, zlib.error) as fault:
        raise InputError(path, f"the compressed file ends too soon or is damaged ({fault})", "Fetch it again", line=number + 1) from fault


def read_tsv(stream: BinaryIO, path: str, source: str, target: str) -> Iterator[Pair]:
    """Tab-separated, no quoting (a quote mark is text). A first line that names both columns is a header;
    without one, two columns are source and target."""
    columns: tuple[int, int] | None = None
    empty = True
    for number, line in _lines(stream, path):
        empty = False
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
            raise InputError(path, f"{len(cells)} column(s), expected at least {max(columns) + 1}", "Mend the line: tabs separate the columns", line=number)
        yield Pair(cells[columns[0]], cells[columns[1]], number)
    if empty:
        raise InputError(path, "empty", "Give lines of source<TAB>target")


def read_csv(stream: BinaryIO, path: str, source: str, target: str) -> Iterator[Pair]:
    """CSV (RFC 4180) with a header line; the delimiter is a comma, or a semicolon if the header has more of those."""
    text = io.TextIOWrapper(stream, "utf-8-sig", newline="")
    try:
        header = text.readline()
        delimiter = ";" if header.count(";") > header.count(",") else ","
        columns = _columns(next(csv.reader([header], delimiter=delimiter), []), source, target, path)
        rows = csv.reader(text, delimiter=delimiter)
        for row in rows:
            if not row:
                continue
            if len(row) <= max(columns):
                raise InputError(path, f"{len(row)} column(s), expected at least {max(columns) + 1}", "Mend the row", line=rows.line_num + 1)
            yield Pair(row[columns[0]], row[columns[1]], rows.line_num + 1)
    except UnicodeDecodeError as fault:
        raise InputError(path, f"not UTF-8 ({fault.reason})", "Convert the file to UTF-8") from fault
    except csv.Error as fault:
        raise InputError(path, str(fault), "Mend the row", line=rows.line_num + 1) from fault


def read_jsonl(stream: BinaryIO, path: str, source: str, target: str) -> Iterator[Pair]:
    """One JSON object a line; `id` is kept when there is one."""
    for number, line in _lines(stream, path):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as fault:
            raise InputError(path, f"no JSON object ({str(fault)[:80]})", "Give one object a line", line=number) from fault
        if not isinstance(row, dict):
            raise InputError(path, "no JSON object", "Give one object a line", line=number)
        values = []
        for wanted, role in ((source, "source"), (target, "target")):
            name = next((n for n in (wanted, *(ALIASES[role] if wanted == role else ())) if isinstance(row.get(n), str)), None)
            if name is None:
                raise InputError(path, f"no text under {wanted!r}", "Name the fields with --source-column and --target-column", line=number)
            values.append(row[name])
        yield Pair(values[0], values[1], number, str(row.get("id", "")))


def read_parquet(stream: BinaryIO, path: str, source: str, target: str) -> Iterator[Pair]:
    """Apache Parquet, a row group at a time."""
    try:
        import pyarrow.parquet as parquet
        from pyarrow import ArrowInvalid
    except ImportError as fault:
        raise InputError(path, "Parquet needs pyarrow", "Install it: pip install 'verify-translation[audit]'") from fault
    if path == "-":
        stream = io.BytesIO(stream.read())
    try:
        file = parquet.ParquetFile(stream)
    except ArrowInvalid as fault:
        raise InputError(path, f"no Parquet file ({str(fault)[:80]})", "Check what wrote it") from fault
    columns = _columns(file.schema_arrow.names, source, target, path)
    names = [file.schema_arrow.names[c] for c in columns]
    place = 0
    for batch in file.iter_batches(batch_size=4096, columns=names):
        for a, b in zip(batch.column(names[0]).to_pylist(), batch.column(names[1]).to_pylist()):
            place += 1
            yield Pair(a or "", b or "", place)


def read_xlsx(stream: BinaryIO, path: str, source: str, target: str) -> Iterator[Pair]:
    """The first sheet of a workbook, its first row the header."""
    try:
        from openpyxl import load_workbook
    except ImportError as fault:
        raise InputError(path, "XLSX needs openpyxl", "Install it: pip install 'verify-translation[office]'") from fault
    try:
        book = load_workbook(io.BytesIO(stream.read()), read_only=True, data_only=True)
    except Exception as fault:  # openpyxl raises whatever zipfile or its XML reader raised
        raise InputError(path, f"no XLSX workbook ({str(fault)[:80]})", "Save it as .xlsx or .csv") from fault
    rows = book.worksheets[0].iter_rows(values_only=True)
    columns = _columns([str(cell or "") for cell in next(rows, ())], source, target, path)
    for number, row in enumerate(rows, 2):
        a, b = row[columns[0]], row[columns[1]]
        if a or b:
            yield Pair(str(a or ""), str(b or ""), number)
