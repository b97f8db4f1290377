"""What an exported file says about a finding to whoever opens it, in a word processor or a CAT tool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..decisions import ACCEPTED, DISMISSED, Decision, Decisions
from ..finding import Finding, Report
from ..report.groups import back_translation_of, merged
from ..report.text import told_apart
from ..report.where import in_order
from ..text import visible


@dataclass(frozen=True)
class Remark:
    """One finding, once for all witnesses of which it says the same, and what it says in lines."""

    finding: Finding
    lines: tuple[str, ...]


def remarks(report: Report, decisions: Decisions | Mapping[str, Decision]) -> list[Remark]:
    """In the draft's order, without what an editor dismissed."""
    current = decisions.current() if isinstance(decisions, Decisions) else decisions
    kept = [f for f in in_order(report) if not ((d := current.get(f.fingerprint)) and d.state == DISMISSED)]
    out = []
    for finding, names in merged(kept):
        decision = current.get(finding.fingerprint)
        accepted = decision if decision and decision.state == ACCEPTED else None
        back = back_translation_of(report, finding)
        lines = [f"{finding.severity.value} {finding.check}: {finding.message}", told_apart(finding, names),
                 f"{finding.witness}: {finding.source.text}" if finding.source else "", f"The draft, translated back: {back}" if back else "",
                 f"Try: {finding.suggestion}" if finding.suggestion else "",
                 f"Accepted as a fault by {accepted.author}, {accepted.time[:10]}. {accepted.reason}".strip() if accepted else ""]
        out.append(Remark(finding, tuple(visible(line) for line in lines if line)))
    return out
