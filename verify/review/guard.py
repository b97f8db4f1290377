"""What stands before the page: who may talk to it, and what a browser may do with what it says.

The server is for one person on this machine, but any web site open in the same browser can send requests to
loopback. So: the Host must be ours (no DNS rebinding), every request needs a secret (in the first address, then
in a cookie that other sites cannot make a browser send), and a write needs our Origin and a second secret.
"""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
          "form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
MAX_BODY = 1 << 20  # bytes; a bulk decision over some ten thousand findings
_HEADERS = {
    "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
    "Cache-Control": "no-store", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
}
# Not a redirect: where the address was clicked on another site, a browser sends no strict cookie along the way from there.
_DOOR = """<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/"><title>Review</title>
<p><a href="/">Open the review</a></p></html>
"""


class Guard:
    """ASGI middleware. `port` is the one that the server listens on; secrets are made anew for each run."""

    def __init__(self, app: ASGIApp, port: int):
        self.app = app
        self.hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self.token, self.csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        self._session = secrets.token_urlsafe(32)
        self._cookie = f"verify-review-{port}"  # cookies know no ports: two servers must not share a name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        scope.setdefault("state", {})["csrf"] = self.csrf

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._refusal(scope)
        body = b""
        if answer is None and scope["method"] not in ("GET", "HEAD"):
            body, whole = await _body(receive)
            if not whole:
                answer = PlainTextResponse("This is too long.\n", 413)
        if answer is not None:
            await answer(scope, receive, sealed)
            return
        given = False

        async def replay() -> Message:
            nonlocal given
            if given or scope["method"] in ("GET", "HEAD"):
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self.app(scope, replay, sealed)

    def _refusal(self, scope: Scope) -> Response | None:
        """The answer where the request goes no further: a refusal, or the cookie in exchange for the token."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host not in self.hosts or len(headers.getlist("host")) != 1:
            return PlainTextResponse("This server answers on 127.0.0.1 only.\n", 421)
        reading = scope["method"] in ("GET", "HEAD")
        token = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", [""])[0]
        if reading and scope["path"] == "/" and token:
            if not _same(token, self.token):
                return _locked()
            answer = HTMLResponse(_DOOR)
            answer.set_cookie(self._cookie, self._session, httponly=True, samesite="strict", path="/")
            return answer
        if not _same(cookie_parser(headers.get("cookie", "")).get(self._cookie, ""), self._session):
            return _locked()
        if reading:
            return None
        if scope["method"] != "POST":
            return PlainTextResponse("Use GET or POST.\n", 405)
        if headers.get("origin", "") != f"http://{host}":
            return PlainTextResponse("This came from another page.\n", 403)
        if not _same(headers.get("x-csrf-token", ""), self.csrf):
            return PlainTextResponse("This came from no page of this run. Load the page again.\n", 403)
        if headers.get("content-type", "").split(";")[0].strip() != "application/json":
            return PlainTextResponse("Send JSON.\n", 415)
        return None


def _locked() -> Response:
    return PlainTextResponse("Open the address that `verify review` printed: it holds the key to this page.\n", 403)


def _same(a: str, b: str) -> bool:
    return hmac.compare_digest(a.encode("utf-8", "replace"), b.encode())


async def _body(receive: Receive) -> tuple[bytes, bool]:
    """The request's body, and whether that is all of it."""
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"", False
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MAX_BODY:
            return b"", False
        if not message.get("more_body"):
            return b"".join(parts), True
