"""The report as an editor reads it in a terminal, or in a pipe: quotes first, then findings by place, then the sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from ..finding import Finding, QuotePair, Report, Severity
from ..text import Document, visible
from .excerpt import Piece, clipped, marked_segments
from .groups import Group, Original, groups, merged
from .quote_table import quote_rows, said
from .wrap import break_at

STYLES = {
    "critical": "bold white on red", "major": "bold red", "minor": "yellow", "neutral": "cyan",
    "place": "bold", "label": "dim", "dim": "dim", "heading": "bold underline", "ok": "green",
}


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """Plain text of lines of at most `width` cells; with `colour`, ANSI sequences instead of [[…]] marks."""
    page = _Page(width, colour)
    draft = report.draft
    against = ", ".join(f"{w.name} ({about(w)})" for w in report.witnesses)
    page.line([(f"{place_of(draft)} ({draft.language})", "place"), (" against ", ""), (against or "nothing", "place")])
    _quotes(page, report)
    found = groups(report)
    if found:
        page.heading("Findings")
    for group in found:
        _group(page, report, group)
    _summary(page, report)
    return "\n".join(page.lines) + "\n"


def place_of(document: Document, offset: int | None = None) -> str:
    """`path:line:column`, the path as short as the working folder allows."""
    name = document.name
    if document.path:
        path, here = Path(document.path), Path.cwd()
        name = str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else str(path)
    return visible(name) if offset is None else f"{visible(name)}:{document.line_of(offset)}:{document.column_of(offset)}"


def counts(findings: Iterable[Finding]) -> str:
    """`7 findings: 1 critical, 3 major, 3 minor`."""
    number = Counter(f.severity for f in findings)
    total = sum(number.values())
    if not total:
        return "no findings"
    kinds = ", ".join(f"{number[s]} {s.value}" for s in reversed(Severity) if number[s])
    return f"{total} finding{'s' * (total != 1)}: {kinds}"


def about(witness: Document) -> str:
    """`zh, relays zaobao; Toutiao post of 2 May 2025`: what stands beside a witness's name."""
    return "; ".join(filter(None, (", relays ".join(filter(None, (witness.language, witness.relays))), witness.origin)))


def told_apart(finding: Finding, names: Sequence[str]) -> str:
    """`Differs from record; agrees with toutiao, zaobao (where it changed).`"""
    agrees = [name + " (where it changed)" * (name == finding.changed_on_way_to) for name in finding.agrees_with if name not in names]
    if not names:
        return ""
    return f"Differs from {', '.join(names)}" + (f"; agrees with {', '.join(agrees)}." if agrees else ".")


def _quotes(page: _Page, report: Report) -> None:
    rows = quote_rows(report)
    if not rows:
        return
    page.heading("Quotes")
    witnesses = {w.name: w for w in report.witnesses}
    pad = max(len("draft"), *(len(name) for row in rows for name in row.pairs))
    for number, row in enumerate(rows, 1):
        by = said(row.target, report.draft)
        page.line([(f"{number}. {place_of(report.draft, row.target.start)}", "place"), (f"  {by}" if by else "", "")])
        page.row("draft", pad, [(row.target.text, "")])
        shown: set[str] = set()
        for name, pair in row.pairs.items():
            page.row(name, pad, _counterpart(pair, witnesses[name]))
            page.back(pair.back_translation if pair.source else "", pad, shown)
        page.lines.append("")


def _counterpart(pair: QuotePair, witness: Document) -> list[tuple[str, str]]:
    if pair.source is None:
        return [("found nowhere in this witness", "minor")]
    by = said(pair.source, witness)
    return [(pair.source.text, ""), (f"  – {by}" if by else "", "dim")]


def _group(page: _Page, report: Report, group: Group) -> None:
    draft = report.draft
    page.line([(place_of(draft, group.start), "place")])
    pad = max(len("draft"), *(len(o.witness.name) for o in group.originals)) if group.originals else len("draft")
    if group.segments:
        marks = [(f.target.start, f.target.end, f.severity) for f in group.findings if f.target]
        page.row("draft", pad, page.marked(clipped(marked_segments(draft, group.segments, marks))))
    else:
        page.row("draft", pad, [("nothing here", "minor")])
    shown: set[str] = set()
    for original in group.originals:
        _original(page, pad, original, group.findings, shown)
    for finding, names in merged(group.findings):
        head = [(finding.severity.value, finding.severity.value), (f" {finding.check} {finding.confidence:.2f}  ", "place")]
        apart = told_apart(finding, names) if len(report.witnesses) > 1 else ""  # from the only one there is, is no news
        say = " ".join(filter(None, (finding.message, apart)))
        page.line([*head, (say, "")], indent=2, hang=4)
        if finding.suggestion:
            page.line([(f"Try: {finding.suggestion}", "ok")], indent=4, hang=6)
    page.lines.append("")


