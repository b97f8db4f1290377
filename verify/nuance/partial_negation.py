"""None rendered as "not all": 谁也没料到 as "not everyone had foreseen". The English leaves some out of a negation that leaves none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding import Finding, Severity
from ..languages.language import patterns
from .sides import Bilingual, Range

PARTIAL = "partial negation"
FILE = "partial_negation.toml"
NONE, NEGATED = 0.8, 0.7  # confidence: where the Chinese says that nothing is left, and where it only negates


def weakened(both: Bilingual) -> Iterator[Finding]:
    if both.chinese.language.base != "zh":
        return
    zh, en, text = patterns(FILE, "zh"), patterns(FILE, "en"), both.simplified
    found = [m for m in en["not_all"].finditer(both.english.text) if not en["inverted"].search(both.english.text, 0, m.start())]
    if len(found) != 1:
        return
    said, none = found[0], zh["none"].search(text)
    negations = [none] if none else list(zh["negation"].finditer(text))
    if not negations or _some(both, zh["some"], none, said.span()):
        return
    mark = next((m for m in negations if both.near(m.span(), said.span())), negations[0])
    chinese, english = both.chinese.text[slice(*mark.span())], said.group()
    source, draft = both.turned(chinese, english)
    message = f"The source has “{source}”, the draft “{draft}”: only the English leaves some out."
    yield both.finding("negation", Severity.CRITICAL, message, mark.span(), said.span(), NONE if none else NEGATED,
                       suggestion="“none”, “no … any”" if both.draft_is_english else "", by=PARTIAL)


def _some(both: Bilingual, pattern: re.Pattern, none: re.Match | None, said: Range) -> bool:
    """Whether the Chinese leaves some out: anywhere, or near that place where other words of it say that it leaves none."""
    if none is None:
        return bool(pattern.search(both.simplified))
    text = both.simplified[: none.start()] + "，" * len(none.group()) + both.simplified[none.end() :]
    return any(both.near(m.span(), said) for m in pattern.finditer(text))
