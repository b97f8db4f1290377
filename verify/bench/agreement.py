"""Agreement of the score with professionals on a set of judged translations, beside trivial floors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..text import InputError
from . import spans
from .item_file import items
from .judgements import BINS, acc_eq_of_pairs, auc, bootstrap, calibration_error, kendall, pair_accuracy, pairs_within

# Single features that stand beside the score, so that its own part is seen.
SINGLE = ("forward", "backward", "chrf")


def judged(path: Path) -> list[dict]:
    """Rows with zh, en, seg, doc, system, y (1: no major error) and mqm (0 best), from MQM in either shape:
    error spans with severities, or the mean of raters (`mqm`, a major error where it is -5 or worse)."""
    rows = []
    for number, row in items(path, {"zh", "en", "seg"}, "judged translation", "See shared/README.md"):
        if "mqm" in row:
            # No document names: runs of 20 segments stand for them.
            document, mqm = f"run-{int(row['seg']) // 20}", row["mqm"]
            good = mqm > -5
        elif "errors" in row and "doc" in row:
            document = row["doc"]
            major = sum(e["severity"] in ("major", "critical") for e in row["errors"])
            mqm = -5.0 * major - sum(e["severity"] == "minor" for e in row["errors"])
            good = major == 0
        else:
            raise InputError(path, "no judged translation (without mqm, or doc and errors)", "See shared/README.md", line=number)
        if row["zh"].strip() and row["en"].strip():
            rows.append(dict(zh=row["zh"], en=row["en"], doc=document, seg=f"{document}:{row['zh']}", system=row.get("system", ""),
                             y=int(good), mqm=float(mqm), zh_len=len(row["zh"]), en_len=len(row["en"])) | ({"errors": row["errors"]} if "errors" in row else {}))
    return rows


def figures(rows: Sequence[dict]) -> dict:
    """`rows` carry score, features, y, mqm, seg, doc, system, en_len; all figures once for every translation, once
    for machine output alone (as the metrics tasks do) and once for those whose back-translation was made."""
    parts = {"all": rows, "machine output": [r for r in rows if not _human(r["system"])],
             "with a back-translation": [r for r in rows if r["features"].get("chrf") is not None]}
    parts = {name: table(part) for name, part in parts.items() if part and (name == "all" or len(part) < len(rows))}
    scores, y = [r["score"] for r in rows], [r["y"] for r in rows]
    return {"parts": parts, "calibration_error": calibration_error(scores, y), "reliability": reliability(scores, y)}


def _human(system: str) -> bool:
    return system.lower().startswith(("human", "ref"))


def table(rows: Sequence[dict]) -> dict:
    """Each metric's agreement. Intervals are 95%, documents resampled; `over` is how much `verify` gains on that
    metric, with the interval of the difference on the same draws."""
    columns = {"verify": [r["score"] for r in rows]}
    for name in SINGLE:
        values = [r["features"].get(name) for r in rows]
        if all(v is not None for v in values):
            columns[name] = values
    columns["minus length"] = [-r["en_len"] for r in rows]
    columns["constant"] = [0.0] * len(rows)
    y, mqm = np.array([r["y"] for r in rows]), np.array([r["mqm"] for r in rows], float)
    seg, doc = np.array([r["seg"] for r in rows]), [r["doc"] for r in rows]
    arrays = {name: np.asarray(values, float) for name, values in columns.items()}
    gaps = {name: pairs_within(seg, values, mqm) for name, values in arrays.items()}
    first = gaps["verify"][2]
    homes = [doc[k] for k in first]
    accuracy = lambda name, i: acc_eq_of_pairs(*(gaps[name][part][i] for part in (0, 1, 3)))
    everywhere = np.arange(len(first))
    made = {}
    for name, v in arrays.items():
        flat = v.std() == 0
        entry = {"acc_eq": accuracy(name, everywhere), "auc": auc(v, y), "kendall": None if flat else kendall(seg, v, mqm),
                 "pairs": pair_accuracy(seg, v, mqm), "pearson": None if flat else float(np.corrcoef(v, mqm)[0, 1])}
        if name == "verify":
            entry["acc_eq_interval"] = bootstrap(lambda i: accuracy("verify", i), homes, draws=200) if len(first) else None
            entry["auc_interval"] = bootstrap(lambda i: auc(arrays["verify"][i], y[i]), doc)
        else:
            entry["acc_eq_over"] = bootstrap(lambda i, name=name: accuracy("verify", i) - accuracy(name, i), homes, draws=200) if len(first) else None
            entry["auc_over"] = bootstrap(lambda i, v=v: auc(arrays["verify"][i], y[i]) - auc(v[i], y[i]), doc)
        made[name] = entry
    return {"translations": len(rows), "no_major_error": float(y.mean()), "metrics": made}


def reliability(probabilities: Sequence[float], labels: Sequence[int]) -> list[tuple[float, float, int]]:
    """(mean score, share without major error, count) of equally filled bins."""
    order = np.argsort(probabilities, kind="stable")
    p, y = np.asarray(probabilities)[order], np.asarray(labels)[order]
    return [(float(p[part].mean()), float(y[part].mean()), len(part)) for part in np.array_split(np.arange(len(p)), BINS) if len(part)]


def reliability_svg(points: Sequence[tuple[float, float, int]]) -> str:
    """The reliability diagram: what was said against what was so; on the diagonal a score keeps its word."""
    place = lambda x, y: (40 + 300 * x, 320 - 300 * y)
    dots = "".join(f'<circle cx="{place(x, y)[0]:.1f}" cy="{place(x, y)[1]:.1f}" r="5"><title>{x:.2f} said, {y:.2f} so, {n} pairs</title></circle>'
                   for x, y, n in points)
    ticks = "".join(f'<text x="{40 + 300 * t:.0f}" y="338" text-anchor="middle">{t:.1f}</text><text x="34" y="{324 - 300 * t:.0f}" text-anchor="end">{t:.1f}</text>'
                    for t in (0, 0.5, 1))
    return ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 365" width="360" font-family="sans-serif" font-size="12">'
            '<rect width="360" height="365" fill="#fff"/><path d="M40 320H340V20H40Z" fill="none" stroke="#888"/><path d="M40 320L340 20" stroke="#bbb"/>'
            f'<g fill="#1f5fa8">{dots}</g>{ticks}<text x="190" y="358" text-anchor="middle">score</text>'
            '<text x="12" y="170" transform="rotate(-90 12 170)" text-anchor="middle">share without major error</text></svg>\n')


def markdown(result: dict) -> str:
    number = lambda v: "-" if v is None or v != v else f"{v:.3f}"
    span = lambda pair: "-" if pair is None else f"{pair[0]:+.3f} to {pair[1]:+.3f}".replace("+0.", "+.").replace("-0.", "-.")
    plain = lambda pair: "-" if pair is None else f"({pair[0]:.3f} to {pair[1]:.3f})"
    lines = []
    for title, part in result["parts"].items():
        lines += [f"**{title}**: {part['translations']} translations, {part['no_major_error']:.3f} of them without a major error.", "",
                  "| | acc*eq | verify over it, 95% | AUC | verify over it, 95% | Kendall | pairs ranked right | Pearson |", "|---|---|---|---|---|---|---|---|"]
        for name, r in part["metrics"].items():
            margins = [plain(r["acc_eq_interval"]), plain(r["auc_interval"])] if name == "verify" else [span(r["acc_eq_over"]), span(r["auc_over"])]
            lines.append(f"| {name} | {number(r['acc_eq'])} | {margins[0]} | {number(r['auc'])} | {margins[1]} | {number(r['kendall'])} | {number(r['pairs'])} | {number(r['pearson'])} |")
        lines.append("")
    if "spans" in result:
        lines += [spans.markdown(result["spans"]), ""]
    return "\n".join([*lines, f"Expected calibration error of verify: {result['calibration_error']:.3f}.", "", f"`{result['signature']}`"])
