"""Negations that the English weakens: 谁也没料到 as "not everyone had foreseen", which leaves some out, and 不会传染 as "does not only infect",
which affirms. The Chinese has a plain negation there, and nothing that leaves some out or says more. Words are data, `languages/partial_negation.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding import Finding, Severity
from ..languages.language import patterns
from .sides import Bilingual, Range

PARTIAL, NOT_ONLY = "partial negation", "not only"
FILE = "partial_negation.toml"
_DENIED = re.compile("[不未非][^，。；：]{0,8}$")
NONE, NEGATED = 0.8, 0.7  # confidence: where the Chinese says that nothing is left, and where it only negates


def weakened(both: Bilingual) -> Iterator[Finding]:
    if both.chinese.language.base == "zh":
        yield from _not_all(both)
        yield from _not_only(both)


def _not_all(both: Bilingual) -> Iterator[Finding]:
    zh, en, text = patterns(FILE, "zh"), patterns(FILE, "en"), both.simplified
    found = [m for m in en["not_all"].finditer(both.english.text) if not en["inverted"].search(both.english.text, 0, m.start())]
    if len(found) != 1:
        return
    said, none = found[0], zh["none"].search(text)
    negations = [none] if none else list(zh["negation"].finditer(text))
    denied = none and _DENIED.search(text, 0, none.start())  # 不会一下子全禁
    if not negations or denied or _some(both, zh["some"], none, said.span()):
        return
    yield _finding(both, _nearest(both, negations, said), said, "leaves some out", NONE if none else NEGATED, "“none”, “no … any”", PARTIAL)


def _not_only(both: Bilingual) -> Iterator[Finding]:
    zh, said = patterns(FILE, "zh"), patterns(FILE, "en")["not_only"].search(both.english.text)
    negations = list(zh["negation"].finditer(both.simplified)) if said else []
    if negations and not zh["more"].search(both.simplified):
        yield _finding(both, _nearest(both, negations, said), said, "says that there is more", NEGATED, "“not”", NOT_ONLY)


def _nearest(both: Bilingual, negations: list[re.Match], said: re.Match) -> re.Match:
    return next((m for m in negations if both.near(m.span(), said.span())), negations[0])


def _finding(both: Bilingual, mark: re.Match, said: re.Match, what: str, confidence: float, suggestion: str, by: str) -> Finding:
    source, draft = both.turned(both.chinese.text[slice(*mark.span())], said.group())
    message = f"The source has “{source}”, the draft “{draft}”: only the English {what}."
    return both.finding("negation", Severity.CRITICAL, message, mark.span(), said.span(), confidence, suggestion=suggestion if both.draft_is_english else "", by=by)


def _some(both: Bilingual, pattern: re.Pattern, none: re.Match | None, said: Range) -> bool:
    """Whether the Chinese leaves some out: anywhere, or near that place where other words of it say that it leaves none."""
    if none is None:
        return bool(pattern.search(both.simplified))
    text = both.simplified[: none.start()] + "，" * len(none.group()) + both.simplified[none.end() :]
    return any(both.near(m.span(), said) for m in pattern.finditer(text))
