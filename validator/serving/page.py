"""The page that files are dropped into, its style and its script."""

from collections.abc import Callable, Mapping
from functools import cache

from validator import __version__
from validator.render.look import Look
from validator.render.template import load_template
from validator.words import line

from .batches import LARGEST_FILE

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
