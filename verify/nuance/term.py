"""Term: the user's termbase holds in the draft."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..documents.termbase import Entry, read_termbase
from ..finding import Category, Finding, Severity
from .check import Comparison, Side


class Term:
    """Silent without a termbase. `termbase` are paths of TBX or CSV files."""

    name = "term"

    def __init__(self, termbase: Sequence[Path | str] = ()):
        self.paths = [Path(path) for path in termbase]
        self._entries: dict[tuple[str, str], list[Entry]] = {}

    def entries(self, source: str, target: str) -> list[Entry]:
        """The entries for two languages, read once. Raises InputError."""
        key = source, target
        if key not in self._entries:
            self._entries[key] = [entry for path in self.paths for entry in read_termbase(path, source, target)]
        return self._entries[key]

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        for entry in self.entries(pair.source.language.base, pair.target.language.base) if self.paths else ():
            places = [place for term in entry.source for place in _places(pair.source, term)]
            if not places:
                continue
            there = pair.source.span(*places[0])
            wrong = [place for term in entry.forbidden for place in _places(pair.target, term)]
            wanted = " or ".join(f"“{term}”" for term in entry.target)
            evidence = {"by": "termbase", "allowed": list(entry.target), "forbidden": list(entry.forbidden)}
            for place in wrong:
                here = pair.target.span(*place)
                yield Finding("term", Category.TERMINOLOGY, Severity.MAJOR, f"The termbase forbids “{here.text}” for {there.text}.",
                              there, here, 0.95, suggestion=wanted, evidence=evidence)
            if not wrong and entry.target and not any(_places(pair.target, term) for term in entry.target):
                yield Finding("term", Category.TERMINOLOGY, Severity.MINOR, f"The termbase has {wanted} for {there.text}; the draft has neither it nor a form of it.",
                              there, None, 0.8, suggestion=wanted, evidence=evidence)


def _places(side: Side, term: str) -> list[tuple[int, int]]:
    """Where a term stands: whole words with regular endings in spaced languages, in either script in Chinese."""
    if side.language.spaced:
        pattern = rf"\b{re.escape(term)}(?:s|es|'s|’s)?\b"
        return [m.span() for m in re.finditer(pattern, side.text, re.IGNORECASE if term.islower() else 0)]
    return [m.span() for m in re.finditer(re.escape(side.language.fold(term)), side.language.fold(side.text))]
