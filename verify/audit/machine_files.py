"""`findings.sarif` and `junit.xml` of an audit, for CI: the gravest findings, at their lines in the corpus.

An audit can hold millions of findings and no page shows them: both files stop at `LIMIT` and say so. The
shards hold everything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from ..finding import Severity
from ..report.json import dumps
from ..report.junit import Case, document
from ..report.sarif import LEVELS, log, plain_words, uri
from ..text import visible
from .folder import Folder, manifest, shard_files
from .shelf import connect

LIMIT = 5000  # findings, and pairs that could not be read: what a code-scanning page shows of one run
SHOWN = 400  # characters of a text in a message
_LINES = (".tsv", ".txt", ".csv", ".jsonl", ".ndjson")  # where `place` is a line of the file
_COLUMNS = ("row", "file", "place", "id", "source", "target", "source_hash", "target_hash", "score", "back_translation", "f")
_WEIGHT = "CASE f.severity WHEN 'critical' THEN 3 WHEN 'major' THEN 2 WHEN 'minor' THEN 1 ELSE 0 END"


def write(folder: Folder, complete: bool, limit: int = LIMIT) -> None:
    """Write both files into the folder of an audit; the same shards give the same bytes."""
    made = manifest(folder.path)
    findings, errors, notes, counted = [], [], [], (0, 0, 0)
    if shard_files(folder.path):
        connection = connect(pairs=folder.path)
        counted = connection.execute("SELECT count(*), coalesce(sum(len(findings)), 0)::BIGINT, count(error) FROM pairs").fetchone()
        result = connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM (SELECT *, unnest(findings) AS f FROM pairs) "
                                    f"ORDER BY {_WEIGHT} DESC, f.confidence DESC, row, f.check, f.source_start, f.target_start, f.message LIMIT {int(limit)}")
        findings = [dict(zip(_COLUMNS, row)) for row in result.fetchall()]
        result = connection.execute(f"SELECT row, file, place, error FROM pairs WHERE error IS NOT NULL ORDER BY row LIMIT {int(limit)}")
        errors = [dict(zip(("row", "file", "place", "error"), row)) for row in result.fetchall()]
    rows, total, bad = counted
    if len(findings) < total:
        notes.append(f"{len(findings)} of {total} findings are in this file, the gravest; all of them: verify audit query")
    if len(errors) < bad:
        notes.append(f"{len(errors)} of {bad} pairs that could not be scored are in this file")
    if not complete:
        notes.append(f"the audit is not complete: {rows} of {made['rows']} pairs")
    folder.write("findings.sarif", _sarif(findings, errors, notes, made).encode("utf-8", "backslashreplace"))
    folder.write("junit.xml", _junit(findings, errors, notes, made, rows, total).encode("utf-8", "backslashreplace"))


def _sarif(findings: list[dict], errors: list[dict], notes: list[str], made: dict) -> str:
    checks = sorted({row["f"]["check"] for row in findings})
    results = [_result(row, checks) for row in findings]
    log_ = log(checks, results, notes)
    run = log_["runs"][0]
    run["invocations"][0]["toolExecutionNotifications"] += [
        {"level": "warning", "message": {"text": visible(row["error"])}, "locations": [_location(row)]} for row in errors]
    run["properties"] = {"signature": made["signature"]}
    return dumps(log_, 1) + "\n"


def _result(row: dict, checks: list[str]) -> dict[str, Any]:
    found = row["f"]
    return {
        "ruleId": found["check"], "ruleIndex": checks.index(found["check"]), "level": LEVELS[Severity(found["severity"])],
        "message": {"text": plain_words(" ".join(filter(None, (_message(found), *_texts(row)))))},
        "locations": [_location(row)], "rank": round(100 * found["confidence"], 2),
        "partialFingerprints": {"verify/v1": _fingerprint(row)},
        "properties": {"severity": found["severity"], "category": found["category"], "confidence": found["confidence"], "score": row["score"],
                       "row": row["row"], "source": _span(found, "source"), "target": _span(found, "target"), "tags": [found["category"]]},
    }


def _location(row: dict) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": uri(row["file"])}}
    name = row["file"].lower()
    if name.endswith(_LINES):
        place["region"] = {"startLine": row["place"]}
    return {"physicalLocation": place, "logicalLocations": [{"name": f"pair {row['place']}", "kind": "element"}]}


def _junit(findings: list[dict], errors: list[dict], notes: list[str], made: dict, rows: int, total: int) -> str:
    """A suite a file, a case a pair that failed; pairs without a grave finding are only counted."""
    cases: dict[tuple[str, int], Case] = {}
    case = lambda row: cases.setdefault((row["file"], row["row"]), Case(f"pair {row['place']}", visible(row["file"]), row["file"],
                                                                       row["place"] if row["file"].lower().endswith(_LINES) else None))
    for row in findings:
        found = row["f"]
        if Severity(found["severity"]) >= Severity.MAJOR:
            said = f"{found['severity']} {found['check']} {found['confidence']:.2f}: {_message(found)}"
            case(row).failures.append((found["severity"], _message(found), " | ".join((said, *_texts(row)))))
    for row in errors:
        case(row).errors.append(("error", row["error"], row["error"]))
    about = {"signature": made["signature"], "pairs": str(rows), "findings": str(total)} | {f"note{n}": note for n, note in enumerate(notes, 1)}
    suites = [(name, [cases[key] for key in sorted(cases) if key[0] == name], about) for name in _files(cases, made)]
    return document("verify audit", suites)


def _files(cases: dict[tuple[str, int], Case], made: dict) -> Iterator[str]:
    """The corpus's files in their order, then whatever else a case names (a text inside a folder)."""
    yield from dict.fromkeys([*(file["name"] for file in made["inputs"]), *(name for name, _ in cases)])


def _message(found: dict) -> str:
    return found["message"] or f"{found['check']} ({found['category']})"  # --no-text keeps no message


def _texts(row: dict) -> list[str]:
    clip = lambda text: text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return [f"{side}: {clip(row[side])}" for side in ("source", "target") if row[side]]


def _span(found: dict, side: str) -> list[int] | None:
    return None if found[f"{side}_start"] < 0 else [found[f"{side}_start"], found[f"{side}_end"]]


def _fingerprint(row: dict) -> str:
    """The same for the same words of the same pair, wherever in the corpus the pair stands."""
    found = row["f"]
    key = [found["check"], row["source_hash"], row["target_hash"], str(_span(found, "source")), str(_span(found, "target"))]
    return hashlib.blake2b("\x1f".join(key).encode(), digest_size=8).hexdigest()

