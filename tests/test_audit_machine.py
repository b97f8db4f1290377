"""findings.sarif and junit.xml of an audit: valid, capped, the gravest first, at their lines."""

import json

import jsonschema
import pytest
from junitparser import JUnitXml
from schema_store import schema

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from verify.audit import AuditSettings, machine_files, run  # noqa: E402
from verify.audit.folder import Folder  # noqa: E402

PAIRS = ["他可能同意。\tHe will agree.", "没有人来。\tEverybody came.", "alone", "我们有三张牌。\tWe have three cards.", "损失2亿元](1)<b>\u202e\tThey lost 300 million yuan.%0A::error::"]


def audited(tmp_path, **settings):
    path = tmp_path / "cor pus.tsv"
    path.write_text("\n".join(PAIRS) + "\n", "utf-8")
    run([str(path)], tmp_path / "out", AuditSettings(**{"model": "none", **settings}))
    return tmp_path / "out"


def sarif(folder):
    log = json.loads((folder / "findings.sarif").read_text("utf-8"))
    jsonschema.validate(log, schema("https://json.schemastore.org/sarif-2.1.0.json"))
    return log["runs"][0]


def test_findings_stand_at_their_lines_the_gravest_first(tmp_path):
    folder = audited(tmp_path)
    found = sarif(folder)
    places = [(r["locations"][0]["physicalLocation"]["region"]["startLine"], r["ruleId"]) for r in found["results"]]
    assert (1, "modality") in places and (5, "number") in places and not any(line in (3, 4) for line, _ in places)
    levels = [("note", "warning", "error").index(r["level"]) for r in found["results"]]
    assert levels == sorted(levels, reverse=True) and levels[0] == 2
    assert found["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("cor%20pus.tsv")
    assert "column" in found["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    suite, = JUnitXml.fromstring((folder / "junit.xml").read_bytes())
    graves = {line for (line, _), level in zip(places, levels) if level == 2}
    assert (suite.failures, suite.errors, suite.tests) == (len(graves), 1, len(graves) + 1)
    assert {case.name for case in suite} == {f"pair {line}" for line in graves | {3}}
    assert "\u202e" not in (folder / "findings.sarif").read_text("utf-8") + (folder / "junit.xml").read_text("utf-8")


def test_a_cap_is_told_and_keeps_the_gravest(tmp_path):
    folder = audited(tmp_path)
    whole = sarif(folder)["results"]
    machine_files.write(Folder(folder), True, limit=1)
    run_ = sarif(folder)
    assert [r["partialFingerprints"] for r in run_["results"]] == [whole[0]["partialFingerprints"]]
    assert f"1 of {len(whole)} findings" in run_["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert f"1 of {len(whole)} findings" in (folder / "junit.xml").read_text("utf-8")


def test_without_text_no_text_is_written_and_an_empty_audit_is_valid(tmp_path):
    folder = audited(tmp_path, text=False)
    written = (folder / "findings.sarif").read_text("utf-8") + (folder / "junit.xml").read_text("utf-8")
    assert sarif(folder)["results"] and "可能" not in written and "million" not in written
    fast = tmp_path / "fast"
    fast.mkdir()
    assert sarif(audited(fast, fast=True))["results"] == []
