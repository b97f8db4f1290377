"""Case folders in an audit: a row a bead with each witness, what stands on one side alone, what cannot be read."""

import os
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from verify.audit import AuditSettings, run  # noqa: E402
from verify.audit.shelf import query  # noqa: E402
from verify.text import InputError  # noqa: E402

SETTINGS = AuditSettings(model="none", fast=True)
DRAFT = "The minister met three farmers on Monday.\n\nHe said that prices will rise by 5% next year.\n\nA cat sleeps on my blue sofa.\n"
PARALLEL = "部长星期一会见了三名农民。\n\n他说，明年价格将上涨5%。\n"
LONGER = "部长星期一会见了三名农民。\n\n农民们抱怨化肥太贵。\n\n他说，明年价格将上涨5%。\n"


def case(folder: Path, draft: str = DRAFT, **witnesses: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "draft.en.txt").write_text(draft, "utf-8")
    lines = ['draft = "draft.en.txt"']
    for name, text in witnesses.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
        lines += ["[[witness]]", f'name = "{name}"', f'file = "{name}.txt"', f'language = "{"ja" if name == "record" else "zh"}"']
    (folder / "case.toml").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def table(folder: Path) -> list[tuple]:
    return query(folder, "select file, place, id, source, target, error from pairs order by row")[1]


def test_a_bead_with_each_witness_is_a_row_at_the_draft_line_and_gaps_are_rows_too(tmp_path):
    folder = case(tmp_path / "in" / "story", first=PARALLEL, second=LONGER, record="大臣は月曜日に三人の農家と会った。\n")
    (folder / "notes.tsv").write_text("no part\tof the corpus\n")
    (tmp_path / "in" / "memory.tsv").write_text("是\tyes\n", "utf-8")
    outcome = run([str(tmp_path / "in")], tmp_path / "out", SETTINGS)
    rows = table(tmp_path / "out")
    assert rows[0][:3] == ((tmp_path / "in" / "memory.tsv").as_posix(), 1, None) and outcome.rows == len(rows)
    assert {row[0] for row in rows[1:]} == {folder.as_posix()}
    beads = [(place, name, source[:2], target[:3]) for _, place, name, source, target, error in rows[1:] if source and target]
    assert beads == [(1, "first", "部长", "The"), (3, "first", "他说", "He "), (1, "second", "部长", "The"), (3, "second", "他说", "He ")]
    assert [row[1:5] for row in rows if row[4] and not row[3]] == [(5, "first", "", "A cat sleeps on my blue sofa.")]
    assert [row[1:5] for row in rows if row[3] and not row[4]] == [(3, "second", "农民们抱怨化肥太贵。", "")]
    assert [(row[1], row[5]) for row in rows if row[5]] == [(1, "record.txt: is ja, and this audit reads zh there")]


def test_a_changed_witness_is_another_corpus(tmp_path):
    folder = case(tmp_path / "story", first=PARALLEL)
    done = run([str(folder / "case.toml")], tmp_path / "out", SETTINGS)
    again = run([str(folder)], tmp_path / "out", SETTINGS)
    assert again.complete and again.earlier == done.rows and again.digest == done.digest
    (folder / "first.txt").write_text(LONGER, "utf-8")
    with pytest.raises(InputError, match="other inputs"):
        run([str(folder)], tmp_path / "out", SETTINGS)


def test_a_broken_case_stops_a_run_over_itself_and_is_a_row_among_others(tmp_path):
    broken = case(tmp_path / "in" / "broken", first=PARALLEL)
    case(tmp_path / "in" / "whole", first=PARALLEL)
    os.unlink(broken / "first.txt")
    with pytest.raises(InputError, match="'first.txt' is not a file beside it"):
        run([str(broken)], tmp_path / "never", SETTINGS)
    assert not (tmp_path / "never").exists()
    assert run([str(tmp_path / "in")], tmp_path / "out", SETTINGS).complete
    rows = table(tmp_path / "out")
    assert "is not a file beside it" in rows[0][5] and [row[3][:2] for row in rows[1:3]] == ["部长", "他说"]


def test_an_unrelated_witness_is_said_to_be_one(tmp_path):
    folder = case(tmp_path / "story", first="本店出售各种新鲜蔬菜。\n\n欢迎光临，价格便宜。\n")
    run([str(folder)], tmp_path / "out", SETTINGS)
    assert table(tmp_path / "out")[0][5] == "first.txt: shares nothing with the draft that could be aligned"


def test_what_check_computed_is_not_computed_again(tmp_path, monkeypatch):
    pytest.importorskip("ctranslate2")
    from verify.cli.main import main
    from verify.translate.ctranslate2_engine import CTranslate2Engine

    monkeypatch.setenv("VERIFY_CACHE", str(tmp_path / "cache"))
    folder = case(tmp_path / "story", first=LONGER)
    assert main(["check", "--case", str(folder), "--fail-on", "never"]) == 0

    def computed(*_):
        raise MemoryError("forced decoding was asked for again")

    monkeypatch.setattr(CTranslate2Engine, "_log_probs", computed)
    outcome = run([str(folder)], tmp_path / "out", AuditSettings(fast=True))
    assert outcome.complete and outcome.summary["scored"] == outcome.rows == 4
    with pytest.raises(MemoryError):
        run([str(folder)], tmp_path / "uncached", AuditSettings(fast=True), cache=False)
