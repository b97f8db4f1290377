"""A user's termbase: TBX (ISO 30042, all dialects that use termEntry or conceptEntry) or CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..text import InputError
from .xml_stream import XML_LANG, elements, local, same_language

LIMIT = 50_000_000  # bytes
FORBIDDEN = {"deprecatedterm-admn-sts", "supersededterm-admn-sts", "forbidden", "deprecated", "superseded"}


@dataclass(frozen=True)
class Entry:
    """What a concept is called: allowed and forbidden terms of the two languages."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    forbidden: tuple[str, ...] = ()


def read_termbase(path: Path, source_language: str, target_language: str) -> list[Entry]:
    """Entries that have a term on the source side and any on the target side.

    CSV has a header with `source` and `target`, and perhaps `status` (preferred, admitted or forbidden);
    several targets in a cell are parted by |. Raises InputError with file and line.
    """
    if not path.is_file():
        raise InputError(path, "no such termbase", "Check the name in verify.toml")
    if path.stat().st_size > LIMIT:
        raise InputError(path, "a termbase over 50 MB", "Give the part that this text needs")
    rows = _tbx(path, source_language, target_language) if path.suffix.lower() in (".tbx", ".xml") else _csv(path)
    return [entry for entry in rows if entry.source and (entry.target or entry.forbidden)]


def _csv(path: Path) -> Iterator[Entry]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise InputError(path, "not UTF-8", "Save it as UTF-8") from fault
    lines = text.splitlines()
    delimiter = "\t" if lines and "\t" in lines[0] else ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    rows = csv.DictReader(lines, delimiter=delimiter)
    if not {"source", "target"} <= {(name or "").strip().lower() for name in rows.fieldnames or ()}:
        raise InputError(path, "no columns source and target", "Name them in the first line", line=1)
    merged: dict[str, list[list[str]]] = {}
    for row in _read(rows, path):
        cells = {(k or "").strip().lower(): (v or "").strip() for k, v in row.items() if isinstance(v, str)}
        terms = [t.strip() for t in cells.get("target", "").split("|") if t.strip()]
        allowed, forbidden = merged.setdefault(cells.get("source", ""), [[], []])
        (forbidden if cells.get("status", "").lower() in FORBIDDEN else allowed).extend(terms)
    for source, (allowed, forbidden) in merged.items():
        yield Entry((source,) if source else (), tuple(allowed), tuple(forbidden))


def _read(rows: csv.DictReader, path: Path) -> Iterator[dict]:
    try:
        yield from rows
    except csv.Error as fault:
        raise InputError(path, str(fault), "Mend this line: a quote mark that is never closed joins it with all that follow", line=rows.line_num) from None


def _tbx(path: Path, source_language: str, target_language: str) -> Iterator[Entry]:
    with path.open("rb") as stream:
        root = {"martif", "tbx"}
        for concept in elements(stream, str(path), {"termEntry", "conceptEntry"}, root=root):
            sides: dict[str, list[str]] = {"source": [], "target": [], "forbidden": []}
            for section in concept.iter("{*}langSet", "{*}langSec"):
                code = section.get(XML_LANG) or ""
                role = "source" if same_language(code, source_language) else "target" if same_language(code, target_language) else None
                for term in section.iter("{*}term") if role else ():
                    group = term.getparent()
                    status = {(note.text or "").strip().lower() for note in group.iter() if local(note) in ("termNote", "administrativeStatus")}
                    if (term.text or "").strip():
                        sides["forbidden" if role == "target" and status & FORBIDDEN else role].append(term.text.strip())
            yield Entry(*(tuple(sides[k]) for k in ("source", "target", "forbidden")))
