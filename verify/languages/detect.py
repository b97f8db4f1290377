"""Which language a text is in, from its script and its commonest words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from .folding import script_marks

_BY_SCRIPT = {
    "HANGUL": "ko", "CYRILLIC": "ru", "ARABIC": "ar", "HEBREW": "he", "GREEK": "el", "THAI": "th", "DEVANAGARI": "hi",
    "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "GEORGIAN": "ka", "ARMENIAN": "hy", "KHMER": "km", "LAO": "lo",
    "MYANMAR": "my", "TIBETAN": "bo", "ETHIOPIC": "am", "GUJARATI": "gu", "KANNADA": "kn", "MALAYALAM": "ml", "SINHALA": "si",
}
_FUNCTION_WORDS = {
    "en": "the of and to in is that for was with as it on be at by he this are from or have has not said they which we will",
    "de": "der die das und den von zu ist mit nicht ein eine auf für dem des im sich auch es an werden wird dass sie",
    "fr": "le la les des et du une est dans que pour pas qui sur au avec il ce ne sont par plus été aux l'on c'est",
    "es": "el la los las de que y en un una es por con para no se del al como más pero sus este ha lo su",
    "it": "il la che di e per un una non del della sono con le gli da nel alla più come anche ha è si i",
    "pt": "o a os as de que e do da em um uma para com não por dos das no na se mais como foi ao é são",
    "nl": "de het een en van is dat niet op te zijn met voor aan ook als bij er maar om naar uit wordt",
    "sv": "och att det som en på är av för med den till inte om ett har de var kan sig men",
    "da": "og at det som en på er af for med den til ikke om et har de var kan sig men der blev",
    "pl": "w i na z nie się do to że jest o jak po za od przez dla są ale był przy tak",
    "cs": "a se v na je že o s z do i to jako za by ale pro jsou po od ve který byl",
    "tr": "ve bir bu için ile da de çok daha olarak olan gibi ancak sonra kadar ne var değil",
    "vi": "và của là có không được cho trong một các người với này đã những khi đến về từ",
    "id": "yang dan di untuk dengan pada ini dari dalam tidak akan adalah itu juga ke oleh sebagai telah",
    "fi": "ja on ei että se oli hän mutta kun niin ovat myös kuin tai jo ole hänen",
    "hu": "a az és hogy nem is egy ez de meg van volt csak már még mint vagy",
    "ro": "și de în la a cu care nu pe din un o este că pentru mai au fost sau",
}
_WORDS = {code: frozenset(words.split()) for code, words in _FUNCTION_WORDS.items()}
_SAMPLE = 20_000


def detect(text: str) -> str:
    """A language code: en, zh, zh-Hant, ja, another ISO 639-1 code, or "und" when it cannot be told."""
    sample = text[:_SAMPLE]
    scripts = Counter(script for script in map(_script, sample) if script)
    # A Chinese character carries about as much text as two and a half Latin letters.
    weights = {script: count * (2.5 if script in ("HAN", "KANA", "HANGUL") else 1) for script, count in scripts.items()}
    if not weights:
        return "und"
    cjk = weights.get("HAN", 0) + weights.get("KANA", 0)
    best = max(weights, key=lambda script: weights[script])
    if best == "HANGUL":
        return "ko"
    if cjk and cjk >= weights[best] if best not in ("HAN", "KANA") else True:
        return _cjk(sample, scripts)
    if best == "LATIN":
        return _latin(sample)
    if best == "CYRILLIC" and re.search(r"[іїєґІЇЄҐ]", sample):
        return "uk"
    if best == "ARABIC" and re.search(r"[پچژگ]", sample):
        return "fa"
    return _BY_SCRIPT.get(best, "und")


def _script(char: str) -> str | None:
    if char < "A" or not char.isalpha():
        return None
    if "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf":
        return "HAN"
    if "\u3040" <= char <= "\u30ff" and char not in "・ー":
        return "KANA"
    if char < "\u0250":
        return "LATIN"
    return unicodedata.name(char, "").split(" ")[0] or None


def _cjk(sample: str, scripts: Counter) -> str:
    if scripts["KANA"] * 20 >= scripts["HAN"]:
        return "ja"
    traditional, simplified = script_marks()
    old = sum(char in traditional for char in sample)
    new = sum(char in simplified for char in sample)
    return "zh-Hant" if old > new else "zh"


def _latin(sample: str) -> str:
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", sample.lower())
    if not words:
        return "und"
    hits = {code: sum(word in known for word in words) for code, known in _WORDS.items()}
    best = max(hits, key=lambda code: hits[code])
    rest = max(count for code, count in hits.items() if code != best)
    if hits[best] * 12 >= len(words) and hits[best] > rest:
        return best
    # Too short for function words (a headline): plain ASCII letters are English unless another language shows.
    return "en" if sample.isascii() and hits["en"] == hits[best] and len(words) < 40 else "und"
