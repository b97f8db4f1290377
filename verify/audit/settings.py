"""What an audit is asked to do, apart from where and how fast."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from ..scoring import ScorePlan


@dataclass(frozen=True)
class AuditSettings:
    """All that decides the contents of the shards; the manifest holds them.

    `text` False keeps hashes instead of texts, and leaves out whatever could quote them. `sample` is a
    number of rows drawn at random, 0 for all.
    """

    source_language: str = "zh"
    target_language: str = "en"
    model: str = "pocket"
    fast: bool = False
    back_translation: bool = True
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    source_column: str = "source"
    target_column: str = "target"
    input_format: str | None = None
    text: bool = True
    sample: int = 0
    seed: int = 12345
    shard_rows: int = 1000

    def as_dict(self) -> dict:
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    def plan(self) -> ScorePlan:
        # The more pairs at once, the more of equal length share a pass of the network (docs/scale.md).
        return ScorePlan(self.source_language, self.target_language, self.back_translation, self.fast, self.select,
                         self.ignore, batch=1024)
