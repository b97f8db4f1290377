"""`verify audit`: a corpus into a folder of shards; `query` and `diff` over such folders."""

from __future__ import annotations

import csv
import difflib
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import click

from ..settings import FAIL_ON
from ..text import InputError, visible
from .common import PATH, Share, fast_option, known_checks, language, names, unheard

TOLD = 20  # files that are left out or could not be read, named one by one


class Audit(click.Group):
    """`verify audit CORPUS…` runs; `verify audit query …` and `verify audit diff …` read what a run left."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or args[0] not in self.commands:
            if args and not Path(args[0]).exists() and (near := difflib.get_close_matches(args[0], ("query", "diff"), 1, 0.75)):
                raise click.UsageError(f"no file and no command is called {args[0]!r}. Did you mean `verify audit {near[0]}`?", ctx)
            args = ["run", *args]
        return super().parse_args(ctx, args)


class Spreader(click.Choice):
    """What spreads the work. Elsewhere --engine names a translation engine: who gives one here is told the option for it."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.choices:
            self.fail(f"{value!r} is not one of {', '.join(map(repr, self.choices))}; a translation engine is named with --model", param, ctx)
        return super().convert(value, param, ctx)


@click.group(cls=Audit)
def audit() -> None:
    """Score a large corpus, resumable."""


def duration(ctx: click.Context, option: click.Parameter, value: str | None) -> float | None:
    """Callback: `90s`, `30m`, `2h`, `1h30m` in seconds."""
    if value is None:
        return None
    parts = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?", value.strip().lower())
    if not parts or not any(parts.groups()):
        raise click.BadParameter("say 90s, 30m or 1h30m", ctx, option)
    return sum(int(number or 0) * unit for number, unit in zip(parts.groups(), (3600, 60, 1)))


