"""Reporting verbs in running English."""

from __future__ import annotations

import re
from functools import lru_cache

from . import speech
from .speech import ReportingVerb

_TOKEN = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_CLAUSE = re.compile(
    r"""\s*(?:,\s*)?["“‘«]|\s+'(?=\w)|\s*:|\s+(?:that|whether|how|why|if|what)\b|\s+(?:[\w’'-]+\s+){1,4}that\b"""
    r"""|\s+(?:there|it|he|she|they|we|this)\s+(?:is|was|were|had|has|would|will|could|should|may|might|did|does|do)\b"""
)
_AFTER_QUOTE = re.compile(r"""(?:[,.!?—-]["”'’]|["”]|[,—-])\s*(?:(?:as|and)\s+)?(?:[\w.’'-]+\s+){0,6}$""")
_VERBAL = re.compile(r"^\W*(?:for|with|of|in|on|at|by|to|from|without)\s|\b(?:is|are|was|were|be|been|has|had|have|\w{2,}ed)\s")
_OWNER = re.compile(r"(?!(?:it|he|she|that|there|here|who|what|where|how|let)['’]).+['’]s")
_TAIL = re.compile(r"\s*(?:[.,;]|$|\s(?:on|in|at|last|yesterday|today|this)\b)")


@lru_cache(maxsize=8)
def _words(name: str) -> frozenset[str]:
    return frozenset(speech.data()["english"][name].split())


@lru_cache(maxsize=8)
def _listed(name: str) -> frozenset[str]:
    return frozenset(speech.data()["english"][name])


@lru_cache(maxsize=1)
def _forms() -> dict[str, list[tuple[tuple[str, ...], str, str, str]]]:
    """First word of each form -> (further words, form kind, lemma, act), longest first."""
    english = speech.data()["english"]
    table: dict[str, list] = {}
    for lemma, act in speech.acts("en").items():
        head, *rest = lemma.split()
        for form, kind in inflect(head, english["irregular"], english["doubling"]):
            table.setdefault(form, []).append((tuple(rest), kind, lemma, act))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


def inflect(verb: str, irregular: dict[str, str], doubling: list[str]) -> list[tuple[str, str]]:
    """(form, kind) for base, s, past and ing."""
    if re.search(r"(?:s|x|z|ch|sh|o)$", verb):
        third = verb + "es"
    else:
        third = re.sub(r"([^aeiou])y$", r"\1ie", verb) + "s"
    stem = verb + verb[-1] if verb in doubling else verb
    regular = re.sub(r"([^aeiou])y$", r"\1i", re.sub(r"e$", "", stem)) + "ed"
    pasts = irregular.get(verb, regular).split()
    present = stem + "ing" if re.search(r"(?:ee|oe|ye)$", stem) else re.sub(r"e$", "", stem) + "ing"
    return [(verb, "base"), (third, "s"), (present, "ing")] + [(past, "past") for past in pasts]


def find(text: str, beside_quote: bool = False) -> list[ReportingVerb]:
    """Reporting verbs in order; a form that is a noun or an adjective where it stands is left out.

    `beside_quote`: the text is the sentence of a quote, so that verbs with other lives report there too.
    """
    nouns, needs_clause = _listed("nouns"), frozenset() if beside_quote else _listed("needs_clause")
    forms = _forms()
    tokens = list(_TOKEN.finditer(text))
    words = [token.group().lower() for token in tokens]
    found: list[ReportingVerb] = []
    for i, token in enumerate(tokens):
        if found and token.start() < found[-1].end:
            continue
        for rest, kind, lemma, act in forms.get(words[i], ()):
            last = i + len(rest)
            if tuple(words[i + 1 : last + 1]) != rest:
                continue
            end = tokens[last].end()
            if not rest and _is_phrasal(text, end, lemma) or beside_quote and kind != "past" and i and _owned(text, tokens[i - 1], token):
                break
            if _reports(text, tokens, words, i, last, kind, lemma, nouns, needs_clause):
                found.append(ReportingVerb(token.start(), end, lemma, act))
            break
    return found


