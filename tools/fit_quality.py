"""Fit the score on professional judgements: `verify/evidence/quality_zh-en.json` and `quality_en-zh.json`.

    python tools/fit_quality.py                       # both directions, the shipped engine, into the package
    python tools/fit_quality.py --direction zh-en --engine ct2:opus-mt --out opus.json
    verify score pairs.tsv --engine ct2:opus-mt --calibration opus.json

Step 1 gathers features; what the engine said is kept in --work, so that a second run (new checks, a new feature)
only pays for the checks. Step 2 fits the additive models of `verify.evidence.quality` with folds by document, prints
the held-out figures and writes them for `verify bench score --held-out`.

zh-en: MQM of WMT20 news (mean of three raters, "major" when the mean is -5 or worse), WMT21 news and TED (error
spans); some translations of every source segment. Preference pairs (a faithful rendering and its
distortion: corpora/nuance without its test part, DEMETR's odd ids) teach what a finding weighs where all else is equal; some
hundred pairs that do not belong together, what a corpus out of step scores. `readout.py` makes the feature "overall" of them.
Of each only the documents that `parts.py` keeps back: the detector and the estimator were trained on the others.
en-zh: human z-scores of MLQE. Nobody marked errors there: a score is the share of that campaign's translations that
a translator would rate lower.
Half an hour on two free cores; --share 0.3 for a trial. Needs scipy and joblib at fitting time only.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import zlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
from looking import in_shares, remembering
from ordered import ordered
from parts import items_for_fitting, kept_back
from readout import overall

from verify.bench import judgements
from verify.bench.agreement import judged
from verify.evidence import quality
from verify.evidence.quality import FEATURES, Quality
from verify.evidence.round_trip import round_trip
from verify.scoring import ScorePlan, score
from verify.text import InputError

REPO = Path(__file__).resolve().parents[1]
DRAWN = {"mqm-wmt20-news": 6, "mqm-wmt21-news": 8, "mqm-wmt21-ted": 4}  # translations of each source text
ROUND_TRIPS = 400  # source texts of the news sets whose translations are also translated back, for the floor
MLQE = 2500
UNRELATED, TIMES = 300, 4  # pairs of texts that do not belong together, and how often each counts: a corpus out of step must be seen
KNOTS = 7
# Weight of both kinds of pairs beside the judgements, which have weight 1 together: translations of one segment that professionals
# rank, and preference pairs. Who asks for the fast score has a corpus to rank.
PAIRS = {quality.FULL: (0.5, 2.25), quality.FAST: (0.5, 0.5), quality.VOCABULARY: (0.1, 2.0)}
# How many times a margin within a pair counts: the judgements set the scale, and of a pair no more than its order is asked.
SHARP = {quality.FULL: 6.0, quality.FAST: 1.0, quality.VOCABULARY: 1.0}
RIDGE = 1.0
# What a full model rests on where there are preference pairs to learn from. The rest it does better without: it changes as much between
# a rendering and its distortion as between translations and does not know the better one. That both log-probabilities hold against a
# free rendering that it is free, the pairs with free renderings keep in bounds.
TAKEN = ("forward", "backward", "faults", "suspect_all", "judged", "overall", "ranked", "found_heavy", "found_light")
KEEP = ("doc", "y", "mqm", "set", "seg", "system", "en_len", "pair")


# ---------------------------------------------------------------- what is judged


def professional(folder: Path, share: float = 1.0) -> list[dict]:
    """Translations of a seeded draw of source segments; see verify/bench/agreement.py for the fields."""
    rows = []
    for name, each in DRAWN.items():
        some = [row for row in judged(folder / f"{name}.jsonl.xz") if kept_back("mqm", f"{name}:{row['doc']}")]
        random.Random(5).shuffle(some)
        segments = sorted({row["seg"] for row in some})
        random.Random(5).shuffle(segments)
        drawn = {seg: place for place, seg in enumerate(segments[: round(len(segments) * share)])}
        seen: dict[str, int] = {}
        for row in some:
            seen[row["seg"]] = seen.get(row["seg"], 0) + 1
            if row["seg"] in drawn and seen[row["seg"]] <= each:
                rows.append(row | {"set": name, "doc": f"{name}:{row['doc']}", "seg": f"{name}:{row['seg']}", "pair": "",
                                   "back": name.endswith("news") and drawn[row["seg"]] < ROUND_TRIPS * share / 2})
    return rows


def preferences(folder: Path, share: float = 1.0) -> list[dict]:
    """Two rows a pair, the better one first: a faithful rendering and a distortion. Of each distortion two pairs, with the rendering
    that it was made from and with one that says the same in other words ("nuance-free")."""
    from verify.bench.nuance import nearest

    made = []
    for item in items_for_fitting(REPO / "corpora" / "nuance"):
        draw = random.Random(item["id"])
        for bad in draw.sample(item["bad"], min(3, len(item["bad"]))):
            own = nearest(item["good"], bad["en"])
            free = draw.choice([good for n, good in enumerate(item["good"]) if n != own])
            made += [("nuance", item["id"], item["zh"], item["good"][own], bad["en"]), ("nuance-free", item["id"], item["zh"], free, bad["en"])]
    with lzma.open(folder / "demetr-zh-odd.jsonl.xz", "rt", encoding="utf-8") as lines:
        made += [("demetr", str(row["id"]), row["src_sent"], row["mt_sent"], row["pert_sent"]) for row in map(json.loads, lines)
                 if kept_back("demetr", str(row["id"]))]
    random.Random(5).shuffle(made)
    made = made[: round(len(made) * share)]
    return [dict(zh=zh, en=text, doc=f"{kind.split('-')[0]}:{key}", y=place, mqm=0.0, set=kind, seg=f"{kind}:{key}", system="", en_len=len(text), pair=f"{number}", back=False)
            for number, (kind, key, zh, good, bad) in enumerate(made) for place, text in ((1, good), (0, bad))]


def unrelated(rows: list[dict], share: float = 1.0) -> list[dict]:
    """Source texts beside the translation of another, such as a corpus out of step has: nobody judged any, so without them a
    score of what is far worse than all that was judged would be a guess."""
    some = [row for row in rows if not row["pair"] and row["set"] != "mlqe-test"]
    random.Random(7).shuffle(some)
    return [row | dict(en=other["en"], doc=f"unrelated:{row['doc']}", y=0.0, mqm=0.0, set="unrelated", seg=f"unrelated:{number}", system="",
                       en_len=len(other["en"]), back=False)
            for number, (row, other) in enumerate(zip(some, some[1:][: min(round(UNRELATED * share), len(some) // 8)])) if row["seg"] != other["seg"]]


def estimated(folder: Path, share: float = 1.0) -> list[dict]:
    """MLQE's en-zh translations: `mqm` is the z-score, `y` its place among those of the training part, 0 to 1."""
    with lzma.open(folder / "mlqe-en-zh.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    train, test = ([row for row in rows if (row["split"] == "test") == part] for part in (False, True))
    places = np.sort([row["z_mean"] for row in train])
    train = [row for row in train if kept_back("mlqe", row["en"])]
    random.Random(5).shuffle(train)
    train = train[: round(MLQE * share)]
    return [dict(zh=row["en"], en=row["zh"], doc=f"mlqe:{row['en']}", y=float(np.searchsorted(places, row["z_mean"]) / len(places)), mqm=row["z_mean"],
                 set=f"mlqe-{row['split']}", seg=f"mlqe:{row['en']}", system="", en_len=len(row["zh"]), pair="", back=False) for row in train + test]


# ---------------------------------------------------------------- what the evidence says


def gather(rows: list[dict], direction: tuple[str, str], engine: str, work: Path) -> list[dict]:
    """The rows with their features and states."""
    return [{**{k: row[k] for k in KEEP}, **known}
            for row, known in zip(rows, in_shares(partial(evidence, direction=direction, name=engine, work=work), rows))]


def evidence(rows: list[dict], direction: tuple[str, str], name: str, work: Path) -> list[dict]:
    there, here = direction
    engine, made = remembering(name, work), []
    for row, result in zip(rows, score([(row["zh"], row["en"]) for row in rows], ScorePlan(there, here, back_translation=False), engine)):
        made.append({"features": {k: (None if v != v else round(v, 6)) for k, v in result.features.items()},
                     "states": None if result.states is None else [round(float(v), 4) for v in result.states]})
        if row["back"]:
            made[-1]["features"]["chrf"] = round_trip(engine.translate([row["en"]], here, there)[0].text, row["zh"], there).chrf
    return made


# ---------------------------------------------------------------- the model


def folds(rows: Sequence[dict]) -> np.ndarray:
    """[N] the fold of each row's document."""
    return np.array([zlib.crc32(row["doc"].encode()) % 5 for row in rows])


def knots_of(name: str, column: np.ndarray) -> np.ndarray:
    """Quantiles of the values that occur, or the feature's own places."""
    if FEATURES[name].knots:
        return np.array(FEATURES[name].knots, float)
    known = column[~np.isnan(column)]
    if not len(known):
        return np.array([0.0, 1.0])
    places = np.unique(np.quantile(known, np.linspace(0.01, 0.99, KNOTS)).round(5))
    return places if len(places) > 1 else np.array([places[0], places[0] + 1])


def ramps(column: np.ndarray, knots: np.ndarray) -> np.ndarray:
    """[N, K]: K-1 ramps from 0 to 1 between neighbouring knots, then 1 where the value is missing."""
    missing = np.isnan(column)
    steps = np.clip((np.where(missing, knots[0], column)[:, None] - knots[:-1]) / np.diff(knots), 0, 1)
    steps[missing] = 0
    return np.c_[steps, missing]


class Table:
    """Rows with the ramps of their features, and the two kinds of pairs among them (better row, worse row, weight)."""

    def __init__(self, rows: list[dict], names: list[str]):
        self.rows, self.names = rows, names
        value = lambda row, name: np.nan if row["features"].get(name) is None else row["features"][name]
        self.x = np.array([[value(row, name) for name in names] for row in rows], float)
        self.y = np.array([row["y"] for row in rows], float)
        self.fold = folds(rows)
        self.judged = np.array([not row["pair"] for row in rows])
        self.knots = [knots_of(name, self.x[:, i]) for i, name in enumerate(names)]
        self.blocks = [ramps(self.x[:, i], knots) for i, knots in enumerate(self.knots)]
        self.design = np.hstack(self.blocks)

    def limits(self) -> list[tuple[float | None, float | None]]:
        made: list[tuple[float | None, float | None]] = [(None, None)]
        for name, block in zip(self.names, self.blocks):
            feature = FEATURES[name]
            limit = (feature.step, None) if feature.sign > 0 else (None, -feature.step) if feature.sign < 0 else (None, None)
            made += [limit] * (block.shape[1] - 1) + [(None, None)]
        return made

    def pairs(self, part: np.ndarray, shares: tuple[float, float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Both kinds of `ordered` pairs: better row, worse row, weight; a kind weighs `share` times what the judgements do."""
        total, lists = self.judged[part].sum(), []
        for some, share in zip(ordered(self.rows, part), shares):
            some[:, 2] *= share * total / max(some[:, 2].sum(), 1e-9)
            lists.append(some)
        joined = np.concatenate(lists)
        return joined[:, 0].astype(int), joined[:, 1].astype(int), joined[:, 2]


def solve(table: Table, part: np.ndarray, kind: str, version: str) -> Quality:
    """Logistic regression with signs held: of the judgements, and of the differences within the pairs; then Platt's
    (1999) two numbers on the judgements alone, so that the score keeps its word."""
    from scipy.optimize import minimize

    judged = part & table.judged
    design, y = np.c_[np.ones(judged.sum()), table.design[judged]], table.y[judged]
    better, worse, weight = table.pairs(part, PAIRS[kind])
    sharp = SHARP[kind]
    gaps = table.design[better] - table.design[worse]

    def loss(w):
        margin = design @ w
        slack = sharp * (gaps @ w[1:])
        value = np.sum(np.logaddexp(0, margin) - y * margin) + weight @ np.logaddexp(0, -slack) + 0.5 * RIDGE * w[1:] @ w[1:]
        slope = design.T @ (1 / (1 + np.exp(-margin)) - y)
        slope[1:] += RIDGE * w[1:] - sharp * gaps.T @ (weight / (1 + np.exp(slack)))
        return value, slope

    limits = table.limits()
    w = minimize(loss, np.array([low or high or 0.0 for low, high in limits]), jac=True, method="L-BFGS-B", bounds=limits, options={"maxiter": 400}).x
    margin = design @ w

    def honest(v):
        z = v[0] + v[1] * margin
        error = 1 / (1 + np.exp(-z)) - y
        return np.sum(np.logaddexp(0, z) - y * z), np.array([error.sum(), error @ margin])

    shift, scale = minimize(honest, np.array([0.0, 1.0]), jac=True, method="L-BFGS-B", bounds=[(None, None), (0.05, None)]).x
    curves, start = {}, 1
    for name, knots, block in zip(table.names, table.knots, table.blocks):
        steps = scale * w[start : start + block.shape[1]]
        start += block.shape[1]
        values = np.r_[0.0, np.cumsum(steps[:-1])]
        # Evidence that was never missing where it was fitted counts as the usual one where it is.
        seen = np.isnan(table.x[part, table.names.index(name)]).any()
        usual = float(np.mean(np.interp(table.x[judged, table.names.index(name)], knots, values))) if not seen else float(steps[-1])
        curves[name] = {"knots": [round(float(k), 5) for k in knots], "values": [round(float(v), 5) for v in values], "missing": round(usual, 5)}
    return Quality({"version": version, "base": round(float(shift + scale * w[0]), 5), "curves": curves})


def as_data(model: Quality) -> dict:
    return {"version": model.version, "base": model.base, "curves": model.curves}


def fit(rows: list[dict], kind: str, version: str, names: Sequence[str]) -> tuple[Quality, np.ndarray]:
    """The model fitted on all rows but MLQE's test part, and every row's score from a fold that did not see its document."""
    table = Table(rows, names)
    usable = np.array([row["set"] != "mlqe-test" for row in rows])
    held = np.zeros(len(rows))
    final = solve(table, usable, kind, version)
    for number in range(5):
        model = solve(table, usable & (table.fold != number), kind, version)
        for i in np.flatnonzero(table.fold == number):
            held[i] = (model if usable[i] else final).score(dict(zip(table.names, table.x[i])))
    return final, held


def figures(rows: list[dict], held: np.ndarray) -> str:
    """One line of held-out figures."""
    sets = np.array([row["set"] for row in rows])
    y, mqm = np.array([row["y"] for row in rows]), np.array([row["mqm"] for row in rows])
    parts = []
    for name in dict.fromkeys(sets):
        here = sets == name
        if name in ("nuance", "nuance-free", "demetr"):
            good, bad = held[here & (y == 1)], held[here & (y == 0)]
            parts.append(f"{name} preference {np.mean(good > bad) + np.mean(good == bad) / 2:.3f}")
        elif name == "unrelated":
            parts.append(f"unrelated mean {held[here].mean():.3f}, highest tenth {np.quantile(held[here], 0.9):.3f}")
        elif name.startswith("mlqe"):
            parts.append(f"{name} Pearson {np.corrcoef(held[here], mqm[here])[0, 1]:.3f}")
        else:
            seg = [row["seg"] for row, one in zip(rows, here) if one]
            parts.append(f"{name} AUC {judgements.auc(held[here], y[here]):.3f} acc*eq {judgements.acc_eq(seg, held[here], mqm[here]):.3f} "
                         f"ECE {judgements.calibration_error(held[here], y[here]):.3f}")
    return "; ".join(parts)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--direction", choices=("zh-en", "en-zh"), action="append", help="default: both")
    parser.add_argument("--engine", default="pocket", help="as for `verify score`")
    parser.add_argument("--eval", type=Path, default=REPO.parent / "shared" / "eval", help="folder of the judgements")
    parser.add_argument("--work", type=Path, default=REPO / "quality-build", help="folder for features and held-out scores")
    parser.add_argument("--out", type=Path, help="where the calibration goes, with one --direction (default: into the package)")
    parser.add_argument("--version", default="17", help="goes into the signature")
    parser.add_argument("--share", type=float, default=1.0, help="of what is drawn from each set: for a trial")
    parser.add_argument("--refit", action="store_true", help="use the features that are there")
    options = parser.parse_args(arguments)
    directions = options.direction or ["zh-en", "en-zh"]
    if options.out and len(directions) != 1:
        parser.error("--out needs one --direction")
    if options.engine != "pocket" and not options.out:
        parser.error("only the shipped engine's calibration goes into the package: give --out")
    engine = remembering(options.engine, options.work)
    for direction in directions:
        there, here = direction.split("-")
        if not (engine.supports(there, here) and engine.supports(here, there)):
            raise InputError(f"--engine {options.engine}", f"does not translate {direction} both ways", "Name two engines with a comma between")
        path = options.work / f"features-{direction}.jsonl"
        if not options.refit:
            kinds = (professional, preferences) if direction == "zh-en" else (estimated,)
            rows = [row for kind in kinds for row in kind(options.eval, options.share)]
            gathered = gather(rows + unrelated(rows, options.share), (there, here), options.engine, options.work)
            path.write_text("".join(json.dumps(row) + "\n" for row in gathered), encoding="utf-8")
        rows = [json.loads(line) for line in path.open(encoding="utf-8")]
        rows += [dict(row) for row in rows if row["set"] == "unrelated"] * (TIMES - 1)
        pairs = any(row["pair"] for row in rows)
        if pairs:
            made, readout = overall(rows, folds(rows))
            for row, value in zip(rows, made):
                row["features"]["overall"] = None if np.isnan(value) else float(value)
        models, held = {}, {}
        for kind in (quality.FAST, quality.VOCABULARY, quality.FULL):
            names = TAKEN if pairs and kind == quality.FULL else [name for name in quality.names(kind) if name != "overall"]
            # What the detector could not read is scored by the fast model.
            read = np.array([kind != quality.FULL or row["states"] is not None for row in rows])
            held[kind] = np.zeros(len(rows)) if read.all() else held[quality.FAST].copy()
            model, held[kind][read] = fit([row for row, one in zip(rows, read) if one], kind, f"{direction}-{kind}-{options.version}", names)
            models[kind] = as_data(model) | ({"readout": readout} if pairs and kind == quality.FULL else {})
            print(f"{direction} {kind}: {figures(rows, held[kind])}", flush=True)
            with (options.work / f"held-out-{direction}-{kind}.jsonl").open("w", encoding="utf-8") as out:
                out.writelines(json.dumps({**row, "states": None, "score": float(value)}) + "\n" for row, value in zip(rows, held[kind]))
        data = {"source": there, "target": here, "engine": quality.model_of(engine), "models": models}
        out = options.out or REPO / "verify" / "evidence" / f"quality_{direction}.json"
        out.write_text(json.dumps(data) + "\n", encoding="utf-8")
        print(f"wrote {out.name}", flush=True)


if __name__ == "__main__":
    try:
        main()
    except InputError as fault:
        raise SystemExit(str(fault)) from None
