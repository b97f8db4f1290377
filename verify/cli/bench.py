"""`verify bench`: measure checks and scores on evaluation sets."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..text import InputError
from .common import PATH


@click.group(epilog="""\b
Examples:
  verify bench nuance corpora/nuance/test.jsonl
  verify bench demetr ../shared/eval/demetr-zh-odd.jsonl.xz""")
def bench() -> None:
    """Measure checks and scores on evaluation sets; figures come beside trivial floors."""


def shared(command):
    for option in (
        click.option("--engine", default="pocket", show_default=True, metavar="NAME", help="Translation engine, or none."),
        click.option("--fast", is_flag=True, help="Likelihood only: no checks, no back-translation."),
        click.option("--ignore", multiple=True, metavar="CHECK", help="Leave this check out."),
        click.option("--json", "as_json", is_flag=True, help="JSON instead of Markdown tables."),
        click.option("--limit", type=int, metavar="N", help="Only the first N items."),
    ):
        command = option(command)
    return command


@bench.command()
@click.argument("items", type=PATH)
@shared
def nuance(items: Path, engine: str, fast: bool, ignore, as_json: bool, limit: int | None) -> None:
    """Figures of every check on ITEMS, a contrastive challenge set (JSONL)."""
    from ..bench import nuance as figures

    if not items.is_file():
        raise InputError(items, "no such file", "The public set is corpora/nuance/test.jsonl")
    _print(figures, figures.measure(figures.load(items)[:limit], *_plan(engine, fast, ignore)), as_json)


@bench.command()
@click.argument("pairs", type=PATH)
@shared
def demetr(pairs: Path, engine: str, fast: bool, ignore, as_json: bool, limit: int | None) -> None:
    """Pairwise accuracy on PAIRS, minimal perturbations in DEMETR's fields (JSONL.xz)."""
    from ..bench import demetr as figures

    if not pairs.is_file():
        raise InputError(pairs, "no such file", "Give DEMETR's pairs as .jsonl.xz")
    _print(figures, figures.measure(pairs, *_plan(engine, fast, ignore), limit=limit), as_json)


def _plan(engine: str, fast: bool, ignore):
    from ..scoring import ScorePlan

    runner = None
    if engine != "none":
        from ..translate import load

        runner = load(engine)
    return ScorePlan(fast=fast, back_translation=False, ignore=ignore), runner


def _print(module, figures: dict, as_json: bool) -> None:
    click.echo(json.dumps(figures, ensure_ascii=False, indent=1) if as_json else module.markdown(figures))
