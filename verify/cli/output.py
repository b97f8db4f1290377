"""Where a command's output goes: a terminal, a pipe or a file; and progress on stderr while it works."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ..text import InputError

Progress = Callable[[str, int, int], None]


def colour() -> bool:
    """Whether stdout may have ANSI sequences: a terminal that is not dumb, and no NO_COLOR (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Columns for text: the terminal's (or COLUMNS), at most 110; 100 in a pipe."""
    return min(shutil.get_terminal_size((100, 24)).columns, 110)


def refuse(out: Path | None, inputs: Iterable[Path]) -> None:
    """Raises InputError where `out` is a folder, is in none, or is one of `inputs`: asked before the work, not after."""
    if out is None or str(out) == "-":
        return
    if out.is_dir():
        raise InputError(out, "is a folder", "Give a file name")
    if not out.absolute().parent.is_dir():
        raise InputError(out, "its folder does not exist", "Make the folder first")
    for path in inputs:
        if out.exists() and path.exists() and out.samefile(path):
            raise InputError(out, "is an input of this run", "Give another name")


def format_of(out: Path | None, suffixes: Mapping[str, str]) -> str:
    """The format that the name of the output asks for; text for stdout, a device and a name without suffix."""
    from ..report import format_of as by_suffix

    return "text" if out is None or str(out) == "-" or out.exists() and not out.is_file() else by_suffix(str(out), suffixes)


def write(content: str | bytes, out: Path | None) -> None:
    """To stdout, or whole into `out`: a reader never sees half a file. Raises InputError for bytes to a terminal."""
    if out is None or str(out) == "-":
        if isinstance(content, str):
            sys.stdout.write(content)
            return
        if sys.stdout.isatty():
            raise InputError("--format", "this format is no text", "Give --out FILE, or a pipe")
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    data = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
    if out.exists() and not out.is_file():  # a device or a pipe
        out.write_bytes(data)
        return
    target = out.resolve()  # a link stays a link
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise InputError(out, (error.strerror or "cannot be written").lower(), "Check your rights to that folder") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def progress() -> Iterator[Progress]:
    """A bar on stderr while it is a terminal; else silence."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda what, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total or None)
