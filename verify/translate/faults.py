"""Signs that a translation is a hallucination: it must not serve as evidence, and never as a score."""

from __future__ import annotations

import re
from collections import Counter

_UNIT = re.compile(r"\d[\d.,]*|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_]+")
_LOOP = re.compile(r"([^\W\d_]{1,4}?)\1{5,}")  # the same letters six times in a row, inside one word
_SCRIPTS = {
    "zh": r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff", "ja": r"\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f", "ko": r"\uac00-\ud7af\u1100-\u11ff",
    **dict.fromkeys(("ru", "uk", "bg", "sr", "be", "mk", "kk", "ky", "mn"), r"\u0400-\u052f"),
    **dict.fromkeys(("ar", "fa", "ur", "ps"), r"\u0600-\u06ff\u0750-\u077f"), "he": r"\u0590-\u05ff", "el": r"\u0370-\u03ff",
    "th": r"\u0e00-\u0e7f", "hi": r"\u0900-\u097f", "ka": r"\u10a0-\u10ff", "hy": r"\u0530-\u058f",
}
_LATIN = r"A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_LATIN_TOO = frozenset({"sr", "kk"})  # written in both


def faults(source: str, output: str, target: str, source_tokens: int, output_tokens: int) -> tuple[str, ...]:
    """Names of what is wrong with `output` as a translation of `source` into the language `target`.

    repetition: a 4-gram four times, or a short loop; blow-up: far longer than the source; short: most of the
    source is missing; script: not the target's writing; empty: nothing where the source has words.
    """
    units = _UNIT.findall(source.lower())
    if not units:
        return ()
    made = _UNIT.findall(output.lower())
    if not made:
        return ("empty",)
    found = []
    looping = repeats(made) or _LOOP.search(output) or (target.split("-")[0] in ("zh", "ja") and _stutters(output))
    if looping and not (repeats(units) or _LOOP.search(source)):
        found.append("repetition")
    if output_tokens > 2.5 * source_tokens + 12:
        found.append("blow-up")
    if source_tokens >= 20 and output_tokens < 0.25 * source_tokens:
        found.append("short")
    if _foreign(source, output, target):
        found.append("script")
    return tuple(found)


def repeats(units: list[str]) -> bool:
    """A 4-gram occurs four times, or 1 to 3 words stand four times (a single word five times) in a row."""
    fours = Counter(zip(units, units[1:], units[2:], units[3:]))
    if fours and max(fours.values()) >= 4:
        return True
    for width in (1, 2, 3):
        run = 0
        for place in range(width, len(units)):
            run = run + 1 if units[place] == units[place - width] else 0
            if run >= (4 if width == 1 else 3 * width):
                return True
    return False


def _stutters(text: str) -> bool:
    """A 4-gram of characters occurs four times: digits and half-spelled names loop inside what counts as one word."""
    dense = re.sub(r"\s", "", text)
    fours = Counter(zip(dense, dense[1:], dense[2:], dense[3:]))
    return bool(fours) and max(fours.values()) >= 4


def _foreign(source: str, output: str, target: str) -> bool:
    """More than a few letters are of another script than the target's and are no copy from the source."""
    if "\ufffd" in output:
        return True
    language = target.split("-")[0]
    own = _SCRIPTS.get(language, _LATIN) + (_LATIN if language in _LATIN_TOO else "")
    copied = set(re.findall(r"[A-Za-z]+", source.lower())) if own != _LATIN else set()
    other = [word for word in re.findall(rf"[^\W\d_{own}]+", output) if word.lower() not in copied]
    letters = sum(char.isalpha() for char in output)
    # Latin names and abbreviations are usual in Chinese or Russian; Chinese characters are not in English.
    return sum(map(len, other)) > (0.2 if own == _LATIN else 0.6) * letters
