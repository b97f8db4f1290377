"""Any sentence encoder can align."""

from importlib.util import find_spec

import numpy as np
import pytest

from verify.align.beads import align
from verify.align.embedding import SentenceTransformerSimilarity
from verify.text import InputError

FILL = " la" * 20
FR = ["un" + FILL, "deux trois" + FILL + FILL, "quatre" + FILL, "cinq" + FILL, "six" + FILL]
EN = [word + FILL for word in ("one", "two", "three", "four", "six")]
MEANING = {"un": 0, "one": 0, "deux": 1, "two": 1, "trois": 2, "three": 2, "quatre": 3, "four": 3, "cinq": 4, "six": 5}


def encode(texts):
    """A noisy bag of meanings."""
    vectors = np.random.default_rng(0).normal(0, 0.05, (len(texts), 16))
    for row, text in enumerate(texts):
        for word in set(text.split()) & set(MEANING):
            vectors[row, MEANING[word]] += 1
    return vectors


def test_beads_follow_the_encoder():
    similarity = SentenceTransformerSimilarity(encode=encode)
    beads = align(FR, EN, similarity, source_language="fr", target_language="en")
    assert [(b.source, b.target) for b in beads] == [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,)), ((3,), ()), ((4,), (4,))]


@pytest.mark.skipif(find_spec("sentence_transformers") is not None, reason="the extra is installed")
def test_without_the_extra_one_line_says_what_to_install():
    with pytest.raises(InputError, match="pip install"):
        SentenceTransformerSimilarity()
