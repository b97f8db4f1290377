"""The corpus as one numbered stream of rows, bad ones included, from files, cases and folders in a fixed order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import chain, groupby, islice
from pathlib import Path
from typing import NamedTuple

from ..documents.pairs import Pair, PassedOver, format_of, read_pairs, silent, unusable
from ..text import InputError
from . import cases, results
from .settings import AuditSettings

Note = Callable[[str], None]


class Row(NamedTuple):
    """`number` counts from 0 over the corpus, `place` is the line or unit in its file. `error` set: no pair.

    In a case `file` is its folder, `place` the line of the draft, `id` the witness.
    """

    number: int
    file: str
    place: int
    id: str
    source: str
    target: str
    error: str = ""


class Input(NamedTuple):
    """A file or case folder of the corpus. `name` is as the user gave it; identity is the hash of its bytes."""

    name: str
    bytes: int
    sha256: str


def inputs(names: Sequence[str], settings: AuditSettings, notes: list[str] | None = None) -> list[Input]:
    """The files named, and the cases and files of pairs in the folders named, each hashed.

    What is left out in a folder (an audit's results, a link that leads nowhere) is told to `notes`.
    Raises InputError, before anything is written, for what is named itself and is not there or cannot be begun.
    """
    found: list[Input] = []
    for name in names:
        if name == "-":
            raise InputError("-", "standard input cannot be read twice, so not resumed", "Write it to a file")
        path = Path(name)
        if path.name == cases.MARK:
            path = path.parent
        if not path.is_dir():
            _begin(name, settings)
            inside = [path]
        elif (path / cases.MARK).is_file():
            next(cases.stretches(path, settings.source_language, settings.target_language), None)
            inside = [path]
        else:
            inside = _inside(path, [] if notes is None else notes)
        found += [Input(item.as_posix(), *(cases.fingerprint(item) if item.is_dir() else (item.stat().st_size, _sha256(item)))) for item in inside]
    return found


def _begin(name: str, settings: AuditSettings) -> None:
    """Raises InputError for a file that cannot be begun, or where no row can be read: then a column is wrong, not the rows."""
    first: list[InputError] = []
    keep = lambda fault: None if first else first.append(fault)
    for pair in _pairs(name, settings, keep):
        if not unusable(pair):
            return
        keep(InputError(name, unusable(pair), "Check what wrote the file", line=pair.place))
    if first:
        raise first[0]


def named(names: Sequence[str]) -> str:
    """The corpus in a message."""
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _inside(folder: Path, notes: list[str]) -> list[Path]:
    """Cases and files of pairs below a folder, in order; what lies in a case is part of the case.

    Shards and summaries of earlier audits are no pairs to score: an audit into a folder of its corpus would read itself.
    """
    if results.holds_results(folder):
        raise InputError(folder, "holds the results of an audit, and no corpus", "Name the corpus; to read results: verify audit query")
    audits = list(results.below(folder))
    notes += [f"{audit.as_posix()}: left out, it holds the results of an audit" for audit in audits]
    found = [case for case in cases.folders(folder) if not any(audit == case or audit in case.parents for audit in audits)]
    taken = {*found, *audits}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if any(part.startswith(".") for part in inside.parts) or not taken.isdisjoint(path.parents):
            continue
        if path.is_symlink() and path.is_dir():
            notes.append(f"{path.as_posix()}: left out, it is a link to a folder")
        elif not path.is_dir() and _readable(path):
            if path.is_file():
                found.append(path)
            else:
                notes.append(f"{path.as_posix()}: left out, it is {'a link that leads nowhere' if path.is_symlink() else 'no regular file'}")
    if not found:
        raise InputError(folder, "no case and no file of pairs in this folder", "Use case.toml, .tsv, .csv, .jsonl, .parquet, .xlsx, .tmx or .xliff")
    return sorted(found)


def _readable(path: Path) -> bool:
    try:
        return format_of(str(path)) != ".txt"
    except InputError:
        return False


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise InputError(path, (error.strerror or str(error)).lower(), "Check the name and the rights") from error
    return digest.hexdigest()


def _pairs(name: str, settings: AuditSettings, on_fault=None, passed: PassedOver | None = None, on_note: Note = silent) -> Iterator[Pair]:
    more = {"passed": passed, "on_note": on_note, **({"on_fault": on_fault} if on_fault else {})}
    return read_pairs(name, settings.source_column, settings.target_column, settings.source_language,
                      settings.target_language, settings.input_format, **more)


def rows(files: Iterable[Input], settings: AuditSettings, passed: PassedOver | None = None, on_note: Note = silent) -> Iterator[Row]:
    """Every row of the corpus in order; memory does not grow with it. `passed` counts units that are no pair,
    `on_note` hears how a table was taken."""
    number = 0
    for file in files:
        told: list[InputError] = []
        place = 0
        for pair in chain(_guarded(file.name, settings, told, passed, on_note), (None,)):
            for fault in told:
                place = fault.line or place + 1
                yield Row(number, file.name, place, "", "", "", fault.what)
                number += 1
            told.clear()
            if pair:
                place = pair.place
                error = unusable(pair)
                yield Row(number, file.name, place, pair.id, *(("", "", error) if error else (pair.source, pair.target)))
                number += 1


def count(files: Sequence[Input], settings: AuditSettings) -> dict:
    """What the manifest says of the corpus: its rows, the files of which nothing could be read and why, those without a pair."""
    passed, total, unread, seen = PassedOver(), 0, [], set()
    for name, part in groupby(rows(files, settings, passed), key=lambda row: row.file):
        seen.add(name)
        size, error, read = 0, "", False
        for row in part:
            size += 1
            error, read = error or row.error, read or not row.error
        total += size
        if not read:
            unread.append({"file": name, "rows": size, "error": reason(error, settings.text)})
    return {"rows": total, "passed_over": asdict(passed), "nothing_read": unread, "without_pairs": [file.name for file in files if file.name not in seen]}


def reason(error: str, text: bool) -> str:
    """The reason as it may be kept: under --no-text without the cells of a first line that is no header, which are text."""
    return error if text else error.split(" among ")[0]


def _guarded(name: str, settings: AuditSettings, told: list[InputError], passed: PassedOver | None, on_note: Note) -> Iterator[Pair | None]:
    try:
        yield from _case(name, settings, told) if Path(name).is_dir() else _pairs(name, settings, told.append, passed, on_note)
    except InputError as fault:  # a file of a folder that cannot be begun: one bad row
        told.append(fault)


def _case(name: str, settings: AuditSettings, told: list[InputError]) -> Iterator[Pair | None]:
    for found in cases.stretches(Path(name), settings.source_language, settings.target_language):
        if found.error:
            told.append(InputError(name, found.error, line=found.line))
            yield None
        else:
            yield Pair(found.source, found.target, found.line, found.witness)


def shards(stream: Iterator[Row], size: int, done: set[int]) -> Iterator[tuple[int, list[Row]]]:
    """(number, rows) of each shard that is not done; all have `size` rows but the last."""
    index = 0
    while True:
        if index in done:
            part = sum(1 for _ in islice(stream, size))
        elif part := list(islice(stream, size)):
            yield index, part
        if not part:
            return
        index += 1
