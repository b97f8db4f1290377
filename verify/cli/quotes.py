"""`verify quotes`: the quote table."""

from __future__ import annotations

from pathlib import Path

import click

from ..report.quotes import FORMATS, SUFFIXES
from . import output
from .common import PATH, gather, input_options, run


@click.command(epilog="""\b
Examples:
  verify quotes draft.en.txt --source toutiao.zh.txt --source record.ja.txt
  verify quotes --case corpora/kato-card --format tsv > quotes.tsv""")
@input_options
@click.option("--format", "form", type=click.Choice(FORMATS), help="[default: by the suffix of --out, else text]")
@click.option("--out", "-o", type=PATH, metavar="FILE", help="Write there instead of to the terminal.")
def quotes(form: str | None, out: Path | None, **given) -> int:
    """Show each quote of DRAFT beside its counterpart in every original: one row a quote, one column an original."""
    inputs = gather(**given, select=("quotation",), ignore=())  # whatever the settings leave out of a check
    output.refuse(out, inputs.paths)
    form = form or output.format_of(out, SUFFIXES)
    with output.progress() as progress:
        report = run(inputs, progress, likelihood=False)
    from ..report.quotes import render

    output.write(render(report, form, width=output.width(), colour=out is None and output.colour()), out)
    return 0
