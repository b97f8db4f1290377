"""The page's routes. Reading is HTML; a write takes and answers JSON.

Nothing that a browser sends ever becomes a path: there is one draft, one file of decisions, two static files.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from jinja2 import PackageLoader
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from ..report.pages import environment
from ..report.text import counts
from ..text import InputError, sentence, visible
from .cards import finding_panel, quote_cards
from .desk import Desk
from .draft_file import write_whole
from .exports import EXPORTS, page_policy
from .texts import Texts

MANY_ROWS = 100  # beyond it a browser loads the page faster than it puts in the rows one by one
STATIC = {"review.css": "text/css", "review.js": "text/javascript"}


def build(desk: Desk) -> Starlette:
    """The application, without its guard (`verify.review.guard`)."""
    page = _Page(desk)
    write = lambda path, act: Route(path, _written(act), methods=["POST"])
    return Starlette(routes=[
        Route("/", page.show),
        Route("/static/{name}", _static),
        Route("/state", page.state),
        Route("/quotes", page.quotes),
        Route("/finding/{key}", page.finding),
        Route("/sign-off", page.sign_off),
        Route("/export/{kind}", page.export),
        write("/decide", page.decide), write("/undo", page.undo), write("/edit", page.edit), write("/save", page.save),
        write("/discard", page.discard), write("/check", page.check), write("/sign", page.sign),
    ])


class _Page:
    """Handlers are plain functions: Starlette runs them in threads, and the desk's lock orders them."""

    def __init__(self, desk: Desk):
        self.desk = desk
        self.environment = environment(PackageLoader(__package__), visible=visible)
        self._texts: Texts | None = None
        self._seen: tuple[int, int] = (-1, -1)

    # ------------------------------------------------------------ reading

    def show(self, request: Request) -> Response:
        with self.desk.lock:
            texts = self._current()
            desk = self.desk
            return self._html("review.html", csrf=request.state.csrf, desk=desk, report=desk.report, texts=texts,
                              findings=texts.findings(), counts=counts(desk.report.findings), exports=EXPORTS, notes=self._notes())

    def state(self, request: Request) -> Response:
        """All, or only `{"version", "number"}` where nothing happened since those that the page knows."""
        known = request.query_params.get("known", "")
        with self.desk.lock:
            number = self._number()
            if known == f"{self.desk.version}.{number}":
                return JSONResponse({"version": self.desk.version, "number": number})
            return JSONResponse(self._state())

    def quotes(self, request: Request) -> Response:
        with self.desk.lock:
            texts = self._current()
            return self._html("quotes.html", quotes=quote_cards(texts), report=self.desk.report)

    def finding(self, request: Request) -> Response:
        key = request.path_params["key"]
        with self.desk.lock:
            texts = self._current()
            if key not in texts.keys:
                raise HTTPException(404, "this finding is gone")
            history = self.desk.decisions.history(texts.keys[key].fingerprint)
            return self._html("finding.html", panel=finding_panel(texts, key, history), fixed=self.desk.why_fixed)

    def sign_off(self, request: Request) -> Response:
        html = self._signed(request.query_params.get("author", ""))
        return HTMLResponse(html, headers={"Content-Security-Policy": page_policy(html)})

    def export(self, request: Request) -> Response:
        kind = request.path_params["kind"]
        if kind not in EXPORTS:
            raise HTTPException(404, "no such export")
        try:
            with self.desk.lock:
                data, media, name = EXPORTS[kind].make(self.desk, request.query_params.get("author", "") or self.desk.author)
        except InputError as error:
            return PlainTextResponse(f"{error}\n", 409)
        return Response(data, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})

    # ------------------------------------------------------------ writing

    def decide(self, said: dict[str, Any]) -> dict[str, Any]:
        made = self.desk.decide(_texts(said, "keys"), _text(said, "state"), author=_text(said, "author"), reason=_text(said, "reason"))
        return self._state() | {"message": f"{len(made)} {made[0].state}." if len(made) > 1 else ""}

    def undo(self, said: dict[str, Any]) -> dict[str, Any]:
        return self._after(lambda: self.desk.undo(_text(said, "author")))

    def edit(self, said: dict[str, Any]) -> dict[str, Any]:
        segment = said.get("segment")
        if not isinstance(segment, int) or isinstance(segment, bool):
            raise InputError("edit", "names no sentence")

        def act() -> str:
            before = {f.fingerprint for f in self.desk.report.findings}
            self.desk.edit(segment, _text(said, "before"), _text(said, "after"), author=_text(said, "author"))
            after = {f.fingerprint for f in self.desk.report.findings}
            gone, new = len(before - after), len(after - before)
            return f"Checked: {gone} finding{'s' * (gone != 1)} gone, {new} new." if gone or new else "Checked: the findings are the same."

        return self._after(act)

    def save(self, said: dict[str, Any]) -> dict[str, Any]:
        backup = self.desk.save()
        return self._state() | {"message": f"Saved. What it said before is in {backup.name}." if backup else "Nothing to save."}

    def discard(self, said: dict[str, Any]) -> dict[str, Any]:
        return self._after(lambda: self.desk.discard() or "The draft is as in its file.")

    def check(self, said: dict[str, Any]) -> dict[str, Any]:
        return self._after(lambda: self.desk.check_all() or "Everything was checked again.")

    def sign(self, said: dict[str, Any]) -> dict[str, Any]:
        """Write the sign-off page beside the decisions."""
        from .signoff import verdict

        kept = self.desk.decisions.path
        path = kept.with_name(kept.name.removesuffix(".decisions.sqlite") + ".sign-off.html")
        author = _text(said, "author")
        write_whole(path, self._signed(author).encode("utf-8", "backslashreplace"))
        found = verdict(self.desk.report, self.desk.decisions)
        outcome = "signed" if found.signed else "not signed: " + ", ".join(found.reasons)
        return self._state() | {"message": f"{path.name} was written, {outcome}.", "open": f"/sign-off?{urlencode({'author': author})}"}

    # ------------------------------------------------------------ inside

    def _notes(self) -> list[str]:
        report = self.desk.report
        warned = [f"{document.name}: {warning}" for document in (report.draft, *report.witnesses) for warning in document.warnings]
        return [*self.desk.notes, *filter(None, [self.desk.why_fixed]), *report.notes, *warned]

    def _signed(self, author: str) -> str:
        from .signoff import signoff_html

        return signoff_html(self.desk.report, self.desk.decisions, author=author or self.desk.author)

    def _after(self, act: Any) -> dict[str, Any]:
        """Do it, and tell the page which rows and quotes read differently now; all of them: it is to load again."""
        before = self._current()
        said = act()
        after = self._current()
        answer = self._state() | {"message": said}
        if before is after:
            return answer
        if len(before.rows) != len(after.rows) or len(before.quotes) != len(after.quotes):
            return answer | {"reload": True}
        changed = [new for old, new in zip(before.rows, after.rows) if old != new]
        if len(changed) > MANY_ROWS:  # a sentence more, and all that follow have another number
            return answer | {"reload": True}
        row = self.environment.get_template("row.html")
        return answer | {"rows": {r["id"]: row.render(row=r, texts=after, draft=after.report.draft) for r in changed}}

    def _current(self) -> Texts:
        """The view of the desk's report, made anew only when a decision or an edit came in."""
        seen = (self.desk.version, self._number())
        if self._texts is None or seen != self._seen:
            self._texts, self._seen = Texts(self.desk.report, self.desk.findings, self.desk.states()), seen
        return self._texts

    def _number(self) -> int:
        """The last decision in the file, whoever made it."""
        since = self.desk.decisions.since(max(0, self._seen[1]))
        return since[-1].number if since else max(0, self._seen[1])

    def _state(self) -> dict[str, Any]:
        texts = self._current()
        return {"version": self.desk.version, "number": self._number(), "findings": texts.findings(), "dirty": self.desk.dirty,
                "reasons": self.desk.reasons(), "fixed": self.desk.why_fixed}

    def _html(self, name: str, **values: Any) -> HTMLResponse:
        return HTMLResponse(self.environment.get_template(name).render(**values))


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in STATIC:
        raise HTTPException(404, "no such file")
    return Response(files(__package__).joinpath("static", name).read_bytes(), media_type=STATIC[name])


def _written(act: Any) -> Any:
    """A write: a JSON object in, a JSON object out; what an editor can mend comes back as 409 with the reason."""

    async def handle(request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool

        try:
            said = json.loads(await request.body())
        except (ValueError, RecursionError):
            return JSONResponse({"error": "This is not JSON."}, 400)
        if not isinstance(said, dict):
            return JSONResponse({"error": "This is no JSON object."}, 400)
        desk = act.__self__.desk

        def locked() -> dict[str, Any]:
            with desk.lock:
                return act(said)

        try:
            return JSONResponse(await run_in_threadpool(locked))
        except InputError as error:
            return JSONResponse({"error": " ".join(map(sentence, filter(None, (f"{error.what[:1].upper()}{error.what[1:]}", error.cure))))}, 409)

    return handle


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name, "")
    if not isinstance(value, str):
        raise InputError(name, f"{name} is no text")
    return value


def _texts(said: dict[str, Any], name: str) -> list[str]:
    value = said.get(name)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InputError(name, f"{name} is no list of texts")
    return value
