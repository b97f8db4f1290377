"""Where a finding is, for machines: the file as the repository names it, lines and columns."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ..finding import Finding, Report
from ..text import Document
from .groups import place_in_draft


class Region(NamedTuple):
    """Lines and columns count from 1, in characters; the end column is the one after the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


def file_name(document: Document) -> str:
    """The file's path from the root of the repository that the command runs in, with forward slashes.

    Outside of any repository from the working folder; a file elsewhere keeps its absolute path, and what
    was read from no file has the document's name.
    """
    if not document.path:
        return document.name
    path, here = Path(document.path).resolve(), Path.cwd().resolve()
    root = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def region(document: Document, start: int, end: int) -> Region:
    """Of the characters [start, end)."""
    return Region(document.line_of(start), document.column_of(start), document.line_of(end), document.column_of(end))


def spot(report: Report, finding: Finding) -> tuple[int, int]:
    """The characters of the draft to look at: the finding's own, else the sentences beside it, else the gap (empty)."""
    if finding.target:
        return finding.target.start, finding.target.end
    start, segments = place_in_draft(report, finding)
    return (report.draft.segments[segments[0]].start, report.draft.segments[segments[-1]].end) if segments else (start, start)


def in_order(report: Report) -> list[Finding]:
    """The findings by their place in the draft; at one place the gravest first."""
    return sorted(report.findings, key=lambda f: (spot(report, f)[0], -f.severity.weight, -f.confidence, f.check, f.witness))
