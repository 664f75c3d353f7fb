"""What each tag is to a reader of a web page. A tag that is not named is inline: its text goes on in the line."""

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
