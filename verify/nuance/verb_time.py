"""Whether each English verb says done, going on or still to come as the Chinese does there: 已移送 is no "is to be referred".

Neither language says it in one place: Chinese by 已, 将, 了, a date, or nothing; English by the form of the verb, shifted back in reported
speech. So boosted trees over what stands about both judge each verb group; `verb_time.npz` is fitted by `tools/fit_learned.py` on
faithful renderings and on distortions that change the form. Verb groups and cues are data, `languages/verb_time.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..finding import Finding, Severity
from ..languages.language import load_toml
from .places import clause
from .sides import Bilingual, Range
from .trees import trees

FILE = Path(__file__).with_name("verb_time.npz")
VERB_FORMS = "verb forms"
LEAST = 0.5  # chance from which a verb is told
_TABLE = "verb_time.toml"
_STOP = re.compile(r"[，。；：、！？“”「」『』（）—]")
_FAR = 99  # characters: no such cue in the clause
_OWN, _NEXT, _GUESSED = 0, 1, 2  # the Chinese place of a verb is that of a word of its group, of one just after it, or guessed


class Group(NamedTuple):
    """An English verb group: its name in the table and its range; the Chinese place of its verb and the clause around that."""

    name: str
    start: int
    end: int
    place: Range
    clause: Range


def mistimed(both: Bilingual) -> Iterator[Finding]:
    """A finding for each verb group that is likelier wrong than `LEAST`."""
    found, rows = verb_groups(both)
    for group, chance in zip(found, trees(FILE).chances(rows) if found else ()):
        if chance < LEAST:
            continue
        sense, cue = _cue(both, group)
        source, draft = both.turned(both.chinese.text[slice(*cue)], both.english.text[group.start : group.end])
        meant = f": {both.chinese.text[slice(*cue)]} is {load_toml(_TABLE)['gloss'][sense]}" if sense else ""
        yield both.finding("time", Severity.MAJOR, f"The source has “{source}”, the draft “{draft}”{meant}.", cue, (group.start, group.end), float(chance), by=VERB_FORMS)


def _cue(both: Bilingual, group: Group) -> tuple[str, Range]:
    """The cue of the clause nearest to the verb whose sense has a gloss, else the verb itself ("")."""
    cues = [(abs(m.start() - group.place[0]), sense, m.span()) for sense in load_toml(_TABLE)["gloss"]
            for m in _cues()[sense].finditer(both.simplified, *group.clause)]
    return min(cues)[1:] if cues else ("", group.place)


def verb_groups(both: Bilingual) -> tuple[list[Group], np.ndarray]:
    """The verb groups of the English and what is seen of each, [N, F] float32."""
    text, chinese = both.english.text, both.simplified
    matches = list(_groups().finditer(text))
    words = [word for word in both.support.words if word.run]
    marks = {name: [m.span() for m in cue.finditer(chinese)] for name, cue in _cues().items()}
    names = list(load_toml(_TABLE)["groups"])
    count = {name: sum(m.lastgroup == name for m in matches) for name in names}
    ahead, behind = sum(count[n] for n in ("will", "would", "is_to", "plan")), count["perfect"] + count["pluperfect"]
    told = load_toml(_TABLE)["english"]
    about = [ahead, behind, count["being"], count["progressive"], count["past"], ahead - len(marks["planned"]), ahead - len(marks["planned"]) - len(marks["may"]),
             behind - len(marks["done"])]
    reported = bool(re.search(told["reported"], text))
    found, rows = [], []
    for m in matches:
        start, end = m.span()
        how, share, place = _place(words, start, end, len(text), len(chinese))
        low, high = clause(chinese, *place, _STOP)
        said = m.group().lower()
        row = [names.index(m.lastgroup), how, share, place[0] / max(1, len(chinese)), start / max(1, len(text)), place[0] - low, high - place[1], end - start,
               " been" in said, " be " in said + " ", "not" in said or "n't" in said or "n’t" in said or "never" in said, said.endswith("ing"),
               said.split()[0] in ("had", "was", "were", "would"), " soon" in said or "about" in said, "already" in said]
        for spans in marks.values():
            inside = [span for span in spans if low <= span[0] < high]
            before = [place[0] - b for a, b in inside if b <= place[0] + 1]
            after = [a - place[1] for a, _ in inside if a >= place[1]]
            row += [min(before, default=_FAR), min(after, default=_FAR), len(inside), len(spans)]
        row += [*about, text[:start].count('"') % 2, reported, bool(re.search(told["subordinate"], text[max(0, start - 50) : start])),
                abs(place[0] / max(1, len(chinese)) - start / max(1, len(text)))]
        found.append(Group(m.lastgroup, start, end, place, (low, high)))
        rows.append(row)
    return found, np.array(rows, np.float32)


def _place(words, start: int, end: int, length: int, chinese: int) -> tuple[int, float, Range]:
    """How the Chinese place of a verb was found, the share of the word that leads there, and the place."""
    own = max((w for w in words if start <= w.start < end and w.share >= 0.02), key=lambda w: w.share, default=None)
    beside = next((w for w in words if end <= w.start < end + 25 and w.share >= 0.05), None)
    if word := own or beside:
        return _OWN if own else _NEXT, word.share, word.run
    at = int(start / max(1, length) * chinese)
    return _GUESSED, 0.0, (at, at + 1)


@cache
def _groups() -> re.Pattern:
    table = load_toml(_TABLE)
    joined = "|".join(f"(?P<{name}>{pattern})" for name, pattern in table["groups"].items())
    for name, part in table["parts"].items():
        joined = joined.replace(f"<{name}>", part)
    return re.compile(joined, re.I)


@cache
def _cues() -> dict[str, re.Pattern]:
    return {name: re.compile(pattern) for name, pattern in load_toml(_TABLE)["cues"].items()}
