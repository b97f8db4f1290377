"""A whole audit: corpus → shards not yet done → folder → summary and report."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from ..documents import language_check
from ..documents.pairs import FIRST, PassedOver
from ..text import InputError
from . import corpus, machine_files
from .folder import Folder
from .settings import AuditSettings
from .shard import SEVERITIES, Shard, Worker

Progress = Callable[["Outcome"], None]


@dataclass
class Outcome:
    """How far an audit is. `rows` of `total` are done, `earlier` of them by runs before this one.

    `notes` say what in the folders and files named is no part of the corpus, and what their columns look like, a line each.
    """

    total: int = 0
    rows: int = 0
    earlier: int = 0
    errors: int = 0
    findings: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SEVERITIES, 0))
    seconds: float = 0.0
    complete: bool = False
    digest: str = ""
    summary: dict = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def run(names: Sequence[str], out: Path, settings: AuditSettings, *, engine: str = "local", processes: int = 1, threads: int = 1,
        cache: bool = True, address: str | None = None, budget: float | None = None, worst: int = 50,
        progress: Progress = lambda outcome: None) -> Outcome:
    """Audit the files `names` into the folder `out`, or continue there.

    `engine` is "local" or "ray" (at `address`); neither changes a byte of the result. After `budget`
    seconds no shard is begun any more. `progress` hears of every shard. Raises InputError for what cannot
    be read or written; what is done stays done.
    """
    begun = time.monotonic()
    require()
    notes: list[str] = []
    files = corpus.inputs(names, settings, notes)
    notes += _first_rows(names, files, settings)
    signature = Worker(settings, cache=False).signature  # before the folder: a model that is not there leaves none behind
    with Folder(out).locked() as folder:
        made = folder.begin(settings, signature, files, lambda: corpus.count(files, settings))
        notes += [f"{name}: left out, no pair in it" for name in made.get("without_pairs", ())]
        # Names as they were when it began: the same corpus may lie elsewhere now. Read here, reported there.
        alias = {file.name: there["name"] for file, there in zip(files, made["inputs"])}
        done = folder.done()
        size, total = settings.shard_rows, min(made["rows"], settings.sample or made["rows"])
        outcome = Outcome(total=total, seconds=time.monotonic() - begun, notes=notes)
        outcome.rows = outcome.earlier = sum(max(0, min(size, total - index * size)) for index in done)
        progress(outcome)
        stream = corpus.rows(files, settings)
        if settings.sample:
            stream = _drawn(stream, made["rows"], settings)
        if any(name != there for name, there in alias.items()):
            stream = (row._replace(file=alias[row.file]) for row in stream)
        todo = corpus.shards(stream, size, done)
        if budget is not None:
            todo = _until(todo, begun + budget)
        for shard in _computed(todo, settings, engine, processes, threads, cache, address):
            folder.put(shard.index, shard.data)
            _add(outcome, shard, begun)
            progress(outcome)
            if engine == "ray" and budget is not None and time.monotonic() >= begun + budget:
                break  # Ray has been given shards ahead
        outcome.complete = outcome.rows == total
        outcome.digest = folder.seal()
        from .report import render
        from .summary import summarise, to_json

        outcome.summary = summarise(folder.path, worst, outcome.complete)
        folder.write("summary.json", to_json(outcome.summary))
        folder.write("report.html", render(outcome.summary).encode("utf-8", "backslashreplace"))
        machine_files.write(folder, outcome.complete)
        return outcome


def require() -> None:
    """Raises InputError unless the libraries of the extra [audit] are there."""
    try:
        import duckdb  # noqa: F401
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise InputError("verify audit", f"needs {error.name}", "Install it: pip install 'verify-translation[audit]'") from error


def _first_rows(names: Sequence[str], files: Sequence[corpus.Input], settings: AuditSettings) -> list[str]:
    """Notes on how each file begins. Raises InputError where there is no row: nothing to score is no success."""
    passed, notes, begun = PassedOver(), [], False
    for file in files:
        if begun and Path(file.name).is_dir():
            continue  # the texts of a case are read by the document, which has its own warnings
        said: list[str] = []
        first = list(islice(corpus.rows([file], settings, passed, said.append), FIRST))
        begun = begun or bool(first)
        said += language_check.of_pairs(first, settings.source_language, settings.target_language)
        notes += [f"{file.name}: {note}" for note in said]
    if not begun:
        raise InputError(corpus.named(names), passed.nothing(settings.source_language, settings.target_language), "Check the files, --from and --to")
    return notes


def _computed(todo, settings: AuditSettings, engine: str, processes: int, threads: int, cache: bool, address: str | None) -> Iterator[Shard]:
    first = next(todo, None)
    if first is None:
        return
    from itertools import chain

    todo = chain([first], todo)
    if engine == "ray":
        from .ray_data import compute

        yield from compute(todo, settings, processes=processes, threads=threads, cache=cache, address=address)
    else:
        from .local import compute

        yield from compute(todo, settings, processes=processes, threads=threads, cache=cache)


def _drawn(stream: Iterator[corpus.Row], total: int, settings: AuditSettings) -> Iterator[corpus.Row]:
    """`settings.sample` rows without replacement, each row as likely as another, in corpus order."""
    chosen = sorted(random.Random(settings.seed).sample(range(total), min(settings.sample, total)))
    at = 0
    for number in chosen:
        yield next(islice(stream, number - at, None))
        at = number + 1


def _until(todo: Iterator, deadline: float) -> Iterator:
    for item in todo:
        if time.monotonic() >= deadline:
            return
        yield item


def _add(outcome: Outcome, shard: Shard, begun: float) -> None:
    outcome.rows += shard.rows
    outcome.errors += shard.errors
    for severity, count in shard.findings.items():
        outcome.findings[severity] += count
    outcome.seconds = time.monotonic() - begun
