"""Sentence ends in languages that put white space between sentences; the abbreviations are English ones."""

from __future__ import annotations

import re

# A stop, what closes with it (quotes, brackets, note marks), then white space.
_STOP = re.compile(
    r"""(?:\.(?:\s?\.){2,9}|(?<![.!?…])\.{2,}|(?<![.!?…。！？؟۔।॥])[.!?…。！？؟۔।॥]+|[—–](?=['"”’]\s+["'“‘]))(?P<close>["'”’»)\]】』」]*)(?:\[\d{1,3}\])*(?P<gap>\s+)"""
)
_OPENERS = "\"'“‘«([¿¡„『「—–-*• "

_TITLES = frozenset(
    "mr mrs ms mx dr prof gen sen rep reps gov pres st lt col capt cpt sgt cmdr adm maj brig rev fr hon messrs amb supt det insp "
    "mt ft vs v al viz approx est dept cf ca".split()
)
_BEFORE_NUMBER = frozenset("no nos fig figs p pp art arts sec ch vol vols para par app eq ref op c jan feb mar apr jun jul aug sep sept oct nov dec".split())
_OTHER = frozenset(
    "u.s u.k u.n e.u u.s.a d.c a.m p.m i.e e.g inc corp co ltd plc jr sr bros etc ph.d m.d b.a m.a ll.b n.y l.a a.d b.c s.a p.l.c "
    "mon tue tues wed thu thur thurs fri sat sun".split()
) | _BEFORE_NUMBER
_STARTERS = frozenset(
    "a an the this that these those it its he she they we i you his her their our my your there here in on at by for from with "
    "as if when while after before since although though but and or so yet however meanwhile then now what who why how where "
    "to of both many most some all no not such one two still also even under over despite during until according".split()
)
_ZONES = frozenset("est edt et pst pdt pt gmt utc bst cet jst hkt sgt eastern pacific monday tuesday wednesday thursday friday saturday sunday".split())
_WORD_BEFORE = re.compile(r"[^\s(\[\"'“‘«—–/-]+$")
_CLAUSE = re.compile(r"[^.!?\n]{0,120}")
_NEXT_WORD = re.compile(r"[\w’'-]+")


def split(text: str, start: int, end: int, reports=None) -> list[tuple[int, int]]:
    """Ranges of the sentences in one paragraph `text[start:end]`.

    `reports(text, start, end)` says whether a clause tells whose the words before it were ("President Trump
    asked"): it keeps a quote that ends in ? or ! and its clause in one sentence.
    """
    caseless = not re.search(r"[A-Z]", text[start:end])
    found, begin = [], start
    for match in _STOP.finditer(text, start, end):
        if match.end() < end and _ends(text, begin, match, caseless, reports):
            found.append((begin, match.start("gap")))
            begin = match.end()
    found.append((begin, end))
    return found


def _clause_end(text: str, start: int) -> int:
    return _CLAUSE.match(text, start).end()


def _ends(text: str, begin: int, match: re.Match, caseless: bool, reports) -> bool:
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
    starts = following.lower() in _STARTERS and following[:1].isupper()
    if word in _BEFORE_NUMBER and following[:1].isdigit():
        return not (word == "no" and at_start)
    if word in _TITLES:
        return True
    if word in ("a.m", "p.m"):
        return following.lower() in _ZONES
    if word in _OTHER and not (word == "no" or word in ("mar", "sun", "sat", "co", "sec", "art", "c", "p") and at_start):
        return word in ("e.g", "i.e", "vs") or not starts and word not in ("no", "etc", "sat", "sun", "mar", "art", "par", "app", "fig", "ref")
    if re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
        return not starts
    if re.fullmatch(r"[a-z]", word) and text[stop - 1].isupper():
        return not (starts and not at_start) or word == "i" and False
    return False
