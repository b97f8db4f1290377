"""The pocket model beside others: quality, round trip, repetition, speed, memory, precision.

    python benchmarks/mt.py                                  # everything that the shipped model can show
    python benchmarks/mt.py --hf pocket-build/hf             # with the float32 original: precision and speed ratios
    python benchmarks/mt.py quality roundtrip --quick 50     # two parts, 50 sentences each

Prints Markdown. Reads ../shared/eval. `--hf` is the folder that `tools/export_pocket.py --hf` wrote.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EVAL = ROOT / ".." / "shared" / "eval"
SYSTEMS = {"opusmt": "opus-mt", "nllb": "NLLB-200 600M", "argos": "Argos", "bergamot-base": "Bergamot base", "google": "Google"}
DIRECTIONS = (("zh", "en"), ("en", "zh"))
BATCH = 64


def rows(name: str) -> list[dict]:
    with lzma.open(EVAL / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@lru_cache(maxsize=2)
def metrics(language: str):
    from sacrebleu.metrics import BLEU, CHRF

    return BLEU(tokenize="zh" if language == "zh" else "13a"), CHRF()


def measured(outputs: list[str], references: list[str], language: str) -> tuple[float, float]:
    """BLEU and chrF of a corpus, 0..100."""
    bleu, chrf = metrics(language)
    return bleu.corpus_score(outputs, [references]).score, chrf.corpus_score(outputs, [references]).score


def signatures() -> str:
    return "\n".join(f"- {language}: BLEU `{bleu.get_signature()}`, chrF `{chrf.get_signature()}`"
                     for language in ("en", "zh") for bleu, chrf in [metrics(language)])


def table(head: list[str], lines: list[list]) -> str:
    shown = lambda cell: f"{cell:.3f}" if isinstance(cell, float) and abs(cell) < 2 else f"{cell:.1f}" if isinstance(cell, float) else str(cell)
    return "\n".join("| " + " | ".join(map(shown, line)) + " |" for line in [head, ["---"] * len(head), *lines])


class Bench:
    def __init__(self, options):
        self.options = options
        self.done: dict[tuple, list] = {}

    @property
    def quick(self) -> int | None:
        return self.options.quick

    @lru_cache(maxsize=1)  # noqa: B019  one Bench a process
    def engine(self):
        return engine("int8", self.options)

    def translated(self, texts: list[str], source: str, target: str) -> list:
        key = (source, target, tuple(texts))
        if key not in self.done:
            self.done[key] = self.engine().translate(texts, source, target)
        return self.done[key]

    @lru_cache(maxsize=1)  # noqa: B019
    def ntrex(self) -> dict[str, list[str]]:
        pairs = rows("ntrex")[: self.quick]
        return {"en": [row["en"] for row in pairs], "zh": [row["zh_hans"] for row in pairs]}

    # ------------------------------------------------------------ parts

    def quality(self) -> str:
        """BLEU and chrF on FLORES-test, beside the outputs of others, and on NTREX."""
        flores = [row for row in rows("flores-mt-outputs") if row["split"] == "test"]
        lines: dict[str, list] = {name: [name] for name in ["pocket int8", *SYSTEMS.values()]}
        for source, target in DIRECTIONS:
            part = [row for row in flores if row["direction"] == f"{source}-{target}"][: self.quick]
            references = [row["reference"] for row in part]
            outputs = {"pocket int8": [made.text for made in self.translated([row["source"] for row in part], source, target)]}
            outputs |= {label: [row.get(key) or "" for row in part] for key, label in SYSTEMS.items()}
            for name, texts in outputs.items():
                there = sum(map(bool, texts)) > 0.9 * len(texts)
                lines[name] += measured(texts, references, target) if there else ("-", "-")
        head = ["FLORES test", "zh→en BLEU", "chrF", "en→zh BLEU", "chrF"]
        second = ["pocket int8"]
        for source, target in DIRECTIONS:
            made = self.translated(self.ntrex()[source], source, target)
            second += measured([one.text for one in made], self.ntrex()[target], target)
        return "\n\n".join((table(head, list(lines.values())), table(["NTREX", *head[1:]], [second]), signatures()))

    def roundtrip(self) -> str:
        """A text translated there and back, against itself."""
        lines = []
        for source, target in DIRECTIONS:
            texts = self.ntrex()[source]
            there = [made.text for made in self.translated(texts, source, target)]
            back = [made.text for made in self.translated(there, target, source)]
            lines.append([f"{source}→{target}→{source}", *measured(back, texts, source)])
        return table(["NTREX, there and back", "BLEU", "chrF"], lines)

    def repetition(self) -> str:
        """Share of outputs with a 4-gram four times over, and of each fault that the engine reports."""
        lines, names = [], ("repetition", "blow-up", "short", "script", "empty")
        for source, target in DIRECTIONS:
            made = self.translated(self.ntrex()[source], source, target)
            looping = sum(four_times(one.text, target) for one in made)
            counts = Counter(fault for one in made for fault in one.faults)
            lines.append([f"{source}→{target}", f"{100 * looping / len(made):.2f}%",
                          *(f"{100 * counts[name] / len(made):.2f}%" for name in names)])
        return table(["NTREX", "4-gram ×4", *(f"fault: {name}" for name in names)], lines)

    def precision(self) -> str:
        """int8 against float32: forced-decoding log-probabilities of the same pairs."""
        import numpy

        count = min(500, len(self.ntrex()["en"]))
        lines = []
        for source, target in DIRECTIONS:
            pairs = list(zip(self.ntrex()[source], self.ntrex()[target]))[:count]
            small, exact = (child("score", precision, self.options, {"pairs": pairs, "source": source, "target": target})
                            for precision in ("int8", "float32"))
            means = [[sum(one) / len(one) for one in side] for side in (small, exact)]
            totals = [numpy.array([sum(one) for one in side]) for side in (small, exact)]
            tokens = [[value for one in side for value in one] for side in (small, exact)]
            pearson = lambda sides: float(numpy.corrcoef(sides)[0, 1])
            apart = numpy.abs(totals[0] - totals[1])
            lines.append([f"{source}→{target}", count, f"{pearson(means):.4f}", f"{pearson(tokens):.4f}",
                          f"{numpy.median(apart):.2f}", f"{numpy.percentile(apart, 95):.2f}"])
        kind = "the float32 original" if self.options.hf else "the shipped weights, computed in float32"
        return table([f"int8 against {kind}", "pairs", "Pearson of sentence means", "of tokens",
                      "nats a sentence apart: median", "95%"], lines)

    def speed(self) -> str:
        """Sentences a second, greedy, each configuration in a process of its own, one after another."""
        texts = [text for text in self.ntrex()["en"] if len(text.split()) < 60]
        setups = [("int8", "CTranslate2 int8"), ("float32", "CTranslate2 float32")] + ([("hub", "transformers float32")] if self.options.hf else [])
        found = {key: child("speed", key, self.options, {"texts": texts}) for key, _ in setups}
        base = found[setups[-1][0]]
        lines = [[label, f"{found[key]['single']:.1f}", f"{found[key]['single'] / base['single']:.1f}×", f"{found[key]['batch']:.1f}",
                  f"{found[key]['batch'] / base['batch']:.1f}×", f"{found[key]['load']:.2f}", f"{found[key]['memory']:.0f}"]
                 for key, label in setups]
        note = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before; en→zh, greedy, {len(texts)} sentences of NTREX ({min(len(texts), 64)} for batch 1)."
        return table(["pocket under", "sentences/s, batch 1", "ratio", f"batch {BATCH}", "ratio", "load, s", "peak MB"], lines) + "\n\n" + note


def four_times(text: str, language: str) -> bool:
    units = list(text.replace(" ", "")) if language == "zh" else text.split()
    fours = Counter(zip(units, units[1:], units[2:], units[3:]))
    return bool(fours) and max(fours.values()) >= 4


# ---------------------------------------------------------------- one configuration, in its own process


def engine(kind: str, options, beam: int | None = None, **more):
    from verify.translate.ctranslate2_engine import CTranslate2Engine, describe
    from verify.translate.pocket_engine import FOLDER

    beam, shipped = beam or options.beam, options.model or FOLDER
    if kind == "hub":
        from verify.translate.hub import HubEngine

        return HubEngine(options.hf, beam=beam, batch=BATCH, description=describe(shipped))
    if kind == "float32":
        return CTranslate2Engine(options.float32 or shipped, beam=beam, compute_type="float32", description=describe(shipped), **more)
    return CTranslate2Engine(shipped, beam=beam, **more)


def child(task: str, kind: str, options, data: dict):
    arguments = [sys.executable, __file__, "--child", task, "--kind", kind, "--beam", str(options.beam)]
    for name in ("hf", "float32", "model"):
        if getattr(options, name):
            arguments += [f"--{name}", str(getattr(options, name))]
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(arguments, input=json.dumps(data), stdout=subprocess.PIPE, text=True, check=True, env={**os.environ, "PYTHONPATH": path})
    return json.loads(done.stdout)


def work(options) -> None:
    import resource

    data = json.load(sys.stdin)
    if options.child == "score":
        scores = engine(options.kind, options).score([tuple(pair) for pair in data["pairs"]], data["source"], data["target"])
        print(json.dumps([one.log_probs for one in scores]))
        return
    texts, started = data["texts"], time.perf_counter()
    machine = engine(options.kind, options, beam=1)
    load = time.perf_counter() - started
    tokens = [machine.family.source_tokens(machine.family.encode(text, "source", "en")[0], "en", "zh") for text in texts]
    if options.kind != "hub":
        machine.batch_tokens = BATCH * sum(map(len, tokens)) // len(tokens)
    machine._decode(tokens[:8], [], False)  # warm
    single = tokens[:64]
    started = time.perf_counter()
    for one in single:
        machine._decode([one], [], False)
    alone = len(single) / (time.perf_counter() - started)
    started = time.perf_counter()
    machine._decode(tokens, [], False)
    together = len(tokens) / (time.perf_counter() - started)
    print(json.dumps({"load": load, "single": alone, "batch": together,
                      "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1 << 20)}))


PARTS = ("quality", "roundtrip", "repetition", "precision", "speed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all of them by default")
    parser.add_argument("--quick", type=int, metavar="N", help="the first N sentences of each set")
    parser.add_argument("--model", type=Path, help="a CTranslate2 folder instead of the shipped one")
    parser.add_argument("--hf", type=Path, help="the same model for transformers, in float32")
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--float32", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--kind", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        return work(options)
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}. Parts: {', '.join(PARTS)}")
    if not EVAL.exists():
        parser.error("the evaluation sets are not beside this checkout (../shared/eval)")
    with tempfile.TemporaryDirectory() as spare:
        if options.hf:
            from verify.translate.ctranslate2_engine import describe
            from verify.translate.download import in_own_process
            from verify.translate.pocket_engine import FOLDER

            options.float32 = Path(spare) / "float32"
            in_own_process("convert", options.hf, options.float32, json.dumps(describe(options.model or FOLDER)), "float32")
        bench = Bench(options)
        print(f"`{bench.engine().signature}`" + (f", first {options.quick} sentences of each set" if options.quick else ""))
        for part in options.parts or PARTS:
            print(f"\n### {part}\n\n{getattr(bench, part)()}", flush=True)


if __name__ == "__main__":
    main()
