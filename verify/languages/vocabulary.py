r"""A language's nuance vocabulary, `<language>.toml`, and the matcher that finds its words in a text.

The file is a table of topics (modality, hedge ...), each a table of senses (possible, must ...) that mean the
same in every language. A sense lists its words:

    [modality.possible]
    asks = "可能, 或许"          # expect a counterpart in the other text
    answers = "随时"             # can be the counterpart, but demand none
    [modality.none]
    asks = "可能性"              # looks like a member and is none: it shields what it covers

Words are separated by commas or line ends. Of two entries that start at one place the longer wins;
a word written out says more than a beginning (`begin*`).
Chinese and Japanese entries are regular expressions; `_` stands for up to ten characters within a clause.
English entries are words with `~` (any inflection of the word before it), `_` (up to four words in
between), `(a|b)`, `word?`, `begin*`, a leading `=` (as written, case too), or `re:` and a regular expression
(no comma in it: \x2c).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .inflection import forms
from .language import Language, load_toml

_GAP = r"[^，。；：！？“”‘’,;:!?\n]{0,10}?"
_WORDS = r"(?:[\s\-]+[\w'%.\-]+?){0,4}?[\s\-]+"
_BREAK = r"[\s\-]+"


@dataclass(frozen=True)
class Mark:
    """A vocabulary word found in a text: the senses of its topic that it can stand for, and those among
    them for which it expects a counterpart."""

    start: int
    end: int
    text: str
    senses: tuple[str, ...]
    asks: tuple[str, ...]
    entry: str

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


class Vocabulary:
    """The words of one language, by topic. A topic is compiled on first use."""

    def __init__(self, language: Language, topics: dict | None = None):
        self.language = language
        self.topics = language.vocabulary if topics is None else topics
        self._compiled: dict[str, _Topic] = {}
        self._find = lru_cache(maxsize=128)(self._scan)  # several checks ask the same of one text

    def __contains__(self, topic: str) -> bool:
        return topic in self.topics

    def find(self, topic: str, text: str) -> list[Mark]:
        """Marks in order, none overlapping. `text` may be in either script; offsets are its own."""
        return list(self._find(topic, text)) if topic in self.topics else []

    def _scan(self, topic: str, text: str) -> list[Mark]:
        if topic not in self._compiled:
            self._compiled[topic] = _Topic(self.topics[topic], self.language.spaced)
        found = self._compiled[topic].scan(_read(self.language, text))
        return [Mark(start, end, text[start:end], senses, asks, entry) for start, end, entry, senses, asks in found]


class _Topic:
    """The entries of a topic, reached by the first word (or character) they begin with."""

    def __init__(self, senses: dict, spaced: bool):
        self.spaced = spaced
        members: dict[str, dict[str, bool]] = {}  # entry -> sense -> whether it asks
        for sense, table in senses.items():
            for field in ("answers", "asks"):
                for entry in words_of(table.get(field, "")):
                    members.setdefault(entry, {})[sense] = field == "asks"
        self.members = members
        self.literal: dict[str, dict[int, dict[str, list[tuple[str, str]]]]] = {}  # first word -> length -> phrase -> (as it must be written or "", entry)
        self.pattern: dict[str, list[str]] = {}  # first word -> entries that need a regular expression
        self.prefix: dict[str, list[tuple[str, str]]] = {}  # first three letters -> (beginning of a word, entry)
        self.anywhere: list[str] = []  # entries without a first word
        for entry in self.members:
            (self._add_spaced if spaced else self._add_unspaced)(entry)
        self.begins = {*self.literal, *self.pattern, *self.prefix}
        self._expressions: dict[str, re.Pattern] = {}

    def _add_spaced(self, entry: str) -> None:
        if entry.startswith("re:"):
            self.anywhere.append(entry)
            return
        if entry.endswith("*"):
            self.prefix.setdefault(entry[:3], []).append((entry[:-1], entry))
            return
        if re.search(r"[_?(]", entry):
            first = re.match(r"=?(?:\(([^)]*)\)|(\S+))", entry)
            for choice in (first[1] or first[2]).split("|"):
                for phrase in _expand(choice):
                    self.pattern.setdefault(_plain(phrase).split(" ")[0], []).append(entry)
            return
        for phrase in _expand(entry.removeprefix("=")):
            plain = _plain(phrase)
            self._add_literal(plain.split(" ")[0], plain, entry, phrase if entry.startswith("=") else "")

    def _add_unspaced(self, entry: str) -> None:
        if re.match(r"[(\[_]", entry) or entry.startswith("re:"):
            self.anywhere.append(entry)
        elif re.search(r"[(\[_?]", entry):
            self.pattern.setdefault(entry[0], []).append(entry)
        else:
            self._add_literal(entry[0], entry, entry)

    def _add_literal(self, first: str, phrase: str, entry: str, written: str = "") -> None:
        self.literal.setdefault(first, {}).setdefault(len(phrase), {}).setdefault(phrase, []).append((written, entry))

    def scan(self, read: _Read) -> Iterator[tuple[int, int, str, tuple[str, ...], tuple[str, ...]]]:
        text, plain = read.text, read.plain
        extra: dict[int, list[tuple[int, str]]] = {}
        for entry in self.anywhere:
            for match in self._expression(entry).finditer(text):
                if match.start() in read.keys:
                    extra.setdefault(match.start(), []).append((match.end(), entry))
        at = 0
        for start in sorted({*extra, *(start for key in read.places.keys() & self.begins for start in read.places[key])}):
            if start < at:
                continue
            key = read.keys[start]
            found = list(extra.get(start, ()))
            for beginning, entry in self.prefix.get(key[:3], ()) if self.spaced else ():
                if key.startswith(beginning):
                    found.append((start + len(key), entry))
            for length, phrases in self.literal.get(key, {}).items():
                end = start + length
                if (entries := phrases.get(plain[start:end])) and not (self.spaced and (plain[end : end + 1].isalnum() or plain[end : end + 2] == "'t")):
                    found += [(end, entry) for written, entry in entries if written in ("", text[start:end])]
            for entry in self.pattern.get(key, ()):
                if match := self._expression(entry).match(text, start):
                    found.append((match.end(), entry))
            if not found:
                continue
            end = max(end for end, _ in found)
            longest = [entry for e, entry in found if e == end]
            senses = {sense: asks for entry in longest for sense, asks in self.members[entry].items()}
            at = max(end, start + 1)
            if "none" not in senses and end > start:
                yield start, end, longest[0], tuple(senses), tuple(s for s, asks in senses.items() if asks)

    def _expression(self, entry: str) -> re.Pattern:
        if entry not in self._expressions:
            self._expressions[entry] = re.compile((spaced if self.spaced else unspaced)(entry), re.IGNORECASE)
        return self._expressions[entry]


_TOKEN = re.compile(r"\w+(?:'\w+)?")


class _Read(NamedTuple):
    """A folded text, read once for all topics: `keys` are the words (or characters) at which an entry can begin, by place;
    `places` are those of each key and, in spaced languages, of each beginning of three letters."""

    text: str
    plain: str
    keys: dict[int, str]
    places: dict[str, list[int]]


@lru_cache(maxsize=8)
def _read(language: Language, text: str) -> _Read:
    text = language.fold(text)
    plain = _plain(text) if language.spaced else text
    keys = {m.start(): m.group() for m in _TOKEN.finditer(plain)} if language.spaced else dict(enumerate(plain))
    places: dict[str, list[int]] = {}
    for start, key in keys.items():
        for begin in {key, key[:3]}:
            places.setdefault(begin, []).append(start)
    return _Read(text, plain, keys, places)


def _plain(text: str) -> str:
    """Lower case, hyphens as blanks; the length stays."""
    return text.lower().replace("-", " ") if len(text.lower()) == len(text) else text.replace("-", " ")


@lru_cache(maxsize=16)
def vocabulary_in(file: str, base: str) -> Vocabulary:
    """The words of a language in a data file of their own, which has a table a language."""
    from . import get

    return Vocabulary(get(base), load_toml(file)[base])


@lru_cache(maxsize=16)
def _vocabulary(base: str, code: str) -> Vocabulary:
    from . import get

    return Vocabulary(get(code))


def vocabulary(language: Language) -> Vocabulary:
    """The vocabulary of a language; empty (`topic in vocabulary` is false) for a language without one."""
    return _vocabulary(language.base, language.code)


def words_of(field: str | list[str]) -> Iterator[str]:
    """The entries of a comma- or line-separated field, or of a list."""
    for entry in re.split(r"[,\n]", field) if isinstance(field, str) else field:
        if entry.strip():
            yield entry.strip()


def unspaced(entry: str) -> str:
    """The regular expression of a Chinese or Japanese entry."""
    return re.sub(r"\((?!\?)", "(?:", entry.removeprefix("re:")).replace("_", _GAP)


def spaced(entry: str) -> str:
    """The regular expression of an English entry."""
    if entry.startswith("re:"):
        return re.sub(r"\((?!\?)", "(?:", entry[3:])
    exact = entry.startswith("=")
    body = ""
    for token in re.findall(r"\([^)]*\)\??|\S+", entry.removeprefix("=")):
        if token == "_":
            body = body.removesuffix(_BREAK) + _WORDS
            continue
        optional = token.endswith("?")
        token = token.rstrip("?")
        choices = token.strip("()").split("|")
        expanded = [re.escape(form).replace(r"\ ", _BREAK) for choice in choices for form in _expand(choice)]
        group = "(?:" + "|".join(sorted(expanded, key=len, reverse=True)) + ")"
        body += f"(?:{group}{_BREAK})?" if optional else group + _BREAK
    body = body.removesuffix(_BREAK)
    if exact:
        body = f"(?-i:{body})"
    return rf"(?<![\w]){body}(?![\w])"


def either(field: str) -> re.Pattern:
    """Any of the English entries of a field, of which one may be `begin*`."""
    return re.compile("|".join(rf"(?<!\w){re.escape(entry[:-1])}\w*" if entry.endswith("*") else spaced(entry) for entry in words_of(field)), re.IGNORECASE)


def _expand(choice: str) -> list[str]:
    """`rule~ out` → rule out, rules out, ... ; only the marked word is inflected."""
    if "~" not in choice:
        return [choice]
    before, _, after = choice.partition("~")
    head, blank, verb = before.rpartition(" ")
    return [head + blank + form + rest for form in forms(verb) for rest in _expand(after)]
