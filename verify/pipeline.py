"""The journey: documents → align → translate → evidence → nuance → Report.

Every command walks it; none has a path of its own. `score` and `audit` enter at `run_checks`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from .align import beads as bead_alignment
from .align import quotes as quote_alignment
from .align import words
from .evidence import detector, estimator, likelihood, round_trip
from .finding import Bead, Category, Finding, QuotePair, Report, Severity
from .languages import get
from .nuance import Check, Comparison, Side, checks, ranking, suspicion, word_doubts
from .nuance.echoes import one_a_word, without_echoes
from .nuance.speakers import speaker_findings
from .nuance.word_evidence import word_rows
from .text import Document, InputError, Segment, Span, relayed
from .translate.engine import Engine, Translation

Progress = Callable[[str, int, int], None]  # what, done, of how many

# A witness is a parallel text, from which a missing sentence is an omission, when this share of it is aligned.
PARALLEL = 0.6

# A witness bears out words of the draft that another is silent about if its own text there belongs to them with this probability.
TOGETHER = 0.5


@dataclass
class Plan:
    """What a run needs to know beside the texts; `settings` of the command line become one."""

    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    min_confidence: float = 0.3
    check_options: dict[str, dict] = field(default_factory=dict)
    back_translation: bool = True
    likelihood: bool = True


def _silent(what: str, done: int, total: int) -> None:
    pass


# ---------------------------------------------------------------- sides


def side(document: Document, indexes: Sequence[int]) -> Side:
    """The text of some segments of a document, joined, with the way back to file offsets.

    Segments of different paragraphs (a headline and its story) stay apart in every language.
    """
    language = get(document.language)
    text, offsets, paragraph = "", [], None
    for index in indexes:
        segment = document.segments[index]
        if text and (language.spaced or segment.paragraph != paragraph):
            text += " "
            offsets.append(offsets[-1] + 1)
        paragraph = segment.paragraph
        text += segment.text
        offsets.extend(segment.offsets or range(segment.start, segment.start + len(segment.text)))
    position = {offset: place for place, offset in reversed(list(enumerate(offsets)))}
    ranges = []
    for quote in document.quotes:
        for start, end in quote.parts or ((quote.start, quote.end),):
            inside = [position[o] for o in range(start, end) if o in position]
            if inside:
                ranges.append((min(inside), max(inside) + 1))
    neighbour = lambda i: document.segments[i].text if 0 <= i < len(document.segments) else ""
    return Side(text, language, document.name, tuple(offsets), tuple(ranges),
                before=neighbour(indexes[0] - 1) if indexes else "", after=neighbour(indexes[-1] + 1) if indexes else "")


def plain_side(text: str, language: str, document: str) -> Side:
    """A side that is no part of a file: one cell of a table of pairs."""
    room = get(language)
    parts = [part for q in room.quotes(text) for part in (q.parts or ((q.start, q.end),))]
    return Side(text, room, document, (), tuple(parts))


# ---------------------------------------------------------------- translation


def translate_segments(engine: Engine, segments: Sequence[Segment], source: str, target: str) -> list[Translation | None]:
    """A translation for each segment that is text or heading, None for boilerplate."""
    live = [i for i, s in enumerate(segments) if s.kind != "boilerplate" and s.text]
    done = engine.translate([segments[i].text for i in live], source, target)
    out: list[Translation | None] = [None] * len(segments)
    for i, translation in zip(live, done):
        out[i] = translation
    return out


def join_translations(parts: Sequence[Translation | None], language: str) -> tuple[str, tuple[str, ...]]:
    """Joined text and the faults of the parts."""
    joint = " " if get(language).spaced else ""
    texts = [p.text for p in parts if p]
    return joint.join(texts), tuple(sorted({fault for p in parts if p for fault in p.faults}))


# ---------------------------------------------------------------- one pair


def from_models(chance: likelihood.Likelihood | None, opinion: detector.Opinion | None, estimate: estimator.Estimate | None) -> dict:
    """What the models said of a pair, as the checks and the second opinion look for it in `Comparison.evidence`."""
    made: dict = {}
    if chance:
        made |= {"target_token_scores": chance.target_tokens, "source_token_scores": chance.source_tokens}
    if opinion:
        made |= {suspicion.EVIDENCE: opinion, "estimate": estimate}
    return made


def run_checks(pair: Comparison, active: Sequence[Check]) -> list[Finding]:
    """The findings of the checks, settled by the second opinion where there is one; it is put in order in `pair.evidence`."""
    found: list[Finding] = []
    for check in active:
        for finding in check(pair):
            found.append(finding.with_(witness=pair.witness) if finding.witness != pair.witness else finding)
    found = without_echoes(found)
    if opinion := pair.evidence.get(suspicion.EVIDENCE):
        rows = word_rows(pair, found, opinion)
        pair.evidence |= {ranking.EVIDENCE: ranking.ranked(rows), suspicion.EVIDENCE: word_doubts.weighed(rows, opinion)}
    return one_a_word(suspicion.weigh(pair, found, [check.name for check in active]))


# ---------------------------------------------------------------- the whole


def check(draft: Document, witnesses: Sequence[Document], plan: Plan | None = None, engine: Engine | None = None,
          progress: Progress = _silent) -> Report:
    """Verify a draft against its originals.

    `engine` None: no translation at all; alignment and checks stand on lexicon and vocabulary alone.
    Raises ValueError for an unknown check in `plan`, InputError for a witness in the draft's own language.
    """
    for witness in witnesses:
        if witness.language.split("-")[0] == draft.language.split("-")[0]:
            raise InputError(witness.path or witness.name, f"is in the language of the draft ({draft.language})",
                             "Give the original, or say with --language and --from what is what")
    plan = plan or Plan()
    active = checks(plan.select, plan.ignore, **plan.check_options)
    report = Report(draft, list(witnesses), title=draft.name)
    backs: dict[str, list[Translation | None]] = {}
    related: list[Document] = []
    for number, witness in enumerate(witnesses):
        progress(f"aligning {witness.name}", number, len(witnesses))
        able = bool(engine and engine.supports(draft.language, witness.language))
        if engine and not able:
            report.notes.append(
                f"{witness.name}: {engine.name} does not translate {draft.language}-{witness.language}; this witness is "
                f"read by vocabulary alone, without back-translation (`verify models list` shows models that do)")
        if able and plan.back_translation and witness.language not in backs:
            backs[witness.language] = translate_segments(engine, draft.segments, draft.language, witness.language)
        back = backs.get(witness.language) if able else None
        texts = [t.text if t else "" for t in back] if back else None
        aligned = bead_alignment.align(witness, draft, back_translations=texts)
        if bead_alignment.relatedness(witness, draft, aligned) < bead_alignment.UNRELATED:
            report.notes.append(f"{witness.name}: shares nothing with the draft that could be aligned; it was set aside")
            report.beads[witness.name] = []
            continue
        related.append(witness)
        report.beads[witness.name] = aligned
        compare_beads(report, witness, aligned, back, active, engine if able else None, plan, progress)
        pairs = quote_alignment.pair_quotes(draft, witness, aligned, back_translations=texts)
        report.quotes += pairs
        compare_quotes(report, witness, aligned, pairs, active, engine if able else None)
    compare_gaps(report, related, plan)
    report.doubts = [f for f in report.findings if f.confidence < plan.min_confidence]
    report.findings = settled(report, report.findings, plan, engine)
    report.signature = signature(engine, plan)
    return report


def compare_beads(report: Report, witness: Document, aligned: Sequence[Bead], back: Sequence[Translation | None] | None, active: Sequence[Check],
                  engine: Engine | None, plan: Plan, progress: Progress = _silent, only: Collection[int] | None = None) -> None:
    """Evidence and findings of each bead that has both sides (of those in `only`), added to the report."""
    draft = report.draft
    both = [i for i, bead in enumerate(aligned) if bead.source and bead.target and (only is None or i in only)]
    sides = {i: (side(witness, aligned[i].source), side(draft, aligned[i].target)) for i in both}
    pairs = [(sides[i][0].text, sides[i][1].text) for i in both]
    opinions = dict(zip(both, detector.opinions(pairs, witness.language, draft.language))) if engine else {}
    estimates = dict(zip(both, estimator.estimates(pairs, witness.language, draft.language))) if engine else {}
    scores = {}
    if engine and plan.likelihood:
        scores = dict(zip(both, likelihood.likelihoods(engine, pairs, witness.language, draft.language)))
    report.back_translations.setdefault(witness.name, {})
    report.scores.setdefault(witness.name, {})
    for done, i in enumerate(both):
        progress(f"checking {witness.name}", done, len(both))
        source, target = sides[i]
        evidence: dict = {}
        text = ""
        if back:
            text, faults = join_translations([back[j] for j in aligned[i].target], witness.language)
            report.back_translations[witness.name][i] = text
            if faults:
                evidence["unreliable"] = list(faults)
            else:
                trip = round_trip.round_trip(text, source.text, witness.language)
                evidence |= {"chrf": trip.chrf, "bleu": trip.bleu}
        if i in scores:
            s = scores[i]
            evidence |= {"log_p_target": round(s.forward, 3), "log_p_source": round(s.backward, 3), "worst_target_tokens": round(s.worst, 3)}
        report.scores[witness.name][i] = evidence
        inner = evidence | from_models(scores.get(i), opinions.get(i), estimates.get(i))
        pair = Comparison(source, target, words.links(source.text, target.text, witness.language, draft.language),
                          text, inner, witness.name)
        for finding in run_checks(pair, active):
            context = {"context": target.text[:80], "bead": i}
            if text and "unreliable" not in evidence:
                context["back_translation"] = text
            report.findings.append(finding.with_(evidence={**finding.evidence, **context}))


def compare_quotes(report: Report, witness: Document, aligned: Sequence[Bead], pairs: Sequence[QuotePair], active: Sequence[Check],
                   engine: Engine | None = None) -> None:
    """Findings of quotes whose counterpart lies outside their bead: a relay can split or move what was said.

    The parts of a quote that the draft splits are read together.
    """
    together = {(i, j) for bead in aligned for i in bead.source for j in bead.target}
    known = {(f.check, f.source, f.target) for f in report.findings}
    parts: dict[tuple[int, ...], list[QuotePair]] = {}
    for pair in pairs:
        if pair.source is not None and pair.source.segments and pair.target.segments:
            parts.setdefault(tuple(pair.source.segments), []).append(pair)
    for original, split in parts.items():
        drafted = sorted({j for pair in split for j in pair.target.segments})
        if all(any((i, j) in together for j in drafted) for i in original) and all(any((i, j) in together for i in original) for j in drafted):
            continue
        number = next((n for n, bead in enumerate(aligned) if drafted[0] in bead.target), None)
        source, target = side(witness, original), side(report.draft, drafted)
        links = words.links(source.text, target.text, witness.language, report.draft.language)
        opinion = detector.opinions([(source.text, target.text)], witness.language, report.draft.language)[0] if engine else None
        back = (" " if get(witness.language).spaced else "").join(p.back_translation for p in split)
        for finding in run_checks(Comparison(source, target, links, back, from_models(None, opinion, None), witness.name), active):
            if (finding.check, finding.source, finding.target) not in known and (number is not None or finding.target):
                bead = {"bead": number} if number is not None else {}
                report.findings.append(finding.with_(evidence={**finding.evidence, "context": target.text[:80], **bead}))
    if any(one.name == "attribution" for one in active):
        compare_speakers(report, witness, aligned, pairs)


def compare_speakers(report: Report, witness: Document, aligned: Sequence[Bead], pairs: Sequence[QuotePair]) -> None:
    """Quotes that the draft gives to somebody else, unless a check that read their sentences said so."""
    told = [f.target for f in report.findings if f.check == "attribution" and f.witness == witness.name and f.source and f.target]
    for finding in speaker_findings(report.draft, witness, pairs):
        if not any(t.start < finding.target.end and finding.target.start < t.end for t in told):
            told.append(finding.target)
            at = [j for j, s in enumerate(report.draft.segments) if s.start <= finding.target.start < s.end]
            number = next((n for n, bead in enumerate(aligned) if set(at) & set(bead.target)), None)
            report.findings.append(finding if number is None else finding.with_(evidence={**finding.evidence, "bead": number}))


def compare_gaps(report: Report, related: Sequence[Document], plan: Plan) -> None:
    """Segments without a counterpart. The draft's: an addition if no witness holds it. A witness's: an
    omission if that witness is otherwise parallel to the draft (a longer report is no omission)."""
    on = lambda slug: (not plan.select or slug in plan.select) and slug not in plan.ignore
    draft = report.draft
    covered = {j for witness in related for bead in report.beads[witness.name] if bead.source for j in bead.target}
    if related and on("addition"):
        names = ", ".join(w.name for w in related)
        for index, segment in enumerate(draft.segments):
            if segment.kind == "text" and index not in covered and len(segment.text) > 3:
                report.findings.append(Finding(
                    "addition", Category.ADDITION, Severity.MAJOR, f"No witness ({names}) holds this sentence.",
                    target=Span(draft.name, segment.start, segment.end, segment.text), confidence=0.7, witness=related[0].name,
                    evidence={"context": segment.text[:80]}))
    if not on("omission"):
        return
    for witness in related:
        live = [i for i, s in enumerate(witness.segments) if s.kind == "text"]
        held = {i for bead in report.beads[witness.name] if bead.target for i in bead.source}
        parallel = len(held & set(live)) / max(1, len(live)) >= PARALLEL
        for index in live:
            segment = witness.segments[index]
            if index in held or len(segment.text) < 4:
                continue
            if parallel:
                report.findings.append(Finding(
                    "omission", Category.OMISSION, Severity.MAJOR, f"The draft has nothing for this sentence of {witness.name}.",
                    source=Span(witness.name, segment.start, segment.end, segment.text), confidence=0.7, witness=witness.name,
                    evidence={"context": segment.text[:80]}))
        if not parallel:
            missing = len(live) - len(held & set(live))
            report.notes.append(f"{witness.name}: {missing} of its {len(live)} sentences have no counterpart in the draft "
                                f"(it is not parallel to the draft, so they are no omissions)")


def settled(report: Report, findings: Sequence[Finding], plan: Plan, engine: Engine | None, beside: Sequence[Finding] = ()) -> list[Finding]:
    """`findings` that are sure enough, each with the other witnesses that the draft does follow there, by place.

    `beside` are findings settled before: they count as differences of their witnesses, and are not returned.

    Only a witness that the engine reads can be agreed with: where checks read by vocabulary alone, silence is no assent.
    """
    judged = {w.name for w in report.witnesses if engine is None or engine.supports(report.draft.language, w.language)}
    by_witness: dict[str, list[Finding]] = {}
    for finding in (*findings, *beside):
        by_witness.setdefault(finding.witness, []).append(finding)

    def covers(name: str, span: Span) -> bool:
        return any(draft.segments[j].start < span.end and span.start < draft.segments[j].end
                   for bead in report.beads.get(name, []) if bead.source for j in bead.target)

    def bears_out(name: str, span: Span) -> bool:
        """Agreement that is more than the silence of the checks about a bead made by force."""
        return any(bead.source and bead.score >= TOGETHER and any(draft.segments[j].start < span.end and span.start < draft.segments[j].end for j in bead.target)
                   for bead in report.beads.get(name, []))

    draft = report.draft
    placed = []
    for finding in findings:
        if finding.confidence < plan.min_confidence:
            continue
        place = finding.target or _place_in_draft(report, finding)
        if place:
            agrees = tuple(
                w.name for w in report.witnesses
                if w.name != finding.witness and w.name in judged and covers(w.name, place)
                and not any(other.check == finding.check and _same_place(report, other, place) for other in by_witness.get(w.name, [])))
            finding = finding.with_(agrees_with=agrees, changed_on_way_to=_first_relay(report, finding.witness, agrees))
            if finding.source is None and any(bears_out(name, place) for name in agrees) and finding.severity >= Severity.MAJOR:
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


def signature(engine: Engine | None, plan: Plan) -> str:
    """What reproduces this run: model, library, precision, our version, the checks that were on."""
    from . import __version__

    parts = [engine.signature if engine else "model:none", *([detector.signature(), estimator.signature()] if engine else []), f"verify:{__version__}"]
    if plan.select or plan.ignore:
        parts.append("checks:" + ",".join([*sorted(plan.select), *(f"-{slug}" for slug in sorted(plan.ignore))]))
    return "|".join(parts)
