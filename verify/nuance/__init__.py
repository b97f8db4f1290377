"""The checks. A new one is a file here and a line in `MEMBERS`."""

from __future__ import annotations

from collections.abc import Collection
from importlib import import_module
from typing import Any

from .check import Check, Comparison, Side

# slug -> class, in the order in which findings of equal place are shown
MEMBERS = {
    "quotation": "quotation:Quotation",
    "negation": "negation:Negation",
    "number": "number:Number",
    "time": "time:Time",
    "modality": "modality:Modality",
    "hedge": "hedge:Hedge",
    "emphasis": "emphasis:Emphasis",
    "attribution": "attribution:Attribution",
    "name": "name:Name",
    "agent": "agent:Agent",
    "quantifier": "quantifier:Quantifier",
    "condition": "condition:Condition",
    "figurative": "figurative:Figurative",
    "omission": "omission:Omission",
    "addition": "addition:Addition",
    "term": "term:Term",
}


def chosen(select: Collection[str] = (), ignore: Collection[str] = ()) -> list[str]:
    """The names of the checks that are on: those selected (none: all), less those ignored."""
    return [slug for slug in MEMBERS if (not select or slug in select) and slug not in ignore]


def checks(select: Collection[str] = (), ignore: Collection[str] = (), **options: dict[str, Any]) -> list[Check]:
    """The checks that are on. `options[slug]` are keyword arguments of that check (a termbase, say).

    Raises ValueError for a slug that no check has.
    """
    unknown = (set(select) | set(ignore)) - set(MEMBERS)
    if unknown:
        raise ValueError(f"no check is called {', '.join(sorted(unknown))}; there are {', '.join(MEMBERS)}")
    made = []
    for slug in chosen(select, ignore):
        module, name = MEMBERS[slug].split(":")
        made.append(getattr(import_module(f".{module}", __name__), name)(**options.get(slug, {})))
    return made


__all__ = ["MEMBERS", "Check", "Comparison", "Side", "checks", "chosen"]
