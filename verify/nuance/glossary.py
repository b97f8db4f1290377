"""Chinese words beside all the English words that can stand for them: titles, institutions, places.

A glossary answers two questions about a pair of texts: which Chinese entries have none of their English words
(unanswered), and which English words no Chinese entry in the text allows (unlicensed). One of each is a swap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from operator import add

from ..languages.language import load_toml

_SPLIT = re.compile(r"\s*[,\n]\s*")
_BEGINNING = re.compile(r"\b\w[^\W\d_]?")
_PLURALS = {"man": "men", "woman": "women", "person": "people", "child": "children", "wife": "wives"}


@dataclass(frozen=True, order=True)
class Mention:
    """An entry's word in a text; `entries` are the numbers of the glossary entries it belongs to.

    `asks`: expects a counterpart. `inner`: entries of words inside an English phrase, which it can answer too.
    """

    start: int
    end: int
    text: str
    entries: frozenset[int] = field(compare=False)
    section: str
    asks: bool = True
    inner: frozenset[int] = field(default=frozenset(), compare=False)


class Section:
    """One table of a glossary: {Chinese regular expression: English words}."""

    def __init__(self, name: str, table: dict[str, str]):
        self.name = name
        self.english = [tuple(word for word in _SPLIT.split(words.strip()) if word) for words in table.values()]
        keys = [key.partition("//") for key in table]
        self._each = [(re.compile(key), True) for key, _, _ in keys]
        self._each += [(re.compile(key), False) for _, _, key in keys if key]
        self._number = [*range(len(keys)), *(i for i, (_, _, key) in enumerate(keys) if key)]
        self._first: dict[str, list[int]] = {}  # places in `_each` by how a match begins
        for place, (pattern, _) in enumerate(self._each):
            for begin in _first(pattern.pattern):
                self._first.setdefault(begin, []).append(place)
        owners: dict[str, set[int]] = {}
        for number, words in enumerate(self.english):
            for word in words:
                owners.setdefault(_key(word), set()).add(number)
        self._owners = {word: frozenset(numbers) for word, numbers in owners.items()}
        words = sorted({word for row in self.english for word in row}, key=len, reverse=True)
        self._lower = _filed([w for w in words if w == w.lower()], re.IGNORECASE)
        self._upper = _filed([w for w in words if w != w.lower()], 0)
        # A text is asked about several times. Nobody may change the lists.
        self.chinese = lru_cache(maxsize=8)(self._chinese)
        self.in_english = lru_cache(maxsize=8)(self._in_english)

    def _chinese(self, text: str) -> list[Mention]:
        """Every match in simplified text, overlapping ones too; `longest` picks among them."""
        found = []
        for place in sorted({place for begin in self._first.keys() & _begins(text) for place in self._first[begin]}):
            number, (pattern, asks) = self._number[place], self._each[place]
            found += [Mention(*m.span(), m.group(), frozenset([number]), self.name, asks) for m in pattern.finditer(text) if m.group()]
        return found

    def _in_english(self, text: str) -> list[Mention]:
        found = []
        for filed in (self._upper, self._lower):
            for match in _matches(filed, text):
                if any(m.start < match.end() and match.start() < m.end for m in found):
                    continue
                if entries := self._owners.get(_key(match.group("word"))):
                    found.append(Mention(match.start("word"), match.end(), match.group(), entries, self.name,
                                         inner=self._inner(match.group("word"))))
        return sorted(found, key=lambda m: m.start)

    def _inner(self, words: str) -> frozenset[int]:
        """Entries of the shorter phrases inside a phrase: court in court of appeal."""
        parts = re.split(r"[\s\-]+", words)
        spans = (" ".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 1, len(parts) + 1) if j - i < len(parts))
        return frozenset().union(*(self._owners.get(_key(span), frozenset()) for span in spans))

    def renderings(self, mention: Mention) -> tuple[str, ...]:
        return tuple(word for number in mention.entries for word in self.english[number])


def longest(mentions: list[Mention]) -> list[Mention]:
    """Mentions that no longer one covers, in order."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        if not any(k.start < mention.end and mention.start < k.end for k in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


