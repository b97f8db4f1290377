"""Reports built by hand for the tests of the renderers: no alignment, no model, no check."""

from __future__ import annotations

import re

from verify.finding import Bead, Category, Finding, QuotePair, Report, Severity
from verify.text import Document, Quote, QuoteKind, Segment, Span

DRAFT = """Kato replied: "We do indeed hold a card. Whether we use it is another matter."
Kato emphasized that the holding was not done specifically to support the United States.
Japan holds nearly $1.07 trillion in US debt.
Analysts were delighted."""
TOUTIAO = """加藤回答说：“我们确实握有一张牌。至于要不要打这张牌，那是另一回事。”
加藤强调，日本持有美国国债并不是专门为了支持美国。
日本持有近1.07万亿美元的美国国债。
不过，日本也面临两难。"""
ZAOBAO = """他说：“我想，作为一张牌，它是存在的。至于打不打这张牌，则是另一个问题。”
他也说，日本持有美国国债，并非为了支援美国。
持有量约1.07万亿美元。"""
RECORD = """「（交渉の）カードとしてはあると思う」と述べた。
「アメリカを支援するために持っているわけではない」と述べた。"""


def document(name: str, language: str, text: str, quotes: tuple[str, ...] = (), speaker: str = "", verb: str = "") -> Document:
    """One segment a line; `quotes` are found by their words."""
    segments = [Segment(m[0], m.start(), m.end(), n) for n, m in enumerate(re.finditer(r"[^\n]+", text))]
    found = [Quote(q, text.index(q), text.index(q) + len(q), QuoteKind.DIRECT, (0,), speaker or None, verb or None) for q in quotes]
    return Document(name, language, text, segments, found)


def span(doc: Document, words: str) -> Span:
    start = doc.text.index(words)
    return Span(doc.name, start, start + len(words), words)


def report() -> Report:
    """Three witnesses (two Chinese, one Japanese), a quote pair with each, a finding of each kind of place."""
    draft = document("draft.en.txt", "en", DRAFT, ("We do indeed hold a card. Whether we use it is another matter.",), "Kato", "replied")
    toutiao = document("toutiao", "zh", TOUTIAO, ("我们确实握有一张牌。至于要不要打这张牌，那是另一回事。",), "加藤", "回答说")
    zaobao = document("zaobao", "zh", ZAOBAO, ("我想，作为一张牌，它是存在的。至于打不打这张牌，则是另一个问题。",), "他", "说")
    record = document("record", "ja", RECORD, ("（交渉の）カードとしてはあると思う",), "", "述べた")
    back = "我们确实持有一张牌。是否使用它是另一回事。"
    return Report(
        draft, [toutiao, zaobao, record],
        beads={
            "toutiao": [Bead((0,), (0,), 0.9), Bead((1,), (1,), 0.8), Bead((2,), (2,), 0.8), Bead((3,), (), 0.0), Bead((), (3,), 0.0)],
            "zaobao": [Bead((0,), (0,), 0.7), Bead((1,), (1,), 0.6), Bead((2,), (2,), 0.6), Bead((), (3,), 0.0)],
            "record": [Bead((0,), (0,), 0.5), Bead((1,), (1,), 0.5), Bead((), (2, 3), 0.0)],
        },
        back_translations={"toutiao": {0: back}, "zaobao": {0: back}, "record": {0: "私たちは確かにカードを持っている。"}},
        quotes=[QuotePair(draft.quotes[0], w.quotes[0], w.name, 0.8, back) for w in (toutiao, zaobao)]
        + [QuotePair(draft.quotes[0], None, "record")],
        findings=[
            Finding("agent", Category.MISTRANSLATION, Severity.MAJOR, "The record says that a card exists; the draft says who holds it.",
                    span(record, "ある"), span(draft, "hold"), 0.87, "record", "there is a card", {"bead": 0}, ("toutiao",)),
            Finding("emphasis", Category.ADDITION, Severity.MINOR, "Nothing in the original stands for “indeed”.",
                    None, span(draft, "indeed"), 0.6, "zaobao", evidence={"bead": 0}, agrees_with=("toutiao",)),
            Finding("attribution", Category.MISTRANSLATION, Severity.MINOR, "The draft emphasizes; the original says.",
                    span(zaobao, "说，"), span(draft, "emphasized"), 0.7, "zaobao", evidence={"bead": 1}),
            Finding("omission", Category.OMISSION, Severity.MAJOR, "The draft has nothing for this sentence.",
                    span(toutiao, "不过，日本也面临两难。"), None, 0.7, "toutiao"),
            Finding("addition", Category.ADDITION, Severity.CRITICAL, "No witness holds this sentence.",
                    None, span(draft, "Analysts were delighted."), 0.9, "toutiao"),
        ],
        notes=["record: 1 of its 3 sentences has no counterpart in the draft"],
        signature="pocket-1|ct2:4.8|int8|verify:0.1.0", title="The minister and the card",
    )
