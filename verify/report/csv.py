"""The findings as CSV (RFC 4180, UTF-8), one row a finding."""

from __future__ import annotations

import csv
import io
import re

from ..finding import Report
from .table import FINDINGS, finding_rows

# What a spreadsheet would compute (OWASP, CSV injection), also after blanks and in full width.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def render(report: Report, *, mark: bool = False) -> str:
    """`mark`: begin with a byte order mark, by which spreadsheets know that Chinese is Chinese."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(FINDINGS)
    for row in finding_rows(report):
        writer.writerow([f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell for cell in row])
    return ("\ufeff" if mark else "") + out.getvalue()
