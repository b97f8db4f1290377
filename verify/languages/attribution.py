"""Who is given as the speaker of a quote, and by which verb."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Attribution:
    """`verb` is the dictionary form; `start`/`end` its range (None without a verb). `adjacent`: the verb's clause
    stands right beside the quote, so that the quote is its whole object."""

    speaker: str | None
    verb: str | None
    start: int | None = None
    end: int | None = None
    adjacent: bool = False

    def moved(self, by: int) -> Attribution:
        return self if self.start is None else replace(self, start=self.start + by, end=self.end + by)
