"""One place, one finding: of findings that tell of the same words, which are kept."""

from __future__ import annotations

from collections.abc import Sequence

from ..finding import Finding

GENERAL = ("omission", "addition")
SHARED = ("modality", "hedge", "attribution", "emphasis")  # checks whose vocabularies share words, such as 估计 and 承认
# "at most 6%" for 6%, "deny" for 不否认, 不排除, a lost 微 of 微跌 as "plunged"
NARROWER = {"quantifier": ("number",), "attribution": ("negation",), "modality": ("negation",), "emphasis": ("number", "time")}


def one_a_word(findings: Sequence[Finding]) -> list[Finding]:
    """Of findings that differ only in what they call a missing or an added word, the surest; nor is a word missing or added that a
    surer finding says is changed, nor told twice where a surer finding of another check holds all of it."""
    kept: list[Finding] = []
    for one in sorted(findings, key=lambda f: -f.confidence):
        if not any(_told_by(surer, one) for surer in kept):
            kept.append(one)
    return [f for f in findings if f in kept]


def _told_by(surer: Finding, one: Finding) -> bool:
    """Whether `surer` tells of the word that `one` is about: by another name, as changed, or as part of more."""
    within = lambda small, big: bool(small and big) and small.document == big.document and big.start <= small.start and small.end <= big.end
    if surer.check in NARROWER.get(one.check, ()) and all(within(*spans) for spans in ((one.source, surer.source), (one.target, surer.target)) if spans[0]):
        return True
    if one.source and one.target:
        return False
    if one.check in SHARED:
        return surer.check in SHARED and (surer.source, surer.target) == (one.source, one.target)
    changed = surer.check not in GENERAL and surer.source and surer.target
    return bool(one.check in GENERAL and changed and (within(one.source, surer.source) or within(one.target, surer.target)))


def without_echoes(findings: list[Finding]) -> list[Finding]:
    """One place, one finding: a general omission or addition gives way to a check that names the word, if that is half as sure."""
    specific = [f for f in findings if f.check not in GENERAL]
    names = lambda one, general: one.confidence >= general.confidence / 2
    inside = lambda small, big: bool(small and big) and small.document == big.document and small.start < big.end and big.start < small.end
    kept = list(specific)
    for finding in findings:
        if finding.check == "omission" and any(inside(f.source, finding.source) and not f.target and names(f, finding) for f in specific):
            continue
        if finding.check == "addition" and any(inside(f.target, finding.target) and not f.source and names(f, finding) for f in specific):
            continue
        if finding.check in GENERAL:
            kept.append(finding)
    return kept
