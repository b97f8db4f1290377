"""A case: one folder with a draft, its originals and a `case.toml` that says which is which.

    title = "Japan's finance minister and the card"
    date = 2025-05-02                # date line: what "today" and "Friday" count from
    draft = "draft.en.txt"

    [[witness]]
    name = "toutiao"
    file = "toutiao.zh.txt"
    language = "zh"                  # left out: detected
    relays = "zaobao"                # the witness that this one quotes, if any
    source = "Toutiao post of 2 May 2025"
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from .text import InputError, relayed
from .toml_file import TomlFile


@dataclass(frozen=True)
class WitnessSpec:
    """One original as `case.toml` names it; `title` says where it came from: the report and the sign-off show it."""

    name: str
    path: Path
    language: str | None = None
    relays: str | None = None
    title: str = ""


@dataclass(frozen=True)
class Case:
    title: str
    dateline: date | None
    draft: Path
    witnesses: list[WitnessSpec] = field(default_factory=list)
    language: str | None = None  # of the draft
    path: Path | None = None


def load_case(folder: Path) -> Case:
    """The case in `folder` (or the `case.toml` itself).

    Raises InputError with file, line and cure: no such folder or file, an unknown key, a name used twice,
    `relays` of a witness that is not there.
    """
    path = Path(folder)
    if path.is_dir():
        path = path / "case.toml"
        if not path.is_file():
            raise InputError(folder, "holds no case.toml", "Write one, or use: verify check DRAFT --source ORIGINAL")
    elif not path.exists():
        raise InputError(folder, "no such folder", "Check the name")
    file = TomlFile.read(path)
    file.only(file.data, ("title", "date", "draft", "language", "witness"))
    draft = _beside(file, file.value(file.data, "draft", str), "draft")
    rows = file.data.get("witness")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise file.error("names no witness", 'Add a table: [[witness]] with name = "…" and file = "…"')
    witnesses = [_witness(file, row, nth) for nth, row in enumerate(rows)]
    names = [w.name for w in witnesses]
    for nth, name in enumerate(names):
        if name in names[:nth]:
            raise file.error(f"two witnesses are called {name!r}", "Give each a name of its own", "name", "witness", nth)
    for nth, witness in enumerate(witnesses):
        if witness.relays and (witness.relays not in names or witness.relays == witness.name):
            others = ", ".join(n for n in names if n != witness.name)
            raise file.error(f"{witness.name} relays {witness.relays!r}, which is no other witness",
                             f"Write one of: {others}" if others else "Leave it out", "relays", "witness", nth)
    relays = {w.name: w.relays for w in witnesses}
    for nth, name in enumerate(names):
        if name in (circle := relayed(name, relays)):
            raise file.error(f"{name} relays itself, by way of {', '.join(circle[:-1])}", "Leave out one relays of these", "relays", "witness", nth)
    return Case(file.value(file.data, "title", str, path.resolve().parent.name), _date(file), draft, witnesses,
                file.value(file.data, "language", str, None), path)


def _witness(file: TomlFile, row: dict, nth: int) -> WitnessSpec:
    file.only(row, ("name", "file", "language", "relays", "source", "title"), "witness", nth)
    text = lambda key, *default: file.value(row, key, str, *default, table="witness", nth=nth)
    path = _beside(file, text("file"), "file", "witness", nth)
    return WitnessSpec(text("name", path.name.split(".")[0]), path, text("language", None), text("relays", None),
                       text("title", "") or text("source", ""))


def _beside(file: TomlFile, name: str, key: str, table: str = "", nth: int = 0) -> Path:
    path = file.path.parent / name
    if not path.is_file():
        raise file.error(f"{name!r} is not a file beside it", f"Correct {key}, or put the file there", key, table, nth)
    return path


def _date(file: TomlFile) -> date | None:
    value = file.data.get("date")
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise file.error("date is no date", "Write it as 2025-05-02", "date") from None
