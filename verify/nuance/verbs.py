"""The English verb that a word belongs to, for messages that name what is affirmed: “accepted the plan”, not “plan”."""

from __future__ import annotations

import re

from ..languages.inflection import is_verb_form

_STOP = re.compile(r"[,.;:!?()\"“”—]|\b(?:that|and|but|which|who|while|because)\b")
_BARE = re.compile(r"\b(?:to|will|would|can|could|may|might|must|should|shall|did|does|do)\s+(?P<verb>[a-z]+)\s*$", re.I)
_NO_VERB = frozenset(["is", "are", "was", "were", "be", "been", "being", "am", "has", "have", "had", "having", "do", "does", "did", "doing", "men", "women", "people", "persons", "children", "things", "during", "according", "including", "regarding"])
_LONGEST = 40


def with_verb(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of a word widened to the verb before it in its clause; the word alone where it is one, or none is near."""
    if is_verb_form(text[start:end]) or _BARE.search(text[:end]) and _BARE.search(text[:end])["verb"] == text[start:end]:
        return start, end
    stops = [m.end() for m in _STOP.finditer(text, 0, start)]
    for match in reversed(list(re.finditer(r"[A-Za-z]+", text[stops[-1] if stops else 0 : start]))):
        at = (stops[-1] if stops else 0) + match.start()
        bare = _BARE.search(text[: at + len(match.group())])
        if (is_verb_form(match.group()) and match.group().lower() not in _NO_VERB) or bare and bare["verb"] == match.group():
            return (at, end) if end - at <= _LONGEST else (at, at + len(match.group()))
    return start, end
