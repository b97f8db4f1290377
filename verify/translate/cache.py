"""What engines said before, kept on disk.

What is stored, for texts under embargo: keys are SHA-256 hashes of text, direction, model and settings;
values (translations, token scores) are sealed with a key stream drawn from the same inputs, so that the
file shows nothing to a reader who does not have the text. Who guesses a text to the letter can confirm
it. Without a cache nothing is written: `--no-cache`, or `load(..., cache=False)`.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
import threading
import zlib
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from .engine import Engine, TokenScores, Translation, both_ways

FORMAT = 1  # change when the same signature would mean other values
LARGEST = 1 << 30  # bytes; a larger file is begun anew
_AT_ONCE = 2048  # inputs computed between two writes
_WAIT = 20.0  # seconds for another process to finish writing


class Cache:
    """A SQLite file for several processes and threads at once. A file that is broken is set aside as
    `*.broken`; where nothing can be written it stays empty and says so once."""

    def __init__(self, path: Path):
        self.path, self.lock, self.connection = Path(path), threading.RLock(), None
        self._open()

    def _open(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self.path.exists() and self.path.stat().st_size > LARGEST:
                self._set_aside("full")
            self.connection = self._connect()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                return self._off(error)
            _warn(f"{self.path}: the cache is broken ({error}); it was set aside as {self._set_aside('broken').name}")
            try:
                self.connection = self._connect()
            except (sqlite3.Error, OSError) as again:
                self._off(again)
        except OSError as error:
            self._off(error)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_WAIT, check_same_thread=False, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("CREATE TABLE IF NOT EXISTS said (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID")
            connection.execute("SELECT value FROM said LIMIT 1").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _set_aside(self, why: str) -> Path:
        aside = self.path.with_name(f"{self.path.name}.{why}")
        self.path.replace(aside)
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        return aside

    def _off(self, error: Exception) -> None:
        self.connection = None
        _warn(f"{self.path}: no cache ({error}); everything is computed anew")

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values of those keys that are known."""
        return self._guarded(lambda: self._read(keys)) or {}

    def _read(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            marks = ",".join("?" * len(some))
            with closing(self.connection.execute(f"SELECT key, value FROM said WHERE key IN ({marks})", some)) as rows:
                found.update(rows)
        return found

    def put(self, items: dict[bytes, bytes]) -> None:
        self._guarded(lambda: self._write(items))

    def _write(self, items: dict[bytes, bytes]) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            self.connection.executemany("INSERT OR REPLACE INTO said VALUES (?, ?)", items.items())
            self.connection.execute("COMMIT")
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise

    def _guarded(self, action: Callable):
        with self.lock:
            if self.connection is None:
                return None
            try:
                return action()
            except sqlite3.Error as error:  # full disk, file gone bad under us: go on without
                self.connection.close()
                return self._off(error)


class CachedEngine:
    """An engine that asks the cache first; the same protocol, name and signature."""

    def __init__(self, engine: Engine, path: Path):
        self.engine, self.cache = engine, Cache(path)
        self.name, self.signature = engine.name, engine.signature

    def supports(self, source: str, target: str) -> bool:
        return self.engine.supports(source, target)

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Translation]:
        pack = lambda made: [made.text, made.score, made.faults]
        unpack = lambda value: Translation(value[0], value[1], tuple(value[2]))
        return self._through("translate", [(text,) for text in texts], source, target,
                             lambda missing: self.engine.translate([text for text, in missing], source, target), pack, unpack)

    def score(self, pairs: Sequence[tuple[str, str]], source: str, target: str) -> list[TokenScores]:
        return self._through("score", [tuple(pair) for pair in pairs], source, target,
                             lambda missing: self.engine.score(missing, source, target), _packed, _unpacked)

    def score_both(self, pairs: Sequence[tuple[str, str]], source: str, target: str) -> tuple[list[TokenScores], list[TokenScores]]:
        made = self._through("both", [tuple(pair) for pair in pairs], source, target,
                             lambda missing: list(zip(*both_ways(self.engine, missing, source, target))),
                             lambda two: list(map(_packed, two)), lambda two: tuple(map(_unpacked, two)))
        return [there for there, _ in made], [back for _, back in made]

    def _through(self, method: str, inputs: list[tuple], source: str, target: str, compute: Callable, pack, unpack) -> list:
        materials = {given: json.dumps([FORMAT, method, self.signature, source, target, *given]).encode("utf-8", "surrogatepass")
                     for given in dict.fromkeys(inputs)}
        keys = {given: hashlib.sha256(material).digest() for given, material in materials.items()}
        stored = self.cache.get(list(keys.values()))
        known = {}
        for given, key in keys.items():
            if key in stored:
                try:
                    known[given] = unpack(json.loads(zlib.decompress(_sealed(stored[key], materials[given]))))
                except (zlib.error, ValueError, TypeError, IndexError):
                    continue  # a damaged entry is computed anew
        missing = [given for given in keys if given not in known]
        for start in range(0, len(missing), _AT_ONCE):  # an interrupted run keeps what it had
            some = missing[start : start + _AT_ONCE]
            made = dict(zip(some, compute(some)))
            packed = {given: zlib.compress(json.dumps(pack(value), ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)
                      for given, value in made.items()}
            self.cache.put({keys[given]: _sealed(value, materials[given]) for given, value in packed.items()})
            known.update(made)
        return [known[given] for given in inputs]


def _packed(made: TokenScores) -> list:
    return [made.tokens, made.log_probs, made.spans]


def _unpacked(value: list) -> TokenScores:
    return TokenScores(tuple(value[0]), tuple(value[1]), tuple((a, b) for a, b in value[2]))


def _sealed(value: bytes, material: bytes) -> bytes:
    """`value` with the key stream of `material`; doing it twice opens it. No stream serves two values."""
    stream = hashlib.shake_256(b"verify cache\0" + material).digest(len(value))
    return (int.from_bytes(value, "big") ^ int.from_bytes(stream, "big")).to_bytes(len(value), "big")


def _warn(line: str) -> None:
    print(f"verify: warning: {line}", file=sys.stderr)
