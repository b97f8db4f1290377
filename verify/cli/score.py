"""`verify score`: one JSON object a pair."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import tee
from pathlib import Path

import click

from ..text import InputError, visible
from . import output
from .common import PATH, Share, fast_option, known_checks, language, names, unheard

RESAMPLES, SEED = 1000, 12345  # of the paired bootstrap
TOLD = 100  # unreadable rows that are named one by one: with a wrong column every row of millions is one


@click.command(epilog="""\b
Examples:
  verify score pairs.tsv > scores.jsonl
  printf '我们确实握有一张牌。\\tWe do indeed hold a card.\\n' | verify score - --explain
  verify score memory.tmx --from zh --to en --fast
  verify score --compare system-a.tsv system-b.tsv

A score is the calibrated probability that a professional would mark no major error;
from English into Chinese, the share of translations that a translator would rate lower.
Without a calibration for the engine and the languages the signature says
`quality:uncalibrated`: then scores rank translations and are no probabilities.

Back-translations keep one hypothesis (beam 1), which is twice as fast; those of
`verify check` and `verify audit` keep four, so their words differ for most pairs. They
are for the eye: no score and no finding depends on them. The signature says which.

A line has `place`, the line, row or unit of the pair in its file from 1 (as in the table
of an audit), `id` where the pair has one, `score`, `findings`, `back_translation`, `signature`.
All sheets of a workbook that have the two columns are read; the `id` of a pair below the first
sheet is `sheet!row` where it has none of its own.

A table has a header that names the two columns: source and target, src and tgt, original and
translation, 原文 and 译文, Quelle and Ziel, …; or their languages by code or name: zh, en-US,
中文, English, …; or what --source-column and --target-column say. A TSV of two columns needs
none: then line 1 is a pair, and stderr says so.

