"""`verify review`: the page where an editor decides."""

from __future__ import annotations

import tempfile
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..text import InputError
from . import output
from .common import (
    PATH,
    Share,
    engine_of,
    gather,
    input_options,
    known_checks,
    login,
    names,
    plan_of,
    refuse_unreadable,
    refuse_unrelated,
    run,
    unheard,
)

if TYPE_CHECKING:
    from ..decisions import Decisions
    from ..review.desk import Desk, Source


@click.command(epilog="""\b
Examples:
  verify review corpora/kato-card
  verify review draft.en.txt --source toutiao.zh.txt --source record=nhk.html:ja
  verify review report.json                     (of verify check --format json)
  verify review corpora/kato-card --sign-off signed.html

Decisions are kept beside the draft. `verify check --baseline DECISIONS` leaves out what was dismissed.

Exit codes of --sign-off: 0 signed, 1 not signed, 2 could not run.""")
@input_options
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="0: any free one.  [default: 0]")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--author", metavar="NAME", help="Who decides.  [default: login name]")
@click.option("--decisions", type=PATH, metavar="FILE", help="Where decisions are kept.  [default: DRAFT.decisions.sqlite beside the draft]")
@click.option("--sign-off", type=PATH, metavar="FILE", help="Write the sign-off page (.html or .pdf) and serve nothing; - is stdout.")
@click.option("--select", multiple=True, callback=names, metavar="CHECK,…", help="Only these checks.")
@click.option("--ignore", multiple=True, callback=names, metavar="CHECK,…", help="Not these checks.")
@click.option("--min-confidence", type=Share(), metavar="0..1", help="Hide findings less sure than this.  [default: 0.3]")
@click.option("--baseline", type=PATH, metavar="FILE", help="Hide the findings accepted in this file.")
def review(port: int, no_browser: bool, author: str | None, decisions: Path | None, sign_off: Path | None, **given) -> int:
    """Open DRAFT beside its originals in the browser, to accept, dismiss and mend what was found.

    DRAFT can also be a case (a folder with case.toml) or a report in JSON. Nothing leaves this machine: the page is
    served on 127.0.0.1 and its address holds a key. Ctrl-C ends it; every decision is on disk by then.
    """
    from ..decisions import Decisions
    from ..review.desk import Desk

    if sign_off and sign_off.suffix.lower() not in ("", ".html", ".htm", ".pdf"):
        raise InputError(sign_off, "the sign-off is a page", "Name the file *.html or *.pdf")
    source, beside, inputs = _source(given)
    output.refuse(sign_off, inputs)
    place = decisions or beside.with_name(f"{beside.name}.decisions.sqlite")
    if sign_off:
        with _there(place) as kept:
            return _sign(Desk(source, kept, author or login()), sign_off)
    with Decisions(place) as kept:
        desk = Desk(source, kept, author or login())
        from ..review.serve import serve

        def ready(address: str) -> None:
            click.echo(f"Review: {address}\nDecisions: {kept.path}\nCtrl-C ends it.", err=True)
            if not no_browser:
                webbrowser.open(address)

        serve(desk, port, ready)
    if desk.dirty:
        click.echo(f"{desk.report.draft.name}: edits that were not saved are kept; the next `verify review` takes them up", err=True)
    return 0


@contextmanager
def _there(place: Path) -> Iterator[Decisions]:
    """The decisions in a file; where there is none, none, and none is made."""
    from ..decisions import Decisions

    with tempfile.TemporaryDirectory(prefix="verify-sign-off-") as folder, Decisions(place if place.exists() else Path(folder) / "none.sqlite") as kept:
        yield kept


def _sign(desk: Desk, out: Path) -> int:
    from ..review.signoff import signoff_html, signoff_pdf, verdict

    html = signoff_html(desk.report, desk.decisions, author=desk.author)
    if out.suffix.lower() == ".pdf":
        signoff_pdf(html, out)
    else:
        output.write(html, out)
    found = verdict(desk.report, desk.decisions)
    click.echo(f"{out}: " + ("signed" if found.signed else "not signed: " + ", ".join(found.reasons)), err=True)
    return 0 if found.signed else 1


def _source(given: dict) -> tuple[Source, Path, list[Path]]:
    """What is reviewed, the file beside which its decisions lie, and the files that no output may overwrite."""
    draft: Path | None = given["draft"]
    if draft and not given["sources"] and not given["case"]:
        if not draft.exists():
            raise InputError(draft, "no such file", "Check the name")
        if draft.is_dir() or draft.name == "case.toml":
            given["case"], given["draft"] = draft, None
        elif draft.suffix.lower() == ".json":
            return _from_report(draft, given)
    inputs = gather(**given)
    refuse_unreadable(inputs.settings, inputs.draft, inputs.witnesses)
    plan, engine = plan_of(inputs.settings, dateline=inputs.dateline), engine_of(inputs.settings)
    with output.progress() as progress:
        report = run(inputs, progress)
    refuse_unrelated(report)
    return _with_files(report, inputs.settings, plan, engine), inputs.draft.path or Path("draft"), inputs.paths


def _from_report(path: Path, given: dict) -> tuple[Source, Path, list[Path]]:
    from ..plan import Plan
    from ..review.desk import Source
    from ..review.reopen import read_report
    from ..settings import load_settings

    unheard(("language", "from_", "dateline"), f"{path} says what languages and date it is of")
    report, whole = read_report(path)
    refuse_unrelated(report)
    if not whole:
        unheard(("engine", "no_cache", "select", "ignore", "min_confidence", "baseline"), f"the texts are not beside {path}, so it is shown as it is")
        return Source(report, Plan()), path, [path]
    options = {key: given[key] for key in ("engine", "select", "ignore", "min_confidence", "baseline")}
    settings = load_settings(report.draft.path).changed(cache=False if given["no_cache"] else None, **options)
    known_checks(settings.select, settings.ignore, given)
    refuse_unreadable(settings, report.draft, report.witnesses)
    paths = [path, report.draft.path, *(w.path for w in report.witnesses)]
    return _with_files(report, settings, plan_of(settings, dateline=report.dateline), engine_of(settings)), report.draft.path, paths


def _with_files(report, settings, plan, engine) -> Source:
    """A review that can check anew: the same engine stays loaded for every edit."""
    from ..documents import suppressions
    from ..finding import Suppressed
    from ..pipeline import check
    from ..review.desk import Shown, Source
    from ..suppress import OPTIONS, UNSURE, apply, read_baseline, set_aside

    baseline = read_baseline(settings.baseline) if settings.baseline else []

    def show(draft, findings):
        outcome = apply(findings, select=settings.select, ignore=settings.ignore, min_confidence=settings.min_confidence,
                        baseline=baseline, inline=suppressions(draft))
        by_option = [Suppressed(finding, why) for finding, why in outcome.suppressed if why == OPTIONS]
        return Shown(outcome.kept, set_aside(outcome, baseline) + by_option, [finding for finding, why in outcome.suppressed if why == UNSURE])

    def again(draft):
        fresh = check(draft, report.witnesses, plan, engine)
        fresh.title = report.title
        return fresh

    return Source(report, plan, engine, again, show)