@audit.command(epilog="""\b
Examples:
  verify audit memory.tmx corpus.tsv.xz --out audits/2025-05
  verify audit corpora/ --out audits/quick --fast --sample 2000
  verify audit stories/ --out audits/stories      a folder of cases, as `verify check --case` reads them
  verify audit query audits/2025-05 "select file, avg(score) from pairs group by file"
  verify audit diff audits/2025-04 audits/2025-05

Back-translations keep four hypotheses (beam 4), as in `verify check`; `verify score` keeps
one, so that its back-translations differ for most pairs. No score depends on them.

Interrupted in any way, the same command goes on where it was. DIR gets Parquet shards, summary.json,
report.html, findings.sarif and junit.xml for CI, manifest.json (corpus and settings) and shards.sha256.

Exit codes: 0 every row was looked at and nothing is at or over --fail-on, 1 findings, 2 could not run,
or not all of the corpus (--budget, a damaged file, a file of which nothing could be read). Unreadable rows
beside readable ones are counted, and no failure.""")
@click.argument("corpus", nargs=-1, required=True, metavar="CORPUS…")
@click.option("--out", required=True, type=PATH, metavar="DIR", help="Folder of the results, new or of the same audit.")
@click.option("--from", "from_", default="zh", show_default=True, callback=language, metavar="LANG", help="Language of the sources.")
@click.option("--to", default="en", show_default=True, callback=language, metavar="LANG", help="Language of the translations.")
@click.option("--model", default="pocket", show_default=True, metavar="NAME", help="Translation engine; `none` works by vocabulary alone.")
@fast_option
@click.option("--no-back-translation", is_flag=True, help="Leave the back-translation out.")
@click.option("--select", multiple=True, callback=names, metavar="CHECK,…", help="Only these checks; not with --fast.")
@click.option("--ignore", multiple=True, callback=names, metavar="CHECK,…", help="Not these checks; not with --fast.")
@click.option("--no-text", is_flag=True, help="Hashes in place of texts; nothing that quotes them.")
@click.option("--sample", default=0, type=click.IntRange(min=0), metavar="N", help="N rows drawn at random; shares get a 95% interval.")
@click.option("--seed", default=12345, show_default=True, help="Of --sample.")
@click.option("--budget", callback=duration, metavar="TIME", help="Begin no shard after 30m, 2h …; ends with 2 if rows are left, and the same command goes on.")
@click.option("--engine", type=Spreader(["local", "ray"]), default="local", show_default=True, help="What spreads the work; the result is the same.")
@click.option("--ray-address", metavar="ADDRESS", help="Of a Ray cluster, with --engine ray.  [default: one on this machine]")
@click.option("--processes", type=click.IntRange(min=1), metavar="N", help="Workers.  [default: one a core]")
@click.option("--threads", default=1, show_default=True, type=click.IntRange(min=1), help="Of each worker's engine.")
@click.option("--shard-rows", default=1000, show_default=True, type=click.IntRange(min=1), help="Rows a shard: what a kill can lose, at most, of each worker.")
@click.option("--worst", default=50, show_default=True, type=click.IntRange(min=0), help="Lowest scores that the report shows.")
@click.option("--source-column", default="source", show_default=True, help="Column or field of the sources.")
@click.option("--target-column", default="target", show_default=True, help="Column or field of the translations.")
@click.option("--input-format", metavar="FORMAT", help="tsv, csv, jsonl, parquet, xlsx, tmx, xliff.  [default: by name]")
@click.option("--no-cache", is_flag=True, help="Neither read nor fill the cache of translations.")
@click.option("--fail-on", type=click.Choice(FAIL_ON), default="never", show_default=True, help="Exit 1 for findings at or over this.")
def run(corpus, out, from_, to, model, fast, no_back_translation, select, ignore, no_text, sample, seed, budget, engine, ray_address,
        processes, threads, shard_rows, worst, source_column, target_column, input_format, no_cache, fail_on) -> int:
    """Score every pair of CORPUS into DIR.

    CORPUS: TSV, CSV, JSONL, Parquet, XLSX, TMX, XLIFF, any of them as .gz .xz .bz2 .zst; a case (folder with a
    case.toml): a row for each sentence of the draft beside each witness; folders of all these. Folders in them
    that hold the results of an audit are left out.
    """
    from ..audit import AuditSettings
    from ..audit import run as run_audit
    from ..audit.corpus import named
    from ..translate.processor import cores
    from .audit_progress import progress

    if fast:
        unheard(("select", "ignore", "fail_on"), "--fast runs no checks")
    if engine != "ray":
        unheard(("ray_address",), f"--engine {engine} asks no cluster")
    known_checks(select, ignore)
    settings = AuditSettings(from_, to, model, fast, not no_back_translation, tuple(sorted(select or ())), tuple(sorted(ignore or ())), source_column,
                             target_column, input_format, not no_text, sample, seed, shard_rows)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with progress() as shown:
            told = _notes_first(shown)
            outcome = run_audit(corpus, out, settings, engine=engine, processes=processes or cores(), threads=threads, cache=not no_cache,
                                address=ray_address, budget=budget, worst=worst, progress=told)
    except KeyboardInterrupt:
        click.echo(f"{out}: finished shards are kept; the same command goes on", err=True)
        raise
    _say(outcome, out)
    if not outcome.complete:
        click.echo(f"{out}: stopped by --budget with {outcome.total - outcome.rows} of {outcome.total} rows to go. "
                   "The same command goes on, with another --budget or none.", err=True)
        return 2  # what was not looked at is not clean
    if not outcome.summary["scored"]:
        raise InputError(named(corpus), "no pair in it could be read", f'The reasons: verify audit query {out} "select file, place, error from pairs"')
    if cut := _cut_short(out):
        click.echo(f"{out}: of {', '.join(cut)} the rest was not read", err=True)
        return 2
    if outcome.summary["nothing_read"]:
        return 2
    return int(fail_on != "never" and not set(FAIL_ON[FAIL_ON.index(fail_on) :]).isdisjoint(_severities(out)))


def _notes_first(shown: Callable) -> Callable:
    """`shown`, after the notes on the corpus: who mixed up two columns wants to know before the night is over."""
    waiting = True

    def told(outcome) -> None:
        nonlocal waiting
        if waiting:
            _lines(outcome.notes)
        waiting = False
        shown(outcome)

    return told


def _lines(said: list[str]) -> None:
    """To stderr, as many as somebody reads: a folder can hold thousands of files."""
    for line in said[:TOLD]:
        click.echo(visible(line), err=True)
    if len(said) > TOLD:
        click.echo(f"and {len(said) - TOLD} more", err=True)


def _interrupt(number, frame) -> None:
    raise KeyboardInterrupt


