"""Check the challenge set and count what is in it.

    python corpora/nuance/validate.py [FILE.jsonl ...]

Without arguments dev.jsonl and test.jsonl beside this file are read, and the size of the whole set is checked as
well; fresh.jsonl (ids f and three digits), train.jsonl and tune.jsonl (t and four or five) have more renderings an item. Prints one table; a fault goes to stderr as `file:line: what` and makes the exit code 1. Standard library only.
"""

from __future__ import annotations

import difflib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

CATEGORIES = ("number", "time", "negation", "modality", "emphasis", "hedge_evidential", "attribution", "quotation",
              "name_role", "figurative", "agent_role", "scope_quantifier", "condition_cause", "omission", "addition")
SEVERITIES = ("minor", "major", "critical")
REGIONS = {"mainland": "simplified", "singapore": "simplified", "taiwan": "traditional", "hongkong": "traditional"}
DOMAINS = ("politics", "diplomacy", "economy", "business", "courts", "health", "science", "sport", "disaster",
           "society", "defence", "environment", "education", "culture", "transport")
ITEM_KEYS = {"id", "zh", "region", "domain", "good", "bad"}
BAD_KEYS = {"en", "category", "severity", "zh_span", "en_span", "hard"}
MIN_ITEMS, MIN_PER_CATEGORY, MIN_HARD = 300, 25, 1 / 3
MIN_LIKENESS = 0.5  # a distortion is an edit of a faithful rendering, not a new translation


def wrong_script(zh: str, region: str) -> str:
    """Characters of `zh` that the script of `region` does not have.

    GB 2312 holds simplified characters and no traditional ones; Big5 (with the Hong Kong supplement) the other way
    about, but for a few such as 万 and 与, and the quote marks tell those texts apart.
    """
    simplified = REGIONS[region] == "simplified"
    encoding = "gb2312" if simplified else "big5hkscs"
    foreign = "「」『』" if simplified else "“”‘’万与个们说时国会为这来对过还将没发现开关经长问间见"
    return "".join(char for char in dict.fromkeys(zh) if char in foreign or not _encodes(char, encoding))


def _encodes(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def faults(item: dict) -> Iterator[str]:
    """Everything wrong with one item, one sentence each."""
    if missing := ITEM_KEYS ^ item.keys():
        yield f"keys missing or unknown: {sorted(missing)}"
        return
    longer = bool(re.fullmatch(r"t\d{4,5}|f\d{3}", item["id"]))
    if not longer and not re.fullmatch(r"[nv]\d{3}", item["id"]):
        yield f"id {item['id']!r} is not n, v or f and three digits, or t and four or five"
    if item["region"] not in REGIONS:
        yield f"region {item['region']!r} is none of {', '.join(REGIONS)}"
    elif foreign := wrong_script(item["zh"], item["region"]):
        yield f"{foreign!r} in a text of region {item['region']}"
    if item["domain"] not in DOMAINS:
        yield f"domain {item['domain']!r} is none of {', '.join(DOMAINS)}"
    if not 2 <= len(item["good"]) <= (4 if longer else 2):
        yield f"{len(item['good'])} faithful renderings, not {'2 to 4' if longer else '2'}"
    if not 3 <= len(item["bad"]) <= (8 if longer else 4):
        yield f"{len(item['bad'])} distorted renderings, not 3 to {'8' if longer else '4'}"
    renderings = [_plain(text) for text in item["good"]] + [_plain(bad.get("en", "")) for bad in item["bad"]]
    if len(set(renderings)) != len(renderings):
        yield "two renderings are the same"
    for text in (item["zh"], *item["good"], *(bad.get("en", "") for bad in item["bad"])):
        if text != text.strip() or "  " in text or text.count('"') % 2:
            yield f"stray space or odd number of quote marks: {text!r}"
    for bad in item["bad"]:
        for fault in faults_of_distortion(bad, item):
            yield f"{bad.get('category')} {bad.get('en', '')[:50]!r}...: {fault}"


def faults_of_distortion(bad: dict, item: dict) -> Iterator[str]:
    if missing := BAD_KEYS ^ bad.keys():
        yield f"keys missing or unknown: {sorted(missing)}"
        return
    zh_span, en_span = bad["zh_span"], bad["en_span"]
    if bad["category"] not in CATEGORIES:
        yield "unknown category"
    if bad["severity"] not in SEVERITIES:
        yield f"severity {bad['severity']!r} is none of {', '.join(SEVERITIES)}"
    if not isinstance(bad["hard"], bool):
        yield "hard is neither true nor false"
    for key, span, text in (("zh_span", zh_span, item["zh"]), ("en_span", en_span, bad["en"])):
        if span is not None and (not span or span not in text):
            yield f"{key} {span!r} is not in {key[:2]}"
        elif span is not None and text.count(span) > 1:
            yield f"{key} {span!r} occurs more than once in {key[:2]}: its place cannot be told"
    if zh_span is None and en_span is None:
        yield "both spans are null"
    if (bad["category"] == "addition") != (zh_span is None):
        yield "zh_span is null for additions and for nothing else"
    if bad["category"] == "omission" and en_span is not None:
        yield "the en_span of an omission is null"
    if max(_likeness(bad["en"], good) for good in item["good"]) < MIN_LIKENESS:
        yield "too far from both faithful renderings to be an edit of one"


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).casefold()


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def read(paths: list[Path]) -> tuple[list[tuple[str, dict]], list[str]]:
    """(file name, item) of every readable line, and the faults as `file:line: what`."""
    items, wrong, first = [], [], {}
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            place = f"{path.name}:{number}"
            try:
                item = json.loads(line)
                wrong += [f"{place}: {fault}" for fault in faults(item)]
                for key in (item["id"], item["zh"]):
                    if first.setdefault(key, place) != place:
                        wrong.append(f"{place}: {key!r} is already at {first[key]}")
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                wrong.append(f"{place}: not an item: {error!r}")
                continue
            items.append((path.name, item))
    return items, wrong


