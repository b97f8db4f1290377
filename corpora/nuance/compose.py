"""Turn items written by hand in a short form into the JSON lines of this folder.

    python corpora/nuance/compose.py FILE.txt [FILE.txt ...] [--first 1 --out train.jsonl]

The short form of one item; a blank line or the next `@` ends it, `#` begins a comment line:

    @ mainland economy
    Z 央行行长周三表示，下半年降息“并非不可能”。
    A The central bank governor said on Wednesday that a rate cut in the second half was "not impossible".
    B A second-half rate cut is "not out of the question", the governor of the central bank said on Wednesday.
    A negation critical | not impossible => not possible | 并非不可能
    B omission minor hard | on Wednesday => | 周三

`Z` is the Chinese, `A` to `D` are faithful renderings. A distortion names the rendering that it edits, its category
and severity (`hard` where it is), the words that go, the words that come instead (none: they are left out), and the
Chinese words concerned (`-` for an addition). Everything outside the edit is copied, so that nothing else can differ.
Words that go must stand once in the rendering. Faults are printed as `file:line: what`, and the item is left out.
Standard library only.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path

from validate import faults

DISTORTION = re.compile(r"([A-D]) (\w+) (minor|major|critical)( hard)?\s*\|(.*?)=>(.*?)\|(.*)")


def edited(text: str, old: str, new: str) -> tuple[str, str | None]:
    """The text with `new` for `old`, and the words of it that differ, lengthened until they stand once; None where
    words only went. Raises ValueError where `old` does not stand exactly once."""
    if text.count(old) != 1:
        raise ValueError(f"{old!r} stands {text.count(old)} times in the rendering")
    at = text.index(old)
    changed = re.sub(r" +([,.;:?!])", r"\1", re.sub(r" {2,}", " ", text[:at] + new + text[at + len(old):])).strip()
    if changed == text:
        raise ValueError("nothing changes")
    before, after = text.split(" "), changed.split(" ")
    start = next((i for i, (a, b) in enumerate(zip(before, after)) if a != b), min(len(before), len(after)))
    tail = next((i for i, (a, b) in enumerate(zip(before[start:][::-1], after[start:][::-1])) if a != b),
                min(len(before), len(after)) - start)
    end = len(after) - tail
    bare = lambda words: [word.strip(".,;:?!").casefold() for word in words]
    if bare(after[start:end]) == bare(before[start : start + end - start]) or end <= start:
        return changed, None
    while changed.count(span := " ".join(after[start:end]).strip(" ,.;:")) > 1:
        if end < len(after):
            end += 1
        elif start:
            start -= 1
        else:
            break
    return changed, span


def distortion(line: str, good: dict[str, str]) -> dict:
    """One distorted rendering of a line of the short form."""
    match = DISTORTION.fullmatch(line)
    if not match:
        raise ValueError("not `A category severity [hard] | words => words | 中文`")
    name, category, severity, hard, old, new, zh = (part and part.strip() for part in match.groups())
    if name not in good:
        raise ValueError(f"no rendering {name}")
    en, span = edited(good[name], old, new)
    if category == "omission":
        span = None
    elif span is None and zh == "-":
        raise ValueError("an addition adds nothing")
    return {"en": en, "category": category, "severity": severity, "zh_span": None if zh == "-" else zh, "en_span": span,
            "hard": bool(hard)}


def compose(path: Path, first: int, wrong: list[str]) -> list[dict]:
    """Items of one file, numbered from `first`; adds to `wrong` what is wrong."""
    items: list[dict] = []
    item, good, places = None, {}, []

    def close() -> None:
        if item is None:
            return
        item["good"] = list(good.values())
        item["id"] = f"t{first + len(items):04d}"
        found = list(faults(item))
        wrong.extend(f"{path}:{places[0]}: {fault}" for fault in found)
        if not found:
            items.append(item)

    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if line.startswith("#"):
            continue
        if not line or line.startswith("@"):
            close()
            item = None
        if line.startswith("@"):
            parts = line.split()
            item, good, places = dict(id="", zh="", region=parts[1] if len(parts) > 1 else "", domain=parts[2] if len(parts) > 2 else "", good=[], bad=[]), {}, [number]
        elif item is None:
            if line:
                wrong.append(f"{path}:{number}: stands outside an item; begin one with @")
        elif line.startswith("Z "):
            item["zh"] = line[2:].strip()
        elif re.match(r"[A-D] (\w+ )(minor|major|critical)\b", line):
            try:
                item["bad"].append(distortion(line, good))
            except ValueError as error:
                wrong.append(f"{path}:{number}: {error}")
        elif re.match(r"[A-D] ", line):
            good[line[0]] = line[2:].strip()
        else:
            wrong.append(f"{path}:{number}: neither Z, A to D, nor a distortion")
    close()
    return items


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--first", type=int, default=1, help="number of the first item")
    parser.add_argument("--out", type=Path, help="where to write; without it, only the faults and the counts are printed")
    options = parser.parse_args()
    wrong: list[str] = []
    items: list[dict] = []
    for path in options.files:
        items += compose(path, options.first + len(items), wrong)
    for line in wrong:
        print(line, file=sys.stderr)
    count = Counter(bad["category"] for item in items for bad in item["bad"])
    hard = sum(bad["hard"] for item in items for bad in item["bad"])
    print(f"{len(items)} items, {count.total()} distorted renderings, {hard} hard:", ", ".join(f"{k} {v}" for k, v in sorted(count.items())))
    if options.out:
        options.out.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items), encoding="utf-8")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
