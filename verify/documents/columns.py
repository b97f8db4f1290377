"""Which columns of a table hold the two texts, by the names in its header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..text import InputError
from ..toml_file import beside
from .pairs import Pair
from .xml_stream import same_language

ROLES = ("source", "target")
_CODE = re.compile(r"[a-z]{2,3}([-_][a-z0-9]{2,8})*")


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


@dataclass(frozen=True)
class Wanted:
    """The two columns asked for: a name that the caller gives, or by default any that people give such a column
    (columns.toml): what stands in it, or its language."""

    source: str = "source"
    target: str = "target"
    source_language: str = "zh"
    target_language: str = "en"

    @property
    def named(self) -> bool:
        """Whether the caller names the columns."""
        return (self.source, self.target) != ROLES

    def columns(self, header: Sequence[str], path: str) -> Columns:
        """Raises InputError for a header without the two columns, or with two of a name."""
        names = [_plain(name) for name in header]
        found = []
        for role in ROLES:
            name = next(self.known(names, role), None)
            if name is None:
                raise InputError(path, f"no column {getattr(self, role)!r} among {', '.join(header)[:200]}",
                                 "Name the columns with --source-column and --target-column", line=1)
            if names.count(name) > 1:
                raise InputError(path, f"{names.count(name)} columns are called {name[:80]!r}", "Rename all but one", line=1)
            found.append(names.index(name))
        return Columns(*found, names.index("id") if "id" in names and names.index("id") not in found else None, len(header))

    def known(self, names: Sequence[str], role: str) -> Iterator[str]:
        """Which of these plain names say that a column is this one, the likeliest first."""
        asked, language = getattr(self, role), getattr(self, f"{role}_language")
        likely = [asked, asked.lower()]
        if asked == role:
            code = language.lower().split("-")[0]
            likely += [*beside(__file__, "columns.toml")["role"][role], language.lower(), *beside(__file__, "columns.toml")["language"].get(code, ())]
        yield from (name for name in likely if name in names)
        if asked == role:
            yield from (name for name in names if _CODE.fullmatch(name) and same_language(name, language))

    def heads(self, cells: Sequence[str]) -> bool:
        """Whether two cells of a first line are names of columns and no pair: they say different things, for a glossary
        can begin with 中文 and Chinese."""
        kinds = [self._kind(_plain(cell)) for cell in cells]
        return len(kinds) == 2 and None not in kinds and kinds[0] != kinds[1]

    def _kind(self, name: str) -> str | None:
        for kind, names in (*beside(__file__, "columns.toml")["role"].items(), *beside(__file__, "columns.toml")["language"].items()):
            if name in names:
                return kind
        languages = (self.source_language, self.target_language) if _CODE.fullmatch(name) else ()
        return next((language.split("-")[0] for language in languages if same_language(name, language)), None)


def text_of(cell: object) -> str:
    """A cell as text; one that is missing is empty."""
    return "" if cell is None else str(cell)


def _plain(name: str) -> str:
    return name.strip().lower().lstrip("\ufeff")
