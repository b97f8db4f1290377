"""The words that place an event in time without naming a date (`languages/time_words.toml`), and a finding about two of them."""

from __future__ import annotations

from functools import cache

from ..finding import Finding, Severity
from ..languages.language import load_toml
from ..languages.vocabulary import Mark, vocabulary_in
from .check import Side
from .sides import Bilingual


def marks(base: str, topic: str, text: str) -> list[Mark]:
    return vocabulary_in("time_words.toml", base).find(topic, text)


def time_marks(side: Side, topic: str = "") -> list[Mark]:
    """The words of all topics of a side, their senses with the topic before ("order.before"); of one topic none overlap."""
    base = side.language.base
    named = lambda name, senses: tuple(f"{name}.{sense}" for sense in senses)
    return sorted((mark._replace(senses=named(name, mark.senses), asks=named(name, mark.asks)) for name in load_toml("time_words.toml").get(base, ())
                   for mark in marks(base, name, side.text)), key=lambda mark: mark.start)


@cache
def opposed(topic: str) -> frozenset[frozenset[str]]:
    """The pairs of senses of a topic that contradict each other."""
    return frozenset(frozenset(pair.split("-")) for pair in load_toml("time_words.toml")["opposed"][topic].split())


def pattern(name: str) -> str:
    """One of the regular expressions in `[words]`."""
    return load_toml("time_words.toml")["words"][name]


@cache
def words_of(name: str) -> frozenset[str]:
    """Words of one of the short lists in `[words]`."""
    return frozenset(pattern(name).split(", "))


def rule(topic: str) -> str:
    """How a finding about words of a topic is named in its evidence."""
    return f"time words: {topic}"


def word_finding(both: Bilingual, chinese: Mark, english: Mark, confidence: float, topic: str) -> Finding:
    source, draft = both.turned(chinese, english)
    meaning = topic if topic == "past" else (chinese.asks or (("planned",) if topic == "aspect" else chinese.senses))[0]
    message = f"The source has “{source.text}”, the draft “{draft.text}”: {chinese.text} is {load_toml('time_words.toml')['gloss'][meaning]}."
    return both.finding("time", Severity.MAJOR, message, (chinese.start, chinese.end), (english.start, english.end), confidence, by=rule(topic))
