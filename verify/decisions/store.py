"""The SQLite file of decisions: append-only, safe for several editors at once, proof against a kill.

SQLite's write-ahead log with `synchronous=FULL` keeps what was acknowledged through a kill or a power cut.
It needs a local disk: that log does not work on network file systems.
"""

from __future__ import annotations

import sqlite3
import threading
import time as clock
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from ..finding import Finding
from ..text import InputError
from .decision import FIELDS, OPEN, TIME, Decision, fault, in_force
from .lines import read_text, text_of

BUSY_SECONDS = 10.0
_APPLICATION = 0x76664443  # "vfDC" in the file's header: a file of ours, whatever it is called
_VERSION = 1
_MAGIC = b"SQLite format 3\0"
_SCHEMA = """CREATE TABLE decision (number INTEGER PRIMARY KEY AUTOINCREMENT, fingerprint TEXT NOT NULL, state TEXT NOT NULL,
    author TEXT NOT NULL, time TEXT NOT NULL, reason TEXT NOT NULL, "check" TEXT NOT NULL, message TEXT NOT NULL,
    witness TEXT NOT NULL, undoes TEXT NOT NULL, id TEXT NOT NULL UNIQUE)"""


class Decisions:
    """The decisions in the SQLite file `path`, which is made when missing (its folder is not).

    Safe for several threads and processes at once. Every method raises InputError for a file that is
    foreign, damaged, locked for too long or cannot be written.
    """

    def __init__(self, path: Path, *, read_only: bool = False):
        self.path = Path(path)
        self._lock = threading.RLock()
        if self.path.is_dir():
            raise InputError(self.path, "is a folder", "Name a file for the decisions")
        if read_only and not self.path.exists():
            raise InputError(self.path, "no such file of decisions", "Check the name")
        if self.path.is_file() and self.path.stat().st_size and not is_sqlite(self.path):
            raise InputError(self.path, "is no file of decisions", "Name another file; `verify decisions merge` reads exported text")
        with self._faults():
            self._connection = _opened_to_read(self.path) if read_only else _opened(self.path)
            try:
                self._prepare(read_only)
            except BaseException:
                self._connection.close()
                raise

    def __enter__(self) -> Decisions:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def decide_all(self, findings: Iterable[Finding], state: str, *, author: str, reason: str = "") -> list[Decision]:
        """Record one decision on each of these findings, all or none; they are on disk when this returns.

        They share one time, and `undo` takes them back together. Raises InputError: an unknown state, a dismissal without a
        reason, no author, no fingerprint.
        """
        about = {f.fingerprint: (f.fingerprint, f.check, f.message, f.witness) for f in findings}
        return self._record(list(about.values()), state, author, reason) if about else []

    def undo(self, author: str) -> Decision | None:
        """Reverse that author's latest decision (or bulk) that is not undone yet; None where there is none."""
        with self._writing():
            known = self._read()
            undone = {d.undoes for d in known if d.undoes}
            own = [d for d in known if d.author == author.strip() and not d.undoes and d.id not in undone]
            if not own:
                return None
            latest = max(d.time for d in own)
            when, made = self._next_time(), []
            for decision in [d for d in own if d.time == latest]:
                mark = Decision(0, decision.fingerprint, OPEN, decision.author, when, "", decision.check, decision.message,
                                decision.witness, decision.id)
                left = in_force([d for d in known if d.fingerprint == decision.fingerprint] + [mark])[decision.fingerprint]
                made.append(self._insert(replace(mark, state=left.state).sealed()))
            return made[-1]

    def current(self) -> dict[str, Decision]:
        """Fingerprint → the decision that counts."""
        return in_force(self._read())

    def history(self, fingerprint: str | None = None) -> list[Decision]:
        """All decisions, undoings included, oldest first; only those of one finding if it is named."""
        chosen = self._read("WHERE fingerprint = ?", (fingerprint,)) if fingerprint else self._read()
        return sorted(chosen, key=lambda d: (d.time, d.id))

    def since(self, number: int) -> list[Decision]:
        """What this file learnt after decision `number`, in that order, whoever wrote it: for polling."""
        return self._read("WHERE number > ?", (number,))

    def to_text(self) -> str:
        """One line a decision, oldest first. Two editors' texts can be merged by taking the lines of both."""
        return text_of(self.history())

    def merge(self, text: str, place: str | Path = "decisions") -> int:
        """Take in the lines of an exported text that are not known yet; returns how many those were.

        Raises InputError, with the line, for one that is no decision or was altered; then none is taken in.
        """
        arrived = read_text(text, place)
        with self._writing():
            known = {d.id for d in self._read()}
            fresh = [d for d in arrived if d.id not in known]
            for decision in fresh:
                self._insert(decision)
        return len(fresh)

    def _record(self, about: Sequence[tuple[str, str, str, str]], state: str, author: str, reason: str) -> list[Decision]:
        author, reason = _clean(author.strip()), _clean(reason.strip())
        made = [Decision(0, fingerprint, state, author, "", reason, *map(_clean, rest)) for fingerprint, *rest in about]
        for decision in made:
            if wrong := fault(decision):
                raise InputError("decision", *wrong)
        with self._writing():
            when = self._next_time()
            return [self._insert(replace(decision, time=when).sealed()) for decision in made]

    def _insert(self, decision: Decision) -> Decision:
        values = asdict(decision)
        marks = ", ".join("?" for _ in FIELDS)
        names = ", ".join(f'"{name}"' for name in FIELDS)
        cursor = self._connection.execute(f"INSERT INTO decision ({names}) VALUES ({marks})", [values[name] for name in FIELDS])
        return replace(decision, number=cursor.lastrowid)

    def _next_time(self) -> str:
        """Now, but always after the latest decision in the file: a clock that was set back reorders nothing."""
        now = datetime.now(timezone.utc)
        last = self._connection.execute("SELECT max(time) FROM decision").fetchone()[0]
        if last:
            now = max(now, datetime.strptime(last, TIME).replace(tzinfo=timezone.utc) + timedelta(microseconds=1))
        return now.strftime(TIME)

    def _read(self, where: str = "", values: Sequence[object] = ()) -> list[Decision]:
        with self._lock, self._faults():
            names = ", ".join(f'"{name}"' for name in ("number", *FIELDS))
            return [Decision(**dict(zip(("number", *FIELDS), row)))
                    for row in self._connection.execute(f"SELECT {names} FROM decision {where} ORDER BY number", values)]

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction. IMMEDIATE: what is read in it is still true when it writes."""
        with self._lock, self._faults():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _prepare(self, read_only: bool) -> None:
        ask = lambda sql: self._connection.execute(sql).fetchone()[0]
        empty = lambda: not ask("SELECT count(*) FROM sqlite_master")
        if not empty() or read_only:
            self._refuse_foreign(ask)
        if not read_only:
            _keep_log(self._connection)
            with self._writing():
                if empty():  # another process may have made it in between
                    self._connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                    self._connection.execute(f"PRAGMA user_version = {_VERSION}")
                    self._connection.execute(_SCHEMA)
        if (state := ask("PRAGMA quick_check(1)")) != "ok":
            raise sqlite3.DatabaseError(state)

    def _refuse_foreign(self, ask: Callable[[str], int]) -> None:
        if ask("PRAGMA application_id") != _APPLICATION:
            raise InputError(self.path, "is an SQLite file of something else", "Name another file; nothing was changed")
        if ask("PRAGMA user_version") != _VERSION:
            raise InputError(self.path, "was written by another version of verify", "Use that version to export it as text")

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.ProgrammingError:  # ours: a closed file
            raise
        except sqlite3.Error as error:
            said = str(error)
            if "locked" in said or "busy" in said:
                raise InputError(self.path, "another program has held it for too long", "Close that program, then try again") from error
            if isinstance(error, sqlite3.OperationalError) and ("unable to open" in said or "readonly" in said or "full" in said):
                raise InputError(self.path, f"cannot be opened or written ({said})", "Check that its folder exists, your rights and the free space") from error
            raise InputError(self.path, f"is damaged ({said})",
                             "Move it away and take the decisions in again from their text: verify decisions merge") from error


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)


def _keep_log(connection: sqlite3.Connection) -> None:
    """Write-ahead log, synchronised at each commit. SQLite does not wait for others while it changes the kind of log."""
    until = clock.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or clock.monotonic() > until:
                raise
            clock.sleep(0.02)
    connection.execute("PRAGMA synchronous = FULL")


def _opened_to_read(path: Path) -> sqlite3.Connection:
    """In a folder that cannot be written SQLite cannot share its log; where there is none it need not."""
    address = Path(path).absolute().as_uri()
    connection = sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError:
        connection.close()
        if Path(f"{path}-wal").exists():
            raise
        connection = sqlite3.connect(f"{address}?immutable=1", uri=True, isolation_level=None, check_same_thread=False)
    return connection


def is_sqlite(path: Path) -> bool:
    try:
        with Path(path).open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def _clean(text: str) -> str:
    """Without lone surrogates, which neither SQLite nor UTF-8 can hold."""
    return text.encode("utf-8", "backslashreplace").decode()
