"""Whether two quotes have the same speaker: names by their sound, titles and pronouns by their words.

Three answers, for silence is no assent: the same, another, or nothing that could be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum

import numpy as np

from ..align import lexicon
from ..finding import Category, Finding, QuotePair, Severity
from ..languages import get
from ..languages.attribution_zh import FAMILY_NAMES
from ..text import Document, Quote, QuoteKind, Span
from .glossary import Mention, longest, section
from .japanese_names import folded, same_surname
from .name_sounds import distance, japanese, laid, speaks_of_japan, syllable, transliterated
from .romanisation import letters, readings, spellings, syllables, wade_giles
from .surnames import known_surname, spells_surname


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
_ONE_TO_ONE, _OFTEN = 0.5, 0.2  # share from which the word table holds an English name for the only one of a Chinese name, or for the usual one
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_BEHIND_TITLE = re.compile(r"(?<=[长员授家师官人任席委])[\u4e00-\u9fff]{2,3}$")  # 市政府发言人李国华, where the tables lack the office
_SOMEBODY_ELSES = re.compile("秘书|助理|助手|律师|代表|发言人|妻|夫|[父母]亲|家属")  # 王强律师 can be the lawyer Wang Qiang, or his lawyer
_IN_BRACKETS = re.compile(r"[（(][^）)]*[）)]?")
_COURTESY = re.compile("(?:氏|さん|さま|くん|ちゃん|先生|女士|小姐|选手|监督|容疑者|被告|弁护士)$")
_READ_OTHERWISE = re.compile("韩国|韩方|韩媒|韩联社|朝鲜|首尔|平壤|越南|河内")  # 梁 is Yang there
_SAID_OF_ANYONE = frozenset(["he", "she", "it", "they", "we", "i", "you", "who"])


def place_of_speaker(document: Document, quote: Quote) -> tuple[int, int] | None:
    """Where the sentences of a quote name its speaker, nearest to the verb; None where they do not."""
    if not quote.speaker:
        return None
    around = {*quote.segments, *(i for i, s in enumerate(document.segments) if quote.verb_span and s.start <= quote.verb_span[0] < s.end)}
    anchor = quote.verb_span[0] if quote.verb_span else quote.start
    found = []
    for segment in (document.segments[i] for i in around if i < len(document.segments)):
        words = document.text[segment.start:segment.end]
        fold = get(document.language).fold if document.language.startswith(("zh", "ja")) else str
        for match in re.finditer(re.escape(fold(quote.speaker)), fold(words)):  # the speaker can be in traditional characters
            place = segment.start + match.start(), segment.start + match.end()
            if not any(a < place[1] and place[0] < b for a, b in quote.parts):
                found.append(place)
    return min(found, key=lambda place: abs(place[0] - anchor), default=None)


def compared(document: Document, quote: Quote, witness: Document, source: Quote) -> Likeness:
    """Of the speakers of a quote of the draft and of its counterpart; only Chinese and Japanese ones can be, each beside English ones."""
    languages = {document.language[:2], witness.language[:2]}
    if not quote.speaker or not source.speaker or languages not in ({"zh", "en"}, {"ja", "en"}):
        return Likeness.UNTOLD
    (room, written), (_, english) = ((document, quote), (witness, source))[::-1 if document.language.startswith("en") else 1]
    if room.language.startswith("ja"):
        return _by_japanese_surname(written.speaker, english.speaker, "ja", single=True)
    around = " ".join(room.segments[i].text for i in written.segments if i < len(room.segments))
    return likeness(written.speaker, english.speaker, around)


def speaker_findings(draft: Document, witness: Document, pairs: Iterable[QuotePair]) -> Iterator[Finding]:
    """Quotes that the draft gives to somebody else. A check that reads sentences cannot see it: 刘桂芳 and Zhao Guifang share a sound."""
    for pair in pairs:
        if pair.source is None or QuoteKind.SCARE in (pair.target.kind, pair.source.kind):
            continue
        there, here = place_of_speaker(witness, pair.source), place_of_speaker(draft, pair.target)
        if here and there and compared(draft, pair.target, witness, pair.source) is Likeness.OTHER:
            pronoun = bool({pair.source.speaker.lower(), pair.target.speaker.lower()} & {*_PRONOUNS, *_SAID_OF_ANYONE})
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
    if english.lower().strip() in _SAID_OF_ANYONE:  # He is also a surname
        return Likeness.UNTOLD
    if (told := _by_japanese_surname(chinese, english, "zh", speaks_of_japan(simplified + context))) is not Likeness.UNTOLD:
        return told
    names = [word for word in _NAME.findall(_without(english, _titles(english, english=True))) if word not in _ADDRESS]
    if not names:
        return Likeness.SAME if _roles_agree(simplified, english) or _linked(simplified, english, None) else Likeness.UNTOLD
    if any(name.lower() in simplified.lower() for name in names if len(name) > 2):
        return Likeness.SAME
    elsewhere = any(japanese(name, simplified + context) for name in names)
    person = _person(simplified)
    if person and not elsewhere and (told := _by_surname(names, person, simplified + context)):
        return told
    sounds = [syllables(letters(name)) for name in names]
    if all(sounds):
        return Likeness.UNTOLD if elsewhere else _by_reading(names, [part for name in sounds for part in name], simplified, person)
    if _linked(simplified, english, names):
        return Likeness.SAME
    heard = min(distance(name, simplified) for name in names)
    left = _without(simplified, _titles(simplified, english=False)).split()
    if (usual := max(map(_usual_name, left), default=0.0)) and not elsewhere:  # 特朗普 is Trump, however much of Rubio can be heard in it
        # 特朗普发言人, 特朗普团队: not he, nor is CAS a name.
        named = simplified.endswith(left[-1]) and _usual_name(left[-1]) == usual and transliterated(left[-1]) and not all(name.isupper() for name in names)
        return Likeness.OTHER if named and (usual >= _ONE_TO_ONE or heard >= _UNLIKE) else Likeness.UNTOLD
    return Likeness.SAME if heard <= _ALIKE and not person else Likeness.UNTOLD


def _by_japanese_surname(speaker: str, english: str, language: str, single: bool) -> Likeness:
    """Of a name in kanji; `single`: whether a surname of one character is taken for a Japanese one."""
    written = folded(_IN_BRACKETS.sub("", speaker), language).rpartition("の" if language == "ja" else "的")[2].strip()
    bare = _COURTESY.sub("", written)
    while last := [m.start for m in section(*_ROLES).chinese(bare) if m.end == len(bare) and m.start]:
        bare = bare[:min(last)]
    if language == "zh" and _SOMEBODY_ELSES.search(written, len(bare)):
        return Likeness.UNTOLD
    same = same_surname(bare, english, single, bare != written)
    return Likeness.UNTOLD if same is None else Likeness.SAME if same else Likeness.OTHER


def _by_surname(names: list[str], person: tuple[str, str], around: str) -> Likeness | None:
    """Of a person's name in Chinese: the surname in any of its spellings, or the whole given name, is the same; a Chinese surname that
    is no spelling of it is another's. A given name of one's own choice (Joseph Wu) says nothing."""
    surname, given = person
    rest = [name for name in names if not _spells(name, surname)]
    written = spellings(given) if given else frozenset()
    if any(letters(part) in written for part in (*rest, "".join(rest))):
        strange = [name for name in rest if letters(name) not in written and known_surname(name)]
        return Likeness.OTHER if len(rest) == len(names) and strange and known_surname(surname) else Likeness.SAME
    if len(rest) < len(names):
        if not rest or not given:
            return Likeness.SAME
        heard = [_alike(name, given) for name in rest if _is_given(name)]
        behind = names[next(n for n, name in enumerate(names) if _spells(name, surname)) + 1 :]
        if heard and not max(heard) and all(map(_is_given, behind)) and not _READ_OTHERWISE.search(around):  # Tan Boon Hui is no pinyin, though Hui could be
            return Likeness.OTHER
        return Likeness.SAME if heard and max(heard) == 1 else Likeness.UNTOLD
    if not known_surname(surname) or _READ_OTHERWISE.search(around):
        return None
    for place, name in enumerate(names):
        if known_surname(name) and (place == len(names) - 1 or _is_given(names[place + 1])):
            return Likeness.OTHER
    return None


def _spells(name: str, surname: str) -> bool:
    return spells_surname([name], surname) or letters(name) in spellings(surname) or len(surname) == 1 and letters(name) in readings(surname)


def _alike(name: str, given: str) -> float:
    """The share of the syllables of a romanised given name that sound like its characters."""
    from pypinyin import lazy_pinyin

    parts = [letters(part) for part in re.split(r"[-'’]", name)]
    said = parts if len(parts) > 1 else syllables(parts[0])
    written = lazy_pinyin(given)
    return sum(syllable(a) == syllable(b) for a, b in zip(said, written)) / max(len(said), len(written))


def _is_given(name: str) -> bool:
    """Ming-lun, Minglun: what only a Chinese name looks like. A Cantonese one (Yeuk-wah) can sound like nothing in pinyin."""
    parts = [letters(part) for part in re.split(r"[-'’]", name)]
    return bool(syllables(letters(name))) or len(parts) > 1 and all(part in wade_giles() for part in parts)


def _by_reading(names: list[str], sounds: list[str], chinese: str, person: tuple[str, str] | None) -> Likeness:
    """Of names in pinyin, `sounds` their syllables, where the surname says nothing."""
    if len(sounds) > 4:
        return Likeness.UNTOLD
    exact = [sound in readings(chinese) for sound in sounds]
    if not person and _in_a_row(sounds, chinese):
        return Likeness.SAME
    heard = "".join(person) if person else chinese
    strange = len(sounds) > 1 and person and not any(exact) and not {syllable(s) for s in sounds} & {syllable(r) for r in readings(heard)}
    if not strange and max(laid(name, heard) for name in names) < _UNLIKE:
        return Likeness.UNTOLD  # another romanisation, or another person
    return Likeness.OTHER if person or sum(exact) >= 2 else Likeness.UNTOLD


def _in_a_row(sounds: list[str], chinese: str) -> bool:
    """Whether the sounds are the readings of characters in a row, a surname before or after; one sound is to be that of a surname."""
    if len(sounds) == 1:
        return any(sounds[0] in readings(c) for c in chinese if c in FAMILY_NAMES)
    for order in (sounds, sounds[-1:] + sounds[:-1]):
        if any(all(sound in readings(c) for sound, c in zip(order, chinese[at:])) for at in range(len(chinese) - len(order) + 1)):
            return True
    return False


def _person(chinese: str) -> tuple[str, str] | None:
    """Surname and given name of a speaker who is given by name, beside titles or not; 李 of 李部长 has no given name."""
    titles = _titles(chinese, english=False)
    left = _without(chinese, titles).split()
    if not left:
        return None
    name = left[-1]
    behind = chinese[chinese.rindex(name) + len(name):]
    if len(name) > 3 and (match := _BEHIND_TITLE.search(name)):
        name = match.group()
    if behind and _SOMEBODY_ELSES.search(behind):
        return None
    if name in FAMILY_NAMES:
        return (name, "") if name != chinese else None
    if known_surname(name[:2]) and len(name) in (3, 4):
        return name[:2], name[2:]
    return (name[0], name[1:]) if len(name) < 4 and _is_name(name) else None


def _is_name(words: str) -> bool:
    """Whether it looks like a Chinese person's name and is no common word: 高层, 周边."""
    if not _HAN_NAME.fullmatch(words) or words[0] not in FAMILY_NAMES and not known_surname(words[0]) or words[-1] in _BODIES:
        return False
    usual, share = lexicon.load().rendering(words)
    return not usual or share < _KNOWN or laid(usual, words) <= _ALIKE


def _usual_name(chinese: str) -> float:
    """How surely the word table knows the words as one English name; 0 where it does not. A name is what sounds like its rendering."""
    table = lexicon.load()
    known = [(word, *table.rendering(word)) for word in table.words(chinese, "zh").keys if len(word) > 1]
    return max((share for word, usual, share in known if share >= _OFTEN and laid(usual, word) <= _ALIKE), default=0.0)


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
