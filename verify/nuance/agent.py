"""Agent: who does what to whom: "we hold" for "it exists"; 被, 由, 遭, 获; we and they; parties exchanged."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding, Severity
from .check import Comparison
from .opposites import opposites
from .ownership import owner
from .rates import posterior
from .roles import exchanges
from .senses import Change, changes, pairing
from .voice import reversals
from .wording import SURE, finding, in_quote

# Share of faithful pairs that show each sign of exchanged roles, by how literally the pair is translated.
CHANCE = {"order": 0.012, "marked": 0.012, "by": 0.02, "company": 0.03}
EXCHANGED = 0.04  # share of faithful pairs in which we and they seem to have changed places
VOICE = {"by": 0.02, "told": 0.03, "done to": 0.04}  # the same, of roles exchanged by a change of voice
CROSSED = 0.5  # gain in closeness from which two persons have changed places
_MEANT = {"we", "other_side"}


class Agent:
    name = "agent"

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        yield from self._persons(pair)
        if (found := owner(pair)) is not None:
            yield found
        for change in opposites(pair, "who"):
            yield finding("agent", "opposite", pair, change, Severity.CRITICAL,
                          f"The source has {change.source.text}; the draft has “{change.target.text}”, its opposite.", "")
        seen: set[str] = set()
        japanese = "ja" in (pair.source.language.base, pair.target.language.base)  # its verb stands last, whoever does it
        for exchange in exchanges(pair) if not japanese else ():
            if exchange.seen in seen:
                continue
            seen.add(exchange.seen)
            rate = CHANCE[exchange.seen] * (4 - max(1, pair.places.tightness))
            change = Change(exchange.source, exchange.target, posterior(rate), {"by": "order of aligned words", "seen": exchange.seen})
            yield finding("agent", "opposite", pair, change, Severity.CRITICAL,
                          f"In the source and in the draft the roles around {exchange.source.text} differ (“{exchange.target.text}”).",
                          "check who does what to whom")

        yield from self._voices(pair, seen)

    @staticmethod
    def _voices(pair: Comparison, seen: set[str]) -> Iterator[Finding]:
        view = pair.bilingual
        if view is None or seen or "ja" in (pair.source.language.base, pair.target.language.base):
            return
        for sign, chinese, english in reversals(view):
            confidence = posterior(VOICE[sign] * (4 - max(1, pair.places.tightness)))
            words = view.chinese.text[slice(*chinese)], view.english.text[slice(*english)]
            yield view.finding("agent", Severity.CRITICAL if confidence >= SURE else Severity.MINOR,
                               f"“{words[1]}” exchanges who does it and to whom it is done: {words[0]}.", chinese, english, confidence,
                               suggestion="check who does what to whom" if view.draft_is_english else "", by="voice", seen=sign)

    @staticmethod
    def _persons(pair: Comparison) -> Iterator[Finding]:
        """We, our side, the other side, they."""
        yield from Agent._crossed(pair)
        for change in changes(pair, "person"):
            meant = [bool(_MEANT & set(mark.asks)) for mark in (change.source, change.target) if mark]
            if change.kind == "changed" and any(meant):
                # I and we change hands freely in reported speech; we and they do not.
                own = all({"we", "i"} & set(mark.asks) for mark in (change.source, change.target))
                yield finding("agent", "person", pair, change, Severity.MINOR if own else Severity.CRITICAL)
            elif change.kind != "changed" and all(meant):
                yield finding("agent", "person", pair, change, Severity.MAJOR if in_quote(pair, change) else Severity.MINOR)

    @staticmethod
    def _crossed(pair: Comparison) -> Iterator[Finding]:
        """We stands where the source has the other side, and the other side where it has us."""
        found = pairing(pair, "person")
        close = found.places.closeness
        links = [(found.source[i], found.target[j]) for i, j in found.links]
        for n, (s, t) in enumerate(links):
            for other_s, other_t in links[n + 1 :]:
                asked = set(s.asks), set(other_s.asks)
                if asked[0] & asked[1] or not (asked[0] | asked[1]) & _MEANT:
                    continue
                if close(s, other_t) + close(other_s, t) > close(s, t) + close(other_s, other_t) + CROSSED:
                    change = Change(s, other_t, posterior(EXCHANGED), {"by": "word alignment", "also": [other_s.text, t.text]})
                    yield finding("agent", "person", pair, change, Severity.CRITICAL,
                                  f"{s.text} and {other_s.text} have changed places: the draft has “{other_t.text}” where the source has {s.text}.", "")
