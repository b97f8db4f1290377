"""Workflow commands of GitHub Actions: findings as annotations at their lines in a pull request.

GitHub shows at most ten errors, ten warnings and ten notices of a step; the gravest come first.
"""

from __future__ import annotations

from ..finding import Report, Severity
from ..text import visible
from .text import counts, told_apart
from .where import file_name, in_order, region, spot

COMMANDS = {Severity.CRITICAL: "error", Severity.MAJOR: "error", Severity.MINOR: "warning", Severity.NEUTRAL: "notice"}


def render(report: Report) -> str:
    lines = []
    for finding in sorted(in_order(report), key=lambda f: -f.severity.weight):
        start, end = spot(report, finding)
        at = region(report.draft, start, end)
        where = {"file": file_name(report.draft), "line": at.line, "endLine": at.end_line}
        if at.line == at.end_line:  # GitHub takes columns for one line only
            where |= {"col": at.column, "endColumn": max(at.column, at.end_column)}
        where["title"] = f"{finding.check} ({finding.severity.value}, {finding.witness})" if finding.witness else f"{finding.check} ({finding.severity.value})"
        told = [finding.message, told_apart(finding, [finding.witness] if finding.witness else [])]
        told += [f"{finding.witness}: {finding.source.text}"] if finding.source else []
        told += [f"Try: {finding.suggestion}"] if finding.suggestion else []
        given = ",".join(f"{key}={_property(str(value))}" for key, value in where.items())
        lines.append(f"::{COMMANDS[finding.severity]} {given}::{_data(chr(10).join(map(visible, filter(None, told))))}")
    return "\n".join([*lines, f"{_data(visible(file_name(report.draft)))}: {counts(report.findings)}"]) + "\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
