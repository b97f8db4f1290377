"""docs/ci.md: what it shows is valid, and the hooks do what it says in a real repository."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from deciding import decide
from schema_store import schema

from verify.decisions import Decisions
from verify.report import FORMATS

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "ci.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.S)
block = lambda kind, words: next(text for language, text in BLOCKS if language == kind and words in text)


@pytest.mark.parametrize("url, words", [
    ("https://json.schemastore.org/github-workflow.json", "upload-sarif"),
    ("https://json.schemastore.org/pre-commit-config.json", "repo: local"),
    ("https://gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci.json", "junit: reports"),
])
def test_the_yaml_is_valid(url, words):
    content = yaml.safe_load(block("yaml", words))
    content = {("on" if key is True else key): value for key, value in content.items()}  # YAML 1.1 reads `on` as true
    jsonschema.validate(content, schema(url))


def test_every_format_is_in_the_table():
    assert set(re.findall(r"`(\w+)`", "".join(line.split("|")[1] for line in PAGE.partition("### The JSON report")[0].splitlines() if line.startswith("| `")))) == set(FORMATS)


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_the_hook_stops_a_commit_that_changes_what_was_said_until_an_editor_dismisses_it(tmp_path, monkeypatch):
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "verify").write_text(f"#!/bin/sh\nexec {sys.executable} -m verify.cli.main \"$@\"\n")
    monkeypatch.setenv("PATH", f"{tools}:{__import__('os').environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[1]))
    repository = tmp_path / "repository"
    story = repository / "stories" / "bonds: 1"
    for path, text in ((repository / "scripts/verify-cases", block("sh", "Exit code: the worst")), (repository / ".githooks/pre-commit", block("sh", "checkout-index")),
                       (story / "case.toml", 'draft = "draft.txt"\n[[witness]]\nname = "zh"\nfile = "zh.txt"\n'), (story / "decisions.jsonl", ""),
                       (story / "verify.toml", f'engine = "none"\nselect = ["modality"]\n{block("toml", "baseline")}'),
                       (story / "zh.txt", "该银行可能出售债券。\n"), (story / "draft.txt", "The bank will sell bonds.\n")):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    for file in (tools / "verify", repository / "scripts/verify-cases", repository / ".githooks/pre-commit"):
        file.chmod(0o755)

    def git(*args):
        done = subprocess.run(["git", "-c", "user.name=mei", "-c", "user.email=mei@example.org", *args], cwd=repository, capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout + done.stderr

    git("init", "-q")
    git("config", "core.hooksPath", ".githooks")
    git("add", ".")
    code, said = git("commit", "-qm", "first")
    assert code and "major modality" in said and "[[will]]" in said
    (story / "draft.txt").write_text("The bank may sell bonds.\n", "utf-8")
    assert git("commit", "-qm", "not staged")[0]  # what is staged still says will
    git("add", ".")
    assert git("commit", "-qm", "mended")[0] == 0
    (story / "draft.txt").write_text("The bank will sell bonds.\n", "utf-8")
    git("add", ".")
    assert git("commit", "-qm", "again")[0]
    found = subprocess.run(["verify", "check", "--case", str(story), "--format", "json"], capture_output=True, text=True, timeout=120).stdout
    with Decisions(tmp_path / "d.sqlite") as decisions:
        for fingerprint in re.findall(r'"fingerprint": "(\w+)"', found):
            decide(decisions, fingerprint, "dismissed", author="mei", reason="the bank said so later")
        (story / "decisions.jsonl").write_text(decisions.to_text(), "utf-8")
    git("add", ".")
    assert git("commit", "-qm", "dismissed")[0] == 0
