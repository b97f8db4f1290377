"""JUnit XML, for the test pages of CI: a test case for every quote and every sentence of the draft.

A case fails where it holds a finding at or over `fail_on`; lesser ones stand in its output. (There is no
official schema; what is written is the part that Jenkins, GitLab, GitHub actions and junitparser read.)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..finding import Finding, Report, Severity
from ..text import visible
from .groups import place_in_draft
from .quote_table import quote_rows, said
from .text import told_apart
from .where import file_name, in_order, spot

SHOWN = 80  # characters of a sentence in the name of its case


@dataclass
class Case:
    """One test case: `failures` and `errors` are (type, message, text); `notes` go to its output."""

    name: str
    group: str
    file: str = ""
    line: int | None = None
    failures: list[tuple[str, str, str]] = field(default_factory=list)
    errors: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def render(report: Report, *, fail_on: str = "major") -> str:
    """`fail_on`: the least severity that fails a case, or "never"."""
    draft, name = report.draft, file_name(report.draft)
    quotes = {(row.target.start, row.target.end): Case(f"quote {n}: {_short(row.target.text)}", f"{name}.quotes", name, draft.line_of(row.target.start))
              for n, row in enumerate(quote_rows(report), 1)}
    for row in quote_rows(report):
        quotes[row.target.start, row.target.end].notes.append(f"said by: {said(row.target, draft) or 'nobody named'}")
    sentences = {n: Case(f"{n + 1}: {_short(segment.text)}", f"{name}.text", name, draft.line_of(segment.start))
                 for n, segment in enumerate(draft.segments) if segment.kind != "boilerplate"}
    gaps: dict[tuple[int, str], Case] = {}

    def case_of(finding: Finding) -> Case:
        start, end = spot(report, finding)
        for (first, last), case in quotes.items():
            if finding.target and first <= start and end <= last:
                return case
        touched = [n for n in place_in_draft(report, finding)[1] if n in sentences]
        if touched:
            return sentences[touched[0]]
        words = finding.source.text if finding.source else finding.message
        return gaps.setdefault((start, words), Case(f"nothing for: {_short(words)}", f"{name}.gaps", name, draft.line_of(start)))

    for finding in in_order(report):
        case, what = case_of(finding), _told(finding)
        if fail_on != "never" and finding.severity >= Severity(fail_on):
            case.failures.append((finding.severity.value, finding.message, what))
        else:
            case.notes.append(what)
    for entry in report.suppressed:
        case_of(entry.finding).notes.append(f"set aside ({entry.said}): {_told(entry.finding)}")
    suites = [("quotes", list(quotes.values())), ("text", list(sentences.values())), ("gaps", list(gaps.values()))]
    about = {"draft": name, "witnesses": ", ".join(w.name for w in report.witnesses), "signature": report.signature}
    return document(report.title or name, [(f"{name}: {kind}", cases, about) for kind, cases in suites if cases])


def document(title: str, suites: Iterable[tuple[str, list[Case], dict[str, str]]]) -> str:
    """The XML of suites: name, cases, properties."""
    from lxml import etree

    root = etree.Element("testsuites", name=visible(title))
    for name, cases, about in suites:
        totals = {"tests": len(cases), "failures": sum(bool(c.failures) for c in cases), "errors": sum(bool(c.errors) for c in cases), "skipped": 0}
        suite = etree.SubElement(root, "testsuite", name=visible(name), **{key: str(value) for key, value in totals.items()})
        properties = etree.SubElement(suite, "properties")
        for key, value in about.items():
            etree.SubElement(properties, "property", name=key, value=visible(str(value)))
        for case in cases:
            suite.append(_element(case))
    for key in ("tests", "failures", "errors"):
        root.set(key, str(sum(int(suite.get(key)) for suite in root)))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True).decode()


def _element(case: Case):
    """One failure a case, for some readers show only the first."""
    from lxml import etree

    element = etree.Element("testcase", classname=visible(case.group), name=visible(case.name), time="0")
    if case.file:
        element.set("file", visible(case.file))
    if case.line:
        element.set("line", str(case.line))
    for tag, found in (("failure", case.failures), ("error", case.errors)):
        if found:
            more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
            fault = etree.SubElement(element, tag, type=visible(found[0][0]), message=visible(found[0][1]) + more)
            fault.text = "\n".join(visible(text) for _, _, text in found)
    if case.notes:
        etree.SubElement(element, "system-out").text = "\n".join(map(visible, case.notes))
    return element


def _told(finding: Finding) -> str:
    parts = [f"{finding.severity.value} {finding.check} {finding.confidence:.2f}: {finding.message}",
             told_apart(finding, [finding.witness] if finding.witness else []),
             f"draft: {finding.target.text}" if finding.target else "", f"{finding.witness}: {finding.source.text}" if finding.source else "",
             f"Try: {finding.suggestion}" if finding.suggestion else "", f"[{finding.fingerprint}]"]
    return " | ".join(filter(None, parts))


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[:SHOWN - 1].rstrip() + "…"