A row that cannot be read is named on stderr and gets no line; the rest is scored, and
the command ends with 2. With --compare it stops there. Units of TMX and XLIFF without a
target are no pairs; the summary counts them.""")
@click.argument("pairs", nargs=-1, required=True, metavar="PAIRS")
@click.option("--compare", is_flag=True, help="Two files with the same sources: which translates better? Paired bootstrap.")
@click.option("--from", "from_", default="zh", show_default=True, callback=language, metavar="LANG", help="Language of the sources.")
@click.option("--to", default="en", show_default=True, callback=language, metavar="LANG", help="Language of the translations.")
@click.option("--engine", default="pocket", show_default=True, metavar="NAME", help="Translation engine; `none` works by vocabulary alone.")
@click.option("--calibration", type=PATH, metavar="FILE", help="What tools/fit_quality.py fitted for this engine.")
@fast_option
@click.option("--no-back-translation", is_flag=True, help="Leave the back-translation out.")
@click.option("--explain", is_flag=True, help="Add what each feature contributed, and say on stderr what each is; not with --compare.")
@click.option("--select", multiple=True, callback=names, metavar="CHECK,…", help="Only these checks; not with --fast.")
@click.option("--ignore", multiple=True, callback=names, metavar="CHECK,…", help="Not these checks; not with --fast.")
@click.option("--source-column", default="source", show_default=True, help="Column or field of the sources.")
@click.option("--target-column", default="target", show_default=True, help="Column or field of the translations.")
@click.option("--input-format", metavar="FORMAT", help="tsv, csv, jsonl, parquet, xlsx, tmx, xliff.  [default: by name]")
@click.option("--threshold", default=0.5, show_default=True, type=Share(), help="For the share that the summary counts; not with --compare.")
@click.option("--no-cache", is_flag=True, help="Compute everything anew.")
def score(pairs, compare, from_, to, engine, calibration, fast, no_back_translation, explain, select, ignore, source_column, target_column,
          input_format, threshold, no_cache) -> int:
    """Score PAIRS (TSV with or without a header `source<TAB>target`, CSV, JSONL, Parquet, XLSX, TMX, XLIFF,
    any of them as .gz .xz .bz2 .zst, or - for stdin)."""
    from ..documents import language_check
    from ..documents.pairs import FIRST, PassedOver, read_pairs, stop_at, unusable
    from ..report.json import dumps
    from ..scoring import ScorePlan
    from ..scoring import score as score_pairs

    if compare != (len(pairs) == 2):
        raise click.UsageError("one file of pairs; or two with --compare")
    if pairs == ("-", "-"):
        raise click.UsageError("stdin can be one of the two files, not both")
    _no_part_of(compare, fast)
    plan = ScorePlan(from_, to, not no_back_translation, fast, select or (), ignore or ())
    known_checks(select, ignore)
    if calibration:
        from ..evidence import quality

        plan.calibration = quality.read(calibration)
    runner = _engine(engine, not no_cache)
    if runner and not (runner.supports(from_, to) and runner.supports(to, from_)):
        raise InputError(f"--engine {engine}", f"does not translate {from_}-{to} in both directions", "`verify models list` shows models that do")
    if calibration and plan.model(runner) is None:
        fitted = plan.calibration
        raise InputError(calibration, f"was fitted for {fitted.source}-{fitted.target} with {fitted.engine}", "Fit anew: tools/fit_quality.py --engine … --out FILE")

    passed, unreadable = PassedOver(), 0

    def tell(fault: InputError) -> None:
        nonlocal unreadable
        unreadable += 1
        if unreadable <= TOLD:
            click.echo(visible(" ".join(str(fault).split())), err=True)

    def read(path: str, on_fault: Callable[[InputError], None]):
        note = lambda said: click.echo(visible(f"{path}: {said}"), err=True)
        for pair in read_pairs(path, source_column, target_column, from_, to, input_format, on_fault, passed, note):
            if fault := unusable(pair):
                on_fault(InputError(path, fault, "Mend the row, or leave it out", line=pair.place))
            else:
                yield pair

    if compare:  # line beside line: a row that is missing on one side leaves nothing to compare
        return _compare([read(path, stop_at) for path in pairs], pairs, plan, runner)
    rows, texts = tee(read(pairs[0], tell))
    values, line, first = [], "", []
    with output.progress() as progress:
        for result, row in zip(score_pairs(((p.source, p.target) for p in texts), plan, runner), rows, strict=True):
            values.append(result.score)
            if len(first) < FIRST:
                first.append(row)
            line = result.signature
            progress("scoring", len(values), 0)
            print(dumps(as_dict(result, row.place, row.id, plan.model(runner, result.states is not None) if explain else None, explain)))
    sys.stdout.flush()
    if unreadable > TOLD:
        click.echo(f"{pairs[0]}: and {unreadable - TOLD} more", err=True)
    if not values and unreadable:
        raise InputError(pairs[0], f"none of its {unreadable} rows could be read" if unreadable > 1 else "its only row could not be read",
                         "Mend what is named above")
    if not values:
        raise InputError(pairs[0], passed.nothing(from_, to), "Check the file, --from and --to")
    left_out = ", ".join(filter(None, (f"unreadable: {unreadable}" if unreadable else "", str(passed))))
    under = sum(v < threshold for v in values) / len(values)
    click.echo(f"{len(values)} {'pair' if len(values) == 1 else 'pairs'}, mean {sum(values) / len(values):.4f}, {under:.1%} under {threshold:g}, "
               + (f"{left_out}, " if left_out else "") + line, err=True)
    for note in language_check.of_pairs(first, from_, to):
        click.echo(f"{pairs[0]}: {note}", err=True)
    if explain:
        from ..evidence.quality import FEATURES

        for name in result.features:
            click.echo(f"{name}: {FEATURES[name].meaning}", err=True)
    if plan.model(runner) is None:
        click.echo("these scores are uncalibrated: they rank, and are no probabilities", err=True)
    return 2 if unreadable else 0


def as_dict(result, place: int, identity: str = "", model=None, explain: bool = False) -> dict:
    """The JSON shape of one score; spans are [start, end) in characters of the pair's own texts.

    `place` and `identity` say which pair it is: its line, row or unit in the file from 1, and its own id if it has one.
    `explain` adds the features, and what each adds to the log-odds by `model` (None: uncalibrated).
    """
    span = lambda s: [s.start, s.end] if s else None
    made = {"place": place, **({"id": identity} if identity else {})}
    made |= {
        "score": result.score,
        "findings": [{
            "check": f.check, "category": f.category.value, "severity": f.severity.value, "confidence": round(f.confidence, 3),
            "source": span(f.source), "target": span(f.target), "message": f.message,
            **({"suggestion": f.suggestion} if f.suggestion else {}),
        } for f in result.findings],
        "back_translation": result.back_translation,
        "signature": result.signature,
    }
    if result.unreliable:
        made["unreliable"] = list(result.unreliable)
    if explain:
        made["features"] = {name: (None if value != value else round(value, 4)) for name, value in result.features.items()}
        if model:
            made["base"] = model.base
            made["contributions"] = {name: round(value, 4) for name, value in model.contributions(result.features).items()}
    return made


def _engine(name: str, cache: bool):
    if name == "none":
        return None
    from ..translate import load

    # The best single path, in half the time: back-translations are for the eye here, and no score depends on them.
    # An audit keeps four, as `check` does, so that one finds in the cache what the other computed.
    return load(name, cache=cache, beam=1)


def _no_part_of(compare: bool, fast: bool) -> None:
    """Raises click.UsageError for options that this run would not listen to."""
    if compare:
        unheard(("explain", "threshold"), "--compare prints means and their difference, no pair by itself")
    if fast:
        unheard(("select", "ignore"), "--fast runs no checks")


def _compare(streams, paths: tuple[str, ...], plan, engine) -> int:
    """Mean scores of two systems on the same sources, with paired bootstrap resampling (Koehn 2004), as sacreBLEU does it."""
    import numpy as np

    from ..report.json import dumps
    from ..scoring import score as score_pairs

    pairs = [list(stream) for stream in streams]
    if [p.source for p in pairs[0]] != [p.source for p in pairs[1]]:
        raise InputError(paths[1], f"its sources are not those of {Path(paths[0]).name}", "Give two translations of the same lines")
    if not pairs[0]:
        raise InputError(paths[0], "holds no pairs", "Give lines of source<TAB>target")
    results, total = [], sum(map(len, pairs))
    with output.progress() as progress:
        for side in pairs:
            for result in score_pairs(((p.source, p.target) for p in side), plan, engine):
                results.append(result)
                progress("scoring", len(results), total)
    values = np.array([r.score for r in results]).reshape(2, -1)
    gaps = values[0] - values[1]
    draws = gaps[np.random.default_rng(SEED).integers(0, len(gaps), (RESAMPLES, len(gaps)))].mean(1)
    gap = float(gaps.mean())
    # How often chance alone, with the mean taken away, makes as large a difference; sacreBLEU's p.
    p = (1 + int(np.sum(np.abs(draws - draws.mean()) >= abs(gap)))) / (RESAMPLES + 1)
    low, high = (round(float(np.quantile(draws, q)), 4) for q in (0.025, 0.975))
    print(dumps({
        **{name: {"file": path, "mean": round(float(column.mean()), 4)} for name, path, column in zip("ab", paths, values)},
        "difference": round(gap, 4), "interval95": [low, high], "p": round(p, 4), "pairs": len(gaps), "resamples": RESAMPLES, "seed": SEED,
        "signature": results[0].signature}))
    better = paths[gap < 0] if p < 0.05 else "neither"
    click.echo(f"better: {better} (p = {p:.3f}, {len(gaps)} pairs)", err=True)
    return 0
