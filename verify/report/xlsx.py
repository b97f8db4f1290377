"""The report as a workbook: findings, quotes, and what ran. Every cell is text or a number, none a formula or a link."""

from __future__ import annotations

import io

from ..finding import Report
from ..text import InputError, visible
from .table import FINDINGS, Row, finding_rows, quote_table
from .text import counts
from .where import file_name

WIDTHS = {"file": 24, "line": 7, "column": 8, "severity": 10, "check": 13, "category": 24, "confidence": 11, "witness": 13, "agrees with": 16,
          "draft words": 34, "original words": 34, "message": 52, "suggestion": 28, "back-translation": 44, "fingerprint": 19, "set aside": 28}
FILLS = {"critical": "F4B6BD", "major": "FBD8C2", "minor": "F9EDBE", "neutral": "DCEAF3"}
LONGEST = 32_000  # characters; Excel holds 32,767 in a cell


def render(report: Report) -> bytes:
    """Raises InputError where openpyxl (extra [office]) is not installed."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise InputError("--format xlsx", "needs openpyxl", "Install it: pip install 'verify-translation[office]'") from error
    book = Workbook()
    book.properties.creator, book.properties.title = "verify", visible(report.title or report.draft.name)
    findings = book.active
    findings.title = "Findings"
    _fill(findings, FINDINGS, finding_rows(report), list(WIDTHS.values()))
    _colour(findings, FINDINGS.index("severity") + 1)
    heading, rows = quote_table(report)
    _fill(book.create_sheet("Quotes"), list(map(visible, heading)), rows, [7, 20, 44, 10] + [44, 20, 44] * len(report.witnesses))
    about: list[Row] = [["title", report.title], ["draft", file_name(report.draft)]]
    about += [["witness", f"{w.name} ({w.language}): {file_name(w)}"] for w in report.witnesses]
    about += [["found", counts(report.findings)], *(["note", note] for note in report.notes)]
    about += [["note", f"{d.name}: {warning}"] for d in (report.draft, *report.witnesses) for warning in d.warnings]
    _fill(book.create_sheet("Run"), ("what", "value"), [[visible(str(cell)) for cell in row] for row in [*about, ["signature", report.signature]]], [12, 110])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet, heading, rows: list[Row], widths: list[int]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.append(list(heading))
    for cell in sheet[1]:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    top = Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                # Typed and marked as text: what begins with = stays words, also when the cell is edited.
                cell.value = value[:LONGEST]
                cell.data_type, cell.quotePrefix = "s", value.startswith(("=", "+", "-", "@"))
            else:
                cell.value = value
            cell.alignment = top
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _colour(sheet, column: int) -> None:
    from openpyxl.styles import PatternFill

    for (cell,) in sheet.iter_rows(min_row=2, min_col=column, max_col=column):
        if fill := FILLS.get(cell.value):
            cell.fill = PatternFill("solid", fgColor=fill)
