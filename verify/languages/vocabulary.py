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
from functools import cached_property, lru_cache
from typing import NamedTuple

from .inflection import forms
from .language import Language, load_toml

_GAP = r"[^，。；：！？“”‘’,;:!?\n]{0,10}?"
_WORDS = r"(?:[\s\-]+[\w'%.\-]+?){0,4}?[\s\-]+"
_BREAK = r"[\s\-]+"


class Mark(NamedTuple):
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
    """The words of one language, by topic."""

    def __init__(self, language: Language, topics: dict | None = None):
        self.language = language
        self.topics = language.vocabulary if topics is None else topics
        self._scan = lru_cache(maxsize=8)(self._all)  # the checks ask for one topic of a text after the other

    def __contains__(self, topic: str) -> bool:
        return topic in self.topics

    def find(self, topic: str, text: str) -> list[Mark]:
        """Marks in order, none overlapping. `text` may be in either script; offsets are its own."""
        return list(self._scan(text).get(topic, ())) if topic in self.topics else []

    def _all(self, text: str) -> dict[str, list[Mark]]:
        return self._words.scan(_read(self.language, text), text)

    @cached_property
    def _words(self) -> _Words:
        return _Words(self.topics, self.language.spaced)


_Entry = tuple[str, str]  # topic, words


