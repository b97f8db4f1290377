"""SARIF 2.1.0 (OASIS), for code-scanning pages and editors: one run a report."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .. import __version__
from ..finding import Finding, Report, Severity
from ..text import Document, Span, visible
from .json import dumps, plain
from .rules import rule
from .text import told_apart
from .where import file_name, in_order, region, spot

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.CRITICAL: "error", Severity.MAJOR: "error", Severity.MINOR: "warning", Severity.NEUTRAL: "note"}
_TYPES = {"text": "text/plain", "markdown": "text/markdown", "html": "text/html", "srt": "application/x-subrip",
          "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def render(report: Report) -> str:
    checks = sorted({f.check for f in report.findings} | {s.finding.check for s in report.suppressed})
    documents = [report.draft, *report.witnesses]
    results = [_result(report, finding, checks) for finding in in_order(report)]
    for entry in report.suppressed:
        kind = "inSource" if entry.inline else "external"
        results.append(_result(report, entry.finding, checks) | {"suppressions": [
            {"kind": kind, "status": "accepted", "justification": visible(entry.said)}]})
    run = log(checks, results, [*report.notes, *(f"{d.name}: {w}" for d in documents for w in d.warnings)])
    run["runs"][0] |= {
        "artifacts": [_artifact(d, number) for number, d in enumerate(documents)],
        "automationDetails": {"id": f"verify/{file_name(report.draft)}/"},
        "properties": {"title": report.title, "signature": report.signature},
    }
    return dumps(run, 1) + "\n"


def log(checks: list[str], results: Iterable[dict], notes: Iterable[str]) -> dict[str, Any]:
    """The whole of a SARIF log around `results`, whose `ruleIndex` counts in `checks`."""
    return {
        "$schema": SCHEMA, "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "verify", "version": __version__, "semanticVersion": __version__,
                                "shortDescription": {"text": "Does this translation still say what the original said?"},
                                "rules": [_rule(check) for check in checks]}},
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": [
                {"level": "note", "message": {"text": visible(note)}} for note in notes]}],
            "results": list(results),
        }],
    }


def uri(path: str) -> str:
    """A path as a relative reference, or a file URI if it is absolute."""
    return Path(path).as_uri() if Path(path).is_absolute() else quote(path)


def plain_words(text: str) -> str:
    """Text of a message in which nothing is a link (SARIF 2.1.0, 3.11.6) or steers a terminal."""
    return visible(text).replace("](", "] (")


def _rule(check: str) -> dict[str, Any]:
    about = rule(check)
    return {"id": check, "name": about.name, "shortDescription": {"text": about.short},
            "fullDescription": {"text": f"{about.short} {about.help}"},
            "help": {"text": about.help, "markdown": about.help}, "properties": {"tags": ["translation"]}}


def _result(report: Report, finding: Finding, checks: list[str]) -> dict[str, Any]:
    witness = next((w for w in report.witnesses if w.name == finding.witness), None)
    start, end = spot(report, finding)
    names = [finding.witness] if finding.witness else []
    told = [plain_words(text) for text in (finding.message, told_apart(finding, names), finding.suggestion and f"Try: {finding.suggestion}") if text]
    if witness and finding.source:
        words = re.sub(r"([][\\])", r"\\\1", visible(finding.source.text)) or "here"
        told.append(f"In {plain_words(witness.name)}: [{words}](1).")
    result: dict[str, Any] = {
        "ruleId": finding.check, "ruleIndex": checks.index(finding.check), "level": LEVELS[finding.severity],
        "message": {"text": " ".join(told)},
        "locations": [{"physicalLocation": _physical(report.draft, start, end, finding.target)}],
        "partialFingerprints": {"verify/v1": finding.fingerprint},
        "rank": round(100 * float(finding.confidence), 2),
        "properties": {"severity": finding.severity.value, "category": finding.category.value, "witness": finding.witness,
                       "confidence": round(float(finding.confidence), 4), "agreesWith": list(finding.agrees_with),
                       "changedOnWayTo": finding.changed_on_way_to,
                       "evidence": plain(finding.evidence), "tags": [finding.category.value]},
    }
    if witness and finding.source:
        result["relatedLocations"] = [{"id": 1, "message": {"text": f"the original, {visible(witness.name)}"},
                                       "physicalLocation": _physical(witness, finding.source.start, finding.source.end, finding.source)}]
    return result


def _physical(document: Document, start: int, end: int, span: Span | None) -> dict[str, Any]:
    at = region(document, start, end)
    place = {"startLine": at.line, "startColumn": at.column, "endLine": at.end_line, "endColumn": at.end_column,
             "charOffset": start, "charLength": end - start}
    if span and span.text:
        place["snippet"] = {"text": span.text}
    return {"artifactLocation": _location(document), "region": place}


def _location(document: Document) -> dict[str, Any]:
    name = file_name(document)
    return {"uri": uri(name)} if Path(name).is_absolute() else {"uri": uri(name), "uriBaseId": "SRCROOT"}


def _artifact(document: Document, number: int) -> dict[str, Any]:
    artifact = {"location": _location(document), "description": {"text": visible(document.name)},
                "roles": ["analysisTarget"] if number == 0 else ["referencedOnCommandLine"],
                "properties": {"language": document.language, "format": document.format}}
    if document.path:
        artifact["mimeType"] = _TYPES.get(document.format, "text/plain")
        if document.format != "docx":
            artifact["encoding"] = document.encoding
        with suppress(OSError):  # it was read from a pipe, or is gone: the findings stand all the same
            artifact["hashes"] = {"sha-256": hashlib.sha256(Path(document.path).read_bytes()).hexdigest()}
    return artifact
