"""Renderers: each reads a Report and nothing else. A new one is a file here and a line in `FORMATS`."""

from __future__ import annotations

from importlib import import_module

from ..finding import Report

# name -> module of this folder with `render(report, **options) -> str`
FORMATS = {"text": "text", "json": "json", "html": "html"}


def render(report: Report, format: str = "text", **options) -> str:
    """The report in that format. Raises KeyError for a format there is not."""
    return import_module(f".{FORMATS[format]}", __name__).render(report, **options)
