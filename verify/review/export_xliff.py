"""The aligned texts as XLIFF 2.0 (OASIS) for a CAT tool: a unit a bead, the findings as notes.

XLIFF has one source language, so the units are the beads of one witness; what was found against the others
stands in the notes of the units whose words it concerns.
"""

from __future__ import annotations

from collections.abc import Mapping

from .. import __version__
from ..decisions import Decision, Decisions
from ..finding import Report, Severity
from ..report.excerpt import marked_segments, segments_at
from ..report.groups import bead_of
from ..report.where import file_name, spot
from ..text import NOT_XML, Document
from .remarks import Remark, remarks

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
PRIORITY = {Severity.CRITICAL: "1", Severity.MAJOR: "2", Severity.MINOR: "5", Severity.NEUTRAL: "8"}


def xliff_with_notes(report: Report, decisions: Decisions | Mapping[str, Decision], witness: str | None = None) -> bytes:
    """`witness` names the one whose beads are the units; by default the one with the most that have two sides.

    What an editor dismissed makes no note. Raises KeyError for a witness that the report has not.
    """
    from lxml import etree

    paired = lambda w: sum(bool(b.source and b.target) for b in report.beads.get(w.name, []))
    chosen = {w.name: w for w in report.witnesses}[witness] if witness else max(report.witnesses, key=paired)
    beads = report.beads.get(chosen.name, [])
    notes: dict[int, list[Remark]] = {}
    for remark in remarks(report, decisions):
        notes.setdefault(_unit(report, chosen, remark), []).append(remark)
    tag = lambda name: f"{{{NAMESPACE}}}{name}"
    root = etree.Element(tag("xliff"), nsmap={None: NAMESPACE}, version="2.0", srcLang=chosen.language, trgLang=report.draft.language)
    file = etree.SubElement(root, tag("file"), id="f1", original=_xml(file_name(chosen)))
    about = etree.SubElement(file, tag("notes"))
    said = [f"Draft: {file_name(report.draft)}", f"verify {__version__}: {report.signature}", *report.notes, *(_told(r) for r in notes.get(-1, []))]
    for number, text in enumerate(said, 1):
        etree.SubElement(about, tag("note"), id=f"n{number}").text = _xml(text)
    for number, bead in enumerate(beads):
        unit = etree.SubElement(file, tag("unit"), id=f"u{number + 1}")
        own = notes.get(number, [])
        if own:
            holder = etree.SubElement(unit, tag("notes"))
            for nth, remark in enumerate(own, 1):
                side = "target" if remark.finding.target else "source"
                etree.SubElement(holder, tag("note"), id=f"n{nth}", appliesTo=side, category=f"{remark.finding.severity.value} {remark.finding.check}",
                                 priority=PRIORITY[remark.finding.severity]).text = _xml(_told(remark))
        segment = etree.SubElement(unit, tag("segment"), state="translated" if bead.target else "initial")
        etree.SubElement(segment, tag("source")).text = _xml(_side(chosen, bead.source))
        if bead.target:
            etree.SubElement(segment, tag("target")).text = _xml(_side(report.draft, bead.target))
    if not beads:  # a file without units is no XLIFF
        segment = etree.SubElement(etree.SubElement(file, tag("unit"), id="u1"), tag("segment"), state="initial")
        etree.SubElement(segment, tag("source")).text = _xml(_side(chosen, range(len(chosen.segments))))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _unit(report: Report, chosen: Document, remark: Remark) -> int:
    """The bead that holds the remark's words; -1 for one that no bead of this witness does."""
    beads = report.beads.get(chosen.name, [])
    if remark.finding.witness == chosen.name and (own := bead_of(report, remark.finding)) is not None:
        return next(n for n, bead in enumerate(beads) if bead is own)
    start, end = spot(report, remark.finding)
    touched = set(segments_at(report.draft, start, end)) or set(segments_at(report.draft, max(0, start - 1), start))
    return next((n for n, bead in enumerate(beads) if touched & set(bead.target)), -1)


def _side(document: Document, indexes) -> str:
    return "".join(text for text, _ in marked_segments(document, list(indexes), []))


def _told(remark: Remark) -> str:
    return "\n".join(remark.lines)


def _xml(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)
