"""Chinese words beside all the English words that can stand for them: titles, institutions, places.

A glossary answers two questions about a pair of texts: which Chinese entries have none of their English words
(unanswered), and which English words no Chinese entry in the text allows (unlicensed). One of each is a swap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from ..languages.language import load_toml

_SPLIT = re.compile(r"\s*[,\n]\s*")
_BEGINNING = re.compile(r"\b\w")
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
        self._first: dict[str, list[int]] = {}  # places in `_each` by character
        for place, (pattern, _) in enumerate(self._each):
            for character in _first(pattern.pattern):
                self._first.setdefault(character, []).append(place)
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
        for place in sorted({place for character in {"", *text} for place in self._first.get(character, ())}):
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
    """Characters one of which a text must hold for a Chinese entry to match; "" among them where that does not show."""
    return frozenset(part[0] if part[0].isalnum() and part[1:2] not in ("?", "*", "{") else "" for part in pattern.split("|"))


def _filed(words: list[str], flags: int) -> dict[str, re.Pattern]:
    """The words by the letter they begin with: one pattern of them all tries each of them everywhere."""
    filed: dict[str, list[str]] = {}
    for word in words:
        for letter in {word[0], word[0].upper()} if flags & re.IGNORECASE else word[0]:
            filed.setdefault(letter, []).append(word)
    return {letter: _english_pattern(some, flags) for letter, some in filed.items()}


def _matches(filed: dict[str, re.Pattern], text: str) -> Iterator[re.Match]:
    at = 0
    for begin in _BEGINNING.finditer(text):
        if begin.start() >= at and begin.group() in filed and (match := filed[begin.group()].match(text, begin.start())):
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

