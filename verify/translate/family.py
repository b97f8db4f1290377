"""How each family of models is told the languages, and where its tokenisers lie.

Shared by both engines, so that they see the same tokens.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..text import InputError
from . import zoo
from .pieces import Pieces, fold_simplified, fold_spaces, pieces, unfold

END = "</s>"


@dataclass(frozen=True)
class Direction:
    """One direction of a Marian model; `prefix` is the token that names the target language, or ''."""

    source: str
    target: str
    prefix: str = ""


class Family:
    """Tokens of one model folder. Subclasses say how languages are named."""

    longest = 200  # source tokens of one input; longer sentences are cut at clause marks
    never_padding = False  # the padding token is no output: CTranslate2 has no row for it

    def __init__(self, folder: Path, fold: str = "", longest: int | None = None):
        self.folder, self.fold_to = folder, fold
        self.longest = longest or self.longest
        self.models = {side: _spm(folder, side) for side in ("source", "target")}

    def encoder(self, side: str) -> Pieces:
        return pieces(self.models[side])

    def fold(self, text: str, language: str) -> str:
        """`text` as the model was trained on it, of the same length."""
        return fold_simplified(text, language) if self.fold_to == "simplified" else fold_spaces(text)

    def encode(self, text: str, side: str, language: str):
        """Pieces of `text` and their ranges in it."""
        return self.encoder(side).encode(self.fold(text, language))

    def decode(self, tokens: list[str], language: str) -> str:
        text = self.encoder("target").decode(tokens)
        return unfold(text, language) if self.fold_to == "simplified" else text

    def supports(self, source: str, target: str) -> bool:
        raise NotImplementedError

    def source_tokens(self, tokens: list[str], source: str, target: str) -> list[str]:
        raise NotImplementedError

    def target_prefix(self, target: str) -> list[str]:
        return []


class Marian(Family):
    """opus-mt and the pocket model: a model for given directions, perhaps with a prefix token on the source."""

    never_padding = True

    def __init__(self, folder: Path, directions: list[Direction], **options):
        super().__init__(folder, **options)
        self.directions = {(d.source, d.target): d for d in directions}

    def _direction(self, source: str, target: str) -> Direction | None:
        base = lambda code: code.split("-")[0]
        return (self.directions.get((source, target)) or self.directions.get((base(source), target))
                or self.directions.get((base(source), base(target))))

    def supports(self, source, target):
        # A model that was not taught to write traditional script writes simplified.
        return self._direction(source, target) is not None

    def source_tokens(self, tokens, source, target):
        prefix = self._direction(source, target).prefix
        return [*([prefix] if prefix else []), *tokens, END]


class Coded(Family):
    """NLLB and M2M100: any pair; the source's code goes before the source, the target's first in the target."""

    def __init__(self, folder: Path, codes: dict[str, str], **options):
        super().__init__(folder, **options)
        self.codes = codes

    def code(self, language: str) -> str:
        return self.codes.get(language) or self.codes[language.split("-")[0]]

    def supports(self, source, target):
        known = lambda language: language in self.codes or language.split("-")[0] in self.codes
        return known(source) and known(target) and source != target

    def source_tokens(self, tokens, source, target):
        return [self.code(source), *tokens, END]

    def target_prefix(self, target):
        return [self.code(target)]


def family(folder: Path, description: dict) -> Family:
    """The family that `description` (of `verify.json` or of the zoo) names."""
    options = {"fold": description.get("fold", ""), "longest": description.get("longest")}
    kind = description.get("family")
    if kind == "marian":
        directions = [Direction(d["source"], d["target"], d.get("prefix", "")) for d in description["pairs"]]
        return Marian(folder, directions, **options)
    if kind in ("nllb", "m2m100"):
        return Coded(folder, zoo.codes(kind), **options)
    raise InputError(folder, f"a model of unknown family {kind!r}", "Families are marian, nllb and m2m100")


def _spm(folder: Path, side: str) -> Path:
    for name in ("spm.model", f"{side}.spm", "sentencepiece.bpe.model", "sentencepiece.model"):
        if (folder / name).exists():
            return folder / name
    raise InputError(folder, f"there is no SentencePiece model for the {side} side", "Copy the model's .spm file into the folder")
