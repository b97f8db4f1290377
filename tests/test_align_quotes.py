"""Quote to quote, on texts of our own."""

from verify.align.beads import align
from verify.align.quotes import pair_quotes
from verify.documents import read
from verify.finding import QuotePair
from verify.text import QuoteKind

DRAFT = """The minister was asked about the bonds on Friday. "We hold a card," he said. "Whether to use it is another matter."

The central bank raised interest rates by half a point in March.

He added that Japan "will not compromise easily" with the United States.
"""


def pairs(witness: str, draft: str = DRAFT, language: str = "zh") -> list[QuotePair]:
    documents = read("w.txt", language, text=witness), read("d.txt", "en", text=draft)
    return pair_quotes(documents[1], documents[0], align(*documents))


def texts(found: list[QuotePair]) -> list[str | None]:
    return [pair.source.text if pair.source else None for pair in found]


def test_quotes_are_paired_where_the_witness_has_them_in_another_order():
    found = pairs("他补充说，日本“不会轻易妥协”。\n\n央行3月加息半个百分点。\n\n部长周五被问及国债。他说：“我们有一张牌。是否使用是另一回事。”\n")
    assert "不会轻易妥协" in texts(found)[-1]
    assert all("牌" in text for text in texts(found)[:-1])
    assert all(pair.score > 0.6 for pair in found)


def test_words_reported_without_marks_are_found_as_indirect():
    found = pairs("部长周五被问及国债。他表示，日本有一张牌，但是否使用则是另一回事。\n\n央行3月加息半个百分点。\n")
    assert found[0].source.kind is QuoteKind.INDIRECT and "牌" in found[0].source.text
    assert not found[0].source.text.startswith("他表示")
    assert found[0].source.verb == "表示"


def test_a_quote_found_nowhere_has_no_source():
    assert texts(pairs("央行3月加息半个百分点。\n\n加拿大队昨晚赢得了冰球比赛。\n")) == [None] * len(pairs("央行3月加息半个百分点。"))


METRO = "市政府发言人李国华周一表示：“新地铁线将在六月开通，票价不变。”\n\n他还指出：“我们欢迎市民提出意见。”\n\n新线路全长二十三公里，共设十八座车站。\n"


def test_a_quote_beside_a_true_one_is_no_part_of_its_source_unless_it_says_more_of_it():
    draft = 'Li Guohua, a city spokesman, said on Monday: "The new metro line will open in June," and "{}".\n\nHe also said: "We welcome comments from residents."\n'
    for invented in ("it is the finest line in Asia", "the old line was a disgrace", "the city has been waiting for this for decades"):
        found = pairs(METRO, draft.format(invented))
        assert [bool(text) for text in texts(found)] == [True, False, True], texts(found)
    found = pairs(METRO, draft.format("fares will not change"))
    assert "票价不变" in found[0].source.text and found[0].source == found[1].source


def test_several_quotes_of_the_witness_can_be_one_of_the_draft():
    draft = 'Asked about the bonds, the minister said: "We hold a card. Whether to use it is another matter."\n'
    (pair,) = pairs("部长被问及国债，说“我们有一张牌”。他又说“是否使用是另一回事”。\n", draft)
    assert len(pair.source.parts) == 2 and "牌" in pair.source.text and "另一回事" in pair.source.text


def test_the_places_of_a_source_are_those_of_the_file():
    witness = "部长周五被问及国债。他表示，日本有一张牌，但是否使用则是另一回事。\n"
    for pair in pairs(witness):
        if pair.source and len(pair.source.parts) == 1:
            assert witness[pair.source.start:pair.source.end] == pair.source.text


def test_a_back_translation_stands_beside_its_quote():
    documents = read("w.txt", "zh", text="部长说：“我们有一张牌。”\n"), read("d.txt", "en", text='The minister said: "We hold a card."\n')
    (pair,) = pair_quotes(documents[1], documents[0], align(*documents), ["部长说：“我们持有一张卡片。”"])
    assert pair.back_translation == "我们持有一张卡片。"


def test_the_back_translation_of_a_quote_of_two_sentences_is_that_of_both():
    documents = (read("w.txt", "zh", text="部长周五说：“我们有一张牌。是否使用是另一回事。”\n"),
                 read("d.txt", "en", text='The minister said on Friday: "We hold a card. Whether to use it is another matter," he was quoted.\n'))
    found = lambda *back: pair_quotes(documents[1], documents[0], align(*documents), back)[0].back_translation
    # A machine closes the marks of one sentence at its end, or sets none at all.
    assert found("部长周五说：“我们持有一张卡片。”", "是否使用它是另一回事，”他被引述。") == "我们持有一张卡片。是否使用它是另一回事，"
    assert found("部长周五说：我们持有一张卡片。", "“是否使用它是另一回事”，他被引述。") == "部长周五说：我们持有一张卡片。是否使用它是另一回事"


def test_a_few_words_that_no_lexicon_knows_for_each_other_are_a_pair_in_one_place():
    witness = "部长周五否认这些指控，称其“毫无根据”，并说公司移交的记录“残缺不全”。\n"
    draft = 'The minister denied the allegations on Friday as "{}" and said the records the company handed over were "full of holes".\n'
    assert texts(pairs(witness, draft.format("entirely without foundation"))) == ["毫无根据", "残缺不全"]
    invented = "a politically motivated attempt by his rivals to bring the government down"  # no few words: nobody said that
    assert texts(pairs(witness, draft.format(invented))) == [None, "残缺不全"]
