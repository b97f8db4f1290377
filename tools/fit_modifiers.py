"""Count how often faithful translations leave a modifier unanswered.

    python tools/fit_modifiers.py PAIRS.tsv [PAIRS.tsv ...]

Writes `verify/nuance/modifiers.json`: {entry of modifiers.toml: [pairs that have it, pairs that leave it unanswered]}.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path

from fit_coverage import read, view

from verify.nuance.modifiers import entries, unanswered


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path, nargs="+", help="faithful human translations, zh⇥en, or JSONL as in ../shared/eval")
    parser.add_argument("--limit", type=int, default=4000, help="pairs of each file")
    parser.add_argument("--out", type=Path, default=Path("verify/nuance/modifiers.json"))
    options = parser.parse_args()
    asked, missed = Counter(), Counter()
    for path in options.pairs:
        rows = read(path)
        for zh, en in random.Random(4).sample(rows, min(options.limit, len(rows))):
            one = view(zh, en)
            for english in (False, True):
                text = one.english.text if english else one.simplified
                asked.update(key for key, pattern, _ in entries()[english] if pattern.search(text))
                missed.update({key for key, _ in unanswered(one, english)})
    options.out.write_text(json.dumps({key: [asked[key], missed[key]] for key in sorted(asked)}, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
