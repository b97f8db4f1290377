"""Pairs in the sheets of a workbook (XLSX)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from ..text import InputError
from .columns import Columns, Wanted, text_of
from .pairs import Pair, silent, stop_at, undamaged

LARGEST_BOOK = 1 << 28  # bytes of a workbook after unpacking; a full sheet of a million rows has some 100 MB
LAST_ROW = 1 << 20  # of a sheet, as Excel has it; a file can name any number, and the rows before it are counted one by one


def read_xlsx(stream: BinaryIO, path: str, wanted: Wanted, fault: Callable[[InputError], None] = stop_at,
              note: Callable[[str], None] = silent) -> Iterator[Pair]:
    """Every sheet whose first row has the two columns; `note` hears of the others. Rows below the first sheet's have
    the id `sheet!row` where they have none of their own: their number alone does not say which row it is."""
    try:
        from openpyxl import load_workbook
    except ImportError as wrong:
        raise InputError(path, "XLSX needs openpyxl", "Install it: pip install 'verify-translation[office]'") from wrong
    data = io.BytesIO(stream.read())
    try:
        unpacked = sum(part.file_size for part in zipfile.ZipFile(data).infolist())
    except zipfile.BadZipFile:
        unpacked = 0  # openpyxl says what is wrong with it
    if unpacked > LARGEST_BOOK:
        raise InputError(path, f"unpacks to {unpacked >> 20} MB: too much for a workbook", "Save it as .csv")
    try:
        sheets = load_workbook(data, read_only=True, data_only=True).worksheets
    except Exception as wrong:  # openpyxl raises whatever zipfile or its XML reader raised
        raise InputError(path, f"no XLSX workbook ({str(wrong)[:80]})", "Save it as .xlsx or .csv") from wrong
    taken: list[tuple[int, Columns | InputError]] = []
    left: list[tuple[str, InputError]] = []
    for number, sheet in enumerate(sheets):
        sheet.reset_dimensions()  # what the writer says of the size of a sheet is a hint, and often wrong
        try:
            _, row = next(undamaged(sheet.iter_rows(max_row=1, values_only=True), path), (1, ()))
        except InputError as wrong:
            taken.append((number, wrong))  # told of in its turn: the sheets before it are read
            continue
        header = [text_of(cell) for cell in row]
        if not any(header):
            continue  # an empty sheet is missed by nobody
        try:
            taken.append((number, wanted.columns(header, path)))
        except InputError as wrong:
            left.append((sheet.title, wrong))
    if not taken:
        raise left[0][1] if left else InputError(path, "empty", "Give a header and one pair a row")
    for title, wrong in left:
        note(f"sheet {title!r} was left out: {wrong.what}")
    for number, names in taken:
        if isinstance(names, InputError):
            raise names
        yield from _pairs(sheets[number], names, path, fault, _Formulas(data, number), named=number > 0)


def _pairs(sheet, names: Columns, path: str, fault: Callable[[InputError], None], formulas: _Formulas, named: bool) -> Iterator[Pair]:
    where = f"sheet {sheet.title!r}: " if named else ""
    for number, row in undamaged(sheet.iter_rows(min_row=2, max_col=names.width), path, first=2):
        if number > LAST_ROW:
            raise InputError(path, f"{where}more than {LAST_ROW:,} rows", "Check what wrote the file", line=number)
        # Missing, and no formula that gave the empty text (`str`).
        missing = [place for place in (names.source, names.target) if row[place].value is None and row[place].data_type != "str"]
        if missing and formulas.any(number, missing):
            fault(InputError(path, f"{where}a formula without a stored value", "Open the workbook in a spreadsheet program and save it", line=number))
            continue
        cells = [text_of(cell.value) for cell in row]
        if cells[names.source] or cells[names.target]:
            yield names.pair(cells, number, f"{sheet.title}!{number}" if named else "")


class _Formulas:
    """Where a sheet has formulas: a reading that gives values cannot tell, so the sheet is read once more beside it,
    from the first row on that lacks a value and as far as the last."""

    def __init__(self, data: BinaryIO, number: int):
        self.data, self.number = data, number
        self.rows: Iterator[tuple[int, Sequence]] | None = None

    def any(self, number: int, places: Sequence[int]) -> bool:
        """Whether one of these cells of a row holds a formula. Rows are asked for in order."""
        if self.rows is None:
            self.rows = self._read()
        row = next((row for at, row in self.rows if at == number), ())
        return any(place < len(row) and row[place] is not None for place in places)

    def _read(self) -> Iterator[tuple[int, Sequence]]:
        from openpyxl import load_workbook

        sheet = load_workbook(self.data, read_only=True).worksheets[self.number]
        sheet.reset_dimensions()
        try:
            yield from enumerate(sheet.iter_rows(values_only=True), 1)
        except Exception:  # a formula that openpyxl cannot parse hides the ones after it, and no value
            return