@cache
def section(file: str, name: str) -> Section:
    """A table of `verify/languages/<file>.toml`."""
    return Section(name, load_toml(f"{file}.toml")[name])


@lru_cache(maxsize=1)
def general_words() -> frozenset[str]:
    return frozenset(_key(word) for word in _SPLIT.split(load_toml("titles.toml")["general"]["en"].strip()))


def is_general(mention: Mention) -> bool:
    """Whether an English word is too general to count as a changed title by itself."""
    return _key(mention.text) in general_words()


def _key(word: str) -> str:
    folded = re.sub(r"[\s\-]+", " ", word.lower().replace("’", "'")).strip().removesuffix("'s").removesuffix("'").rstrip(".")
    head, blank, last = folded.rpartition(" ")
    for singular, plural in _PLURALS.items():
        if last.endswith(plural):
            return head + blank + last.removesuffix(plural) + singular
    if len(last) > 3 and last.endswith("ies"):
        last = last[:-3] + "y"
    elif len(last) > 4 and last.endswith(("ches", "shes", "sses", "xes")):
        last = last[:-2]
    elif len(last) > 3 and last.endswith("s") and not last.endswith(("ss", "us", "is")):
        last = last[:-1]
    return head + blank + last


def _first(pattern: str) -> frozenset[str]:
    """One or two characters, some of which a text must hold for a Chinese entry to match; "" among them where that does not show."""
    sure = lambda part, at: part[at : at + 1].isalnum() and part[at + 1 : at + 2] not in ("?", "*", "{")
    return frozenset((part[:2] if sure(part, 1) else part[0]) if sure(part, 0) else "" for part in pattern.split("|"))


@lru_cache(maxsize=8)
def _begins(text: str) -> frozenset[str]:
    """The characters of a text, each alone and with the next one, and "": see `_first`."""
    return frozenset(["", *text, *map(add, text, text[1:])])


def _filed(words: list[str], flags: int) -> dict[str, re.Pattern]:
    """The words by the letters they begin with, as `_beginnings` has them: one pattern of them all tries each of them everywhere."""
    filed: dict[str, list[str]] = {}
    for word in words:
        own = _BEGINNING.match(word).group()
        for begin in {own, own.upper(), own.capitalize(), own.capitalize().swapcase()} if flags & re.IGNORECASE else [own]:
            filed.setdefault(begin, []).append(word)
    return {begin: _english_pattern(some, flags) for begin, some in filed.items()}


@lru_cache(maxsize=8)
def _beginnings(text: str) -> list[tuple[int, str]]:
    """Where words begin, and with which letters, at most two: all tables ask for that. Nobody may change the list."""
    return [(match.start(), match.group()) for match in _BEGINNING.finditer(text)]


def _matches(filed: dict[str, re.Pattern], text: str) -> Iterator[re.Match]:
    at = 0
    for start, begin in _beginnings(text):
        if begin in filed and start >= at and (match := filed[begin].match(text, start)):
            at = match.end()
            yield match


def _english_pattern(words: list[str], flags: int) -> re.Pattern:
    forms = []
    for word in words:
        body = r"[\s\-]+".join(re.escape(part) for part in re.split(r"[\s\-]+", word) if part)
        for singular, plural in _PLURALS.items():
            if word.endswith(singular):
                body = body.removesuffix(singular) + f"(?:{singular}|{plural})"
        if word.endswith("y"):
            body = body[:-1] + "(?:y|ies)"
        forms.append(body)
    return re.compile(r"(?<![\w])(?P<word>" + "|".join(forms) + r")(?:s|es)?(?:['’]s?)?(?![\w])", flags)

