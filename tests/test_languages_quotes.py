"""Quotes: their extent, kind, speaker and verb."""

import pytest

from verify.languages import get
from verify.text import QuoteKind


def only(code, text):
    (quote,) = get(code).quotes(text)
    return quote


@pytest.mark.parametrize(
    ("code", "text", "words", "kind", "speaker", "verb"),
    [
        ("en", 'He replied: "We do. It is late."', "We do. It is late.", "direct", "He", "reply"),
        ("en", '"We agree," said Kato Katsunobu, the minister.', "We agree,", "direct", "Kato Katsunobu", "say"),
        ("en", '"Late," Kato, the finance minister, told reporters on Friday.', "Late,", "direct", "Kato", "tell"),
        ("en", '"Late," its president, Shinichi Takagi, said.', "Late,", "direct", "its president, Shinichi Takagi", "say"),
        ("en", '"Late," Chou, the minister for digital affairs, told the Haidao Daily.', "Late,", "direct", "Chou", "tell"),
        ("en", "'We agree', the union's head said.", "We agree", "direct", "the union's head", "say"),
        ("en", 'The minister stressed that it was "not done to help".', "not done to help", "partial", "The minister", "stress"),
        ("en", 'It is "under control", according to the bank.', "under control", "partial", "the bank", "according to"),
        ("en", 'Kato was quoted as saying it is "a card".', "a card", "partial", "Kato", "say"),
        ("en", 'The so-called "trade war" began.', "trade war", "scare", None, None),
        ("zh", "加藤胜信2日在节目中被问及此事时说：“我们有一张牌。”", "我们有一张牌。", "direct", "加藤胜信", "说"),
        ("zh", "“我们有一张牌”，加藤胜信表示。", "我们有一张牌", "direct", "加藤胜信", "表示"),
        ("zh", "「我只認錯，不認罪。」涉案議員說。", "我只認錯，不認罪。", "direct", "涉案議員", "说"),
        ("zh", "他强调，持有美债“不是为了支持美国”。", "不是为了支持美国", "partial", "他", "强调"),
        ("zh", "李国华星期一说：“票价不变，请放心。”", "票价不变，请放心。", "direct", "李国华", "说"),
        ("zh", "高木真一說：「我們由衷道歉。」", "我們由衷道歉。", "direct", "高木真一", "说"),
        ("zh", "所谓“贸易战”已经开始。", "贸易战", "scare", None, None),
        ("ja", "復旧の見通しについては「三週間かかると聞いている」と説明した。", "三週間かかると聞いている", "direct", None, "説明する"),
        ("ja", "高木社長は「心よりおわび申し上げます」と深々と頭を下げた。", "心よりおわび申し上げます", "direct", "高木社長", "頭を下げる"),
        ("ja", "加藤財務相は2日、番組で「カードとしてはある」と述べた。", "カードとしてはある", "direct", "加藤財務相", "述べる"),
    ],
)
def test_a_quote_has_its_words_kind_speaker_and_verb(code, text, words, kind, speaker, verb):
    quote = only(code, text)
    assert (quote.text, quote.kind, quote.speaker, quote.verb) == (words, QuoteKind(kind), speaker, verb)
    assert text[quote.start : quote.end] == words


@pytest.mark.parametrize(
    ("code", "text", "parts"),
    [
        ("en", '"We," he said, "agree."', ["We,", "agree."]),
        ("zh", "“我们有牌”，加藤表示，“但用不用是另一回事。”", ["我们有牌", "但用不用是另一回事。"]),
        ("en", '"The first.\n\n"The second," he said.', ["The first.", "The second,"]),
        ("zh", "他说：“第一段。\n“第二段。”\n完。", ["第一段。", "第二段。"]),
    ],
)
def test_a_split_or_reopened_quote_is_one(code, text, parts):
    quote = only(code, text)
    assert [text[start:end] for start, end in quote.parts] == parts
    assert quote.kind is QuoteKind.DIRECT


def test_a_name_in_marks_is_no_speech_of_the_manager_who_speaks_next():
    name, said = get("zh").quotes("台灣代理商「清流貿易」總經理蔡孟儒受訪時說：「我們已經先下架，大約三百瓶。」")
    assert name.kind is QuoteKind.SCARE and (said.kind, said.speaker) == (QuoteKind.DIRECT, "總經理蔡孟儒")
    (said,) = get("zh").quotes("「絕不退讓」，總經理蔡孟儒說。")
    assert (said.kind, said.speaker) == (QuoteKind.DIRECT, "總經理蔡孟儒")
    assert get("zh").quotes("他称“不会退让”公司则拒绝评论。")[0].kind is QuoteKind.PARTIAL


def test_apostrophes_and_inches_are_no_quotes():
    assert get("en").quotes("The workers' union didn't want the '90s screens of 27\" back; it's over.") == []


def test_an_inner_quote_stands_beside_the_outer_one():
    outer, inner = get("zh").quotes("报道称：“加藤说，‘有牌’，仅此而已。”")
    assert outer.start < inner.start and inner.end < outer.end and inner.text == "有牌"


def test_an_unclosed_mark_swallows_its_sentence_only():
    text = 'He said: "We agree. They left.\n\nAnother paragraph. "Yes," she said.'
    first, second = get("en").quotes(text)
    assert first.text == "We agree." and second.text == "Yes,"


def test_segments_are_those_a_quote_touches():
    text = 'It rose. He said: "We do. It is late." It fell.'
    assert only("en", text).segments == (1, 2)
    assert only("en", text).verb_span == (text.index("said"), text.index("said") + 4)


@pytest.mark.parametrize(("code", "text", "speaker"), [
    # A clause of time or manner has a verb of its own; a place or an event is where it was said.
    ("zh-Hant", "薛志宏受訪時說：「健保不能倒。」", "薛志宏"), ("zh-Hant", "受訪時薛志宏說：「健保不能倒。」", "薛志宏"), ("zh", "李明出院后回忆说：“那天下着雨。”", "李明"),
    ("zh", "他哽咽地说：“我回来了。”", "他"), ("zh", "村民住在山里，回忆说：“那天下着雨。”", "村民"), ("zh", "住在北京的老王回忆说：“那天下着雨。”", "老王"),
    ("zh", "记者会后部长说：“我们不会让步。”", "部长"), ("zh", "外交部发言人毛宁主持例行记者会时说：“我们不会让步。”", "外交部发言人毛宁"),
    ("zh", "张先生站在门口说：“我回来了。”", "张先生"), ("zh", "外交部副部长马朝旭（左）说：“我们不会让步。”", "外交部副部长马朝旭（左）"),
    ("zh", "立委周明哲质疑，草案未提及经费，“说穿了就是地方买单”。", "立委周明哲"),
    ("en", "“We will not yield,” a news conference was told.", None), ("en", "Following a news conference told reporters: “We will not yield.”", None),
    ("en", "Cho told a news conference: “We will not yield.”", "Cho"), ("en", "He said Kim told him: “We will not yield.”", "Kim"),
    ("en", "A teacher from Beijing said: “We will not yield.”", "A teacher from Beijing"),
])
def test_a_speaker_is_who_speaks_not_when_or_where(code, text, speaker):
    assert get(code).quotes(text)[0].speaker == speaker
