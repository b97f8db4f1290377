"""Segments to beads."""

import json
import lzma
import random
from pathlib import Path

import pytest

from verify.align.beads import UNRELATED, align, relatedness
from verify.align.lexicon import load
from verify.align.search import search
from verify.align.similarity import SHAPES
from verify.text import Document, Segment

GOLD = Path(__file__).resolve().parents[1] / ".." / "shared" / "eval" / "sentence-alignment.jsonl.xz"
ZH = ["新加坡媒体星期五报道了这一消息。", "日本财务大臣说，美国国债是谈判的一张牌。", "是否使用这张牌是另一回事。", "特朗普4月9日宣布暂停加征关税90天。", "市场正在等待下一轮谈判。"]
EN = ["Singapore media reported the news on Friday.", "Japan's finance minister said US Treasury bonds are a card in the talks.",
      "Whether to use this card is another matter.", "On April 9 Trump announced a suspension of tariffs for 90 days.",
      "Markets are waiting for the next round of talks."]


def shapes(beads):
    return [(b.source, b.target) for b in beads]


def document(name: str, language: str, segments: list[Segment]) -> Document:
    return Document(name, language, "", segments)


def test_parallel_sentences_stand_side_by_side_in_either_direction():
    straight = [((i,), (i,)) for i in range(5)]
    assert shapes(align(ZH, EN)) == straight
    assert shapes(align(EN, ZH, source_language="en", target_language="zh")) == straight
    assert all(bead.score > 0.9 for bead in align(ZH, EN))


def test_a_split_and_a_merged_sentence_make_beads():
    zh = [ZH[0], ZH[1][:-1] + "，" + ZH[2], ZH[3], ZH[4]]
    assert shapes(align(zh, EN)) == [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,)), ((3,), (4,))]


@pytest.mark.parametrize("missing", range(5))
def test_a_sentence_without_counterpart_is_a_visible_gap(missing):
    assert ((missing,), ()) in shapes(align(ZH, EN[:missing] + EN[missing + 1:]))
    assert ((), (missing,)) in shapes(align(ZH[:missing] + ZH[missing + 1:], EN))


def test_a_sentence_that_was_moved_is_found_off_the_path():
    beads = shapes(align(ZH, [EN[3], *EN[:3], EN[4]]))
    assert sorted(beads) == [((0,), (1,)), ((1,), (2,)), ((2,), (3,)), ((3,), (0,)), ((4,), (4,))]


def test_sentences_with_nothing_in_common_are_gaps_on_both_sides():
    zh = [*ZH[:3], "央行上月将利率上调了半个百分点。", ZH[4]]
    en = [*EN[:3], "Residents of the village have no running water.", EN[4]]
    assert shapes(align(zh, en)) == [((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), ()), ((), (3,)), ((4,), (4,))]
    # A term that the lexicon does not know shows nothing either way: too little to be judged.
    assert ((3,), (3,)) in shapes(align([*ZH[:3], "卡波西肉瘤", ZH[4]], [*EN[:3], "Kaposi sarcoma", EN[4]]))


def test_every_segment_is_in_one_bead_and_boilerplate_in_none():
    zh = [Segment(text, 0, 1) for text in ZH]
    zh.insert(2, Segment("责任编辑：王小明", 0, 1, kind="boilerplate"))
    beads = align(document("w", "zh", zh), document("d", "en", [Segment(text, 0, 1) for text in EN]))
    assert [i for b in beads for i in b.source] == [0, 1, 3, 4, 5] and [j for b in beads for j in b.target] == [0, 1, 2, 3, 4]


def test_an_empty_side_is_all_gaps():
    assert shapes(align(ZH[:2], [])) == [((0,), ()), ((1,), ())]
    assert align([], []) == []


def test_a_back_translation_aligns_a_language_without_lexicon():
    fr = ["La presse de Singapour l'a dit vendredi.", "Le ministre parle d'une carte.", "Le reste est une autre affaire.", "Les marchés attendent."]
    mixed = [EN[4], EN[2], EN[1], EN[0]]
    back = [fr[3], fr[2], fr[1], fr[0]]
    beads = align(fr[::-1], mixed, source_language="fr", target_language="en", back_translations=back)
    assert shapes(beads) == [((i,), (i,)) for i in range(4)]


