"""What the server answers, and whom: requests of its own page alone, under its own name and with its token.

The page is the one that files are dropped into, with its style and its script.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any, NoReturn

from validator import __version__
from validator.errors import UsageError
from validator.render.look import Look
from validator.render.template import load_template
from validator.words import line

from .batch_check import PAGES
from .batches import LARGEST_FILE, Batch, Batches, TooLargeError

HOME = "127.0.0.1"
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# An audit page is made of what a report says: whatever it might do, it has no origin and can ask this server nothing.
_AUDIT_POLICY = (
    "sandbox allow-scripts allow-popups allow-modals allow-downloads; default-src 'none'; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_SAFE_METHODS = ("GET", "HEAD")

_SAID_BY_SCRIPT = (
    "serve-receiving",
    "serve-waiting",
    "serve-checking",
    "serve-failed",
    "serve-lost",
    "serve-too-large",
    "serve-open-page",
    "serve-copy",
    "serve-mended",
    "serve-open-all",
    "serve-list",
    "serve-more",
    "serve-batch",
    "serve-remove",
    "serve-nothing",
)

_FILLED_LATER = {name: f"{{{name}}}" for name in ("done", "total", "reason", "count", "name")}


class Application:
    """The answers, as the WSGI application `app`; `seen` is when a page gave its last sign of life."""

    def __init__(self, port: int, token: str, batches: Batches, look: Look) -> None:
        """Take where it is served and under which token. Raises UsageError if its library is missing."""
        try:
            import bottle
        except ModuleNotFoundError:
            raise UsageError.lacking("gouji serve", "serve") from None
        self._bottle, self._batches, self._look, self._token = bottle, batches, look, token
        self._hosts = {f"{HOME}:{port}", f"localhost:{port}"}
        self._origins = {f"http://{host}" for host in self._hosts}
        self.seen = monotonic()
        self.app = bottle.Bottle()
        self.app.add_hook("before_request", self._vet)
        for method, path, answer in (
            ("GET", "/<token>/", self._page),
            ("GET", "/<token>/<name:re:page[.](?:css|js)>", self._part),
            ("GET", "/<token>/alive", self._alive),
            ("POST", "/<token>/leave", self._leave),
            ("POST", "/<token>/batches", self._begin),
            ("PUT", "/<token>/batches/<batch>/files", self._take),
            ("POST", "/<token>/batches/<batch>/check", self._check),
            ("GET", "/<token>/batches/<batch>", self._tell),
            ("GET", "/<token>/batches/<batch>/pages/<name:path>", self._audit),
            ("GET", "/<token>/batches/<batch>/<kind:re:marked|mended|lists>/<name:path>", self._take_away),
        ):
            self.app.route(path, method, answer)

    def _refuse(self, status: int) -> NoReturn:
        raise self._bottle.HTTPResponse(str(status), status=status, headers=_HEADERS)

    def _vet(self) -> None:
        """Let no other site in: neither under a name of its own that leads here, nor by posting from its pages."""
        request = self._bottle.request
        origin = request.get_header("Origin")
        if (
            request.get_header("Host", "") not in self._hosts
            or request.get_header("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")
            or (origin is not None and origin not in self._origins)
            or (origin is None and request.method not in _SAFE_METHODS)
        ):
            self._refuse(403)
        given = request.path.split("/")[1]
        if not secrets.compare_digest(given.encode("utf-8", "replace"), self._token.encode()):
            self._refuse(404)
        self.seen = monotonic()
        for name, value in _HEADERS.items():
            self._bottle.response.set_header(name, value)

    def _find(self, name: str) -> Batch:
        batch = self._batches.find(name)
        if batch is None:
            self._refuse(404)
        return batch

    def _send(self, name: str, folder: Path, download: str | bool = False) -> Any:  # noqa: ANN401 - bottle's own
        sent = self._bottle.static_file(name, root=str(folder), download=download)
        for header, value in {**_HEADERS, "Content-Security-Policy": _AUDIT_POLICY}.items():
            sent.set_header(header, value)
        return sent

    def _page(self, token: str) -> str:  # noqa: ARG002 - it was vetted
        self._bottle.response.set_header("Content-Security-Policy", _PAGE_POLICY)
        return render_page(self._look)

    def _part(self, token: str, name: str) -> str:  # noqa: ARG002
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        self._bottle.response.content_type = f"{kind}; charset=utf-8"
        return STATIC[name]()

    def _alive(self, token: str) -> str:  # noqa: ARG002
        return ""

    def _leave(self, token: str) -> None:  # noqa: ARG002
        for name in self._bottle.request.body.read(1 << 16).decode("utf-8", "replace").split():
            self._batches.leave(name)
        self._bottle.response.status = 204

    def _begin(self, token: str) -> dict[str, str]:  # noqa: ARG002
        return {"id": self._batches.begin()}

    def _take(self, token: str, batch: str) -> None:  # noqa: ARG002
        request = self._bottle.request
        found, size = self._find(batch), request.content_length
        if size < 0 or request.get_header("Transfer-Encoding"):
            self._refuse(411)
        if size > LARGEST_FILE:
            self._refuse(413)
        try:
            found.take(request.query.getunicode("name") or "file", request.environ["wsgi.input"], size)
        except TooLargeError:
            self._refuse(413)
        except ValueError:
            self._refuse(409)
        self._bottle.response.status = 204

    def _check(self, token: str, batch: str) -> None:  # noqa: ARG002
        self._batches.start(self._find(batch))
        self._bottle.response.status = 202

    def _tell(self, token: str, batch: str) -> str:  # noqa: ARG002
        found = self._find(batch)
        self._bottle.response.content_type = "application/json"
        return json.dumps({"state": found.state, "done": found.done, "total": found.total, **found.result})

    def _audit(self, token: str, batch: str, name: str) -> Any:  # noqa: ANN401, ARG002
        return self._send(name, self._find(batch).outputs / PAGES)

    def _take_away(self, token: str, batch: str, kind: str, name: str) -> Any:  # noqa: ANN401, ARG002
        return self._send(name, self._find(batch).outputs / kind, download=name.rpartition("/")[2])


def render_page(look: Look) -> str:
    """Give the page in the language of the look."""
    said = {key: look.say(line(key, **_FILLED_LATER)) for key in _SAID_BY_SCRIPT}
    return load_template("serving/page.html.jinja")(
        language="zh-CN" if look.language == "zh" else "en",
        said={**said, "largest": LARGEST_FILE},
        say=lambda key: look.say(line(key)),
        version=__version__,
    )


@cache
def _style() -> str:
    return load_template("audit/style.css")() + load_template("serving/page.css")()


@cache
def _script() -> str:
    return load_template("audit/theme.js")() + load_template("serving/page.js")()


STATIC: Mapping[str, Callable[[], str]] = {"page.css": _style, "page.js": _script}
"""What the page is made of besides itself."""
