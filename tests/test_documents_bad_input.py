"""What cannot be used is refused in one line with its place and a cure."""

import io
import os
import zipfile

import pytest
from documents_files import NEWS_EN, NEWS_JA, NEWS_ZH, docx, paragraph

from verify.documents import LONGEST, opening, read
from verify.text import InputError

GOOD_CUE = "1\n00:00:01,000 --> 00:00:02,000\nHe said so.\n\n"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def zipped(**parts) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return held.getvalue()


FILES = {
    "empty": ("a.txt", b"", "is empty"),
    "blank": ("a.txt", b" \n\t\r\n \n", "is empty"),
    "blank page": ("a.html", b"<html><head><script>x</script></head><body> </body></html>", "holds no text"),
    "only marks": ("a.txt", b"*** --- 123 ***", "holds no words"),
    "NUL": ("a.txt", b"The minister\0 said.", "byte 12 is NUL"),
    "program": ("a.txt", b"\x7fELF\2\1\1\0\0\0", "is a program"),
    "control characters": ("a.txt", bytes(range(1, 9)) * 50, "is binary"),
    "PDF": ("a.txt", b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
    "PNG": ("a.png", b"\x89PNG\r\n\x1a\n\0\0", "is a PNG picture"),
    "old Word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old .doc file"),
    "RTF": ("a.txt", b"{\\rtf1\\ansi Hello}", "is an RTF file"),
    "web archive": ("a.mht", b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related", "web archive"),
    "no DOCX": ("a.docx", b"The minister said so.", "is no DOCX"),
    "cut DOCX": ("a.docx", docx(paragraph("x") * 50)[:300], "damaged zip"),
    "spreadsheet": ("a.xlsx", zipped(xl__workbook_xml="<x/>"), "Excel workbook"),
    "other zip": ("a.zip", zipped(a="b"), "is a zip archive"),
    "broken XML": ("a.docx", docx("<w:p><w:r>"), "word/document.xml: broken XML"),
    "entities": ("a.docx", docx(paragraph("&b;"), prologue=ENTITIES), "declares a document type"),
    "nested XML": ("a.docx", docx("<w:p>" * 100_000), "broken XML"),
    "zip bomb": ("a.docx", docx(paragraph("x" * 30_000_000)), "a zip bomb"),
    "long line": ("a.txt", b"word " * 200_000, "999999 characters without a sentence end"),
    "timing": ("a.srt", (GOOD_CUE + "2\n00:00:03 -> 00:00:04\nHe did.\n").encode(), "a.srt:6: no timing"),
    "no timing": ("a.srt", (GOOD_CUE + "He did.\n").encode(), "a.srt:5: no timing"),
    "end before start": ("a.srt", (GOOD_CUE + "2\n00:00:09,000 --> 00:00:04,000\nHe did.\n").encode(), "a.srt:6: the timing is impossible"),
    "no subtitles": ("a.srt", b"He did.\n", "a.srt:1: no timing"),
}


@pytest.mark.parametrize("case", FILES, ids=str)
def test_unusable_files_are_refused(tmp_path, case):
    name, data, words = FILES[case]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError) as refused:
        read(tmp_path / name)
    line = str(refused.value)
    assert line.startswith(str(tmp_path / name)) and words in line and refused.value.cure and "\n" not in line


def test_places_that_hold_no_file(tmp_path):
    for path, words in ((tmp_path / "none.txt", "no such file"), (tmp_path, "is a folder"), ("a\0b", "no file name"), ("x" * 5000, "cannot be read")):
        with pytest.raises(InputError, match=words):
            read(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / "a.txt")


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path, monkeypatch):
    with (tmp_path / "a.txt").open("wb") as stream:
        stream.truncate(opening.MAX_BYTES + 1)
    monkeypatch.setattr(opening, "_MAGIC", None)  # would fail if any content were looked at
    with pytest.raises(InputError, match="is too large: 51 MB, the limit is 50 MB"):
        read(tmp_path / "a.txt")


def test_more_text_than_anybody_checks_in_one_go(tmp_path):
    path = tmp_path / "corpus.txt"
    path.write_text("The bridge would reopen.\n" * (LONGEST // 20), encoding="utf-8")
    with pytest.raises(InputError, match="one of 5 million is read"):
        read(path)


def test_a_language_that_is_no_code_is_refused():
    from verify.documents import read as read_document

    with pytest.raises(InputError, match="^a: is said to be in 'klingon', which is no language code"):
        read_document("a", language="klingon", text=NEWS_EN[0])


@pytest.mark.parametrize(("lines", "given"), [(NEWS_ZH, "en"), (NEWS_EN, "zh"), (NEWS_EN, "ja"), (NEWS_JA, "zh"), (NEWS_ZH, "ja"), (NEWS_ZH, "ru"), (NEWS_EN, "ko")])
def test_a_language_that_the_text_plainly_is_not_in_is_refused(lines, given):
    with pytest.raises(InputError, match="is said to be"):
        read("a", language=given, text=" ".join(lines * 3))


def test_chinese_in_traditional_script_is_read_as_that_whatever_chinese_is_said():
    assert read("a", language="zh", text="目前研判可能是貨輪下錨時勾斷。").language == "zh-Hant"
    assert read("a", language="zh", text="目前判断是货轮下锚时勾断的。").language == "zh"


def test_mixed_languages_and_doubtful_ones_warn():
    document = read("a", text="\n".join(NEWS_ZH * 2 + NEWS_EN * 2))
    assert len(document.warnings) == 1 and document.warnings[0].startswith("mixed languages: 4 of 12 segments are in Latin script, the first on line 7")
    assert read("a", language="en", text="Le ministre a dit que le pays n'est pas pour une vente des obligations.").warnings == ["reads as fr, taken as English"]
    assert read("a", language="de", text="Der Minister sagte, dass es eine Karte ist.").warnings == []
    assert read("a", language="zh", text="\n".join(NEWS_ZH) + "他的原话是「カードはあると思う」。").language == "zh"
    assert read("a", text=NEWS_ZH[0] + "《Financial Times》报道了Kato Katsunobu的话。").warnings == []


def test_a_megabyte_on_one_line_is_read_when_it_has_sentences():
    document = read("a", text=(NEWS_EN[1] + " ") * 13_000 + NEWS_EN[0])
    assert len(document.text) > 1_000_000 and len(document.segments) == 13_002
