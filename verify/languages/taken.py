"""Which characters of a text an earlier, more exact reading has claimed."""

from __future__ import annotations

from collections.abc import Iterable


class Taken:
    def __init__(self, size: int, ranges: Iterable[tuple[int, int]] = ()):
        self._marks = bytearray(size)
        for start, end in ranges:
            self.take(start, end)

    def take(self, start: int, end: int) -> None:
        self._marks[start:end] = b"\x01" * (end - start)

    def free(self, start: int, end: int) -> bool:
        return self._marks.find(1, start, end) < 0

    def after(self, start: int, end: int) -> int:
        """Where the first claimed stretch in [start, end) stops."""
        at = self._marks.find(0, self._marks.find(1, start, end))
        return at if at >= 0 else len(self._marks)
