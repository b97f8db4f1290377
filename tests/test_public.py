"""The library from outside: what it is given wrong is said at the door, with what was expected."""

import pytest

import verify

DRAFT = verify.read("draft", language="en", text="Talks could be held in May.")
WITNESS = verify.read("one", language="zh", text="谈判可能在五月举行。")
PAIR = ("谈判可能在五月举行。", "Talks could be held in May.")


def listed(*args, **more):
    return list(verify.score(*args, **more))


@pytest.mark.parametrize(("call", "kind", "says"), [
    (lambda: verify.check("draft.txt", [WITNESS]), TypeError, "draft is of type str; expected a Document: verify.read"),
    (lambda: verify.check(None, [WITNESS]), TypeError, "draft is None; expected a Document"),
    (lambda: verify.check(DRAFT, WITNESS), TypeError, "witnesses is of type Document; expected a list"),
    (lambda: verify.check(DRAFT, "one.txt"), TypeError, "witnesses is of type str; expected a list"),
    (lambda: verify.check(DRAFT, ["one.txt"]), TypeError, r"witnesses\[0\] is of type str"),
    (lambda: verify.check(DRAFT, []), ValueError, "witnesses is empty; expected at least one"),
    (lambda: verify.check(DRAFT, [WITNESS], verify.ScorePlan()), TypeError, "plan is of type ScorePlan; expected a verify.Plan"),
    (lambda: verify.check(DRAFT, [WITNESS], verify.Plan(dateline="2025-05-02")), TypeError, "plan.dateline is of type str; expected a datetime.date"),
    (lambda: verify.check(DRAFT, [WITNESS], engine=3), TypeError, "engine is of type int; expected what verify.load gives"),
    (lambda: verify.check(DRAFT, [WITNESS], engine="pockets"), verify.InputError, "no such engine"),
    (lambda: verify.score(None), TypeError, "pairs is None; expected a list"),
    (lambda: verify.score("是\tyes"), TypeError, "pairs is of type str"),
    (lambda: verify.score([PAIR], verify.Plan()), TypeError, "plan is of type Plan; expected a verify.ScorePlan"),
    (lambda: verify.score([PAIR], verify.ScorePlan(batch=0)), ValueError, "batch is 0; expected"),
    (lambda: verify.score([PAIR], verify.ScorePlan(source_language="klingon")), ValueError, "source_language is 'klingon'; expected a code"),
    (lambda: verify.score([PAIR], engine=verify.load), TypeError, "engine is of type function"),
    (lambda: listed(["是"]), TypeError, r"pairs\[0\] is of type str; expected \(source, translation\)"),
    (lambda: listed(["ab"]), TypeError, r"pairs\[0\] is of type str"),
    (lambda: listed([PAIR, (*PAIR, "id")]), ValueError, r"pairs\[1\] has 3 items; expected two"),
    (lambda: listed([(PAIR[0], None)]), TypeError, r"the translation of pairs\[0\] is None; expected a str"),
    (lambda: listed([None]), TypeError, r"pairs\[0\] is None"),
    (lambda: verify.load(None), TypeError, "spec is None; expected the name of an engine"),
    (lambda: verify.load("none"), ValueError, "give check and score engine=None"),
    (lambda: verify.read("a", text="Words.", language="klingon"), ValueError, "language is 'klingon'; expected a code such as 'en'"),
    (lambda: verify.read("a", text="Words.", language=1), TypeError, "language is of type int"),
    (lambda: verify.read("a", text=b"Words."), TypeError, "text is of type bytes"),
    (lambda: verify.read(None), TypeError, "path is None"),
])
def test_what_cannot_be_meant_is_said_at_the_door(call, kind, says):
    with pytest.raises(kind, match=says):
        call()


def test_pairs_before_a_wrong_one_are_scored():
    found = []
    with pytest.raises(TypeError, match=r"pairs\[1\]"):
        for one in verify.score([PAIR, "no pair"]):
            found.append(one)
    assert [one.target for one in found] == [PAIR[1]]


def test_an_engine_can_be_named(monkeypatch, tmp_path):
    pytest.importorskip("ctranslate2")
    monkeypatch.setenv("VERIFY_CACHE", str(tmp_path))
    engine = verify.load("pocket", cache=False)
    for given in ("pocket", engine):
        assert verify.check(DRAFT, [WITNESS], engine=given).signature.startswith("model:pocket-")
    assert [one.score for one in verify.score(iter([list(PAIR)]), engine="pocket")] == [one.score for one in verify.score((PAIR,), engine=engine)]
    assert verify.check(DRAFT, (w for w in [WITNESS]), engine="none").signature.startswith("model:none")


def test_every_public_name_is_there():
    assert all(getattr(verify, name) for name in verify.__all__)
