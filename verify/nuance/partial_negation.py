"""None rendered as "not all": 谁也没料到 as "not everyone had foreseen". The English leaves some out of a negation that leaves none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding import Finding, Severity
from ..languages.language import patterns
from .sides import Bilingual

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
    if not negations or _some(zh["some"], text, none):
        return
    mark = next((m for m in negations if both.near(m.span(), said.span())), negations[0])
    chinese, english = both.chinese.text[slice(*mark.span())], said.group()
    source, draft = both.turned(chinese, english)
    message = f"The source has “{source}”, the draft “{draft}”: only the English leaves some out."
    yield both.finding("negation", Severity.CRITICAL, message, mark.span(), said.span(), NONE if none else NEGATED,
                       suggestion="“none”, “no … any”" if both.draft_is_english else "", by=PARTIAL)


def _some(pattern: re.Pattern, text: str, none: re.Match | None) -> bool:
    """Whether the Chinese leaves some out, beside the words that say it leaves none."""
    start, end = none.span() if none else (0, 0)
    return bool(pattern.search(text[:start] + "，" * (end - start) + text[end:]))
