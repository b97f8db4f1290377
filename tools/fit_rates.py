"""How often each word of the nuance vocabulary has no counterpart in faithful translations.

    python tools/fit_rates.py --pairs news_commentary_sample.tsv nyt_study_notes.tsv --out verify/nuance/rates.json

Each file holds source<TAB>target a line (Chinese, English); more trusted files come first. Counts are of
the same pairing that the checks use, so that a rate answers exactly their question. With --topic the others stay as they are in the
file: trees that were fitted with their rates (fit_learned.py) go on seeing those.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
from collections import defaultdict
from pathlib import Path

from verify.align.words import links
from verify.languages import get
from verify.languages.vocabulary import vocabulary
from verify.nuance.check import Comparison, Side
from verify.nuance.senses import pairing, vocabulary_marks
from verify.nuance.speech import speech_marks

LEAST = 3  # words asked more rarely say nothing of their own


def rows(path: Path, limit: int) -> list[tuple[str, str]]:
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
        text = file.read()
    pairs = [tuple(line.split("\t")[:2]) for line in text.split("\n") if "\t" in line]
    return random.Random(1).sample(pairs, limit) if limit and len(pairs) > limit else pairs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, nargs="+", required=True)
    parser.add_argument("--limit", type=int, default=0, help="pairs of each file (default: all)")
    parser.add_argument("--topic", action="append", default=[], help="count this one alone, and keep the others of --out (default: all)")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    zh, en = get("zh"), get("en")
    topics = options.topic or [t for t in vocabulary(zh).topics if t in vocabulary(en) and t != "speaker"] + ["speech"]
    counts: dict = {code: {t: defaultdict(lambda: [0, 0]) for t in topics} for code in ("zh", "en")}
    for path in options.pairs:
        for source, target in rows(path, options.limit):
            pair = Comparison(Side(source, zh), Side(target, en), links(source, target, "zh", "en"))
            for topic in topics:
                found = pairing(pair, topic, speech_marks if topic == "speech" else vocabulary_marks)
                for i, j in found.contrasts:
                    s, t = found.source[i], found.target[j]
                    for table, a, b in ((counts["zh"][topic], s, t), (counts["en"][topic], t, s)):
                        for sense in a.asks:
                            for opposite in b.asks:
                                table[f"{sense}>{opposite}"][0] += 1
                                table[f"{sense}>{opposite}"][1] += 1
                for side, code in enumerate(("zh", "en")):
                    table = counts[code][topic]
                    missing = set(found.alone(side))
                    for mark in (found.source, found.target)[side]:
                        if not mark.asks:
                            continue
                        for key in (*mark.asks, f"tight:{found.places.tightness}", "word:" + mark.entry):
                            table[key][0] += 1
                            table[key][1] += mark in missing
    kept = {code: {t: {k: v for k, v in sorted(table.items()) if v[0] >= LEAST} for t, table in topics.items()}
            for code, topics in counts.items()}
    if options.topic:
        before = json.loads(options.out.read_text(encoding="utf-8"))
        kept = {code: before[code] | topics for code, topics in kept.items()}
    options.out.write_text(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).replace('},"', '},\n"') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
