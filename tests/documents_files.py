"""Files for the tests of the documents room, made as real ones look, and the check that offsets hold."""

from __future__ import annotations

import html
import io
import re
import zipfile

NEWS_ZH = [
    "日本财务大臣加藤胜信说，日本持有的美国国债可能成为日美贸易谈判的一个筹码，但是否动用则是另一个问题。",
    "他说：“我想，作为一张牌，它是存在的。至于打不打这张牌，则是另一个问题。”",
    "美国总统特朗普4月2日宣布对等关税后，美国国债一度遭大规模抛售。",
]
NEWS_HANT = [
    "日本財務大臣加藤勝信說，日本持有的美國國債可能成為日美貿易談判的一個籌碼，但是否動用則是另一個問題。",
    "他說：「我想，作為一張牌，它是存在的。至於打不打這張牌，則是另一個問題。」",
]
NEWS_JA = ["加藤勝信財務相は「交渉のカードとしてはあると思う」と述べた。", "切るのか切らないのかはまた別の問題だと語った。"]
NEWS_EN = [
    'The minister said: "We do indeed hold a card. Whether we play it is another matter."',
    "He also emphasized that the bonds were not bought to support the United States.",
]

SINA_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8">
<title>加藤胜信：日本所持美债可能成为谈判筹码_财经频道_新闻网</title>
<script>var ad = "<p>不是正文。</p>";</script><style>.a{color:red}</style></head>
<body class="has-sidebar">
<div class="top-nav"><a href="/">首页</a> <a href="/news">新闻</a> <a href="/finance">财经</a></div>
<div class="main"><div class="article-wrap">
<h1 class="main-title">加藤胜信：日本所持美债可能成为谈判筹码</h1>
<div class="date-source"><span>2025年05月02日 16:20</span> <a href="#">新闻网</a></div>
<div id="artibody">
<p>　　日本财务大臣加藤胜信说，日本持有的美国国债可能成为<b>日美贸易谈判</b>的一个筹码，但是否动用则是另一个问题。</p>
<div class="ad-box"><p>限时优惠：开户即送大礼包，点击领取千元红包，机会不容错过。</p></div>
<p>　　他说：&ldquo;我想，作为一张牌，它是存在的。
至于打不打这张牌，则是另一个问题。&rdquo;</p>
<p>　　美国总统特朗普4月2日宣布对等关税后，美国国债一度遭大规模抛售 &amp; 收益率上升。<br><br>　　日本是美国国债最大的海外持有国，持有量约1.07万亿美元。</p>
<p>责任编辑：王小明</p>
</div></div>
<div class="related"><h3>相关新闻</h3><ul><li><a href="/1">日本央行维持利率不变，市场预期落空。</a></li><li><a href="/2">美国关税谈判的最新进展如何</a></li></ul></div>
<div class="comment-list"><p>网友甲：说得好，这张牌早就该打了，我看美国人还能怎么办。</p></div>
</div>
<footer>版权所有 新闻网 ICP备12345678号</footer>
</body></html>
"""

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str, footnotes: str = "", prologue: str = "", **parts: bytes) -> bytes:
    """A DOCX around the given WordprocessingML. `prologue` goes before the document's root element."""
    wrap = lambda root, inner: f'<?xml version="1.0" encoding="UTF-8"?>{prologue}<w:{root} xmlns:w="{_W}">{inner}</w:{root}>'
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", wrap("document", f"<w:body>{body}</w:body>"))
        archive.writestr("word/styles.xml", wrap("styles", styles).replace(prologue, "", 1) if prologue else wrap("styles", styles))
        if footnotes:
            archive.writestr("word/footnotes.xml", wrap("footnotes", footnotes))
        for name, data in parts.items():
            archive.writestr(name, data)
    return held.getvalue()


def paragraph(words: str, style: str = "") -> str:
    return f'<w:p>{f"<w:pPr><w:pStyle w:val={chr(34)}{style}{chr(34)}/></w:pPr>" if style else ""}<w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def cleaned(raw: str) -> str:
    """What a reader sees of a stretch of a file, without white space."""
    raw = re.sub(r"<!--.*?-->|</?[a-zA-Z][^<>]*>|\{\\[^}]*\}", "", raw, flags=re.S)
    raw = re.sub(r"\d+\r?\n\d\d:\d\d:\d\d,\d+ --> .*", "", raw)
    return re.sub(r"[\s\u200b\ufeff]+", "", html.unescape(raw))


def check_offsets(document, clean=cleaned) -> None:
    """Every segment, and every character of it, is where it says; quotes too."""
    for segment in document.segments:
        assert clean(document.text[segment.start : segment.end]) == re.sub(r"\s+", "", segment.text)
        for index, char in enumerate(segment.text):
            start, _ = segment.place(index, index + 1)
            there = document.text[start]
            assert there == char or (char == " " and there.isspace()) or there in "&<", (segment, index)
        assert segment.offsets is None or list(segment.offsets) == sorted(segment.offsets)
    for quote in document.quotes:
        touched = "".join(clean(document.text[document.segments[i].start : document.segments[i].end]) for i in quote.segments)
        for start, end in quote.parts or [(quote.start, quote.end)]:
            assert clean(document.text[start:end]) in touched


def texts(document, kind: str = "text") -> list[str]:
    return [segment.text for segment in document.segments if segment.kind == kind]
