"""Words, lexicon and word links."""

from verify.align.japanese import sound
from verify.align.lexicon import load
from verify.align.tokens import stem
from verify.align.words import links

ZH = "日本财务大臣加藤胜信5月2日表示，日本持有1.13万亿美元美债“确实是一张牌”。"
EN = "Japan's finance minister Katsunobu Kato said on May 2 that holding $1.13 trillion is “indeed a card”."


def linked(zh: str, en: str, source: str = "zh", target: str = "en") -> set[tuple[str, str]]:
    return {(zh[a:b], en[c:d]) for (a, b), (c, d), _ in links(zh, en, source, target).links}


def test_inflected_words_share_a_stem():
    for forms in (("card", "cards"), ("deny", "denies", "denied", "denying"), ("stop", "stopped"), ("hope", "hoping", "hopes")):
        assert len({stem(form) for form in forms}) == 1, forms


def test_words_know_their_places_in_either_script():
    lexicon = load()
    for text in (ZH, "日本財務大臣加藤勝信表示，這確實是一張牌。"):
        words = lexicon.words(text, "zh")
        assert all(len(key) == end - start for key, start, end in zip(words.keys, words.starts, words.ends))
    assert "财务" in lexicon.words("財務", "zh-Hant").keys


def test_lexicon_is_the_same_read_from_either_side():
    lexicon = load()
    there = lexicon.entries(["牌", "日本"], ["japan", "card"], "zh", "en")
    back = lexicon.entries(["japan", "card"], ["牌", "日本"], "en", "zh")
    table = {(s, t): p for s, t, p in zip(there.source, there.target, there.forward)}
    assert table == {(t, s): p for s, t, p in zip(back.source, back.target, back.backward)}
    assert table[0, 1] > 0.1 and table[1, 0] > 0.1


def test_links_join_words_that_translate_each_other():
    found = linked(ZH, EN)
    assert {("日本", "Japan's"), ("大臣", "minister"), ("1.13", "1.13"), ("确实", "indeed"), ("牌", "card"), ("。", ".")} <= found


def test_links_answer_for_a_stretch_and_mirror_each_other():
    forward, backward = links(ZH, EN, "zh", "en"), links(EN, ZH, "en", "zh")
    at = ZH.index("确实")
    ((start, end), p), = forward.targets(at, at + 2)
    assert EN[start:end] == "indeed" and p > 0.5
    assert [ZH[a:b] for (a, b), _ in forward.sources(start, end)] == ["确实"]
    assert [ZH[a:b] for (a, b), _ in backward.targets(start, end)] == ["确实"]


def test_a_word_without_counterpart_is_not_covered():
    whole, short = (links(ZH, text, "zh", "en") for text in (EN, EN.replace("indeed ", "")))
    word = whole.source_words.index((ZH.index("确实"), ZH.index("确实") + 2))
    assert whole.source_covered[word] > 0.8 and short.source_covered[word] < 0.5


def test_japanese_is_read_through_chinese_and_sound():
    assert sound("トランプ") == sound("Trump") and sound("カード") == sound("card") and sound("カード") != sound("chart")
    found = linked("トランプ氏は米国債がカードだと述べた。", "Trump said US debt is a card.", "ja")
    assert {("トランプ", "Trump"), ("カード", "card"), ("述べ", "said")} <= found


def test_nothing_opposite_is_no_error():
    empty = links("", EN, "zh", "en")
    assert empty.links == [] and empty.sources(0, 5) == [] and set(empty.target_covered) == {0.0}
    assert ("NATO", "NATO") in linked("Le chef de NATO", "The NATO chief", "fr")
