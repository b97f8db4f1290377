"""The rules of the checks that are told on their own word (`verify.nuance.suspicion.PROVEN`): false alarms and what they find.

    python benchmarks/rules.py [--check number] [--items corpora/nuance/train.jsonl] [--items corpora/nuance/tune.jsonl]

Prints Markdown: of the faithful renderings, how many each rule reports; of the distorted ones whose kind is the rule's check, how many
it touches. Then the same of these checks as a whole, before the second opinion. No model is asked. The rules were written with an eye on these items; test.jsonl was not looked at.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from joblib import Parallel, delayed

from verify.align.words import links
from verify.bench.nuance import CHECK_OF, touches
from verify.finding import Severity
from verify.nuance import Comparison, checks
from verify.nuance.suspicion import PROVEN, SHOWN
from verify.one_pair import plain_side

NUANCE = Path(__file__).resolve().parents[1] / "corpora" / "nuance"
CHECKS = ("agent", "condition", "emphasis", "hedge", "modality", "negation", "number", "quantifier", "time")  # that have such rules, or trees


def count(items: list[dict], only: tuple[str, ...] = CHECKS) -> Counter:
    """How often each (rule or check, "faithful" or check of the distortion) is reported and touches, and each check gravely; totals under ""."""
    active, made = checks(only), Counter()

    def reported(source: str, draft: str):
        pair = Comparison(plain_side(source, "zh", "source"), plain_side(draft, "en", "target"), links(source, draft, "zh", "en"))
        return [one for check in active for one in check(pair)]

    def names(findings) -> set[str]:
        return {one.evidence["by"] for one in findings if one.evidence.get("by") in PROVEN} | {one.check for one in findings if one.confidence >= SHOWN}

    for item in items:
        for good in item["good"]:
            found = reported(item["zh"], good)
            grave = {one.check for one in found if one.confidence >= SHOWN and one.severity >= Severity.MAJOR}
            made.update([("", "faithful"), *((name, "faithful") for name in names(found)), *((name, "grave") for name in grave)])
        for bad in item["bad"]:
            kind = CHECK_OF.get(bad["category"], bad["category"])
            if kind in only:
                found = [one for one in reported(item["zh"], bad["en"]) if one.check == kind and touches(one, item["zh"], bad)]
                made.update([("", kind), *((name, kind) for name in names(found))])
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=Path, action="append", help="files of items (default: train.jsonl and tune.jsonl)")
    parser.add_argument("--check", action="append", choices=CHECKS, help="count these alone (default: all)")
    options = parser.parse_args()
    only = tuple(options.check or CHECKS)
    items = [json.loads(line) for path in options.items or (NUANCE / "train.jsonl", NUANCE / "tune.jsonl") for line in path.open(encoding="utf-8")]
    found = sum(Parallel(n_jobs=2)(delayed(count)(items[start : start + 200], only) for start in range(0, len(items), 200)), Counter())
    print(f"| rule | check | of {found['', 'faithful']} faithful renderings | of distorted ones of the check |\n|---|---|---|---|")
    for rule in PROVEN:
        for kind in only:
            if found[rule, kind]:
                print(f"| {rule} | {kind} | {found[rule, 'faithful']} | {found[rule, kind]} of {found['', kind]} |")
    print(f"\n| check, by itself | of {found['', 'faithful']} faithful renderings | gravely | of distorted ones of the check |\n|---|---|---|---|")
    for kind in only:
        print(f"| {kind} | {found[kind, 'faithful']} | {found[kind, 'grave']} | {found[kind, kind]} of {found['', kind]} |")


if __name__ == "__main__":
    main()
