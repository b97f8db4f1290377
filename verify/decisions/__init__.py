"""What editors decided about findings: an append-only SQLite file, and the same as lines of text for git.

A decision is never changed or removed; undoing one adds another that names it. The latest (by time) of a
fingerprint that was not undone counts, so files of several editors merge in any order with one result.
"""

from __future__ import annotations

from pathlib import Path

from ..text import InputError
from .decision import ACCEPTED, DISMISSED, OPEN, STATES, Decision, in_force
from .lines import read_text, text_of
from .store import Decisions, is_sqlite


def dismissed(path: Path) -> list[Decision]:
    """The dismissals in force in a file of decisions (SQLite) or in its exported text. Raises InputError."""
    if is_sqlite(path):
        with Decisions(path, read_only=True) as decisions:
            found = decisions.current()
    else:
        try:
            found = in_force(read_text(Path(path).read_text("utf-8-sig"), path))
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(path, f"cannot be read ({error})", "Check the name, your rights and that it is UTF-8") from error
    return [decision for decision in found.values() if decision.state == DISMISSED]


def holds_decisions(path: Path) -> bool:
    """Whether `path` is a file of decisions, as SQLite or as exported text (told by its content)."""
    if is_sqlite(path):
        return True
    try:
        with Path(path).open("rb") as file:
            return file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b'{"')
    except OSError:
        return False


__all__ = ["ACCEPTED", "DISMISSED", "OPEN", "STATES", "Decision", "Decisions", "dismissed", "holds_decisions", "in_force", "read_text",
           "text_of"]
