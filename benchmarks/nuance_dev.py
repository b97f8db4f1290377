"""Quick figures of the checks on a contrastive set, for developing them.

    python benchmarks/nuance_dev.py ../shared/eval/nuance-dev.jsonl corpora/nuance/dev.jsonl --show negation
    python benchmarks/nuance_dev.py --faithful ../shared/eval/ntrex.jsonl.xz

Vocabulary, links and evidence without an engine. The public benchmark is `verify bench nuance`.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections import Counter, defaultdict
from pathlib import Path

from verify.bench.nuance import CHECK_OF, touches
from verify.nuance import MEMBERS, checks
from verify.nuance.check import Comparison
from verify.one_pair import plain_side


def compare(zh: str, en: str, active, links) -> list:
    pair = Comparison(plain_side(zh, "zh", ""), plain_side(en, "en", ""), links(zh, en, "zh", "en") if links else None)
    return [finding for check in active for finding in check(pair)]


def weight(findings) -> float:
    return sum(f.severity.weight * f.confidence for f in findings)


def lines(path: Path) -> list[str]:
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
        return file.read().split("\n")


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in lines(path) if line]


def contrastive(items: list[dict], active, links, show: set[str], floor: float) -> None:
    names = {check.name for check in active}
    rows = defaultdict(Counter)
    alarms, by_check, faithful = Counter(), Counter(), 0
    line = lambda f: f"        {f.check} {f.severity.value} {f.confidence:.2f} {f.source and f.source.text} | {f.target and f.target.text}"
    for item in items:
        good = []
        for en in item["good"]:
            found = [f for f in compare(item["zh"], en, active, links) if f.confidence >= floor]
            good.append(weight(found))
            faithful += 1
            major = [f for f in found if f.severity.weight >= 5]
            alarms["any"] += bool(found)
            alarms["major"] += bool(major)
            by_check.update({f.check for f in major})
            if found and "alarms" in show:
                print(f"ALARM {item['id']} {item['zh']}\n      {en}", *map(line, found), sep="\n")
        for bad in item["bad"]:
            found = [f for f in compare(item["zh"], bad["en"], active, links) if f.confidence >= floor]
            kind = bad["category"]
            hit = [f for f in found if touches(f, item["zh"], bad)]
            right = any(f.check == CHECK_OF.get(kind, kind) for f in hit)
            row = rows[kind]
            row["n"] += 1
            row["found"] += bool(hit)
            row["category"] += right
            row["best"] += bool(hit) and CHECK_OF.get(kind, kind) == max(hit, key=lambda f: f.severity.weight * f.confidence).check
            row["preferred"] += sum(weight(found) > g for g in good) / len(good)
            if kind in show and not right:
                print(f"MISS {item['id']} {item['zh']}\n     {bad['en']}\n     {bad['zh_span']} | {bad['en_span']}", *map(line, found), sep="\n")
    print(f"{'category':18}{'n':>5}{'span':>7}{'categ.':>8}{'best':>7}{'prefer':>8}")
    total = Counter()
    for kind in sorted(rows):
        row = rows[kind]
        mine = "" if CHECK_OF.get(kind, kind) in names else "  (check off)"
        print(f"{kind:18}{row['n']:5}" + "".join(f"{row[k] / row['n']:{w}.2f}" for k, w in (("found", 7), ("category", 8), ("best", 7), ("preferred", 8))) + mine)
        total.update(row if not mine else {})
    if total["n"]:
        print(f"{'all checks on':18}{total['n']:5}" + "".join(f"{total[k] / total['n']:{w}.2f}" for k, w in (("found", 7), ("category", 8), ("best", 7), ("preferred", 8))))
    print(f"false alarms on {faithful} faithful: any {alarms['any'] / faithful:.3f}, major {alarms['major'] / faithful:.3f}", dict(by_check))


def quiet(pairs: list[tuple[str, str]], active, links, show: set[str], floor: float) -> None:
    count, words = Counter(), defaultdict(Counter)
    for zh, en in pairs:
        major = [f for f in compare(zh, en, active, links) if f.severity.weight >= 5 and f.confidence >= max(floor, 0.5)]
        count["any"] += bool(major)
        for f in major:
            count[f.check] += 1
            words[f.check][(f.source.text if f.source else "") + "→" + (f.target.text if f.target else "")] += 1
            if f.check in show:
                print(f"{f.check} {f.confidence:.2f} {f.source and f.source.text} | {f.target and f.target.text}\n   {zh}\n   {en}")
    print(f"{len(pairs)} faithful pairs, with a major finding: {count.pop('any') / len(pairs):.3f}", dict(count))
    for check, table in words.items():
        print(" ", check, table.most_common(25))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="*")
    parser.add_argument("--faithful", type=Path, help="pairs (jsonl with zh/en, or TSV) on which findings are false alarms")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--select", default="negation,modality,emphasis,hedge,attribution,quantifier,agent,figurative,condition")
    parser.add_argument("--floor", type=float, default=0.3, help="least confidence that is reported")
    parser.add_argument("--no-links", action="store_true")
    parser.add_argument("--show", default="", help="categories whose misses are printed; 'alarms'; with --faithful: checks")
    options = parser.parse_args()
    active = checks([slug for slug in options.select.split(",") if slug in MEMBERS])
    links = None
    if not options.no_links:
        from verify.align.words import links
    show = set(options.show.split(","))
    for path in options.sets:
        print(path.name)
        contrastive(read(path)[: options.limit or None], active, links, show, options.floor)
    if options.faithful:
        if ".tsv" in options.faithful.name:
            pairs = [tuple(line.split("\t")[:2]) for line in lines(options.faithful) if "\t" in line]
        else:
            pairs = [(row.get("zh") or row["zh_hans"], row["en"]) for row in read(options.faithful)]
        quiet(pairs[: options.limit or None], active, links, show, options.floor)


if __name__ == "__main__":
    main()
