"""DEMETR (Karpinska et al. 2022): is the perturbed translation scored below the one it was made from?"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from ..scoring import ScorePlan, score
from ..text import InputError
from .item_file import items

FIELDS = {"src_sent", "mt_sent", "pert_sent", "eng_sent", "severity", "pert_name"}


def measure(path: Path, plan: ScorePlan, engine, limit: int | None = None) -> dict:
    """Pairwise accuracy a kind of perturbation, beside chrF with a reference and minus the length."""
    from sacrebleu.metrics import CHRF

    chrf = CHRF()
    rows = [row for _, row in items(path, FIELDS, "pair of DEMETR", "Give its fields")][:limit]
    if not rows:
        raise InputError(path, "no pair of DEMETR is left", "Give its pairs, one JSON object a line")
    flat = [(r["src_sent"], r[key]) for r in rows for key in ("mt_sent", "pert_sent")]
    results = iter(score(flat, plan, engine))
    tally: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0, 0.0, 0.0, 0.0])
    line = ""
    for row in rows:
        good, bad = next(results), next(results)
        line = good.signature
        reference = lambda text: chrf.sentence_score(text, [row["eng_sent"]]).score  # noqa: B023 - used in this turn only
        outcome = [_win(good.score, bad.score), _win(reference(row["mt_sent"]), reference(row["pert_sent"])),
                   _win(-len(row["mt_sent"]), -len(row["pert_sent"]))]
        for key in ((row["severity"], row["pert_name"]), (row["severity"], "all")):
            tally[key][0] += 1
            for i, value in enumerate(outcome, 1):
                tally[key][i] += value
    return {"signature": line, "rows": [
        {"severity": severity, "kind": kind, "pairs": int(n), "ours": ours / n, "chrf_with_reference": ref / n, "minus_length": short / n}
        for (severity, kind), (n, ours, ref, short) in sorted(tally.items())]}


def _win(good: float, bad: float) -> float:
    return 1.0 if good > bad else 0.5 if good == bad else 0.0


def markdown(figures: dict) -> str:
    lines = ["| severity | kind | pairs | verify, no reference | chrF with reference | minus length |", "|---|---|---|---|---|---|"]
    for r in figures["rows"]:
        lines.append(f"| {r['severity']} | {r['kind']} | {r['pairs']} | {r['ours']:.3f} | {r['chrf_with_reference']:.3f} | {r['minus_length']:.3f} |")
    return "\n".join([*lines, "", f"`{figures['signature']}`"])
