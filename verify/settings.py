"""Options of a run: `[tool.verify]` in pyproject.toml, or verify.toml, found upward from the draft.

A command line option wins over the file; the file wins over the defaults here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .finding import Severity
from .text import InputError
from .toml_file import TomlFile

FAIL_ON = ("minor", "major", "critical", "never")
KEYS = ("select", "ignore", "fail_on", "language", "engine", "min_confidence", "baseline", "termbase")


@dataclass(frozen=True)
class Settings:
    """What a run needs to know beside the texts. `language` is the draft's; `termbase` and `baseline` are paths."""

    select: tuple[str, ...] = ()  # slugs of checks; empty: all
    ignore: tuple[str, ...] = ()
    fail_on: str = "major"
    language: str | None = None  # None: detected
    engine: str = "pocket"
    min_confidence: float = 0.3
    baseline: Path | None = None
    termbase: tuple[Path, ...] = ()
    cache: bool = True
    path: Path | None = None  # the file that they were read from

    def changed(self, **options: Any) -> Settings:
        """A copy with the options that are not None."""
        return replace(self, **{name: value for name, value in options.items() if value is not None})

    def fails(self, severities: Iterable[Severity]) -> bool:
        """Whether a run that found these severities is to end with exit code 1."""
        return self.fail_on != "never" and any(s.weight >= Severity(self.fail_on).weight for s in severities)


def load_settings(start: Path) -> Settings:
    """Settings of the nearest file at or above `start` (a file or a folder); the defaults where there is none.

    A pyproject.toml without `[tool.verify]` is passed over; in one folder verify.toml comes first.
    Raises InputError, with file and line, for an unknown key or a value of the wrong kind.
    """
    here = Path(start).resolve()
    for folder in (here, *here.parents):
        for name, table in (("verify.toml", ""), ("pyproject.toml", "tool.verify")):
            if not (folder / name).is_file():
                continue
            if table and "verify" not in (folder / name).read_text("utf-8", "replace"):
                continue  # someone else's project: what is wrong in it is not ours to report
            file = TomlFile.read(folder / name)
            found = file.data
            for part in table.split(".") if table else ():
                found = found.get(part, {})
            if found or not table:
                return _settings(file, found, table)
    return Settings()


def check_slugs(slugs: Iterable[str], known: Iterable[str], place: str) -> None:
    """Raises InputError for a check that does not exist."""
    import difflib

    known = tuple(known)
    for slug in slugs:
        if slug not in known:
            near = difflib.get_close_matches(slug, known, 1)
            raise InputError(place, f"no check is called {slug!r}",
                             f"Did you mean {near[0]!r}?" if near else f"There are {', '.join(known)}")


def check_choice(select: Collection[str], ignore: Collection[str]) -> None:
    """Raises InputError where both together leave no check: a run of none would read as a pass."""
    from .nuance import chosen

    if not chosen(select, ignore):
        raise InputError("--select and --ignore", "leave no check on", "Ignore fewer of those selected")


def _settings(file: TomlFile, found: dict[str, Any], table: str) -> Settings:
    file.only(found, KEYS, table)
    text = lambda key: file.value(found, key, str, None, table)
    path = lambda name: (file.path.parent / name).resolve()

    def names(key: str) -> tuple[str, ...]:
        if isinstance(found.get(key), str):  # one name needs no list
            return (found[key],)
        return tuple(file.value(found, key, list, [], table))

    fail_on = text("fail_on")
    if fail_on is not None and fail_on not in FAIL_ON:
        raise file.error(f"fail_on is {fail_on!r}", f"Write one of {', '.join(FAIL_ON)}", "fail_on", table)
    confidence = file.value(found, "min_confidence", float, None, table)
    if confidence is not None and not 0 <= confidence <= 1:
        raise file.error("min_confidence must be from 0 to 1", "", "min_confidence", table)
    baseline = text("baseline")
    return Settings(names("select"), names("ignore"), path=file.path).changed(
        fail_on=fail_on, language=text("language"), engine=text("engine"), min_confidence=confidence,
        baseline=path(baseline) if baseline else None, termbase=tuple(map(path, names("termbase"))))
