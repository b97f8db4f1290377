"""The review's desk: edits checked anew, decisions that stay, a draft saved without loss; and what the page shows."""

import json
import re

import pytest
import review_server
from review_server import Browser, desk, served

from verify.decisions import Decisions
from verify.documents import read
from verify.report import render
from verify.review.desk import Desk, Source
from verify.review.draft_file import DraftFile
from verify.review.edited import edited
from verify.review.reopen import read_report
from verify.text import InputError


@pytest.fixture
def folder(tmp_path):
    return review_server.case(tmp_path)


def about(report):
    return {(f.check, f.witness, f.severity, f.target, f.source, f.confidence, f.agrees_with, f.fingerprint) for f in report.findings}


def aligned(report):
    return {name: [(b.source, b.target) for b in beads] for name, beads in report.beads.items()}


def sentence(at: Desk, words: str) -> int:
    return next(i for i, s in enumerate(at.report.draft.segments) if words in s.text)


def change(at: Desk, old: str, new: str) -> None:
    index = sentence(at, old)
    text = at.report.draft.segments[index].text
    at.edit(index, text, text.replace(old, new), author="anna")


# ---------------------------------------------------------------- edits


def test_after_edits_the_report_is_what_the_whole_check_finds(folder):
    with desk(folder) as at:
        for old, new in ((" do indeed hold a card", " think there is a card"), ("nearly $1.07 trillion", "about $1.7 trillion"), ("could be a bargaining chip", "will be a bargaining chip")):
            change(at, old, new)
            whole = at.source.check(at.report.draft)
            assert about(at.report) == about(whole)
            assert aligned(at.report) == aligned(whole)
            paired = lambda report: {(q.witness, q.target.start, q.target.end, q.source and (q.source.start, q.source.end)) for q in report.quotes}
            assert paired(at.report) == paired(whole)


def test_a_quote_that_no_witness_holds_is_one_finding_as_long_as_it_stands(folder):
    with desk(folder) as at:
        unheld = lambda report: [(f.severity.value, f.target.text, f.agrees_with) for f in report.findings if f.unheld]
        assert unheld(at.report) == []
        change(at, "various signs suggest", 'a fisherman in Ohio said "my seven cats eat mangoes", and various signs suggest')
        assert unheld(at.report) == unheld(at.source.check(at.report.draft)) == [("major", "my seven cats eat mangoes", ())]
        change(at, "The subsequent development", "The later development")  # an edit elsewhere neither loses nor doubles it
        assert len(unheld(at.report)) == 1
        change(at, ' "my seven cats eat mangoes",', " that his cats eat mangoes,")
        assert unheld(at.report) == []


def test_a_mended_difference_disappears_and_undo_brings_it_back(folder):
    with desk(folder) as at:
        before = about(at.report)
        hold = [f for f in at.report.findings if f.check == "emphasis" and f.target and "indeed" in f.target.text]
        change(at, "do indeed hold", "hold")
        assert hold and not {f.fingerprint for f in hold} & {f.fingerprint for f in at.report.findings}
        assert at.dirty
        assert at.undo("anna") == "The edit was taken back."
        assert about(at.report) == before and not at.dirty


def test_a_sentence_cut_in_two_or_taken_out_leaves_its_neighbours_beside_their_originals(folder):
    with desk(folder) as at:
        beside = lambda words: {b.source for b in at.report.beads["toutiao"] if sentence(at, words) in b.target}
        first, last = beside("He replied"), beside("subsequent development")
        change(at, "After Trump announced retaliatory tariffs on April 2nd, US", "Trump announced retaliatory tariffs on April 2nd. Then US")
        assert beside("Trump announced retaliatory") == beside("Then US Treasury")
        at.edit(sentence(at, "It was later"), at.report.draft.segments[sentence(at, "It was later")].text, "", author="anna")
        assert beside("He replied") == first and beside("subsequent development") == last
        assert any(f.check == "omission" and f.source.text.startswith("后来证实") for f in at.report.findings)


def test_an_edit_of_a_sentence_that_changed_meanwhile_is_refused(folder):
    with desk(folder) as at:
        with pytest.raises(InputError, match="changed in another window"):
            at.edit(2, "something else", "new", author="anna")
        with pytest.raises(InputError):
            at.edit(999, "", "new", author="anna")


@pytest.mark.parametrize("name, text, old, new, result", [
    ("a.html", "<html><body><p>He did <em>not</em> say &amp; mean it to us all.</p></body></html>", "not say", "never say & <i>",
     "<p>He did <em>n</em>ever say &amp; &lt;i&gt; &amp; mean it"),
    ("a.md", "# Title of it\n\nHe **did** not say this\nto us all.\n", "did not say", "did say", "He **did** say this\nto us all."),
    ("a.txt", "He did not say this to us\r\nall of us.\r\n", "not ", "", "He did say this to us\r\nall of us."),
])
def test_only_the_words_that_differ_change_in_the_file(tmp_path, name, text, old, new, result):
    (tmp_path / name).write_text(text, "utf-8", newline="")
    document = read(tmp_path / name, language="en")
    index = next(i for i, s in enumerate(document.segments) if old in s.text)
    after = edited(document, index, document.segments[index].text.replace(old, new))
    assert after.segments[index].text == document.segments[index].text.replace(old, new).strip()
    squeezed = lambda t: re.sub(r"<em>\w*</em>\w*|\s+", " ", t)
    assert squeezed(result) in squeezed(after.text) and ("<em>" in after.text) == ("<em>" in text)


