"""A review of the founding case in a folder of its own, and its server in a thread. Without an engine: fast, and the same everywhere."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from verify import pipeline
from verify.case import load_case
from verify.decisions import Decisions
from verify.documents import read
from verify.finding import Report
from verify.plan import Plan
from verify.review.desk import Desk, Source

_checked: dict[str, Report] = {}  # by the draft's text: the case is opened many times
CASE = Path(__file__).resolve().parents[1] / "corpora" / "kato-card"


def case(folder: Path, draft: str | None = None) -> Path:
    """A copy of the founding case, with that draft text if given."""
    shutil.copytree(CASE, folder / "story")
    if draft is not None:
        (folder / "story" / "draft.en.txt").write_text(draft, "utf-8")
    return folder / "story"


def source(folder: Path) -> Source:
    named = load_case(folder)
    draft = read(named.draft, language="en")
    witnesses = [read(w.path, language=w.language, name=w.name) for w in named.witnesses]
    plan = Plan()
    check = lambda draft: pipeline.check(draft, witnesses, plan)
    if draft.text not in _checked:
        _checked[draft.text] = check(draft)
    return Source(replace(_checked[draft.text], draft=draft, witnesses=witnesses), plan, None, check)


@contextmanager
def desk(folder: Path, author: str = "anna"):
    with Decisions(folder / "decisions.sqlite") as decisions:
        yield Desk(source(folder), decisions, author)


@contextmanager
def served(desk: Desk):
    """The page's address, token included."""
    from verify.review.serve import prepare

    server, listener, address = prepare(desk, 0)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    try:
        yield address
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


class Browser:
    """What a browser would send, header by header."""

    def __init__(self, address: str):
        self.host, path = re.fullmatch(r"http://([^/]+)(/.*)", address).groups()
        status, headers, _ = self.send("GET", path)
        assert status == 200
        self.set_cookie = headers["set-cookie"]
        self.cookie = self.set_cookie.split(";")[0]
        page = self.send("GET", "/", {"Cookie": self.cookie})[2].decode()
        self.csrf = re.search(r'name="csrf" content="([^"]+)"', page)[1]

    def send(self, method: str, path: str, headers: dict | None = None, body: bytes | None = None) -> tuple[int, dict, bytes]:
        connection = http.client.HTTPConnection(self.host, timeout=60)
        try:
            connection.request(method, path, body, {"Host": self.host, **(headers or {})})
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def get(self, path: str) -> tuple[int, bytes]:
        status, _, body = self.send("GET", path, {"Cookie": self.cookie})
        return status, body

    def headers(self, **changes: str | None) -> dict[str, str]:
        given = {"Cookie": self.cookie, "Origin": f"http://{self.host}", "X-CSRF-Token": self.csrf, "Content-Type": "application/json"}
        given |= {name.replace("_", "-"): value for name, value in changes.items()}
        return {name: value for name, value in given.items() if value is not None}

    def post(self, path: str, said: dict, **changes: str | None) -> tuple[int, dict]:
        status, _, body = self.send("POST", path, self.headers(**changes), json.dumps(said).encode())
        try:
            return status, json.loads(body)
        except ValueError:
            return status, {"error": body.decode()}
