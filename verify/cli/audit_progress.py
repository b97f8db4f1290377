"""How an audit shows where it is: a bar on a terminal, a plain line now and then in a log."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

EVERY = 10.0  # seconds between lines of a log


@contextmanager
def progress() -> Iterator[Callable]:
    """Yields what `verify.audit.run` calls with its Outcome."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        last = 0.0

        def line(outcome) -> None:
            nonlocal last
            if time.monotonic() - last >= EVERY or outcome.rows == outcome.total:
                last = time.monotonic()
                print(f"{outcome.rows}/{outcome.total} rows, {_rest(outcome)}", file=sys.stderr, flush=True)

        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    with Progress(BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda outcome: bar.update(task, completed=outcome.rows, total=outcome.total, description=_rest(outcome))


def _rest(outcome) -> str:
    """Rate, time left and findings of this run."""
    new = outcome.rows - outcome.earlier
    found = sum(outcome.findings.values())
    tail = f"{found} findings ({outcome.findings['major'] + outcome.findings['critical']} major), {outcome.errors} unreadable"
    if not new or not outcome.seconds:
        return f"{outcome.earlier} from before" if outcome.earlier else "beginning"
    rate = new / outcome.seconds
    left = int((outcome.total - outcome.rows) / rate)
    return f"{rate:.1f} rows/s, {left // 3600}:{left // 60 % 60:02d}:{left % 60:02d} left, {tail}"
