"""XLIFF 1.2 and 2.0/2.1 (OASIS), read as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from ..text import InputError
from .pairs import Pair
from .xml_stream import elements, plain_text

VERSIONS = ("1.2", "2.0", "2.1")


def read_xliff(stream: BinaryIO, path: str, source_language: str, target_language: str) -> Iterator[Pair]:
    """`trans-unit` (1.2) or `segment` (2.x) elements with a non-empty target, in order."""
    units = 0

    def version(root) -> None:
        if root.get("version") not in VERSIONS:
            raise InputError(path, f"XLIFF version {root.get('version')!r}; {', '.join(VERSIONS)} are read",
                             "Export it from your tool as XLIFF 1.2 or 2.0", line=root.sourceline)

    for element in elements(stream, path, {"trans-unit", "segment"}, root="xliff", inspect=version):
        units += 1
        source = next(element.iterchildren("{*}source"), None)
        target = next(element.iterchildren("{*}target"), None)
        if source is None or target is None or not plain_text(target).strip():
            continue
        parent = element.getparent()
        yield Pair(plain_text(source), plain_text(target), units,
                   element.get("id") or (parent.get("id") if parent is not None else "") or "")
    if not units:
        raise InputError(path, "no translation unit in it", "Check that it is an XLIFF file")
