"""The journey: documents → align → translate → evidence → nuance → Report.

Every command walks it; none has a path of its own. `score` and `audit` enter at `one_pair.run_checks`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from .agreement import settled
from .align import beads as bead_alignment
from .align import quotes as quote_alignment
from .align import words
from .evidence import detector, estimator, likelihood, round_trip
from .finding import Bead, QuotePair, Report
from .gaps import compare_gaps
from .languages import get
from .nuance import Check, Comparison, checks
from .nuance.speakers import speaker_findings
from .one_pair import from_models, run_checks, side
from .plan import Plan
from .text import Document, InputError, Quote, Segment, Span
from .translate.engine import Engine, Translation

Progress = Callable[[str, int, int], None]  # what, done, of how many


def _silent(what: str, done: int, total: int) -> None:
    pass


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
    report = Report(draft, list(witnesses), title=draft.name, dateline=plan.dateline)
    backs: dict[str, list[Translation | None]] = {}
    related: list[Document] = []
    for number, witness in enumerate(witnesses):
        progress(f"aligning {witness.name}", number, len(witnesses))
        able = bool(engine and engine.supports(draft.language, witness.language))
        if able and plan.back_translation and witness.language not in backs:
            backs[witness.language] = translate_segments(engine, draft.segments, draft.language, witness.language)
        back = backs.get(witness.language) if able else None
        texts = [t.text if t else "" for t in back] if back else None
        aligned = bead_alignment.align(witness, draft, back_translations=texts)
        close = bead_alignment.relatedness(witness, draft, aligned)
        if close < (bead_alignment.FAINT if texts is None else bead_alignment.UNRELATED):
            report.notes.append(f"{witness.name}: shares nothing with the draft that could be aligned; it was set aside")
            report.beads[witness.name] = []
            continue
        if engine and not able:
            report.notes.append(
                f"{witness.name}: {engine.name} does not translate {draft.language}-{witness.language}; this witness is "
                f"read by vocabulary alone, without back-translation (`verify models list` shows models that do)")
        if close < bead_alignment.UNRELATED:
            report.notes.append(f"{witness.name}: shares little with the draft, as far as vocabulary tells; if it is no original of this story, leave it out")
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
        pair = Comparison(source, target, words.links(source.text, target.text, witness.language, draft.language), inner, witness.name, report.dateline)
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
        # The sentences of each side that a bead puts beside one of the other.
        beside = [i for i in original if any((i, j) in together for j in drafted)], [j for j in drafted if any((i, j) in together for i in original)]
        if beside == (list(original), drafted):
            continue
        number = next((n for n, bead in enumerate(aligned) if drafted[0] in bead.target), None)
        source, target = side(witness, original), side(report.draft, drafted)
        links = words.links(source.text, target.text, witness.language, report.draft.language)
        opinion = detector.opinions([(source.text, target.text)], witness.language, report.draft.language)[0] if engine else None
        for finding in run_checks(Comparison(source, target, links, from_models(None, opinion, None), witness.name, report.dateline), active):
            # Of a sentence that has its own bead only the quote stands here; what is around it is compared there. Who says it is asked here too.
            if finding.check != "attribution" and not (_touches(finding.source, witness, [pair.source for pair in split], beside[0])
                                                       and _touches(finding.target, report.draft, [pair.target for pair in split], beside[1])):
                continue
            if (finding.check, finding.source, finding.target) not in known and (number is not None or finding.target):
                bead = {"bead": number} if number is not None else {}
                report.findings.append(finding.with_(evidence={**finding.evidence, "context": target.text[:80], **bead}))
    if any(one.name == "attribution" for one in active):
        compare_speakers(report, witness, aligned, pairs)


def _touches(span: Span | None, document: Document, quotes: Sequence[Quote], segments: Sequence[int]) -> bool:
    """Whether a span, if there is one, touches one of the quotes or of those segments."""
    return span is None or any(one.start < span.end and span.start < one.end for one in (*quotes, *(document.segments[i] for i in segments)))


def compare_speakers(report: Report, witness: Document, aligned: Sequence[Bead], pairs: Sequence[QuotePair]) -> None:
    """Quotes that the draft gives to somebody else, unless a check that read their sentences said so."""
    told = [f.target for f in report.findings if f.check == "attribution" and f.witness == witness.name and f.source and f.target]
    for finding in speaker_findings(report.draft, witness, pairs):
        if not any(t.start < finding.target.end and finding.target.start < t.end for t in told):
            told.append(finding.target)
            at = [j for j, s in enumerate(report.draft.segments) if s.start <= finding.target.start < s.end]
            number = next((n for n, bead in enumerate(aligned) if set(at) & set(bead.target)), None)
            report.findings.append(finding if number is None else finding.with_(evidence={**finding.evidence, "bead": number}))


def signature(engine: Engine | None, plan: Plan) -> str:
    """What reproduces this run: model, library, precision, our version, the checks that were on, the date line."""
    from . import __version__

    parts = [engine.signature if engine else "model:none", *([detector.signature(), estimator.signature()] if engine else []), f"verify:{__version__}"]
    if plan.select or plan.ignore:
        parts.append("checks:" + ",".join([*sorted(plan.select), *(f"-{slug}" for slug in sorted(plan.ignore))]))
    if plan.dateline:
        parts.append(f"date:{plan.dateline}")
    return "|".join(parts)
