"""Agreement of the score with professionals on a set of judged translations, beside trivial floors."""

from __future__ import annotations

import json
import lzma
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..text import InputError
from .judgements import acc_eq_of_pairs, auc, bootstrap, calibration_error, kendall, pairs_within

# Single features that stand beside the score, so that its own part is seen.
SINGLE = ("forward", "backward", "chrf")


def judged(path: Path) -> list[dict]:
    """Rows with zh, en, seg, doc, system, y (1: no major error) and mqm (0 best), from MQM in either shape:
    error spans with severities, or the mean of raters (`mqm`, a major error where it is -5 or worse)."""
    rows = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            row = json.loads(line)
            if not {"zh", "en", "seg"} <= set(row) or not ({"mqm", "errors"} & set(row)):
                raise InputError(path, "no judged translation (zh, en, seg and errors or mqm)", "See shared/README.md", line=number)
            if "mqm" in row:
                # No document names: runs of 20 segments stand for them.
                document, mqm = f"run-{int(row['seg']) // 20}", row["mqm"]
                good = mqm > -5
            else:
                document = row["doc"]
                major = sum(e["severity"] in ("major", "critical") for e in row["errors"])
                mqm = -5.0 * major - sum(e["severity"] == "minor" for e in row["errors"])
                good = major == 0
            if row["zh"].strip() and row["en"].strip():
                rows.append(dict(zh=row["zh"], en=row["en"], doc=document, seg=f"{document}:{row['seg']}", system=row.get("system", ""),
                                 y=int(good), mqm=float(mqm), zh_len=len(row["zh"]), en_len=len(row["en"])))
    return rows


def figures(rows: Sequence[dict]) -> dict:
    """`rows` carry score, features, y, mqm, seg, doc, en_len. All intervals are 95%, documents resampled."""
    columns = {"verify": [r["score"] for r in rows]}
    for name in SINGLE:
        values = [r["features"].get(name) for r in rows]
        if any(v is not None for v in values):
            known = np.nanmean([np.nan if v is None else v for v in values])
            columns[name] = [known if v is None else v for v in values]
    columns["minus length"] = [-r["en_len"] for r in rows]
    columns["constant"] = [0.0] * len(rows)
    y, mqm = np.array([r["y"] for r in rows]), np.array([r["mqm"] for r in rows])
    seg, doc = np.array([r["seg"] for r in rows]), [r["doc"] for r in rows]
    table = {}
    for name, values in columns.items():
        v = np.asarray(values, float)
        flat = v.std() == 0
        gm, gh, first = pairs_within(seg, v, mqm)
        table[name] = {
            "acc_eq": acc_eq_of_pairs(gm, gh),
            "acc_eq_interval": bootstrap(lambda i, gm=gm, gh=gh: acc_eq_of_pairs(gm[i], gh[i]), [doc[k] for k in first], draws=100),
            "auc": auc(v, y), "auc_interval": bootstrap(lambda i, v=v: auc(v[i], y[i]), doc),
            "kendall": None if flat else kendall(seg, v, mqm),
            "pearson": None if flat else float(np.corrcoef(v, mqm)[0, 1]),
        }
    return {"translations": len(rows), "no_major_error": float(y.mean()), "table": table,
            "calibration_error": calibration_error(columns["verify"], y), "reliability": reliability(columns["verify"], y)}


def reliability(probabilities: Sequence[float], labels: Sequence[int], bins: int = 10) -> list[tuple[float, float, int]]:
    """(mean score, share without major error, count) of equally filled bins."""
    order = np.argsort(probabilities, kind="stable")
    p, y = np.asarray(probabilities)[order], np.asarray(labels)[order]
    return [(float(p[part].mean()), float(y[part].mean()), len(part)) for part in np.array_split(np.arange(len(p)), bins) if len(part)]


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
    number = lambda v: "-" if v is None else f"{v:.3f}"
    span = lambda pair: f"{pair[0]:.3f}-{pair[1]:.3f}"
    lines = [f"{result['translations']} translations, {result['no_major_error']:.3f} of them without a major error.", "",
             "| | acc*eq | 95% | AUC, no major error | 95% | Kendall | Pearson |", "|---|---|---|---|---|---|---|"]
    lines += [f"| {name} | {number(r['acc_eq'])} | {span(r['acc_eq_interval'])} | {number(r['auc'])} | {span(r['auc_interval'])} | {number(r['kendall'])} | {number(r['pearson'])} |"
              for name, r in result["table"].items()]
    return "\n".join([*lines, "", f"Expected calibration error of verify: {result['calibration_error']:.3f}."])