def test_words_that_would_become_markup_are_refused(tmp_path):
    (tmp_path / "a.md").write_text("He did not say this to us.\n")
    with pytest.raises(InputError, match="read differently"):
        edited(read(tmp_path / "a.md", language="en"), 0, "He did *not* say this to us.")


# ---------------------------------------------------------------- the file


def test_saving_keeps_what_was_there_and_never_writes_over_a_changed_file(folder):
    path = folder / "draft.en.txt"
    old = path.read_bytes()
    with desk(folder) as at:
        change(at, "do indeed hold", "hold")
        backup = at.save()
        assert backup.read_bytes() == old and b"We hold a card" in path.read_bytes() and not at.dirty
        assert at.save() is None
        change(at, "We hold", "We have")
        path.write_bytes(b"Somebody else's text.")
        with pytest.raises(InputError, match="changed on disk"):
            at.save()
        assert path.read_bytes() == b"Somebody else's text." and at.dirty
    path.write_text("Somebody else's text. He said so on Friday.")
    with desk(folder) as at:
        (aside,) = folder.glob("*.unsaved.txt")
        assert "We have a card" in aside.read_text("utf-8") and aside.name in at.notes[0] and not at.dirty


def test_edits_that_were_not_saved_are_taken_up_by_the_next_run(folder):
    with desk(folder) as at:
        change(at, "do indeed hold", "hold")
    with desk(folder) as again:
        assert again.dirty and "We hold a card" in again.report.draft.text and again.notes
        again.discard()
        assert "do indeed hold" in again.report.draft.text
    with desk(folder) as third:
        assert not third.dirty and not third.notes


@pytest.mark.parametrize("encoding, mark", [("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-8", b"")])
def test_encoding_byte_order_mark_and_line_ends_stay(tmp_path, encoding, mark):
    path = tmp_path / "draft.txt"
    path.write_bytes(mark + "He said “so” to us.\r\nAll of us heard it.\r\n".encode(encoding))
    file = DraftFile(read(path, language="en"))
    file.save(read(path, language="en").text.replace("All", "Most"))
    assert path.read_bytes() == mark + "He said “so” to us.\r\nMost of us heard it.\r\n".encode(encoding)


# ---------------------------------------------------------------- decisions


def test_a_dismissed_finding_stays_so_after_edits_elsewhere_beside_it_and_a_new_run(folder):
    with desk(folder) as at:
        key, finding = next((k, f) for k, f in at.findings.items() if f.target and f.target.text == "emphasized" and f.check == "attribution")
        at.decide([key], "dismissed", author="anna", reason="the speaker was firm")
        change(at, "do indeed hold", "hold")
        assert at.states()[finding.fingerprint].state == "dismissed"
        change(at, "Japan's holding of US Treasury bonds was not done", "holding US Treasury bonds was not done")
        (moved,) = [f for f in at.report.findings if f.check == "attribution" and f.target and f.target.text == "emphasized" and f.witness == finding.witness]
        assert at.states()[moved.fingerprint].state == "dismissed" and "anna" in at.states()[moved.fingerprint].reason
        at.save()
    with desk(folder) as again:
        assert again.states()[moved.fingerprint].state == "dismissed"


def test_bulk_dismissal_is_one_act_to_undo_and_two_editors_lose_nothing(folder):
    with desk(folder) as one, Decisions(folder / "decisions.sqlite") as shared:
        two = Desk(one.source, shared, "ben")
        keys = list(one.findings)
        one.decide(keys[:3], "dismissed", author="anna", reason="fine")
        two.decide(keys[3:4], "accepted", author="ben")
        assert [d.state for d in one.states().values()].count("dismissed") == 3 and len(one.decisions.since(0)) == 4
        one.undo("anna")
        assert {d.author for d in two.states().values() if d.state != "open"} == {"ben"}


# ---------------------------------------------------------------- a report as input


