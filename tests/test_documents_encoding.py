"""Encodings are told apart by what the text would be, and named."""

import pytest
from documents_files import NEWS_EN, NEWS_HANT, NEWS_JA, NEWS_ZH, check_offsets

from verify.documents import read
from verify.documents.encoding import decode
from verify.text import InputError

CASES = [
    (NEWS_ZH, "utf-8", "utf-8"), (NEWS_ZH, "utf-8-sig", "utf-8"), (NEWS_ZH, "gb18030", "gb18030"), (NEWS_ZH, "gbk", "gb18030"),
    (NEWS_HANT, "gb18030", "gb18030"), (NEWS_HANT, "big5", "big5"), (NEWS_HANT, "cp950", "big5"),
    (NEWS_ZH, "utf-16", "utf-16-le"), (NEWS_ZH, "utf-16-le", "utf-16-le"), (NEWS_HANT, "utf-16-be", "utf-16-be"), (NEWS_EN, "utf-16-be", "utf-16-be"),
    (NEWS_JA, "cp932", "shift_jis"), (NEWS_JA, "euc_jp", "euc-jp"), (NEWS_JA, "iso2022_jp", "iso-2022-jp"),
    (["“We do indeed hold a card,” he said — it’s another matter, à la carte."], "cp1252", "cp1252"),
    (["Министр финансов Японии заявил, что облигации США могут стать козырем на переговорах."], "cp1251", "cp1251"),
]


@pytest.mark.parametrize(("lines", "written", "found"), CASES, ids=[f"{written}-{found}" for _, written, found in CASES])
@pytest.mark.parametrize("whole", [True, False], ids=["text", "one sentence"])
def test_encoding_is_found(tmp_path, lines, written, found, whole):
    text = "\n".join(lines if whole else lines[:1])
    (tmp_path / "a.txt").write_bytes(text.encode(written))
    document = read(tmp_path / "a.txt")
    assert (document.text, document.encoding) == (text, found)
    check_offsets(document)


@pytest.mark.parametrize("written", ["gb18030", "big5", "utf-8"])
def test_eight_characters_are_enough(written):
    for line in NEWS_HANT if written == "big5" else NEWS_ZH:
        for start in range(0, len(line) - 8, 5):
            assert decode(line[start : start + 8].encode(written), "f")[0] == line[start : start + 8]


@pytest.mark.parametrize("char", ["\u202e", "\u00ad", "\ue000"])
def test_one_odd_character_in_english_does_not_make_it_another_encoding(char):
    text = "\n".join(NEWS_EN).encode("ascii", "replace").decode() + f" He said {char}so."
    assert decode(text.encode(), "f") == (text, "utf-8", [])


def test_a_page_is_read_as_it_declares_unless_that_is_wrong(tmp_path):
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset={}"></head><body><p>{}</p></body></html>'
    (tmp_path / "a.html").write_bytes(page.format("gb2312", NEWS_ZH[0]).encode("gbk"))
    assert (read(tmp_path / "a.html").encoding, read(tmp_path / "a.html").warnings) == ("gb18030", [])
    (tmp_path / "b.html").write_bytes(page.format("gb2312", NEWS_ZH[0]).encode("utf-8"))
    document = read(tmp_path / "b.html")
    assert document.encoding == "utf-8" and document.warnings == ["declares gb18030 but is utf-8"]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (("中国的牌。\n" * 3).encode() + b"\xff" + "是牌。".encode(), 4, "byte 48 (0xff) is not valid UTF-8"),
        ("".join(NEWS_ZH).encode("gb18030")[:-3] + b"\xff", 1, "is not valid GB18030"),
        ("中国".encode("utf-16") + b"\0", 1, "is not valid UTF-16-LE"),
        (b"He said so.\n" * 5 + b"and \xff\xff\xfe", 6, "(0xff) is not valid"),
    ],
)
def test_an_undecodable_byte_is_named_with_line_and_offset(tmp_path, data, line, words):
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(InputError) as refused:
        read(tmp_path / "a.txt")
    assert refused.value.line == line and words in str(refused.value) and "Save it again as UTF-8." in str(refused.value)
