"""Japanese words as Chinese ones, which the lexicon knows: japanese.toml, and the sound of Katakana words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..toml_file import beside

_ROWS = ("ア a イ i ウ u エ e オ o カ k キ k ク k ケ k コ k サ s シ s ス s セ s ソ s タ t チ t ツ t テ t ト t ナ n ニ n ヌ n ネ n ノ n "
         "ハ h ヒ h フ f ヘ h ホ h マ m ミ m ム m メ m モ m ヤ i ユ i ヨ i ラ r リ r ル r レ r ロ r ワ u ヲ o ン n ガ k ギ k グ k ゲ k ゴ k "
         "ザ s ジ s ズ s ゼ s ゾ s ダ t ヂ t ヅ t デ t ド t バ p ビ p ブ p ベ p ボ p パ p ピ p プ p ペ p ポ p ヴ p")
_SOUND = dict(zip(_ROWS.split()[::2], _ROWS.split()[1::2]))
# What English writes for one Japanese consonant.
_ENGLISH = [(r"tion", "sn"), (r"ch|sh|th", "s"), (r"ph|f", "f"), (r"ck|qu?|x|g", "k"), (r"c(?=[eiy])", "s"), (r"c", "k"),
            (r"[zj]", "s"), (r"l", "r"), (r"[bv]", "p"), (r"d", "t"), (r"m(?=[pbk])", "n"),
            (r"r(?![aeiouy])", "")]


@lru_cache(maxsize=1)
def _glosses() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    tables = beside(__file__, "japanese.toml")
    words = {word: tuple(chinese.split()) for table in tables.values() for word, chinese in table.items()}
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True)))), words


def glosses(text: str) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Known words of a Japanese text: their Chinese words, start, end."""
    pattern, words = _glosses()
    for match in pattern.finditer(text):
        start, end = match.span()
        # タイ is no country inside スタイル.
        if _katakana(text[start]) and (_katakana(text[start - 1:start]) or _katakana(text[end:end + 1])):
            continue
        yield words[match.group()], start, end


def _katakana(text: str) -> bool:
    return bool(text) and ("ァ" <= text <= "ヺ" or text == "ー")


def sound(word: str) -> str:
    """The consonants of a Katakana or English word, as far as both scripts keep them: トランプ, Trump → trnp.

    Empty where less than two are left, or when the word is neither.
    """
    if re.fullmatch(r"[\u30a1-\u30ff]+", word):
        letters = "".join(_SOUND.get(c, "") for c in word)
    elif word.isascii() and word.isalpha():
        letters = word.lower()
        for pattern, put in _ENGLISH:
            letters = re.sub(pattern, put, letters)
    else:
        return ""
    first = "*" if letters[:1] in tuple("aeiou") else ""
    kept = re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyhw]", "", letters))
    return first + kept if len(kept) > 1 else ""
