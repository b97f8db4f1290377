"""The sign-off: one page that says which quotes were verified, against what, who decided, and what is still open.

It is signed only where nothing at or over major is undecided or waits to be mended, every witness was compared,
every quote was found in one or answered for, and the draft's file still holds the text that was verified. What it says of each
quote, and what that promises, is in `quote_state`.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from .. import __version__
from ..decisions import ACCEPTED, DISMISSED, OPEN, Decision, Decisions
from ..finding import Finding, Report, Severity
from ..report.excerpt import pieces
from ..report.quote_table import QuoteRow, concerning, quote_rows, said
from ..report.rows import aligned
from ..report.text import about, told_apart
from ..report.where import in_order, spot
from ..suppress import OPTIONS
from ..text import Document, Quote, visible
from .print_pdf import signoff_pdf
from .quote_state import PROMISES, Comparison, State, Touching, comparison, state


@dataclass
class Entry:
    """A finding with what was decided; `witnesses` are those of which the same is said and was decided."""

    finding: Finding
    decision: Decision | None
    witnesses: list[str] = field(default_factory=list)

    @property
    def state(self) -> str:
        return self.decision.state if self.decision else OPEN

    @property
    def told_apart(self) -> str:
        return told_apart(self.finding, self.witnesses)

    @property
    def grave(self) -> bool:
        return self.finding.severity >= Severity.MAJOR


@dataclass(frozen=True)
class Verdict:
    """`reasons` why it is not signed; empty: signed. `remarks`: undecided findings under major."""

    reasons: tuple[str, ...]
    remarks: int

    @property
    def signed(self) -> bool:
        return not self.reasons


def verdict(report: Report, decisions: Decisions | Mapping[str, Decision]) -> Verdict:
    """Whether this story can be signed, and if not, what is in the way."""
    entries = _entries(report, _current(decisions))
    return _verdict(report, entries, _looks(report, entries))


def _verdict(report: Report, entries: Sequence[Entry], looks: Sequence[Look]) -> Verdict:
    grave = [e for e in entries if e.grave]
    undecided = sum(e.state == OPEN for e in grave)
    to_mend = sum(e.state == ACCEPTED for e in grave)
    nowhere = sum(look.state.style == "nowhere" for look in looks)
    compared = aligned(report)
    reasons = [f"{undecided} open" if undecided else "", f"{to_mend} to be mended" if to_mend else "",
               f"{nowhere} quote{'s' * (nowhere != 1)} found in no witness" if nowhere else "",
               *([f"{w.name} was set aside, not compared" for w in report.witnesses if w.name not in compared] if compared else ["nothing was compared with any witness"]),
               *(f"{d.name} is not what its file holds" for d in (report.draft, *report.witnesses) if _sum(d)[2])]
    return Verdict(tuple(filter(None, reasons)), sum(e.state == OPEN and not e.grave for e in entries))


def signoff_html(report: Report, decisions: Decisions | Mapping[str, Decision], *, author: str, time: datetime | None = None) -> str:
    """The page, self-contained and without scripts, for A4. `time` is when it is signed (now).

    `decisions`: the file of decisions, or what its `current()` gives.
    """
    from markupsafe import Markup

    from ..report.pages import environment

    current = _current(decisions)
    entries = _entries(report, current)
    looks = _looks(report, entries)
    when = (time or datetime.now(timezone.utc)).astimezone(timezone.utc)
    style, template = (files(__package__).joinpath("templates", name).read_text("utf-8") for name in ("signoff.css", "signoff.html"))
    quotes = [_quote(report, look) for look in looks]
    quoted = {id(e) for look in looks for e in look.inside}
    elsewhere = [e for e in entries if id(e) not in quoted]
    promises = {key: PROMISES[key] for q in quotes if (key := q["promise"])}
    return environment(visible=visible, about=about, day=_day).from_string(template).render(
        report=report, verdict=_verdict(report, entries, looks), author=author, when=when, style=Markup(style), version=__version__,
        record=_record(report, current), quotes=quotes, promises=promises, states=Counter(q["words"] for q in quotes).items(),
        open=_merged(report, (e for e in elsewhere if e.state == OPEN)), mend=_merged(report, (e for e in elsewhere if e.state == ACCEPTED)),
        dismissed=_merged(report, (e for e in elsewhere if e.state == DISMISSED)), place=lambda f: _place(report, f),
        documents=[(d, *_sum(d)) for d in (report.draft, *report.witnesses)], counts=_counts(entries))


def _current(decisions: Decisions | Mapping[str, Decision]) -> Mapping[str, Decision]:
    return decisions.current() if isinstance(decisions, Decisions) else decisions


def _entries(report: Report, current: Mapping[str, Decision]) -> list[Entry]:
    """A decision to leave a finding open is as good as none."""
    decided = lambda f: d if (d := current.get(f.fingerprint)) and d.state != OPEN else None
    return [Entry(f, decided(f), [f.witness] if f.witness else []) for f in in_order(report)]


@dataclass(frozen=True)
class Look:
    """A quote with all that bears on it: findings shown, set aside and too unsure, and what was compared, by witness."""

    row: QuoteRow
    inside: list[Entry]
    aside: list[Finding]
    doubts: list[Finding] | None
    compared: dict[str, Comparison]

    @property
    def state(self) -> State:
        answered = any(e.finding.unheld and e.state == DISMISSED for e in self.inside) or any(f.unheld for f in self.aside)
        return state(self.row.target, Touching([(e.finding.severity, e.state) for e in self.inside], len(self.aside),
                                               None if self.doubts is None else len(self.doubts), list(self.compared.values()), answered))


def _looks(report: Report, entries: Sequence[Entry]) -> list[Look]:
    aside = [s.finding for s in report.suppressed if s.said != OPTIONS]  # an option passes nothing
    out = []
    for row in _rows(report):
        touching = {id(f) for f in concerning(report, row, [e.finding for e in entries])}
        out.append(Look(row, [e for e in entries if id(e.finding) in touching], concerning(report, row, aside),
                        None if report.doubts is None else concerning(report, row, report.doubts),
                        {name: comparison(report, row, name) for name in row.pairs}))
    return out


def _rows(report: Report) -> list[QuoteRow]:
    """A row for each quote of the draft: where no witness could be asked, a quote has no pair and is answered for by nobody."""
    rows = quote_rows(report)
    asked = {(row.target.start, row.target.end) for row in rows}
    rows += [QuoteRow(quote) for quote in report.draft.quotes if (quote.start, quote.end) not in asked]
    return sorted(rows, key=lambda row: (row.target.start, row.target.end))


def _merged(report: Report, entries: Iterable[Entry]) -> list[Entry]:
    """What is said of the same words and was decided alike, once, with all its witnesses."""
    key = lambda e: (spot(report, e.finding), -e.finding.severity.weight, e.finding.check, e.finding.message,
                     e.state, e.decision.author if e.decision else "", e.decision.reason if e.decision else "")
    out = []
    for _, group in groupby(sorted(entries, key=key), key):
        group = list(group)
        out.append(Entry(group[0].finding, group[0].decision, list(dict.fromkeys(name for e in group for name in e.witnesses))))
    return out


def _quote(report: Report, look: Look) -> dict:
    row, inside, found = look.row, look.inside, look.state
    witnesses = []
    for witness in report.witnesses:
        name, pair = witness.name, row.pairs.get(witness.name)
        if pair is None:
            witnesses.append({"document": witness, "state": "set aside, not compared", "said": "", "pieces": [], "back": "", "asked": False})
            continue
        own = [e for e in inside if e.finding.witness == name]
        undecided = [e for e in own if e.state == OPEN]
        told = ("not found" if pair.source is None else _compared(look, name) if not own else "passed" if all(e.state == DISMISSED for e in own)
                else f"differs ({len(undecided)} open)" if undecided else "to be mended")
        spans = [(e.finding.source.start, e.finding.source.end, e.finding.severity) for e in own if e.finding.source]
        witnesses.append({"document": witness, "state": told, "asked": True, "said": said(pair.source, witness) if pair.source else "",
                          "pieces": _marked(pair.source, spans) if pair.source else [], "back": pair.back_translation if pair.source else ""})
    spans = [(e.finding.target.start, e.finding.target.end, e.finding.severity) for e in inside if e.finding.target]
    return {"place": _at(report.draft, row.target.start), "said": said(row.target, report.draft), "pieces": _marked(row.target, spans),
            "state": found.style, "words": found.words, "promise": found.promise, "witnesses": witnesses, "entries": _merged(report, inside)}


def _compared(look: Look, name: str) -> str:
    """What a witness's line says where no finding is: never more than was compared."""
    if any(f.witness == name for f in look.aside):
        return "differs; set aside before"
    done, doubts = look.compared[name], sum(f.witness == name for f in look.doubts or ())
    told = f"not fully compared: {'; '.join(done.gaps)}" if done.gaps else "no difference found"
    told += f" ({doubts} weaker doubt{'s' * (doubts != 1)} not shown)" if doubts else ""
    return told + ("" if done.speaker else "; speaker not compared")


