"""`verify bench`: measure checks and scores on evaluation sets."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..text import InputError
from . import output
from .common import PATH, fast_option, names, unheard


@click.group(epilog="""\b
Examples:
  verify bench nuance corpora/nuance/test.jsonl
  verify bench demetr ../shared/eval/demetr-zh-odd.jsonl.xz
  verify bench score ../shared/eval/mqm-wmt21-news.jsonl.xz""")
def bench() -> None:
    """Measure checks and scores on evaluation sets; figures come beside trivial floors."""


def shared(command):
    for option in (
        click.option("--engine", default="pocket", show_default=True, metavar="NAME", help="Translation engine, or none."),
        fast_option,
        click.option("--ignore", multiple=True, callback=names, metavar="CHECK,…", help="Not these checks."),
        click.option("--json", "as_json", is_flag=True, help="JSON instead of Markdown tables."),
        click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the first N items."),
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
    chosen = figures.load(items)[:limit]
    if not any(item["bad"] for item in chosen):
        raise InputError(items, "no challenge item is left", "See corpora/nuance/README.md for the shape")
    _print(figures, figures.measure(chosen, *_plan(engine, fast, ignore)), as_json)


@bench.command()
@click.argument("pairs", type=PATH)
@shared
def demetr(pairs: Path, engine: str, fast: bool, ignore, as_json: bool, limit: int | None) -> None:
    """Pairwise accuracy on PAIRS, minimal perturbations in DEMETR's fields (JSONL.xz)."""
    from ..bench import demetr as figures

    if not pairs.is_file():
        raise InputError(pairs, "no such file", "Give DEMETR's pairs as .jsonl.xz")
    _print(figures, figures.measure(pairs, *_plan(engine, fast, ignore), limit=limit), as_json)


@bench.command()
@click.argument("judged", type=PATH)
@click.option("--held-out", is_flag=True, help="JUDGED holds scores of folds that did not see the document (tools/fit_quality.py).")
@click.option("--set", "sets", multiple=True, metavar="NAME", help="With --held-out: only rows of this set (repeatable).")
@click.option("--svg", type=PATH, metavar="FILE", help="Write the reliability diagram there.")
@shared
def score(judged: Path, held_out: bool, sets, svg: Path | None, engine: str, fast: bool, ignore, as_json: bool, limit: int | None) -> None:
    """Agreement with professionals on JUDGED, translations with MQM judgements (JSONL.xz)."""
    from ..bench import agreement, spans
    from ..scoring import score as score_pairs

    if not judged.is_file():
        raise InputError(judged, "no such file", "Give judged translations as .jsonl.xz, or the file that tools/fit_quality.py wrote")
    marked, line = None, "scores of held-out folds"
    if held_out:
        unheard(("engine", "fast", "ignore"), "--held-out reads scores that were computed before")
        rows = _held_out(judged, sets)[:limit]
    else:
        unheard(("sets",), "only with --held-out does a row name its set")
        rows = agreement.judged(judged)[:limit]
        plan, runner = _plan(engine, fast, ignore)
        results = []
        with output.progress() as progress:
            for row, result in zip(rows, score_pairs(((r["zh"], r["en"]) for r in rows), plan, runner)):
                row["score"], line = result.score, result.signature
                row["features"] = {k: (None if v != v else v) for k, v in result.features.items()}
                results.append(result)
                progress("scoring", len(results), len(rows))
        if rows and "errors" in rows[0]:
            marked = spans.figures(results, [r["errors"] for r in rows], [r["doc"] for r in rows])
    if not rows:
        raise InputError(judged, "no judged translation is left", "Check --set and --limit")
    figures = agreement.figures(rows) | {"signature": line} | ({"spans": marked} if marked else {})
    if svg:
        svg.write_text(agreement.reliability_svg(figures["reliability"]), encoding="utf-8")
    _print(agreement, figures, as_json)


def _held_out(path: Path, sets) -> list[dict]:
    """Rows that carry a score already; preference pairs are no judgements."""
    try:
        rows = [row for row in map(json.loads, path.open(encoding="utf-8")) if not row["pair"]]
    except (ValueError, KeyError, TypeError) as fault:
        raise InputError(path, f"holds no held-out scores ({fault})", "Make them: tools/fit_quality.py") from None
    return [row for row in rows if row["set"] in (sets or (row["set"],))]


def _plan(engine: str, fast: bool, ignore):
    from ..nuance import MEMBERS
    from ..scoring import ScorePlan
    from ..settings import check_slugs

    check_slugs(ignore or (), MEMBERS, "--ignore")
    if fast:
        unheard(("ignore",), "--fast runs no checks")
    runner = None
    if engine != "none":
        from ..translate import load

        runner = load(engine)
    return ScorePlan(fast=fast, back_translation=False, ignore=ignore or ()), runner


def _print(module, figures: dict, as_json: bool) -> None:
    from ..report.json import dumps

    click.echo(dumps(figures, 1) if as_json else module.markdown(figures))
