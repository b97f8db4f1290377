"""Where sentences end."""

import json
import lzma
from pathlib import Path

import pytest

from verify.languages import get

GOLD = Path(__file__).resolve().parents[1] / ".." / "shared" / "eval" / "sentence-alignment.jsonl.xz"


def split(code, text):
    return [text[start:end] for start, end in get(code).sentences(text)]


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        ("en", ["Mr. Kato met J. P. Morgan of the U.S. Treasury at 5 p.m. on Jan. 3.", "It rose 3.5 percent."]),
        ("en", ["He sold the U.S. bonds.", "No. 5 is next.", "No.", "It is not."]),
        ("en", ['"Is it so?" he said.', '"Why now?" President Trump asked.', "They left."]),
        ("en", ['He replied: "We do.', 'It is another matter."', "Then he left..."]),
        ("en", ["It was the U.S.", "In May it changed."]),
        ("zh", ["他说：“我们有牌。", "打不打是另一回事。”", "这是真的！", "是吗？"]),
        ("zh", ["“我们有牌。”加藤胜信说。", "“走吧！”她说，“我们回家。”", "完。"]),
        ("zh", ["「有牌。」", "報道稱，日本不會賣。"]),
        ("zh", ["他……我不知道……总之很好。"]),
        ("ja", ["「あると思う」と述べた。", "「別の問題だ。」とも語った。"]),
        ("de", ["Am 3. Oktober kam er.", "Dann ging er."]),
        ("hi", ["वह आया।", "वह गया।"]),
    ],
)
def test_sentences_joined_are_found_again(code, sentences):
    joined = ("" if code in ("zh", "ja") else " ").join(sentences)
    assert split(code, joined) == sentences


def test_a_paragraph_ends_a_sentence_and_a_wrapped_line_does_not():
    assert split("en", "A headline\n\nThe story begins") == ["A headline", "The story begins"]
    assert split("zh", "标题\n正文开始了。") == ["标题", "正文开始了。"]
    wrapped = "The minister said on Friday that the bonds could be used as a card\nin the talks, but that it was another matter whether to play it or\nnot, and left."
    assert split("en", wrapped) == [wrapped]


@pytest.mark.skipif(not GOLD.exists(), reason="evaluation data are not beside this checkout")
@pytest.mark.parametrize(("code", "least"), [("en", 0.99), ("zh", 0.98)])
def test_boundaries_of_literary_chapters(code, least):
    right = found = there = 0
    with lzma.open(GOLD, "rt", encoding="utf-8") as file:
        documents = [json.loads(line) for line in file]
    for document in documents:
        if document["doc"].startswith("mac"):
            sentences = document[code]
            text = (" " if code == "en" else "").join(sentences)
            gold, own = ends(sentences), ends(split(code, text))
            right, found, there = right + len(gold & own), found + len(own), there + len(gold)
    assert 2 * right / (found + there) > least


def ends(sentences):
    total, positions = 0, set()
    for sentence in sentences:
        total += len("".join(sentence.split()))
        positions.add(total)
    return positions - {total}
