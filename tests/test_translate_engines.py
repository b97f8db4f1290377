"""CTranslate2 and transformers give the same answers for the same weights; both hold the engine's promises."""

from __future__ import annotations

import numpy as np
import pytest
import translate_tiny as tiny

from verify.translate import load
from verify.translate.ctranslate2_engine import CTranslate2Engine
from verify.translate.engine import Engine, NoEngine
from verify.translate.hub import HubEngine
from verify.translate.pocket_engine import FOLDER

LONG = "他强调，两国关系十分重要，出口额增长了百分之三，谈判可能在五月举行；" * 12 + "我们确实握有一张牌。"


def models():
    return {"pocket": lambda: tiny.marian(True), "opus-mt": lambda: tiny.marian(False),
            "m2m100": lambda: tiny.coded("m2m100"), "nllb": lambda: tiny.coded("nllb")}


@pytest.fixture(scope="module", params=list(models()))
def both(request):
    """(transformers, CTranslate2) on the same weights."""
    folder = models()[request.param]()
    return HubEngine(folder, beam=1), CTranslate2Engine(tiny.converted(folder), beam=1, compute_type="float32", threads=1)


@pytest.fixture(scope="module")
def engine():
    return CTranslate2Engine(tiny.converted(tiny.marian(True)), compute_type="float32", threads=1)


def test_both_engines_are_engines(both):
    assert all(isinstance(engine, Engine) for engine in both)


def test_the_same_tokens_come_out(both):
    learnt = [(tiny.ZH[:4], "zh", "en")] + ([(tiny.EN[:4], "en", "zh")] if both[0].name == "tiny-pocket" else [])
    for texts, source, target in learnt:
        family = both[0].family
        inputs = [family.source_tokens(family.encode(text, "source", source)[0], source, target) for text in texts]
        theirs, ours = (engine._decode(inputs, family.target_prefix(target), careful=False) for engine in both)
        assert [made.tokens for made in ours] == [made.tokens for made in theirs]
        assert [made.score for made in ours] == pytest.approx([made.score for made in theirs], abs=1e-3)
        assert len({tuple(made.tokens) for made in ours}) == len(texts)  # the models do read their input


def test_log_probabilities_are_equal(both):
    pairs = list(zip(tiny.ZH, tiny.EN))
    theirs, ours = (engine.score(pairs, "zh", "en") for engine in both)
    for a, b in zip(ours, theirs):
        assert a.tokens == b.tokens and a.spans == b.spans and a.tokens[-1] == "</s>"
        assert a.log_probs == pytest.approx(b.log_probs, abs=1e-3)
        assert len(a.log_probs) == len(a.tokens)


def test_the_score_of_a_translation_is_that_of_forcing_it(engine):
    family = engine.family
    inputs = [family.source_tokens(family.encode(text, "source", "zh")[0], "zh", "en") for text in tiny.ZH[:3]]
    greedy = CTranslate2Engine(tiny.converted(tiny.marian(True)), beam=1, compute_type="float32", threads=1)
    for source, made in zip(inputs, greedy._decode(inputs, [], careful=False)):
        forced = engine._log_probs([source], [made.tokens], 0)[0]
        assert made.score == pytest.approx(sum(forced) / len(forced), abs=1e-3)


def test_neighbours_in_a_batch_change_nothing(both):
    for engine in both:
        texts = [*tiny.ZH, LONG]
        together = engine.translate(texts, "zh", "en")
        alone = [engine.translate([text], "zh", "en")[0] for text in texts]
        assert [made.text for made in together] == [made.text for made in alone]
        assert [made.score for made in together] == pytest.approx([made.score for made in alone], abs=1e-4)
        pairs = list(zip(tiny.ZH, tiny.EN))
        scores = engine.score(pairs, "zh", "en")
        for pair, score in zip(pairs, scores):
            assert score.log_probs == pytest.approx(engine.score([pair], "zh", "en")[0].log_probs, abs=1e-4)


def test_both_directions_at_once_are_those_one_after_the_other_whatever_stands_beside():
    pocket = load("pocket", cache=False)
    pairs = [*zip(tiny.ZH, tiny.EN), ("他说可能会。", "He said it might."), (LONG, LONG)]
    there, back = pocket.score_both(pairs, "zh", "en")
    for pair, one, other in zip(pairs, there, back):
        alone = pocket.score_both([pair], "zh", "en")
        assert (alone[0][0], alone[1][0]) == (one, other)  # to the last bit
        assert one.mean == pytest.approx(pocket.score([pair], "zh", "en")[0].mean, abs=0.02)
        assert other.mean == pytest.approx(pocket.score([pair[::-1]], "en", "zh")[0].mean, abs=0.02)


