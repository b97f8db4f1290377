"""Shards on a Ray cluster: Ray Data hands them to actors that keep the engine warm; the driver writes them.

Ray's own checkpoints lose a crashed run's rows, so they are not used: a shard counts as done when the
driver has renamed it into the folder, as in `local`.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Iterator
from itertools import islice

from ..text import InputError
from .corpus import Row
from .settings import AuditSettings
from .shard import Shard, Worker

WINDOW = 64  # shards a worker that are handed over at once: each window costs one start of the engine a worker


class _Actor:
    def __init__(self, settings: AuditSettings, cache: bool, threads: int):
        self.worker = Worker(settings, cache, threads)

    def __call__(self, batch: dict) -> dict:
        return {"shard": [pickle.dumps(self.worker(*pickle.loads(item))) for item in batch["work"]]}


def compute(stream: Iterator[tuple[int, list[Row]]], settings: AuditSettings, *, processes: int, threads: int, cache: bool,
            address: str | None) -> Iterator[Shard]:
    """Shards in the order Ray finishes them, from `processes` actors of `threads` CPUs each.

    Ray Data restarts an actor that dies and gives its shard to another.
    The corpus is handed over `WINDOW * processes` shards at a time, so neither driver nor object store
    holds more. Raises InputError without Ray, or for a cluster that cannot be reached.
    """
    ray = connect(address, processes * threads + 1)
    from ray.data import ActorPoolStrategy, DataContext

    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.execution_options.preserve_order = False
    logging.getLogger("ray.data").setLevel(logging.WARNING)
    try:
        while window := list(islice(stream, WINDOW * processes)):
            work = ray.data.from_items([{"work": pickle.dumps(item)} for item in window], override_num_blocks=len(window))
            done = work.map_batches(
                _Actor, fn_constructor_args=(settings, cache, threads), batch_size=1, num_cpus=threads,
                compute=ActorPoolStrategy(size=min(processes, len(window))))
            for row in done.iter_rows():
                yield pickle.loads(row["shard"])
    finally:
        ray.shutdown()


def connect(address: str | None, cpus: int):
    """The module `ray`, initialised: at `address`, or on this machine with `cpus` workers."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise InputError("--engine ray", "needs Ray", "Install it: pip install 'verify-translation[ray]'") from error
    quiet = {"log_to_driver": False, "logging_level": "ERROR", "ignore_reinit_error": True}
    try:
        ray.init(address=address, **quiet) if address else ray.init(num_cpus=cpus, include_dashboard=False, **quiet)
    except Exception as error:  # a start that takes too long is a bare Exception in Ray
        raise InputError(f"--ray-address {address}" if address else "--engine ray", " ".join(str(error).split())[:200], "Check the cluster: ray status") from error
    return ray