def _say(outcome, out: Path) -> None:
    from ..documents.pairs import PassedOver

    s = outcome.summary
    passed = PassedOver(**s["passed_over"])
    click.echo(", ".join(filter(None, (f"{outcome.rows} of {outcome.total} rows", f"{s['errors']} unreadable", str(passed))))
               + ("" if outcome.complete else "; stopped"))
    if s.get("scored"):
        click.echo(f"mean score {s['score']['mean']:.4f}, {s['score_under_half']['share']:.1%} under 0.5" + _interval(s["score_under_half"]))
    if s.get("major_error", {}).get("share") is not None:
        click.echo(f"{s['major_error']['share']:.1%} with a major finding" + _interval(s["major_error"]))
    more = lambda error: f" ({error['rows']} such rows)" if error["rows"] > 1 else ""
    _lines([f"{error['file']}: nothing read: {error['error']}{more(error)}." for error in s["nothing_read"]])
    unread = {error["file"] for error in s["nothing_read"]}
    for error in [error for error in s.get("first_errors", ()) if error["file"] not in unread][:5]:
        click.echo(visible(f"{error['file']}:{error['place']}: {error['error']}{more(error)}."), err=True)
    click.echo(f"shards {outcome.digest}")
    click.echo(f"{out / 'report.html'}")


def _interval(share: dict) -> str:
    return " (95% interval {:.1%} to {:.1%})".format(*share["interval95"]) if "interval95" in share else ""


def _cut_short(out: Path) -> list[str]:
    """The files that are damaged, so that nothing after the damage was looked at."""
    from ..audit.shelf import query
    from ..documents.pairs import UNREAD

    return [file for (file,) in query(out, f"select distinct file from pairs where error like '%{UNREAD}' order by file")[1]]


def _severities(out: Path) -> list[str]:
    from ..audit.shelf import query

    return [severity for (severity,) in query(out, "select distinct severity from pairs where severity is not null")[1]]


@audit.command()
@click.argument("folder", type=PATH, metavar="DIR")
@click.argument("sql")
@click.option("--format", "form", type=click.Choice(["table", "jsonl", "csv"]), default="table", show_default=True)
def query(folder: Path, sql: str, form: str) -> int:
    """One SELECT over the table `pairs`: a row a pair, `findings` a list. Read only (DuckDB)."""
    from ..audit.shelf import query as ask
    from ..report.json import dumps

    columns, rows = ask(folder, sql)
    if form == "jsonl":
        for row in rows:
            print(dumps(dict(zip(columns, row))))
    elif form == "csv":
        if sys.stdout.isatty():  # a pipe gets the texts as they are
            columns, rows = map(visible, columns), [[visible(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
        csv.writer(sys.stdout, lineterminator="\n").writerows([columns, *rows])
    else:
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table()
        for column in columns:
            table.add_column(Text(visible(column)))
        for row in rows:
            table.add_row(*(Text("" if cell is None else visible(str(cell))) for cell in row))
        Console(width=None if sys.stdout.isatty() else 160).print(table)
    return 0


@audit.command()
@click.argument("old", type=PATH)
@click.argument("new", type=PATH)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=0), help="Pairs shown on each side.")
@click.option("--least", default=0.05, show_default=True, type=Share(), help="Change of score that counts.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def diff(old: Path, new: Path, limit: int, least: float, form: str) -> int:
    """What got better or worse between two audits, pair by pair (matched by source text)."""
    from ..audit.summary import diff as compare
    from ..report.json import dumps

    for folder in (old, new):
        if not folder.is_dir():
            raise InputError(folder, "no such folder", "Name the folder given to --out")
    found = compare(old, new, limit, least)
    if form == "json":
        print(dumps(found, 1))
        return 0
    if found["note"]:
        click.echo(f"note: {found['note']}")
    click.echo(f"{found['compared']} compared, {found['retranslated']} retranslated, {found['only_old']} only in {old}, {found['only_new']} only in {new}")
    click.echo(f"{found['better']} better, {found['worse']} worse" + ("" if found["mean_change"] is None else f", mean change {found['mean_change']:+.4f}"))
    if found["findings_by_check"]:
        click.echo("findings on the pairs that were compared:")
    for row in found["findings_by_check"]:
        click.echo(f"  {row['check']}: {row['old']} → {row['new']}")
    for title, rows in (("worse", found["most_worse"]), ("better", found["most_better"])):
        for row in rows:
            click.echo(f"{title} {row['before']:.3f} → {row['after']:.3f}  {visible(row['file'])}:{row['place']}")
            for mark, text in ((" ", row["source"]), ("-", row["old_target"]), ("+", row["new_target"])):
                if text:
                    click.echo(f"  {mark} {visible(text)}")
    return 0
