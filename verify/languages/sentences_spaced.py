"""Sentence ends in languages that put white space between sentences; the abbreviations are English ones."""

from __future__ import annotations

import re
from functools import lru_cache

from .language import load_toml

# A stop, what closes with it (quotes, brackets, note marks), then white space.
_STOP = re.compile(
    r"""(?:\.(?:\s?\.){2,9}|(?<![.!?…。！？؟۔।॥])[.!?…。！？؟۔।॥]+|[—–](?=['"”’]\s+["'“‘]))"""
    r"""(?P<close>["'”’»)\]】』」]*)(?:\[\d{1,3}\])*(?P<gap>\s+)"""
)
_OPENERS = "\"'“‘«([¿¡„『「—–-*• "

_WORD_BEFORE = re.compile(r"[^\s(\[\"'“‘«—–/-]+$")
_CLAUSE = re.compile(r"[^.!?\n]{0,120}")
_ORDINAL = re.compile(r"(?<![\d.,])\d{1,2}$")
_NEXT_WORD = re.compile(r"[\w’'-]+")


def split(text: str, start: int, end: int, reports=None, ordinals: bool = False) -> list[tuple[int, int]]:
    """Ranges of the sentences in one paragraph `text[start:end]`.

    `reports(text, start, end)` says whether a clause tells whose the words before it were ("President Trump
    asked"): it keeps a quote that ends in ? or ! and its clause in one sentence. `ordinals`: the language
    writes 3. for third.
    """
    caseless = not re.search(r"[A-Z]", text[start:end])
    found, begin = [], start
    for match in _STOP.finditer(text, start, end):
        if match.end() < end and _ends(text, begin, match, caseless, reports, ordinals):
            found.append((begin, match.start("gap")))
            begin = match.end()
    found.append((begin, end))
    return found


def _clause_end(text: str, start: int) -> int:
    return _CLAUSE.match(text, start).end()


def _ends(text: str, begin: int, match: re.Match, caseless: bool, reports, ordinals: bool) -> bool:
    after = match.end()
    while after < len(text) and text[after] in _OPENERS:
        after += 1
    following = text[after : after + 1]
    if following.islower() and not caseless or following in set(",;)"):
        return False
    stop = match.group()[: match.start("close") - match.start()]
    if match.group("close") and stop[-1:] in "!?！？" and reports and reports(text, match.end(), _clause_end(text, match.end())):
        return False
    if stop != ".":
        return True
    if ordinals and _ORDINAL.search(text, max(begin, match.start() - 4), match.start()):
        return False
    next_word = _NEXT_WORD.match(text, after)
    return not _abbreviation(text, begin, match.start(), next_word.group() if next_word else "", match.group("close"))


def _abbreviation(text: str, begin: int, stop: int, following: str, close: str) -> bool:
    """Whether the full stop at `stop` only abbreviates the word before it."""
    while stop > begin and text[stop - 1] == " ":  # tokenised text
        stop -= 1
    before = _WORD_BEFORE.search(text, max(begin, stop - 40), stop)
    if not before:
        return False
    word = before.group().lower()
    at_start = not text[begin : before.start()].strip(_OPENERS)
    if word.isdigit():
        return at_start and len(word) <= 3  # "1." heads a list
    if close:
        return False
    known = _abbreviations()
    starts = following.lower() in known["starters"] and following[:1].isupper()
    if word in known["before_number"] and following[:1].isdigit():
        return True
    if word in known["titles"] or word in known["never"]:
        return not (word == "st" and starts)
    if word in ("a.m", "p.m"):
        return following.lower() in known["zones"]
    if word in known["other"] or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
        return not starts and not (at_start and len(word) < 3)
    if re.fullmatch(r"[a-z]", word) and text[stop - 1].isupper():  # an initial
        return not starts or at_start
    return False


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in load_toml("abbreviations.toml").items()}
