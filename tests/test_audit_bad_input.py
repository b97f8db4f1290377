"""What strangers give an audit: a clear line each, nothing lost, nothing overwritten, no memory filled."""

import gzip
import io
import json
import os
from itertools import chain, repeat
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

import pyarrow.parquet as parquet  # noqa: E402

from verify.cli.main import main  # noqa: E402
from verify.documents.tmx import read_tmx  # noqa: E402
from verify.documents.xml_stream import elements  # noqa: E402
from verify.text import InputError  # noqa: E402

BOMB = "<!DOCTYPE tmx [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi"))
BOMB += ']><tmx version="1.4"><body><tu><tuv xml:lang="zh"><seg>&i;</seg></tuv></tu></body></tmx>'
LINES = "".join(f"第{i}句。\tSentence {i}.\n" for i in range(400)).encode()


def audit(path: Path, out: Path, *more: str) -> int:
    return main(["audit", str(path), "--out", str(out), "--model", "none", "--fast", "--processes", "1", *more])


@pytest.mark.parametrize("name, content, says", [
    ("laughs.tmx", BOMB, "declares XML entities"),
    ("outside.tmx", "<!DOCTYPE tmx [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><tmx><body><tu>&a;</tu></body></tmx>", "declares XML entities"),
    ("deep.tmx", '<tmx version="1.4"><body>' + "<a>" * 100_000, "broken XML (Excessive depth"),
    ("old.xlf", '<xliff version="1.0"><file/></xliff>', "XLIFF version '1.0'; 1.2, 2.0, 2.1 are read"),
    ("none.xlf", "<xliff><file/></xliff>", "XLIFF version None"),
    ("wrong.csv", "left,right\n1,2\n", "wrong.csv:1: no column 'source' among left, right"),
    ("escape.csv", "\x1b[31mleft,right\n1,2\n", "escape.csv:1: no column 'source' among ‹U+001B›[31mleft, right"),
    ("short.tsv.gz", gzip.compress(LINES)[:12], "short.tsv.gz:1: the compressed file ends too soon"),
    ("no.tsv.gz", b"no gzip at all", "is not compressed, whatever its name says. Name it without .gz"),
    ("no.tsv.xz", b"\xff\x00no xz at all", "cut short or damaged"),
    ("nul.tmx", '<tmx version="1.4"><body><tu>\0</tu></body></tmx>', "nul.tmx:1: broken XML"),
    ("empty.tsv", "", "empty.tsv: empty"),
    ("missing.tsv", None, "no such file"),
    ("what.docx", "x", "does not say what format"),
    ("fields.jsonl", '{"a": 1}\n{"a": 2}\n', "fields.jsonl:1: no text under 'source'. Name the fields"),
    ("utf16.tsv", "好\tgood\n是\tyes\n".encode("utf-16"), "utf16.tsv:1: not UTF-8 but UTF-16"),
    ("bare16.tsv", "source\ttarget\n好\tgood\n".encode("utf-16-le"), "bare16.tsv:1: not UTF-8 but UTF-16. Convert"),
    ("bare16.csv", "source,target\n好,good\n".encode("utf-16-be"), "bare16.csv:1: not UTF-8 but UTF-16. Convert"),
    ("utf32.tsv", "好\tgood\n是\tyes\n".encode("utf-32"), "utf32.tsv:1: not UTF-8 but UTF-32. Convert"),
    ("lines.tsv", '{"source": "是", "target": "yes"}\n', "looks like JSONL and is read as TSV. Give --input-format jsonl"),
    ("commas.tsv", "source,target\n是,yes\n", "looks like CSV and is read as TSV. Give --input-format csv"),
    ("french.tmx", '<tmx version="1.4"><body><tu><tuv xml:lang="fr"><seg>oui</seg></tuv></tu></body></tmx>', "holds no pairs from zh to en (in other languages: 1)"),
    ("bare.xlf", '<xliff version="1.2"><file><trans-unit><source>是</source></trans-unit></file></xliff>', "holds no pairs from zh to en (without target: 1)"),
    ("french.xlf", '<xliff version="1.2"><file source-language="fr"><trans-unit><source>oui</source></trans-unit></file></xliff>', "is from fr to en"),
])
def test_a_file_that_cannot_be_begun_is_one_line_and_no_folder(tmp_path, capfd, name, content, says):
    if content is not None:
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    assert audit(tmp_path / name, tmp_path / "out") == 2
    out, err = capfd.readouterr()
    assert not out and len(err.splitlines()) == 1 and says in err and name in err
    assert not (tmp_path / "out").exists()


def test_swapped_columns_are_said(tmp_path, capfd):
    (tmp_path / "a.tsv").write_text("Yes, he does.\t是的。\n", "utf-8")
    says = f"{tmp_path / 'a.tsv'}: the sources read as en, the translations as zh: are the columns swapped"
    assert audit(tmp_path / "a.tsv", tmp_path / "out") == 0 and says in capfd.readouterr().err
    assert main(["score", str(tmp_path / "a.tsv"), "--engine", "none", "--fast"]) == 0 and says in capfd.readouterr().err


