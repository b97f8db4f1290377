"""`verify models`: which translation models there are, and how to get more."""

from __future__ import annotations

from pathlib import Path

import click

from ..text import InputError


@click.group()
def models() -> None:
    """List, download and convert translation models.

    \b
    verify models list
    verify models download opus-mt-ja-en
    verify check draft.txt --source original.ja.txt --engine ct2:opus-mt-ja-en,ct2:opus-mt-en-jap
    """


@models.command("list")
@click.option("--from", "source", metavar="LANG", help="Only models that read this language.")
@click.option("--to", "target", metavar="LANG", help="Only models that write this language.")
def list_(source: str | None, target: str | None) -> None:
    """The shipped model, the known ones, and those on this machine."""
    from ..translate import places, zoo
    from ..translate.pocket_engine import FOLDER

    rows = []
    if not {source, target} - {None, "zh", "en"}:
        rows.append(("pocket", "zh→en en→zh", "see its model card", "", "shipped" if (FOLDER / "model.bin").exists() else "missing", ""))
    known = zoo.models()
    for model in known.values():
        if _fits(model, source, target):
            rows.append((model.name, model.directions, model.licence, f"{model.size} MB", model.state, model.note))
    own = sorted(path for path in places.models().glob("*") if (path / "model.bin").exists() and path.name not in known)
    rows += [(path.name, "", "", "", "ready", "converted here") for path in own]
    if not rows:
        raise InputError("verify models list", f"no model is known from {source or 'any language'} to {target or 'any'}", "Name one of the hub: --engine hub:REPOSITORY")
    head = ("model", "directions", "licence", "download", "here", "")
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows]:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def _fits(model, source: str | None, target: str | None) -> bool:
    reads = [p["source"] for p in model.pairs] or _codes(model)
    writes = [p["target"] for p in model.pairs] or _codes(model)
    return (source is None or source in reads) and (target is None or target in writes)


def _codes(model) -> list[str]:
    from ..translate import zoo

    return list(zoo.codes(model.family))


@models.command()
@click.argument("name")
@click.option("--keep", is_flag=True, help="Keep the float32 original too (for --engine hub:NAME).")
def download(name: str, keep: bool) -> None:
    """Fetch model NAME (or any Marian, M2M100 or NLLB repository of the hub) and convert it.

    Afterwards everything works offline.
    """
    import shutil

    from ..translate import download as getting
    from ..translate import zoo

    known = zoo.find(name)
    if known:
        click.echo(f"{known.repository}: {known.size} MB, licence {known.licence}" + (f"; {known.note}" if known.note else ""), err=True)
    folder = getting.download(name)
    out = getting.convert(folder, known.name if known else None)
    if not keep:
        shutil.rmtree(folder)
    click.echo(f"{out}: ready, use --engine ct2:{out.name}")


@models.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", help="Name of the converted model.  [default: that of the folder]")
@click.option("--quantization", type=click.Choice(["int8", "float32"]), default="int8", show_default=True)
def convert(folder: Path, name: str | None, quantization: str) -> None:
    """Convert a model FOLDER of transformers that is on this machine already."""
    from ..translate import download as getting
    from ..translate import zoo

    known = zoo.find(str(folder))
    if not folder.exists() and known:
        folder = known.downloaded
    out = getting.convert(folder, name, quantization)
    click.echo(f"{out}: ready, use --engine ct2:{out.name}")


@models.command()
@click.argument("name", required=False)
def path(name: str | None) -> None:
    """Print the folder of model NAME, or the one all converted models lie in."""
    from ..translate import places
    from ..translate.pocket_engine import FOLDER
    from ..translate.registry import converted

    click.echo(places.models() if name is None else FOLDER if name == "pocket" else converted(name))
