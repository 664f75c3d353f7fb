"""Comments of web pages and Markdown: what they ask of this program, and how they are kept out of the text.

`<!-- gouji: ignore RULE reason -->` asks not to tell what a rule finds in this file. Whether there is such a rule is
for others to know.
"""

from collections.abc import Iterator

from validator.model.document import Remark
from validator.model.location import TextPlace
from validator.patterns import Pattern

_OPEN, _CLOSE = "<!--", "-->"
_ADDRESSED = Pattern(r"\s*gouji\s*[:：]\s*")
_IGNORE = Pattern(r"ignore ([A-Za-z0-9_-]++)[ :：—–-]+(.*\w.*)")
_MOST = 50
_LONGEST = 200


def find_ignores(text: str) -> tuple[Remark, ...]:
    """Give what the comments of a text ask to leave out: rule, reason and line, or that one cannot be understood."""
    # Ordinary files pay for this search alone.
    return tuple(_ignores(text)) if "gouji" in text else ()


def _ignores(text: str) -> Iterator[Remark]:
    found = 0
    for start, end in _comments(text):
        addressed = _ADDRESSED.match(text, start + len(_OPEN), end)
        if addressed is None:
            continue
        line = text.count("\n", 0, start) + 1
        place = TextPlace(line, start - text.rfind("\n", 0, start))
        words = " ".join(text[addressed.end() : min(end, addressed.end() + 4 * _LONGEST)].split())
        if asked := _IGNORE.fullmatch(words):
            yield Remark("inline-ignore", {"line": line, "rule": asked[1], "reason": asked[2][:_LONGEST]}, place)
        else:
            yield Remark("inline-ignore-malformed", {"line": line, "comment": words[:_LONGEST]}, place)
        found += 1
        if found == _MOST:
            return


def hide_comments(text: str) -> str:
    """Put blanks where the comments of a Markdown file stand, so that all else keeps its line and column."""
    if _OPEN not in text:
        return text
    pieces = []
    last = 0
    for start, end in _comments(text):
        pieces.append(text[last:start])
        last = end + len(_CLOSE)
        pieces.append("\n".join(" " * len(line) for line in text[start:last].split("\n")))
    return "".join((*pieces, text[last:]))


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """Give where each comment opens and closes; one that is not closed is none, nor is any after it."""
    start = text.find(_OPEN)
    while start >= 0 and (end := text.find(_CLOSE, start + len(_OPEN))) >= 0:
        yield start, end
        start = text.find(_OPEN, end)
