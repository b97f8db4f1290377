"""The output folder: its lock, its manifest, and shards that are either whole or not there."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..text import InputError
from .corpus import Input
from .results import MANIFEST
from .settings import AuditSettings

LOCK, SUMS = ".lock", "shards.sha256"
FORMAT = 1
_NAME = re.compile(r"shard-(\d{6,})\.parquet")


class Folder:
    """`path` is made when missing. Every file in it appears by atomic rename after its bytes are on disk."""

    def __init__(self, path: Path):
        self.path = Path(path)

    @contextmanager
    def locked(self) -> Iterator[Folder]:
        """Hold the folder for one run; a killed process leaves no lock behind. Raises InputError if taken."""
        import fcntl

        if self.path.is_dir() and not (self.path / MANIFEST).exists() and any(f.name != LOCK for f in self.path.iterdir()):
            raise InputError(self.path, "holds other things and no audit", "Name a new folder; nothing was touched")
        with self._faults():
            try:
                self.path.mkdir(parents=True, exist_ok=True)
            except (FileExistsError, NotADirectoryError) as error:
                raise InputError(self.path, f"cannot be written: {error.strerror.lower()}", "Name a folder, new or of an earlier audit; a file is in its place") from error
            file = (self.path / LOCK).open("a")
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise InputError(self.path, "another audit is writing into this folder", "Wait for it, or name another folder") from None
            for left in self.path.glob(".*.tmp"):
                left.unlink()
            yield self

    def begin(self, settings: AuditSettings, signature: str, inputs: list[Input], count) -> dict:
        """The manifest, new or of the run that this one continues. `count()` gives what counting the corpus gave, once.

        Raises InputError for a folder made with other settings, another model or another corpus.
        """
        wanted = {"format": FORMAT, "settings": settings.as_dict(), "signature": signature,
                  "inputs": [{"bytes": file.bytes, "sha256": file.sha256} for file in inputs]}
        path = self.path / MANIFEST
        if not path.exists():
            made = {**wanted, "inputs": [file._asdict() for file in inputs], **count()}
            self.write(MANIFEST, json.dumps(made, ensure_ascii=False, indent=1).encode())
            return made
        made = manifest(self.path)
        there = {**{key: made.get(key) for key in wanted}, "inputs": [{k: f[k] for k in ("bytes", "sha256")} for f in made["inputs"]]}
        for key in wanted:
            if there[key] != wanted[key]:
                raise InputError(self.path, f"holds an audit with other {key}{_difference(there[key], wanted[key])}",
                                 "Name a new folder, or give the command that began this one")
        return made

    def done(self) -> set[int]:
        """Numbers of the shards that are there and whole."""
        import pyarrow as pa
        import pyarrow.parquet as parquet

        found = set()
        for path in self.path.glob("shard-*.parquet"):
            if name := _NAME.fullmatch(path.name):
                try:
                    parquet.read_metadata(path)
                except (pa.ArrowInvalid, OSError):
                    continue  # damaged after it was written: computed anew
                found.add(int(name[1]))
        return found

    def put(self, index: int, data: bytes) -> None:
        self.write(f"shard-{index:06d}.parquet", data)

    def write(self, name: str, data: bytes) -> None:
        """Whole or not at all. Raises InputError for a full disk or a folder that cannot be written."""
        temporary = self.path / f".{name}.tmp"
        with self._faults(temporary):
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, self.path / name)

    def seal(self) -> str:
        """Write `shards.sha256` (as sha256sum does) and return the hash of that list: the hash of the result."""
        lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in shard_files(self.path)]
        data = "".join(lines).encode()
        self.write(SUMS, data)
        return hashlib.sha256(data).hexdigest()

    @contextmanager
    def _faults(self, temporary: Path | None = None) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if temporary:
                temporary.unlink(missing_ok=True)
            raise InputError(self.path, f"cannot be written: {(error.strerror or str(error)).lower()}",
                             "Finished shards are kept; free space or mend the rights, then give the same command") from error


def _difference(there, wanted) -> str:
    if isinstance(there, dict):
        names = [name for name in wanted if there.get(name) != wanted[name]]
        return " (" + ", ".join(f"{name}: {there.get(name)} there, {wanted[name]} now" for name in names) + ")"
    return f" ({there} there, {wanted} now)" if isinstance(there, str) else ""


def manifest(path: Path) -> dict:
    """Raises InputError for a folder that holds no audit."""
    try:
        return json.loads((Path(path) / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(path, "holds no audit (no manifest.json that can be read)", "Name the folder given to --out") from error


def shard_files(path: Path) -> list[Path]:
    """The shards in order."""
    return sorted((p for p in Path(path).iterdir() if _NAME.fullmatch(p.name)), key=lambda p: int(_NAME.fullmatch(p.name)[1]))
