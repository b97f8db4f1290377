"""Which encoding a file is in: its byte order mark, what it declares, or the one that gives plausible text.

Chinese encodings accept most of each other's bytes, so a decoding that succeeds proves nothing. Each candidate
is judged by the share of its non-ASCII characters that are common in the language it would be.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from pathlib import Path

from ..text import InputError
from ..toml_file import beside
from .opening import TEXT_FORMATS

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (b"\x84\x31\x95\x33", "gb18030"),
)
# In order of preference between equally plausible ones. big5hkscs and cp932 are what files called Big5 and Shift_JIS hold.
_CANDIDATES = ("utf-8", "gb18030", "big5", "big5hkscs", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "cp949", "cp1252")
_SAME = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "hz": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
         "latin-1": "cp1252", "iso8859-1": "cp1252", "ascii": "utf-8", "big5-hkscs": "big5hkscs"}
_NAMES = {"big5hkscs": "big5-hkscs", "cp932": "shift_jis", "cp949": "euc-kr", "euc_jp": "euc-jp"}
_SINGLE_BYTE = ("cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "koi8_r", "koi8_u", "iso8859_2", "iso8859_5", "iso8859_7", "cp874", "cp866")
_PLAUSIBLE = 0.35  # right decodings score .8 and over, wrong ones under .3 (tests/test_documents_encoding.py)
_SAMPLE = 4000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_CURE = "Save it again as UTF-8"
_DECLARED = re.compile(rb"""<meta[^<>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})|<\?xml[^<>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})""", re.I)


def decode(data: bytes, place: str | Path) -> tuple[str, str, list[str]]:
    """Text, name of its encoding, and warnings. A byte order mark is not part of the text.

    Raises InputError with line and byte offset of the first byte that cannot be decoded.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark):], name, place, len(mark)), name, []
    if data.isascii() and b"\0" not in data and b"\x1b$" not in data:
        return data.decode("ascii"), "utf-8", []
    if b"\x1b$" in data and data.isascii():
        return _strict(data, "iso2022_jp", place), "iso-2022-jp", []
    declared = _declared(data)
    scores = {name: score for name in _CANDIDATES if (score := _plausibility(data, name)) is not None}
    best = max(scores, key=lambda name: scores[name], default="")  # the first of equals
    if "utf-8" in scores and (len(data) > 64 or scores["utf-8"] >= scores[best]):
        best = "utf-8"  # more than a few words of anything else are never valid UTF-8
    elif declared and scores.get(declared, _PLAUSIBLE if declared not in _CANDIDATES else 0) >= _PLAUSIBLE:
        best = declared
    elif scores.get(best, 0) < _PLAUSIBLE:
        best = _guessed(data) or ("utf-8" if "utf-8" in scores else "")
    if not best or (scores.get(best, 0) < 0.8 and best != "utf-8" and _broken_utf8(data)):
        raise _undecodable(data, place)
    warnings = []
    if declared and declared != best and not {declared, best} <= {"big5", "big5hkscs"}:
        warnings.append(f"declares {declared} but is {_NAMES.get(best, best)}")
    return _strict(data, best, place), _NAMES.get(best, best), warnings


def unmarked_utf16(line: bytes) -> bool:
    """Whether the first line of a table, as read up to a byte of a line feed, is UTF-16 without a byte order mark."""
    whole = line[: min(len(line) // 2 * 2, 4 * _SAMPLE)]
    # UTF-8 with a stray NUL can pass for UTF-16, all of it Chinese: then nothing in it would divide a table.
    return b"\0" in line and any((_plausibility(whole, name) or 0) >= _PLAUSIBLE and re.search('[\t,;{"]', whole.decode(name)) is not None
                                 for name in ("utf-16-le", "utf-16-be"))


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:4096])
    if not found:
        return ""
    try:
        name = codecs.lookup((found[1] or found[2]).decode()).name
    except LookupError:
        return ""
    name = _SAME.get(name, name)
    return "" if name.startswith(("utf-16", "utf-32", "utf_16", "utf_32", "idna", "punycode")) else name


def _strict(data: bytes, name: str, place: str | Path, skipped: int = 0) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise _error(data, error.start, skipped, _NAMES.get(name, name), place) from None


def _error(data: bytes, start: int, skipped: int, name: str, place: str | Path) -> InputError:
    what = f"byte {start + skipped} (0x{data[start]:02x}) is not valid {name.upper()}"
    newline = {"utf-16-le": b"\n\0", "utf-16-be": b"\0\n"}.get(name, b"\n")
    return InputError(place, what, _CURE, line=data.count(newline, 0, start) + 1)


