"""A report that `verify check --format json` wrote, as a Report again.

Its documents are read from their files where those still hold the same sentences; else each is put together
from the sentences in the report, and the page shows them without checking anything anew.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ..finding import Bead, Category, Finding, QuotePair, Report, Severity
from ..text import Document, InputError, Quote, QuoteKind, Segment, Span

MAX_BYTES = 1 << 29


def read_report(path: Path) -> tuple[Report, bool]:
    """The report, and whether all its documents were read from their files.

    A file is read only from the folder of the report or of the caller, or below: a report that somebody sent
    names no other. Raises InputError for what is no report.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(path, "is over 512 MB", "Run verify review on the case itself")
        data = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise InputError(path, (error.strerror or "cannot be read").lower(), "Check the name") from error
    except (ValueError, RecursionError) as error:
        raise InputError(path, "is not JSON", "Write it with: verify check … --format json --out FILE") from error
    try:
        return _report(data, path)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise InputError(path, f"is no report of verify check ({type(error).__name__}: {error})",
                         "Write it with: verify check … --format json --out FILE") from error


def _report(data: dict[str, Any], path: Path) -> tuple[Report, bool]:
    names = [data["draft"], *data["witnesses"]]
    read = {name: _from_file(name, data, path) for name in names}
    documents = {name: read[name] or _from_report(name, data) for name in names}
    draft, witnesses = documents[data["draft"]], [documents[name] for name in data["witnesses"]]
    report = Report(draft, witnesses, title=str(data.get("title", "")), signature=str(data.get("signature", "")),
                    notes=[str(note) for note in data.get("notes", [])], dateline=date.fromisoformat(data["date"]) if data.get("date") else None)
    for witness in witnesses:
        witness.relays = data["documents"][witness.name].get("relays")
        witness.origin = str(data["documents"][witness.name].get("origin", ""))
        beads = [b for b in data["beads"] if b["witness"] == witness.name]
        report.beads[witness.name] = [Bead(_known(b["source"], witness), _known(b["target"], draft), float(b["score"] or 0)) for b in beads]
        report.back_translations[witness.name] = {n: b["back_translation"] for n, b in enumerate(beads) if b.get("back_translation")}
        report.scores[witness.name] = {n: dict(b["evidence"]) for n, b in enumerate(beads) if b.get("evidence")}
    report.findings = [_finding(f) for f in data["findings"]]
    report.doubts = None if data.get("doubts") is None else [_finding(f) for f in data["doubts"]]
    report.quotes = [pair for entry in data["quotes"] for pair in _pairs(entry, documents)]
    return report, all(read.values())


def _known(indexes: list[int], document: Document) -> tuple[int, ...]:
    return tuple(i for i in sorted(map(int, indexes)) if 0 <= i < len(document.segments))


def _from_file(name: str, data: dict[str, Any], report: Path) -> Document | None:
    from ..documents import read

    about = data["documents"][name]
    if not about.get("path"):
        return None
    homes = [report.resolve().parent, Path.cwd()]
    for base in homes:
        path = (base / about["path"]).resolve()
        if path.is_file() and any(path.is_relative_to(home) for home in homes):
            try:
                document = read(path, language=about["language"], name=name)
            except InputError:
                continue
            if [s.text for s in document.segments] == [s["text"] for s in data["segments"][name]]:
                return document
    return None


def _from_report(name: str, data: dict[str, Any]) -> Document:
    about = data["documents"][name]
    segments = [Segment(str(s["text"]), int(s["start"]), int(s["end"]), n, str(s.get("kind", "text"))) for n, s in enumerate(data["segments"][name])]
    text: list[str] = []
    length = 0
    for segment in segments:
        if segment.start < length or segment.start > MAX_BYTES:
            raise ValueError(f"segments of {name} are out of order")
        words = segment.text[:segment.end - segment.start].ljust(segment.end - segment.start)
        text += [" " * (segment.start - length), words]
        length = segment.end
    language = str(about["language"])
    return Document(name, language, "".join(text), segments, [], None, str(about.get("format", "text")), str(about.get("encoding", "utf-8")))


def _span(value: dict[str, Any] | None) -> Span | None:
    return None if value is None else Span(str(value["document"]), int(value["start"]), int(value["end"]), str(value["text"]))


def _finding(value: dict[str, Any]) -> Finding:
    return Finding(str(value["check"]), Category(value["category"]), Severity(value["severity"]), str(value["message"]), _span(value["source"]),
                   _span(value["target"]), float(value["confidence"]), str(value["witness"]), str(value.get("suggestion", "")),
                   dict(value.get("evidence", {})), tuple(map(str, value.get("agrees_with", []))), str(value.get("changed_on_way_to", "")))


def _pairs(entry: dict[str, Any], documents: dict[str, Document]) -> list[QuotePair]:
    target = _quote(entry["target"], entry, documents)
    return [QuotePair(target, _quote(w["source"], w, documents) if w["source"] else None, name, float(w["score"] or 0), str(w["back_translation"] or ""))
            for name, w in entry["witnesses"].items()]


def _quote(place: dict[str, Any], about: dict[str, Any], documents: dict[str, Document]) -> Quote:
    """The document's own quote at that place, which knows its parts and its verb's place; else what the report says."""
    document = documents[place["document"]]
    own = next((q for q in document.quotes if (q.start, q.end) == (place["start"], place["end"])), None)
    told = Quote(str(place["text"]), int(place["start"]), int(place["end"]), QuoteKind(about["kind"]), speaker=about["speaker"], verb=about["verb"])
    return replace(own, speaker=told.speaker, verb=told.verb) if own else told
