"""`verify check`: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..finding import Report
from ..report import FORMATS, SUFFIXES
from ..settings import FAIL_ON
from ..text import InputError
from . import output
from .common import PATH, Inputs, Share, gather, input_options, login, names, refuse_unreadable, refuse_unrelated, run

if TYPE_CHECKING:
    from ..suppress import Accepted


@click.command(epilog="""\b
Examples:
  verify check draft.en.txt --source toutiao.zh.txt --source record=nhk.html:ja
  verify check --case corpora/kato-card --format html --out report.html
  verify check draft.md -s original.zh.md --ignore emphasis --fail-on critical
  verify check --case story --write-baseline story/accepted.toml --reason "minister's own English"
  verify check --case story --baseline story/decisions.sqlite --out story.sarif

Exit codes: 0 nothing at or over --fail-on, 1 findings, 2 could not run.""")
@input_options
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="[default: by the suffix of --out, else text]")
@click.option("--out", "-o", type=PATH, metavar="FILE", help="Write there instead of to the terminal.")
@click.option("--fail-on", type=click.Choice(FAIL_ON), help="Least severity that makes the exit code 1.  [default: major]")
@click.option("--select", multiple=True, callback=names, metavar="CHECK,…", help="Only these checks.")
@click.option("--ignore", multiple=True, callback=names, metavar="CHECK,…", help="Not these checks.")
@click.option("--min-confidence", type=Share(), metavar="0..1", help="Hide findings less sure than this.  [default: 0.3]")
@click.option("--baseline", type=PATH, metavar="FILE", help="Hide the findings accepted in this file, or dismissed in this file of decisions.")
@click.option("--write-baseline", type=PATH, metavar="FILE", help="Accept all findings of this run into FILE; needs --reason.")
@click.option("--reason", metavar="TEXT", help="Why they are accepted.")
@click.option("--author", metavar="NAME", help="Who accepts them.  [default: login name]")
def check(form: str | None, out: Path | None, write_baseline: Path | None, reason: str | None, author: str | None, **given) -> int:
    """Verify DRAFT against its originals: what was lost, gained or changed, quote by quote.

    A difference is one from that original; whether it is a mistake is for the editor to say.
    """
    if write_baseline and not (reason or "").strip():
        raise click.UsageError("--write-baseline needs --reason: every accepted finding carries one")
    inputs = gather(**given)
    output.refuse(out, [*inputs.paths, *filter(None, [inputs.settings.baseline])])
    output.refuse(write_baseline, inputs.paths)
    form = form or output.format_of(out, SUFFIXES)
    refuse_unreadable(inputs.settings, inputs.draft, inputs.witnesses)
    accepted = _accepted(write_baseline) if write_baseline else []
    with output.progress() as progress:
        report = run(inputs, progress)
    refuse_unrelated(report)
    _suppress(report, inputs)
    if write_baseline:
        return _accept(report, write_baseline, accepted, reason, author)
    options = {"text": {"width": output.width(), "colour": out is None and output.colour()}, "junit": {"fail_on": inputs.settings.fail_on},
               "csv": {"mark": out is not None and str(out) != "-"}}
    from ..report import render

    output.write(render(report, form, **options.get(form, {})), out)
    if out is not None and str(out) != "-":
        from ..report.text import counts

        click.echo(f"{out}: {counts(report.findings)}", err=True)
    return 1 if inputs.settings.fails(f.severity for f in report.findings) else 0


def _suppress(report: Report, inputs: Inputs) -> None:
    """Take out what options, comments in the draft and the baseline suppress; say how many."""
    from ..documents import suppressions
    from ..suppress import apply, read_baseline, set_aside

    settings = inputs.settings
    baseline = read_baseline(settings.baseline) if settings.baseline else []
    outcome = apply(report.findings, select=settings.select, ignore=settings.ignore, min_confidence=settings.min_confidence,
                    baseline=baseline, inline=suppressions(inputs.draft))
    report.findings = outcome.kept
    report.suppressed = set_aside(outcome, baseline)
    if outcome.note:
        report.notes.append(outcome.note)


def _accepted(path: Path) -> list[Accepted]:
    """What a baseline that is to be added to holds already. Raises InputError for a file that is none."""
    from ..decisions import holds_decisions
    from ..suppress import read_baseline

    if holds_decisions(path):
        raise InputError(path, "holds an editor's decisions", "Dismiss findings with `verify review`, or name another file")
    return read_baseline(path) if path.is_file() and path.stat().st_size else []


def _accept(report: Report, path: Path, before: list[Accepted], reason: str, author: str | None) -> int:
    from ..suppress import accept, baseline_text

    entries = accept(report.findings, reason, author or login(), before)
    output.write(baseline_text(entries, path), path)
    click.echo(f"{path}: {len(entries)} accepted findings, {len(entries) - len(before)} of them new", err=True)
    return 0
