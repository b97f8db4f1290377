"""Draft and witnesses side by side: rows in which every bead of every witness fits whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..finding import Report


@dataclass
class Row:
    """Segment indexes: of the draft (empty: a gap in the draft), and by witness name (absent: a gap there)."""

    draft: list[int] = field(default_factory=list)
    witnesses: dict[str, list[int]] = field(default_factory=dict)


def aligned(report: Report) -> list[str]:
    """Names of the witnesses that have a counterpart anywhere; the others were set aside."""
    return [w.name for w in report.witnesses if any(b.source and b.target for b in report.beads.get(w.name, []))]


def rows(report: Report) -> list[Row]:
    """In the draft's order. What a witness alone has stands in a row of its own, after the row it follows.

    A row begins wherever no bead of any witness holds the draft's segments on both sides, so witnesses
    that were cut differently still share rows.
    """
    size = len(report.draft.segments)
    joined = [False] * (size + 1)  # joined[i]: segment i belongs to the row of segment i - 1
    names = aligned(report)
    for name in names:
        for bead in report.beads[name]:
            together = range(bead.target[0] + 1, bead.target[-1] + 1) if bead.source and bead.target else ()
            for index in together:
                joined[index] = True
    texts: list[Row] = []
    row_of: dict[int, int] = {}
    for index in range(size):
        if not joined[index]:
            texts.append(Row())
        texts[-1].draft.append(index)
        row_of[index] = len(texts) - 1
    alone = [Row() for _ in range(len(texts) + 1)]  # alone[r] stands before texts[r]
    for witness in report.witnesses:
        if witness.name not in names:
            continue
        beside = {i: row_of[bead.target[0]] for bead in report.beads[witness.name] if bead.target for i in bead.source}
        last = -1
        for index in range(len(witness.segments)):
            row = beside.get(index)
            last = last if row is None else row
            home = alone[last + 1] if row is None else texts[row]
            home.witnesses.setdefault(witness.name, []).append(index)
    out = []
    for number, row in enumerate(alone):
        out += [row] if row.witnesses else []
        out += [texts[number]] if number < len(texts) else []
    return out