def _original(page: _Page, pad: int, original: Original, findings: Sequence[Finding], shown: set[str]) -> None:
    witness = original.witness
    if not original.segments:
        page.row(witness.name, pad, [("nothing here", "minor")])
        return
    marks = [(f.source.start, f.source.end, f.severity) for f in findings if f.source and f.witness == witness.name]
    page.row(witness.name, pad, page.marked(clipped(marked_segments(witness, original.segments, marks))))
    page.back(original.back_translation, pad, shown)


def _summary(page: _Page, report: Report) -> None:
    if page.lines[-1] != "":
        page.lines.append("")
    for document in (report.draft, *report.witnesses):
        for warning in document.warnings:
            page.line([(f"note: {document.name}: {warning}", "dim")], hang=6)
    for note in report.notes:
        page.line([(f"note: {note}", "dim")], hang=6)
    worst = max((f.severity for f in report.findings), key=lambda s: s.weight, default=None)
    page.line([(counts(report.findings), worst.value if worst else "ok")])
    if any(report.back_translations.values()):
        page.line([("back: the draft, translated back into the language of the original by machine", "dim")], hang=6)
    if report.signature:
        page.line([(report.signature, "dim")])


class _Page:
    """Lines of output: styled runs in, wrapped text out, with a hanging indent measured in cells."""

    def __init__(self, width: int, colour: bool):
        self.width, self.colour, self.lines = max(width, 40), colour, []

    def heading(self, text: str) -> None:
        if self.lines[-1:] != [""]:
            self.lines.append("")
        self.line([(text if self.colour else text.upper(), "heading")])
        self.lines.append("")

    def row(self, label: str, pad: int, runs: Sequence[tuple[str, str]]) -> None:
        """A label in a column of its own, the text beside it."""
        label = visible(label)
        self.line([(label + " " * (pad - len(label) + 2), "label"), *runs], indent=2, hang=pad + 4)

    def back(self, text: str, pad: int, shown: set[str]) -> None:
        """A back-translation; once a block, for witnesses of one language share it."""
        if text and text not in shown:
            self.row("back", pad, [(piece, "dim") for piece, _ in clipped([(text, ())])])
            shown.add(text)

    def marked(self, pieces: Sequence[Piece]) -> list[tuple[str, str]]:
        """Labels (severities) as styles, or as [[…]] where there is no colour."""
        worst = lambda labels: max(labels, key=lambda s: s.weight).value if labels else ""
        if self.colour:
            return [(text, "mark " + worst(labels) if labels else "") for text, labels in pieces]
        stretches = [(on, "".join(text for text, _ in part)) for on, part in groupby(pieces, key=lambda piece: bool(piece[1]))]
        return [(f"[[{text}]]" if on else text, "") for on, text in stretches]

    def line(self, runs: Sequence[tuple[str, str]], indent: int = 0, hang: int = 0) -> None:
        """One paragraph: first line indented by `indent` cells, the others by `hang`."""
        runs = [(visible(text), style) for text, style in runs if text]
        text = " " * indent + "".join(text for text, _ in runs)
        styles: list[tuple[int, str]] = [(indent, "")]  # where each run ends
        for run, style in runs:
            styles.append((styles[-1][0] + len(run), style))
        first = break_at(text, self.width)[:1]
        cuts = [0, *first, *(first[0] + b for b in break_at(text[first[0]:], self.width - hang)), len(text)] if first else [0, len(text)]
        for number, (a, b) in enumerate(zip(cuts, cuts[1:], strict=False)):
            self.lines.append((" " * hang if number else "") + self._styled(text, a, b, styles))

    def _styled(self, text: str, start: int, end: int, styles: Sequence[tuple[int, str]]) -> str:
        end = start + len(text[start:end].rstrip())
        if not self.colour:
            return text[start:end]
        out, place = "", start
        for edge, style in styles:
            if edge > place:
                stop = min(edge, end)
                out += _ansi(text[place:stop], style) if stop > place else ""
                place = max(place, stop)
        return out


def _ansi(text: str, style: str) -> str:
    from rich.color import ColorSystem
    from rich.style import Style

    if not style:
        return text
    name = style.removeprefix("mark ")
    look = STYLES[name] if not style.startswith("mark ") else f"{STYLES[name].replace('white on ', '')} underline"
    return Style.parse(look).render(text, color_system=ColorSystem.STANDARD)
