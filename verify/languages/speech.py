"""Reporting verbs, read from speech.toml: each verb with its act."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from .language import load_toml


class ReportingVerb(NamedTuple):
    """A verb that reports words: `text[start:end]`, its dictionary form, and its act (say, stress, deny ...)."""

    start: int
    end: int
    lemma: str
    act: str


@lru_cache(maxsize=1)
def data() -> dict[str, Any]:
    return load_toml("speech.toml")


@lru_cache(maxsize=8)
def acts(code: str) -> dict[str, str]:
    """Verb -> act, for one language."""
    return {verb: act for act, verbs in data().get(code, {}).items() for verb in verbs}


@lru_cache(maxsize=4)
def _behind(section: str) -> dict[str, re.Pattern]:
    return {kind: re.compile("(?:" + "|".join(data()[section][f"behind_{kind}"]) + ")") for kind in ("body", "title")}


def body_behind(after: str, section: str) -> str:
    """Which kind of word that a name stands before a text opens with, if it opens with one."""
    return next((kind for kind, pattern in _behind(section).items() if pattern.match(after)), "")
