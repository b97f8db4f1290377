"""Each format gives the words a reader sees, at the places where they stand."""

from pathlib import Path

import pytest
from documents_files import NEWS_EN, NEWS_ZH, check_offsets, docx, paragraph, texts

from verify.documents import read, suppressions

SEEDS = sorted((Path(__file__).resolve().parents[1] / "seeds").glob("*.txt"))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_the_seed_reads_as_its_paragraphs_and_two_lines_of_boilerplate(seed):
    document = read(seed)
    check_offsets(document)
    assert (document.language, document.format, document.encoding, document.warnings) == ("en", "text", "utf-8", [])
    assert [line.split(":")[0] for line in texts(document, "boilerplate")] == ["Original article", "Disclaimer"]
    assert 'He replied: "We do indeed hold a card.' in texts(document)
    assert any(quote.text.startswith("We do indeed hold a card") and len(quote.segments) == 2 for quote in document.quotes)


def test_lines_around_an_article_are_boilerplate_and_sentences_that_begin_like_them_are_not():
    around = ["责任编辑：王小明", "（来源：新华社）", "2025-05-02 16:20 来源：新闻网", "原文链接：https://a.cn/1", "未经许可不得转载", "广告", "By Jane Doe and Ken Sato",
              "Updated: May 2, 2025", "Source: NHK", "ADVERTISEMENT", "無断転載を禁じます", "関連記事：日米交渉"]
    content = ["来源：日本财务省的数据显示，持有量连续两个月下降。", "评论人士认为这是一张牌", "举报人称他确实说过。", "By Friday the yen had fallen", "By Friday, Japan had sold.",
               "Updated rules apply to banks", "広告業界では話題になった。", "声明说，日本不会出售。", "Sources: the ministry said it would sell."]
    document = read("a", language="zh", text="\n".join(["前言在此。", *around, *content]))
    assert texts(document, "boilerplate") == around
    assert texts(document)[1:] == content


def test_plain_lines_are_paragraphs_but_a_hard_wrapped_file_is_joined(tmp_path):
    wrapped = (
        "Japan's finance minister said on Friday that the country's holdings of the\n"
        "Treasuries could be a card in the talks, but that whether to play it was a\n"
        "different matter.\n\nHe told TV Tokyo that the bonds are held to be ready for intervention, and\n"
        "United States officials took note.\n- first point\n- second point\n"
    )
    (tmp_path / "wrapped.txt").write_text(wrapped)
    document = read(tmp_path / "wrapped.txt", language="en")
    check_offsets(document)
    assert [s.text.split()[-1] for s in document.segments] == ["matter.", "note.", "point", "point"]
    assert "holdings of the Treasuries" in document.segments[0].text

    (tmp_path / "lines.txt").write_text("\r\n".join(["美债是牌", *NEWS_ZH]), newline="")
    document = read(tmp_path / "lines.txt")
    check_offsets(document)
    assert texts(document, "heading") == ["美债是牌"]
    assert [s.paragraph for s in document.segments] == [0, 1, 2, 2, 3]
    assert document.line_of(document.segments[-1].start) == 4


def test_chinese_wrapped_in_columns_is_joined_without_blanks(tmp_path):
    text = "".join(NEWS_ZH) * 3
    rows = [text[i : i + 30] for i in range(0, len(text), 30)]
    (tmp_path / "rows.txt").write_text("\n".join(rows), encoding="utf-8")
    document = read(tmp_path / "rows.txt")
    check_offsets(document)
    assert "".join(s.text for s in document.segments) == text


def test_one_per_line_keeps_the_numbers_of_the_lines(tmp_path):
    (tmp_path / "a.txt").write_text("One. Two.\n\nDisclaimer: three.\n  four \n")
    document = read(tmp_path / "a.txt", language="en", one_per_line=True)
    check_offsets(document)
    assert [s.text for s in document.segments] == ["One. Two.", "", "Disclaimer: three.", "four"]
    assert [s.kind for s in document.segments] == ["text", "boilerplate", "text", "text"]


def test_markdown_marks_are_read_away(tmp_path):
    (tmp_path / "a.md").write_text(
        "---\ntitle: card\n---\n\n# The *card*\n\n"
        'He said: "We **do indeed** hold a [card](https://x.org/a_(b) "t")." It is 5 * 3 and snake_case &amp; \\*that\\*.\n'
        "A soft break ![picture](p.png) follows[^1] in `code_here`. See [the note][n] and [sic].\n\n"
        "> Quoted by him\n> on two lines.\n\n* First *point*.\n* Second point.\n\n"
        "```\nnot = text\n```\n\n| Who | What |\n|---|---|\n| Kato | a \\| card |\n\n<div>Some <b>html</b> here.</div>\n\n[n]: http://n.org\n[^1]: A note.\n"
    )
    document = read(tmp_path / "a.md", language="en")
    assert texts(document, "heading") == ["The card"]
    assert [s.text for s in document.segments if s.kind == "text"][:10] == [
        'He said: "We do indeed hold a card."', "It is 5 * 3 and snake_case & *that*.", "A soft break follows in code_here.",
        "See the note and [sic].", "Quoted by him on two lines.", "First point.", "Second point.", "Who", "What", "Kato",
    ]
    assert "Some html here." in texts(document) and "a | card" in texts(document)
    assert [line.split()[0] for line in texts(document, "boilerplate")] == ["---", "```"]
    for segment in document.segments:
        assert all(document.text[segment.place(i, i + 1)[0]] in (char, "\n", "&") for i, char in enumerate(segment.text))
    quote = document.quotes[0]
    assert document.text[quote.start : quote.end] == 'We **do indeed** hold a [card](https://x.org/a_(b) "t").' and quote.segments == (2,)


