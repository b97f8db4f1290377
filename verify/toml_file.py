"""A TOML file that a person wrote: read it, and name file, line and cure where it is wrong."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .text import InputError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_KINDS = {str: "text in quotes", float: "a number", int: "a whole number", bool: "true or false", list: "a list"}
_MISSING = object()


@cache
def beside(module: str, name: str) -> dict[str, Any]:
    """A data file of ours in the folder of the module whose `__file__` is given, read once, to be read only."""
    return tomllib.loads(Path(module).with_name(name).read_text(encoding="utf-8"))


@dataclass(frozen=True)
class TomlFile:
    """`data` as parsed; `text` is kept so that an error can name its line."""

    path: Path
    text: str
    data: Mapping[str, Any]

    @classmethod
    def read(cls, path: Path) -> TomlFile:
        """Raises InputError for a file that cannot be read, is not UTF-8 or not TOML."""
        try:
            text = Path(path).read_bytes().decode("utf-8-sig")
        except OSError as error:
            raise InputError(path, error.strerror or "cannot be read", "Check the name and your rights") from error
        except UnicodeDecodeError as error:
            raise InputError(path, "is not UTF-8", "Save it as UTF-8") from error
        try:
            return cls(Path(path), text, tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            at = re.search(r"\(at line (\d+)", str(error))
            line = int(at[1]) if at else text.count("\n") + 1
            raise InputError(path, f"is not TOML: {re.sub(r' *[(]at [^)]*[)]$', '', str(error))}",
                             "Correct that line; https://toml.io shows the form", line) from error

    def line(self, key: str = "", table: str = "", nth: int = 0) -> int:
        """1-based line of `key` in the `nth` table of that name ("" is the top), or of the table's header."""
        here, count, header = "", -1, 1
        for number, row in enumerate(self.text.split("\n"), 1):
            head = re.match(r"\s*\[{1,2}\s*([^\]]+?)\s*\]{1,2}", row)
            if head:
                here = head[1].replace('"', "").replace(" ", "")
                count += here == table
            inside = here == table and (not table or count == nth)
            if inside and head:
                header = number
            if inside and key and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", row):
                return number
        return header

    def error(self, what: str, cure: str = "", key: str = "", table: str = "", nth: int = 0) -> InputError:
        return InputError(self.path, what, cure, self.line(key, table, nth))

    def only(self, found: Mapping[str, Any], known: Iterable[str], table: str = "", nth: int = 0) -> None:
        """Raises InputError for the first key of `found` that is not in `known`."""
        known = tuple(known)
        for key in found:
            if key not in known:
                near = difflib.get_close_matches(key, known, 1)
                cure = f"Did you mean {near[0]!r}?" if near else f"Known keys: {', '.join(known)}"
                raise self.error(f"unknown key {key!r}", cure, key, table, nth)

    def value(self, found: Mapping[str, Any], key: str, kind: type, default: Any = _MISSING, table: str = "", nth: int = 0) -> Any:
        """`found[key]` if it is of `kind` (a list is a list of text); without `default` the key must be there."""
        if key not in found:
            if default is _MISSING:
                where = f"[{table}]" if table else "this file"
                raise self.error(f"{where} has no {key!r}", f'Add a line: {key} = "…"', "", table, nth)
            return default
        value = found[key]
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        right = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
        if not right or (kind is list and not all(isinstance(item, str) for item in value)):
            raise self.error(f"{key} must be {_KINDS.get(kind, kind.__name__)}", "", key, table, nth)
        return value
