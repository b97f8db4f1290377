"""Speaker and reporting verb of a Japanese quote."""

from __future__ import annotations

import re

from .attribution import Attribution
from .speech_ja import find

_TOPIC = re.compile(r"(?:^|[。、」』\s])(?P<who>[^。、「」『』§]{1,30}?)(?:は|が|によると|も)(?=[、\s「『§]|[^。]*$)")

_ABOUT = re.compile("(?:について|に関して|に対して|をめぐって|を巡って|に向けて|に際して|において)$")  # 見通しについては: what is spoken of


def attribute(masked: str, start: int, end: int) -> Attribution | None:
    """The attribution of the quote `masked[start:end]`: 大臣は「…」と述べた."""
    best: tuple[int, Attribution] | None = None
    for verb in find(masked):
        if verb.start >= end:
            gap = masked[end : verb.start]
            distance = len(gap) + 30 * gap.count("§") + 40 * gap.count("。")
        elif verb.end <= start:
            gap = masked[verb.end : start]
            distance = len(gap) + 15 + 30 * gap.count("§") + 20 * gap.count("。")
        else:
            continue
        if distance <= 90 and (best is None or distance < best[0]):
            adjacent = bool(re.match(r"(?:と|などと|として)", gap)) and len(gap) <= 8 or not gap
            best = distance, Attribution(None, verb.lemma, verb.start, verb.end, adjacent)
    if best is None:
        return None
    found = best[1]
    return Attribution(_speaker(masked, start), found.verb, found.start, found.end, found.adjacent)


def _speaker(masked: str, start: int) -> str | None:
    before = re.split("。", masked[:start])[-1]
    match = next((m for m in _TOPIC.finditer(before) if not _ABOUT.search(m.group("who"))), None)
    if not match:
        return None
    who = re.sub(r"^(?:一方|また|これに対し|これについて|なお|その後|同日|\d{1,2}日(?:の[^、]*?で)?)、?", "", match.group("who"))
    return who.strip().removeprefix("の") or None


def splits(gap: str) -> bool:
    return False
