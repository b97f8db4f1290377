"""Acts of speech on both sides of a pair, and who performs them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..languages.language import load_toml
from ..languages.vocabulary import Mark, vocabulary
from .check import Side

_SENTENCE = re.compile(r"[。！？!?；;]|\.(?=\s|$)")
_BEFORE, _AFTER = {True: 90, False: 26}, {True: 70, False: 0}  # characters around a verb where its subject stands
_INVERTED = re.compile(r"[,”\"’']\s*$")
_HAS_VERB = re.compile(r"\s+(?:had|has|have|was|were|is|are|will|would|could|can|may|might|must|should|did|does|do)\b")
_CITES = re.compile(r"according to|in the words of|in the view of", re.IGNORECASE)
_CHAIN = {True: re.compile(r"[\s\-]*(?:'s|of|for|at|from|in|to|with|and|the|a|an|[\s\-])*\s*"), False: re.compile(r"[的方]?.{0,2}")}
# A role word that is only the scene of the speech: 在声明中, 向本报; told the paper, reminded the public.
_SCENE_BEFORE = {True: re.compile(r"\b(?:in|on|to|told|reminded|warned|assured|informed|urged|advised|at|with|by way of)\s+(?:(?:a|an|the|this|his|her|their|its)\s+)?$", re.IGNORECASE),
                 False: re.compile(r"(?:在|向|对|给|就|将|把|与|于|就|被|接受|经|应)$")}
_SCENE_AFTER = {True: re.compile(r"(?!)"), False: re.compile(r"[中上里内时]")}

_ABOUT = re.compile(r"(?<![反面绝絕应應相核敌敵派校])[对對](?!外|手|口|岸|方|冲)|就(?!业|業|任|职|職|读|讀)|针对|針對")


@dataclass(frozen=True)
class Speaker:
    """The role words of one noun phrase (证监会主席; the regulator's chairman); `head` is the main one."""

    marks: tuple[Mark, ...]
    head: Mark

    @property
    def roles(self) -> set[str]:
        return {role for mark in self.marks for role in mark.senses}


def speech_marks(side: Side, topic: str = "speech") -> list[Mark]:
    """Reporting verbs (they ask for a verb of the same act) and the nouns and phrases that can stand for them."""
    words = vocabulary(side.language).find(topic, side.text)
    verbs = []
    for verb in side.language.reporting_verbs(side.text):
        also = {sense for word in words if word.start < verb.end and verb.start < word.end for sense in word.senses} | near(verb.act)
        verbs.append(Mark(verb.start, verb.end, side.text[verb.start : verb.end], (verb.act, *sorted(also - {verb.act})), (verb.act,), verb.lemma))
    free = [w for w in words if not any(w.start < v.end and v.start < w.end for v in verbs)]
    return sorted([*verbs, *free], key=lambda mark: mark.start)


@lru_cache(maxsize=128)
def near(act: str) -> frozenset[str]:
    """Acts that can stand for an act without a change of meaning."""
    table = load_acts()
    return frozenset(table.get(act, ())) | {other for other, acts in table.items() if act in acts}


@lru_cache(maxsize=1)
def load_acts() -> dict[str, list[str]]:
    return load_toml("senses.toml")["acts"]


def speaker_of(side: Side, act: Mark, roles: list[Mark]) -> Speaker | None:
    """The role words nearest to where the subject of an act of speech stands; None where there are none."""
    spaced = side.language.spaced
    low, high = max(0, act.start - _BEFORE[spaced]), min(len(side.text), act.end + _AFTER[spaced])
    stops = [m.end() for m in _SENTENCE.finditer(side.text, low, act.start)]
    low = stops[-1] if stops else low
    stop = _SENTENCE.search(side.text, act.end, high)
    high = stop.start() if stop else high
    cited = _CITES.match(side.text, act.start)
    inverted = spaced and (cited or _INVERTED.search(side.text[: act.start]))
    after = [r for r in roles if act.end <= r.start and r.end <= high and (cited or not _scene(side, r))] if inverted else []
    # Wang, chief of the bureau, said the plant had closed: what has a verb of its own does not speak.
    if after and not cited and _HAS_VERB.match(side.text, after[0].end, high):
        after = []
    if after:
        chosen = after[0]
    else:
        before = [r for r in roles if low <= r.start and r.end <= act.start and not _scene(side, r)]
        if not before:
            return None
        about = None if spaced else _ABOUT.search(side.text, low, act.start)
        # 主席对政府拖延选举表示遗憾: who stands in the phrase with 对 is spoken of.
        chosen = next((r for r in reversed(before) if about and r.end <= about.start()), before[-1])
    return _phrase(side, chosen, roles)


def _scene(side: Side, role: Mark) -> bool:
    spaced = side.language.spaced
    return bool(_SCENE_BEFORE[spaced].search(side.text[: role.start]) or _SCENE_AFTER[spaced].match(side.text, role.end))


def _phrase(side: Side, chosen: Mark, roles: list[Mark]) -> Speaker:
    """The chosen role word with those that belong to the same noun phrase."""
    spaced = side.language.spaced
    joined = lambda a, b: _CHAIN[spaced].fullmatch(side.text, a.end, b.start) is not None and b.start - a.end < 16
    index = roles.index(chosen)
    first = last = index
    while first and joined(roles[first - 1], roles[first]):
        first -= 1
    while last + 1 < len(roles) and joined(roles[last], roles[last + 1]):
        last += 1
    marks = roles[first : last + 1]
    # the chairman of the regulator: the first; the regulator's chairman, 证监会主席: the last
    head = marks[0] if spaced and len(marks) > 1 and " of " in side.text[marks[0].end : marks[1].start] + " " else marks[-1]
    return Speaker(tuple(marks), head)
