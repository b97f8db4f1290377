"""How well are distortions told from faithful renderings? Figures on a contrastive challenge set.

An item is one source, faithful renderings (`good`) and distorted ones (`bad`, each with a category, a
severity and the spans concerned): see `corpora/nuance/README.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..finding import Finding
from ..scoring import ScorePlan, score
from .item_file import items

FIELDS = ("id", "zh", "good", "bad")

# Category of the set -> check that should find it.
CHECK_OF = {
    "hedge_evidential": "hedge", "name_role": "name", "agent_role": "agent", "scope_quantifier": "quantifier",
    "condition_cause": "condition",
}
# Major findings below this confidence are shown to a user as doubts, and count as no alarm.
SURE = 0.5


@dataclass
class Row:
    """Figures of one category (or severity): shares are of `bad` distorted renderings."""

    bad: int = 0
    preferred: float = 0.0  # to the distorted rendering, the one it was made from
    preferred_free: float = 0.0  # to it, those that say the same in other words
    free: int = 0  # such pairs
    located: int = 0
    named: int = 0
    shorter: int = 0  # floor: the faithful one is the longer one (minus length prefers it)


def load(path: Path) -> list[dict]:
    """Items of a JSONL challenge set. Raises InputError naming file and line."""
    rows = items(path, set(FIELDS), "challenge item", "See corpora/nuance/README.md for the shape")
    return [{name: row[name] for name in FIELDS} for _, row in rows]


def touches(finding: Finding, source: str, bad: dict) -> bool:
    """Does a finding on a distorted rendering touch the annotated span, on either side?"""
    for text, words, span in ((bad["en"], bad["en_span"], finding.target), (source, bad["zh_span"], finding.source)):
        start = text.find(words) if words and span else -1
        while start >= 0:
            if span.start < start + len(words) and start < max(span.end, span.start + 1):
                return True
            start = text.find(words, start + 1)
    return False


def nearest(good: Sequence[str], bad: str) -> int:
    """The faithful rendering that the distorted one was made from: least edit distance."""
    from rapidfuzz.distance import Levenshtein

    return min(range(len(good)), key=lambda i: Levenshtein.distance(good[i], bad))


def measure(items: Iterable[dict], plan: ScorePlan, engine) -> dict:
    """All figures, as plain numbers: {"overall", "category", "severity", "check", "faithful", "signature"}."""
    items = list(items)
    flat = [(item["zh"], en) for item in items for en in [*item["good"], *(b["en"] for b in item["bad"])]]
    results = iter(score(flat, plan, engine))
    rows: dict[tuple[str, str], Row] = defaultdict(Row)
    false: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    hits: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    faithful = alarmed = any_alarm = 0
    line = ""
    for item in items:
        good = [next(results) for _ in item["good"]]
        bad = [next(results) for _ in item["bad"]]
        for one in good:
            line = one.signature
            faithful += 1
            majors = {f.check for f in one.findings if f.severity.weight >= 5 and f.confidence >= SURE}
            alarmed += bool(majors)
            any_alarm += bool(one.findings)
            for check in majors:
                false[check][0] += 1
        for one, spec in zip(bad, item["bad"]):
            slug = CHECK_OF.get(spec["category"], spec["category"])
            own = nearest(item["good"], spec["en"])
            wins = [1.0 if other.score > one.score else 0.5 if other.score == one.score else 0.0 for other in good]
            mate, won = good[own], wins.pop(own)
            touching = {f.check for f in one.findings if touches(f, one.source, spec)}
            for key in (("overall", "all"), ("category", slug), ("severity", spec["severity"])):
                row = rows[key]
                row.bad += 1
                row.preferred += won
                row.preferred_free += sum(wins)
                row.free += len(wins)
                row.located += bool(touching)
                row.named += slug in touching
                row.shorter += (len(mate.target) < len(one.target)) + 0.5 * (len(mate.target) == len(one.target))
            for check in {f.check for f in one.findings}:
                hits[check][0] += check == slug
                hits[check][1] += 1
    table = lambda kind: {key[1]: _shares(row) for key, row in sorted(rows.items()) if key[0] == kind}
    return {
        "items": len(items), "overall": table("overall")["all"], "category": table("category"), "severity": table("severity"),
        "faithful": {"renderings": faithful, "major_alarms": alarmed / max(1, faithful), "any_finding": any_alarm / max(1, faithful),
                     "by_check": {check: count[0] / faithful for check, count in sorted(false.items())}},
        "check": {check: {"fired": n, "of_its_category": right / max(1, n)} for check, (right, n) in sorted(hits.items())},
        "signature": line,
    }


def _shares(row: Row) -> dict:
    every = row.bad + row.free
    return {"distorted": row.bad, "preference": row.preferred / row.bad, "preference_free": row.preferred_free / max(1, row.free),
            "preference_all": (row.preferred + row.preferred_free) / every, "span": row.located / row.bad,
            "category": row.named / row.bad, "floor_shorter": row.shorter / row.bad}


def markdown(figures: dict) -> str:
    """The figures as Markdown tables."""
    lines = ["| | distorted | preference | over a free rendering | all pairs | span found | category right | floor: shorter is better |", "|---|---|---|---|---|---|---|---|"]
    entry = lambda name, r: (f"| {name} | {r['distorted']} | {r['preference']:.3f} | {r['preference_free']:.3f} | {r['preference_all']:.3f} | {r['span']:.3f} | {r['category']:.3f} | {r['floor_shorter']:.3f} |")
    lines.append(entry("**all**", figures["overall"]))
    lines += [entry(name, row) for name, row in figures["category"].items()]
    lines += [entry(f"severity {name}", row) for name, row in figures["severity"].items()]
    f = figures["faithful"]
    lines += ["", f"Faithful renderings: {f['renderings']}; with a major finding of confidence {SURE} or more: {f['major_alarms']:.3f}; with any finding: {f['any_finding']:.3f}.",
              "By check: " + (", ".join(f"{k} {v:.3f}" for k, v in f["by_check"].items()) or "none") + ".", "", f"`{figures['signature']}`"]
    return "\n".join(lines)
