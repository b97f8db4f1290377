"""`verify align`."""

import json
import subprocess
import sys

import pytest
from lxml import etree

from verify.cli.main import main

ZH = "新加坡媒体星期五报道了这一消息。\n日本财务大臣说，美国国债是谈判的一张牌。\n\n是否使用这张牌是另一回事。\n"
EN = "Singapore media reported the news on Friday.\nJapan's finance minister said US Treasury bonds <&> are a card in the talks.\nWhether to use it is another matter.\n"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "zh.txt").write_text(ZH, "utf-8")
    (tmp_path / "en.txt").write_text(EN, "utf-8")
    return tmp_path / "zh.txt", tmp_path / "en.txt"


def run(capsys, *args) -> str:
    assert main(["align", *map(str, args)]) == 0
    return capsys.readouterr().out


def test_json_has_segments_at_their_places_and_beads_of_their_numbers(capsys, files):
    out = json.loads(run(capsys, *files, "--format", "json", "--one-per-line", "--from", "zh", "--to", "en"))
    assert list(out) == ["source_segments", "target_segments", "beads"]
    for side, text in (("source_segments", ZH), ("target_segments", EN)):
        for segment in out[side]:
            assert set(segment) == {"text", "start", "end"} and text[segment["start"]:segment["end"]] == segment["text"]
    texts = [[out[f"{side}_segments"][i]["text"][:6] for i in bead[side]] for bead in out["beads"] for side in ("source", "target")]
    assert texts == [["新加坡媒体星"], ["Singap"], ["日本财务大臣"], ["Japan'"], ["是否使用这张"], ["Whethe"]]
    assert all(set(bead) == {"source", "target", "score"} for bead in out["beads"])


def test_tmx_is_valid_xml_with_both_languages_and_the_words_as_given(capsys, files, tmp_path):
    out = tmp_path / "memory.tmx"
    assert run(capsys, *files, "--format", "tmx", "--out", out) == ""
    tree = etree.parse(out, etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True))
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    units = [{tuv.get(lang): tuv.findtext("seg") for tuv in tu.findall("tuv")} for tu in tree.iterfind("body/tu")]
    assert [set(unit) for unit in units] == [{"zh", "en"}] * 3
    assert "<&>" in units[1]["en"]
    header = tree.find("header")
    assert {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"} <= set(header.attrib)


def test_the_suffix_says_the_format_and_one_that_cannot_be_written_is_refused(capsys, files, tmp_path):
    for name, begins in (("a.tmx", "<?xml"), ("a.tsv", "source\ttarget"), ("a.json", "{"), ("a.txt", "1 ↔ 1"), ("a", "1 ↔ 1")):
        assert run(capsys, *files, "--out", tmp_path / name) == "" and (tmp_path / name).read_text("utf-8").startswith(begins)
    assert main(["align", *map(str, files), "--out", str(tmp_path / "a.xlsx")]) == 2
    assert "no format here is written to .xlsx files" in capsys.readouterr().err and not (tmp_path / "a.xlsx").exists()


def test_tsv_has_one_row_a_bead(capsys, files):
    rows = [line.split("\t") for line in run(capsys, *files, "--format", "tsv", "--one-per-line").splitlines()]
    assert rows[0] == ["source", "target", "score"] and len(rows) == 4 and all(len(row) == 3 for row in rows)


def test_no_escape_sequence_of_a_text_reaches_the_terminal(capsys, files):
    files[1].write_text(EN.replace("Japan", "\x1b[31mJapan\x9b"), "utf-8")
    out = {form: run(capsys, *files, "--format", form) for form in ("text", "json", "tmx")}
    assert all("Japan" in text and not set("\x1b\x9b") & set(text) for text in out.values())
    assert any("\x1b[31mJapan\x9b" in segment["text"] for segment in json.loads(out["json"])["target_segments"])
    assert any("Japan\x9b" in seg.text for seg in etree.fromstring(out["tmx"].encode()).iter("seg"))


def test_text_shows_a_gap(capsys, files, tmp_path):
    (tmp_path / "short.txt").write_text(EN.splitlines()[0] + "\n" + EN.splitlines()[2] + "\n", "utf-8")
    assert "2 ↔ –" in run(capsys, files[0], tmp_path / "short.txt")


def test_unrelated_texts_are_said_to_be_so(capsys, files, tmp_path):
    (tmp_path / "other.txt").write_text("The cat sat quietly under the old table.\nMusic drifted through the garden all evening.\n", "utf-8")
    assert main(["align", str(files[0]), str(tmp_path / "other.txt")]) == 0
    assert "shares hardly anything" in capsys.readouterr().err


def test_bad_input_is_one_line_and_exit_code_2(capsys, files, tmp_path):
    (tmp_path / "empty.txt").write_text("", "utf-8")
    for bad in (tmp_path / "missing.txt", tmp_path / "empty.txt", tmp_path):
        assert main(["align", str(files[0]), str(bad)]) == 2
        err = capsys.readouterr().err
        assert err.count("\n") == 1 and str(bad) in err


def test_help_imports_no_engine():
    code = "import sys; from verify.cli.main import main; main(['align', '--help']); print([m for m in ('numpy', 'ctranslate2', 'lxml') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "[]"
