"""After an edit: only the beads that the edit touched are compared anew; all else moves with the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .. import pipeline
from ..agreement import settled
from ..align import quotes as quote_alignment
from ..finding import Bead, Finding, Report
from ..gaps import compare_gaps
from ..nuance import checks
from ..plan import Plan
from ..report.excerpt import segments_at
from ..text import Document, Quote, Segment, Span
from ..translate.engine import Engine, Translation


@dataclass(frozen=True)
class Change:
    """Draft segments [first, last) became [first, last + extra); text after them moved by `moved` characters."""

    first: int
    last: int
    extra: int
    moved: int

    @classmethod
    def between(cls, before: Document, after: Document) -> Change:
        old, new = ([(s.text, s.kind) for s in d.segments] for d in (before, after))
        first, least = 0, min(len(old), len(new))
        while first < least and old[first] == new[first]:
            first += 1
        same = 0
        while same < least - first and old[-1 - same] == new[-1 - same]:
            same += 1
        last, extra = len(old) - same, len(new) - len(old)
        if first == last and extra > 0:  # nothing was replaced: what came in belongs to its neighbour
            first, last = (first - 1, last) if first else (first, last + 1)
        return cls(first, last, extra, len(after.text) - len(before.text))

    def segment(self, index: int) -> int:
        """Where an unchanged segment stands now."""
        return index + self.extra if index >= self.last else index

    def now(self) -> range:
        return range(self.first, self.last + self.extra)


def recheck(report: Report, draft: Document, plan: Plan, engine: Engine | None) -> Report:
    """The report for `draft`, which is `report.draft` with a few sentences edited; `report` is left as it is.

    The alignment is kept: beads of changed sentences keep their witness side. Findings of beads, sentences and
    quotes that the edit did not touch are kept with their fingerprints.
    """
    change = Change.between(report.draft, draft)
    old_quotes = {(q.start, q.text): q for q in draft.quotes}
    kept_quotes = {(q.start, q.end): new for q in report.draft.quotes if (new := _same_quote(q, change, report.draft, old_quotes))}
    fresh_quotes = [q for q in draft.quotes if not any(q is new for new in kept_quotes.values())]
    # The neighbours too, for a sentence that was taken out leaves its bead to them; and all sentences of a quote.
    touched = {i for i in range(change.first - 1, change.last + change.extra + 1) if 0 <= i < len(draft.segments)}
    while more := [q for q in draft.quotes if touched & set(q.segments) and not any(q is f for f in fresh_quotes)]:
        fresh_quotes += more
        touched |= {i for q in fresh_quotes for i in q.segments}
    touched |= {i for q in fresh_quotes for i in q.segments}
    after = Report(draft, report.witnesses, notes=list(report.notes), signature=report.signature, title=report.title, dateline=report.dateline)
    numbers: dict[str, dict[int, int]] = {}
    again: dict[str, set[int]] = {}
    for witness in report.witnesses:
        name = witness.name
        after.beads[name], numbers[name] = moved_beads(report.beads.get(name, []), change)
        again[name] = {n for n, bead in enumerate(after.beads[name]) if touched & set(bead.target)}
        for old, new in ((report.back_translations, after.back_translations), (report.scores, after.scores)):
            if name in old:
                new[name] = {m: value for n, value in old[name].items() if (m := numbers[name].get(n)) is not None and m not in again[name]}
    for pair in report.quotes:
        if (new := kept_quotes.get((pair.target.start, pair.target.end))) and not any(new is q for q in fresh_quotes):
            after.quotes.append(replace(pair, target=new))
    still = lambda findings: [moved for f in findings if (moved := _moved(f, report, change, numbers, again, touched))]
    kept = still(report.findings)
    after.findings = list(kept)
    _compare(after, touched, again, fresh_quotes, plan, engine)
    found = after.findings[len(kept):]
    fresh = settled(after, found, plan, engine, beside=kept)
    after.doubts = None if report.doubts is None else still(report.doubts) + [f for f in found if f.confidence < plan.min_confidence]
    after.findings = sorted(kept + fresh, key=lambda f: (_start(after, f), -f.severity.weight, f.witness))
    return after


def moved_beads(beads: Sequence[Bead], change: Change) -> tuple[list[Bead], dict[int, int]]:
    """Beads of the edited draft, and old number → new number.

    Where the number of sentences changed, beads that hold changed ones become one bead.
    """
    out: list[Bead] = []
    numbers: dict[int, int] = {}
    joined: int | None = None  # the bead that holds what was changed
    for number, bead in enumerate(beads):
        changed = any(change.first <= j < change.last for j in bead.target)
        target = [change.segment(j) for j in bead.target if not change.first <= j < change.last]
        if changed and not change.extra:
            target += [j for j in bead.target if change.first <= j < change.last]
        elif changed and joined is not None:
            into = out[joined]
            out[joined] = replace(into, source=tuple(sorted({*into.source, *bead.source})), target=tuple(sorted({*into.target, *target})))
            numbers[number] = joined
            continue
        elif changed:
            joined = len(out)
            target += change.now()
        if target or bead.source:
            numbers[number] = len(out)
            out.append(replace(bead, target=tuple(sorted(target))))
    return out, numbers


def _compare(report: Report, touched: set[int], again: dict[str, set[int]], quotes: list[Quote], plan: Plan, engine: Engine | None) -> None:
    active = checks(plan.select, plan.ignore, **plan.check_options)
    draft = report.draft
    some = replace(draft, quotes=quotes)
    related = [w for w in report.witnesses if report.beads[w.name]]
    for witness in related:
        able = engine if engine and engine.supports(draft.language, witness.language) else None
        beads = report.beads[witness.name]
        needed = sorted(touched | {j for n in again[witness.name] for j in beads[n].target})
        back = _translated(able, draft.segments, needed, draft.language, witness.language) if able and plan.back_translation else None
        pipeline.compare_beads(report, witness, beads, back, active, able, plan, only=again[witness.name])
        if quotes:
            texts = [t.text if t else "" for t in back] if back else None
            pairs = quote_alignment.pair_quotes(some, witness, beads, back_translations=texts)
            report.quotes += pairs
            pipeline.compare_quotes(report, witness, beads, pairs, active, able)
    gaps = Report(draft, report.witnesses, beads=report.beads, quotes=report.quotes)
    compare_gaps(gaps, related, plan)
    report.findings += gaps.findings


def _translated(engine: Engine, segments: Sequence[Segment], needed: Sequence[int], source: str, target: str) -> list[Translation | None]:
    out: list[Translation | None] = [None] * len(segments)
    for index, done in zip(needed, pipeline.translate_segments(engine, [segments[i] for i in needed], source, target)):
        out[index] = done
    return out


def _same_quote(quote: Quote, change: Change, draft: Document, now: dict[tuple[int, str], Quote]) -> Quote | None:
    """The quote of the edited draft that is this one, unless it touches what was changed."""
    if any(change.first <= i < change.last for i in quote.segments):
        return None
    after = change.last < len(draft.segments) and quote.start >= draft.segments[change.last].start
    found = now.get((quote.start + (change.moved if after else 0), quote.text))
    return found if found and (found.speaker, found.verb) == (quote.speaker, quote.verb) else None


def _moved(finding: Finding, report: Report, change: Change, numbers: dict, again: dict, touched: set[int]) -> Finding | None:
    """The finding where its words stand now; None if it is to be found anew."""
    number = finding.evidence.get("bead")
    if number is None and (finding.check in ("omission", "addition") or finding.unheld):  # gaps are looked for in the whole text
        return None
    if number is not None:
        number = numbers.get(finding.witness, {}).get(number)
        if number is None or number in again.get(finding.witness, ()):
            return None
        finding = finding.with_(evidence={**finding.evidence, "bead": number})
    if finding.target is None:
        return finding
    at = segments_at(report.draft, finding.target.start, finding.target.end)
    if any(change.first <= i < change.last or change.segment(i) in touched for i in at):
        return None
    step = change.moved if at and at[0] >= change.last else 0
    return finding.with_(target=Span(finding.target.document, finding.target.start + step, finding.target.end + step, finding.target.text))


def _start(report: Report, finding: Finding) -> int:
    if finding.target:
        return finding.target.start
    number = finding.evidence.get("bead")
    bead = report.beads[finding.witness][number] if number is not None else None
    return report.draft.segments[bead.target[0]].start if bead and bead.target else len(report.draft.text)


