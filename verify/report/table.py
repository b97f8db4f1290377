"""Findings and quotes as rows of cells: what CSV and XLSX share."""

from __future__ import annotations

from ..finding import Finding, Report
from ..text import visible
from .groups import back_translation_of
from .quote_table import quote_rows, said
from .where import file_name, in_order, spot

FINDINGS = ("file", "line", "column", "severity", "check", "category", "confidence", "witness", "agrees with", "draft words", "original words",
            "message", "suggestion", "back-translation", "fingerprint", "set aside")
Row = list[str | int | float]


def finding_rows(report: Report) -> list[Row]:
    """One row a finding, by place in the draft; then those that were set aside, with the reason in the last column."""
    rows = [_row(report, finding, "") for finding in in_order(report)]
    return rows + [_row(report, entry.finding, entry.said) for entry in report.suppressed]


def quote_table(report: Report) -> tuple[list[str], list[Row]]:
    """Heading and rows of the quote table: one row a quote, three columns a witness."""
    heading = ["line", "speaker and verb", "quote", "kind"]
    for witness in report.witnesses:
        heading += [f"{witness.name}: words", f"{witness.name}: speaker and verb", f"{witness.name}: back-translation of the draft"]
    rows: list[Row] = []
    for row in quote_rows(report):
        cells: Row = [report.draft.line_of(row.target.start), said(row.target, report.draft), row.target.text, row.target.kind.value]
        for witness in report.witnesses:
            pair = row.pairs.get(witness.name)
            source = pair.source if pair else None
            cells += [source.text, said(source, witness), pair.back_translation] if source else ["", "", ""]
        rows.append([_cell(cell) for cell in cells])
    return heading, rows


def _row(report: Report, finding: Finding, aside: str) -> Row:
    draft, (start, _) = report.draft, spot(report, finding)
    return [_cell(cell) for cell in (
        file_name(draft), draft.line_of(start), draft.column_of(start), finding.severity.value, finding.check, finding.category.value,
        round(float(finding.confidence), 4), finding.witness, ", ".join(finding.agrees_with), finding.target.text if finding.target else "",
        finding.source.text if finding.source else "", finding.message, finding.suggestion, back_translation_of(report, finding), finding.fingerprint, aside)]


def _cell(value: str | int | float) -> str | int | float:
    return visible(value) if isinstance(value, str) else value
