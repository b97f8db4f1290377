"""Reporting verbs in running Japanese, inflected from their dictionary form."""

from __future__ import annotations

import re
from functools import lru_cache

from . import speech
from .speech import ReportingVerb

# Last kana of the dictionary form -> what the stem takes in use (plain past, て-form, polite, passive, 終止形).
_GODAN = {
    "う": "っ|い|わ|う|え", "く": "い|き|か|く|け", "す": "し|さ|す|せ", "つ": "っ|ち|た|つ|て", "る": "っ|り|ら|る|れ",
    "ぶ": "ん|び|ば|ぶ|べ", "む": "ん|み|ま|む|め", "ぐ": "い|ぎ|が|ぐ|げ",
}  # fmt: skip
_ICHIDAN = re.compile(r"[べえけせてねめれげじびみきいりぎち]る$|入れる$")
_GODAN_RU = frozenset({"語る", "皮肉る", "怒鳴る"})
_SHORT = frozenset({"いう", "とする", "みる", "思う", "聞く", "言う", "示す", "表す", "考える", "呼ぶ", "続ける", "求める"})


@lru_cache(maxsize=1)
def _pattern() -> tuple[re.Pattern, dict[str, tuple[str, str]]]:
    parts, names = [], {}
    for number, (verb, act) in enumerate(sorted(speech.acts("ja").items(), key=lambda item: -len(item[0]))):
        names[f"v{number}"] = (verb, act)
        parts.append(f"(?P<v{number}>{_forms(verb)})")
    return re.compile("|".join(parts)), names


def _forms(verb: str) -> str:
    guard = r"(?<=[」』と])(?:も|は)?" if verb in _SHORT else ""
    if verb.endswith("する"):
        return f"{guard}{verb[:-2]}(?:し(?:た|て|ま|ている|ており)?|する|され|すれ|せ|(?=。|$))" if verb != "とする" else r"(?<=」)と(?:し(?:た|て)|する)"
    if _ICHIDAN.search(verb) and verb not in _GODAN_RU:
        return f"{guard}{verb[:-1]}(?:た|て|る|られ|ま|よ|、|。)"
    return f"{guard}{verb[:-1]}(?:{_GODAN[verb[-1]]})"


def find(text: str) -> list[ReportingVerb]:
    pattern, names = _pattern()
    found = []
    for match in pattern.finditer(text):
        verb, act = names[match.lastgroup]
        end = match.end()
        while end > match.start() and text[end - 1] in "、。":
            end -= 1
        found.append(ReportingVerb(match.start(), end, verb, act))
    return found
