"""What each element of a Word document is to its reader. What is not named here is not text, nor holds any."""

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

VALUE = f"{WORD}val"

(
    UNSEEN,
    RUN,
    TEXT,
    THROUGH,
    TAB,
    BREAK,
    HYPHEN,
    SYMBOL,
    FIELD_MARK,
    FIELD_CODE,
    NOTE,
    DRAWING,
    FORMULA,
    ALTERNATE,
    PARAGRAPH,
    TABLE,
    ROW,
    CELL,
    EMBEDDED,
) = range(19)

_NAMES = {
    RUN: "r",
    TEXT: "t",
    # Deleted text and text that was moved away are not among these: what counts is the text as accepted.
    THROUGH: "body hyperlink ins moveTo smartTag customXml sdt sdtContent fldSimple dir bdo ruby rubyBase",
    TAB: "tab ptab",
    BREAK: "br cr",
    HYPHEN: "noBreakHyphen",
    SYMBOL: "sym",
    FIELD_MARK: "fldChar",
    FIELD_CODE: "instrText",
    NOTE: "footnoteReference endnoteReference",
    DRAWING: "drawing pict object",
    PARAGRAPH: "p",
    TABLE: "tbl",
    ROW: "tr",
    CELL: "tc",
    EMBEDDED: "altChunk",
}
KINDS = {WORD + name: kind for kind, names in _NAMES.items() for name in names.split()} | {
    f"{MATH}oMathPara": THROUGH,
    f"{MATH}oMath": FORMULA,
    f"{COMPATIBILITY}AlternateContent": ALTERNATE,
}


def word_names(names: str) -> tuple[str, ...]:
    """Give the full names of Word elements that are named in a text, parted by blanks."""
    return tuple(WORD + name for name in names.split())
