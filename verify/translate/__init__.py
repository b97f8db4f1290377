"""Machine translation: engines that translate and score, the known models, the cache."""

from .engine import Engine, NoEngine, TokenScores, Translation
from .registry import load

__all__ = ["Engine", "NoEngine", "TokenScores", "Translation", "load"]
