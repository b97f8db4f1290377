"""Audit: score a corpus of any size into a folder of shards; interrupted at any moment, continued by the same command.

A shard is a Parquet file with the results of a fixed run of rows. Its bytes depend on the corpus and the
settings alone, never on batches, processes, machines or earlier interruptions.
"""

from .runner import Outcome, run
from .settings import AuditSettings

__all__ = ["AuditSettings", "Outcome", "run"]
