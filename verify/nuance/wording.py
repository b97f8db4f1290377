"""From a change to a finding: the sentence an editor reads, its severity, its suggestion."""

from __future__ import annotations

from functools import lru_cache

from ..finding import Category, Finding, Severity
from ..languages.language import load_toml
from ..languages.vocabulary import Mark
from .check import Comparison
from .senses import Change

# Below this, a finding is a hint to look, whatever it would mean if true.
SURE = 0.6
MEANT = "meant"  # evidence: the severity that a finding would have if it were sure
_CATEGORY = {"lost": Category.OMISSION, "added": Category.ADDITION, "changed": Category.MISTRANSLATION}


@lru_cache(maxsize=1)
def senses() -> dict:
    """topic -> sense -> how to name it; the words about time as one topic, like `time_words.time_marks`."""
    words = load_toml("time_words.toml")
    return load_toml("senses.toml") | {"time": {f"{topic}.{sense}": {"gloss": words["gloss"].get(sense, "")} for base in ("zh", "en")
                                                for topic, some in words[base].items() for sense in some}}


def gloss(topic: str, mark: Mark) -> str:
    """What a mark means, in English."""
    return senses()[topic].get(mark.asks[0] if mark.asks else mark.senses[0], {}).get("gloss", "")


def strength(topic: str, mark: Mark) -> float:
    """Mean strength of the senses a mark asks for (all its senses, if none), 0 where the topic has no scale."""
    values = [senses()[topic].get(sense, {}).get("strength", 0) for sense in mark.asks or mark.senses]
    return sum(values) / len(values)


def quoted_word(topic: str, mark: Mark, language: str) -> str:
    if language == "en":
        return f"“{mark.text}”"
    meaning = gloss(topic, mark)
    return f"{mark.text} ({meaning})" if meaning else mark.text


def finding(check: str, topic: str, pair: Comparison, change: Change, severity: Severity, message: str = "",
            suggestion: str | None = None, evidence: dict | None = None) -> Finding:
    """The finding of a change. A change we are not sure of weighs at most minor; what it would weigh goes along as `meant`."""
    source, target = change.source, change.target
    meant = {}
    if change.confidence < SURE and severity >= Severity.MAJOR:
        severity, meant = Severity.MINOR, {MEANT: severity.value}
    return Finding(
        check, _CATEGORY[change.kind], severity, message or sentence(topic, pair, change),
        pair.source.span(source.start, source.end) if source else None,
        pair.target.span(target.start, target.end) if target else None,
        round(change.confidence, 3), suggestion=suggest(topic, pair, change) if suggestion is None else suggestion,
        evidence={**change.evidence, **meant, **(evidence or {})})


def sentence(topic: str, pair: Comparison, change: Change) -> str:
    """One sentence of plain English that says what differs."""
    ours = lambda: quoted_word(topic, change.target, pair.target.language.base)
    theirs = lambda: quoted_word(topic, change.source, pair.source.language.base)
    if change.kind == "lost":
        return f"The source has {theirs()}; the draft has no equivalent."
    if change.kind == "added":
        return f"The draft has {ours()}; the source has nothing like it there."
    return f"The source has {theirs()}; the draft has {ours()} in its place."


def suggest(topic: str, pair: Comparison, change: Change) -> str:
    if pair.target.language.base != "en":
        return ""
    if change.kind == "added":
        return f"leave out “{change.target.text}”"
    sense = change.source.asks[0] if change.source.asks else change.source.senses[0]
    say = _own_words(pair, change.source)
    if say is None:
        say = senses()[topic].get(sense, {}).get("say", "")
    if not say:
        return ""
    return f"add “{say}”" if change.kind == "lost" else f"“{say}” for “{change.target.text}”"


def _own_words(pair: Comparison, mark: Mark) -> str | None:
    """What to say for a word that its sense does not stand for (从未 is "never", not "absolutely"); None for any other."""
    text = pair.source.language.fold(mark.text)
    return next((say for word, say in senses()["say_of"].items() if text.startswith(word)), None)


def in_quote(pair: Comparison, change: Change) -> bool:
    """Whether the change is inside words given as somebody's own, on either side."""
    return bool(change.source and pair.source.quoted(change.source.start, change.source.end)
                or change.target and pair.target.quoted(change.target.start, change.target.end))
