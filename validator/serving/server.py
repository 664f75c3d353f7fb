"""The server behind the page: it listens on this computer alone and answers none but its own page."""

import secrets
from collections.abc import Callable
from socketserver import TCPServer, ThreadingMixIn
from threading import Event, Thread
from time import monotonic
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from validator.errors import UsageError
from validator.model.bilingual import Language
from validator.render.look import Look
from validator.words import describe_os_error

from .application import HOME, Application
from .batches import Batches
from .browser import show_in_browser

_LEFT = 90.0
"""Seconds without a sign of life from a page after which all count as closed: a hidden one speaks once a minute."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    allow_reuse_address = False

    def server_bind(self) -> None:
        """Take the port; the library's own way asks the network for this computer's name."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOME, self.server_address[1]
        self.setup_environ()


class _Handler(WSGIRequestHandler):
    timeout = 60  # seconds that a connection may be silent

    def log_message(self, format: str, *args: Any) -> None:  # noqa: ANN401 - the library's own signature
        """Say nothing: addresses hold the token."""


def serve(
    port: int = 0,
    language: Language = "zh",
    *,
    open_page: bool = True,
    end_when_left: bool = False,
    announce: Callable[[str], None] = print,
) -> None:
    """Serve the page until the process is asked to end or, where that is wanted, all pages are closed.

    `port` 0 takes a free one. Raises UsageError if the port is taken or the server's library is missing.
    """
    batches = Batches(language)
    try:
        try:
            server = _Server((HOME, port), _Handler)
        except OSError as error:
            raise UsageError.of("port-taken", port=port, reason=describe_os_error(error)) from error
        token = secrets.token_urlsafe(24)
        application = Application(server.server_port, token, batches, Look(language))
        server.set_app(application.app)
        address = f"http://{HOME}:{server.server_port}/{token}/"
        announce(address)
        over = Event()
        Thread(target=_sweep, args=(batches, over, server, application if end_when_left else None), daemon=True).start()
        if open_page:
            show_in_browser(address)
        try:
            server.serve_forever(poll_interval=0.2)
        finally:
            over.set()
            server.server_close()
    finally:
        batches.close()


def _sweep(batches: Batches, over: Event, server: WSGIServer, application: Application | None) -> None:
    while not over.wait(5):
        batches.sweep()
        if application is not None and monotonic() - application.seen > _LEFT:
            server.shutdown()
