"""Time: dates, durations and periods by value; before and after; done and still to come; begun, going on, ended.

Dates are compared as `Language.dates` reads them. The words of order, aspect and stage are vocabulary
(`languages/time_words.toml`) and count only in pairs: one side has a word that nothing answers, and the other has,
in the same place, one that nothing allows. A single such word is too often free rendering.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..finding import Category, Finding, Severity
from ..languages.agreement import Agreement
from ..languages.times import TimeExpression, comparable
from ..languages.vocabulary import Mark
from .amounts import agreement, swapped_durations
from .check import Comparison
from .contradictions import contradicted
from .kept_marks import TIME, changes
from .sequences import reordered
from .sides import Bilingual, finding
from .time_relations import misplaced
from .time_words import marks, opposed, pattern, word_finding, words_of
from .until import until
from .verb_time import mistimed
from .wording import finding as finding_of

# topic -> confidence; its senses that contradict each other stand in [opposed] of the vocabulary
_TOPICS = {"order": 0.75, "stage": 0.65, "frequency": 0.6, "turn": 0.6, "bound": 0.7, "edge": 0.7, "ever": 0.6, "season": 0.8, "pace": 0.5, "recent": 0.6, "prompt": 0.6,
           "now": 0.6, "end_of": 0.7, "day": 0.6, "span": 0.65, "dark": 0.65}
POINT = "another time"
_POINTS = frozenset({"date", "month", "weekday", "year", "time", "half", "basis", "relative"})  # kinds of time of which two that differ are seldom free rendering
_EVENT = re.compile("[^之以此其随隨往今].*[前后後]")  # 赛后 and 案发后, which say after what; not 随后
_NOT_ZH = re.compile(r"(?:[没未非无免]|(?<!不)不(?!不|得|断))[^，。；：、]{0,5}$")
_NOT_EN = re.compile(r"(?:\b(?:not|never|no|without|nor|cannot|yet to|fail\w* to)|n['’]t)\s(?:\w+\s){0,2}$", re.I)
_PLAIN = ("edge", "day", "now", "recent", "dark", "span", "order")  # topics whose words have few other meanings


class Time:
    name = "time"

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        found = agreement(pair)
        yield from self._dates(pair, found)
        both = pair.bilingual
        if both is None or both.chinese.language.base != "zh":
            return
        told = [*misplaced(both), *reordered(both), *contradicted(both, "time")]
        touches = lambda one, other: bool(one and other and one.start < other.end and other.start < one.end)
        new = lambda one, before: not any(touches(one.source, known.source) or touches(one.target, known.target) for known in before)
        words = [one for topic, confidence in _TOPICS.items() for one in self._words(both, topic, confidence) if new(one, told)]
        told += [*words, *self._aspect(both), *until(both)]
        told += [one for one in mistimed(both) if new(one, told)]
        yield from told
        yield from (one for change in changes(pair, TIME) if new(one := finding_of("time", TIME, pair, change, Severity.MAJOR), told))

    @staticmethod
    def _dates(pair: Comparison, found: Agreement) -> Iterator[Finding]:
        missing, extra = list(found.missing_times), list(found.extra_times)
        for a, b in swapped_durations(found, same_unit=True):  # the number check's
            missing.remove(a)
            extra.remove(b)
        for a, b in swapped_durations(found, same_unit=False):
            if a not in missing or b not in extra:
                continue  # four years and six months beside six years and four months
            missing.remove(a)
            extra.remove(b)
            yield _changed(pair, a, b, 0.85)
        for a in list(missing):
            candidates = [b for b in extra if comparable(a, b, pair.today) == "different"]
            if not candidates:
                continue
            b = min(candidates, key=lambda b: (a.kind != b.kind, abs(a.start / len(pair.source.text) - b.start / len(pair.target.text))))
            missing.remove(a)
            extra.remove(b)
            yield _changed(pair, a, b, 0.85)
        for a in missing:
            yield _alone(pair, a, "source")
        for b in extra:
            yield _alone(pair, b, "target")

    @staticmethod
    def _words(both: Bilingual, topic: str, confidence: float) -> Iterator[Finding]:
        chinese = marks("zh", topic, both.chinese.text)
        english = marks("en", topic, both.english.text) if chinese else []
        if not english:
            return
        near = cache(lambda a, b: both.near((a.start, a.end), (b.start, b.end)))
        # 前, 早 and 中 are everywhere: they do not allow a word that contradicts a plain one.
        firm = lambda o, m: topic not in _PLAIN or bool(set(o.asks) & set(m.asks)) or topic == "order" and o.text not in words_of("everywhere")
        # 前 and 后 demand no answer, being short, but are lost where nothing but a preposition of what they can mean is near.
        # Until, which 前 can be as well, takes a word that asks: *not* and *to* are everywhere.
        bare = lambda m, o: set(m.senses[:1] if not o.asks else m.senses) & set(o.senses) and o.text.lower() not in words_of("faint")
        answers = lambda m, o: set(m.asks) & set(o.asks) if m.asks else bare(m, o)
        lost = [m for m in chinese if (m.asks or topic == "order" and m.text in words_of("short")) and not any(answers(m, o) and near(m, o) for o in english)]
        # 最快年底 is no "latest" for its 底.
        found = lambda o: o.asks if topic == "bound" else o.senses
        allowing = {m: [o for o in chinese if set(m.asks) & set(found(o)) and near(o, m)] for m in english if m.asks}
        strange = [m for m, words in allowing.items() if not any(firm(o, m) for o in words)]
        for mark in strange:
            clash = [m for m in lost if near(m, mark) and (not allowing[mark] or m.asks and (topic != "order" or _EVENT.fullmatch(m.text))) and any(frozenset((a, b)) in opposed(topic) for a in m.asks or m.senses for b in mark.asks)
                     and not (topic == "order" and _turned(both, m, mark)) and not (topic == "stage" and _denied(both, m, mark))]
            if not clash:
                continue
            if topic in ("stage", "now"):
                clash = [m for m in clash if not any(set(m.asks or m.senses) & set(o.senses) and near(m, o) for o in english)]
            if not clash:
                continue
            other = min(clash, key=lambda m: abs(m.middle / len(both.simplified) - mark.middle / len(both.english.text)))
            lost.remove(other)
            # A word that could answer is there as well: less sure.
            answered = any(set(other.asks) & set(m.senses) and near(other, m) for m in english)
            yield word_finding(both, other, mark, confidence - 0.1 * answered - 0.1 * (not other.asks), topic)

    @staticmethod
    def _aspect(both: Bilingual) -> Iterator[Finding]:
        chinese, english = marks("zh", "aspect", both.chinese.text), marks("en", "aspect", both.english.text)
        for mark in chinese:
            if not (mark.asks or mark.text in words_of("to_come")):
                continue
            clause = _clause(both.simplified, mark.start, "，。；：、！？“”")
            inside = [m for m in chinese if clause[0] <= m.start < clause[1]]
            senses, asked = {s for m in inside for s in m.senses}, {s for m in inside for s in m.asks}
            verbs = [w for w in both.support.words if w.share >= 0.03 and mark.end <= w.run[0] < min(clause[1], mark.end + 8)]
            for verb in verbs:
                low, high = _clause(both.english.text, verb.start, ",;:.()", r"\b(?:that|and|but|which|while|who|though|although|because|as)\b")
                around = [m for m in english if low <= m.start and m.end <= min(high, verb.end + 1)]
                said = {s for m in around for s in m.senses}
                wrong = lambda sense, around=around: next((m for m in around if sense in m.asks), None)
                if set(mark.asks) & {"done", "sofar"} and "planned" not in senses and not any("done" in m.asks for m in around) and wrong("planned"):
                    yield word_finding(both, mark, wrong("planned"), 0.6, "aspect")
                    return
                if "ongoing" in mark.asks and not asked & {"planned", "done"} and "ongoing" not in said and (other := wrong("done") or wrong("planned")):
                    yield word_finding(both, mark, other, 0.55, "aspect")
                    return
                if "planned" in mark.senses and "done" not in senses and "planned" not in said and wrong("done") and not _goes_on(both, verb.end, english):
                    yield word_finding(both, mark, wrong("done"), 0.48, "aspect")
                    return
        yield from _elsewhere_in_time(both, chinese, english)
        yield from _none_looks_ahead(both, chinese, english)
        yield from _none_looks_back(both, chinese)


def _denied(both: Bilingual, chinese: Mark, english: Mark) -> bool:
    """Whether one of two stages is denied, so that each may say what the other does: 没有取消 as "continues"."""
    return bool(_NOT_ZH.search(both.simplified, max(0, chinese.start - 8), chinese.start)) != bool(_NOT_EN.search(both.english.text, max(0, english.start - 24), english.start))


def _goes_on(both: Bilingual, at: int, english: list[Mark]) -> bool:
    """Whether the English looks ahead in the next clause with the same subject: has been extended and will now run until next year."""
    joined = re.compile(r"\band\b").search(both.english.text, at, at + 40)
    return joined is not None and any("planned" in m.asks and joined.end() <= m.start <= joined.end() + 12 for m in english)


def _elsewhere_in_time(both: Bilingual, chinese: list[Mark], english: list[Mark]) -> Iterator[Finding]:
    """正在, 有待, 即将 and 已 beside a verb form that says the opposite, where no aligned verb leads from one to the other.

    正考虑 beside "has been approved", 有待复核 beside "have been rechecked", 已取得 beside "is being sought".
    """
    near = lambda a, b: both.near((a.start, a.end), (b.start, b.end))
    done = [m for m in english if "done" in m.asks and not re.search(pattern("negated"), m.text, re.I)]
    over = [m for m in done if not re.search(pattern("unfinished"), m.text, re.I)]
    being = [m for m in english if "ongoing" in m.asks and re.search(r"\w being\b", m.text, re.I)]
    waits = re.search(pattern("waits"), both.english.text, re.I)
    for mark in chinese:
        if "ongoing" in mark.asks:
            wrong, said, meant = over, any("ongoing" in m.senses and near(mark, m) for m in english), "done"
        elif mark.text in words_of("pending"):
            wrong, said, meant = done, waits, "done"
        elif mark.text in words_of("coming"):
            ahead = [m for m in english if "planned" in m.senses and m.text.lower() not in words_of("timeless")]
            wrong, said, meant = done, bool(ahead), "done"
        elif "done" in mark.asks:
            wrong, said, meant = being, any("done" in m.asks and near(mark, m) for m in english), "ongoing"
        else:
            continue
        other = next((m for m in wrong if near(mark, m)), None)
        if other and not said and not any(meant in m.senses and near(m, other) for m in chinese if m is not mark and (meant == "ongoing" or m.asks)):
            yield word_finding(both, mark, other, 0.5, "aspect")
            return


def _none_looks_ahead(both: Bilingual, chinese: list[Mark], english: list[Mark]) -> Iterator[Finding]:
    """已 beside *soon* or *will be* where nothing of the Chinese there is still to come, wherever the verb stands."""
    near = lambda a, b, reach=10: both.near((a.start, a.end), (b.start, b.end), reach)
    ahead = [m for m in chinese if "planned" in m.senses]
    sure = [] if any(m.asks for m in ahead) else [m for m in english if m.text.lower() in words_of("near") and not re.search(r"\b(?:as|too|so|how)\s$", both.english.text[: m.start])]
    for mark in [*sure, *_still_to_come(both)]:
        done = next((m for m in chinese if "done" in m.asks and near(m, mark, 10 if mark in sure else 4)), None)
        if done and (mark in sure or not any(near(m, mark, 12) for m in ahead)):
            yield word_finding(both, done, mark, 0.55, "aspect")
            return


def _still_to_come(both: Bilingual) -> Iterator[Mark]:
    for match in re.finditer(pattern("future"), both.english.text, re.I):
        yield Mark(match.start(), match.end(), match.group(), (), (), "")


def _none_looks_back(both: Bilingual, chinese: list[Mark]) -> Iterator[Finding]:
    """曾任 beside "is", where nothing of the English is past."""
    once = next((m for m in chinese if m.text in words_of("once")), None)
    if not once or re.search(pattern("past"), both.english.text, re.I):
        return
    now = next(re.finditer(pattern("present"), both.english.text), None)
    if now:
        english = Mark(now.start(), now.end(), now.group(), (), (), "")
        yield word_finding(both, once, english, 0.6, "past")


def _turned(both: Bilingual, chinese: Mark, english: Mark) -> bool:
    """Whether the two words order the same events from opposite ends: A 后 B, "A before B"."""
    if english.text.lower() not in words_of("joining"):
        return False
    opposite = {"before", "since", "until"} if "after" in chinese.asks else {"after"} if "before" in chinese.asks else set()
    if not opposite & set(english.asks):
        return False
    if "after" in chinese.asks and re.match("才|方[可能得]", both.simplified[chinese.end :]) and re.search(r"\b(?:until|wait\w*)\b[^.;]*$", both.english.text[: english.start]):
        return True  # 受伤之后才还手: wait until hurt before fighting back
    end = _clause(both.english.text, english.end, ",;.:?!\"“”")[1]
    # The first words are what it governs; the main clause may follow without a comma.
    governed = [w for w in both.support.words if english.end <= w.start < min(end, english.end + 50) and w.share >= 0.05][:2]
    at = chinese.end - 1
    left = sum(w.share for w in governed if at - 14 <= w.run[0] < at)
    right = sum(w.share for w in governed if chinese.end <= w.run[0] <= chinese.end + 20)
    return right > left


def _clause(text: str, at: int, marks: str, words: str = "") -> tuple[int, int]:
    """The stretch around a place up to punctuation (or a joining word on its left)."""
    start = max((text.rfind(c, 0, at) for c in marks), default=-1) + 1
    ends = [i for c in marks if (i := text.find(c, at)) >= 0]
    if words:
        start = max([start] + [m.end() for m in re.finditer(words, text[:at])])
    return start, min(ends, default=len(text))


def _changed(pair: Comparison, a: TimeExpression, b: TimeExpression, confidence: float) -> Finding:
    here, there = ((t.values.get("from", t.start), t.end) for t in (a, b))
    old, new = pair.source.text[slice(*here)], pair.target.text[slice(*there)]
    counted = f", counted from {pair.today}" if pair.today and comparable(a, b) != "different" else ""
    rule = {"by": POINT} if {a.kind, b.kind} <= _POINTS else {}
    return finding(pair, "time", Severity.MAJOR, f"The source says {old}; the draft says {new}{counted}.", here, there, confidence, **rule)


def _alone(pair: Comparison, time: TimeExpression, where: str) -> Finding:
    side = pair.source if where == "source" else pair.target
    words = side.text[time.start : time.end]
    strange = where == "target" and _counted_on(time)
    sure = strange or time.kind in ("date", "month", "weekday", "quarter", "half", "duration", "year") and not time.values.get("offset")
    severity, confidence = (Severity.MAJOR, 0.55) if sure else (Severity.MINOR, 0.4)
    if where == "source":
        return finding(pair, "time", severity, f"The source says {words}; the draft has no such time.", (time.start, time.end), None, confidence,
                       Category.OMISSION)
    rule = {"by": POINT} if strange else {}
    return finding(pair, "time", severity, f"The draft says {words}; the source has no such time.", None, (time.start, time.end), confidence,
                   Category.ADDITION, **rule)


def _counted_on(time: TimeExpression) -> bool:
    """Whether it counts months or weeks from the present, or years back: of 23,000 faithful renderings four put such a time in. Years ahead
    come with idioms (寅吃卯粮), days with the date line."""
    unit, offset = time.values.get("unit"), time.values.get("offset")
    return offset is not None and (unit in ("month", "week") or unit == "year" and (offset < 0 or offset > 0 and time.kind != "relative"))
