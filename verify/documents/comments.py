"""Comments to the tool inside a text: `<!-- verify: ignore negation, modality -->`."""

from __future__ import annotations

import re

from ..text import Document

_COMMENT = re.compile(r"<!--\s*verify:([^<>]*?)-->")
_IGNORE = re.compile(r"\s*ignore\b[\s:]*(.*)", re.S)


def masked(text: str) -> str:
    """`text` with each comment replaced by as many zero-width spaces, which folding removes; line feeds stay."""
    if "<!--" not in text:
        return text
    return _COMMENT.sub(lambda found: re.sub(r"[^\r\n]", "\u200b", found.group()), text)


def suppressions(document: Document) -> list[tuple[int, int, frozenset[str]]]:
    """Ranges of the file, each with the checks that a comment turns off there; an empty set turns all off.

    A comment beside text holds for the paragraph it stands in; one that stands alone, for the next paragraph.
    """
    found = []
    content = [s for s in document.segments if s.kind != "boilerplate"]
    for comment in _COMMENT.finditer(document.text):
        ignore = _IGNORE.match(comment[1])
        if not ignore:
            continue
        checks = frozenset(name for name in re.split(r"[\s,]+", ignore[1]) if name)
        paragraph = _paragraph_at(document.text, content, comment.start(), comment.end())
        if paragraph is not None:
            members = [s for s in content if s.paragraph == paragraph]
            found.append((min(s.start for s in members), max(s.end for s in members), checks))
    return found


def _paragraph_at(text: str, content: list, start: int, end: int) -> int | None:
    before = next((s for s in reversed(content) if s.start < start), None)
    after = next((s for s in content if s.end > end), None)
    if before is not None and (before.end > start or "\n" not in text[before.end : start]):
        return before.paragraph
    return after.paragraph if after is not None else None
