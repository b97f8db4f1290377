"""Renderers: each reads a Report and nothing else. A new one is a file here and a line in `FORMATS`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import PurePath

from ..finding import Report
from ..text import InputError

# name -> module of this folder with `render(report, **options)`: str, or bytes for a binary format
FORMATS = {"text": "text", "json": "json", "html": "html", "sarif": "sarif", "junit": "junit", "github": "github", "marot": "marot",
           "csv": "csv", "xlsx": "xlsx"}
SUFFIXES = {".txt": "text", ".json": "json", ".html": "html", ".htm": "html", ".sarif": "sarif", ".xml": "junit", ".tsv": "marot",
            ".csv": "csv", ".xlsx": "xlsx", ".sarif.json": "sarif"}


def format_of(name: str, suffixes: Mapping[str, str] = SUFFIXES) -> str:
    """The format that a file name asks for: text where it has no suffix. Raises InputError for a suffix of none."""
    suffix = next((s for s in sorted(suffixes, key=len, reverse=True) if name.lower().endswith(s)), PurePath(name).suffix)
    if suffix and suffix not in suffixes:
        raise InputError(name, f"no format here is written to {suffix} files",
                         f"Name the file {', '.join('*' + s for s in suffixes)}, or say which with --format")
    return suffixes[suffix] if suffix else "text"


def render(report: Report, format: str = "text", **options) -> str | bytes:
    """The report in that format. Raises KeyError for a format there is not."""
    return import_module(f".{FORMATS[format]}", __name__).render(report, **options)
