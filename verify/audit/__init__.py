"""Audit: score a corpus of any size into a folder of shards; interrupted at any moment, continued by the same command.

A shard is a Parquet file with the results of a fixed run of rows. Its bytes depend on the corpus and the
settings alone, never on batches, processes or earlier interruptions, nor on which machine of one kind of processor:
int8 rounds differently on others.
"""

from .runner import Outcome, run
from .settings import AuditSettings

__all__ = ["AuditSettings", "Outcome", "run"]
