"""What the markup of a page is to its reader: what each tag stands for, and pages that no parser should get.

Parsers of HTML take time by the square of the depth and of the attributes of one tag; and each formatting tag that
is left open is opened anew in every block that follows, at most three of a kind. Pages that would take minutes or
gigabytes are told from their markup and refused before it is parsed. No report comes near these limits.
"""

from validator.errors import ReadError
from validator.patterns import BytesPattern

# A tag that is not named is inline: its text goes on in the line.
TEXT, INLINE, UNSEEN, BLOCK, CELL, ROW, GROUP, TABLE, CAPTION, PREFORMATTED, INPUT, SHIFTED, FRAME = range(13)
_TAGS = {
    TEXT: "-text",
    UNSEEN: "-comment -doctype -cdata head script style template noscript noembed noframes frameset "
    "svg object audio video canvas datalist del s strike rp rt",
    BLOCK: "html body p br hr div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd dir menu section article header footer nav main "
    "aside form fieldset legend blockquote address center figure figcaption details summary select optgroup option "
    "marquee hgroup search ucapcontent",
    CELL: "td th",
    ROW: "tr",
    GROUP: "thead tbody tfoot",
    TABLE: "table",
    CAPTION: "caption",
    PREFORMATTED: "pre xmp listing plaintext",
    INPUT: "input textarea",
    SHIFTED: "sup sub",
    FRAME: "iframe",
}
KINDS: dict[str | None, int] = {tag: kind for kind, tags in _TAGS.items() for tag in tags.split()}
KINDS[None] = UNSEEN  # what has no tag holds no text that is shown

_MOST_TAGS = 200_000
_MOST_LEVELS = 1_000
_MOST_ATTRIBUTES = 5_000
_MOST_REOPENED = 1_000_000

# Pages below these numbers cannot do harm, so that most reports are not searched for it.
_FEW_TAGS_TO_REOPEN = 4_000
_FEW_TAGS_TO_NEST = 20_000
_SHORT_PAGE = 150_000
_FEW_LEFT_OPEN = 8

_FORMATTING = BytesPattern(rb"<(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s>])[^>]*")
_BLOCK = BytesPattern(rb"</?(?!(?:t[dhr]|tbody|span|br|img|o:p|a|b|i|u|em|font|strong)[\s>/])[a-z]")
# What may be left open, or has no end at all, nests only inside other elements: counting it tells nothing.
_NESTING = BytesPattern(
    rb"<(?!/?(?:p|li|t[dhr]|d[dt]|option|tbody|thead|br|hr|img|input|meta|link|col|o:p)[\s>/])(/?)[a-z][^\s/>]*(/?)"
)
_LONG_TAG = BytesPattern(rb"<[a-z][^<]{5000}")
_ATTRIBUTES = BytesPattern(rb"""<[a-z](?:[^"'>]++|"[^"]*"|'[^']*')*+""")
_QUOTED = BytesPattern(rb"\"[^\"]*\"|'[^']*'")


def refuse_overgrown(markup: bytes) -> None:
    """Raise ReadError("too-deep") or ReadError("too-large") for a page, in lower case, that is no report's."""
    tags = markup.count(b"<")
    if tags > _MOST_TAGS:
        raise ReadError("too-large", size=f"{tags} HTML tags", limit=f"{_MOST_TAGS} HTML tags")
    if tags > _FEW_TAGS_TO_REOPEN and _count_reopened(markup) > _MOST_REOPENED:
        raise ReadError("too-deep")
    if tags > _FEW_TAGS_TO_NEST and _most_open(_NESTING, markup) > _MOST_LEVELS:
        raise ReadError("too-deep")
    if len(markup) > _SHORT_PAGE:
        for tag in _LONG_TAG.finditer(markup):
            written = _ATTRIBUTES.match(markup, tag.start())
            if written and len(_QUOTED.sub(b" ", written[0]).split()) > _MOST_ATTRIBUTES:
                raise ReadError("too-large", size="1 HTML tag", limit=f"{_MOST_ATTRIBUTES} attributes")


def _count_reopened(markup: bytes) -> int:
    """Count at most how many elements a parser adds for formatting tags that were left open."""
    left_open = _most_open(_FORMATTING, markup)
    if left_open <= _FEW_LEFT_OPEN:
        return 0
    kinds = {found[0] for found in _FORMATTING.finditer(markup) if not found[1]}
    return min(left_open, 3 * len(kinds)) * len(_BLOCK.findall(markup))


def _most_open(tag: BytesPattern, markup: bytes) -> int:
    """Count how many of these elements are open at once, at most; an end that belongs to none is passed over."""
    now = most = 0
    for found in tag.finditer(markup):
        if found[1]:
            now -= now > 0
        elif found[0][-1:] != b"/":
            now += 1
            most = max(most, now)
    return most
