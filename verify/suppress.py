"""Which findings are not shown, and why: options, inline comments, and the baseline of accepted findings.

A baseline is a file of fingerprints, each with the reason and the name of who accepted it:

    [[accepted]]
    fingerprint = "9f2c4b1e0a7d3c58"
    reason = "the minister's own English wording"
    author = "mei"

or the same three fields a line, tab-separated, in a file that does not end in `.toml`. A file of an
editor's decisions (SQLite, or its text) is a baseline too: its dismissals.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .decisions import dismissed, holds_decisions
from .finding import Finding, Suppressed
from .text import InputError
from .toml_file import TomlFile

BASELINE, INLINE = "the baseline", "a comment in the draft"  # what suppressed a finding, where a person did
OPTIONS, UNSURE = "--select or --ignore", "--min-confidence"  # and where an option did
_FINGERPRINT = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True)
class Accepted:
    """A finding that somebody decided to live with. `note` helps a reader of the file, nothing else."""

    fingerprint: str
    reason: str
    author: str
    note: str = ""


@dataclass
class Outcome:
    kept: list[Finding] = field(default_factory=list)
    suppressed: list[tuple[Finding, str]] = field(default_factory=list)  # with what suppressed it

    @property
    def note(self) -> str:
        """One line for the report: how many were suppressed by what; empty if none were."""
        counts = Counter(why for _, why in self.suppressed)
        return "suppressed: " + ", ".join(f"{n} by {why}" for why, n in counts.items()) if counts else ""


def apply(findings: Iterable[Finding], *, select: Sequence[str] = (), ignore: Sequence[str] = (), min_confidence: float = 0.0,
          baseline: Iterable[Accepted] = (), inline: Iterable[tuple[int, int, Sequence[str]]] = ()) -> Outcome:
    """Sort findings into kept and suppressed.

    `inline` are half-open ranges of the draft with the checks that are off there (none named: all). The
    order of `findings` is kept.
    """
    accepted = {entry.fingerprint for entry in baseline}
    inline = list(inline)
    outcome = Outcome()
    for finding in findings:
        why = ""
        if (select and finding.check not in select) or finding.check in ignore:
            why = OPTIONS
        elif finding.confidence < min_confidence:
            why = UNSURE
        elif finding.fingerprint in accepted:
            why = BASELINE
        elif any(_covers(finding, *entry) for entry in inline):
            why = INLINE
        if why:
            outcome.suppressed.append((finding, why))
        else:
            outcome.kept.append(finding)
    return outcome


def set_aside(outcome: Outcome, baseline: Iterable[Accepted]) -> list[Suppressed]:
    """What persons set aside, with why and who: by the baseline, or by a comment in the draft."""
    said = {entry.fingerprint: f"{entry.reason} ({entry.author})" for entry in baseline}
    return [Suppressed(finding, said[finding.fingerprint]) if why == BASELINE else Suppressed(finding, why, inline=True)
            for finding, why in outcome.suppressed if why in (BASELINE, INLINE)]


def _covers(finding: Finding, start: int, end: int, checks: Sequence[str]) -> bool:
    here = finding.target
    return here is not None and here.start < end and start < max(here.end, here.start + 1) and (not checks or finding.check in checks)


def read_baseline(path: Path) -> list[Accepted]:
    """Raises InputError, with file and line, for an entry without fingerprint, reason or author."""
    path = Path(path)
    if holds_decisions(path):
        return [Accepted(d.fingerprint, d.reason, d.author, f"{d.check}: {d.message}") for d in dismissed(path)]
    if path.suffix.lower() == ".toml":
        return _read_toml(TomlFile.read(path))
    try:
        rows = path.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise InputError(path, error.strerror or "cannot be read", "Write one with: verify check … --write-baseline FILE") from error
    except UnicodeDecodeError as error:
        raise InputError(path, "is not UTF-8", "Save it as UTF-8") from error
    entries = []
    for number, row in enumerate(rows, 1):
        if not row.strip() or row.startswith("#"):
            continue
        cells = [cell.strip() for cell in row.split("\t")]
        if len(cells) < 3 or not all(cells[:3]) or not _FINGERPRINT.fullmatch(cells[0]):
            raise InputError(path, "not an entry", "Write: fingerprint, reason, author, with a tab between", number)
        entries.append(Accepted(*cells[:4]))
    return entries


def _read_toml(file: TomlFile) -> list[Accepted]:
    file.only(file.data, ("accepted",))
    rows = file.data.get("accepted", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise file.error("accepted must be tables", "Write [[accepted]] above each entry", "accepted")
    entries = []
    for nth, row in enumerate(rows):
        file.only(row, ("fingerprint", "reason", "author", "note"), "accepted", nth)
        text = lambda key, *default, row=row, nth=nth: file.value(row, key, str, *default, table="accepted", nth=nth)
        entry = Accepted(text("fingerprint"), text("reason"), text("author"), text("note", ""))
        for key in ("fingerprint", "reason", "author"):
            if not getattr(entry, key).strip():
                raise file.error(f"{key} is empty", "Every accepted finding has a reason and an author", key, "accepted", nth)
        if not _FINGERPRINT.fullmatch(entry.fingerprint):
            raise file.error("not a fingerprint", "Take it from: verify check … --format json", "fingerprint", "accepted", nth)
        entries.append(entry)
    return entries


def accept(findings: Iterable[Finding], reason: str, author: str, before: Iterable[Accepted] = ()) -> list[Accepted]:
    """`before`, then an entry for each finding that is not in it."""
    entries = {entry.fingerprint: entry for entry in before}
    for finding in findings:
        entries.setdefault(finding.fingerprint, Accepted(finding.fingerprint, reason, author, f"{finding.check}: {finding.message}"))
    return list(entries.values())


def baseline_text(entries: Iterable[Accepted], path: Path) -> str:
    """The file's content: TOML if `path` ends in .toml, else tab-separated lines."""
    one_line = lambda text: re.sub(r"\s+", " ", text).strip()
    if Path(path).suffix.lower() != ".toml":
        lines = ["\t".join(map(one_line, (e.fingerprint, e.reason, e.author, e.note))) for e in entries]
        return "\n".join(["# fingerprint\treason\tauthor\tnote", *lines]) + "\n"
    quoted = lambda text: json.dumps(one_line(text), ensure_ascii=False).replace("\x7f", "\\u007f")  # a TOML basic string
    block = "[[accepted]]\nfingerprint = {}\nreason = {}\nauthor = {}\nnote = {}\n"
    return "\n".join(block.format(*map(quoted, (e.fingerprint, e.reason, e.author, e.note))) for e in entries)
