"""Renderers: each reads a Report and nothing else. A new one is a file here and a line in `FORMATS`."""

from __future__ import annotations

from importlib import import_module

from ..finding import Report

# name -> module of this folder with `render(report, **options)`: str, or bytes for a binary format
FORMATS = {"text": "text", "json": "json", "html": "html", "sarif": "sarif", "junit": "junit", "github": "github", "marot": "marot",
           "csv": "csv", "xlsx": "xlsx"}
SUFFIXES = {".txt": "text", ".json": "json", ".html": "html", ".htm": "html", ".sarif": "sarif", ".xml": "junit", ".tsv": "marot",
            ".csv": "csv", ".xlsx": "xlsx"}



def render(report: Report, format: str = "text", **options) -> str | bytes:
    """The report in that format. Raises KeyError for a format there is not."""
    return import_module(f".{FORMATS[format]}", __name__).render(report, **options)
