"""Name: persons, titles and roles, institutions, places.

A changed role is two things at once: an English title that no Chinese title allows, and a Chinese title that none of
its English words answers. A single title without a counterpart is mostly free rendering (officials said; 当局) and
stays quiet, but words of rank (deputy, former, acting) and countries are rarely added or dropped without loss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..finding import Category, Finding, Severity
from ..languages.language import load_toml
from .check import Comparison
from .glossary import Mention, Section, is_general, longest, section
from .name_sounds import distance, japanese
from .sides import Bilingual
from .surnames import spells_surname, wrong_surnames

_TITLES = [("titles", "role"), ("institutions", "portfolio"), ("institutions", "institution"), ("places", "place")]
_MONEY = re.compile(r"(?:US|HK|NT|S|A|C|NZ)\$|\b(?:(?:US|U\.S\.|American|Hong Kong|Australian|Canadian|Singapore|Taiwan|New Taiwan|Japanese|Chinese)\s"
                    r"(?:dollars?|yen|yuan|currency))", re.I)
_PORTFOLIO_CHINESE = re.compile(r"(?=部|大臣|省|厅|局|司|署|委|长|相|秘书|事务|处|院|次)")
_PORTFOLIO_ENGLISH = re.compile(
    r"(?:(?:minist\w+|secretar\w+|department|bureau|commission\w*|chief|office|committee|authority|agency|boss|head|affairs|councillor)\b)", re.I)
_PROPER = re.compile(r"(?<![\w’'.])[A-Z][a-zà-ɏ]+(?:[-'’][A-Z]?[a-zà-ɏ]+)*(?:['’]s?)?(?:\s+(?:(?:de|van|von|bin|al|der|la|of|for|the|and|on|for the|of the)\s+)?[A-Z][a-zà-ɏ]+(?:[-'’][A-Z]?[a-zà-ɏ]+)*)*")
_CALENDAR = frozenset(
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "Capt", "Rep", "Sen", "Gov", "Gen", "Rev", "Prof", "Lt", "Col", "Sgt", "Inc", "Corp", "Ltd", "Co", "Day", "Spring", "Summer", "Autumn", "Winter", "Christmas", "Easter", "Mr", "Mrs", "Ms", "Dr", "Sir", "Lord", "Lady", "Miss", "Madam", "St"])
_SOUNDS_ALIKE = 0.3


class Name:
    name = "name"

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        both = pair.bilingual
        if both is None:
            return
        unanswered, unlicensed = self._open(both)
        findings = list(self._swapped(both, unanswered, unlicensed))
        findings += self._ranks(both) if both.chinese.language.base == "zh" else []  # 元 is "former" in Japanese, 議長 no speaker of a house
        findings += self._surnames(both)
        covered = [f.target if both.draft_is_english else f.source for f in findings]
        findings += self._strangers(both, unanswered, [c for c in covered if c])
        yield from findings

    def _open(self, both: Bilingual) -> tuple[list[Mention], list[Mention]]:
        """Chinese mentions that nothing answers, English ones that nothing allows."""
        unanswered, unlicensed = [], []
        audience = {m.end() for m in _pattern("audience").finditer(both.english.text)}
        for file, name in _TITLES:
            if name != "place" and both.chinese.language.base != "zh":
                continue
            table = section(file, name)
            chinese = table.chinese(both.simplified)
            english = table.in_english(both.english.text)
            if name == "portfolio":
                chinese = [m for m in chinese if m.text[-1] in "长相" or _PORTFOLIO_CHINESE.match(both.simplified, m.end)]
                english = [m for m in english if _is_portfolio(both.english.text, m)]
            if name == "place":
                english = [m for m in english if not _MONEY.match(both.english.text, m.start)]
            asking = longest([m for m in chinese if m.asks])
            # 影子内阁成员 allows no plain cabinet member: what stands inside a longer title is not said by itself.
            spans = {(m.start, m.end) for m in asking}
            said = [m for m in chinese if not m.asks or (m.start, m.end) in spans]
            present = frozenset().union(*(m.entries for m in said))
            if name == "place":
                present |= _abbreviated(table, both.simplified)
            for mention in asking:
                same = frozenset().union(*(m.entries for m in chinese if (m.start, m.end) == (mention.start, mention.end)))
                if not self._answered(both, table, mention, same):
                    unanswered.append(mention)
            for mention in english:
                if mention.start in audience:
                    continue
                if _bare(mention.text).lower() in both.chinese.text.lower():
                    continue
                if name == "role" and _bare(mention.text).lower() in _RANK_WORDS:
                    continue  # the former of a former teacher, which is for `_ranks`
                if not mention.entries & present and not is_general(mention) and not _supported(both, mention, 0.15 if name == "role" else 0.3):
                    unlicensed.append(mention)
        return longest(unanswered), longest(unlicensed)

    @staticmethod
    def _answered(both: Bilingual, table: Section, mention: Mention, entries: frozenset[int]) -> bool:
        if any((m.entries | m.inner) & entries for m in table.in_english(both.english.text)):
            return True
        return any(share >= 0.05 and (start, end) == (mention.start, mention.end) for start, end, share, _ in both.support.runs)

    @staticmethod
    def _swapped(both: Bilingual, unanswered: list[Mention], unlicensed: list[Mention]) -> Iterator[Finding]:
        free = list(unanswered)
        for mention in unlicensed:
            if not free:
                return
            kin = {"role", "portfolio", "institution"}
            fits = [m for m in free if (m.section == mention.section or {m.section, mention.section} <= kin)
                    and both.near((m.start, m.end), (mention.start, mention.end))]
            if not fits:
                continue
            # Of the same section first, then the one at the corresponding place of its text.
            _, _, other = min((m.section != mention.section, abs(m.start / len(both.simplified) - mention.start / len(both.english.text)), m)
                              for m in fits)
            free.remove(other)
            table = section(*next(t for t in _TITLES if t[1] == other.section))
            alike = other.section == mention.section
            words = both.chinese.text[other.start : other.end]
            expected = ", ".join(table.renderings(other)[:3])
            yield both.finding(
                "name", Severity.MAJOR if alike else Severity.MINOR, f"“{words}” ({expected}) does not match “{mention.text}”.",
                (other.start, other.end), (mention.start, mention.end), 0.75 if alike else 0.45,
                suggestion=f"check who is meant: {expected}" if both.draft_is_english else "", kind=other.section)

    @staticmethod
    def _ranks(both: Bilingual) -> Iterator[Finding]:
        """Deputy, former, acting ...: added or dropped."""
        table = section("titles", "modifier")
        chinese, english = table.chinese(both.simplified), table.in_english(both.english.text)
        roles = longest(section("titles", "role").chinese(both.simplified))
        english_roles = section("titles", "role").in_english(both.english.text)
        said = frozenset().union(*(m.entries for m in english)) if english else frozenset()
        allowed = frozenset().union(*(m.entries for m in chinese)) if chinese else frozenset()
        source, draft = both.turned("source", "draft")
        for mention in english:
            role = next((r for r in english_roles if 0 <= r.start - mention.end <= 25 and "," not in both.english.text[mention.end : r.start]), None)
            if mention.entries & allowed or role is None or _rank(mention) is None or _supported(both, mention, 0.05):
                continue
            match = _counterpart(role, roles)
            yield both.finding(
                "name", Severity.MAJOR, f"The {draft} makes this “{mention.text} {role.text}”; nothing in the {source} says “{mention.text}”.",
                (match.start, match.end) if match else None, (mention.start, role.end), 0.75,
                suggestion=f"remove “{mention.text}”" if both.draft_is_english else "", kind="rank")
        for mention in longest([m for m in chinese if m.asks]):
            # A modifier inside a listed title (原审法官) is part of that title's own meaning.
            role = next((r for r in roles if 0 <= r.start - mention.end <= 4), None)
            if mention.entries & said or role is None or _rank(mention, table) is None:
                continue
            answers = _counterpart_english(role, english_roles)
            if answers is None:
                continue
            words = both.chinese.text[min(mention.start, role.start) : max(mention.end, role.end)]
            rank = _rank(mention, table)
            yield both.finding(
                "name", Severity.MAJOR, f"“{words}” is “{rank}” in the {source}; the {draft} has only “{answers.text}”.",
                (min(mention.start, role.start), max(mention.end, role.end)), (answers.start, answers.end), 0.6,
                suggestion=f"add “{rank}”" if both.draft_is_english else "", kind="rank")

    @staticmethod
    def _surnames(both: Bilingual) -> Iterator[Finding]:
        if both.chinese.language.base != "zh":
            return
        for wrong in wrong_surnames(both.english.text, both.simplified):
            words = both.chinese.text[slice(*wrong.chinese)], both.english.text[slice(*wrong.english)]
            source, draft = both.turned("source", "draft")
            yield both.finding("name", Severity.MAJOR, f"The {source} has {words[0]} (surname {wrong.expected}); the {draft} has “{words[1]}”, another surname.",
                               wrong.chinese, wrong.english, 0.75, suggestion=f"check who is meant: {wrong.expected}" if both.draft_is_english else "", kind="surname")

    def _strangers(self, both: Bilingual, unanswered: list[Mention], covered: list) -> Iterator[Finding]:
        """English proper names that no Chinese name, word or sound accounts for."""
        text = both.english.text
        if _is_title_case(text):
            return
        known = {m.start: m for file, name in _TITLES for m in section(file, name).in_english(text)}
        lost = [m for m in unanswered if m.section == "place"]
        source, draft = both.turned("source", "draft")
        for match in _PROPER.finditer(text):
            start, words = match.start(), match.group()
            if both.chinese.language.base == "zh" and spells_surname(re.split(r"[\s’']", words), both.simplified):
                continue
            if _starts_sentence(text, start):
                first, _, words = words.partition(" ")
                start += len(first) + 1
            words = _bare(words)
            parts = [w for w in map(_bare, re.split(r"[\s\-]+", words)) if w and w not in _CALENDAR]
            if not parts or any(start <= at < match.end() for at in known):
                continue
            if any(c.text in text[start : match.end()] for c in covered) or self._accounted(both, start, match.end(), words, parts):
                continue
            swapped = None if _pattern("body").search(words) else next((m for m in lost if both.near((m.start, m.end), (start, match.end()))), None)
            yield both.finding(
                "name", Severity.MAJOR if swapped else Severity.MINOR, f"“{words}” in the {draft} has no counterpart in the {source}.",
                (swapped.start, swapped.end) if swapped else None, (start, match.end()), 0.65 if swapped else 0.35,
                Category.MISTRANSLATION if swapped else Category.ADDITION, kind="name")

    @staticmethod
    def _accounted(both: Bilingual, start: int, end: int, words: str, parts: list[str]) -> bool:
        lower = both.chinese.text.lower()
        if any(part.lower() in lower for part in parts):
            return True
        if any(w.covered for w in both.support.words if start <= w.start < end):
            return True
        if all(japanese(part, both.simplified) for part in parts):
            return True
        return min(distance(part, both.simplified) for part in [words, *parts]) <= _SOUNDS_ALIKE


@cache
def _pattern(name: str) -> re.Pattern:
    return re.compile(load_toml("titles.toml")["patterns"][name])


def _bare(words: str) -> str:
    return re.sub(r"['’]s?$", "", words.strip())


def _is_portfolio(text: str, mention: Mention) -> bool:
    after, before = text[mention.end : mention.end + 24], text[max(0, mention.start - 24) : mention.start]
    return bool(re.match(r"[\s\-]+(?:\w+\s)?" + _PORTFOLIO_ENGLISH.pattern, after, re.I)
                or re.search(_PORTFOLIO_ENGLISH.pattern + r"\s(?:of|for)\s(?:the\s)?$", before, re.I))


def _abbreviated(places: Section, chinese: str) -> frozenset[int]:
    """Entries whose country stands in the text as one character (中美, 驻日)."""
    short = section("places", "abbreviation")
    words = {word for m in short.chinese(chinese) for word in short.renderings(m)}
    return frozenset(n for n, row in enumerate(places.english) if not words.isdisjoint(row)) if words else frozenset()


def _supported(both: Bilingual, mention: Mention, least: float) -> bool:
    """Whether the word table finds a Chinese partner of at least this share for every word of the mention."""
    inside = [w for w in both.support.words if mention.start <= w.start < mention.end]
    # One character supports too much: 公 alone is in the words for public, company and announce.
    return bool(inside) and all(w.share >= (least if w.run and w.run[1] - w.run[0] > 1 else max(least, 0.5)) for w in inside)


_RANK_WORDS = frozenset(["deputy", "vice", "undersecretary", "former", "ex", "erstwhile", "one-time", "onetime", "retired", "acting", "interim", "caretaker", "elect", "designate", "shadow", "honorary", "emeritus"])
_RANKS = ("deputy", "former", "acting", "elect", "shadow", "honorary")


def _rank(mention: Mention, table: Section | None = None) -> str | None:
    """The rank a modifier names, when it is one that changes who is meant."""
    rows = (table or section("titles", "modifier")).english
    names = [rows[n][0] for n in mention.entries if rows[n][0] in _RANKS]
    return names[0] if names and (table or _bare(mention.text).lower().rstrip("-") in _RANK_WORDS) else None


def _counterpart(english: Mention, roles: list[Mention]) -> Mention | None:
    return next((r for r in roles if r.entries & english.entries), roles[0] if roles else None)


def _counterpart_english(chinese: Mention, roles: list[Mention]) -> Mention | None:
    return next((r for r in roles if r.entries & chinese.entries), None)


def _starts_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \"'“‘(—–-")
    return not before or text[at - 1] in "\"“‘'" or before[-1] in ".!?:;…。"


def _is_title_case(text: str) -> bool:
    words = re.findall(r"\b[A-Za-z]{4,}\b", text)
    return len(words) >= 4 and sum(w[0].isupper() for w in words) >= 0.6 * len(words)
