"""Shards on this machine: processes, each with a warm engine of its own, and no more in flight than they can take."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process

from ..text import InputError
from .corpus import Row
from .settings import AuditSettings
from .shard import Shard, Worker

TRIES = 3  # a shard that has brought down this many workers is not given to another

_worker: Worker | None = None


def compute(stream: Iterator[tuple[int, list[Row]]], settings: AuditSettings, *, processes: int, threads: int, cache: bool) -> Iterator[Shard]:
    """Shards as they get done, in any order. A worker that dies is replaced and its shard done again.

    Raises InputError for a shard that kills every worker. Closing the generator stops the workers at once.
    """
    if processes == 1:
        worker = Worker(settings, cache, threads)
        for index, rows in stream:
            yield worker(index, rows)
        return
    pool = _pool(settings, cache, threads, processes)
    flying: dict[Future, tuple[int, list[Row]]] = {}
    waiting: list[tuple[int, list[Row]]] = []
    tries: dict[int, int] = {}
    try:
        while True:
            while len(flying) < processes + 1 and (item := waiting.pop(0) if waiting else next(stream, None)):
                try:
                    flying[pool.submit(_compute, *item)] = item
                except BrokenProcessPool:
                    waiting.append(item)
                    break
            if not flying and not waiting:
                return
            broken = not flying
            for future in wait(flying, return_when=FIRST_COMPLETED).done if flying else ():
                item = flying.pop(future)
                try:
                    shard = future.result()
                except BrokenProcessPool:
                    broken = True
                    waiting.append(item)
                    continue
                yield shard
            if broken:
                waiting += flying.values()
                flying.clear()
                for index, _ in waiting:
                    tries[index] = tries.get(index, 0) + 1
                    if tries[index] > TRIES:
                        raise InputError(f"shard {index}", f"brought down {TRIES} workers (memory?)", "Use fewer --processes or smaller --shard-rows")
                _stop(pool)
                pool = _pool(settings, cache, threads, processes)
    finally:
        _stop(pool)


def _pool(settings: AuditSettings, cache: bool, threads: int, processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, get_context("spawn"), _start, (settings, cache, threads))


def _stop(pool: ProcessPoolExecutor) -> None:
    for process in list((pool._processes or {}).values()):
        process.kill()
    pool.shutdown(wait=True, cancel_futures=True)


def _start(settings: AuditSettings, cache: bool, threads: int) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    threading.Thread(target=_die_with_parent, daemon=True).start()
    _worker = Worker(settings, cache, threads)


def _die_with_parent() -> None:
    parent_process().join()
    os._exit(1)


def _compute(index: int, rows: list[Row]) -> Shard:
    return _worker(index, rows)