def test_a_model_that_is_not_there_leaves_no_folder(tmp_path, capfd):
    (tmp_path / "a.tsv").write_text("是\tyes\n", "utf-8")
    assert audit(tmp_path / "a.tsv", tmp_path / "out", "--model", "pockets") == 2
    assert capfd.readouterr().err.startswith("pockets: no such engine. Engines: pocket, ") and not (tmp_path / "out").exists()


def test_damage_in_the_middle_is_a_row_and_what_stands_before_it_is_kept(tmp_path, capfd):
    (tmp_path / "cut.tsv.gz").write_bytes(gzip.compress(LINES)[:-600])
    (tmp_path / "cut.tmx").write_text('<tmx version="1.4"><body><tu><tuv xml:lang="zh"><seg>是</seg></tuv><tuv xml:lang="en"><seg>yes</seg></tuv></tu><tu><oops', "utf-8")
    (tmp_path / "z.csv").write_bytes("source,target\n是,yes\n\0,no\n好,good\n".encode())
    assert audit(tmp_path, tmp_path / "out") == 2  # what was not looked at is not clean
    err = capfd.readouterr().err
    for said in ("cut.tmx, ", "cut.tsv.gz the rest was not read", "cut.tsv.gz:", "the compressed file ends too soon", "cut.tmx:", "broken XML", "z.csv:3: a NUL byte"):
        assert said in err
    rows = [row for shard in sorted((tmp_path / "out").glob("shard-*")) for row in parquet.read_table(shard).to_pylist()]
    whole = [(row["source"], row["target"]) for row in rows if not row["error"]]
    assert whole[0] == ("是", "yes") and whole[-2:] == [("是", "yes"), ("好", "good")]
    assert 100 < len(whole) < 403 and sum(bool(row["error"]) for row in rows) == 3
    assert json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))["errors"] == 3


@pytest.mark.parametrize("head", ["source\ttarget\nalone\n", "source\ttarget\n好\0\tgood\n"])
def test_a_bad_first_row_is_one_unreadable_row_in_a_folder_and_by_itself(tmp_path, head):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.tsv").write_text(head + "是\tyes\n", "utf-8")
    for name in ("in", "in/a.tsv"):
        out = tmp_path / f"out-{Path(name).name}"
        assert audit(tmp_path / name, out) == 0
        rows = parquet.read_table(out / "shard-000000.parquet").to_pylist()
        assert [(row["place"], bool(row["error"])) for row in rows] == [(2, True), (3, False)]


