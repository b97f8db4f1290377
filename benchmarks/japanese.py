"""What the checks see of Japanese originals, by vocabulary alone: faults found and false alarms, by category.

    python benchmarks/japanese.py

On corpora/japanese/pairs.jsonl: sixty news sentences, two faithful renderings of each and ninety distorted ones, by a hand that did not
know the vocabulary. A fault counts as found where the distorted rendering has a finding that none of the faithful ones has; `by its check`
where that finding is of the check that the fault belongs to. Prints Markdown.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from verify.finding import Severity
from verify.scoring import ScorePlan, score

ITEMS = Path(__file__).resolve().parents[1] / "corpora" / "japanese" / "pairs.jsonl"


def main() -> None:
    items = [json.loads(line) for line in ITEMS.read_text(encoding="utf-8").splitlines()]
    plan = ScorePlan(source_language="ja")
    of, found, named, any_one, grave = Counter(), Counter(), Counter(), 0, 0
    for item in items:
        faithful = list(score([(item["ja"], en) for en in item["good"]], plan))
        any_one += sum(bool(one.findings) for one in faithful)
        grave += sum(any(f.severity >= Severity.MAJOR for f in one.findings) for one in faithful)
        known = {(f.check, f.message) for one in faithful for f in one.findings}
        for bad, one in zip(item["bad"], score([(item["ja"], bad["en"]) for bad in item["bad"]], plan)):
            new = {f.check for f in one.findings if (f.check, f.message) not in known}
            of[bad["category"]] += 1
            found[bad["category"]] += bool(new)
            named[bad["category"]] += bad["category"] in new
    print("| fault | distorted | found | by its check |\n|---|---|---|---|")
    for category in sorted(of):
        print(f"| {category} | {of[category]} | {found[category]} | {named[category]} |")
    print(f"| **all** | {of.total()} | {found.total()} | {named.total()} |")
    count = sum(len(item["good"]) for item in items)
    print(f"\nFaithful renderings: {count}; with a finding of severity major or critical: {grave}; with any finding: {any_one}.")


if __name__ == "__main__":
    main()
