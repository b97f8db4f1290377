"""Active made passive with the roles exchanged: 反超大片 → "overtaken by the blockbuster"; 被人利用 → "used others".

Chinese names the doer before the verb, after 被, 由, 遭, 受 or 获 in a passive; English after *by*. A faithful translation
may change the voice, but then the doer stays the doer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..languages.inflection import is_verb_form
from .amounts import numbers
from .sides import Bilingual, Range
from .word_support import Word

_CLAUSE = re.compile(r"[，。；：！？、]")
_PASSIVE_CHINESE = re.compile(r"被|遭到?|受到?|获|由|为.{1,8}所|让|给|挨|令|叫|使|惨遭|蒙|的")
_DONE_TO = re.compile(r"被|惨遭|遭到?|遭受")
_BY = re.compile(r"\b(?:is|are|was|were|be|been|being|get|got|gets)\s+(?:\w+ly\s+)?(?P<verb>[a-z]+(?:ed|en|n|t|de|id|ght|wn))\s+(?:\w+\s+)?by\s+(?:(?:the|a|an|its|his|their|her|our|these|those|this|that)\s+)?(?P<doer>[A-Za-z'’-]+(?:\s+[A-Za-z'’-]+)?)")
_PARTICIPLE_BY = re.compile(r"(?<!\bis)(?<!\bare)\b(?P<verb>[a-z]+ed|overtaken|beaten|driven|taken|given|hit|led|sent)\s+by\s+(?:(?:the|a|an|its|his|their|her|our|those)\s+)?(?P<doer>[A-Za-z'’-]+)")
_ACTIVE = re.compile(r"\b(?:has|have|had|will|would|could|should|may|might|must|did|does)\s+(?:not\s+)?(?:\w+ly\s+)?$", re.IGNORECASE)
_PRONOUN = {"him": "他", "her": "她", "them": "他们|她们|它们", "us": "我们|我方|我国", "me": "我", "it": "它"}
_TOLD = re.compile(r"\b(?:was|were|been|being)\s+(?:\w+ly\s+)?(?P<verb>told|warned|reminded|cautioned|asked|urged|informed|advised|ordered|instructed|notified|assured)\b")
_TELLS = re.compile(r"(?:告诉|警告|提醒|告诫|呼吁|敦促|通知|指示|下令|保证|建议|询问|追问|叮嘱|劝)(?=说|道|称|，|：|,|:)")
_RECEIVES = re.compile(r"被|遭|受|获|接到|收到|得知|听|据")


def reversals(view: Bilingual) -> Iterator[tuple[str, Range, Range]]:
    """(what was seen, Chinese range, English range) of roles that a change of voice has exchanged."""
    words = {w.start: w for w in view.support.words if w.share >= 0.08 and w.run[1] - w.run[0] >= 2}
    yield from _wrong_doer(view, words)
    yield from _done_to(view, words)
    text = view.english.text
    for told in _TOLD.finditer(text):
        tells = _TELLS.search(view.simplified)
        if tells and not _RECEIVES.search(view.simplified) and " by " not in text[told.end() : told.end() + 30]:
            yield "told", tells.span(), told.span()


def _wrong_doer(view: Bilingual, words: dict[int, Word]) -> Iterator[tuple[str, Range, Range]]:
    """*Verbed by X* where the Chinese has X after the verb, as its object."""
    chinese, text = view.simplified, view.english.text
    seen: set[int] = set()
    for match in [*_BY.finditer(text), *_PARTICIPLE_BY.finditer(text)]:
        verb, doer = words.get(match.start("verb")), match.group("doer").lower().split()[0]
        if verb is None or match.start("verb") in seen:
            continue
        seen.add(match.start("verb"))
        if _measures(view, match.span("doer")):
            continue
        start = max([m.end() for m in _CLAUSE.finditer(chinese[: verb.run[0]])], default=0)
        stop = _CLAUSE.search(chinese, verb.run[1])
        end = stop.start() if stop else len(chinese)
        if _PASSIVE_CHINESE.search(chinese, start, verb.run[0]) or chinese.count(chinese[slice(*verb.run)]) > 1:
            continue
        if doer in _PRONOUN:
            found = re.match(r"[了过着]?(?:" + _PRONOUN[doer] + ")", chinese[verb.run[1] : end])
            place = (verb.run[1] + found.start(), verb.run[1] + found.end()) if found else None
        else:
            near = [w for w in words.values() if match.start("doer") <= w.start < match.end("doer")]
            place = near[-1].run if near and all(verb.run[1] <= w.run[0] < end for w in near) and chinese.count(chinese[slice(*near[-1].run)]) == 1 else None
        if place and not re.search(r"的", chinese[verb.run[1] : verb.run[1] + 1]):
            yield "by", (verb.run[0], place[1]), match.span()


def _measures(view: Bilingual, doer: Range) -> bool:
    """Whether what follows *by* is how much or until when, and nobody: by fourteen months, a third, Monday."""
    amounts = [*(n for n in numbers(view.english) if n.kind != "cardinal"), *view.english.language.dates(view.english.text)]
    return any(amount.start < doer[1] and doer[0] < amount.end for amount in amounts)


def _done_to(view: Bilingual, words: dict[int, Word]) -> Iterator[tuple[str, Range, Range]]:
    """被 before a verb that the English has in the active, after an auxiliary."""
    chinese, text = view.simplified, view.english.text
    for mark in _DONE_TO.finditer(chinese):
        stop = _CLAUSE.search(chinese, mark.end())
        end = min(stop.start() if stop else len(chinese), mark.end() + 6)
        for word in words.values():
            if mark.end() <= word.run[0] < end and is_verb_form(text[word.start : word.end]) and _ACTIVE.search(text[: word.start]) \
                    and not re.match(r"\s+by\b", text[word.end :]) and chinese.count(chinese[slice(*word.run)]) == 1:
                before = _ACTIVE.search(text[: word.start])
                yield "done to", (mark.start(), word.run[1]), (before.start(), word.end)
                break