class _Words:
    """The entries of all topics, reached by the first word (or two characters) they begin with: a text is read once for all."""

    def __init__(self, topics: dict, spaced: bool):
        self.spaced = spaced
        self.members: dict[_Entry, dict[str, bool]] = {}  # sense -> whether it asks
        for topic, senses in topics.items():
            for sense, table in senses.items():
                for field in ("answers", "asks"):
                    for entry in words_of(table.get(field, "")):
                        self.members.setdefault((topic, entry), {})[sense] = field == "asks"
        self.literal: dict[str, dict[int, dict[str, list[tuple[str, _Entry]]]]] = {}  # first word -> length -> phrase -> (as it must be written or "", entry)
        self.pattern: dict[str, list[_Entry]] = {}  # first word -> entries that need a regular expression
        self.prefix: dict[str, list[tuple[str, _Entry]]] = {}  # `_start` of it -> (beginning of a word, entry)
        self.anywhere: dict[str, list[_Entry]] = {}  # words of entries without a first word
        for entry in self.members:
            (self._add_spaced if spaced else self._add_unspaced)(entry)
        self.begins = {*self.literal, *self.pattern, *self.prefix}
        self._expressions: dict[str, re.Pattern] = {}
        self._said: dict[tuple[_Entry, ...], tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def _add_spaced(self, entry: _Entry) -> None:
        words = entry[1]
        if words.startswith("re:"):
            self.anywhere.setdefault(words, []).append(entry)
            return
        if words.endswith("*"):
            self.prefix.setdefault(_start(words[:-1]), []).append((words[:-1], entry))
            return
        if re.search(r"[_?(]", words):
            first = re.match(r"=?(?:\(([^)]*)\)|(\S+))", words)
            for choice in (first[1] or first[2]).split("|"):
                for phrase in _expand(choice):
                    self.pattern.setdefault(_plain(phrase).split(" ")[0], []).append(entry)
            return
        for phrase in _expand(words.removeprefix("=")):
            plain = _plain(phrase)
            self._add_literal(plain.split(" ")[0], plain, entry, phrase if words.startswith("=") else "")

    def _add_unspaced(self, entry: _Entry) -> None:
        words = entry[1]
        if re.match(r"[(\[_]", words) or words.startswith("re:"):
            self.anywhere.setdefault(words, []).append(entry)
        elif re.search(r"[(\[_?]", words):
            self.pattern.setdefault(words[0], []).append(entry)
        else:
            self._add_literal(words[:2], words, entry)

    def _add_literal(self, first: str, phrase: str, entry: _Entry, written: str = "") -> None:
        self.literal.setdefault(first, {}).setdefault(len(phrase), {}).setdefault(phrase, []).append((written, entry))

    def scan(self, read: _Read, written: str) -> dict[str, list[Mark]]:
        """The marks of each topic that has some. `written`: the text before it was folded."""
        extra: dict[int, list[tuple[int, _Entry]]] = {}
        for words, entries in self.anywhere.items():
            for match in self._expression(words).finditer(read.text):
                if match.start() in read.keys:
                    extra.setdefault(match.start(), []).extend((match.end(), entry) for entry in entries)
        made: dict[str, list[Mark]] = {}
        free: dict[str, int] = {}  # where the last mark of a topic ends
        for start in sorted({*extra, *(start for key in read.places.keys() & self.begins for start in read.places[key])}):
            ends: dict[str, list[tuple[int, _Entry]]] = {}
            for end, entry in (*extra.get(start, ()), *self._beginning(read, start)):
                if start >= free.get(entry[0], 0):
                    ends.setdefault(entry[0], []).append((end, entry))
            for topic, found in ends.items():
                end = max(end for end, _ in found) if len(found) > 1 else found[0][0]
                longest = tuple(entry for e, entry in found if e == end)
                senses, asks = self._said.get(longest) or self._say(longest)
                free[topic] = max(end, start + 1)
                if "none" not in senses and end > start:
                    made.setdefault(topic, []).append(Mark(start, end, written[start:end], senses, asks, longest[0][1]))
        return made

    def _say(self, entries: tuple[_Entry, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What a mark of these entries can stand for, and for what of that it expects a counterpart."""
        senses = {sense: asks for entry in entries for sense, asks in self.members[entry].items()}
        said = self._said[entries] = tuple(senses), tuple(sense for sense, asks in senses.items() if asks)
        return said

    def _beginning(self, read: _Read, start: int) -> list[tuple[int, _Entry]]:
        """What begins with the word (or character) at `start`, and where it ends."""
        plain, found = read.plain, []
        for key in read.keys[start]:
            for beginning, entry in self.prefix.get(key, ()):
                if plain.startswith(beginning, start):
                    found.append((start + len(read.keys[start][-1]), entry))
            for length, phrases in self.literal.get(key, {}).items():
                end = start + length
                if (entries := phrases.get(plain[start:end])) and not (self.spaced and (plain[end : end + 1].isalnum() or plain[end : end + 2] == "'t")):
                    found += [(end, entry) for written, entry in entries if written in ("", read.text[start:end])]
            for entry in self.pattern.get(key, ()):
                if match := self._expression(entry[1]).match(read.text, start):
                    found.append((match.end(), entry))
        return found

    def _expression(self, words: str) -> re.Pattern:
        if words not in self._expressions:
            self._expressions[words] = re.compile((spaced if self.spaced else unspaced)(words), re.IGNORECASE)
        return self._expressions[words]


_TOKEN = re.compile(r"\w+(?:'\w+)?")


class _Read(NamedTuple):
    """A folded text, read once for all topics: `keys` are, by place, the beginnings of entries that can stand there: a word, after
    its first letters; of unspaced languages a character, after the same with the next. `places` are those of each key."""

    text: str
    plain: str
    keys: dict[int, tuple[str, ...]]
    places: dict[str, list[int]]


@lru_cache(maxsize=8)
def _read(language: Language, text: str) -> _Read:
    text = language.fold(text)
    plain = _plain(text) if language.spaced else text
    if language.spaced:
        keys = {m.start(): (_start(m.group()), m.group()) for m in _TOKEN.finditer(plain)}
    else:
        keys = {start: (plain[start : start + 2], char) for start, char in enumerate(plain)}
    places: dict[str, list[int]] = {}
    for start, begins in keys.items():
        for begin in begins:
            places.setdefault(begin, []).append(start)
    return _Read(text, plain, keys, places)


def _start(word: str) -> str:
    """The first two letters, not to be taken for a word of two."""
    return word[:2] + "*"


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
    if entry.startswith("re:"):  # an entry begins where a word does; said so, it need not be tried inside of one
        return r"\b(?:" + re.sub(r"\((?!\?)", "(?:", entry[3:]) + ")"
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
