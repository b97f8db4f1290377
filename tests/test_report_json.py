"""The JSON report: the shape that other programs build on."""

import json
import re
from pathlib import Path

from report_sample import DRAFT, report

from verify.report import render
from verify.report.json import dumps, finding_to_dict, plain


def test_the_shape_of_a_report():
    out = json.loads(render(report(), "json"))
    assert {"draft", "witnesses", "segments", "beads", "quotes", "findings", "signature"} <= set(out)
    told = (Path(__file__).parents[1] / "docs/ci.md").read_text("utf-8").partition("### The JSON report")[2].partition("\n## ")[0]
    assert [key for row in re.findall(r"^\| (`.*?) \|", told, re.M) for key in re.findall(r"`(\w+)`", row)] == list(out)
    assert out["draft"] == "draft.en.txt" and out["witnesses"] == ["toutiao", "zaobao", "record"]
    assert set(out["segments"]) == {out["draft"], *out["witnesses"]}
    assert {"text", "start", "end"} <= set(out["segments"]["draft.en.txt"][0])
    assert out["beads"][3] | {"evidence": 0} == {"witness": "toutiao", "source": [3], "target": [], "score": 0.0, "back_translation": None, "evidence": 0}


def test_a_finding_points_into_the_files():
    out = json.loads(render(report(), "json"))
    finding = out["findings"][0]
    assert list(finding) == ["check", "category", "severity", "confidence", "message", "suggestion", "source", "target", "witness",
                             "agrees_with", "changed_on_way_to", "evidence", "fingerprint"]
    assert finding["category"] == "accuracy/mistranslation" and finding["severity"] == "major"
    target = finding["target"]
    assert DRAFT[target["start"]:target["end"]] == target["text"] == "hold" and target["document"] == "draft.en.txt"
    assert out["findings"][3]["target"] is None


def test_a_quote_has_its_counterpart_in_each_witness():
    quote = json.loads(render(report(), "json"))["quotes"][0]
    assert quote["speaker"] == "Kato" and quote["verb"] == "replied"
    assert DRAFT[quote["target"]["start"]:quote["target"]["end"]] == quote["target"]["text"]
    assert quote["witnesses"]["toutiao"]["source"]["text"].startswith("我们确实") and quote["witnesses"]["toutiao"]["back_translation"]
    assert quote["witnesses"]["record"]["source"] is None


def test_anything_in_evidence_becomes_json():
    import numpy as np

    r = report()
    odd = r.findings[0].with_(evidence={"p": np.float32(0.5), "nan": float("nan"), "a": np.arange(2), "s": {"b", "a"}, "t": (1, None), 3: True})
    assert json.loads(dumps(finding_to_dict(odd)))["evidence"] == {"p": 0.5, "nan": None, "a": [0, 1], "s": ["a", "b"], "t": [1, None], "3": True}
    assert plain(odd.severity) == "major"


def test_control_characters_are_escaped_and_come_back():
    text = dumps({"a": "\u202e\x9b\x1b\ud800\ufeff中"})
    assert text.isprintable() and "中" in text
    assert json.loads(text) == {"a": "\u202e\x9b\x1b\ud800\ufeff中"}
