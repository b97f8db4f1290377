"""Rows into the bytes of a Parquet shard: the one place where an audit computes, whatever runs it."""

from __future__ import annotations

import hashlib
import io
from typing import NamedTuple

from ..scoring import Score, score, signature
from ..text import InputError
from ..translate.engine import Engine, NoEngine
from .corpus import Row, reason
from .settings import AuditSettings

SEVERITIES = ("neutral", "minor", "major", "critical")


class Shard(NamedTuple):
    """`data` is the whole Parquet file; `findings` counts by severity; `scored` is distinct pairs."""

    index: int
    data: bytes
    rows: int
    scored: int
    errors: int
    findings: dict[str, int]


def schema():
    """One row a pair. Offsets are characters of the pair's own texts, half-open; -1 for no span."""
    import pyarrow as pa

    finding = pa.struct([("check", pa.string()), ("category", pa.string()), ("severity", pa.string()), ("confidence", pa.float64()),
                         ("source_start", pa.int32()), ("source_end", pa.int32()), ("target_start", pa.int32()),
                         ("target_end", pa.int32()), ("message", pa.string())])
    return pa.schema([
        ("row", pa.int64()), ("file", pa.string()), ("place", pa.int64()), ("id", pa.string()),
        ("source", pa.string()), ("target", pa.string()), ("source_hash", pa.string()), ("target_hash", pa.string()),
        ("score", pa.float64()), ("severity", pa.string()), ("findings", pa.list_(finding)),
        ("back_translation", pa.string()), ("unreliable", pa.list_(pa.string())), ("error", pa.string()),
    ])


def engine_of(settings: AuditSettings, cache: bool, threads: int) -> Engine | None:
    """The translation engine of one process. Raises InputError if it lacks a direction."""
    if settings.model == "none":
        return None
    from ..translate import load

    # Back-translation a sentence at a time: a value in a batch varies in its last digits with its neighbours (padding).
    # Forced decoding batches only pairs of one length, which need none (docs/scale.md).
    alone = {} if settings.model.startswith("hub:") else {"threads": threads, "batch_tokens": 1}
    engine = load(settings.model, cache=cache, **alone)
    there, here = settings.source_language, settings.target_language
    if not (engine.supports(there, here) and engine.supports(here, there)):
        raise InputError(f"--model {settings.model}", f"does not translate {there}-{here} in both directions",
                         "`verify models list` shows models that do")
    return engine


class Worker:
    """Holds a warm engine; turns shard after shard into bytes."""

    def __init__(self, settings: AuditSettings, cache: bool = True, threads: int = 1):
        self.settings, self.plan, self.engine = settings, settings.plan(), engine_of(settings, cache, threads)

    @property
    def signature(self) -> str:
        return signature(self.engine, self.plan)

    def __call__(self, index: int, rows: list[Row]) -> Shard:
        pairs = sorted({(row.source, row.target) for row in rows if not row.error}, key=lambda pair: (len(pair[0]), pair))
        results = self._scores(pairs)
        table = [_record(row, results.get((row.source, row.target)) if not row.error else None, self.settings.text) for row in rows]
        counted = dict.fromkeys(SEVERITIES, 0)
        for record in table:
            for finding in record["findings"]:
                counted[finding["severity"]] += 1
        return Shard(index, encoded(table), len(table), len(pairs), sum(bool(record["error"]) for record in table), counted)

    def _scores(self, pairs: list[tuple[str, str]]) -> dict[tuple[str, str], Score | str]:
        try:
            return dict(zip(pairs, score(pairs, self.plan, self.engine)))
        except (InputError, NoEngine, MemoryError, OSError):
            raise
        except Exception as error:
            # One pair that a check or model cannot bear must not take its neighbours along.
            if len(pairs) == 1:
                said = f": {error}" if self.settings.text else ""  # an exception may quote the text
                return {pairs[0]: f"could not be scored: {type(error).__name__}{said}"[:300]}
            half = len(pairs) // 2
            return {**self._scores(pairs[:half]), **self._scores(pairs[half:])}


def encoded(records: list[dict]) -> bytes:
    """The Parquet file of these records; the same records give the same bytes."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    sink = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(records, schema=schema()), sink, compression="zstd", compression_level=3)
    return sink.getvalue()


def _record(row: Row, result: Score | str | None, text: bool) -> dict:
    error = row.error or (result if isinstance(result, str) else "")
    error = reason(error, text)
    made = {"row": row.number, "file": row.file, "place": row.place, "id": row.id or None, "findings": [], "unreliable": [], "error": error or None}
    if row.error:
        return made
    made |= {"source_hash": _hash(row.source), "target_hash": _hash(row.target)}
    if text:
        made |= {"source": row.source, "target": row.target}
    if isinstance(result, Score):
        start = lambda span: (span.start, span.end) if span else (-1, -1)
        found = sorted(result.findings, key=lambda f: (-f.severity.weight, f.check, start(f.source), start(f.target), f.message))
        made |= {
            "score": float(result.score),
            "severity": found[0].severity.value if found else None,
            "findings": [{
                "check": f.check, "category": f.category.value, "severity": f.severity.value, "confidence": round(float(f.confidence), 4),
                "source_start": start(f.source)[0], "source_end": start(f.source)[1],
                "target_start": start(f.target)[0], "target_end": start(f.target)[1],
                "message": f.message if text else None,
            } for f in found],
            "back_translation": result.back_translation if text else None,
            "unreliable": list(result.unreliable),
        }
    return made


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8"), digest_size=16).hexdigest()
