"""Whether a text is in the language that it is said to be, and in one language only.

Scripts decide what is refused: they cannot be mistaken. Words only warn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from ..languages import detect, get
from ..text import LANGUAGE, InputError, Segment

_SCRIPTS = {
    "han": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]"), "kana": re.compile(r"[\u3041-\u3096\u30a1-\u30fa]"), "hangul": re.compile(r"[\uac00-\ud7a3]"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]"), "arabic": re.compile(r"[\u0600-\u06ff]"), "latin": re.compile(r"[A-Za-z\u00c0-\u024f]+"),
}
_NAMES = {"en": "English", "zh": "Chinese", "zh-Hant": "traditional Chinese", "ja": "Japanese", "ko": "Korean", "ru": "Russian", "und": "another language"}
_LETTER = re.compile(r"[^\W\d_]")
_LETTERS_A_WORD = 2.0  # a Latin word weighs as two characters of Chinese
_MIXED = 0.2  # share of the text in another script from which it is called mixed
_HAN_WITHOUT_KANA = 40  # characters: no Japanese text is that long without kana
_SAMPLE = 50_000
_SPOKEN = ("en", "zh", "ja")
_ENOUGH = 80  # characters of Chinese, or half as many Latin words, before which a glossary can read as anything


def language_of(text: str, given: str | None, place: str | Path) -> str:
    """The language given, or the one detected; Chinese in traditional script is zh-Hant, also where zh is given.

    Raises InputError when what is given is no language code, the script of most of the text is not that of the
    language given, or it has no letters.
    """
    if given and not LANGUAGE.fullmatch(given):
        raise InputError(place, f"is said to be in {given!r}, which is no language code", "Give one such as zh, zh-Hant, en or ja, or none to have it detected")
    if not _LETTER.search(text):
        raise InputError(place, "holds no words", "Give a file with text")
    detected = detect(text)
    if given:
        no_kana = given.split("-")[0] == "ja" and not _SCRIPTS["kana"].search(text) and _scripts(text)["han"] >= _HAN_WITHOUT_KANA
        if _of_script(text) not in ("", *_expected(given)) or no_kana:
            raise InputError(place, f"is said to be {_name(given)} but reads as {_name(detected)}", "Give the right language, or the right file")
        # The script decides which script a back-translation is in: two scripts cannot be compared character by character.
        return detected if given == "zh" and detected == "zh-Hant" else given
    return detected


def warnings(segments: list[Segment], language: str, text: str) -> list[str]:
    """Lines about parts in another script: a text pasted from two languages aligns badly."""
    expected = _expected(language)
    foreign = [(s, script) for s in segments if s.kind != "boilerplate" and (script := _of_script(s.text)) and script not in expected and _weight(s.text) >= 8]
    total = sum(_weight(s.text) for s in segments if s.kind != "boilerplate")
    found = []
    if foreign and sum(_weight(s.text) for s, _ in foreign) >= _MIXED * total:
        script = Counter(script for _, script in foreign).most_common(1)[0][0]
        first = text.count("\n", 0, foreign[0][0].start) + 1
        found.append(f"mixed languages: {len(foreign)} of {len(segments)} segments are in {script.title()} script, the first on line {first}; {_name(language)} is assumed")
    said = detect(" ".join(s.text for s in segments if s.kind != "boilerplate")[:_SAMPLE])
    if said != language and "und" not in (said, language) and not found:
        found.append(f"reads as {_name(said)}, taken as {_name(language)}")
    return found


def of_pairs(pairs: Iterable, source_language: str, target_language: str) -> list[str]:
    """Lines about pairs (anything with `source` and `target`) that are in other languages than asked for; none mostly."""
    pairs = list(pairs)
    texts = [" ".join(getattr(pair, side) for pair in pairs)[:_SAMPLE] for side in ("source", "target")]
    asked, read = [get(code).base for code in (source_language, target_language)], [get(detect(text)).base for text in texts]
    if asked[0] != asked[1] and read == asked[::-1]:
        return [f"the sources read as {read[0]}, the translations as {read[1]}: are the columns swapped, or --from and --to?"]
    # Of few words, and between languages that it does not speak, the tool cannot tell.
    return [f"the {side} read as {_name(there)}, taken as {_name(code)}: is {option} {there} meant?"
            for side, option, text, there, code in zip(("sources", "translations"), ("--from", "--to"), texts, read, asked)
            if there != code and there in _SPOKEN and _weight(text) >= _ENOUGH]


def _name(code: str) -> str:
    return _NAMES.get(code, code)


def _expected(language: str) -> tuple[str, ...]:
    base = language.split("-")[0].lower()
    return {"zh": ("han",), "ja": ("kana", "han"), "ko": ("hangul",), "ru": ("cyrillic",), "uk": ("cyrillic",), "bg": ("cyrillic",), "ar": ("arabic",),
            "fa": ("arabic",), "en": ("latin",), "de": ("latin",), "fr": ("latin",), "es": ("latin",), "it": ("latin",), "pt": ("latin",),
            "nl": ("latin",), "pl": ("latin",), "tr": ("latin",), "vi": ("latin",), "id": ("latin",)}.get(base, tuple(_SCRIPTS))


def _scripts(text: str) -> dict[str, float]:
    text = text[:_SAMPLE]
    return {name: len(pattern.findall(text)) * (_LETTERS_A_WORD if name == "latin" else 1.0) for name, pattern in _SCRIPTS.items()}


def _weight(text: str) -> float:
    return sum(_scripts(text).values())


def _of_script(text: str) -> str:
    """The script of two thirds of the text; "" when there is none. One kana to four Han makes it Japanese: fewer are a quotation."""
    scripts = _scripts(text)
    if scripts["kana"] * 4 >= scripts["han"] and scripts["kana"]:
        scripts["kana"] += scripts.pop("han")
    best = max(scripts, key=lambda name: scripts[name])
    return best if scripts[best] * 3 >= 2 * sum(scripts.values()) > 0 else ""
