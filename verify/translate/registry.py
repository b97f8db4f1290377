"""From the name a user gives to an engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..text import InputError
from . import places, zoo
from .engine import Engine, TokenScores, Translation, both_ways, each_way


def load(spec: str = "pocket", cache: bool = True, **settings) -> Engine:
    """The engine that `spec` names.

    `pocket` (shipped), `ct2:NAME-or-FOLDER` (a converted model), `hub:NAME-or-REPOSITORY-or-FOLDER`
    (through transformers); several with commas between serve the directions that each has. `settings`
    go to the engines (`beam`). Raises InputError for a name it does not know or a model that is not there.
    """
    parts = [part.strip() for part in spec.split(",") if part.strip()]
    if not parts:
        raise InputError("engine", "none is named", "Engines: pocket, ct2:NAME, hub:NAME")
    engines = [_one(part, settings) for part in parts]
    if cache:
        from .cache import CachedEngine

        engines = [CachedEngine(engine, places.cache()) for engine in engines]
    return engines[0] if len(engines) == 1 else Several(engines)


def _one(spec: str, settings: dict) -> Engine:
    kind, _, name = spec.partition(":")
    if spec == "pocket":
        from .pocket_engine import pocket

        return pocket(**settings)
    if kind == "ct2" and name:
        from .ctranslate2_engine import CTranslate2Engine

        return CTranslate2Engine(converted(name), **settings)
    if kind == "hub" and name:
        from .hub import HubEngine

        return HubEngine(name, **settings)
    known = zoo.find(spec)
    cure = f"Say ct2:{known.name} or hub:{known.name}" if known else "Engines: pocket, ct2:NAME-or-FOLDER, hub:NAME-or-FOLDER"
    raise InputError(spec, "no such engine", cure)


def converted(name: str) -> Path:
    """The folder of a converted model: a path, or a name under `verify models path`."""
    if (Path(name) / "model.bin").exists():
        return Path(name)
    known = zoo.find(name)
    folder = places.models() / (known.name if known else name)
    if (folder / "model.bin").exists():
        return folder
    if known:
        raise InputError(f"ct2:{name}", "is not on this machine", f"Get it: verify models download {known.name}")
    if Path(name).is_dir():
        return Path(name)  # the engine says what is missing in it
    raise InputError(f"ct2:{name}", "no such model", "List those there are: verify models list")


class Several:
    """Engines one after another: the first that has a direction serves it."""

    def __init__(self, engines: Sequence[Engine]):
        self.engines = engines
        self.name = ",".join(engine.name for engine in engines)
        self.signature = "+".join(engine.signature for engine in engines)

    def supports(self, source: str, target: str) -> bool:
        return any(engine.supports(source, target) for engine in self.engines)

    def _for(self, source: str, target: str) -> Engine:
        for engine in self.engines:
            if engine.supports(source, target):
                return engine
        raise zoo.no_engine(self.name, source, target)

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Translation]:
        return self._for(source, target).translate(texts, source, target)

    def score(self, pairs: Sequence[tuple[str, str]], source: str, target: str) -> list[TokenScores]:
        return self._for(source, target).score(pairs, source, target)

    def score_both(self, pairs: Sequence[tuple[str, str]], source: str, target: str) -> tuple[list[TokenScores], list[TokenScores]]:
        there = self._for(source, target)
        return both_ways(there, pairs, source, target) if there is self._for(target, source) else each_way(self, pairs, source, target)
