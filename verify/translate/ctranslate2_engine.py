"""Any CTranslate2 folder with a SentencePiece model: fast, small, no torch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from ..text import InputError
from . import zoo
from .batches import alike
from .convert import DESCRIPTION
from .engine import TokenScores, each_way
from .family import family
from .processor import cores, ctranslate2, instructions
from .sentencewise import Output, Part, SentencewiseEngine, by_length

BATCH_TOKENS = 1536
SCORED_TOKENS = 512  # of forced decoding at once: more overflows the caches, its output is a value for each word of the vocabulary


class CTranslate2Engine(SentencewiseEngine):
    """`folder` holds model.bin, a vocabulary, the .spm files and `verify.json` (languages; see `describe`).

    One thread a batch and as many batches at once as there are cores, which beats the other way about.
    Raises InputError for a folder that is no such model.
    """

    def __init__(self, folder: Path, *, beam: int = 4, compute_type: str = "int8", description: dict | None = None,
                 threads: int | None = None, batch_tokens: int = BATCH_TOKENS):
        folder, library = Path(folder), ctranslate2()
        if not (folder / "model.bin").exists():
            raise InputError(folder, "is no CTranslate2 model (model.bin is missing)", "List those there are: verify models list")
        description = description or describe(folder)
        self.name, self.beam, self.batch_tokens = description["name"], beam, batch_tokens
        self.family = family(folder, description)
        try:
            self.translator = library.Translator(
                str(folder), device="cpu", compute_type=compute_type, inter_threads=threads or cores(), intra_threads=1)
        except (RuntimeError, ValueError) as error:
            raise InputError(folder, f"cannot be loaded: {error}", "Convert the model anew: verify models convert") from None
        self.signature = "|".join(filter(None, (f"model:{self.name}-{fingerprint(folder)}", f"ct2:{library.__version__}",
                                                compute_type, instructions(), f"beam:{beam}")))

    def _decode(self, sources: list[list[str]], prefix: list[str], careful: bool) -> list[Output]:
        options = {"repetition_penalty": 1.1, "no_repeat_ngram_size": 4} if careful else {}
        if careful and (spelled := self.family.encoder("target").bytes):
            options["suppress_sequences"] = [[token] for token in spelled]
        running = []
        for indexes, limit in by_length(sources):
            running += zip(indexes, self.translator.translate_batch(
                [sources[i] for i in indexes], [prefix] * len(indexes) if prefix else None, asynchronous=True,
                max_batch_size=self.batch_tokens, batch_type="tokens", beam_size=self.beam, return_scores=True,
                max_input_length=0, max_decoding_length=limit, **options))
        made: list[Output] = [Output([], 0.0)] * len(sources)
        for i, waiting in running:
            result = waiting.result()
            tokens = result.hypotheses[0][len(prefix):]
            # CTranslate2's mean counts the given prefix as tokens of probability one.
            made[i] = Output(tokens, result.scores[0] * (len(tokens) + 1 + len(prefix)) / (len(tokens) + 1))
        return made

    def score_both(self, pairs: Sequence[tuple[str, str]], source: str, target: str) -> tuple[list[TokenScores], list[TokenScores]]:
        """`score` there, and back for the same pairs the other way round, in one go: the weights are read less often.

        Both directions of a pair share a batch, so values can differ from those of `score` as said there. Raises NoEngine.
        """
        if self.family.encoder("source") is not self.family.encoder("target"):  # the two would be cut in different places
            return each_way(self, pairs, source, target)
        self._require(source, target)
        self._require(target, source)
        parts = self._parts(pairs, source, target)
        back = [Part(part.pair, part.target, part.target_spans, part.source, part.source_spans) for part in parts]
        both = zip(self._tokens(parts, source, target), self._tokens(back, target, source))
        found = self._log_probs(*(there + turned for there, turned in both), len(self.family.target_prefix(target)), True)
        return self._joined(pairs, parts, found[: len(parts)]), self._joined([(t, s) for s, t in pairs], back, found[len(parts) :])

    def _log_probs(self, sources: list[list[str]], targets: list[list[str]], skip: int, twins: bool = False) -> list[list[float]]:
        # `twins`: the second half holds the pairs of the first the other way round, in the same order.
        # int8 rounds differently beside padding, and a score must not depend on its neighbours: only pairs of
        # equal lengths share a batch, or, both ways, pairs whose longer sides are equally long: padding is then a
        # matter of the pair alone. Of 1,000 pairs both ways no value differs from that of a pair by itself.
        half = len(sources) // 2
        rows = [(i, i + half) for i in range(half)] if twins else [(i,) for i in range(len(sources))]
        shapes = [(max(len(sources[i]) for i in some), max(len(targets[i]) for i in some)) for some in rows]
        running = []
        for group in alike(shapes, lambda shape: SCORED_TOKENS // (shape[1] + 1) // (1 + twins)):
            some = [i for place in group for i in rows[place]]
            running += zip(some, self.translator.score_batch(
                [sources[i] for i in some], [targets[i] for i in some], max_batch_size=len(some), max_input_length=0, offset=skip, asynchronous=True))
        found: list[list[float]] = [[]] * len(sources)
        for i, waiting in running:
            found[i] = list(waiting.result().log_probs)
        return found


def describe(folder: Path) -> dict:
    """`verify.json` of a model folder, or what the zoo knows of a folder of that name."""
    path = folder / DESCRIPTION
    if path.exists():
        try:
            description = json.loads(path.read_text(encoding="utf-8"))
            return {"name": folder.name, **description}
        except (OSError, ValueError) as error:
            raise InputError(path, f"cannot be read: {error}", "Convert the model anew: verify models convert") from None
    known = zoo.find(folder.name)
    if known:
        return known.description()
    raise InputError(folder, "does not say which languages it translates",
                     f'Write {DESCRIPTION} beside model.bin: {{"family": "marian", "pairs": [{{"source": "zh", "target": "en"}}]}}')


def fingerprint(folder: Path) -> str:
    """Eight hex digits that change with the weights: SHA-256 of the size, the ends and the middle of model.bin."""
    path = folder / "model.bin"
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        for place in (0, size // 2, max(0, size - 2**20)):
            file.seek(place)
            digest.update(file.read(2**20))
    return digest.hexdigest()[:8]
