"""The quote table alone: one row a quote, one column a witness; as text, TSV or JSON."""

from __future__ import annotations

import re

from ..finding import QuotePair, Report
from ..text import visible
from .json import dumps, quotes_to_list
from .quote_table import QuoteRow, quote_rows, said
from .text import place_of
from .wrap import folded

FORMATS = ("text", "json", "tsv")
SUFFIXES = {".txt": "text", ".json": "json", ".tsv": "tsv"}
NOWHERE = "—"


def render(report: Report, format: str = "text", *, width: int = 100, colour: bool = False) -> str:
    """`width` in cells; `colour` allows ANSI sequences in the text table."""
    if format == "json":
        return dumps(quotes_to_list(report), 2) + "\n"
    if format == "tsv":
        return _tsv(report)
    return _table(report, width, colour)


def _table(report: Report, width: int, colour: bool) -> str:
    from io import StringIO

    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    rows = quote_rows(report)
    if not rows:
        return f"{place_of(report.draft)}: no quotes found\n"
    out = StringIO()
    console = Console(file=out, width=width, force_terminal=colour, color_system="standard" if colour else None,
                      highlight=False, emoji=False, markup=False, legacy_windows=False)
    table = Table(box=box.SQUARE if colour else box.ASCII2, show_lines=True)
    columns = 1 + len(report.witnesses)
    room = max((width - 1) // columns - 3, 12)
    for heading in ("draft", *(w.name for w in report.witnesses)):
        table.add_column(Text(visible(heading)), overflow="fold", width=room)
    for row in rows:
        place = f"{report.draft.line_of(row.target.start)}:{report.draft.column_of(row.target.start)}"
        cells = [_cell(row.target.text, f"{place} {said(row.target, report.draft)}", room)]
        for witness in report.witnesses:
            pair = row.pairs.get(witness.name)
            source = pair.source if pair else None
            cells.append(_cell(source.text, said(source, witness), room) if source else Text(NOWHERE, style="yellow"))
        table.add_row(*cells)
    console.print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _cell(words: str, about: str, room: int):
    from rich.text import Text

    cell = Text(folded(visible(words), room))
    return cell.append("\n" + folded(visible(about), room), style="dim") if about else cell


def _tsv(report: Report) -> str:
    names = [w.name for w in report.witnesses]
    lines = [["place", "speaker", "verb", "quote", *names]]
    for row in quote_rows(report):
        lines.append([place_of(report.draft, row.target.start), row.speaker or "", row.verb or "", row.target.text,
                      *(_words(row, name) for name in names)])
    return "".join("\t".join(re.sub(r"\s+", " ", visible(cell)).strip() for cell in line) + "\n" for line in lines)


def _words(row: QuoteRow, name: str) -> str:
    pair: QuotePair | None = row.pairs.get(name)
    return pair.source.text if pair and pair.source else ""
