"""What the page can hand out as a file, and the policy under which the sign-off page is shown."""

from __future__ import annotations

import base64
import hashlib
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .desk import Desk

_STYLE = re.compile(r"<style>(.*?)</style>", re.S)


@dataclass(frozen=True)
class Export:
    """`make` gives the bytes, their media type and a file name, for the editor of that name. It raises InputError where the format cannot be had."""

    title: str
    make: Callable[[Desk, str], tuple[bytes, str, str]]


def _stem(desk: Desk) -> str:
    """A name for a download that no header or file system trips over."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", Path(desk.report.draft.name).stem).strip("._") or "draft"


def _docx(desk: Desk, author: str) -> tuple[bytes, str, str]:
    from .export_docx import docx_with_comments

    media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return docx_with_comments(desk.report, desk.decisions), media, f"{_stem(desk)}.comments.docx"


def _xliff(desk: Desk, author: str) -> tuple[bytes, str, str]:
    from .export_xliff import xliff_with_notes

    return xliff_with_notes(desk.report, desk.decisions), "application/xliff+xml", f"{_stem(desk)}.xlf"


def _pdf(desk: Desk, author: str) -> tuple[bytes, str, str]:
    from .signoff import signoff_html, signoff_pdf

    with tempfile.TemporaryDirectory(prefix="verify-sign-off-") as folder:
        made = signoff_pdf(signoff_html(desk.report, desk.decisions, author=author), Path(folder) / "sign-off.pdf")
        return made.read_bytes(), "application/pdf", f"{_stem(desk)}.sign-off.pdf"


def _decisions(desk: Desk, author: str) -> tuple[bytes, str, str]:
    return desk.decisions.to_text().encode(), "application/jsonl", f"{_stem(desk)}.decisions.jsonl"


def _json(desk: Desk, author: str) -> tuple[bytes, str, str]:
    from ..report import render

    return render(desk.report, "json").encode("utf-8", "backslashreplace"), "application/json", f"{_stem(desk)}.report.json"


EXPORTS = {
    "pdf": Export("Sign-off as PDF", _pdf),
    "docx": Export("DOCX with comments", _docx),
    "xliff": Export("XLIFF with notes", _xliff),
    "decisions": Export("Decisions as text", _decisions),
    "report": Export("Report as JSON", _json),
}


def page_policy(html: str) -> str:
    """For a page that holds its style inside: that style by its hash, and nothing else at all."""
    hashes = [base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in _STYLE.findall(html)]
    styles = " ".join(f"'sha256-{value}'" for value in hashes) or "'none'"
    return f"default-src 'none'; style-src {styles}; img-src data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
