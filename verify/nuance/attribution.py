"""Attribution: who says it, and with which act: 表示 said, 强调 stressed, 承认 admitted, 否认 denied."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Category, Finding, Severity
from ..languages.speech import ReportingVerb
from .check import Comparison

# Acts that one verb of the other language may stand for: a translator moves freely inside a family.
_FAMILIES = (
    {"say", "report", "tell", "write", "add", "reply", "express", "note", "explain", "describe", "announce", "quote", "believe", "comment"},
    {"stress", "reiterate", "note", "argue", "warn"}, {"deny", "refute", "question", "argue"}, {"admit", "agree", "say"}, {"confirm", "say", "agree"},
    {"disclose", "announce", "say", "tell", "report"}, {"believe", "argue", "say", "predict", "suggest", "note"}, {"predict", "say", "warn"},
    {"urge", "suggest", "order", "ask", "say", "warn"}, {"promise", "say", "announce"}, {"criticise", "accuse", "complain", "question"},
    {"claim", "argue", "say"}, {"threaten", "warn", "say"}, {"reply", "refute", "argue"}, {"sigh", "say", "regret", "joke", "shout"}, {"regret", "announce"}, {"reiterate", "say"}, {"criticise", "say"},
    {"ask", "question"}, {"praise", "say", "agree"}, {"hint", "suggest", "disclose"},
)
# Acts whose loss or gain changes what the speaker stands for.
_GRAVE = {"deny", "refute", "admit", "accuse", "threaten", "confirm"}
_MARKED = _GRAVE | {"stress", "reiterate", "warn", "claim", "promise", "urge", "order", "criticise", "disclose", "question", "hint", "praise", "regret", "predict"}
# Plain verbs beside these are a change in spite of a shared family: the family forgives the noun, not the verb.
_PLAIN = {"say", "tell", "report", "write", "note", "express", "add"}
_SOURCES = ("according to", "in the words of", "for his part", "in the view of", "statement", "cited", "quoting", "quoted", "reportedly")


def _kin(a: str, b: str) -> bool:
    if a == b:
        return True
    if {a, b} & (_GRAVE | {"claim", "promise", "order"}) and {a, b} & _PLAIN:
        return False
    return any(a in family and b in family for family in _FAMILIES)


class Attribution:
    name = "attribution"

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        source = pair.source.language.reporting_verbs(pair.source.text)
        target = pair.target.language.reporting_verbs(pair.target.text)
        if not source and not target or pair.source.language.base not in ("zh", "ja", "en"):
            return
        free_s, free_t = _unanswered(source, target, pair)
        for s in list(free_s):
            t = next((t for t in free_t if ({s.act, t.act} & _MARKED) and not _kin(s.act, t.act)), None)
            if t:
                free_s.remove(s)
                free_t.remove(t)
                grave = bool({s.act, t.act} & {"deny", "refute"}) and not {s.act, t.act} <= {"deny", "refute", "question", "argue"}
                yield self._finding(pair, s, t, Severity.CRITICAL if grave else Severity.MAJOR, 0.75 if {s.act, t.act} & _GRAVE else 0.6)
        said = any(phrase in pair.target.text.lower() for phrase in _SOURCES)
        for s in free_s:
            if not target and not said:
                # English attributes with nouns too ("was his warning"), so this is a question, not a verdict.
                yield self._finding(pair, s, None, Severity.MINOR, 0.45)
            elif s.act in _GRAVE | {"claim", "stress"}:
                yield self._finding(pair, s, None, Severity.MINOR, 0.4)
        for t in free_t:
            if not source:
                if t.act in _MARKED | {"say", "believe"}:
                    yield self._finding(pair, None, t, Severity.MAJOR if t.act in _GRAVE else Severity.MINOR, 0.45)
            elif t.act in _GRAVE:
                yield self._finding(pair, None, t, Severity.MINOR, 0.4)

    def _finding(self, pair: Comparison, s: ReportingVerb | None, t: ReportingVerb | None, severity: Severity, confidence: float) -> Finding:
        there = pair.source.text[s.start : s.end] if s else ""
        here = pair.target.text[t.start : t.end] if t else ""
        if s and t:
            message = f"The source says {there} ({s.act}); the draft says “{here}” ({t.act}): another act of speech."
        elif s:
            message = f"The source attributes this with {there} ({s.act}); the draft names no one who says it."
        else:
            message = f"The draft says “{here}” ({t.act}); the source has no such act of speech."
        return Finding(
            "attribution", Category.MISTRANSLATION if s and t else Category.OMISSION if s else Category.ADDITION, severity, message,
            pair.source.span(s.start, s.end) if s else None, pair.target.span(t.start, t.end) if t else None, confidence,
            evidence={"by": "vocabulary", "source_act": s.act if s else None, "target_act": t.act if t else None})


def _unanswered(source, target, pair: Comparison) -> tuple[list[ReportingVerb], list[ReportingVerb]]:
    """Verbs without a counterpart: the same act first, then kin acts, then whoever the word links name."""
    free_s, free_t = list(source), list(target)

    def match(fits) -> None:
        for s in list(free_s):
            t = next((t for t in free_t if fits(s, t)), None)
            if t:
                free_s.remove(s)
                free_t.remove(t)

    match(lambda s, t: s.act == t.act)
    match(lambda s, t: _kin(s.act, t.act))
    # A verb that a non-reporting word renders ("in a reply", "his admission") is answered by its link.
    if pair.links:
        free_s = [s for s in free_s if not (s.act not in _MARKED and pair.links.targets(s.start, s.end))]
    return free_s, free_t