class Endless(io.RawIOBase):
    """A file of any size: `head`, then `unit` for ever."""

    def __init__(self, head: bytes, unit: bytes):
        self.parts, self.taken = chain([head], repeat(unit * (65536 // len(unit)))), 0

    def read(self, count: int = -1) -> bytes:
        part = next(self.parts)
        self.taken += len(part)
        return part


@pytest.mark.parametrize("head, unit", [
    (b"<a>", b"<a>"), (b"<tu>", b"<prop>x</prop>"), (b"<tu><tuv xml:lang='zh'><seg>", b"<hi>x</hi>"), (b"<tu><tuv xml:lang='zh'><seg>", b"words "),
    (b"<!--", b"words "), (b"<tu x='", b"words "), (b"", b"    \n"),
])
def test_an_endless_file_is_left_before_it_fills_the_memory(head, unit):
    stream = Endless(b'<tmx version="1.4"><body>' + head, unit)
    with pytest.raises(InputError):
        next(read_tmx(stream, "endless.tmx", "zh", "en"), None)
    assert stream.taken < 40 << 20


def test_an_endless_prologue_is_left_too():
    stream = Endless(b"<!DOCTYPE tmx [", b"<!-- words -->")
    with pytest.raises(InputError, match="32 MB without a tag"):
        next(read_tmx(stream, "endless.tmx", "zh", "en"), None)


def test_what_stands_between_units_is_not_kept():
    text = b"<tmx><body>" + b"<note><b/></note>" * 9000 + b"<tu/>" + b"<note><b/></note>" * 9000 + b"<tu/></body></tmx>"
    for unit in elements(io.BytesIO(text), "notes.tmx", {"tu"}, root="tmx"):
        assert len(unit.getparent()) < 4000  # the parser is some 32 kB ahead


def test_out_that_cannot_be_a_folder(tmp_path, capfd):
    (tmp_path / "a.tsv").write_bytes(LINES[:200].rsplit(b"\n", 1)[0])
    (tmp_path / "file").write_text("mine")
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        assert audit(tmp_path / "a.tsv", out) == 2
        err = capfd.readouterr().err
        assert len(err.splitlines()) == 1 and str(tmp_path / "file") in err and "a file is in its place" in err
    assert (tmp_path / "file").read_text() == "mine"


def test_a_corpus_of_unreadable_rows_alone_is_no_success(tmp_path, capfd):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.tmx").write_text("<tmx><oops", "utf-8")
    assert audit(tmp_path / "in", tmp_path / "out") == 2
    err = capfd.readouterr().err.splitlines()
    assert "a.tmx: nothing read: broken XML" in err[-2] and "no pair in it could be read" in err[-1]


def test_a_file_of_a_folder_that_could_not_be_read_at_all_is_named_and_no_success(tmp_path, capfd):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.tsv").write_text("是\tyes\n" + "alone\n" * 60, "utf-8")
    (folder / "b.tsv").write_text("是\tyes\nno\0\tno\n", "utf-8")
    (folder / "big5.tsv").write_bytes("是的\tyes\n".encode("big5") * 3)
    (folder / "fake.tsv.gz").write_bytes(LINES)
    (folder / "headonly.tsv").write_text("source\ttarget\n")
    (folder / "broken.tsv").symlink_to("/nonexistent")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.tsv")
    says = {"big5.tsv: nothing read: not UTF-8 (byte 0 of the line) (3 such rows).", "fake.tsv.gz: nothing read: is not compressed, whatever its name says.",
            "a.tsv:2: 1 column(s), expected at least 2 (60 such rows).", "b.tsv:2: a NUL byte: this is no text.", "headonly.tsv: left out, no pair in it",
            "broken.tsv: left out, it is a link that leads nowhere", "loop: left out, it is a link to a folder", "pipe.tsv: left out, it is no regular file"}
    for _ in range(2):  # made, and gone on with
        assert audit(folder, tmp_path / "out") == 2
        err = capfd.readouterr().err
        assert all(f"{folder}/{said}" in err for said in says), err
    assert audit(folder, tmp_path / "some", "--sample", "1", "--seed", "3") == 2  # whatever was drawn
    (folder / "big5.tsv").unlink(), (folder / "fake.tsv.gz").unlink()
    assert audit(folder, tmp_path / "rest") == 0


def test_units_that_are_no_pair_are_counted_in_the_summary(tmp_path, capfd):
    unit = '<trans-unit><source>是</source><target>{}</target></trans-unit>'
    (tmp_path / "a.xlf").write_text(f'<xliff version="1.2"><file>{unit.format("yes")}{unit.format("") * 3}</file></xliff>', "utf-8")
    for _ in range(2):  # made, and gone on with
        assert audit(tmp_path / "a.xlf", tmp_path / "out") == 0
        assert "1 of 1 rows, 0 unreadable, without target: 3" in capfd.readouterr().out
    assert json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))["passed_over"] == {"without_target": 3, "other_languages": 0}
    assert "Units without target, not scored: 3." in (tmp_path / "out" / "report.html").read_text("utf-8")
    assert main(["score", str(tmp_path / "a.xlf"), "--engine", "none"]) == 0
    assert ", without target: 3, " in capfd.readouterr().err


def test_each_file_is_told_of_whose_columns_are_swapped_or_that_was_not_read_whole(tmp_path, capfd):
    book = pytest.importorskip("openpyxl").Workbook()
    for row in (("source", "target"), ("是的。", "Yes, he does.")):
        book.active.append(row)
    book.create_sheet("notes").append(["remarks"])
    (tmp_path / "in").mkdir()
    book.save(tmp_path / "in" / "a.xlsx")
    (tmp_path / "in" / "b.tsv").write_text("source\ttarget\nYes, he does.\t是的。\n", "utf-8")
    assert audit(tmp_path / "in", tmp_path / "out") == 0
    err = capfd.readouterr().err
    assert "a.xlsx: sheet 'notes' was left out: no column" in err and "b.tsv: the sources read as en, the translations as zh: are the columns" in err
    assert main(["score", str(tmp_path / "in" / "a.xlsx"), "--engine", "none", "--fast"]) == 0
    assert "a.xlsx: sheet 'notes' was left out" in capfd.readouterr().err


def test_languages_that_are_not_the_ones_asked_for_are_said_by_score_and_audit(tmp_path, capfd):
    (tmp_path / "a.tsv").write_text("source\ttarget\n" + "他说可能不会涨价。\tHe said that prices may not rise.\n" * 10, "utf-8")
    says = f"{tmp_path / 'a.tsv'}: the sources read as Chinese, taken as xx: is --from zh meant?"
    assert audit(tmp_path / "a.tsv", tmp_path / "out", "--from", "xx") == 0 and says in capfd.readouterr().err
    assert main(["score", str(tmp_path / "a.tsv"), "--engine", "none", "--fast", "--from", "xx"]) == 0 and says in capfd.readouterr().err
