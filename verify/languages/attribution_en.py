"""Speaker and reporting verb of an English quote."""

from __future__ import annotations

import re

from .attribution import Attribution
from .speech import ReportingVerb, acts
from .speech_en import find

_ACCORDING = re.compile(r"\b(according to|as per|in the (?:words|view|opinion|judgment|judgement|eyes|telling) of)\s+", re.I)
_IN_VIEW = re.compile(r"\b[Ii]n\s+(?P<who>(?:(?!in\b)[\w.’'-]+\s+){0,6}?(?:[\w-]+['’]s|[\w-]+s['’]|his|her|their))(?:\s+own)?\s+(?P<what>words|view|opinion|judge?ment|telling)\b")
_CITES_ONLY = re.compile(rf"\s*,?\s*(?:{_IN_VIEW.pattern}|{_ACCORDING.pattern}(?:[\w.’'-]+\s?){{1,8}}),\s*")
_PREDICATE = re.compile(r"[\s,.!?\"”'’—–-]*\b(?:was|is|were|had been|has been|came|comes|ran|runs|went|goes)\s+(?P<who>(?:[\w.’'-]+\s+){0,6}?[\w-]+(?:['’]s|s['’]))\s+(?P<what>[a-z-]+(?:\s+[a-z]+)?)")
_OWNERS = {"his": "he", "her": "she", "their": "they"}
_NP_END = re.compile(
    r"[,;:!?\"“”()§—–]|(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bGen)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bLt)(?<!\bCol)(?<!\bProf)\.|\s-\s|\s(?:in|on|at(?!\s+(?:the\s+)?[A-Z])|during|after|before|while|when|as|who|which|that|(?<!close )(?<!adviser )(?<!ambassador )(?<!envoy )to|told|amid|late|early|yesterday|"
    r"(?:with|from|by|for)(?!\s+(?:the\s+)?[A-Z])|today|last|this|next|about|following|earlier|later|and\s+(?:added|said|that)|is|was|were|are|has|had|have|will|would|but|because|if)\b"
    r"|\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|$"
)
_LEAD = re.compile(r"^(?:and|but|while|as|that|when|because|although|though|however|then|later|also|meanwhile|so|yet|with)\s+", re.I)
_TAIL = re.compile(
    r"\s+(?:also|later|then|had|has|have|further|again|once|is|was|were|been|being|be|would|will|could|can|may|might|should|must|\w+n['’]t|did|does|do|not|never|"
    r"repeatedly|reportedly|previously|earlier|just|already|only|even|still|now|\w+ly|merely|who|which|that|and|to)$", re.I)
_TIME_TAIL = re.compile(r"\s+(?:on\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|earlier|(?:in|on|at|during)\s+(?:an?|the|his|her|its|their)?\s*(?:[\w-]+\s+){0,2}(?:statement|interview|speech|briefing|conference|post|tweet|report|hearing|letter|e?-?mail|programme|program|address|note|message|filing|release|article|remarks|comments|media|private|public))$", re.I)
# What no speaker is: words after a preposition, an event, the reporter's verb and what it reports.
_PREPOSITION = re.compile(r"^(?:in|on|at|of|for|by|from|to|with|during|after|before|following|under|through|amid|via|about|only for|made up of)\s", re.I)
_EVENT = re.compile(r"^(?:an?|the|this|that|his|her|its|their)\s+(?:[\w-]+\s+){0,2}(?:conference|briefing|interview|hearing|meeting|ceremony|rally|forum|summit|debate|event)$", re.I)
_INNER = re.compile(r"^.*?\b(?:said|says|say|claim(?:s|ed)|admit(?:s|ted)|den(?:ies|ied)|insist(?:s|ed)|recommended|believe[sd]?)\b(?:\s+that)?\s+(?=\S)", re.I)
_PRONOUN = re.compile(r"^(?:I|he|she|they|it|we|you|who)$", re.I)
_CLAUSE_START = re.compile(r"[;:!?\"“”()§—–]|\s-\s|,\s|(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bGen)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bLt)(?<!\bCol)(?<!\bProf)\.(?=\s|$)")
_NAME = re.compile(r"[A-Z][\w’'-]+(?:\s(?:[A-Z][\w.’'-]*|de|van|von|bin|al)){0,3}")
_TO_SOMEBODY = frozenset(["tell", "inform", "assure", "remind", "warn", "urge"])  # what stands behind them listens
_PASSIVE = re.compile(r"\s+(?:is|was|were|are|has been|have been|had been)\s+(?:also\s+)?(?:quoted|reported|cited|heard|said|believed|understood|paraphrased)\b.*$")
_NP_START = re.compile(r"\s+(?:an?|the|one|two|some|his|her|its|their|our|[A-Z][\w.-]+)\s")
_CLOSES = re.compile(r"\s*(?:[.,;]|$|(?:on|in|at|during|after|last|yesterday|today|this|of|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|[a-z]+ly\b)|\s+(?:reporters|journalists|the\s+\w+)\b")


