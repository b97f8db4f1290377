"""An alignment as text, TSV, TMX 1.4b (LISA OSCAR 2005) or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from .. import __version__
from ..finding import Bead
from ..text import HIDDEN, NOT_XML, Document, escaped, visible

FORMATS = ("text", "tsv", "tmx", "json")


def render(source: Document, target: Document, beads: Sequence[Bead], form: str) -> str:
    """`form` is one of FORMATS. Text ends in a line feed."""
    return {"text": _text, "tsv": _tsv, "tmx": _tmx, "json": _json}[form](source, target, beads)


def joined(document: Document, indexes: Sequence[int]) -> str:
    """The text of one side of a bead."""
    from ..languages import get

    joint = " " if get(document.language).spaced else ""
    return " ".join(joint.join(document.segments[i].text for i in indexes).split())


def _text(source: Document, target: Document, beads: Sequence[Bead]) -> str:
    blocks = []
    for bead in beads:
        head = f"{_numbers(bead.source)} ↔ {_numbers(bead.target)}"
        if bead.source and bead.target:
            head += f"  {bead.score:.2f}"
        blocks.append(f"{head}\n  {visible(joined(source, bead.source)) or '–'}\n  {visible(joined(target, bead.target)) or '–'}\n")
    return "\n".join(blocks)


def _numbers(indexes: Sequence[int]) -> str:
    """Segment numbers as people count: 3, 4–6, –."""
    if not indexes:
        return "–"
    return f"{indexes[0] + 1}" if len(indexes) == 1 else f"{indexes[0] + 1}–{indexes[-1] + 1}"


def _tsv(source: Document, target: Document, beads: Sequence[Bead]) -> str:
    """`source<TAB>target<TAB>score` with that header; a gap has an empty side."""
    rows = [f"{joined(source, bead.source)}\t{joined(target, bead.target)}\t{bead.score:.4f}" for bead in beads]
    return "\n".join(["source\ttarget\tscore", *rows]) + "\n"


def _tmx(source: Document, target: Document, beads: Sequence[Bead]) -> str:
    """Gaps are left out: a translation unit has two sides."""
    units = []
    for bead in beads:
        if bead.source and bead.target:
            sides = "".join(
                f"<tuv xml:lang={quoteattr(doc.language)}><seg>{_xml(joined(doc, side))}</seg></tuv>"
                for doc, side in ((source, bead.source), (target, bead.target)))
            units.append(f'<tu><prop type="score">{bead.score:.4f}</prop>{sides}</tu>\n')
    header = (f'<header creationtool="verify" creationtoolversion={quoteattr(__version__)} segtype="sentence" o-tmf="verify" '
              f'adminlang="en" srclang={quoteattr(source.language)} datatype="plaintext"/>')
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n{header}\n<body>\n'
            f'{"".join(units)}</body>\n</tmx>\n')


def _xml(text: str) -> str:
    """What steers a terminal by its number: the same text to whoever reads the file."""
    return HIDDEN.sub(lambda m: f"&#x{ord(m[0]):X};", escape(NOT_XML.sub("", text)))


def _json(source: Document, target: Document, beads: Sequence[Bead]) -> str:
    side = lambda document: [{"text": s.text, "start": s.start, "end": s.end} for s in document.segments]
    found = [{"source": list(b.source), "target": list(b.target), "score": b.score} for b in beads]
    return escaped(json.dumps({"source_segments": side(source), "target_segments": side(target), "beads": found}, ensure_ascii=False)) + "\n"
