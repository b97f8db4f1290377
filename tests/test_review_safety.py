"""The review page's server: who may read and write, what a hostile text can do, and what a kill can lose."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading

import pytest
import review_server
from interrupting import hears_ctrl_c
from lxml import html
from review_server import Browser, desk, served

from verify.decisions import Decisions

HOSTILE = 'He replied: "<script>document.title=\'owned\'</script> We hold a card \u202edetrevni\u202c.\u2066" <img src=x onerror=alert(1)>\n'


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    folder = review_server.case(tmp_path_factory.mktemp("review"), HOSTILE * 2)
    with desk(folder) as at, served(at) as address:
        found = Browser(address)
        found.address, found.desk = address, at
        yield found


def test_the_token_becomes_a_cookie_that_scripts_and_other_sites_cannot_use(browser):
    assert "HttpOnly" in browser.set_cookie and "samesite=strict" in browser.set_cookie.lower()


@pytest.mark.parametrize("path", ["/", "/state", "/static/review.js", "/finding/x", "/quotes", "/sign-off", "/export/report", "/nowhere"])
def test_without_the_cookie_nothing_is_read(browser, path):
    assert browser.send("GET", path)[0] == 403


def test_a_wrong_token_opens_nothing(browser):
    status, headers, _ = browser.send("GET", "/?token=guess")
    assert status == 403 and "set-cookie" not in headers


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:80", ""])
def test_another_host_name_is_refused_even_with_the_cookie(browser, host):
    assert browser.send("GET", "/state", {"Host": host, "Cookie": browser.cookie})[0] == 421


@pytest.mark.parametrize("change, status", [
    ({"Origin": "http://evil.example"}, 403), ({"Origin": "null"}, 403), ({"Origin": None}, 403), ({"Origin": "http://127.0.0.1:1"}, 403),
    ({"X_CSRF_Token": None}, 403), ({"X_CSRF_Token": "guess"}, 403), ({"Cookie": None}, 403), ({"Content_Type": "text/plain"}, 415),
])
def test_a_write_from_elsewhere_is_refused_and_changes_nothing(browser, change, status):
    key = next(iter(browser.desk.findings))
    assert browser.post("/decide", {"keys": [key], "state": "accepted", "author": "x"}, **change)[0] == status
    assert browser.desk.states() == {}


def test_a_write_by_get_or_put_is_none(browser):
    assert browser.get("/decide")[0] == 405
    assert browser.send("PUT", "/decide", browser.headers(), b"{}")[0] == 405


def test_a_body_over_the_limit_is_refused(browser):
    assert browser.send("POST", "/decide", browser.headers(), b" " * ((1 << 20) + 1))[0] == 413


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_object_is_refused(browser, body):
    assert browser.send("POST", "/decide", browser.headers(), body)[0] == 400


@pytest.mark.parametrize("said", [{}, {"keys": []}, {"keys": ["nothing"], "state": "accepted", "author": "x"}, {"keys": "x"}, {"keys": [1]}])
def test_a_decision_about_nothing_is_refused_with_a_reason(browser, said):
    status, answer = browser.post("/decide", said)
    assert status == 409 and answer["error"]


@pytest.mark.parametrize("path", ["/static/..%2fapp.py", "/static/app.py", "/static/%2e%2e/app.py", "/export/../../etc/passwd", "/finding/..%2f..%2f"])
def test_no_path_leads_to_another_file(browser, path):
    assert browser.get(path)[0] == 404


def test_the_policy_lets_nothing_in_but_our_own_two_files(browser):
    _, headers, body = browser.send("GET", "/", {"Cookie": browser.cookie})
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in headers["content-security-policy"] and headers["referrer-policy"] == "no-referrer"
    elements = list(html.fromstring(body).iter("*"))
    assert {e.get("src") for e in elements if e.tag in ("script", "img", "iframe")} == {"/static/review.js"}
    assert not [e for e in elements if e.tag == "style" or e.tag == "script" and e.text]
    assert not [name for e in elements for name in e.attrib if name == "style" or name.startswith("on")]


def test_markup_and_controls_in_a_text_are_shown_as_text_everywhere(browser):
    pages = [browser.get(path)[1].decode() for path in ("/", "/quotes", "/sign-off")]
    pages += [browser.get(f"/finding/{key}")[1].decode() for key in browser.desk.findings]
    assert "&lt;script&gt;" in pages[0] and "‹U+202E›" in pages[0] and "‹U+2066›" in pages[0]
    for page in pages:
        assert "<script>doc" not in page and "<img" not in page and not re.search("[\u202a-\u202e\u2066-\u2069]", page)


def test_it_listens_on_loopback_only(browser):
    port = int(browser.host.split(":")[1])
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for address in others:
        if not address.startswith("127."):
            with socket.socket() as probe:
                probe.settimeout(2)
                assert probe.connect_ex((address, port)) != 0


def test_killed_in_the_middle_of_writes_it_loses_no_acknowledged_decision_or_edit(tmp_path):
    folder = review_server.case(tmp_path)
    command = [sys.executable, "-m", "verify.cli.main", "review", str(folder), "--engine", "none", "--no-browser", "--author", "anna"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
    try:
        lines = iter(process.stderr.readline, "")
        browser = Browser(next(line for line in lines if line.startswith("Review: ")).split()[1])
        state = json.loads(browser.get("/state")[1])
        page = browser.get("/")[1].decode()
        before = re.search(r'data-i="4" data-words="([^"]+)"', page)[1].replace("&#39;", "'")
        assert browser.post("/edit", {"segment": 4, "before": before, "after": "Kato said so.", "author": "anna"})[0] == 200
        acknowledged = []

        def write():
            for number in range(10_000):
                said = {"keys": [state["findings"][0]["key"]], "state": "dismissed", "reason": f"reason {number}", "author": "anna"}
                try:
                    if browser.post("/decide", said)[0] == 200:
                        acknowledged.append(said["reason"])
                except OSError:
                    return

        writers = [threading.Thread(target=write) for _ in range(3)]
        for writer in writers:
            writer.start()
        while len(acknowledged) < 25 and any(w.is_alive() for w in writers):
            pass
        os.kill(process.pid, signal.SIGKILL)
        for writer in writers:
            writer.join(30)
    finally:
        process.kill()
        process.wait()
        process.stderr.close()
    with Decisions(folder / "draft.en.txt.decisions.sqlite") as decisions:
        kept = [d.reason for d in decisions.history()]
    assert len(acknowledged) >= 25 and not set(acknowledged) - set(kept)
    with desk(folder) as again:
        assert "Kato said so." in again.report.draft.text and again.dirty


def test_ctrl_c_is_a_way_out_and_says_what_was_not_saved(tmp_path):
    folder = review_server.case(tmp_path)
    command = [sys.executable, "-m", "verify.cli.main", "review", str(folder), "--engine", "none", "--no-browser", "--author", "anna"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"}, preexec_fn=hears_ctrl_c) as process:
        try:
            browser = Browser(next(line for line in iter(process.stderr.readline, "") if line.startswith("Review: ")).split()[1])
            before = re.search(r'data-i="4" data-words="([^"]+)"', browser.get("/")[1].decode())[1].replace("&#39;", "'")
            assert browser.post("/edit", {"segment": 4, "before": before, "after": "Kato said so.", "author": "anna"})[0] == 200
            process.send_signal(signal.SIGINT)
            assert "edits that were not saved are kept" in process.stderr.read() and process.wait(30) == 0
        finally:
            process.kill()
