"""The server on loopback, and the address that opens its page."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress

from ..text import InputError
from .desk import Desk


def serve(desk: Desk, port: int, ready: Callable[[str], None]) -> None:
    """Serve until interrupted; `ready` is called with the address once it answers. Port 0: any free one.

    Raises InputError where the port cannot be had or the extra [review] is not installed.
    """
    server, listener, address = prepare(desk, port)
    startup = server.startup

    async def started(sockets: list[socket.socket] | None = None) -> None:
        await startup(sockets)
        ready(address)

    server.startup = started  # type: ignore[method-assign]
    with listener, suppress(KeyboardInterrupt):  # uvicorn raises it again after it has closed: Ctrl-C is the way out
        server.run(sockets=[listener])


def prepare(desk: Desk, port: int):
    """A uvicorn server that does not run yet, the socket it is to listen on, and the page's address with its token."""
    try:
        import uvicorn

        from .app import build
        from .guard import Guard
    except ImportError as error:
        raise InputError("verify review", f"needs a package that is not installed ({error.name})",
                         'Install it with: pip install "verify-translation[review]"') from None
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except (OSError, OverflowError) as error:
        listener.close()
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise InputError(f"port {port}", f"cannot be had ({reason})", "Give another --port, or 0 for any free one") from None
    port = listener.getsockname()[1]
    guard = Guard(build(desk), port)
    config = uvicorn.Config(guard, log_level="error", access_log=False, lifespan="off", server_header=False, ws="none",
                            timeout_graceful_shutdown=2, proxy_headers=False)
    return uvicorn.Server(config), listener, f"http://127.0.0.1:{port}/?token={guard.token}"
