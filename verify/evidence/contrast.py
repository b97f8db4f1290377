"""Contrastive conditioning: does the other side need this word?

Drop a phrase from one side; if the other side becomes no less likely, nothing there renders it
(Vamvas and Sennrich 2022). The same question serves a suspect omission (drop from the source, score the
target) and a suspect addition (drop from the target, score the source).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..translate.engine import Engine


@dataclass(frozen=True)
class Question:
    """Is `text[start:end]` rendered in `other`? `language` and `other_language` are their codes."""

    text: str
    start: int
    end: int
    other: str
    language: str
    other_language: str

    @property
    def without(self) -> str:
        left, right = self.text[: self.start], self.text[self.end :]
        if left.endswith(" ") and (not right or right[0] in " ,.;:"):
            left = left[:-1]
        return left + right


def support(engine: Engine, questions: Sequence[Question]) -> list[float]:
    """For each question log P(other | text) - log P(other | text without the phrase), in nats.

    Clearly positive: the phrase is rendered. Near zero or below: probably not. int8 weights add noise of
    about 0.2 nats a sentence, so a margin inside that says nothing.
    """
    answers = [0.0] * len(questions)
    groups: dict[tuple[str, str], list[int]] = {}
    for index, question in enumerate(questions):
        groups.setdefault((question.language, question.other_language), []).append(index)
    for (language, other_language), indexes in groups.items():
        asked = [questions[i] for i in indexes]
        pairs = [(q.text, q.other) for q in asked] + [(q.without, q.other) for q in asked]
        unique = list(dict.fromkeys(pairs))
        totals = dict(zip(unique, (scores.total for scores in engine.score(unique, language, other_language))))
        for i, question in zip(indexes, asked):
            answers[i] = totals[(question.text, question.other)] - totals[(question.without, question.other)]
    return answers
