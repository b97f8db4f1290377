"""Findings in the order and company in which an editor reads them: by place in the draft, one group a place.

Findings whose draft sentences meet share a group, so a sentence is printed once however much is off in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..finding import Bead, Finding, Report
from ..text import Document
from .excerpt import segments_at


@dataclass
class Original:
    """One witness's side of a group: its segments at this place, and the draft's words translated back."""

    witness: Document
    segments: list[int] = field(default_factory=list)
    back_translation: str = ""


@dataclass
class Group:
    """`segments` of the draft; empty: the draft has nothing here, and `start` is where it would stand."""

    start: int
    segments: list[int]
    findings: list[Finding]
    originals: list[Original] = field(default_factory=list)


def groups(report: Report) -> list[Group]:
    """All findings, grouped, by place; inside a group the gravest first."""
    placed = sorted(((*place_in_draft(report, f), f) for f in report.findings), key=lambda item: (item[0], bool(item[1])))
    out: list[Group] = []
    for start, segments, finding in placed:
        last = out[-1] if out else None
        same_gap = last and not segments and not last.segments and last.start == start
        if last and (same_gap or set(segments) & set(last.segments)):
            last.segments = sorted(set(last.segments) | set(segments))
            last.findings.append(finding)
        else:
            out.append(Group(start, list(segments), [finding]))
    for group in out:
        starts = [f.target.start for f in group.findings if f.target]
        group.start = min(starts) if starts else group.start
        group.findings.sort(key=lambda f: (-f.severity.weight, -f.confidence))
        names = dict.fromkeys(f.witness for f in group.findings)
        group.originals = [o for w in report.witnesses if w.name in names and (o := _original(report, w, group))]
    return out


def bead_of(report: Report, finding: Finding) -> Bead | None:
    """The bead that a finding came from: the one it names, else the one its spans lie in."""
    beads = report.beads.get(finding.witness, [])
    number = finding.evidence.get("bead")
    if isinstance(number, int) and 0 <= number < len(beads):
        return beads[number]
    witness = next((w for w in report.witnesses if w.name == finding.witness), None)
    if finding.target:
        touched = set(segments_at(report.draft, finding.target.start, finding.target.end))
        return next((b for b in beads if touched & set(b.target)), None)
    if finding.source and witness:
        touched = set(segments_at(witness, finding.source.start, finding.source.end))
        return next((b for b in beads if touched & set(b.source)), None)
    return None


def back_translation_of(report: Report, finding: Finding) -> str:
    """The draft's words at a finding, translated back: the finding's own evidence, else that of its bead; empty if none."""
    if text := finding.evidence.get("back_translation"):
        return text
    bead = bead_of(report, finding)
    return report.back_translations.get(finding.witness, {}).get(report.beads[finding.witness].index(bead), "") if bead else ""


def merged(findings: Sequence[Finding]) -> list[tuple[Finding, list[str]]]:
    """Findings that say the same of the same words of the draft, once, with the witnesses they differ from."""
    out: dict[tuple, tuple[Finding, list[str]]] = {}
    for finding in findings:
        key = (finding.check, finding.severity, finding.target, finding.message, finding.suggestion)
        first, names = out.setdefault(key, (finding, []))
        if finding.witness and finding.witness not in names:
            names.append(finding.witness)
        if finding.confidence > first.confidence:
            out[key] = (replace(first, confidence=finding.confidence), names)
    return list(out.values())


def place_in_draft(report: Report, finding: Finding) -> tuple[int, list[int]]:
    """Offset in the draft, and the draft's segments there (none where the draft has nothing)."""
    if finding.target:
        touched = segments_at(report.draft, finding.target.start, finding.target.end)
        return (report.draft.segments[touched[0]].start if touched else finding.target.start), touched
    bead = bead_of(report, finding)
    if bead and bead.target:
        return report.draft.segments[bead.target[0]].start, list(bead.target)
    before = 0
    for other in report.beads.get(finding.witness, []):
        if other is bead:
            break
        if other.target:
            before = report.draft.segments[other.target[-1]].end
    return before, []


def _original(report: Report, witness: Document, group: Group) -> Original:
    original = Original(witness)
    touched: set[int] = set()
    for finding in group.findings:
        if finding.witness != witness.name:
            continue
        bead = bead_of(report, finding)
        if finding.source:
            touched |= set(segments_at(witness, finding.source.start, finding.source.end))
        elif bead:
            touched |= set(bead.source)
        text = back_translation_of(report, finding)
        if text and text not in original.back_translation:
            original.back_translation = f"{original.back_translation} {text}".strip()
    original.segments = sorted(touched)
    return original