def attribute(masked: str, start: int, end: int) -> Attribution | None:
    """The attribution of the quote `masked[start:end]` (marks included); quoted words are blanked out."""
    best: tuple[float, Attribution] | None = None
    for match in _ACCORDING.finditer(masked):
        speaker = _noun_phrase(masked[match.end() :])
        if speaker:
            best = _better(best, _distance(masked, start, end, match.start(), match.end()) + 5, Attribution(
                speaker, match.group(1).lower(), match.start(), match.end() - 1, False))
    for match in _IN_VIEW.finditer(masked):
        who = match.group("who")
        speaker = _OWNERS.get(who.lower()) or _clean(re.sub(r"(?:['’]s|(?<=s)['’])$", "", who))
        best = _better(best, _distance(masked, start, end, *match.span()) + 5, Attribution(
            speaker, f"in the {match.group('what')} of", match.start(), match.end(), False))
    if match := _PREDICATE.match(masked, end):  # "...," was the coach's lukewarm reply
        act = next((word for word in match.group("what").split() if word in acts("en")), None)
        if act:
            at = masked.index(act, match.start("what"))
            best = _better(best, 0, Attribution(_clean(re.sub(r"['’]s?$", "", match.group("who"))), act, at, at + len(act), False))
    for verb in find(masked, beside_quote=True):
        distance = _distance(masked, start, end, verb.start, verb.end)
        if verb.start >= end and not _CLOSES.match(masked, verb.end) and masked[end : verb.start].strip(" ,.\"”’'-—–"):
            distance += 40  # it introduces what comes after it
        speaker, adjacent = _speaker(masked, verb, start, end)
        best = _better(best, distance, Attribution(speaker, verb.lemma, verb.start, verb.end, adjacent))
    return best[1] if best else None


def _better(best, distance: float, attribution: Attribution):
    if distance > 220 or best and best[0] <= distance:
        return best
    return distance, attribution


def _distance(masked: str, start: int, end: int, a: int, b: int) -> float:
    """How far a verb is from the quote; one in another sentence or beyond another quote counts far."""
    gap = masked[b:start] if b <= start else masked[end:a]
    penalty = 40 * len(re.findall(r";|\s(?:but|yet|while)\s", gap)) + 60 * len(re.findall(r"§+", gap)) + 100 * len(re.findall(r"[.!?]\s+[A-Z]", gap))
    return len(gap) + penalty + (0 if b <= start else 1)


def _speaker(masked: str, verb: ReportingVerb, start: int, end: int) -> tuple[str | None, bool]:
    before, after = masked[: verb.start], masked[verb.end :]
    follows = verb.start >= end
    gap = masked[end : verb.start] if follows else masked[verb.end : start]
    adjacent = len(gap.split()) <= 8 and not re.search(r"[.;§]\s", gap) if follows else bool(re.fullmatch(r"[\s,:]*(?:that\s*)?", gap)) and gap.strip() != "that"
    participle = masked[verb.start : verb.end].split()[0].endswith("ing")
    if follows and not participle and not gap.strip(" ,.\"”’'-—–"):  # "...," said the minister
        return _noun_phrase(after), True
    if follows and not participle and before.endswith(", ") and verb.lemma not in _TO_SOMEBODY and _NP_START.match(after):  # "...", but it is over, said a diplomat
        return _noun_phrase(after), False
    if quoted := re.search(r"\bquot\w+\s+(?P<who>[^,;:]{2,80}?)\s+as\s+$", before):  # quoted an officer as saying
        return _clean(quoted.group("who")), adjacent
    if participle and before.endswith(", "):
        return _first_phrase(before.rstrip(", ")), adjacent
    if re.match(r"\s+as\s+(?:saying|telling)", after):
        adjacent = True
    subject = _subject(before)
    if subject is None and follows and not gap.strip(" ,") and verb.lemma not in _TO_SOMEBODY:
        subject = _noun_phrase(after)
    return subject, adjacent


