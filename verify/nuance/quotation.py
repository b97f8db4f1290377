"""Quotation: words inside quote marks on one side and outside them, or not at all, on the other.

Of the four axes of quoting (mode, source, content, verb: Chen 2009) this check reads mode and content;
source and verb belong to `attribution`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..finding import Category, Finding, Severity
from .check import Comparison, Side
from .figurative import phrases
from .quoted_words import Match, doubt, pairs
from .sides import Bilingual, Range

SHOWN, SURE = 0.3, 0.67
INTRODUCED = re.compile(r"(?:[说說称稱道指问問答]|表示|认为|認為|强调|強調|形容|直言|坦言|写道|寫道|喊|批评|批評|所谓|所謂)[，,：:]?\s*$|[：:]\s*$")
LOOSE_MARK = re.compile(r"[\"“”«»]|(?<!\w)['‘]\w|[\w.,!?]['’](?!\w)")
MARKS = "“”‘’\"'「」『』"
FIRST_CHINESE, THIRD_CHINESE = re.compile("我们?|咱们?|俺|吾"), re.compile("他|她|它|其")
FIRST_ENGLISH = re.compile(r"\b(?:I|me|my|mine|myself|we|us|our|ours|ourselves|let's)\b|\bI['’]", re.IGNORECASE)
THIRD_ENGLISH = re.compile(r"\b(?:he|him|his|himself|she|her|herself|they|them|their|themselves)\b", re.IGNORECASE)


class Quotation:
    name = "quotation"

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        source, target = merged(pair.source), merged(pair.target)
        if not (source or target):
            return
        view = pair.bilingual
        if view is not None and "ja" not in (pair.source.language.base, pair.target.language.base):
            chinese, english = (source, target) if view.draft_is_english else (target, source)
            if chinese and english:
                yield from self._content(view, chinese, english)
                return
        if not pair.links:
            return
        into = lambda a, b: [r for r, _ in pair.links.targets(a, b)]
        back = lambda a, b: [r for r, _ in pair.links.sources(a, b)]
        if target and not source:
            for a, b in target:
                if _wordy(pair.target, a, b, 1) and not _marked_otherwise(pair.source.text):
                    long = _wordy(pair.target, a, b)
                    yield self._finding(pair, _hull(back(a, b)), (a, b), Severity.MAJOR if long else Severity.MINOR, 0.6 if long else 0.4,
                                        "The draft puts these words in quote marks; the source has no quote here.", Category.ADDITION)
            return
        if source and not target and not (pair.target.language.spaced and LOOSE_MARK.search(pair.target.text)):
            for a, b in source:
                if _wordy(pair.source, a, b):
                    speech = _wordy(pair.source, a, b, 5) and bool(INTRODUCED.search(pair.source.text[:a]) or FIRST_CHINESE.search(pair.source.text, a, b))
                    yield self._finding(pair, (a, b), _hull(into(a, b)), Severity.MAJOR if speech else Severity.MINOR, 0.55 if speech else 0.4,
                                        "The source quotes these words; the draft gives them as its own.", Category.MISTRANSLATION)
            return
        yield from self._extent(pair, source, target, into, back)

    def _content(self, view: Bilingual, chinese: list[Range], english: list[Range]) -> Iterator[Finding]:
        """Quotes on both sides of a Chinese and English pair: the same words, within the same marks?"""
        paired, matches = pairs(view, chinese, english)
        quotes = ({i for i, _, _ in paired}, {j for _, j, _ in paired})
        rest = [e for j, e in enumerate(english) if j not in quotes[1]]  # such as the other part of a split quote
        for i, j, found in paired:
            stray = self._borders(view, chinese[i], english[j], chinese, english)
            if stray is not None:
                yield stray
            elif (confidence := doubt(found)) >= SHOWN and not _idiom(view, chinese[i], english[j]):
                yield self._other_words(view, chinese[i], english[j], found, confidence)
            elif (person := self._person(view, chinese[i], [english[j], *rest])) is not None:
                yield person
        for j in set(range(len(english))) - quotes[1]:
            outside = [w.run for w in _answered(view, english[j]) if not _within(w.run, chinese)]
            split = max((matches[i, j].answered for i in range(len(chinese))), default=0)
            if outside and split < 0.3 and _wordy(view.english, *english[j], 1) and not _marked_otherwise(view.chinese.text[slice(*_hull(outside))]):
                long = _wordy(view.english, *english[j], 3)
                yield view.finding("quotation", Severity.MAJOR if long else Severity.MINOR, f"Only the {_name(view, True)} has these words in quote marks.",
                                   _hull(outside), english[j], 0.55 if long else 0.4, by="quote marks and word table")
        for i in set(range(len(chinese))) - quotes[0]:
            inside = [w for w in view.support.words if w.share >= 0.05 and chinese[i][0] <= w.run[0] and w.run[1] <= chinese[i][1]]
            if inside and _wordy(view.chinese, *chinese[i]) and not any(_within((w.start, w.end), english) for w in inside):
                yield view.finding("quotation", Severity.MINOR, f"Only the {_name(view, False)} has these words in quote marks.",
                                   chinese[i], (inside[0].start, inside[-1].end), 0.45, by="quote marks and word table")

    @staticmethod
    def _borders(view: Bilingual, c: Range, e: Range, chinese: list[Range], english: list[Range]) -> Finding | None:
        """A border that has moved: words at one end of a quote whose partners stand outside the other quote."""
        words = [w for w in _answered(view, e) if w.share >= 0.05]
        flags = [not (c[0] - 1 <= w.run[0] and w.run[1] <= c[1] + 1) and not _within(w.run, chinese) for w in words]
        if run := _end_run(flags):
            stray = [words[n] for n in run]
            if _strong(stray) and len(stray) < len(words):
                return view.finding("quotation", Severity.MAJOR, f"The {_name(view, True)} quotes more than the {_name(view, False)}: “{view.english.text[stray[0].start : stray[-1].end]}” stands outside its marks.",
                                    _hull([w.run for w in stray]), (stray[0].start, stray[-1].end), 0.6, by="quote marks and word table")
        owned = [w for w in view.support.words if w.share >= 0.05 and c[0] <= w.run[0] and w.run[1] <= c[1]]
        owned.sort(key=lambda w: w.run)
        if run := _end_run([not _within((w.start, w.end), english) for w in owned]):
            stray = [owned[n] for n in run]
            if _strong(stray) and len(stray) < len(owned):
                return view.finding("quotation", Severity.MAJOR if len(stray) > 2 else Severity.MINOR, f"The {_name(view, True)} leaves a part of the quote outside its marks: {view.chinese.text[stray[0].run[0] : stray[-1].run[1]]}.",
                                    _hull([w.run for w in stray]), _hull([(w.start, w.end) for w in stray]), 0.5, by="quote marks and word table")
        return None

    @staticmethod
    def _other_words(view: Bilingual, c: Range, e: Range, found: Match, confidence: float) -> Finding:
        words = view.english.text[slice(*(found.english or e))]
        return view.finding("quotation", Severity.MAJOR if confidence >= SURE else Severity.MINOR,
                            f"The quote has other words: nothing in “{view.chinese.text[slice(*c)].strip(MARKS)}” answers “{words.strip(MARKS)}”.",
                            found.chinese or c, found.english or e, confidence, answered=round(found.answered, 2))

    @staticmethod
    def _person(view: Bilingual, c: Range, parts: list[Range]) -> Finding | None:
        """A speaker's I or we, given as he or they within the marks of the first part and nowhere as his own."""
        mine, own = FIRST_CHINESE.search(view.simplified, *c), any(FIRST_ENGLISH.search(view.english.text, *part) for part in parts)
        other = THIRD_ENGLISH.search(view.english.text, *parts[0])
        if not mine or own or not other or THIRD_CHINESE.search(view.simplified, *c):
            return None
        return view.finding("quotation", Severity.MAJOR, f"Within the quote, {mine.group()} has become “{other.group()}”.",
                            mine.span(), other.span(), 0.55, suggestion="keep the speaker's own person, or take the words out of the marks")

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
                                    "The draft's quote goes further than the source's; what the source has there stands outside its marks.", Category.MISTRANSLATION)
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


def _name(view: Bilingual, english: bool) -> str:
    return "draft" if view.draft_is_english == english else "source"


def _idiom(view: Bilingual, chinese: Range, english: Range) -> bool:
    """Whether the Chinese quote is a figure of speech that the English one renders by its meaning."""
    words = view.english.text[slice(*english)]
    return any(meanings and meanings.search(words) for _, meanings, _ in phrases().find(view.simplified, *chinese))


def _answered(view: Bilingual, place: Range):
    """English words of a range that the Chinese side accounts for."""
    return [w for w in view.support.words if w.covered and place[0] <= w.start and w.end <= place[1]]


def _end_run(flags: list[bool]) -> list[int]:
    """Indexes of the set flags, if they are all at one end and not alone there by chance."""
    n = sum(flags)
    if n >= 2 and (all(flags[:n]) or all(flags[-n:])):
        return list(range(n)) if all(flags[:n]) else list(range(len(flags) - n, len(flags)))
    return []


def _strong(words) -> bool:
    """Partners that are no chance meetings: two words of the table's better half, of different places."""
    return sum(w.share >= 0.15 for w in words) >= 2 and len({w.run for w in words}) >= 2


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
