"""The corpus as one numbered stream of rows, bad ones included, from files and folders in a fixed order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from ..documents.pairs import Pair, format_of, read_pairs
from ..text import InputError
from .settings import AuditSettings


class Row(NamedTuple):
    """`number` counts from 0 over the corpus, `place` is the line or unit in its file. `error` set: no pair."""

    number: int
    file: str
    place: int
    id: str
    source: str
    target: str
    error: str = ""


class Input(NamedTuple):
    """A file of the corpus. `name` is as the user gave it; identity is the hash of its bytes."""

    name: str
    bytes: int
    sha256: str


def inputs(names: Sequence[str], settings: AuditSettings) -> list[Input]:
    """The files named, and those in the folders named that hold pairs, each hashed.

    Raises InputError, before anything is written, for a named file that is not there or cannot be begun.
    """
    found: list[Input] = []
    for name in names:
        if name == "-":
            raise InputError("-", "standard input cannot be read twice, so not resumed", "Write it to a file")
        path = Path(name)
        inside = sorted(file for file in path.rglob("*") if file.is_file() and _readable(file)) if path.is_dir() else None
        if inside is not None and not inside:
            raise InputError(path, "no file of pairs in this folder", "Use .tsv, .csv, .jsonl, .parquet, .xlsx, .tmx or .xliff")
        if inside is None:
            next(_pairs(name, settings), None)
        found += [Input(file.as_posix(), file.stat().st_size, _sha256(file)) for file in inside or [path]]
    return found


def _readable(path: Path) -> bool:
    try:
        return format_of(str(path)) != ".txt" and not any(part.startswith(".") for part in path.parts if part != "..")
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


def _pairs(name: str, settings: AuditSettings, on_fault=None) -> Iterator[Pair]:
    more = {"on_fault": on_fault} if on_fault else {}
    return read_pairs(name, settings.source_column, settings.target_column, settings.source_language,
                      settings.target_language, settings.input_format, **more)


def rows(files: Iterable[Input], settings: AuditSettings) -> Iterator[Row]:
    """Every row of the corpus in order; memory does not grow with it."""
    number = 0
    for file in files:
        told: list[InputError] = []
        place = 0
        for pair in chain(_guarded(file.name, settings, told), (None,)):
            for fault in told:
                place = fault.line or place + 1
                yield Row(number, file.name, place, "", "", "", fault.what)
                number += 1
            told.clear()
            if pair:
                place = pair.place
                error = _unusable(pair)
                yield Row(number, file.name, place, pair.id, *(("", "", error) if error else (pair.source, pair.target)))
                number += 1


def _guarded(name: str, settings: AuditSettings, told: list[InputError]) -> Iterator[Pair]:
    try:
        yield from _pairs(name, settings, told.append)
    except InputError as fault:  # a file of a folder that cannot be begun: one bad row
        told.append(fault)


def _unusable(pair: Pair) -> str:
    whole = pair.source + pair.target + pair.id
    if "\0" in whole:
        return "a NUL byte: this is no text"
    if any("\ud800" <= char <= "\udfff" for char in whole):
        return "half a surrogate pair: this is no text"
    return ""


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
