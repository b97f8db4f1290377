"""The tab-separated format of Marot, Google's viewer of MQM annotations: a line an error, ten columns.

A bead is a segment, a witness a document; beads without findings have a line "no-error". Words marked are
between <v> and </v>, and given as token indexes (first and last, both inside).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..finding import Finding, Report
from ..text import Document, visible
from .excerpt import Piece, marked_segments
from .groups import bead_of
from .json import dumps, plain

COLUMNS = ("system", "doc", "docSegId", "globalSegId", "rater", "source", "target", "category", "severity", "metadata")
RATER = "verify"
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|\s+|[^\s\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")


def render(report: Report) -> str:
    lines = ["\t".join(COLUMNS)]
    number = 0
    for witness in report.witnesses:
        found: dict[int, list[Finding]] = {}
        beads = report.beads.get(witness.name, [])
        index = {id(bead): n for n, bead in enumerate(beads)}
        for finding in report.findings:
            bead = bead_of(report, finding) if finding.witness == witness.name else None
            if bead is not None:
                found.setdefault(index[id(bead)], []).append(finding)
        name = f"{report.draft.name}/{witness.name}:{witness.language}-{report.draft.language}"
        for n, bead in enumerate(beads):
            number += 1
            for first, finding in enumerate(found.get(n) or [None]):
                metadata: dict[str, Any] = {}
                texts = []
                for side, document, segments, span in (("source", witness, bead.source, finding and finding.source),
                                                       ("target", report.draft, bead.target, finding and finding.target)):
                    marks = [(span.start, span.end, True)] if span else []
                    parts = _clean(marked_segments(document, segments, marks)) if segments else []
                    texts.append("".join(f"<v>{text}</v>" if on else text for text, on in parts))
                    tokens, spans = _tokens(parts, _cuts(document, segments, found.get(n, []), side))
                    if spans:
                        metadata[f"{side}_spans"] = spans
                    if not first:
                        metadata.setdefault("segment", {})[f"{side}_tokens"] = tokens
                if finding:
                    marked = finding.target or finding.source
                    metadata |= {"note": finding.message, "marked_text": marked.text if marked else "",
                                 "confidence": round(float(finding.confidence), 4), "fingerprint": finding.fingerprint}
                if not first:
                    metadata["segment"]["metrics"] = {"similarity": plain(round(float(bead.score), 4))}
                if number == 1 and not first:
                    metadata["evaluation"] = {"source_language": witness.language, "target_language": report.draft.language,
                                              "signature": report.signature}
                cells = [report.draft.name, name, n + 1, number, RATER, *texts, *_kind(finding), dumps(metadata)]
                lines.append("\t".join(re.sub(r"[\t\r\n]+", " ", str(cell)) for cell in cells))
    return "\n".join(lines) + "\n"


def _kind(finding: Finding | None) -> tuple[str, str]:
    """Category and severity as MQM annotators write them: Accuracy/Wrong term, Major."""
    if finding is None:
        return "no-error", "no-error"
    return "/".join(part.replace("-", " ").capitalize() for part in finding.category.value.split("/")), finding.severity.value.capitalize()


def _clean(parts: Sequence[Piece]) -> list[tuple[str, bool]]:
    """(text, marked): neighbours of a kind joined, and no text of the document taken for our marks."""
    out: list[tuple[str, bool]] = []
    for text, labels in parts:
        text, on = re.sub(r"<(/?v)>", r"‹\1›", visible(text)), bool(labels)
        if out and out[-1][1] == on:
            out[-1] = (out[-1][0] + text, on)
        elif text:
            out.append((text, on))
    return out


def _cuts(document: Document, segments: Sequence[int], findings: Sequence[Finding], side: str) -> set[int]:
    """Where a token has to end for every mark of this segment to hold whole tokens."""
    cuts: set[int] = set()
    for finding in findings:
        span = getattr(finding, side)
        if span and segments:
            at = 0
            for text, _ in _clean(marked_segments(document, segments, [(span.start, span.end, True)])):
                at += len(text)
                cuts.add(at)
    return cuts


def _tokens(parts: Sequence[tuple[str, bool]], cuts: set[int]) -> tuple[list[str], list[list[int]]]:
    """Tokens (a CJK character, a run of others, white space) that join to the text; the marked ones as [first, last]."""
    text = "".join(part for part, _ in parts)
    edges = sorted({m.end() for m in _TOKEN.finditer(text)} | {cut for cut in cuts if cut <= len(text)} | {0})
    tokens = [text[a:b] for a, b in zip(edges, edges[1:], strict=False)]
    begins = {edge: n for n, edge in enumerate(edges)}
    spans, at = [], 0
    for part, on in parts:
        if on:
            spans.append([begins[at], begins[at + len(part)] - 1])
        at += len(part)
    return tokens, spans