def test_spans_are_places_in_the_text_as_given(engine):
    text = "Japan  holds\u3000１ trillion — 𠮷 bonds.  "
    (score,) = engine.score([("日本持有国债。", text)], "zh", "en")
    assert "".join(text[a:b] for (a, b), token in zip(score.spans, score.tokens) if not token.startswith("<0x")).replace(" ", "") == \
        text.replace("𠮷", "").replace("—", "").replace("\u3000", "").replace(" ", "")
    covered = {place for a, b in score.spans for place in range(a, b)}
    assert covered == {i for i, char in enumerate(text) if not char.isspace()}
    assert score.spans[-1] == (len(text.rstrip()), len(text.rstrip()))


def test_a_pair_too_long_for_the_model_is_scored_in_parts_to_its_last_word(engine):
    target = "He emphasized that relations are very important, and exports rose by three percent. " * 14 + "We hold a card."
    (score,) = engine.score([(LONG, target)], "zh", "en")
    assert score.tokens.count("</s>") == 1 and score.spans[-1] == (len(target), len(target))
    covered = {place for a, b in score.spans for place in range(a, b)}
    assert covered == {i for i, char in enumerate(target) if not char.isspace()}
    assert list(score.spans) == sorted(score.spans)


def test_a_page_beside_a_word_is_scored_as_far_as_the_model_can_see(engine):
    for pair in (("无", "word " * 900), ("她" * 1500, "x")):
        (found,) = engine.score([pair], "zh", "en")
        assert found.log_probs and all(np.isfinite(found.log_probs))


def test_a_long_sentence_is_cut_and_no_part_is_lost(engine):
    seen = []
    decode = engine._decode
    engine._decode = lambda sources, *rest: (seen.extend(sources), decode(sources, *rest))[1]
    try:
        engine.translate([LONG], "zh", "en")
    finally:
        del engine._decode
    assert all(len(source) <= engine.family.longest + 2 for source in seen)
    pieces = {engine.family.encoder("source").decode(source[1:-1]) for source in seen}  # equal ones went in once
    rest = LONG
    for piece in sorted(pieces, key=len, reverse=True):
        rest = rest.replace(piece, "")
    assert rest == ""


def test_sentences_go_in_one_at_a_time(engine):
    one, two = engine.translate([tiny.ZH[0], tiny.ZH[1]], "zh", "en")
    (joined,) = engine.translate([tiny.ZH[0] + tiny.ZH[1]], "zh", "en")
    assert joined.text == f"{one.text} {two.text}"


def test_what_has_no_letters_is_copied(engine):
    empty, blank, number = engine.translate(["", "  ", " 12 345 —"], "zh", "en")
    assert (empty.text, blank.text, number.text) == ("", "", "12 345 —")


def test_traditional_text_is_read_as_simplified(engine):
    simplified, traditional, said = (engine.translate([text], code, "en")[0].text for text, code in
                                     (("我们确实握有一张牌。", "zh"), ("我們確實握有一張牌。", "zh-Hant"), ("我們確實握有一張牌。", "zh")))
    assert simplified == traditional == said


def test_an_unknown_direction_names_the_command_that_gets_a_model(engine):
    assert not engine.supports("ja", "en")
    with pytest.raises(NoEngine, match="verify models download opus-mt-ja-en"):
        engine.translate(["はい"], "ja", "en")
    with pytest.raises(NoEngine, match="verify models download"):
        engine.score([("はい", "Yes")], "ja", "en")


def test_int8_scores_stay_near_float32():
    """The shipped weights, reckoned in both: a tiny model is too coarse in int8, and too sure of what it knows by heart."""
    exact, small = CTranslate2Engine(FOLDER, compute_type="float32", threads=1), CTranslate2Engine(FOLDER, compute_type="int8", threads=1)
    pairs = [(zh, en) for zh in tiny.ZH for en in tiny.EN]
    means = [[score.mean for score in engine.score(pairs, "zh", "en")] for engine in (exact, small)]
    assert np.std(means[0]) > 0.5 and np.corrcoef(*means)[0, 1] > 0.98
    assert exact.signature != small.signature


def test_a_model_that_repeats_itself_gets_a_second_try(engine):
    """The engine asks again, careful this time, and keeps what is better; if nothing is, it says so."""
    from verify.translate.sentencewise import Output

    family, loop, fine = engine.family, ["▁a", "▁card"] * 12, ["▁a", "▁card"]
    tried = []

    def decode(sources, prefix, careful):
        tried.append((len(sources), careful))
        return [Output(fine if careful and "牌" in "".join(source) else loop, -1.0) for source in sources]

    engine._decode = decode
    try:
        better, worse = engine.translate(["我们握有一张牌。", "谈判可能在五月举行。"], "zh", "en")
    finally:
        del engine._decode
    assert tried == [(2, False), (2, True)]
    assert (better.text, better.faults) == (family.decode(fine, "en"), ())
    assert "repetition" in worse.faults
