"""The report for machines: one JSON object, in the shape that docs/ci.md tells; the same dictionaries serve other commands."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping
from enum import Enum
from typing import Any

from ..finding import Finding, Report
from ..text import Document, Quote, Span, escaped
from .quote_table import quote_rows


def render(report: Report, *, indent: int | None = 2) -> str:
    return dumps(report_to_dict(report), indent) + "\n"


def dumps(value: Any, indent: int | None = None) -> str:
    """JSON of anything plain; characters that could steer a terminal are written as \\uXXXX."""
    return escaped(json.dumps(plain(value), ensure_ascii=False, indent=indent, allow_nan=False))


def report_to_dict(report: Report) -> dict[str, Any]:
    documents = [report.draft, *report.witnesses]
    return {
        "title": report.title,
        "draft": report.draft.name,
        "date": report.dateline.isoformat() if report.dateline else None,
        "witnesses": [w.name for w in report.witnesses],
        "documents": {d.name: document_to_dict(d) for d in documents},
        "segments": {d.name: [{"text": s.text, "start": s.start, "end": s.end, "kind": s.kind} for s in d.segments]
                     for d in documents},
        "beads": [bead for w in report.witnesses for bead in _beads(report, w.name)],
        "quotes": quotes_to_list(report),
        "findings": [finding_to_dict(f) for f in report.findings],
        "doubts": None if report.doubts is None else [finding_to_dict(f) for f in report.doubts],
        "notes": list(report.notes),
        "signature": report.signature,
    }


def finding_to_dict(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "category": finding.category.value,
        "severity": finding.severity.value,
        "confidence": round(float(finding.confidence), 4),
        "message": finding.message,
        "suggestion": finding.suggestion,
        "source": span_to_dict(finding.source),
        "target": span_to_dict(finding.target),
        "witness": finding.witness,
        "agrees_with": list(finding.agrees_with),
        "changed_on_way_to": finding.changed_on_way_to,
        "evidence": plain(finding.evidence),
        "fingerprint": finding.fingerprint,
    }


def span_to_dict(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"document": span.document, "start": span.start, "end": span.end, "text": span.text}


def document_to_dict(document: Document) -> dict[str, Any]:
    return {"path": str(document.path) if document.path else None, "language": document.language, "format": document.format,
            "encoding": document.encoding, "warnings": list(document.warnings), "relays": document.relays, "origin": document.origin}


def quotes_to_list(report: Report) -> list[dict[str, Any]]:
    """One entry a quote of the draft; a witness that was asked and has no counterpart has `"source": null`."""
    out = []
    for row in quote_rows(report):
        witnesses = {}
        for name, pair in row.pairs.items():
            witnesses[name] = {
                "source": _quote_span(name, pair.source),
                "speaker": pair.source.speaker if pair.source else None,
                "verb": pair.source.verb if pair.source else None,
                "kind": pair.source.kind.value if pair.source else None,
                "back_translation": pair.back_translation,
                "score": plain(round(float(pair.score), 4)),
            }
        out.append({"target": _quote_span(report.draft.name, row.target), "kind": row.target.kind.value,
                    "speaker": row.speaker, "verb": row.verb, "witnesses": witnesses})
    return out


def plain(value: Any) -> Any:
    """`value` as JSON can hold it: enums by value, dataclasses and mappings as objects, numbers without NaN."""
    if value is None or isinstance(value, (bool, int)) and not isinstance(value, Enum):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(map(plain, value), key=str)
    if hasattr(value, "tolist"):  # numpy scalars and arrays
        return plain(value.tolist())
    return str(value)  # a path; a date or a decimal of a database


def _quote_span(document: str, quote: Quote | None) -> dict[str, Any] | None:
    return None if quote is None else {"document": document, "start": quote.start, "end": quote.end, "text": quote.text}


def _beads(report: Report, witness: str) -> list[dict[str, Any]]:
    back, scores = report.back_translations.get(witness, {}), report.scores.get(witness, {})
    return [{"witness": witness, "source": list(bead.source), "target": list(bead.target),
             "score": plain(round(float(bead.score), 4)), "back_translation": back.get(number),
             "evidence": plain(scores.get(number, {}))}
            for number, bead in enumerate(report.beads.get(witness, []))]