def _undecodable(data: bytes, place: str | Path) -> InputError:
    """The error of the encoding that the file was most probably meant to be in."""
    if b"\0" in data:
        at = data.index(b"\0")
        return InputError(place, f"is binary, not text: byte {at} is NUL", TEXT_FORMATS, line=data.count(b"\n", 0, at) + 1)
    if _broken_utf8(data):
        name = "utf-8"
    else:  # the one that got furthest
        reached = {}
        for candidate in ("utf-8", "gb18030", "big5"):
            try:
                data.decode(candidate)
            except UnicodeDecodeError as error:
                reached[candidate] = error.start
        name = max(reached, key=lambda n: reached[n], default="")
    try:
        data.decode(name or "ascii")
    except UnicodeDecodeError as error:
        return _error(data, error.start, 0, name or "ascii", place)
    return InputError(place, "no known encoding gives readable text", _CURE)


def _broken_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 but for a few damaged places: at least three good characters for a bad one."""
    text = data[: 1 << 20].decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return bad > 0 and sum(c > "\x7f" for c in text[:100_000]) - bad >= 3 * bad


def _plausibility(data: bytes, name: str) -> float | None:
    """0 to 1: how much the non-ASCII characters look like text; None when the bytes are not valid in `name`."""
    if len(data) % 2 if name.startswith("utf-16") else b"\0" in data:
        return None
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    if name == "cp1252":
        return _western(text)
    if name.startswith("utf-16"):
        sample = text[:_SAMPLE]
        if _CONTROL.search(sample):
            return None
        latin = sum(c.isprintable() or c in "\r\n\t" for c in sample if c < "\x80")
        if latin * 2 > len(sample):
            return 1.0
    sample = re.sub(r"[\x00-\x7f]+", "", text[: 16 * _SAMPLE])[:_SAMPLE]
    weights = _weights(name)
    return sum(map(weights, sample)) / len(sample) if sample else 0.0


def _western(text: str) -> float:
    """cp1252: curly quotes and dashes, and accented letters among plain ones."""
    good = len(re.findall(r"(?<=[A-Za-z])[à-öø-ÿß](?=[a-zà-ÿ]|\b)|\b[À-ÖØ-Þà-ÿ](?=[a-z])|\b[àéèêáóíúüöä]\b|[‘’“”–—…€£©®°·«»•½™\xa0]", text[: 16 * _SAMPLE]))
    all_ = sum(c > "\x7f" for c in text[: 16 * _SAMPLE])
    return 0.9 * good / all_ if all_ else 0.0


def _weights(name: str):
    frequent = _frequent()
    legacy = {"gb18030": ("gb2312",), "big5": ("big5",), "big5hkscs": ("big5",)}.get(name, ("gb2312", "big5"))

    def weight(char: str) -> float:
        if char in frequent:
            return 1.0
        if "\u3040" <= char <= "\u30ff":
            return 0.9
        if "\uac00" <= char <= "\ud7a3":
            return 0.1
        if "\u4e00" <= char <= "\u9fff":
            return 0.4 if any(_common_in(char, part) for part in legacy) else 0.0
        if name in ("utf-8", "utf-16-le", "utf-16-be"):
            return 0.5 if char.isprintable() and not "\u3400" <= char <= "\u4dbf" else 0.0
        return 0.0

    return lru_cache(maxsize=None)(weight)


def _common_in(char: str, legacy: str) -> bool:
    """Whether a character is in the first, commoner part of GB 2312 or Big5."""
    try:
        code = char.encode(legacy)
    except UnicodeEncodeError:
        return False
    return b"\xb0\xa1" <= code <= b"\xd7\xf9" if legacy == "gb2312" else b"\xa4\x40" <= code <= b"\xc6\x7e"


@lru_cache(maxsize=1)
def _frequent() -> frozenset[str]:
    return frozenset("".join(beside(__file__, "frequent.toml").values()).replace("\n", ""))


def _guessed(data: bytes) -> str:
    """A single-byte encoding of another script (Cyrillic, Greek, Thai …), as charset-normalizer sees it."""
    from charset_normalizer import from_bytes

    odd = [byte for byte in data[:200_000] if byte > 127]
    if len(odd) < 12 or len(set(odd)) < 5:
        return ""  # damage, not letters
    best = from_bytes(data[:200_000], cp_isolation=list(_SINGLE_BYTE), threshold=0.1).best()
    # These accept any byte, so a guess counts only with a language that it recognised.
    return best.encoding if best is not None and best.language not in ("", "Unknown") else ""
