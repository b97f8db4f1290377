"""The draft's file: saved whole, with a backup, and never over what somebody else wrote meanwhile.

Edits that are not saved yet lie in a file beside it, so that a crash loses none.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import os
import tempfile
from datetime import datetime, timezone
from pathlib import Path

from ..text import Document, InputError

_MARKS = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE,
          "utf-32-le": codecs.BOM_UTF32_LE, "utf-32-be": codecs.BOM_UTF32_BE, "gb18030": b"\x84\x31\x95\x33"}


class DraftFile:
    """`document` must have just been read from its path."""

    def __init__(self, document: Document):
        if document.path is None:
            raise InputError(document.name, "was not read from a file", "Name the draft's file")
        self.path = Path(document.path)
        self.journal = self.path.with_name(f".{self.path.name}.unsaved")
        data = self._read()
        self._hash = _digest(data)
        mark = _MARKS.get(document.encoding, b"")
        self._mark = mark if mark and data.startswith(mark) else b""
        self._encoding = document.encoding
        try:
            self._faithful = self._bytes(document.text) == data
        except (UnicodeEncodeError, LookupError):
            self._faithful = False

    def keep(self, text: str) -> None:
        """Put the edited text aside, on disk when this returns."""
        write_whole(self.journal, json.dumps({"base": self._hash, "text": text}, ensure_ascii=True).encode("ascii"))

    def kept(self) -> tuple[str | None, str]:
        """The text that was put aside for the file as it is now (None where there is none), and a note for the editor.

        Edits of a file that changed since are moved to a file of their own, where nothing overwrites them.
        """
        try:
            found = json.loads(self.journal.read_text("ascii"))
            base, text = found["base"], found["text"]
        except (OSError, ValueError, KeyError, TypeError):
            return None, ""
        if base == self._hash:
            return text, "Edits that were not saved last time were taken up again."
        aside = self.journal.with_name(f"{self.path.name}.{_stamp()}.unsaved.txt")
        aside.write_text(text, "utf-8")
        self.forget()
        return None, f"The draft changed on disk after edits that were not saved; their text lies in {aside.name}."

    def forget(self) -> None:
        """Drop the text that was put aside."""
        self.journal.unlink(missing_ok=True)

    def save(self, text: str) -> Path:
        """Write `text`; returns the backup that holds what the file said before.

        Raises InputError: the file changed on disk since it was read, it cannot be written in its encoding, or not at all.
        """
        if not self._faithful:
            raise InputError(self.path, f"cannot be written back as it was ({self._encoding})", "Save it as UTF-8 first, or take an export")
        try:
            data = self._bytes(text)
        except UnicodeEncodeError as error:
            raise InputError(self.path, f"{text[error.start]!r} cannot be written in {self._encoding}", "Save the file as UTF-8 first") from None
        before = self._read()
        self._refuse_changed(before)
        backup = self._backup(before)
        self._refuse_changed(self._read())
        try:
            write_whole(self.path.resolve(), data)
        except OSError as error:
            raise InputError(self.path, (error.strerror or "cannot be written").lower(), "Check your rights to that folder") from error
        self._hash = _digest(data)
        self.forget()
        return backup

    def _refuse_changed(self, data: bytes) -> None:
        if _digest(data) != self._hash:
            raise InputError(self.path, "changed on disk since this page was opened; nothing was written",
                             "Start `verify review` again to see the new text; your edits stay aside in " + self.journal.name)

    def _backup(self, data: bytes) -> Path:
        stamp = _stamp()
        for nth in range(100):
            path = self.path.with_name(f"{self.path.name}.{stamp}{f'-{nth}' if nth else ''}.bak")
            try:
                with path.open("xb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                return path
            except FileExistsError:
                continue
            except OSError as error:
                raise InputError(path, (error.strerror or "cannot be written").lower(), "Check your rights to that folder") from error
        raise InputError(self.path, "has a hundred backups of this second", "Try again")

    def _bytes(self, text: str) -> bytes:
        return self._mark + text.encode(self._encoding)

    def _read(self) -> bytes:
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise InputError(self.path, (error.strerror or "cannot be read").lower(), "Put the file back") from error


def _stamp() -> str:
    return datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Whole or not at all, and on disk when this returns."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            os.chmod(name, path.stat().st_mode & 0o7777)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
