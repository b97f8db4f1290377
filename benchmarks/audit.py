"""What an audit costs, and what killing it does: `python benchmarks/audit.py --help`.

Pairs come from `../shared/train` beside the repository. Figures go to stdout as Markdown; nothing is kept
but with --keep.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import lzma
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from itertools import islice, product
from pathlib import Path

TRAIN = Path(__file__).resolve().parents[1] / ".." / "shared" / "train"
FILES = ("nyt_study_notes", "news_commentary_sample", "un_samples", "ai_challenger_valid", "news_rss_mt", "tatoeba_cmn", "python_docs", "tw_law")


def corpus(path: Path, count: int) -> Path:
    """`count` pairs of all kinds, news first."""
    with path.open("w", encoding="utf-8") as out:
        for name in FILES:
            with lzma.open(TRAIN / f"{name}.tsv.xz", "rt", encoding="utf-8") as file:
                for line in islice(file, count):
                    out.write(line)
                    count -= 1
    if count > 0:
        sys.exit(f"only so many pairs there: {count} missing")
    return path


class Run:
    """`verify audit` in a process of its own.

    `peak` is the most resident memory of any one process of it, in MB; `cpu` the seconds that all of them had.
    """

    def __init__(self, source: Path, out: Path, *more: str):
        self.out, self.peak, self.cpu, self.begun = out, 0, 0.0, time.monotonic()
        command = [sys.executable, "-m", "verify.cli.main", "audit", str(source), "--out", str(out), "--no-cache", *more]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.said: list[str] = []
        threading.Thread(target=lambda: self.said.extend(self.process.stderr), daemon=True).start()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while self.process.poll() is None:
            used = 0
            for pid in family(self.process.pid):
                try:
                    status = Path(f"/proc/{pid}/status").read_text()
                    clocks = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                except OSError:
                    continue
                if found := re.search(r"VmHWM:\s+(\d+)", status):
                    self.peak = max(self.peak, int(found[1]) // 1024)
                used += sum(map(int, clocks[11:15]))  # user and system, own and of children that ended
            self.cpu = max(self.cpu, used / os.sysconf("SC_CLK_TCK"))
            time.sleep(0.3)

    def shards(self) -> int:
        return len(list(self.out.glob("shard-*.parquet")))

    def finish(self, tell=lambda shards: None) -> float:
        """Seconds it took; `tell` hears now and then how many shards are there. Ends the benchmark where the run failed."""
        while self.process.poll() is None:
            tell(self.shards())
            time.sleep(0.5)
        if self.process.wait():
            sys.exit("".join(self.said[-5:]))
        return time.monotonic() - self.begun


def family(pid: int) -> list[int]:
    """A process and its descendants (Linux)."""
    try:
        children = [int(child) for task in os.listdir(f"/proc/{pid}/task") for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split()]
    except OSError:
        children = []
    return [pid, *(member for child in children for member in family(child))]


def kill_test(folder: Path, count: int, seed: int, more: list[str], size: int) -> int:
    """An uninterrupted run beside one that is killed three times at random moments; 0 if all bytes are equal."""
    source = corpus(folder / "corpus.tsv", count)
    more = [*more, "--shard-rows", str(size)]
    begun = time.monotonic()
    log = lambda text: print(f"{time.monotonic() - begun:8.1f} s  {text}", flush=True)
    log(f"uninterrupted: {count} pairs, {' '.join(more)}")
    total = -(-count // size)
    whole = Run(source, folder / "whole", *more)
    tenths = [0, 0.0]

    def tenth(shards: int) -> None:
        if shards >= tenths[0] + max(1, total // 10):
            log(f"  {shards * size} rows, peak {whole.peak} MB, {1000 * (whole.cpu - tenths[1]) / (shards - tenths[0]) / size:.2f} CPU ms a row since the line before")
            tenths[:] = shards, whole.cpu

    seconds = whole.finish(tenth)
    log(f"done in {seconds:.1f} s, {count / seconds:.1f} pairs/s, {1000 * whole.cpu / count:.2f} CPU ms a pair, peak {whole.peak} MB resident a process")
    rng = random.Random(seed)
    peak = 0
    for fraction in sorted(rng.uniform(0.05, 0.9) for _ in range(3)):
        run = Run(source, folder / "killed", *more)
        while run.process.poll() is None and run.shards() < fraction * total:
            time.sleep(0.05)
        time.sleep(rng.uniform(0, seconds / total))
        if run.process.poll() is not None:
            sys.exit("it was done before it could be killed: give more pairs or smaller --shard-rows")
        run.process.kill()
        run.process.wait()
        peak = max(peak, run.peak)
        log(f"kill -9 with {run.shards()} of {total} shards ({run.shards() * size} rows) in the folder, {time.monotonic() - run.begun:.1f} s after its start")
    run = Run(source, folder / "killed", *more)
    run.finish()
    log(f"resumed and done, peak {max(peak, run.peak)} MB resident a process")
    names = sorted(p.name for p in (folder / "whole").iterdir() if p.name != ".lock")
    same, different, missing = filecmp.cmpfiles(folder / "whole", folder / "killed", names, shallow=False)
    for name in ("whole", "killed"):
        listed = subprocess.run(["sha256sum", "shards.sha256", "summary.json", "report.html"], cwd=folder / name, capture_output=True, text=True)
        log(f"{name}:\n{listed.stdout.rstrip()}")
    log(f"{len(same)} files byte for byte the same, {len(different) + len(missing)} not: {different + missing}")
    return int(bool(different or missing))


def rates(folder: Path, sizes: list[int], processes: list[int], engines: list[str], more: list[str]) -> None:
    """One run a line. CPU is what all processes of a run had, start of the engines included: the clock says less on a shared machine."""
    print("| pairs | engine | processes | seconds | pairs/s | CPU ms a pair | peak MB a process |\n|---|---|---|---|---|---|---|")
    for size in sizes:
        source = corpus(folder / f"{size}.tsv", size)
        digests = set()
        for engine, number in product(engines, processes):
            out = folder / f"{size}-{engine}-{number}"
            run = Run(source, out, "--engine", engine, "--processes", str(number), "--shard-rows", str(min(1000, max(50, size // 20))), *more)
            seconds = run.finish()
            print(f"| {size} | {engine} | {number} | {seconds:.1f} | {size / seconds:.1f} | {1000 * run.cpu / size:.2f} | {run.peak} |", flush=True)
            digests.add((out / "shards.sha256").read_bytes())
            shutil.rmtree(out)
        if len(digests) > 1:
            sys.exit(f"{size} pairs: the shards are not the same in every run")
    print(f"\n{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f} at the end; the shards of one size are the same in every line.")


def stages(folder: Path, count: int) -> None:
    """CPU seconds of each stage for 1,000 pairs, one process, one thread."""
    from verify.align import words
    from verify.audit import AuditSettings
    from verify.audit.corpus import inputs, rows
    from verify.audit.shard import Worker
    from verify.evidence.likelihood import likelihoods

    source = corpus(folder / "stages.tsv", count)
    clock = time.process_time
    begun = clock()
    worker = Worker(AuditSettings(fast=True), cache=False)
    print(f"| stage | CPU s per 1,000 pairs |\n|---|---|\n| start of the engine (once) | {clock() - begun:.2f} s |")
    show = lambda name, seconds: print(f"| {name} | {seconds * 1000 / count:.3f} |", flush=True)
    files = inputs([str(source)], worker.settings)
    begun = clock()
    read = list(rows(files, worker.settings))
    show("reading", clock() - begun)
    pairs = [(row.source, row.target) for row in read]
    begun = clock()
    likelihoods(worker.engine, pairs, "zh", "en")
    show("likelihood, both directions", clock() - begun)
    begun = clock()
    for a, b in pairs:
        words.links(a, b, "zh", "en")
    show("lexicon links", clock() - begun)
    begun = clock()
    made = worker(0, read)
    show("a shard, all of --fast", clock() - begun)
    print(f"\n{len(made.data) / count:.0f} bytes of Parquet a pair")
    begun = clock()
    worker.engine.translate([b for _, b in pairs], "en", "zh")
    show("back-translation (without --fast)", clock() - begun)
    begun = clock()
    checked = Worker(AuditSettings(back_translation=False), cache=False)
    checked(0, read[:10])
    begun = clock()
    checked(0, read)
    show("a shard with checks, no back-translation", clock() - begun)


def beside(folder: Path, hf: Path, count: int) -> None:
    """CPU seconds of other ways to look at 1,000 pairs, each in a process of its own."""
    source = corpus(folder / "beside.tsv", count)
    pairs = [line.rstrip("\n").split("\t")[:2] for line in source.open(encoding="utf-8")]
    print("| beside it | CPU s per 1,000 pairs |\n|---|---|")
    for name in ("round trip, transformers float32, beam 4", "round trip, transformers float32, greedy"):
        command = [sys.executable, str(Path(__file__).with_name("score.py")), "--hf", str(hf), "--child", name]
        done = subprocess.run(command, input=json.dumps(pairs), text=True, check=True, stdout=subprocess.PIPE, env=os.environ)
        print(f"| {name} | {1000 / json.loads(done.stdout)[1]:.1f} |", flush=True)
    done = subprocess.run([sys.executable, __file__, "--encoder", str(source)], text=True, check=True, stdout=subprocess.PIPE, env=os.environ)
    print(f"| encoder of LaBSE's shape (random weights), both sides, transformers float32 | {1000 * float(done.stdout) / count:.1f} |")


def encoder(source: Path) -> None:
    """CPU seconds to embed both sides with BERT-base, which LaBSE is (Feng et al. 2022) but for its vocabulary."""
    import torch
    from transformers import BertConfig, BertModel

    torch.set_num_threads(1)
    model = BertModel(BertConfig(vocab_size=1000)).eval()  # looking up a token costs the same in any vocabulary
    lengths = []
    for line in source.open(encoding="utf-8"):
        zh, en = line.rstrip("\n").split("\t")[:2]
        lengths += [min(512, len(zh) + 2), min(512, len(en.split()) * 4 // 3 + 2)]  # about a token a character, 4 for 3 words
    lengths.sort()
    with torch.no_grad():
        model(torch.ones(1, 8, dtype=torch.long))
        begun = time.process_time()
        for start in range(0, len(lengths), 16):
            some = lengths[start:start + 16]
            model(torch.ones(len(some), some[-1], dtype=torch.long))
    print(time.process_time() - begun)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kill-test", type=int, metavar="N", help="kill a run over N pairs three times, resume, compare all bytes")
    parser.add_argument("--rates", type=int, nargs="+", metavar="N", help="time --fast at these sizes")
    parser.add_argument("--stages", type=int, metavar="N", help="CPU time of each stage over N pairs")
    parser.add_argument("--beside", type=int, metavar="N", help="CPU time of other methods over N pairs; needs --hf")
    parser.add_argument("--hf", type=Path, help="the shipped model for transformers, in float32 (tools/export_pocket.py --hf)")
    parser.add_argument("--encoder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--engines", nargs="+", default=["local"], choices=["local", "ray"], help="of --rates")
    parser.add_argument("--processes", type=int, nargs="+", default=[2])
    parser.add_argument("--shard-rows", type=int, default=1000)
    parser.add_argument("--full", action="store_true", help="with checks and back-translation, not --fast")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it")
    given = parser.parse_args()
    if given.encoder:
        encoder(given.encoder)
        return 0
    if given.beside and not given.hf:
        parser.error("--beside needs --hf")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    folder = given.keep or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    fast = [] if given.full else ["--fast"]
    try:
        if given.stages:
            stages(folder, given.stages)
        if given.rates:
            rates(folder, given.rates, given.processes, given.engines, fast)
        if given.beside:
            beside(folder, given.hf.resolve(), given.beside)
        if given.kill_test:
            return kill_test(folder, given.kill_test, given.seed, [*fast, "--processes", str(given.processes[0])], given.shard_rows)
    finally:
        if not given.keep:
            shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
