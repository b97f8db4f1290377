"""Words that contradict each other: 微升 as "soared", 翻倍 as "halved", 一名 as "several", 暂缓 as "for good", 首批 as "the latest".

Both texts have a word of a topic, at one place and of opposed senses, and neither text has anything there that says what the other's word says.
The words are data, `languages/contradictions.toml`. Each check tells of its own topics.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ..finding import Finding, Severity
from ..languages.language import load_toml
from ..languages.vocabulary import Mark, vocabulary_in
from .sides import Bilingual

FILE = "contradictions.toml"
# check -> its topics, and how sure a finding is
TOPICS = {"number": {"degree": 0.6, "fold": 0.75, "count": 0.65},
          "time": {"lasting": 0.65, "novelty": 0.6, "promptness": 0.6, "present": 0.6, "festival": 0.8, "curtain": 0.65, "instance": 0.7, "report": 0.7, "year_span": 0.65, "shift": 0.7, "finish": 0.6},
          "quantifier": {"whole": 0.65, "many": 0.65}, "modality": {"duty": 0.75, "certainty": 0.65}, "condition": {"truth": 0.75},
          "negation": {"approval": 0.7, "verdict": 0.75, "appeal": 0.75, "consent": 0.7, "sameness": 0.7, "penalty": 0.65, "surprise": 0.65, "ease": 0.65,
                       "relation": 0.7, "counting": 0.7, "avoiding": 0.65, "blame": 0.7, "open": 0.65, "verity": 0.7, "constancy": 0.65, "vote": 0.7, "contest": 0.65, "grip": 0.7,
                       "correctness": 0.7, "expectation": 0.75, "opinion": 0.75, "leave": 0.7, "test": 0.75, "admission": 0.7, "inclusion": 0.7,
                       "sufficiency": 0.65}}
# Characters about a place in which a word says that of it; of time, where one text may have both, further.
_SHORT = 25  # within so many characters two words are at one place
_REACH, _FURTHER = 6, {"present": 10, "count": 8, "open": 25, "counting": 12}


def rule(topic: str) -> str:
    """How a finding about words of a topic is named in its evidence."""
    return f"contradiction: {topic}"


CONTRADICTIONS = tuple(rule(topic) for topics in TOPICS.values() for topic in topics)


def contradicted(both: Bilingual, check: str) -> Iterator[Finding]:
    """At most one finding a topic of the check."""
    if both.chinese.language.base != "zh":
        return
    for topic, confidence in TOPICS[check].items():
        chinese = vocabulary_in(FILE, "zh").find(topic, both.chinese.text)
        if found := list(_contradictions(both, topic, chinese)) if chinese else []:
            apart = lambda one: abs(one[0].middle / len(both.chinese.text) - one[1].middle / len(both.english.text))
            a, b = min(found, key=apart)
            source, draft = both.turned(a, b)
            message = f"The source has “{source.text}”, the draft “{draft.text}”: {a.text} is {load_toml(FILE)['gloss'][a.asks[0]]}."
            severity = Severity.CRITICAL if check == "negation" else Severity.MAJOR
            cure = load_toml(FILE)["cure"].get(a.asks[0], "") if both.draft_is_english else ""
            yield both.finding(check, severity, message, (a.start, a.end), (b.start, b.end), confidence, suggestion=cure, by=rule(topic))


def _contradictions(both: Bilingual, topic: str, chinese: list[Mark]) -> Iterator[tuple[Mark, Mark]]:
    if not any(mark.asks for mark in chinese):
        return
    english = vocabulary_in(FILE, "en").find(topic, both.english.text)
    near = lambda a, b, reach: both.near((a.start, a.end), (b.start, b.end), reach)
    reach, short = _FURTHER.get(topic, _REACH), len(both.simplified) <= _SHORT
    says = lambda mark, other: bool(set(mark.asks) & set(other.senses))
    lost = [a for a in chinese if a.asks and not any(says(a, b) and near(a, b, reach) for b in english)]
    strange = [b for b in english if b.asks and not any(says(b, a) and near(a, b, reach) for a in chinese)] if lost else []
    for a in lost:
        for b in strange:
            if any(_opposed(topic, one, other) for one in a.asks for other in b.asks) and (short or near(a, b, _SHORT)):
                yield a, b


@cache
def _opposed(topic: str, chinese: str, english: str) -> bool:
    """Whether two senses contradict each other; `*`: any two of the topic do."""
    pairs = load_toml(FILE)["opposed"][topic].split()
    return chinese != english if pairs == ["*"] else f"{chinese}-{english}" in pairs
