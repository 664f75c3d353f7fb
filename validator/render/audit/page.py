"""A page that opens from a folder or a stick: style and script are in it, and nothing else may run or be fetched."""

from base64 import b64encode
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import msgspec

from validator.model.bilingual import Language
from validator.model.result import FILE_MARK
from validator.render.look import Look
from validator.render.template import SLOT, escape, load_template, slot
from validator.words import line

_FOLDER = Path(__file__).parent.parent / "templates"


class PageLink(NamedTuple):
    """A way to another page: what it is called, and where it is from this page ("" for this page itself)."""

    text: str
    href: str


class Frame(msgspec.Struct, frozen=True):
    """What goes around the content of a page.

    `trail` leads from the outermost page to this one. `styles` and `scripts` are files under templates/, in the order
    in which they go into the page; `words` are the keys of the catalogue that the scripts say, with their fields open.
    `version` is that of the program; a `wide` page takes all of the screen.
    """

    title: str
    trail: tuple[PageLink, ...] = ()
    styles: tuple[str, ...] = ("audit/style.css", "audit/report.css", "audit/print.css")
    scripts: tuple[str, ...] = ("audit/theme.js", "audit/evaluate.js", "audit/report.js", "audit/copy.js")
    words: tuple[str, ...] = ()
    version: str = ""
    wide: bool = False


def begin_page(frame: Frame, look: Look) -> tuple[str, ...]:
    """Give a page up to where its content begins, inside <main>, in pieces."""
    head, body, rest = _begin(frame.styles, frame.scripts, frame.wide, look)
    return head, escape(frame.title), body, "".join(map(_write_link, frame.trail)), rest


@lru_cache(maxsize=8)
def _begin(styles: tuple[str, ...], scripts: tuple[str, ...], wide: bool, look: Look) -> list[str]:
    """Give what pages begin with up to the title, from there to the trail, and what follows it."""
    style, script = _join(styles), _join(scripts)
    text = load_template("audit/page_begin.html.jinja")(
        mark=FILE_MARK,
        title=slot(),
        trail=slot(),
        wide=wide,
        language=_LANGUAGES[look.language],
        style=style,
        policy=_policy(style, script),
        say=speak(look),
    )
    return text.split(SLOT)


def _write_link(link: PageLink) -> str:
    text = escape(link.text)
    return f'<a href="{escape(link.href)}">{text}</a>\n' if link.href else f'<span aria-current="page">{text}</span>\n'


def end_page(frame: Frame, look: Look) -> str:
    """Give what follows the content of a page that began with the same frame."""
    return _end(frame.words, frame.scripts, frame.version, look)


@lru_cache(maxsize=8)
def _end(words: tuple[str, ...], scripts: tuple[str, ...], version: str, look: Look) -> str:
    said = {key: look.say(line(key, **_OPEN)) for key in words}
    return load_template("audit/page_end.html.jinja")(
        words=said, script=_join(scripts), version=version, say=speak(look)
    )


def speak(look: Look) -> "Speaker":
    """Give what templates use to say a line of the catalogue in the language of the look."""
    return Speaker(look)


class Speaker:
    """Says lines of the catalogue in one language."""

    __slots__ = ("_look",)

    def __init__(self, look: Look) -> None:
        self._look = look

    def __call__(self, key: str, **values: str | int) -> str:
        """Give a line with its values filled in; KeyError if the catalogue has no such line."""
        return self._look.say(line(key, **values))


_FIELDS = (
    "after before broken cell count delta errors forward held mended name notes open over reason spoilt text value "
    "warnings year"
)
_OPEN = {field: f"{{{field}}}" for field in _FIELDS.split()}
"""The fields of lines that a script fills in."""

_LANGUAGES: dict[Language, str] = {"zh": "zh-CN", "en": "en"}


@cache
def _join(names: tuple[str, ...]) -> str:
    return "\n".join((_FOLDER / name).read_text(encoding="utf-8").strip() for name in names)


def _policy(style: str, script: str) -> str:
    """Allow this style and this script by their hashes, pictures that are in the page, and nothing else."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
