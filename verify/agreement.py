"""What the other witnesses say of a finding: whom the draft follows there, and where on its way the text changed."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .finding import Finding, Report, Severity
from .plan import Plan
from .text import Span, relayed
from .translate.engine import Engine

TOGETHER = 0.5  # a witness bears out words of the draft that another is silent about if its own text there belongs to them with this probability


def settled(report: Report, findings: Sequence[Finding], plan: Plan, engine: Engine | None, beside: Sequence[Finding] = ()) -> list[Finding]:
    """`findings` that are sure enough, each with the other witnesses that the draft does follow there, by place.

    `beside` are findings settled before: they count as differences of their witnesses, and are not returned.

    Only a witness that the engine reads can be agreed with: where checks read by vocabulary alone, silence is no assent.
    """
    judged = {w.name for w in report.witnesses if engine is None or engine.supports(report.draft.language, w.language)}
    by_witness: dict[str, list[Finding]] = {}
    for finding in (*findings, *beside):
        by_witness.setdefault(finding.witness, []).append(finding)

    def covers(name: str, span: Span, least: float = -math.inf) -> bool:
        """Whether a bead of that witness, of that score at least, takes in a part of the span. A bead made by force has a low one."""
        return any(bead.source and bead.score >= least and any(draft.segments[j].start < span.end and span.start < draft.segments[j].end for j in bead.target)
                   for bead in report.beads.get(name, []))

    draft = report.draft
    placed = []
    for finding in findings:
        if finding.confidence < plan.min_confidence:
            continue
        place = finding.target or _place_in_draft(report, finding)
        if place and not finding.unheld:  # no witness bears that out, however well its sentence goes with the draft's
            agrees = tuple(
                w.name for w in report.witnesses
                if w.name != finding.witness and w.name in judged and covers(w.name, place)
                and not any(other.check == finding.check and _same_place(report, other, place) for other in by_witness.get(w.name, [])))
            finding = finding.with_(agrees_with=agrees, changed_on_way_to=_first_relay(report, finding.witness, agrees))
            if finding.source is None and any(covers(name, place, TOGETHER) for name in agrees) and finding.severity >= Severity.MAJOR:
                finding = finding.with_(severity=Severity.MINOR)
        placed.append((place.start if place else len(draft.text), finding))
    return [finding for _, finding in sorted(placed, key=lambda item: (item[0], -item[1].severity.weight, item[1].witness))]


def _first_relay(report: Report, witness: str, among: Sequence[str]) -> str:
    """Of the witnesses `among`, the nearest that relays `witness`, itself or by way of others; "" if none does."""
    relays = {w.name: w.relays for w in report.witnesses}
    hops = {name: chain.index(witness) for name in among if witness in (chain := relayed(name, relays))}
    return min(hops, key=hops.__getitem__, default="")


def _place_in_draft(report: Report, finding: Finding) -> Span | None:
    """Where in the draft a finding without a target span belongs: its bead's draft side."""
    number = finding.evidence.get("bead")
    if number is None:
        return None
    segments = [report.draft.segments[j] for j in report.beads[finding.witness][number].target]
    return Span(report.draft.name, segments[0].start, segments[-1].end) if segments else None


def _same_place(report: Report, finding: Finding, place: Span) -> bool:
    other = finding.target or _place_in_draft(report, finding)
    return bool(other) and other.start < place.end and place.start < other.end
