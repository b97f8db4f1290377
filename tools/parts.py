"""Which judged texts train the detector, and which are kept back to fit what weighs its opinion.

A model's opinion of texts that it was trained on is worth more than it will ever be of others; whatever is fitted on
top must not see it. The split is by document (or item), and the same in every run.
"""

import zlib
from pathlib import Path

from verify.bench.nuance import load

KEPT_BACK = {"mqm": 0.3, "mlqe": 0.3, "demetr": 0.4}  # share of the documents of each kind
DOUBTS = 0.85  # share of the items that the detector has not seen which fit_doubts.py and fit_ranking.py take


def _place(key: str) -> float:
    return zlib.crc32(key.encode()) % 1000 / 1000


def kept_back(kind: str, key: str) -> bool:
    """Whether the document `key` of a collection is for fitting, not for training."""
    return _place(key) < KEPT_BACK[kind]


def items_unseen(folder: Path) -> list[dict]:
    """Items of corpora/nuance that the detector has not seen: it learns from train.jsonl; dev.jsonl and test.jsonl are for measuring."""
    return load(folder / "tune.jsonl")


def items_for_doubts(folder: Path) -> list[dict]:
    """The larger part of them: for `fit_doubts.py` and `fit_ranking.py`."""
    return [item for item in items_unseen(folder) if _place(item["id"]) < DOUBTS]


def items_for_fitting(folder: Path) -> list[dict]:
    """The others, which the word doubts have not seen either, and dev.jsonl."""
    return [item for item in items_unseen(folder) if _place(item["id"]) >= DOUBTS] + load(folder / "dev.jsonl")


def renderings(items: list[dict], most: int = 99) -> list[tuple[str, str, dict | None]]:
    """(Chinese, English, the distortion or None) of every rendering; of the distorted ones the first `most` of an item."""
    return [(item["zh"], en, bad) for item in items for en, bad in [*((en, None) for en in item["good"]), *((b["en"], b) for b in item["bad"][:most])]]
