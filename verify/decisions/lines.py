"""Decisions as lines of text: one JSON object a line, oldest first, so that git shows and merges them well."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from pathlib import Path

from ..text import InputError
from .decision import FIELDS, TIME, Decision, fault

# Would end the line for some programs, or reorder what a terminal shows.
_STEERING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def text_of(decisions: Iterable[Decision]) -> str:
    """Two editors' texts can be merged by taking the lines of both, in any order."""
    return "".join(_line(decision) for decision in decisions)


def read_text(text: str, place: str | Path = "decisions") -> list[Decision]:
    """The decisions in an exported text, in its order. Raises InputError with the line of what is none."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
            raise InputError(place, "a conflict that git left", "Keep the lines of both sides, remove the marks; "
                             "`decisions.jsonl merge=union` in .gitattributes does so by itself", number)
        try:
            decision = _decision(json.loads(line))
        except (ValueError, TypeError, RecursionError):
            raise InputError(place, "no decision", "Each line is as `verify decisions export` writes it", number) from None
        if decision.sealed().id != decision.id:
            raise InputError(place, "this decision was altered after it was made", "Take the line from the file it came from, or decide anew", number)
        found.append(decision)
    return found


def _decision(made: object) -> Decision:
    """Raises ValueError or TypeError for anything that `Decisions` would not have written."""
    if not isinstance(made, dict) or not all(isinstance(value, str) for value in made.values()) or set(made) - set(FIELDS):
        raise ValueError
    decision = Decision(**{"number": 0, **made})
    "".join(made.values()).encode()  # a lone surrogate is a ValueError
    when = datetime.strptime(decision.time, TIME)
    ahead = when.replace(tzinfo=timezone.utc) - datetime.now(timezone.utc) > timedelta(days=1)  # would win over all that follow
    if ahead or when.strftime(TIME) != decision.time or fault(decision):
        raise ValueError
    return decision


def _line(decision: Decision) -> str:
    content = asdict(decision)
    line = json.dumps({name: content[name] for name in FIELDS if content[name]}, ensure_ascii=False)
    return _STEERING.sub(lambda m: f"\\u{ord(m[0]):04x}", line) + "\n"
