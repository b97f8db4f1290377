"""`verify decisions`: editors' decisions as a list, as text for git, and back."""

from __future__ import annotations

from pathlib import Path

import click

from ..text import InputError
from . import output
from .common import PATH


@click.group(epilog="""\b
Examples:
  verify decisions show story/draft.en.txt.decisions.sqlite
  verify decisions export story/draft.en.txt.decisions.sqlite --out story/decisions.jsonl
  verify decisions merge story/draft.en.txt.decisions.sqlite jo.jsonl mei.jsonl

Put `decisions.jsonl merge=union` into .gitattributes: then git merges two editors' texts by itself.""")
def decisions() -> None:
    """What editors decided in `verify review`. FILE is its SQLite file, or (to show) the exported text."""


@decisions.command()
@click.argument("file", type=PATH)
@click.option("--history", is_flag=True, help="Every decision, those undone or overruled too.")
def show(file: Path, history: bool) -> int:
    """The decisions in force, oldest first: state, when, who, what, why."""
    from ..decisions import in_force
    from ..text import visible

    known = _read(file)
    undone = {d.undoes for d in known}
    shown = known if history else sorted(in_force(known).values(), key=lambda d: (d.time, d.id))
    for d in shown:
        state = f"undone: {d.state}" if d.undoes else d.state + (" (undone)" if d.id in undone else "")
        what = f"{d.check} {d.witness}: {d.message}" if d.check else d.fingerprint
        click.echo(visible("  ".join(filter(None, (state, f"{d.time[:16]}Z", d.author, what, d.reason and f"Reason: {d.reason}")))))
    click.echo(f"{file}: {len(shown)} decision{'s' * (len(shown) != 1)}", err=True)
    return 0


@decisions.command()
@click.argument("file", type=PATH)
@click.option("--out", "-o", type=PATH, metavar="FILE", help="Write there; decisions that are there already stay.")
def export(file: Path, out: Path | None) -> int:
    """All decisions as text, one line each, oldest first."""
    from ..decisions import text_of

    output.refuse(out, [file])
    known = {d.id: d for d in _read(file)}
    if out is not None and out.is_file() and out.stat().st_size:
        known = {d.id: d for d in _read(out)} | known
    output.write(text_of(sorted(known.values(), key=lambda d: (d.time, d.id))), out)
    return 0


@decisions.command()
@click.argument("file", type=PATH)
@click.argument("texts", type=PATH, nargs=-1, required=True)
def merge(file: Path, texts: tuple[Path, ...]) -> int:
    """Take the decisions in TEXTS into FILE, which is made when missing. The same text twice adds nothing."""
    from ..decisions import Decisions, read_text

    contents = [(text, _text(text)) for text in texts]
    for text, content in contents:
        read_text(content, text)  # all of them before any: what fails leaves FILE as it was, or not there
    with Decisions(file) as kept:
        for place, content in contents:
            new = kept.merge(content, place)
            click.echo(f"{place}: {new} new decision{'s' * (new != 1)}", err=True)
    return 0


def _read(file: Path) -> list:
    from ..decisions import Decisions, holds_decisions, read_text

    if not file.is_file():
        raise InputError(file, "no such file", "Check the name")
    if file.stat().st_size and not holds_decisions(file):  # an empty text is one of no decisions, as docs/ci.md has it
        raise InputError(file, "holds no decisions", "Give the SQLite file of `verify review`, or its exported text")
    if file.read_bytes()[:6] == b"SQLite":
        with Decisions(file, read_only=True) as kept:
            return kept.history()
    return sorted(read_text(_text(file), file), key=lambda d: (d.time, d.id))


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(file, f"cannot be read ({error})", "Give a text that `verify decisions export` wrote") from error
