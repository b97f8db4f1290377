"""What both engines share: one sentence an input, faults, a second try, forced decoding with places in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import cutting, zoo
from .engine import TokenScores, Translation
from .family import END, Family
from .faults import faults

POSITIONS = 508  # tokens of one input or output, beside language and end: the models here have 512 positions or more
Range = tuple[int, int]


@dataclass(frozen=True)
class Output:
    """Tokens without the end token, and the mean natural-log probability of a token (end included)."""

    tokens: list[str]
    score: float


@dataclass(frozen=True)
class Part:
    """A pair, or a part of one too long for the model; the ranges are those of the whole texts."""

    pair: int
    source: list[str]
    source_spans: list[Range]
    target: list[str]
    target_spans: list[Range]


class SentencewiseEngine:
    """Subclasses run the network: `_decode` and `_log_probs`."""

    name: str
    signature: str
    family: Family

    def _decode(self, sources: list[list[str]], prefix: list[str], careful: bool) -> list[Output]:
        """Translate token lists. `careful` forbids repetition and characters spelled in bytes."""
        raise NotImplementedError

    def _log_probs(self, sources: list[list[str]], targets: list[list[str]], skip: int) -> list[list[float]]:
        """Log-probabilities of the target tokens and of the end; the first `skip` target tokens are given."""
        raise NotImplementedError

    # ------------------------------------------------------------ the protocol

    def supports(self, source: str, target: str) -> bool:
        return self.family.supports(source, target)

    def _require(self, source: str, target: str) -> None:
        if not self.supports(source, target):
            raise zoo.no_engine(self.name, source, target)

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Translation]:
        """One Translation a text, in input order, whatever texts stand beside it.

        A text of several sentences is translated sentence by sentence and joined. A text without a letter
        (a number, a rule of dashes) is copied. Raises NoEngine for a pair of languages it has no model for.
        """
        self._require(source, target)
        length = lambda text: len(self.family.encode(text, "source", source)[0])
        pieces = [[text[start:end] for start, end in
                   cutting.within(text, cutting.sentences(text, source), self.family.longest, length)] for text in texts]
        live = list(dict.fromkeys(piece for group in pieces for piece in group if _has_letters(piece)))
        done = dict(zip(live, self._translate_pieces(live, source, target)))
        joint = cutting.joint(target)
        made = []
        for text, group in zip(texts, pieces):
            parts = [done.get(piece) or (Translation(piece.strip(), 0.0), 0) for piece in group if piece.strip()]
            if not parts:
                made.append(Translation(" ".join(text.split()), 0.0))
                continue
            tokens = sum(count for _, count in parts)
            score = sum(part.score * count for part, count in parts) / tokens if tokens else 0.0
            found = tuple(dict.fromkeys(fault for part, _ in parts for fault in part.faults))
            made.append(Translation(joint.join(part.text for part, _ in parts if part.text), score, found))
        return made

    def _translate_pieces(self, pieces: list[str], source: str, target: str) -> list[tuple[Translation, int]]:
        """A translation for each sentence and its number of tokens."""
        encoded = [self.family.encode(piece, "source", source)[0] for piece in pieces]
        inputs = [self.family.source_tokens(tokens, source, target) for tokens in encoded]
        prefix = self.family.target_prefix(target)

        def judged(indexes: list[int], careful: bool) -> list[tuple[Translation, int]]:
            outputs = self._decode([inputs[i] for i in indexes], prefix, careful)
            found = []
            for i, output in zip(indexes, outputs):
                text = self.family.decode(output.tokens, target)
                wrong = faults(pieces[i], text, target, len(encoded[i]), len(output.tokens))
                found.append((Translation(text, output.score, wrong), len(output.tokens) + 1))
            return found

        made = judged(list(range(len(pieces))), careful=False)
        again = [i for i, (translation, _) in enumerate(made) if {"repetition", "blow-up", "script"} & set(translation.faults)]
        for i, second in zip(again, judged(again, careful=True) if again else ()):
            if len(second[0].faults) < len(made[i][0].faults):
                made[i] = second
        return made

    def score(self, pairs: Sequence[tuple[str, str]], source: str, target: str) -> list[TokenScores]:
        """Forced decoding of (source, target) texts, in input order; several sentences a side are welcome.

        A pair too long for the model is cut at sentence or clause marks into as many parts on both sides;
        its token scores are those of the parts, with one end token. In int8 the neighbours in a batch move a
        sentence's sum by up to .1 nat (rounding); in float32 by nothing. Raises NoEngine as `translate` does.
        """
        self._require(source, target)
        parts = self._parts(pairs, source, target)
        return self._joined(pairs, parts, self._log_probs(*self._tokens(parts, source, target), len(self.family.target_prefix(target))))

    def _tokens(self, parts: list[Part], source: str, target: str) -> tuple[list[list[str]], list[list[str]]]:
        """Sources and targets as the model is given them."""
        prefix = self.family.target_prefix(target)
        return [self.family.source_tokens(part.source, source, target) for part in parts], [prefix + part.target for part in parts]

    @staticmethod
    def _joined(pairs: Sequence[tuple[str, str]], parts: list[Part], found: list[list[float]]) -> list[TokenScores]:
        """What was found of the parts, by pair."""
        joined: list[tuple[list, list, list]] = [([], [], []) for _ in pairs]
        for part, log_probs in zip(parts, found):
            into = joined[part.pair]
            for column in into:
                del column[-1:]  # the end token of the part before
            end = len(pairs[part.pair][1].rstrip())
            into[0].extend([*part.target, END])
            into[1].extend(log_probs)
            into[2].extend([*part.target_spans, (end, end)])
        return [TokenScores(tuple(tokens), tuple(log_probs), tuple(spans)) for tokens, log_probs, spans in joined]

    def _parts(self, pairs: Sequence[tuple[str, str]], source: str, target: str) -> list[Part]:
        def encoded(text: str, start: int, end: int, side: str, language: str):
            tokens, spans = self.family.encode(text[start:end], side, language)
            return tokens, [(start + a, start + b) for a, b in spans]

        # A page beside a word cannot be cut: what the model has no positions for is left out.
        part = lambda index, *columns: Part(index, *(column[:POSITIONS] for column in columns))
        parts = []
        for index, (source_text, target_text) in enumerate(pairs):
            whole = (*encoded(source_text, 0, len(source_text), "source", source),
                     *encoded(target_text, 0, len(target_text), "target", target))
            # Forced decoding bears more than free translation does, and a cut costs accuracy.
            count = -(-max(len(whole[0]), len(whole[2])) // (self.family.longest * 3 // 2))
            count = min(count, len(source_text) or 1, len(target_text) or 1)
            if count <= 1:
                parts.append(part(index, *whole))
                continue
            for (a, b), (c, d) in zip(cutting.cut(source_text, count), cutting.cut(target_text, count)):
                parts.append(part(index, *encoded(source_text, a, b, "source", source),
                                  *encoded(target_text, c, d, "target", target)))
        return parts


def by_length(sources: list[list[str]]) -> list[tuple[list[int], int]]:
    """Inputs of about the same length, longest first, and how many tokens an output of theirs may have.

    The limit has to come from the input itself, or a runaway output would depend on its neighbours in a batch.
    """
    classes: dict[int, list[int]] = {}
    for i, source in enumerate(sources):
        classes.setdefault(-(-len(source) // 32), []).append(i)
    return [(indexes, min(500, 96 * size + 24)) for size, indexes in sorted(classes.items(), reverse=True)]


def _has_letters(text: str) -> bool:
    return any(char.isalpha() for char in text)
