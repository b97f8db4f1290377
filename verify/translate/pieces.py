"""SentencePiece with the place of every piece in the text as given."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

_BYTE = re.compile(r"<0x[0-9A-F]{2}>")
# One for one, so that offsets hold: full-width letters and digits, and every kind of white space.
_WIDTH = {code: code - 0xFEE0 for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
          for code in range(first, last + 1)}
_SPACES = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"), " ")
_SPACES |= dict.fromkeys(range(0x2000, 0x200B), " ")

Range = tuple[int, int]


class Pieces:
    def __init__(self, model: Path):
        import sentencepiece

        self.processor = sentencepiece.SentencePieceProcessor(model_file=str(model))

    @property
    def bytes(self) -> list[str]:
        """The pieces that spell a character in bytes, where the model has them."""
        unknown = self.processor.unk_id()
        return [token for token in (f"<0x{i:02X}>" for i in range(256)) if self.processor.piece_to_id(token) != unknown]

    def encode(self, text: str) -> tuple[list[str], list[Range]]:
        """Pieces and the half-open character range of each in `text`, without the white space before it.

        A character that is spelled in bytes gives its range to each of its bytes.
        """
        tokens, spans = self._encode(text)
        for i in range(len(tokens) - 2, -1, -1):
            if spans[i][0] == spans[i][1] and _BYTE.fullmatch(tokens[i]) and _BYTE.fullmatch(tokens[i + 1]):
                spans[i] = spans[i + 1]
        return tokens, [_trimmed(text, *span) for span in spans]

    def _encode(self, text: str) -> tuple[list[str], list[Range]]:
        try:
            found = self.processor.encode(text, return_type="offset_mapping")
            return list(found["pieces"]), [tuple(span) for span in found["offsets"]]
        except (TypeError, ValueError, NotImplementedError):  # sentencepiece before 0.2.2
            found = self.processor.encode(text, out_type="immutable_proto").pieces
            return [piece.piece for piece in found], [(piece.begin, piece.end) for piece in found]

    def decode(self, tokens: list[str]) -> str:
        return self.processor.decode(tokens).strip()


def _trimmed(text: str, start: int, end: int) -> Range:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


@lru_cache(maxsize=8)
def pieces(model: Path) -> Pieces:
    return Pieces(model)


def fold_spaces(text: str) -> str:
    """Every white-space character as a blank; the length stays."""
    return text.translate(_SPACES)


def fold_simplified(text: str, language: str) -> str:
    """As the pocket model's training text: plain digits and Latin letters, simplified characters; the length stays.

    Text said to be simplified is converted only where it clearly is not, so that 乾隆 stays as it is.
    """
    text = fold_spaces(text).translate(_WIDTH)
    if language.split("-")[0] != "zh" or text.isascii():
        return text
    from ..languages.folding import script_marks, to_simplified

    traditional = script_marks()[0]
    marked = sum(char in traditional for char in text)
    return to_simplified(text) if language != "zh" or marked > 0.05 * len(text) else text


@lru_cache(maxsize=1)
def _to_traditional():
    import opencc

    return opencc.OpenCC("s2t")


def unfold(text: str, language: str) -> str:
    """Simplified output in the script that was asked for."""
    return _to_traditional().convert(text) if language == "zh-Hant" else text
