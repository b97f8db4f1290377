"""A termbase holds in the draft: CSV and TBX, plural forms, both scripts, forbidden terms."""

import pytest

from verify.nuance.check import Comparison
from verify.nuance.term import Term
from verify.one_pair import plain_side
from verify.text import InputError

TBX = """<tbx type="TBX-Basic" xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="1">
<langSec xml:lang="zh"><termSec><term>筹码</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>bargaining chip</term></termSec>
<termSec><term>card</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec></langSec>
</conceptEntry></body></text></tbx>"""
CSV = "source,target,status\n筹码,bargaining chip|leverage,preferred\n筹码,card,forbidden\n"


@pytest.fixture(params=["house.csv", "house.tbx"])
def term(request, tmp_path):
    path = tmp_path / request.param
    path.write_text(CSV if path.suffix == ".csv" else TBX, encoding="utf-8")
    return Term([path])


def run(term, zh, en):
    return list(term(Comparison(plain_side(zh, "zh", "s"), plain_side(en, "en", "t"))))


def test_an_allowed_term_is_quiet_in_any_form_and_script(term):
    assert not run(term, "这是谈判的筹码。", "These are bargaining chips in the talks.")
    assert not run(term, "這是談判的籌碼。", "This is a bargaining chip in the talks.")
    assert not run(term, "这是一张牌。", "This is a card.")


def test_a_forbidden_or_missing_term_is_found_on_both_sides(term):
    (found,) = run(term, "这是谈判的筹码。", "This is a card in the talks.")
    assert (found.severity.value, found.source.text, found.target.text) == ("major", "筹码", "card")
    (missing,) = run(term, "这是谈判的筹码。", "This is an asset in the talks.")
    assert missing.target is None and "bargaining chip" in missing.suggestion


def test_a_bad_termbase_is_refused_by_name(tmp_path):
    bad = tmp_path / "bad.tbx"
    bad.write_text('<!DOCTYPE tbx [<!ENTITY a "b">]><tbx/>', encoding="utf-8")
    with pytest.raises(InputError, match="bad.tbx"):
        run(Term([bad]), "筹码", "chip")