def synthetic(count: int, seed: int = 3) -> tuple[list[str], list[str]]:
    """Sentences of random words and their translations, of the lexicon itself; some pairs of them in one sentence."""
    rng = random.Random(seed)
    lexicon = load()
    zh = [word for word in list(lexicon._ids["zh"])[200:4000] if len(word) == 2]
    en = list(lexicon._ids["en"])[:8000]
    entries = lexicon.entries(zh, en, "zh", "en")
    best: dict[int, tuple[float, int]] = {}
    for s, t, p in zip(entries.source.tolist(), entries.target.tolist(), entries.forward.tolist()):
        best[s] = max(best.get(s, (0.0, 0)), (p, t))
    known = [(zh[s], en[t]) for s, (p, t) in best.items() if p > 0.2]
    pairs = [rng.sample(known, 8) for _ in range(count)]
    return ["，".join(z for z, _ in pair) + "。" for pair in pairs], [" ".join(e for _, e in pair) + "." for pair in pairs]


def test_long_texts_are_aligned_inside_a_band_across_large_gaps():
    zh, en = synthetic(900)
    beads = align(zh, en[:300] + en[450:])  # 900 × 750 cells, more than are searched whole
    found = {b.source[0]: b.target[0] for b in beads if len(b.source) == 1 == len(b.target)}
    right = sum(found.get(i) == (i if i < 300 else i - 150) for i in [*range(300), *range(450, 900)])
    assert right > 735
    assert sum(1 for b in beads if not b.target and 300 <= b.source[0] < 450) > 140


def test_the_search_finds_what_trying_all_paths_finds():
    import numpy as np

    from verify.align.band import Band
    from verify.align.search import EXTEND, OPEN, Side, priors

    class Fixed:
        def __init__(self, table):
            self.table = table

        def gains(self, rows, columns):
            return self.table

    for seed in range(20):
        rng = np.random.default_rng(seed)
        n, m = rng.integers(1, 4, 2)
        sides = [Side(rng.integers(5, 40, size).astype(float), np.zeros(size)) for size in (n, m)]
        block = priors(*sides, 0.0)
        table = np.where(np.isfinite(block), rng.normal(0, 6, block.shape), -np.inf).astype(np.float32)
        total = table + block

        def best(i, j, gap, total=total, n=n, m=m):
            if (i, j) == (n, m):
                return 0.0
            price = EXTEND if gap else OPEN
            options = [price + best(i + 1, j, True)] if i < n else []
            options += [price + best(i, j + 1, True)] if j < m else []
            options += [total[k, i, j] + best(i + a, j + b, False) for k, (a, b) in enumerate(SHAPES) if i + a <= n and j + b <= m]
            return max(options)

        path = search(Fixed(table), Band(np.zeros(n + 1, int), np.full(n + 1, m), 0.0), *sides)
        value, gap = 0.0, False
        for step in path:
            shape = step.b - step.a, step.d - step.c
            if 0 in shape:
                value, gap = value + (EXTEND if gap else OPEN), True
            else:
                value, gap = value + total[SHAPES.index(shape), step.a, step.c], False
        assert value == pytest.approx(best(0, 0, False), abs=1e-3)


def test_a_witness_that_shares_nothing_is_told_from_a_partial_one():
    zh, en = synthetic(40)
    assert relatedness(zh[:20], en[20:], align(zh[:20], en[20:])) < UNRELATED
    assert relatedness(zh[:20], en[:20], align(zh[:20], en[:20])) > 0.8
    partial = en[20:33] + en[3:10]  # a third of the draft
    assert relatedness(zh[:20], partial, align(zh[:20], partial)) > UNRELATED


@pytest.mark.skipif(not GOLD.exists(), reason="evaluation data in ../shared are not here")
def test_gold_chapters_relate_to_their_own_translation_only():
    with lzma.open(GOLD, "rt", encoding="utf-8") as lines:
        chapters = [json.loads(line) for _, line in zip(range(3), lines)]
    for k, chapter in enumerate(chapters):
        other = chapters[k - 1]
        assert relatedness(chapter["zh"][:80], chapter["en"][:100], align(chapter["zh"][:80], chapter["en"][:100])) > 1.5 * UNRELATED
        assert relatedness(chapter["zh"], other["en"], align(chapter["zh"], other["en"])) < UNRELATED
