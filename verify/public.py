"""The functions that `import verify` offers. What a caller gives is looked at here, once, and nowhere below.

A wrong type is a TypeError, a value that cannot be meant a ValueError, and each says what was expected. What is wrong
in a file is an InputError, as everywhere.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .text import LANGUAGE, Document

if TYPE_CHECKING:
    from .finding import Report
    from .pipeline import Progress
    from .plan import Plan
    from .scoring import Score, ScorePlan
    from .translate.engine import Engine


def read(path: str | Path, language: str | None = None, name: str | None = None, one_per_line: bool = False, text: str | None = None) -> Document:
    """The document in a file; "-" is standard input. With `text`, that text is read and `path` only names it.

    The format is told from the file's name and first characters; `one_per_line` takes each line as a segment.
    `language` ("en", "zh", "zh-Hant", "ja", any ISO 639 code) is detected when not given. Raises InputError, with
    place and cure, for anything that is no readable text or is in another language than given.
    """
    from .documents import read

    _is(path, (str, os.PathLike), "path", "the name of a file")
    for what, value in (("language", language), ("name", name), ("text", text)):
        if value is not None:
            _is(value, str, what, "a str or None")
    if language is not None and not LANGUAGE.fullmatch(language):
        raise ValueError(f"language is {language!r}; expected a code such as 'en', 'zh', 'zh-Hant' or 'ja', or None to have it detected")
    return read(path, language, name, one_per_line, text)


def load(spec: str = "pocket", cache: bool = True, **settings: Any) -> Engine:
    """The engine that `spec` names: `pocket` (shipped), `ct2:NAME-or-FOLDER`, `hub:NAME-or-FOLDER`, or several with commas between.

    `settings` go to the engine (`beam`). Raises InputError for a name it does not know or a model that is not there.
    """
    from .translate import load

    _is(spec, str, "spec", "the name of an engine, such as 'pocket'")
    if spec == "none":
        raise ValueError("spec is 'none', which loads nothing; give check and score engine=None")
    return load(spec, cache, **settings)


def check(draft: Document, witnesses: Iterable[Document], plan: Plan | None = None, engine: Engine | str | None = None,
          progress: Progress | None = None) -> Report:
    """Verify a draft against its originals.

    `engine` is what `load` gives, or a name for it; None (or "none"): no translation at all, alignment and checks
    stand on lexicon and vocabulary alone. Raises ValueError for an unknown check in `plan` or where there is no
    witness, InputError for a witness in the draft's own language.
    """
    from . import pipeline
    from .plan import Plan

    _is(draft, Document, "draft", "a Document: verify.read(path)")
    witnesses = list(_iterable(witnesses, "witnesses", "a list of Documents: [verify.read(path)]"))
    for number, witness in enumerate(witnesses):
        _is(witness, Document, f"witnesses[{number}]", "a Document: verify.read(path)")
    if not witnesses:
        raise ValueError("witnesses is empty; expected at least one original to verify the draft against")
    _is(plan, (Plan, type(None)), "plan", "a verify.Plan or None")
    if plan:
        _is(plan.dateline, (datetime.date, type(None)), "plan.dateline", "a datetime.date or None")
    more = {} if progress is None else {"progress": progress}
    return pipeline.check(draft, witnesses, plan, _engine(engine), **more)


def score(pairs: Iterable[tuple[str, str]], plan: ScorePlan | None = None, engine: Engine | str | None = None) -> Iterator[Score]:
    """Scores of (source, translation) pairs in their order, lazily, a batch at a time; `engine` as for `check`.

    Each pair is judged by itself: batch size and order do not change a score. Raises ValueError for a plan that cannot
    be meant, and NoEngine (of verify.translate.engine) for languages that the engine does not translate.
    """
    from . import scoring

    _is(plan, (scoring.ScorePlan, type(None)), "plan", "a verify.ScorePlan or None")
    if plan and plan.batch < 1:  # an empty batch would end the stream without a word
        raise ValueError(f"batch is {plan.batch}; expected the number of pairs to look at together, at least 1")
    for name in ("source_language", "target_language") if plan else ():
        if not LANGUAGE.fullmatch(getattr(plan, name)):
            raise ValueError(f"{name} is {getattr(plan, name)!r}; expected a code such as 'en', 'zh', 'zh-Hant' or 'ja'")
    return scoring.score(_pairs(_iterable(pairs, "pairs", "a list of (source, translation)")), plan, _engine(engine))


def _pairs(pairs: Iterable) -> Iterator[tuple[str, str]]:
    for number, pair in enumerate(pairs):
        _is(pair, (tuple, list), f"pairs[{number}]", "(source, translation)")
        if len(pair) != 2:
            raise ValueError(f"pairs[{number}] has {len(pair)} items; expected two, (source, translation)")
        for side, text in zip(("source", "translation"), pair):
            _is(text, str, f"the {side} of pairs[{number}]", "a str")
        yield tuple(pair)


def _engine(engine: Any) -> Engine | None:
    from .translate.engine import Engine

    if isinstance(engine, str):
        return None if engine == "none" else load(engine)
    _is(engine, (Engine, type(None)), "engine", "what verify.load gives, the name of an engine, or None")
    return engine


def _iterable(value: Any, name: str, expected: str) -> Iterable:
    if isinstance(value, (str, bytes, dict)) or not isinstance(value, Iterable):
        raise _wrong(value, name, expected)
    return value


def _is(value: Any, kinds: type | tuple[type, ...], name: str, expected: str) -> None:
    if not isinstance(value, kinds):
        raise _wrong(value, name, expected)


def _wrong(value: Any, name: str, expected: str) -> TypeError:
    return TypeError(f"{name} is {'None' if value is None else f'of type {type(value).__name__}'}; expected {expected}")
