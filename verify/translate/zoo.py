"""Known models: name, repository, languages, prefix tokens, licence, size (the table is `zoo.toml`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..toml_file import beside
from . import places
from .engine import NoEngine


@dataclass(frozen=True)
class Model:
    """`pairs` are those of a marian model (source, target, prefix); the other families do any pair of `codes`."""

    name: str
    repository: str
    family: str
    licence: str
    size: int  # MB to download
    pairs: tuple[dict, ...] = ()
    note: str = ""

    def supports(self, source: str, target: str) -> bool:
        base = lambda code: code.split("-")[0]
        if self.pairs:
            return any(p["source"] in (source, base(source)) and p["target"] in (target, base(target)) for p in self.pairs)
        known = {base(code) for code in codes(self.family)}
        return base(source) != base(target) and {base(source), base(target)} <= known

    @property
    def directions(self) -> str:
        """For people: `zh→en`, or `35 languages`."""
        if self.pairs:
            return " ".join(f"{p['source']}→{p['target']}" for p in self.pairs)
        return f"{len(codes(self.family))} languages"

    @property
    def downloaded(self) -> Path:
        return places.downloads() / self.name

    @property
    def converted(self) -> Path:
        return places.models() / self.name

    @property
    def state(self) -> str:
        """`ready` (converted), `downloaded`, or nothing."""
        if (self.converted / "model.bin").exists():
            return "ready"
        return "downloaded" if any(self.downloaded.glob("*.safetensors")) else ""

    def description(self) -> dict:
        """What `verify.json` of the converted model says."""
        return {"name": self.name, "family": self.family, "licence": self.licence, "origin": self.repository,
                **({"pairs": list(self.pairs)} if self.pairs else {})}


def models() -> dict[str, Model]:
    """By name, in the table's order: small before large."""
    made = {}
    for name, row in beside(__file__, "zoo.toml")["models"].items():
        made[name] = Model(name, row["repository"], row["family"], row["licence"], row["size"],
                           tuple(row.get("pairs", ())), row.get("note", ""))
    return made


def find(name: str) -> Model | None:
    """By name or repository, whatever the case."""
    wanted = name.lower().rstrip("/")
    for model in models().values():
        if wanted in (model.name.lower(), model.repository.lower()):
            return model
    return None


def codes(family: str) -> dict[str, str]:
    """Our language codes and the family's tokens for them."""
    return beside(__file__, "zoo.toml")["codes"][family]


def no_engine(engine: str, source: str, target: str) -> NoEngine:
    """The error for a pair of languages, with the commands that get a model for it."""
    fitting = [model for model in models().values() if model.supports(source, target)]
    if not fitting:
        return NoEngine(f"{engine} does not translate {source}→{target}, and no known model does. "
                        f"Name one of the hub: --engine hub:REPOSITORY")
    ready = next((model for model in fitting if model.state == "ready"), None)
    if ready:
        return NoEngine(f"{engine} does not translate {source}→{target}. Use --engine ct2:{ready.name}")
    first = fitting[0]
    return NoEngine(f"{engine} does not translate {source}→{target}. "
                    f"Get a model: verify models download {first.name}, then use --engine ct2:{first.name}")
