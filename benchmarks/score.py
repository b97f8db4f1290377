"""What a score costs, beside a round trip through transformers with the same weights, in one run.

    python benchmarks/score.py --hf pocket-build/hf            # three rounds: 768 pairs scored, 48 sent there and back by transformers
    python benchmarks/score.py --hf pocket-build/hf --pairs 1995 --trips 200 --rounds 1

Prints Markdown. Reads ../shared/eval/ntrex. `--hf` is the folder that `tools/export_pocket.py --hf` wrote: the shipped
model in float32. Every method runs in a process of its own (torch and CTranslate2 slow each other in one), warm, without
a cache. Rates are by the clock and by the processor's time: the second holds where other work shares the machine. A machine's
pace drifts, so the methods take turns for some rounds and the medians are printed.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EVAL = ROOT / ".." / "shared" / "eval"
BATCH = 16  # of transformers; larger ones gain nothing with beam 4 on two cores
METHODS = {
    "round trip, transformers float32, beam 4": ("trip", {"beam": 4}),
    "round trip, transformers float32, greedy": ("trip", {"beam": 1}),
    "verify score": ("score", {}),
    "verify score --no-back-translation": ("score", {"back_translation": False}),
    "verify score --fast": ("score", {"fast": True}),
    "verify score --engine none": ("score", {"engine": "none"}),
}


def pairs(count: int) -> list[tuple[str, str]]:
    with lzma.open(EVAL / "ntrex.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    # Every few, so that the mix of texts is that of the whole set whatever the number.
    return [(row["zh_hans"], row["en"]) for row in rows[:: max(1, len(rows) // count)]][:count]


def work(options) -> None:
    """In the child: time one method on the pairs of stdin."""
    texts = [tuple(pair) for pair in json.load(sys.stdin)]
    kind, settings = METHODS[options.child]
    if kind == "trip":
        from verify.translate.ctranslate2_engine import describe
        from verify.translate.hub import HubEngine
        from verify.translate.pocket_engine import FOLDER

        engine = HubEngine(options.hf, beam=settings["beam"], batch=BATCH, description=describe(FOLDER))

        def run(some):
            there = engine.translate([source for source, _ in some], "zh", "en")
            engine.translate([made.text or "." for made in there], "en", "zh")
    else:
        from verify.scoring import ScorePlan, score
        from verify.translate import load

        engine = None if settings.get("engine") == "none" else load("pocket", cache=False, beam=1)  # as `verify score` does
        plan = ScorePlan(back_translation=settings.get("back_translation", True), fast=settings.get("fast", False))

        def run(some):
            list(score(some, plan, engine))

    run(texts[:4])
    clock, processor = time.perf_counter(), time.process_time()
    run(texts)
    print(json.dumps([len(texts) / (time.perf_counter() - clock), len(texts) / (time.process_time() - processor)]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hf", type=Path, required=True, help="the shipped model for transformers, in float32")
    parser.add_argument("--pairs", type=int, default=768)
    parser.add_argument("--trips", type=int, default=48, help="pairs for transformers, which takes longer")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        return work(options)
    if not EVAL.exists():
        parser.error("the evaluation sets are not beside this checkout (../shared/eval)")
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    measured: dict[str, list[tuple[float, float]]] = {name: [] for name in METHODS}
    for _ in range(options.rounds):
        for name, (kind, _) in METHODS.items():
            done = subprocess.run([sys.executable, __file__, "--hf", str(options.hf), "--child", name], text=True, check=True, stdout=subprocess.PIPE,
                                  input=json.dumps(pairs(options.trips if kind == "trip" else options.pairs)), env={**os.environ, "PYTHONPATH": path})
            measured[name].append(json.loads(done.stdout))
            print(f"{name}: {measured[name][-1][0]:.1f} pairs/s", file=sys.stderr, flush=True)
    rates = {name: [statistics.median(column) for column in zip(*rounds)] for name, rounds in measured.items()}
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    slow, greedy = (rates[name] for name in list(METHODS)[:2])
    print("| | pairs/s | × beam 4 | × greedy | pairs a processor second | × beam 4 | × greedy |\n|---|---|---|---|---|---|---|")
    for name, rate in rates.items():
        cells = [cell for i in (0, 1) for cell in (f"{rate[i]:.1f}", f"{rate[i] / slow[i]:.1f}", f"{rate[i] / greedy[i]:.1f}")]
        print("| " + " | ".join([name, *cells]) + " |")
    print(f"\n{cores} cores, load {os.getloadavg()[0]:.1f} at the end; median of {options.rounds} rounds; {options.pairs} pairs of NTREX scored, {options.trips} sent there and back.")


if __name__ == "__main__":
    main()