def size_faults(items: list[dict]) -> Iterator[str]:
    """What the whole set lacks of what it promises."""
    bad = [bad for item in items for bad in item["bad"]]
    count = Counter(one["category"] for one in bad)
    if len(items) < MIN_ITEMS:
        yield f"{len(items)} items, fewer than {MIN_ITEMS}"
    for category in CATEGORIES:
        if count[category] < MIN_PER_CATEGORY:
            yield f"{count[category]} distorted renderings of {category}, fewer than {MIN_PER_CATEGORY}"
    if sum(one["hard"] for one in bad) < MIN_HARD * len(bad):
        yield "fewer than a third of the distorted renderings are hard"


def table(items: list[tuple[str, dict]]) -> str:
    """Counts per category, then per file, region and domain."""
    rows = [f"{'category':<18}{'all':>5}{'minor':>7}{'major':>7}{'critical':>9}{'hard':>6}"
            + "".join(f"{name:>12}" for name in dict.fromkeys(name for name, _ in items))]
    bad = [(name, one) for name, item in items for one in item["bad"]]
    for category in (*CATEGORIES, "all"):
        here = [(name, one) for name, one in bad if category in (one["category"], "all")]
        severity = Counter(one["severity"] for _, one in here)
        hard = sum(one["hard"] for _, one in here) / max(1, len(here))
        rows.append(f"{category:<18}{len(here):>5}{severity['minor']:>7}{severity['major']:>7}"
                    f"{severity['critical']:>9}{hard:>6.2f}"
                    + "".join(f"{sum(name == file for file, _ in here):>12}"
                              for name in dict.fromkeys(name for name, _ in items)))
    for key in ("region", "domain"):
        count = Counter(item[key] for _, item in items)
        rows.append(f"{key}: " + ", ".join(f"{name} {n}" for name, n in count.most_common()))
    files = Counter(name for name, _ in items)
    rows.append("items: " + ", ".join(f"{name} {n}" for name, n in files.items()) + f", all {len(items)}")
    return "\n".join(rows)


def main(arguments: list[str]) -> int:
    here = Path(__file__).parent
    items, wrong = read([Path(name) for name in arguments] or [here / "dev.jsonl", here / "test.jsonl"])
    if not wrong:
        print(table(items))
        wrong = [] if arguments else [f"whole set: {fault}" for fault in size_faults([item for _, item in items])]
    print("\n".join(wrong), end="\n" if wrong else "", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