def _marked(quote: Quote, spans: Sequence[tuple[int, int, Severity]]) -> list[tuple[str, str]]:
    """(text, severity or ""): where mark-up was taken out of a quote, its offsets say nothing and nothing is marked."""
    exact = len(quote.text) == quote.end - quote.start
    marks = [(max(0, a - quote.start), min(len(quote.text), b - quote.start), s) for a, b, s in spans if a < quote.end and b > quote.start]
    worst = lambda labels: max(labels, key=lambda s: s.weight).value if labels else ""
    return [(visible(text), worst(labels)) for text, labels in pieces(quote.text, marks if exact else [])]


def _place(report: Report, finding: Finding) -> str:
    return _at(report.draft, spot(report, finding)[0])


def _at(document: Document, offset: int) -> str:
    return f"line {document.line_of(offset)}, column {document.column_of(offset)}"


def _sum(document: Document) -> tuple[str, str, bool]:
    """SHA-256, of what, and whether the file no longer holds the text that was read."""
    text = hashlib.sha256(document.text.encode("utf-8", "backslashreplace")).hexdigest()
    if not document.path:
        return text, "text", False
    try:
        data = Path(document.path).read_bytes()
    except OSError:
        return text, "text; the file is gone", False
    if document.format == "docx" or document.encoding.lower().replace("_", "-") not in ("utf-8", "utf-8-sig", "ascii"):
        return hashlib.sha256(data).hexdigest(), "file", False  # no telling from here whether it reads the same
    same = data.decode("utf-8-sig", "replace").replace("\r\n", "\n") == document.text.removeprefix("\ufeff").replace("\r\n", "\n")
    return (hashlib.sha256(data).hexdigest(), "file", False) if same else (text, "text as verified; its file holds another", True)


def _record(report: Report, current: Mapping[str, Decision]) -> str:
    """One number for all that this page rests on: the texts, the findings, the decisions in force and the run."""
    parts = [report.signature, *(d.text for d in (report.draft, *report.witnesses)), *sorted(f.fingerprint for f in report.findings),
             *sorted(d.id for d in current.values())]
    return hashlib.sha256("\x1e".join(parts).encode("utf-8", "backslashreplace")).hexdigest()


def _counts(entries: Sequence[Entry]) -> dict[str, int]:
    return {state: sum(e.state == state for e in entries) for state in (OPEN, ACCEPTED, DISMISSED)}


def _day(time: str | datetime) -> str:
    """`2 May 2025, 14:03 UTC`."""
    if isinstance(time, str):
        try:
            time = datetime.fromisoformat(time.replace("Z", "+00:00"))
        except ValueError:
            return visible(time)
    months = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
    return f"{time.day} {months[time.month - 1]} {time.year}, {time:%H:%M} UTC"

__all__ = ["Verdict", "signoff_html", "signoff_pdf", "verdict"]