def test_subtitles_are_joined_into_sentences_over_cues(tmp_path):
    (tmp_path / "talk.srt").write_text(
        "1\n00:00:01,000 --> 00:00:02,500\n<i>The minister said</i>\nthat Japan\n\n2\n00:00:02,600 --> 00:00:04,000\n{\\an8}holds a card. Whether to play\n\n"
        "3\n00:00:04,100 --> 00:00:05,000\nit is another matter.\n\n4\n00:00:05,100 --> 00:00:06,000\n- Is it?\n- It is.\n", encoding="utf-8-sig")
    document = read(tmp_path / "talk.srt")
    check_offsets(document)
    assert texts(document) == ["The minister said that Japan holds a card.", "Whether to play it is another matter.", "Is it?", "It is."]


def test_subtitles_without_stops_stay_one_segment_a_cue(tmp_path):
    cues = ["日本持有美国国债", "这是一张牌", "打不打是另一回事"]
    (tmp_path / "talk.srt").write_text("\n\n".join(f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n{cue}" for i, cue in enumerate(cues)), encoding="utf-8")
    assert texts(read(tmp_path / "talk.srt")) == cues


def test_docx_has_tables_and_notes_but_no_deleted_text(tmp_path):
    body = (
        paragraph("The card", style="1")
        + '<w:p><w:r><w:t>He said: “We do </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del><w:ins><w:r><w:t>indeed hold a card.”</w:t></w:r></w:ins>'
        "<w:r><w:tab/><w:t>Next sentence &amp; end.</w:t></w:r></w:p>"
        + f"<w:tbl><w:tr><w:tc>{paragraph('In a table.')}</w:tc></w:tr></w:tbl>" + paragraph("Disclaimer: not us.")
    )
    (tmp_path / "a.docx").write_bytes(docx(body, footnotes=f'<w:footnote w:id="1">{paragraph("A note says so.")}</w:footnote>'))
    document = read(tmp_path / "a.docx", language="en")
    check_offsets(document)
    assert document.format == "docx"
    assert texts(document, "heading") == ["The card"]
    assert texts(document) == ["He said: “We do indeed hold a card.”", "Next sentence & end.", "In a table.", "A note says so."]
    assert texts(document, "boilerplate") == ["Disclaimer: not us."]
    assert [q.text for q in document.quotes] == ["We do indeed hold a card."]


def test_a_quote_over_paragraphs_and_an_advertisement_is_found_whole_or_in_reopened_parts(tmp_path):
    (tmp_path / "a.txt").write_text("He said: “We hold a card.\n\nAdvertisement\n\n“Whether we play it is another matter.” He left.\n", encoding="utf-8")
    document = read(tmp_path / "a.txt", language="en")
    check_offsets(document)
    touched = sorted({i for quote in document.quotes for i in quote.segments})
    assert touched == [0, 2] and document.segments[1].kind == "boilerplate"


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_comments_to_the_tool_are_no_text_and_name_their_paragraph(tmp_path, suffix):
    first, second = NEWS_EN
    tag = (lambda words: f"<p>{words}</p>") if suffix == ".html" else (lambda words: words + "\n")
    (tmp_path / f"a{suffix}").write_text("\n".join([tag(first + " <!-- verify: ignore negation, modality -->"), "<!-- verify: ignore -->", tag(second)]))
    document = read(tmp_path / f"a{suffix}", language="en")
    assert " ".join(s.text for s in document.segments) == f"{first} {second}"
    (start, end, checks), (start2, end2, every) = suppressions(document)
    assert checks == {"negation", "modality"} and every == frozenset()
    assert document.text[start:end].startswith("The minister") and document.text[start2:end2] == second


def test_text_given_directly_and_stdin(monkeypatch):
    import io
    import sys
    from types import SimpleNamespace

    document = read("draft", text=" ".join(NEWS_EN))
    assert document.name == "draft" and len(document.segments) == 3
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO("\n".join(NEWS_ZH).encode("gb18030"))))
    document = read("-")
    assert (document.name, document.path, document.encoding, document.language) == ("stdin", None, "gb18030", "zh")


def test_the_work_of_reading_grows_with_the_text_and_not_with_its_square(tmp_path):
    from time import process_time

    (tmp_path / "a.txt").write_text("\n\n".join(NEWS_EN * 700))
    read(tmp_path / "a.txt")
    start = process_time()
    assert len(read(tmp_path / "a.txt").segments) == 2100
    assert process_time() - start < 10  # of processor time; half a second, and quadratic time would be minutes
