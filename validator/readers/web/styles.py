"""The style sheets of a web page and the styles of single elements -> what is declared for each element.

Only properties that change what a reader takes for text are known here; style sheets of other files are not read.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from validator.errors import ReadError
from validator.patterns import BytesPattern, Pattern

from .colours import may_hide

_OFF_SCREEN, _NOTHING = rb"\s*:\s*-\d{3,}", rb"\s*:\s*0(?![.\d]*[1-9])"
_TELLING = {
    b"display": rb"\s*:\s*(?:none|(?:inline-)?table)",
    b"visibility": rb"\s*:\s*(?:hidden|collapse)",
    b"opacity": rb"\s*:\s*0?(?:\.0|(?![.\d]))",
    b"line-through": rb"",
    b"mso-text-raise": rb"",
    b"font-size": _NOTHING,
    b"vertical-align": rb"\s*:\s*['\"]?(?:su[bp]|-?[\d.]*[1-9])",
    b"left": _OFF_SCREEN,
    b"top": _OFF_SCREEN,
    b"right": _OFF_SCREEN,
    b"indent": _OFF_SCREEN,
    b"clip": rb"(?:-path)?\s*:",
    b"width": _NOTHING,
    b"height": _NOTHING,
}
_TELLING_RULES = {word: BytesPattern(word + rest) for word, rest in _TELLING.items()}
_FEW_SELECTORS = 3_000
_MOST_COMPARED = 400_000_000  # takes a minute; a page saved with all its sheets comes to a tenth
_OVERRIDING = (b"display", b"visibility", b"opacity", b"text-decoration")
_STYLE = re.compile(rb"""style(="[^"]*"|\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))""")
_NAMED_STATES = {b"hidden": BytesPattern(rb"[^:\s]\s+hidden[\s=>/]"), b"role": BytesPattern(rb"role\s*=")}


class Hints(NamedTuple):
    """What the markup of a page shows before it is parsed.

    `styled`: it says somewhere what hides, raises or lays out text by styles or attributes. `aria`: it has attributes
    for readers of screens. `coloured`: text and ground may have the same colour.
    """

    styled: bool
    aria: bool
    coloured: bool


def look_for_styles(markup: bytes) -> Hints:
    """Give what a page, in lower case, shows of styles and attributes that matter.

    Its styles are looked at once each, for the cells of a table repeat theirs by the hundred; all else without them,
    for they are half of a page.
    """
    pieces = _STYLE.split(markup)
    declared = set(pieces[1::2])
    rest = b" ".join(pieces[::2])
    start = rest.find(b"<style")
    while start >= 0:
        end = rest.find(b"</style", start)
        declared.add(rest[start : end if end >= 0 else len(rest)])
        start = rest.find(b"<style", end) if end >= 0 else -1
    said = b"\n".join(sorted(declared))
    is_styled = _is_telling(said) or any(
        word in rest and rule.search(rest) is not None for word, rule in _NAMED_STATES.items()
    )
    return Hints(is_styled, b"aria-" in rest, may_hide(said, rest))


def _is_telling(declarations: bytes) -> bool:
    """Say whether declarations may change what is taken for text; each word is looked for by itself, which is fast."""
    return any(word in declarations and rule.search(declarations) for word, rule in _TELLING_RULES.items())


_INLINE = (
    ",".join(
        f'[style*="{word}" i]'
        for word in (
            "display",
            "visibility",
            "opacity",
            "line-through",
            "font-size",
            "vertical-align",
            "mso-text-raise",
        )
    )
    + ',[style*="-9" i],[style*="clip" i],[style*="overflow" i],[style*="-1" i]'
)
_KNOWN = frozenset(
    (
        *("display", "visibility", "opacity", "text-decoration", "text-decoration-line", "font-size", "vertical-align"),
        *("mso-text-raise", "position", "left", "top", "right", "text-indent", "margin-left", "clip", "clip-path"),
        *("overflow", "width", "height", "max-height"),
    )
)
_COLOURS = frozenset(("color", "background", "background-color", "background-image"))
_TAG_NAME = Pattern(r"(?:^|[\s>+~])[a-z][\w-]*")
_NAMED = Pattern(r"[.\[:](?!:)")
_FOR_SCREENS = Pattern(r"(?:^|,)\s*(?:only\s+)?(?:all|screen)?\s*(?:,|$)|^\s*(?:only\s+)?(?:all|screen)\s+and\b")

Styles = Mapping[str, str]


class Priority(NamedTuple):
    """How strong a declaration is against others of the same property, the first difference deciding."""

    important: bool
    inline: bool
    ids: int
    names: int
    tags: int
    order: int


class Styled(msgspec.Struct):
    """An element and what is declared for it: of each property the value that counts, and its priority."""

    node: LexborNode
    declared: dict[str, tuple[Priority, str]] = msgspec.field(default_factory=dict)

    def declare(self, name: str, value: str, priority: Priority) -> None:
        """Take a declaration over unless a stronger one was met."""
        if name not in self.declared or self.declared[name][0] <= priority:
            self.declared[name] = (priority, value)

    def styles(self) -> dict[str, str]:
        """Give the values that count."""
        return {name: value for name, (_, value) in self.declared.items()}


