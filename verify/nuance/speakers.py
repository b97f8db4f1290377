"""Whether two quotes have the same speaker: names by their sound, titles and pronouns by their words.

Three answers, for silence is no assent: the same, another, or nothing that could be compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache

import numpy as np

from ..align import lexicon
from ..finding import Category, Finding, QuotePair, Severity
from ..languages import get
from ..languages.attribution_zh import FAMILY_NAMES
from ..text import Document, Quote, QuoteKind, Span
from .glossary import Mention, longest, section
from .name_sounds import distance, japanese, laid, syllable


class Likeness(str, Enum):
    SAME, OTHER, UNTOLD = "same", "other", "untold"


_TABLES = [("titles", "role"), ("titles", "modifier"), ("institutions", "portfolio"), ("institutions", "institution"), ("places", "place")]
_ROLES = _TABLES[0]
_PRONOUNS = {"他": {"he"}, "她": {"she"}, "我": {"i"}, "我们": {"we"}, "他们": {"they"}, "她们": {"they"}}
_NAME = re.compile(r"[A-Z][A-Za-z]*(?:[-'’]?[A-Za-z]+)*")
_ADDRESS = frozenset(["Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Lord", "Lady", "Madam", "Prof", "Professor", "President", "Minister", "Premier", "Chairman", "Director", "Secretary", "The", "A", "An"])
_BODIES = frozenset("方部会局院司报社")  # 何方, 万科公司: bodies, not people
_GRAMMAR = frozenset(["the", "a", "an", "of", "and", "in", "at", "for", "to", "one"])
_KNOWN = 0.05  # share from which the word table holds two words for a pair
_ALIKE, _UNLIKE = 0.3, 0.6  # cost a consonant of names that sound alike, and from which they do not
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")


def place_of_speaker(document: Document, quote: Quote) -> tuple[int, int] | None:
    """Where the sentences of a quote name its speaker, nearest to the verb; None where they do not."""
    if not quote.speaker:
        return None
    around = {*quote.segments, *(i for i, s in enumerate(document.segments) if quote.verb_span and s.start <= quote.verb_span[0] < s.end)}
    anchor = quote.verb_span[0] if quote.verb_span else quote.start
    found = []
    for segment in (document.segments[i] for i in around if i < len(document.segments)):
        words = document.text[segment.start:segment.end]
        words = get(document.language).fold(words) if document.language.startswith(("zh", "ja")) else words
        for match in re.finditer(re.escape(quote.speaker), words):
            place = segment.start + match.start(), segment.start + match.end()
            if not any(a < place[1] and place[0] < b for a, b in quote.parts):
                found.append(place)
    return min(found, key=lambda place: abs(place[0] - anchor), default=None)


def compared(document: Document, quote: Quote, witness: Document, source: Quote) -> Likeness:
    """Of the speakers of a quote of the draft and of its counterpart; only Chinese and English ones can be."""
    if not quote.speaker or not source.speaker or {document.language[:2], witness.language[:2]} != {"zh", "en"}:
        return Likeness.UNTOLD
    chinese, english = ((document, quote), (witness, source))[::1 if document.language.startswith("zh") else -1]
    around = " ".join(chinese[0].segments[i].text for i in chinese[1].segments if i < len(chinese[0].segments))
    return likeness(chinese[1].speaker, english[1].speaker, around)


def speaker_findings(draft: Document, witness: Document, pairs: Iterable[QuotePair]) -> Iterator[Finding]:
    """Quotes that the draft gives to somebody else. A check that reads sentences cannot see it: 刘桂芳 and Zhao Guifang share a sound."""
    for pair in pairs:
        if pair.source is None or QuoteKind.SCARE in (pair.target.kind, pair.source.kind):
            continue
        there, here = place_of_speaker(witness, pair.source), place_of_speaker(draft, pair.target)
        if here and there and compared(draft, pair.target, witness, pair.source) is Likeness.OTHER:
            pronoun = len(pair.source.speaker) < 2 or len(pair.target.speaker) < 4
            source, target = (Span(d.name, *place, d.text[slice(*place)]) for d, place in ((witness, there), (draft, here)))
            yield Finding("attribution", Category.MISTRANSLATION, Severity.MINOR if pronoun else Severity.MAJOR,
                          f"The source lets {source.text} speak; the draft lets “{target.text}” speak.", source, target, 0.5 if pronoun else 0.8,
                          witness.name, "check who says it", {"by": "the speakers of the quote", "context": pair.target.text[:80]})


def likeness(chinese: str, english: str, context: str = "") -> Likeness:
    """Of a speaker in Chinese and one in English; `context` is the Chinese text around."""
    simplified = get("zh").fold(chinese).strip()
    if expected := _PRONOUNS.get(simplified):
        said = english.lower().strip()
        if said in expected:
            return Likeness.SAME
        return Likeness.OTHER if said in ("he", "she") and expected <= {"he", "she"} else Likeness.UNTOLD
    if simplified.lower() == english.lower().strip():
        return Likeness.SAME
    names = [word for word in _NAME.findall(_without(english, _titles(english, english=True))) if word not in _ADDRESS]
    if not names:
        return Likeness.SAME if _roles_agree(simplified, english) or _linked(simplified, english, None) else Likeness.UNTOLD
    if any(name.lower() in simplified.lower() for name in names if len(name) > 2):
        return Likeness.SAME
    spelled = [_syllables(_letters(name)) for name in names]
    if all(spelled):
        return _by_reading(names, [part for name in spelled for part in name], simplified, context)
    heard = min(distance(name, simplified) for name in names) <= _ALIKE
    return Likeness.SAME if heard or _linked(simplified, english, names) else Likeness.UNTOLD


def _by_reading(names: list[str], sounds: list[str], chinese: str, context: str) -> Likeness:
    """Of names in pinyin, `sounds` their syllables: every one is to be the reading of a character."""
    if len(sounds) > 4 or any(japanese(name, chinese + context) for name in names):
        return Likeness.UNTOLD
    exact = [sound in _readings(chinese) for sound in sounds]
    if all(exact):
        return Likeness.SAME
    left = _without(chinese, _titles(chinese, english=False)).strip()
    named = _is_name(left) or left in FAMILY_NAMES and left != chinese  # 李 of 李部长
    heard = left if named else chinese
    strange = len(sounds) > 1 and named and not any(exact) and not {syllable(s) for s in sounds} & {syllable(r) for r in _readings(heard)}
    if not strange and max(laid(name, heard) for name in names) < _UNLIKE:
        return Likeness.UNTOLD  # another romanisation, or another person
    return Likeness.OTHER if named or sum(exact) >= 2 else Likeness.UNTOLD


def _is_name(words: str) -> bool:
    return bool(_HAN_NAME.fullmatch(words)) and words[0] in FAMILY_NAMES and words[-1] not in _BODIES


def _linked(chinese: str, english: str, names: list[str] | None) -> bool:
    """Whether the word table knows the names (None: most words) of the English as renderings of words of the Chinese."""
    table = lexicon.load()
    ours, theirs = table.words(english, "en"), table.words(chinese, "zh")
    if not len(ours) or not len(theirs):
        return False
    shares = np.sqrt(np.prod(table.entries(list(theirs.keys), list(ours.keys), "zh", "en").dense(len(theirs), len(ours)), axis=0)).max(0)
    words = [(english[a:b], share >= _KNOWN) for a, b, share in zip(ours.starts, ours.ends, shares) if english[a:b][:1].isalpha()]
    if names is not None:
        parts = {part for name in names for part in re.split(r"[-'’]", name)}
        return any(known for word, known in words if word in parts and len(word) > 2)
    words = [known for word, known in words if word.lower() not in _GRAMMAR]
    return sum(words) > len(words) / 2


def _roles_agree(chinese: str, english: str) -> bool:
    """A spokesman beside 发言人: some title of the one is a rendering of a title of the other."""
    for table in (_ROLES, ("institutions", "institution")):
        rows = section(*table)
        if any(a.entries & (b.entries | b.inner) for a in rows.chinese(chinese) for b in rows.in_english(english)):
            return True
    return False


def _titles(text: str, english: bool) -> list[Mention]:
    tables = [section(*table) for table in _TABLES]
    return longest([m for table in tables for m in (table.in_english(text) if english else table.chinese(text))])


def _without(text: str, mentions: list[Mention]) -> str:
    for mention in reversed(mentions):
        text = text[:mention.start] + " " + text[mention.end:]
    return text


def _readings(chinese: str) -> frozenset[str]:
    """Every reading of every character: 曾 is zeng and ceng."""
    from pypinyin import Style, pinyin

    return frozenset(r.lower().replace("ü", "v") for row in pinyin(chinese, style=Style.NORMAL, heteronym=True, errors="ignore") for r in row)


def _letters(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


@lru_cache(maxsize=4096)
def _syllables(letters: str, most: int = 2) -> tuple[str, ...]:
    """One word of a name as syllables of pinyin; empty where it is none. A Chinese name has at most two in a word."""
    if letters in _pinyin_syllables():
        return (letters,)
    if most > 1:
        for size in range(1, len(letters)):
            if letters[:size] in _pinyin_syllables() and (rest := _syllables(letters[size:], most - 1)):
                return (letters[:size], *rest)
    return ()


@lru_cache(maxsize=1)
def _pinyin_syllables() -> frozenset[str]:
    """Those that several characters have: rare readings (hm, to) make pinyin of anything."""
    from pypinyin.constants import PINYIN_DICT

    plain = lambda reading: "".join(c for c in unicodedata.normalize("NFD", reading.replace("ü", "v")) if c.isascii())
    counts = Counter(plain(reading) for code, row in PINYIN_DICT.items() if 0x4E00 <= code < 0xA000 for reading in row.split(",")[:1])
    return frozenset(part for part, number in counts.items() if number >= 3 and (len(part) > 1 or part in "aeo"))