def test_a_report_in_json_opens_with_its_findings_and_quotes(folder):
    whole = review_server.source(folder).report
    (folder / "report.json").write_text(render(whole, "json"), "utf-8")
    report, from_files = read_report(folder / "report.json")
    assert from_files and [f.fingerprint for f in report.findings] == [f.fingerprint for f in whole.findings]
    (folder / "draft.en.txt").unlink()
    report, from_files = read_report(folder / "report.json")
    assert not from_files and [s.text for s in report.draft.segments] == [s.text for s in whole.draft.segments]
    assert {(q.witness, q.target.text, q.source and q.source.text) for q in report.quotes} == {(q.witness, q.target.text, q.source and q.source.text) for q in whole.quotes}
    with Decisions(folder / "decisions.sqlite") as decisions:
        at = Desk(Source(report), decisions, "anna")
        with pytest.raises(InputError, match="not beside this report"):
            at.edit(0, report.draft.segments[0].text, "new", author="anna")
        with served(at) as address:
            page = Browser(address).get("/")[1].decode()
    assert "do indeed hold" in page and "not beside this report" in page


def test_a_report_names_no_file_outside_its_folder(folder, tmp_path, monkeypatch):
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    (outside / "draft.en.txt").write_bytes((folder / "draft.en.txt").read_bytes())
    data = json.loads(render(review_server.source(folder).report, "json"))
    data["documents"][data["draft"]]["path"] = str(outside / "draft.en.txt")
    (folder / "report.json").write_text(json.dumps(data), "utf-8")
    monkeypatch.chdir(folder)
    report, from_files = read_report(folder / "report.json")
    assert not from_files and report.draft.path is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"draft": 1, "witnesses": []}', "[" * 50_000, '{"draft": "x", "witnesses": [], "documents": {"x": null}}'])
def test_what_is_no_report_is_said_in_one_line(tmp_path, text):
    (tmp_path / "r.json").write_text(text)
    with pytest.raises(InputError):
        read_report(tmp_path / "r.json")


# ---------------------------------------------------------------- the page


def test_the_page_sets_every_language_shows_gaps_and_each_quote_with_all_its_wordings(folder):
    with desk(folder) as at, served(at) as address:
        browser = Browser(address)
        page = browser.get("/")[1].decode()
        quotes = browser.get("/quotes")[1].decode()
        state = json.loads(browser.get("/state")[1])
    for language in ("en", "zh", "ja"):
        assert f'lang="{language}"' in page
    assert "The draft has nothing here." in page and "zaobao has nothing here." in page
    empty = re.findall(r'<li class="row" id="r\d+" data-row="\d+" data-empty="([\d ]*)">(.*?)</li>', page, re.S)  # hidden in these tabs
    assert empty and all(sorted(n.split()) == re.findall(r'class="cell wit w(\d+) gap"', row) for n, row in empty)
    assert quotes.count('class="card quote"') == len({q.target.start for q in at.report.quotes})
    assert len(state["findings"]) == len(at.report.findings) and all(f["row"] is not None for f in state["findings"])


def test_an_edit_answers_with_the_rows_around_it_only(folder):
    with desk(folder) as at, served(at) as address:
        browser = Browser(address)
        index = sentence(at, "do indeed hold")
        text = at.report.draft.segments[index].text
        status, answer = browser.post("/edit", {"segment": index, "before": text, "after": text.replace("do indeed ", ""), "author": "anna"})
        assert status == 200 and len(answer["rows"]) <= 3 and "We hold a card" in "".join(answer["rows"].values())
        assert browser.get("/state?known=" + f"{answer['version']}.{answer['number']}")[1] == b'{"version":1,"number":0}'
        assert browser.post("/save", {"author": "anna"})[1]["dirty"] is False
        signed = browser.post("/sign", {"author": "Bob & <b>Sub"})[1]
        assert "signed" in signed["message"] and b"Drawn up by Bob &amp; &lt;b&gt;Sub," in browser.get(signed["open"])[1]
    assert len(list(folder.glob("*.sign-off.html"))) == 1 and "We hold a card" in (folder / "draft.en.txt").read_text("utf-8")


@pytest.mark.parametrize("kind, begins", [("docx", b"PK"), ("xliff", b"<?xml"), ("decisions", b"{"), ("report", b"{")])
def test_every_export_of_the_menu_can_be_had(folder, kind, begins):
    with desk(folder) as at, served(at) as address:
        at.decide(list(at.findings)[:1], "dismissed", author="anna", reason="fine")
        status, body = Browser(address).get(f"/export/{kind}")
    assert status == 200 and body.startswith(begins)


def test_the_pdf_names_who_took_it(folder, monkeypatch):
    monkeypatch.setattr("verify.review.signoff.signoff_pdf", lambda html, out: (out.write_text(html, "utf-8"), out)[1])
    with desk(folder) as at, served(at) as address:
        assert b"Drawn up by Bob &amp; &lt;b&gt;," in Browser(address).get("/export/pdf?author=Bob+%26+%3Cb%3E")[1]


def test_warnings_of_documents_are_shown_and_all_notes_are_counted(folder):
    with desk(folder) as at, served(at) as address:
        at.report.notes, at.report.witnesses[0].warnings = [], ["declares gb18030 but is utf-8"]
        page = Browser(address).get("/")[1].decode()
    assert "toutiao: declares gb18030 but is utf-8" in page and 'Notes <span class="dim">1</span>' in page