def _reports(text, tokens, words, first, last, kind, lemma, nouns, needs_clause) -> bool:
    start, end = tokens[first].start(), tokens[last].end()
    before = words[first - 1] if first else ""
    adjacent = bool(first) and not text[tokens[first - 1].end() : start].strip()
    clause = _CLAUSE.match(text, end) is not None
    lead = _AFTER_QUOTE.search(text, max(0, start - 60), start)
    tail = lead is not None and _TAIL.match(text, end) is not None
    passive = kind == "past" and any(word in _words("be") for word in words[max(0, first - 2) : first])
    if text[start].isupper() and words[first] == "states" and (before == "united" or kind == "s"):
        return False
    if adjacent and before in _words("determiners") and not _as_subject(before, kind, lemma in nouns):
        return False
    if text[start - 1 : start] == "-":
        return False
    if kind == "past" and not text[:start].strip() and not clause and not re.match(r"\s+(?:by|to|about|if|on|why|how|what)\b", text[end : end + 8]):
        return False  # Written homework
    if kind in ("base", "s") and lemma in nouns:
        subject = before in _words("pronouns") or before in _words("auxiliaries") or kind == "base" and before.endswith("s")
        named = kind == "s" and adjacent and text[tokens[first - 1].start()].isupper()
        if not (subject and adjacent or clause and adjacent and before not in _words("determiners") or named and clause or tail and not _VERBAL.search(lead.group())):
            return False
    if lemma in needs_clause:
        to_clause = passive and re.match(r"\s+(?:to|as)\b", text[end : end + 5]) is not None
        return clause or tail or to_clause
    return True


def _owned(text: str, owner: re.Match, noun: re.Match) -> bool:
    """Whether a possessive makes a noun of the form: in Hsu's view, the court's ruling. Such a noun can stand for an act, but its owner is no subject."""
    return _OWNER.fullmatch(owner.group().lower()) is not None and not text[owner.end() : noun.start()].strip()


def _is_phrasal(text: str, end: int, lemma: str) -> bool:
    """Whether a particle makes another verb of it: written off, write the loan off, told the twins apart."""
    particles = speech.data()["english"]["particles"].get(lemma)
    return particles is not None and _particle(particles).match(text, end) is not None


@lru_cache(maxsize=64)
def _particle(particles: str) -> re.Pattern:
    apart = "|".join(p for p in particles.split("|") if p in ("off", "apart", "down", "up")) or "(?!)"
    thing = r"(?:it|them|him|her|us|me|you|this|that|(?:the|an?|his|her|its|their|these|those|all|some|most|any)(?:\s+[\w’'-]+){1,2})"
    ends = r"\s*(?:[.,;:!?]|$|(?:and|or|but|as|because|if|when|after|before|until|by|for)\b)"
    return re.compile(rf"\s+(?:(?:{particles})\b|{thing}\s+(?:{apart})\b{ends})", re.IGNORECASE)


def _as_subject(word: str, kind: str, noun: bool) -> bool:
    """Whether a determiner can be the subject of the form: that said, more believe."""
    if kind == "base":
        return not noun and word in ("more", "most", "many", "some", "few", "both", "all", "others", "several", "these", "those")
    return word in ("that", "which", "who", "what", "all", "others", "many", "some", "most", "several", "few", "more")


def attributes(clause: str) -> bool:
    """Whether a clause after a closing quote mark says whose the words were: `President Trump asked.`"""
    for verb in find(clause):
        subject = clause[: verb.start].lstrip("!?.,\"”’' ")
        rest = clause[verb.end :]
        return bool(re.fullmatch(r"(?:[\w.’'-]+\s+){1,6}", subject)) and not _CLAUSE.match(rest) and not re.match(r"\s*,\s*[\"“]", rest)
    return False
