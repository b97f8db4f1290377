"""What stands around a date, a length of time or an event says how an action stands to it: 周五前 is no "after Friday", 三天内
no "after three days", 判决生效前 no "once the ruling takes effect".

The date is the same on both sides, or words of the event lead from one to the other; then what governs them in English must not
contradict what stands around them in Chinese. Words and contradictions are data, `languages/time_relations.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ..finding import Finding, Severity
from ..languages.language import load_toml, patterns
from ..languages.vocabulary import Mark
from .amounts import agreement
from .sides import Bilingual
from .time_words import marks

_FILE = "time_relations.toml"
RELATIONS = "time relations"
CONFIDENCE = 0.8
LINK = 0.08  # share from which an English word stands for a word of the event
REACH = 6  # words between an English preposition and a word of the event that it governs
_CLAUSE = "，。；：、！？“”（）「」"
_TOKEN = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?|[^\w\s]|\d+")
_COMPOUND = re.compile("[此事随其往今在].$|.*前后")  # 此后: after that, and no event is named


class Relation(NamedTuple):
    """`name` of a relation, and the half-open range that says it."""

    name: str
    start: int
    end: int


def misplaced(both: Bilingual) -> Iterator[Finding]:
    for kind, chinese, english in [*_times(both), *_events(both)]:
        if english.name in _contradicts(kind, chinese.name):
            spans = [both.chinese.text[slice(*chinese[1:])], both.english.text[slice(*english[1:])]]
            source, draft = both.turned(*spans)
            yield both.finding("time", Severity.MAJOR, f"The source has “{source}”, the draft “{draft}”.", chinese[1:], english[1:], CONFIDENCE, by=RELATIONS)


def _times(both: Bilingual) -> Iterator[tuple[str, Relation, Relation]]:
    """Of every date and length that both sides have: its kind, what Chinese says of it and what English does."""
    text = both.english.text
    for pair in agreement(both.pair).times:
        a, b = both.turned(*pair)
        chinese = _around(both.simplified, a.start, a.end)
        if chinese is None:
            continue
        kind = "length" if a.kind == "duration" else "date"
        if governs := _governor(text, b.start):
            yield kind, chinese, governs._replace(end=b.end)
        elif kind == "length":
            for name, words in patterns(_FILE, "en", "follows", frame=r"\s+(?:{})\b", flags=0).items():
                if found := words.match(text, b.end):
                    yield kind, chinese, Relation(name, b.start, found.end())


def _around(text: str, start: int, end: int) -> Relation | None:
    for name, words in patterns(_FILE, "zh", "after_it").items():
        if found := words.match(text, end):
            return Relation(name, start, found.end())
    for name, words in patterns(_FILE, "zh", "before_it", frame="(?:{})$").items():
        if found := words.search(text[max(0, start - 4) : start]):
            return Relation(name, start - len(found.group()), end)
    return None


def _events(both: Bilingual) -> Iterator[tuple[str, Relation, Relation]]:
    """Of every event that Chinese puts before or after something: what governs its words in English."""
    text = both.simplified
    words = [word for word in both.support.words if word.run and word.share >= LINK]
    found = [mark for mark in marks("zh", "order", both.chinese.text) if mark.senses[0] in ("before", "after") and text[mark.end - 1] in "前后"
             and not _COMPOUND.match(text[mark.start : mark.end]) and (mark.asks or text[mark.end - 1] == "后")]
    found += [Mark(m.start(), m.end(), m.group(), ("during",), (), "") for m in re.finditer(_table("zh", "words")["during"], text)]
    dated = {both.turned(*times)[0].end for times in agreement(both.pair).times}
    ends = {mark: end for mark in found if (end := mark.start if mark.senses[0] == "during" else mark.end - 1 - (text[mark.end - 2 : mark.end - 1] in ("之", "以"))) not in dated}
    for mark, end in ends.items():
        # 赛前 beside 赛后: which of the two the English word stands for nobody can tell.
        if any(text[other - 1] == text[end - 1] for another, other in ends.items() if another.senses[0] != mark.senses[0]):
            continue
        start = mark.start if mark.start < end else max([text.rfind(c, 0, end) + 1 for c in _CLAUSE] + [end - 6])
        event = [word for word in words if start <= word.run[0] and end - 2 <= word.run[1] <= end]
        last = max((word.run[1] for word in event), default=0)
        for word in event:
            if word.run[1] == last and (governs := _governor(both.english.text, word.start, REACH)):
                begin = min((unit.start for unit in both.support.units if unit.start >= start), default=start)
                yield "event", Relation(_named(text, mark, start), begin, mark.end), governs._replace(end=word.end)
                break


def _named(text: str, mark: Mark, start: int) -> str:
    """待黑匣子解读完成后方可: only after it, which is "not until"."""
    words = _table("zh", "words")
    if mark.senses[0] == "after" and (re.match(words["only_then"], text[mark.end :]) or re.search(words["awaited"], text[max(0, start - 4) : mark.start])):
        return "only_after"
    return mark.senses[0]


def _governor(text: str, at: int, reach: int = 0) -> Relation | None:
    """The preposition or conjunction that governs the word at `at`, with `reach` words in between besides the light ones."""
    for token in reversed(list(_TOKEN.finditer(text, max(0, at - 90), at))):
        if not token.group()[0].isalnum():
            return None
        found = _governing().search(text, max(0, token.end() - 25), token.end())
        if found and not (found.group() == "beginning" and text.startswith(" of ", found.end())):
            name = found.lastgroup
            clause = re.split(r"[.;:!?,]", text[max(0, found.start() - 60) : found.start()])[-1]
            denied = name in ("until", "before", "by", "by_end") and re.search(_table("en", "words")["denied"], clause, re.I)
            return None if name == "other" or denied else Relation(name, *found.span())
        if token.group().lower() not in _light():
            reach -= 1
            if reach < 0:
                return None
    return None


def _table(language: str, part: str) -> dict[str, str]:
    return load_toml(_FILE)[language][part]


@cache
def _governing() -> re.Pattern:
    return re.compile(r"\b(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _table("en", "governs").items()) + r")$", re.I)


@cache
def _light() -> frozenset[str]:
    return frozenset(_table("en", "words")["light"].split("|"))


@cache
def _contradicts(kind: str, relation: str) -> frozenset[str]:
    return frozenset(load_toml(_FILE)["contradicts"][kind].get(relation, "").split())
