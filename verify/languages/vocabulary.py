"""A language's nuance vocabulary, `<language>.toml`, and the matcher that finds its words in a text.

The file is a table of topics (modality, hedge ...), each a table of senses (possible, must ...) that mean the
same in every language. A sense lists its words:

    [modality.possible]
    asks = "可能, 或许"          # expect a counterpart in the other text
    answers = "随时"             # can be the counterpart, but demand none
    [modality.none]
    asks = "可能性"              # looks like a member and is none: it shields what it covers

Words are separated by commas or line ends. Of two entries that start at one place the longer wins.
Chinese and Japanese entries are regular expressions; `_` stands for up to ten characters within a clause.
English entries are words with `~` (any inflection of the word before it), `_` (up to four words in
between), `(a|b)`, `word?`, a leading `=` (as written, case too), or `re:` and a regular expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .inflection import forms
from .language import Language

_GAP = r"[^，。；：！？“”‘’,;:!?\n]{0,10}?"
_WORDS = r"(?:[\s\-]+[\w'%.\-]+?){0,4}?[\s\-]+"
_BREAK = r"[\s\-]+"


@dataclass(frozen=True)
class Mark:
    """A vocabulary word found in a text. `senses` are of its topic; `asks`: it expects a counterpart."""

    start: int
    end: int
    text: str
    senses: tuple[str, ...]
    asks: bool
    entry: str

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


class Vocabulary:
    """The words of one language, by topic. Compiled on first use of a topic."""

    def __init__(self, language: Language):
        self.language = language
        self.topics = language.vocabulary
        self._compiled: dict[str, tuple[re.Pattern, list]] = {}

    def __contains__(self, topic: str) -> bool:
        return topic in self.topics

    def find(self, topic: str, text: str) -> list[Mark]:
        """Marks in order, none overlapping. `text` may be in either script; offsets are its own."""
        if topic not in self.topics:
            return []
        pattern, entries = self._compile(topic)
        marks = []
        for match in pattern.finditer(self.language.fold(text)):
            entry, senses, asks = entries[match.lastindex - 1]
            start, end = match.span()
            if "none" not in senses and end > start:
                marks.append(Mark(start, end, text[start:end], senses, asks, entry))
        return marks

    def _compile(self, topic: str) -> tuple[re.Pattern, list]:
        if topic not in self._compiled:
            members: dict[str, tuple[list[str], bool]] = {}
            for sense, table in self.topics[topic].items():
                for field in ("asks", "answers"):
                    for entry in words_of(table.get(field, "")):
                        senses, asks = members.get(entry, ([], False))
                        members[entry] = ([*senses, sense], asks or field == "asks")
            ordered = sorted(members.items(), key=lambda item: -_length(item[0]))
            expression = spaced if self.language.spaced else unspaced
            pattern = re.compile("|".join(f"({expression(entry)})" for entry, _ in ordered), re.IGNORECASE)
            self._compiled[topic] = pattern, [(entry, tuple(senses), asks) for entry, (senses, asks) in ordered]
        return self._compiled[topic]


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


def _length(entry: str) -> int:
    return len(re.sub(r"\(\?<?[!=][^)]*\)|[~?()=_]", "", entry.removeprefix("re:")))


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


def _expand(choice: str) -> list[str]:
    """`rule~ out` → rule out, rules out, ... ; only the marked word is inflected."""
    if "~" not in choice:
        return [choice]
    before, _, after = choice.partition("~")
    head, blank, verb = before.rpartition(" ")
    return [head + blank + form + rest for form in forms(verb) for rest in _expand(after)]
