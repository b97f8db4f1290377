"""Tables and exchange formats become the same pairs; strangers' files are refused in one line."""

import gzip
import io
import json
import lzma
import random
import re
import zipfile

import pytest

from verify.documents.language_check import of_pairs
from verify.documents.pairs import Pair, PassedOver, read_pairs
from verify.text import InputError

ROWS = [("我们确实握有一张牌。", "We do indeed hold a card."), ("他说“不”。", 'He said "no".')]
TMX = """<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header/><body>
<tu tuid="a"><tuv xml:lang="en-US"><seg>We do <bpt i="1">&lt;b></bpt>indeed<ept i="1">&lt;/b></ept> hold a card.</seg></tuv>
<tuv xml:lang="zh-CN"><seg>我们确实握有一张牌。</seg></tuv></tu>
<tu tuid="b"><tuv xml:lang="fr"><seg>Oui.</seg></tuv><tuv xml:lang="zh"><seg>是。</seg></tuv></tu></body></tmx>"""
XLIFF = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file><body>
<trans-unit id="7"><source>我们确实握有一张牌。</source><target>We do <g id="1">indeed</g> hold a card.</target></trans-unit>
<trans-unit id="8"><source>是。</source></trans-unit></body></file></xliff>"""


def texts(path, **options):
    return [(p.source, p.target) for p in read_pairs(str(path), **options)]


def write(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_tsv_with_and_without_header_and_compressed(tmp_path):
    body = "\n".join("\t".join(row) for row in ROWS) + "\n"
    assert texts(write(tmp_path, "a.tsv", body)) == ROWS
    assert texts(write(tmp_path, "b.tsv", "\ufeffsource\ttarget\n" + body)) == ROWS
    assert texts(write(tmp_path, "c.tsv", "id\ten\tzh\n" + "\n".join(f"1\t{b}\t{a}" for a, b in ROWS))) == ROWS
    assert texts(write(tmp_path, "d.tsv.gz", gzip.compress(body.encode()))) == ROWS


def test_line_ends_and_delimiters_that_spreadsheets_write(tmp_path):
    lines = ["source\ttarget", *map("\t".join, ROWS)]
    for name, end in (("cr", "\r"), ("crlf", "\r\n")):
        found = list(read_pairs(str(write(tmp_path, f"{name}.tsv", end.join(lines) + end))))
        assert [(pair.source, pair.target) for pair in found] == ROWS and [pair.place for pair in found] == [2, 3], name
    assert texts(write(tmp_path, "tabs.csv", "source\ttarget\n是\tyes, sir\n")) == [("是", "yes, sir")]
    told = []
    table = write(tmp_path, "sep.csv", "sep=;\nsource;target\n是;yes\n不\n好;good\n")
    assert [(pair.source, pair.place) for pair in read_pairs(str(table), on_fault=told.append)] == [("是", 3), ("好", 5)] and told[0].line == 4


@pytest.mark.parametrize(("given", "says"), [
    (gzip.compress(b"a\tb\n"), "Unpack it first: gzip -dc."), (lzma.compress(b"a\tb\n"), "Unpack it first: xz -dc."),
    (b"PK\3\4", "Give --input-format xlsx, or unzip it."), (b'{"source": "a"}\n', "Give --input-format jsonl."), (b"source,target\n", "Give --input-format csv.")])
def test_what_comes_through_a_pipe_in_another_format_is_told_how_to_be_read(monkeypatch, given, says):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(given))))
    with pytest.raises(InputError) as fault:
        texts("-")
    assert str(fault.value).endswith(says)


def test_named_columns_of_a_tsv_are_found_in_its_header_whatever_the_case(tmp_path):
    table = write(tmp_path, "a.tsv", "Ziel\tQuelle\nyes\t是\n")
    assert texts(table, source="Quelle", target="Ziel") == texts(table, source="QUELLE", target="ziel") == [("是", "yes")]
    assert texts(write(tmp_path, "b.tsv", "id\tZiel\tQuelle\n1\tyes\t是\n"), source="Quelle", target="Ziel") == [("是", "yes")]
    with pytest.raises(InputError, match="no column 'Original'"):
        texts(table, source="Original", target="Ziel")


@pytest.mark.parametrize("head", [("原文", "译文"), ("Quelle", "Ziel"), ("中文", "英文"), ("Chinese", "English"), ("zh_CN", "en-US"), ("ZHO", "eng"), ("SRC", "Translation")])
def test_the_names_that_people_give_the_columns_are_understood_in_every_table(tmp_path, head):
    notes = []
    write(tmp_path, "a.tsv", "\n".join("\t".join(row) for row in (head, *ROWS)))
    write(tmp_path, "a.csv", "\n".join(",".join(row) for row in (head, ROWS[0])))
    write(tmp_path, "a.jsonl", json.dumps(dict(zip(head, ROWS[0])), ensure_ascii=False))
    _book(tmp_path / "a.xlsx", ("s", [head, ROWS[0]]))
    for name in ("a.tsv", "a.csv", "a.jsonl", "a.xlsx"):
        assert texts(tmp_path / name, on_note=notes.append)[:1] == ROWS[:1], name
    assert not notes


def test_languages_name_the_column_that_is_in_them_whichever_way_a_pair_goes(tmp_path):
    table = write(tmp_path, "a.tsv", "zh\ten\tGerman\n是\tyes\tja\n")
    assert texts(table, source_language="en", target_language="zh-Hant") == [("yes", "是")]
    assert texts(table, source_language="zh", target_language="de") == [("是", "ja")]
    with pytest.raises(InputError, match="no column 'target' among zh, en, German"):
        texts(table, target_language="fr")


@pytest.mark.parametrize("first", [("中文", "Chinese"), ("原文", "original"), ("左", "left")])
def test_a_first_line_that_is_taken_as_a_pair_is_a_note(tmp_path, first):
    notes = []
    assert texts(write(tmp_path, "a.tsv", "\t".join(first) + "\n是\tyes\n"), on_note=notes.append) == [first, ("是", "yes")]
    assert notes == ["no header: line 1 was taken as a pair"]


def test_csv_and_jsonl_and_parquet_and_xlsx(tmp_path):
    csv = 'source,target\n"我们确实握有一张牌。",We do indeed hold a card.\n他说“不”。,"He said ""no""."\n'
    assert texts(write(tmp_path, "a.csv", csv)) == ROWS
    lines = "\n".join(json.dumps({"id": i, "src": a, "mt": b}) for i, (a, b) in enumerate(ROWS))
    assert texts(write(tmp_path, "a.jsonl", lines)) == ROWS
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in [("source", "target"), *ROWS]:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    assert texts(write(tmp_path, "a.xlsx", stream.getvalue())) == ROWS


def test_a_table_keeps_the_ids_of_its_pairs(tmp_path):
    openpyxl, pyarrow = pytest.importorskip("openpyxl"), pytest.importorskip("pyarrow")
    import pyarrow.parquet as parquet

    book = openpyxl.Workbook()
    for row in [("ID", "source", "target"), (7, "是", "yes"), (None, "零", 0)]:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    parquet.write_table(pyarrow.table({"id": [7], "source": ["是"], "target": ["yes"]}), tmp_path / "a.parquet")
    write(tmp_path, "a.tsv", "source\ttarget\tid\n是\tyes\t7\n")
    write(tmp_path, "a.csv", "id,source,target\n7,是,yes\n")
    for name in ("a.tsv", "a.csv", "a.parquet", "a.xlsx"):
        assert [pair.id for pair in read_pairs(str(tmp_path / name))][0] == "7", name
    assert [(pair.target, pair.id) for pair in read_pairs(str(tmp_path / "a.xlsx"))][1] == ("0", "")


def test_sides_that_read_as_the_others_language_or_as_a_third_are_a_note():
    both = [Pair(*row, place) for place, row in enumerate(ROWS, 1)]
    assert not of_pairs(both, "zh", "en") and not of_pairs(both, "zh", "zh-Hant") and not of_pairs([], "zh", "en")
    assert of_pairs(both, "en", "zh-Hant") == ["the sources read as zh, the translations as en: are the columns swapped, or --from and --to?"]
    assert not of_pairs(both, "xx", "en")  # a few words can read as anything
    assert of_pairs(both * 10, "xx", "en") == ["the sources read as Chinese, taken as xx: is --from zh meant?"]
    assert of_pairs([Pair("是。", "He said that prices may not rise.", 1)] * 10, "zh", "de") == ["the translations read as English, taken as de: is --to en meant?"]
    assert not of_pairs([Pair("Vi sa at det ikke er for dem, og han har den til en. " * 9, "是。" * 90, 1)], "nb", "zh-TW")  # reads as Danish


def test_tmx_and_xliff_keep_words_and_drop_codes(tmp_path):
    assert texts(write(tmp_path, "a.tmx", TMX)) == ROWS[:1]
    assert texts(write(tmp_path, "a.xlf", XLIFF)) == ROWS[:1]


def declared(first: str, second: str, version: str = "1.2") -> str:
    unit = '<{0}><source>是。</source><target>Yes.</target></{0}><{0}><source>不。</source><target> </target></{0}>'
    if version == "2.0":
        body = f'<file><unit id="u">{unit.format("segment")}</unit></file>'
        return f'<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="{first}" trgLang="{second}">{body}</xliff>'
    return f'<file source-language="{first}" target-language="{second}"><body>{unit.format("trans-unit")}</body></file>'


def xliff(*files: str) -> str:
    return f'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">{"".join(files)}</xliff>'


def test_a_memory_is_read_to_its_end_however_many_units_it_has(tmp_path):
    unit = '<tu><tuv xml:lang="zh"><seg>苹果{0}</seg></tuv><tuv xml:lang="en"><seg>Apple {0}</seg></tuv></tu>'
    (tmp_path / "m.tmx").write_text('<tmx version="1.4"><header/><body>' + "".join(map(unit.format, range(6000))) + "</body></tmx>", "utf-8")
    assert [p.target for p in read_pairs(str(tmp_path / "m.tmx"))][-1] == "Apple 5999"


def test_units_without_target_and_in_other_languages_are_counted(tmp_path):
    passed = PassedOver()
    extra = '<tu><tuv xml:lang="fr"><seg>Oui.</seg></tuv><tuv xml:lang="en"><seg>Yes.</seg></tuv></tu></body>'
    assert texts(write(tmp_path, "a.tmx", TMX.replace("</body>", extra)), passed=passed) == ROWS[:1]
    assert (passed, str(passed)) == (PassedOver(1, 1), "without target: 1, in other languages: 1")
    passed = PassedOver()
    assert texts(write(tmp_path, "a.xlf", XLIFF), passed=passed) == ROWS[:1] and str(passed) == "without target: 1"
    passed = PassedOver()
    both = xliff(declared("zh-CN", "en-GB"), declared("zh-CN", "ja"))
    assert texts(write(tmp_path, "b.xlf", both), passed=passed) == [("是。", "Yes.")] and passed == PassedOver(1, 2)


@pytest.mark.parametrize("content", [declared("cmn-Hans", "eng", "2.0"), declared("zh_TW", "en-US", "2.0"), xliff(declared("zho", ""))])
def test_xliff_in_the_languages_asked_for_under_any_of_their_names(tmp_path, content):
    assert texts(write(tmp_path, "a.xlf", content)) == [("是。", "Yes.")]


@pytest.mark.parametrize(("content", "says"), [
    (xliff(declared("fr", "de")), "a.xlf:1: is from fr to de, and pairs from zh to en are asked for. Give --from fr --to de, or another file."),
    (xliff(declared("en", "zh")), "Give --from en --to zh"), (declared("zh", "ja", "2.0"), "Give --from zh --to ja"),
])
def test_xliff_in_other_languages_is_refused(tmp_path, content, says):
    with pytest.raises(InputError) as fault:
        texts(write(tmp_path, "a.xlf", content))
    assert says in str(fault.value)


@pytest.mark.parametrize(("name", "content", "says"), [
    ("a.tsv", "source\ttarget\n只有一列\n", "a.tsv:2: 1 column"),
    ("a.tsv", "好\x00\tgood\n", "a.tsv:1: a NUL byte"),
    ("a.tsv", "", "empty"),
    ("a.tsv", "source\ttarget\n是\tyes\t\n他\t说\tHe said\n", "a.tsv:3: 3 columns, expected 2. Mend the line"),
    ("a.tsv", "是\tyes\n".encode("utf-16"), "a.tsv:1: not UTF-8 but UTF-16. Convert"),
    ("a.csv", "source,target\n是,yes\n".encode("utf-16"), "a.csv:1: not UTF-8 but UTF-16. Convert"),
    ("a.tsv", gzip.compress(b"a\tb\n"), "a.tsv:1: not UTF-8: it is packed. Name it so: "),
    ("a.csv", "left,right\n1,2\n", "a.csv:1: no column 'source'"),
    ("a.tsv", "Source\tsource\ttarget\n是\t不\tno\n", "a.tsv:1: 2 columns are called 'source'. Rename all but one."),
    ("a.csv", "source,target\n是,Yes, sir\n", "a.csv:2: 3 columns, expected 2"),
    ("a.csv", 'source,target\n是,"yes\n不,no\n好,good\n', "a.csv:2: unexpected end of data. Mend the row: a quote mark"),
    ("a.csv", 'source,target\n"是\n。",yes\n不,"No," he said\n', "a.csv:4: ',' expected after '\"'. Mend the row: a quote mark"),
    ("a.jsonl", '{"source": "是"\n', "a.jsonl:1: no JSON object"),
    ("a.tsv.gz", gzip.compress(b"\xe6\x98\xaf\tyes\n" * 5000)[:-40], "ends too soon"),
    ("a.tmx", '<!DOCTYPE tmx [<!ENTITY a "b">]><tmx><body/></tmx>', "XML entities"),
    ("a.tmx", "<tmx><body>" + "<tu>" * 5000, "broken XML"),
    ("a.tmx", "<html/>", "<html> where <tmx> should be"),
    ("a.xlf", '<xliff version="1.0"/>', "XLIFF version '1.0'"),
    ("a.docx", "x", "does not say what format"),
])
def test_bad_input_is_one_line_with_place_and_cure(tmp_path, name, content, says):
    with pytest.raises(InputError) as fault:
        texts(write(tmp_path, name, content))
    assert says in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_bad_row_can_be_told_and_passed_over_but_a_file_that_cannot_be_begun_raises(tmp_path):
    told = []
    lines = b"\xe6\x98\xaf\tyes\nalone\n\xff\tno\n\xe4\xb8\x8d\0\tno\n\xe5\xa5\xbd\tgood\n"
    assert texts(write(tmp_path, "a.tsv", lines), on_fault=told.append) == [("是", "yes"), ("好", "good")]
    assert [fault.line for fault in told] == [2, 3, 4]
    told.clear()
    csv = b"source,target\n\xe6\x98\xaf,yes\n\xff,no\nalone\n\xe4\xb8\x8d\0,no\n\xe5\xa5\xbd,good\n"
    assert texts(write(tmp_path, "a.csv", csv), on_fault=told.append) == [("是", "yes"), ("好", "good")]
    assert [fault.line for fault in told] == [3, 4, 5]
    told.clear()
    cut = gzip.compress("".join(f"第{i}行\tline {i}\n" for i in range(9999)).encode())[:-2000]
    assert 1000 < len(texts(write(tmp_path, "a.tsv.gz", cut), on_fault=told.append)) < 9999
    assert len(told) == 1 and "ends too soon" in str(told[0])
    with pytest.raises(InputError, match="no column"):
        texts(write(tmp_path, "b.csv", "left,right\n1,2\n"), on_fault=told.append)


def _xz(rows) -> bytes:
    return _holed(lzma.compress(_tsv(rows)))


def _zst(rows) -> bytes:
    whole = pytest.importorskip("pyarrow").Codec("zstd").compress(_tsv(rows)).to_pybytes()
    return whole[:-2000]  # a hole can go unseen there


def _parquet(rows) -> bytes:
    out, parquet = io.BytesIO(), pytest.importorskip("pyarrow.parquet")
    table = pytest.importorskip("pyarrow").table(dict(zip(rows[0], zip(*rows[1:]))))
    parquet.write_table(table, out, row_group_size=4096)
    return _holed(out.getvalue(), parquet.ParquetFile(out).metadata.row_group(1).column(0).dictionary_page_offset)


def _xlsx(rows) -> bytes:
    whole, cut = io.BytesIO(), io.BytesIO()
    book = pytest.importorskip("openpyxl").Workbook()
    for row in rows:
        book.active.append(row)
    book.save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(cut, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[:-9000] if name.endswith("sheet1.xml") else old.read(name))
    return cut.getvalue()


def _tsv(rows) -> bytes:
    return "".join(f"{a}\t{b}\n" for a, b in rows).encode()


def _holed(whole: bytes, place: int = 0) -> bytes:
    place = place or len(whole) * 2 // 3
    return whole[:place] + b"\xff" * 500 + whole[place + 500 :]


@pytest.mark.parametrize(("name", "damaged", "says"), [
    ("a.tsv.xz", _xz, "cut short or damaged (Corrupt"), ("a.tsv.zst", _zst, "cut short or damaged (Truncated"),
    ("a.parquet", _parquet, "a.parquet:4097: damaged after row 4096 ("), ("a.xlsx", _xlsx, ": damaged after row 79")])
def test_what_stands_before_damage_is_read(tmp_path, name, damaged, says):
    rows = [("source", "target"), *((f"第{i}行{random.Random(i).random()}", f"line {i}") for i in range(8000))]
    told = []
    found = texts(write(tmp_path, name, damaged(rows)), on_fault=told.append)
    assert 3000 < len(found) < 8000 and found[:3000] == rows[1:3001]
    assert says in str(told[-1])


def test_a_null_is_unreadable_whatever_holds_it(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet as parquet

    sides = {"source": ["是", None, "好", ""], "target": ["yes", "no", None, "empty"]}
    parquet.write_table(pyarrow.table(sides), tmp_path / "a.parquet")
    write(tmp_path, "a.jsonl", "\n".join(json.dumps({"source": a, "target": b}) for a, b in zip(*sides.values())))
    for name in ("a.parquet", "a.jsonl"):
        told = []
        assert texts(tmp_path / name, on_fault=told.append) == [("是", "yes"), ("", "empty")]
        assert [(fault.line, fault.what) for fault in told] == [(2, "no text under 'source'"), (3, "no text under 'target'")]


def test_a_code_of_a_megabyte_is_not_kept_among_the_languages_met(monkeypatch):
    from verify.documents import xml_stream

    asked, get = [], xml_stream.get
    monkeypatch.setattr(xml_stream, "get", lambda code: get(asked.append(code) or code))
    assert not xml_stream.same_language("q" * 1_000_000, "zh") and xml_stream.same_language("zh-Hans-CN", "zh")
    assert max(map(len, asked)) <= xml_stream.LONGEST_CODE


def test_zst(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    body = "\n".join("\t".join(row) for row in ROWS).encode()
    assert texts(write(tmp_path, "a.tsv.zst", pyarrow.Codec("zstd").compress(body).to_pybytes())) == ROWS
    with pytest.raises(InputError, match="damaged"):
        texts(write(tmp_path, "b.tsv.zst", b"\xb5 no zstd frame"))


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path, monkeypatch):
    openpyxl = pytest.importorskip("openpyxl")
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    monkeypatch.setattr("verify.documents.workbook.LARGEST_BOOK", 1000)
    with pytest.raises(InputError, match="too much for a workbook. Save it as .csv"):
        texts(tmp_path / "a.xlsx")


def _book(path, *sheets, edit=lambda xml: xml):
    """A workbook of these (title, rows); `edit` changes the XML of its first sheet."""
    book = pytest.importorskip("openpyxl").Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    whole = io.BytesIO()
    book.save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, edit(old.read(name).decode()) if name.endswith("sheet1.xml") else old.read(name))
    return path


@pytest.mark.parametrize("hint", ["A1", "A1:B2"])
def test_the_cells_of_a_sheet_count_and_not_what_its_writer_says_of_its_size(tmp_path, hint):
    book = _book(tmp_path / "a.xlsx", ("s", [("source", "target"), *ROWS]), edit=lambda xml: re.sub('<dimension ref="[^"]*"', f'<dimension ref="{hint}"', xml))
    assert texts(book) == ROWS


def test_a_row_number_that_no_sheet_has_ends_the_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr("verify.documents.workbook.LAST_ROW", 1000)
    book = _book(tmp_path / "a.xlsx", ("s", [("source", "target"), *ROWS]), edit=lambda xml: xml.replace('<row r="3"', '<row r="999999999"'))
    told = []
    assert texts(book, on_fault=told.append) == ROWS[:1] and "more than 1,000 rows" in str(told[0])


def test_every_sheet_with_the_columns_is_read_and_the_others_are_named(tmp_path):
    head, notes = ("source", "target"), []
    book = _book(tmp_path / "a.xlsx", ("notes", [("remarks",)]), ("one", [head, ROWS[0]]), ("blank", []), ("two", [("id", *head), (None, *ROWS[1]), (7, *ROWS[0])]))
    found = [(pair.target, pair.id) for pair in read_pairs(str(book), on_note=notes.append)]
    assert found == [(ROWS[0][1], "one!2"), (ROWS[1][1], "two!2"), (ROWS[0][1], "7")]
    assert notes == ["sheet 'notes' was left out: no column 'source' among remarks"]
    with pytest.raises(InputError, match="no column 'source' among remarks"):
        texts(_book(tmp_path / "b.xlsx", ("notes", [("remarks",)]), ("more", [("words",)])))


def test_a_formula_without_a_stored_value_is_an_unreadable_row(tmp_path):
    rows = [("source", "target"), ROWS[0], ("=A2", "=B2"), ("是", "=B2"), (None, None), ("空", None), ROWS[1]]
    empty = lambda xml: xml.replace("</sheetData>", '<row r="8"><c r="A8" t="str"><f>""</f><v></v></c><c r="B8" t="str"><f>""</f><v></v></c></row></sheetData>')
    told = []
    assert texts(_book(tmp_path / "a.xlsx", ("s", rows), edit=empty), on_fault=told.append) == [ROWS[0], ("空", ""), ROWS[1]]
    assert [(fault.line, fault.what) for fault in told] == [(3, "a formula without a stored value"), (4, "a formula without a stored value")]
