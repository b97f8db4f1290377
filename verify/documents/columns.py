"""Which columns of a table hold the two texts, by the names in its header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..text import InputError
from .pairs import Pair

# Names that people give the two columns, tried when the ones asked for are not there.
ALIASES = {"source": ("source", "src", "zh", "original"), "target": ("target", "tgt", "trg", "en", "translation", "mt", "hyp")}


@dataclass(frozen=True)
class Columns:
    """Where in a row the two texts stand, and the pair's own id if there is one; `width` cells have a name."""

    source: int
    target: int
    id: int | None = None
    width: int = 2

    def pair(self, cells: Sequence[str], place: int, identity: str = "") -> Pair:
        """The pair of a row; `identity` is its id where it has none of its own."""
        own = cells[self.id] if self.id is not None and self.id < len(cells) else ""
        return Pair(cells[self.source], cells[self.target], place, own or identity)

    def wrong(self, cells: Sequence[str]) -> str:
        """What is the matter with a row; nothing mostly. A cell too many is one that was cut in two: which, nobody knows."""
        least = max(self.source, self.target) + 1
        if len(cells) < least:
            return f"{len(cells)} column(s), expected at least {least}"
        if any(cells[self.width:]):
            return f"{len(cells)} columns, expected {self.width}"
        return ""


def columns(header: Sequence[str], source: str, target: str, path: str) -> Columns:
    """Raises InputError for a header without the two columns."""
    lowered = [name.strip().lower().lstrip("\ufeff") for name in header]
    found = []
    for wanted, role in ((source, "source"), (target, "target")):
        names = (wanted.lower(), *(ALIASES[role] if wanted == role else ()))
        place = next((lowered.index(name) for name in names if name in lowered), None)
        if place is None:
            raise InputError(path, f"no column {wanted!r} among {', '.join(header)[:200]}",
                             "Name the columns with --source-column and --target-column", line=1)
        found.append(place)
    return Columns(*found, lowered.index("id") if "id" in lowered and lowered.index("id") not in found else None, len(header))