def _noun_phrase(text: str) -> str | None:
    """The noun phrase a text opens with, an article or title included."""
    match = _NP_END.search(text.lstrip() + " ")
    words = text.lstrip()[: match.start()].strip() if match else ""
    return _clean(words) if words and len(words.split()) <= 14 else None


def _subject(before: str) -> str | None:
    """The subject of the verb that `before` leads up to."""
    text = before.rstrip()
    appositive = text.endswith(",")
    text = text.rstrip(" ,")
    cuts = [match.end() for match in _CLAUSE_START.finditer(text)]
    name = ""
    if appositive and cuts:  # Kato, the finance minister, said
        beside = text[cuts[-1] :].strip()
        text = text[: cuts[-1]].rstrip(" ,;:.—–\"”“")
        name = beside if _NAME.fullmatch(beside) and text[-1:].isalpha() and text.split()[-1].islower() else ""  # its president, Shinichi Takagi, said
        cuts = [match.end() for match in _CLAUSE_START.finditer(text)]
    chunk = _clean(text[cuts[-1] :] if cuts else text)
    if chunk and re.match(r"(?:who|which|that)\b", chunk, re.I):
        return None
    if chunk and len(chunk.split()) <= 14:
        return f"{chunk}, {name}" if name else chunk
    if chunk is None and cuts:  # ", and later said": the subject of the clause before
        return _first_phrase(text[: cuts[-1]])
    return _first_phrase(text)


def _first_phrase(text: str) -> str | None:
    """The subject of a whole sentence: what stands before its first verb."""
    sentence = re.split(r"[.!?]\s+(?=[A-Z])", text)[-1].strip(" ,")
    match = re.match(r"(?:(?:In|On|At|After|During|Before|When|While|Asked|Speaking)\b[^,]{0,80},\s+)?(?P<np>.+)", sentence, re.S)
    if not match:
        return None
    words: list[str] = []
    for word in match.group("np").split():
        if re.fullmatch(r"(?:is|was|were|are|has|had|have|will|would|did|does|said|says|told|also|\w{3,}ed|who|which|that)", word) or word.endswith(","):
            words += [word.rstrip(",")] if word.endswith(",") else []
            break
        words.append(word)
    return _clean(" ".join(words)) if 0 < len(words) <= 12 else None


def _clean(words: str) -> str | None:
    words = re.sub(r"\s+", " ", words).strip(" ,;:-—–\"“”'’(")
    words = _INNER.sub("", _PASSIVE.sub("", words))
    for _ in range(4):
        words = _TAIL.sub("", _LEAD.sub("", words)).strip(" ,")
        words = _TIME_TAIL.sub("", words) if not _PRONOUN.match(words) else words
    if not words or "§" in words or _PREPOSITION.match(words) or _EVENT.match(words) or re.fullmatch(r"(?:also|yet|so|there|later|then|had|has|was|were|is|and|but|who|which|that|to|not|§+|[a-z]+ly|[a-z]+ing)", words):
        return None
    return words


def splits(gap: str) -> bool:
    """Whether a text between two pieces only says who speaks: `," he said, "`. It starts with the last character of
    the first piece and ends with the opening mark of the second."""
    inside = gap[2:-1]
    if re.search(r"[.!?;:]\s", inside) or not re.search(r"[,—–-]\s*$|\w\s+$", inside):
        return False
    if _CITES_ONLY.fullmatch(inside):  # " in Hsu's view, "
        return True
    verbs = find(gap)
    if len(verbs) != 1 or inside.count(",") > 4:
        return False
    rest = gap[verbs[0].end : -1]
    subject = gap[2 : verbs[0].start]
    # he said, "agree": after the verb only the speaker, a time, or whom he told
    return len(subject.split()) <= 10 and not re.search(r"\b(?:that|adding|and|but|calling|of|is|was|were)\b", rest) and rest.rstrip().endswith(",")
