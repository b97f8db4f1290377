"""Quotation: words inside quote marks on one side and outside them, or not at all, on the other.

Of the four axes of quoting (mode, source, content, verb: Chen 2009) this check reads mode and content;
source and verb belong to `attribution`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..finding import Category, Finding, Severity
from .check import Comparison, Side

Range = tuple[int, int]
# Share of a quote's linked words that must lie inside a counterpart's marks for it to be the same quote.
INSIDE = 0.5


class Quotation:
    name = "quotation"

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        source, target = merged(pair.source), merged(pair.target)
        if not pair.links or not (source or target):
            return
        into = lambda a, b: [r for r, _ in pair.links.targets(a, b)]
        back = lambda a, b: [r for r, _ in pair.links.sources(a, b)]
        if target and not source:
            for a, b in target:
                if _wordy(pair.target, a, b) and not _marked_otherwise(pair.source.text):
                    yield self._finding(pair, _hull(back(a, b)), (a, b), Severity.MAJOR, 0.6,
                                        "The draft puts these words in quote marks; the source has no quote here.", Category.ADDITION)
            return
        if source and not target:
            for a, b in source:
                if _wordy(pair.source, a, b):
                    speech = _wordy(pair.source, a, b, 9)
                    yield self._finding(pair, (a, b), _hull(into(a, b)), Severity.MAJOR if speech else Severity.MINOR, 0.55 if speech else 0.45,
                                        "The source quotes these words; the draft gives them as its own.", Category.MISTRANSLATION)
            return
        yield from self._extent(pair, source, target, into, back)

    def _extent(self, pair, source, target, into, back) -> Iterator[Finding]:
        """Both sides quote: do the marks hold the same words?"""
        for a, b in target:
            linked = back(a, b)
            outside = [r for r in linked if not _within(r, source)]
            if len(linked) >= 2 and len(outside) == len(linked):
                if len(target) > len(source):
                    yield self._finding(pair, _hull(outside), (a, b), Severity.MAJOR, 0.55,
                                        "The draft quotes words that the source has outside its quote marks.", Category.MISTRANSLATION)
            elif (stray := _edge_run(outside, linked)) and len(stray) >= 3:
                words = _hull([t for r in stray for t in into(*r) if a <= t[0] and t[1] <= b])
                yield self._finding(pair, _hull(stray), words or (a, b), Severity.MAJOR, 0.55,
                                    "The draft's quote takes in words that the source has outside its marks.", Category.MISTRANSLATION)
        for a, b in source:
            linked = into(a, b)
            outside = [r for r in linked if not _within(r, target)]
            if len(linked) >= 2 and len(outside) == len(linked) and len(source) > len(target):
                yield self._finding(pair, (a, b), _hull(outside), Severity.MINOR, 0.45,
                                    "The source quotes these words; the draft has them outside its quote marks.", Category.MISTRANSLATION)
            elif len(outside) >= 3 and len(outside) >= 0.4 * len(linked):
                yield self._finding(pair, (a, b), _hull(outside), Severity.MAJOR, 0.5,
                                    "The draft leaves a part of the source's quote outside its marks.", Category.MISTRANSLATION)

    def _finding(self, pair: Comparison, source: Range | None, target: Range | None, severity: Severity, confidence: float,
                 message: str, category: Category) -> Finding:
        return Finding("quotation", category, severity, message, pair.source.span(*source) if source else None,
                       pair.target.span(*target) if target else None, confidence, evidence={"by": "quote marks and word links"})


def merged(side: Side) -> list[Range]:
    """Quote ranges of a side, nested and touching ones joined."""
    out: list[Range] = []
    for a, b in sorted(side.quotes):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        elif b > a:
            out.append((a, b))
    return out


def _wordy(side: Side, start: int, end: int, least: int = 3) -> bool:
    """More than a name or a title: so many words (characters, where words are not spaced)."""
    text = side.text[start:end]
    return (len(text.split()) if side.language.spaced else len(text)) >= (least if side.language.spaced else least + 1)


def _marked_otherwise(text: str) -> bool:
    return any(mark in text for mark in "“”「」『』《》\"‘’")


def _within(place: Range, ranges: Sequence[Range]) -> bool:
    return any(a <= place[0] and place[1] <= b for a, b in ranges)


def _hull(ranges: Sequence[Range]) -> Range | None:
    return (min(r[0] for r in ranges), max(r[1] for r in ranges)) if ranges else None


def _edge_run(outside: Sequence[Range], linked: Sequence[Range]) -> list[Range]:
    """The stray words, if they stand together at one end of what the quote renders (a quote cut too late)."""
    ordered = sorted(set(linked))
    flags = [r in set(outside) for r in ordered]
    for run in (flags, flags[::-1]):
        count = 0
        while count < len(run) and run[count]:
            count += 1
        if count and count == sum(flags):
            return ordered[:count] if run is flags else ordered[-count:]
    return []
