"""XLIFF 1.2 and 2.0/2.1 (OASIS), read as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from ..text import InputError
from .pairs import Pair, PassedOver
from .xml_stream import XML_LANG, elements, plain_text, same_language

VERSIONS = ("1.2", "2.0", "2.1")
# Where the languages are declared: 1.2 has them on each <file>, 2.x on <xliff>.
SOURCE, TARGET = ("source-language", "srcLang"), ("target-language", "trgLang")


def read_xliff(stream: BinaryIO, path: str, source_language: str, target_language: str, passed: PassedOver | None = None) -> Iterator[Pair]:
    """`trans-unit` (1.2) or `segment` (2.x) elements with a non-empty target, in order.

    Units whose declared languages are not the two asked for are passed over and counted; a side without a declaration
    is taken as asked for. Raises InputError for a file that is all in other languages.
    """
    passed = PassedOver() if passed is None else passed
    units, ours, others = 0, 0, None

    def version(root) -> None:
        if root.get("version") not in VERSIONS:
            raise InputError(path, f"XLIFF version {root.get('version')!r}; {', '.join(VERSIONS)} are read",
                             "Export it from your tool as XLIFF 1.2 or 2.0", line=root.sourceline)

    for element in elements(stream, path, {"trans-unit", "segment"}, root="xliff", inspect=version):
        units += 1
        source = next(element.iterchildren("{*}source"), None)
        target = next(element.iterchildren("{*}target"), None)
        declared = _language(element, source, SOURCE), _language(element, target, TARGET)
        if not all(not code or same_language(code, wanted) for code, wanted in zip(declared, (source_language, target_language))):
            others = others or (*declared, element.sourceline)
            passed.other_languages += 1
            continue
        ours += 1
        if source is None or target is None or not plain_text(target).strip():
            passed.without_target += 1
            continue
        parent = element.getparent()
        yield Pair(plain_text(source), plain_text(target), units,
                   element.get("id") or (parent.get("id") if parent is not None else "") or "")
    if not units:
        raise InputError(path, "no translation unit in it", "Check that it is an XLIFF file")
    if not ours:
        there, here = ((code or wanted)[:20] for code, wanted in zip(others, (source_language, target_language)))
        raise InputError(path, f"is from {there} to {here}, and pairs from {source_language} to {target_language} are asked for",
                         f"Give --from {there} --to {here}, or another file", line=others[2])


def _language(unit, side, names: tuple[str, str]) -> str:
    """The language that is declared for one side of a unit, the nearest declaration first; "" where there is none."""
    if side is not None and side.get(XML_LANG):
        return side.get(XML_LANG)
    return next((code for above in unit.iterancestors() for name in names if (code := above.get(name))), "")
