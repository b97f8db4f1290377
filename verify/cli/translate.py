"""`verify translate`: machine translation of a file, line by line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from .common import language

CHUNK, CHUNK_CHARACTERS = 32, 4000  # lines translated at once: full batches, and no more than a second's work is lost by Ctrl-C
LONGEST_LINE = 200_000  # characters


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--from", "source", required=True, callback=language, metavar="LANG", help="Language of FILE: en, zh, zh-Hant, ja, …")
@click.option("--to", "target", required=True, callback=language, metavar="LANG", help="Language to translate into.")
@click.option("--engine", default="pocket", show_default=True, metavar="NAME", help="pocket, ct2:NAME-or-FOLDER, hub:NAME-or-FOLDER.")
@click.option("--beam", type=click.IntRange(1, 32), default=4, show_default=True, help="Hypotheses kept; 1 is fastest.")
@click.option("--scores", is_flag=True, help="After a tab: mean log-probability of a token; after another: what is wrong with it.")
@click.option("--no-cache", is_flag=True, help="Translate everything anew, and keep nothing.")
def translate(file: Path, source: str, target: str, engine: str, beam: int, scores: bool, no_cache: bool) -> None:
    """Print one translation for each line of FILE (`-` reads standard input).

    A line of several sentences is translated sentence by sentence and joined; an empty line stays empty.
    """
    from ..text import InputError
    from ..translate import load, zoo

    lines = _lines(file)
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise InputError(file, f"a line of {len(line):,} characters", "Break it into paragraphs, one a line", line=number)
    machine = load(engine, cache=not no_cache, beam=beam)
    if not machine.supports(source, target):
        raise zoo.no_engine(machine.name, source, target)
    for some in _progress(list(_chunks(lines))):
        for made in machine.translate(some, source, target):
            text = " ".join(made.text.split())
            click.echo(f"{text}\t{made.score:.3f}\t{','.join(made.faults)}" if scores else text)


def _lines(file: Path) -> list[str]:
    from ..documents.encoding import decode
    from ..documents.opening import TEXT_FORMATS, container
    from ..text import InputError

    if str(file) == "-":
        data, name = sys.stdin.buffer.read(), "standard input"
    else:
        if file.is_dir():
            raise InputError(file, "is a folder", "Name a text file")
        if not file.exists():
            raise InputError(file, "no such file", "Check the name")
        data, name = file.read_bytes(), str(file)
    if container(data, name):
        raise InputError(name, "is a DOCX, and translate reads plain text, one sentence a line", "Save its text as .txt")
    try:
        text = decode(data, name)[0] if data else ""
    except InputError as fault:
        if fault.cure != TEXT_FORMATS:
            raise
        raise InputError(fault.place, fault.what, "Give plain text, one sentence a line", fault.line) from None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")  # not splitlines: it parts at U+2028 too
    return lines if lines[-1] else lines[:-1]


def _chunks(lines: list[str]) -> Iterator[list[str]]:
    start = size = 0
    for end, line in enumerate(lines):
        if end > start and (end - start == CHUNK or size + len(line) > CHUNK_CHARACTERS):
            yield lines[start:end]
            start, size = end, 0
        size += len(line)
    yield lines[start:]


def _progress(chunks: list[list[str]]):
    """The chunks, under a bar when both ends are a terminal's (the bar would tear piped output's lines)."""
    if not sys.stderr.isatty() or sys.stdout.isatty() or len(chunks) == 1:
        return iter(chunks)
    from rich.console import Console
    from rich.progress import track

    return track(chunks, "translating", console=Console(stderr=True))
