"""The draft as DOCX with the findings as comments at their words.

A draft that is a DOCX keeps its own file, styles and all, in a copy; any other becomes a new document of its
paragraphs. Comments need python-docx 1.2.
"""

from __future__ import annotations

import io
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from ..decisions import Decision, Decisions
from ..documents.docx import whole_unpacks
from ..finding import Report
from ..languages import get
from ..report.excerpt import clean_range, pieces, segments_at
from ..report.where import spot
from ..text import InputError, visible
from .remarks import Remark, remarks

AUTHOR, INITIALS = "verify", "v"


def docx_with_comments(report: Report, decisions: Decisions | Mapping[str, Decision]) -> bytes:
    """What an editor dismissed makes no comment. Raises InputError where python-docx 1.2 (extra [office]) is not
    installed, and for a draft that is a zip bomb."""
    try:
        import docx

        if not hasattr(docx.document.Document, "add_comment"):
            raise ImportError("python-docx is older than 1.2")
    except ImportError as error:
        raise InputError("DOCX", "comments need python-docx 1.2", "Install it: pip install 'verify-translation[office]'") from error
    found = remarks(report, decisions)
    draft = report.draft
    file = None
    if draft.format == "docx" and draft.path and Path(draft.path).is_file():
        from .docx_places import Places

        whole_unpacks(Path(draft.path))
        file = docx.Document(str(draft.path))
        places = Places(file)
        if not draft.text.startswith(places.text):  # edited since: comments would stand at the wrong words
            file = None
    if file is None:
        file, places = _new(report, found)
    for remark in found:
        start, end = spot(report, remark.finding)
        runs = places.runs(start, end)
        if runs:
            file.add_comment(runs=runs, text="\n".join(remark.lines), author=AUTHOR, initials=INITIALS)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


class _Written:
    """Runs of a document written here, with the offsets of the draft that they show, in order."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._runs: list[object] = []

    def add(self, start: int, end: int, run: object) -> None:
        self._starts.append(start)
        self._ends.append(end)
        self._runs.append(run)

    def runs(self, start: int, end: int) -> list:
        """The first and the last run that show [start, end); for a gap the run before it."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end) - 1
        if first <= last:
            return [self._runs[first], self._runs[last]]
        before = max(0, bisect_right(self._starts, start) - 1)
        return self._runs[before : before + 1]


def _new(report: Report, found: Sequence[Remark]) -> tuple[object, _Written]:
    import docx

    draft, file, written = report.draft, docx.Document(), _Written()
    file.core_properties.title, file.core_properties.author, file.core_properties.comments = visible(report.title or draft.name)[:255], AUTHOR, ""
    spans: dict[int, list[tuple[int, int]]] = {}  # segment -> what is remarked on in it
    for remark in found:
        start, end = spot(report, remark.finding)
        for index in segments_at(draft, start, end):
            spans.setdefault(index, []).append((start, end))
    for _, group in groupby(enumerate(draft.segments), lambda item: item[1].paragraph):
        group = list(group)
        paragraph = file.add_heading(level=2) if group[0][1].kind == "heading" else file.add_paragraph()
        for nth, (index, segment) in enumerate(group):
            if nth and get(draft.language).spaced:
                paragraph.add_run(" ")
            marks = [(*inside, True) for a, b in spans.get(index, ()) if (inside := clean_range(segment, a, b))]
            at = 0
            for text, _ in pieces(segment.text, marks):
                first, last = segment.place(at, at + len(text))
                written.add(first, last, paragraph.add_run(visible(text)))
                at += len(text)
    return file, written


__all__ = ["docx_with_comments"]