def find_styled(tree: LexborHTMLParser) -> dict[int, Styled]:
    """Give the elements for which anything is declared, by the page's style sheets or by themselves, by their ids.

    Colours are not among that. Raises ReadError("too-large") for style sheets that would take minutes.
    """
    rules = _find_rules(tree, _KNOWN)
    if _is_too_much(tree, selectors := sum(len(names) for names, _ in rules), _MOST_COMPARED):
        limit = f"{_MOST_COMPARED} HTML tags x CSS selectors"
        raise ReadError("too-large", size=f"{selectors} CSS selectors", limit=limit)
    return _apply(tree, rules, _KNOWN, _INLINE)


def find_coloured(tree: LexborHTMLParser, inline: str, most: int) -> dict[int, Styled]:
    """Give the elements for which a colour is declared, or a ground; `inline` selects those that may say it themselves.

    There are none where that takes more than `most` comparisons.
    """
    rules = _find_rules(tree, _COLOURS)
    if _is_too_much(tree, sum(len(names) for names, _ in rules), most):
        return {}
    return _apply(tree, rules, _COLOURS, inline)


def _find_rules(tree: LexborHTMLParser, wanted: frozenset[str]) -> "list[_Rule]":
    """Give the rules of the page's style sheets that declare any of these properties."""
    sheets = [sheet.text() for sheet in tree.css("style") if _is_for_screens(sheet.attributes.get("media") or "")]
    rules = (rule for sheet in sheets if wanted is _COLOURS or _may_decide(sheet) for rule in _read_sheet(sheet))
    kept = ((selectors, [said for said in declarations if said[0] in wanted]) for selectors, declarations in rules)
    return [rule for rule in kept if rule[1]]


def _is_too_much(tree: LexborHTMLParser, selectors: int, most: int) -> bool:
    return selectors > _FEW_SELECTORS and selectors * (tree.html or "").count("<") > most


def _apply(tree: LexborHTMLParser, rules: "list[_Rule]", wanted: frozenset[str], inline: str) -> dict[int, Styled]:
    """Give the elements with what these rules, and the elements themselves, declare of some properties."""
    found: dict[int, Styled] = {}
    for order, (selectors, declarations) in enumerate(rules, start=1):
        for selector in selectors:
            try:
                nodes = tree.css(selector)
            except SelectolaxError:
                continue  # nothing a parser knows, or a part that stands for no element, such as ::before
            for node in nodes:
                styled = found.setdefault(node.mem_id, Styled(node))
                for name, value, important in declarations:
                    styled.declare(name, value, Priority(important, False, *_weigh(selector), order))
    read: dict[str, list[tuple[str, str, Priority]]] = {}  # cells repeat their styles by the hundred
    for node in tree.css(inline):
        written = node.attributes.get("style") or ""
        if written not in read:
            read[written] = list(_read_inline(written, wanted))
        if read[written]:
            styled = found.setdefault(node.mem_id, Styled(node))
            for name, value, priority in read[written]:
                styled.declare(name, value, priority)
    return found


def _read_inline(written: str, wanted: frozenset[str]) -> Iterator[tuple[str, str, Priority]]:
    """Give the declarations of interest in the style of an element."""
    for declaration in written.lower().split(";"):
        name, _, value = declaration.partition(":")
        if (name := name.strip()) in wanted:
            important = "!important" in value
            yield name, value.replace("!important", "").strip(), Priority(important, True, 0, 0, 0, 0)


def _may_decide(sheet: str) -> bool:
    """Say whether a style sheet may hide or raise text, or show what another one hides."""
    lower = sheet.lower().encode("utf-8", "replace")
    return any(word in lower for word in _OVERRIDING) or _is_telling(lower)


_Rule = tuple[list[str], list[tuple[str, str, bool]]]
"""Selectors, and declarations: property, value in lower case, whether it is important."""


@lru_cache(maxsize=8)  # the pages of a site bring the same ones
def _read_sheet(sheet: str) -> list[_Rule]:
    """Give the rules of a style sheet that declare anything of interest, in order."""
    import tinycss2  # few pages bring a style sheet that matters

    found: list[_Rule] = []
    waiting = tinycss2.parse_stylesheet(sheet, True, True)
    waiting.reverse()
    while waiting:
        rule = waiting.pop()
        if rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports", "layer") and rule.content:
            if rule.lower_at_keyword != "media" or _is_for_screens(tinycss2.serialize(rule.prelude)):
                waiting.extend(reversed(tinycss2.parse_rule_list(rule.content, True, True)))
        elif rule.type == "qualified-rule":
            declarations = [
                (item.lower_name, tinycss2.serialize(item.value).strip().lower(), item.important)
                for item in tinycss2.parse_declaration_list(rule.content, True, True)
                if item.type == "declaration" and (item.lower_name in _KNOWN or item.lower_name in _COLOURS)
            ]
            if declarations:
                prelude = tinycss2.serialize(rule.prelude)
                found.append(([selector.strip() for selector in _split_selectors(prelude)], declarations))
    return found


def _split_selectors(prelude: str) -> Iterator[str]:
    """Split a list of selectors at its commas, but not at those in brackets."""
    start = depth = 0
    for index, sign in enumerate(prelude):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            yield prelude[start:index]
            start = index + 1
    yield prelude[start:]


def _weigh(selector: str) -> tuple[int, int, int]:
    """Count the ids, the other names and the tags of a selector, by which of two the stronger one is told."""
    return selector.count("#"), len(_NAMED.findall(selector)), len(_TAG_NAME.findall(selector))


def _is_for_screens(media: str) -> bool:
    """Whether a style sheet counts on a screen of a desk; one that asks for a width is taken to."""
    media = media.lower()
    return bool(_FOR_SCREENS.search(media)) and "max-width" not in media and "print" not in media.split()
