"""Cases as part of a corpus: one row a bead of the draft with each witness, and what stands on one side alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..case import Case, load_case
from ..text import Document, InputError

MARK = "case.toml"


class Stretch(NamedTuple):
    """`line` is where it begins in the draft, or in the witness where the draft has nothing. `error` set: no pair."""

    line: int
    witness: str
    source: str
    target: str
    error: str = ""


def folders(root: Path) -> list[Path]:
    """The case folders at and below `root`, in order; folders whose name begins with a dot are passed over."""
    found = (path.parent for path in root.rglob(MARK))
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(root).parts))


def files_of(folder: Path) -> list[Path]:
    """What decides the rows of a case. Raises InputError for a case.toml that cannot be read."""
    case = load_case(folder)
    return [folder / MARK, case.draft, *(witness.path for witness in case.witnesses)]


def fingerprint(folder: Path) -> tuple[int, str]:
    """Bytes and hash of all files of a case; of what can be read where the case is broken."""
    try:
        paths = files_of(folder)
    except InputError:
        paths = sorted(path for path in folder.iterdir() if path.is_file())
    blobs = [path.read_bytes() for path in paths]
    return sum(map(len, blobs)), hashlib.sha256(b"".join(hashlib.sha256(blob).digest() for blob in blobs)).hexdigest()


def stretches(folder: Path, source_language: str, target_language: str) -> Iterator[Stretch]:
    """Aligned as `verify check` aligns without an engine, so that the rows depend on the files alone.

    A sentence without counterpart is a row of its own where `check` would report it. A witness that is in
    another language than `source_language`, or is unrelated, is a row with an error. Raises InputError for
    a case or draft that cannot be read.
    """
    from ..align import beads as bead_alignment
    from ..finding import Report
    from ..gaps import compare_gaps
    from ..one_pair import side
    from ..plan import Plan

    case = load_case(folder)
    draft = _draft(case, target_language)
    report, related = Report(draft, []), []
    for spec in case.witnesses:
        try:
            witness = _document(spec.path, spec.language, spec.name, source_language, "--from")
        except InputError as fault:
            yield Stretch(fault.line or 1, spec.name, "", "", f"{spec.path.name}: {fault.what}")
            continue
        beads = bead_alignment.align(witness, draft)
        if bead_alignment.relatedness(witness, draft, beads) < bead_alignment.UNRELATED:
            yield Stretch(1, spec.name, "", "", f"{spec.path.name}: shares nothing with the draft that could be aligned")
            continue
        report.beads[witness.name] = beads
        related.append(witness)
        for bead in beads:
            if bead.source and bead.target:
                yield Stretch(draft.line_of(draft.segments[bead.target[0]].start), witness.name,
                              side(witness, bead.source).text, side(draft, bead.target).text)
    compare_gaps(report, related, Plan())
    texts = {document.name: document for document in (draft, *related)}
    for gap in report.findings:
        span = gap.source or gap.target
        yield Stretch(texts[span.document].line_of(span.start), gap.witness, gap.source.text if gap.source else "", gap.target.text if gap.target else "")


def _draft(case: Case, language: str) -> Document:
    return _document(case.draft, case.language, case.draft.name, language, "--to")


def _document(path: Path, language: str | None, name: str, wanted: str, option: str) -> Document:
    from ..documents import read

    document = read(path, language=language, name=name)
    if document.language.split("-")[0] != wanted.split("-")[0]:
        raise InputError(path, f"is {document.language}, and this audit reads {wanted} there", f"Give another {option} for it, in an audit of its own")
    return document
