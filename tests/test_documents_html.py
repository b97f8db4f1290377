"""A saved page gives its article; what stands around it stays addressable as boilerplate."""

import sys
from time import process_time

import pytest
from documents_files import NEWS_EN, SINA_PAGE, check_offsets, texts

from verify.documents import read


@pytest.fixture(params=["own", "trafilatura"])
def extraction(request, monkeypatch):
    """Both ways to find the article; the second only where the extra [web] is installed."""
    if request.param == "trafilatura":
        pytest.importorskip("trafilatura", reason="the extra [web] is not installed")
    else:
        monkeypatch.setitem(sys.modules, "trafilatura", None)


def test_a_chinese_news_page_gives_title_and_paragraphs(tmp_path, extraction):
    (tmp_path / "page.html").write_text(SINA_PAGE, encoding="utf-8")
    document = read(tmp_path / "page.html")
    check_offsets(document)
    assert (document.format, document.language) == ("html", "zh")
    assert texts(document, "heading") == ["加藤胜信：日本所持美债可能成为谈判筹码"]
    article = "".join(texts(document))
    assert "“我想，作为一张牌，它是存在的。至于打不打这张牌，则是另一个问题。”" in article
    assert "收益率上升。" in article and "美国国债可能成为日美贸易谈判的一个筹码" in article and "1.07万亿美元" in article
    around = "".join(texts(document, "boilerplate"))
    for words in ("责任编辑", "首页", "央行维持利率不变", "网友甲", "版权所有", "千元红包"):
        assert words in around and words not in article
    assert "不是正文" not in article + around and "color" not in around
    assert [document.text[q.start : q.end].replace("\n", "") for q in document.quotes] == ["我想，作为一张牌，它是存在的。至于打不打这张牌，则是另一个问题。"]


def test_a_page_without_h1_has_its_title_from_title(tmp_path, extraction):
    paragraphs = "".join(f"<p>{words}" for words in NEWS_EN * 3)
    (tmp_path / "page.htm").write_text(f"<html><head><title>Kato says bonds are a card - Example News</title></head><body><div class=story>{paragraphs}</div></body></html>")
    document = read(tmp_path / "page.htm")
    check_offsets(document)
    assert texts(document, "heading") == ["Kato says bonds are a card"]
    assert len({s.paragraph for s in document.segments if s.kind == "text"}) == 6  # <p> without </p>


def test_what_a_browser_shows_and_does_not(tmp_path, extraction):
    (tmp_path / "page.html").write_text(
        "<!DOCTYPE html><html><body><p>加藤<ruby>勝信<rt>かつのぶ</rt></ruby>財務相は<q>カードはあると思う</q>と&#36848;べた。この発言は番組での質問に対するものだった。</p>"
        "<p style='display:none'>見えない文がここにあります。本当に見えません。</p><p>1 < 2 &amp;&nbsp;A&B は正しい。これも本文の一部であり、きちんと読まれるべきである。</p></body></html>", encoding="utf-8")
    document = read(tmp_path / "page.html", language="ja")
    text = "".join(texts(document))
    assert "加藤勝信財務相は“カードはあると思う”と述べた。" in text and "1 < 2 & A&B は正しい。" in text
    if "trafilatura" not in sys.modules or sys.modules["trafilatura"] is None:
        assert "見えない" not in text


def test_a_fragment_is_read_whole(tmp_path, extraction):
    (tmp_path / "bit.html").write_text("<p>Short.</p><p>Also short.</p>")
    assert texts(read(tmp_path / "bit.html", language="en")) == ["Short.", "Also short."]


def test_a_hundred_thousand_nested_tags_do_not_crash(tmp_path, extraction):
    (tmp_path / "deep.html").write_text("<p>The minister said that Japan holds a card.</p>" + "<div>" * 100_000 + "<b>" * 1000 + "End of it." + "</div>" * 100_000)
    assert texts(read(tmp_path / "deep.html", language="en"))[0] == "The minister said that Japan holds a card."


@pytest.mark.parametrize("piece", ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "<p>", "</span>", "<a", "<!--", "<![", '<a b="', "<script>", "&#1", "<br>", "<"])
def test_hostile_mark_up_takes_linear_time(piece, monkeypatch):
    from verify.documents import html

    monkeypatch.setitem(sys.modules, "trafilatura", None)
    page = "<html><body><p>The minister said that Japan holds a card.</p>" + piece * 30_000
    start = process_time()
    assert html.blocks(page)[0].text == "The minister said that Japan holds a card."
    assert process_time() - start < 4  # quadratic time would be minutes
