"""A sentence as a row of tokens: words of the data, figures, marks, and text that no word covers."""

import re
from typing import NamedTuple

from validator.model.wording import BODY, FIGURE, UNKNOWN, Wordings

from .figures import Figure, read_date, read_figure

_MARKS = frozenset(",;:()、。!?")
_DIGITS = frozenset("0123456789零一二两三四五六七八九十百千")
_END_OF_CLAUSE = re.compile(r"[;:()。!?]|,(?!\d{3}(?!\d))|(?<!\d),")
_BODY = re.compile(
    r"(?:局|委|厅|办|室|中心|政府|街道|镇|乡|县|区|市|省|公司|医院|学校|支队|大队|处|所|站|院|部门|单位|名义|部|署)$"
)
_SPEAKS = re.compile(
    r"[0-9未没无零均全都年来季]|[一二两三四五六七八九十百][件起宗例份条次名个]|申请|复议|诉讼|规范性|规章|许可|处罚|强制|公文|刊|热线|信箱|提案"
    r"|备案|本级|政府|局机关|文件|其中|含|包括"
)


class Token(NamedTuple):
    """A token: its code (a kind of word, a mark, a figure or unknown text), its value, and where it stands."""

    code: str
    value: str
    start: int
    end: int
    figure: Figure | None = None


def scan(text: str, wordings: Wordings, year: int | None) -> list[Token]:
    """Split a sentence, folded and without blanks, into tokens; words and clauses that say nothing are left out."""
    tokens: list[Token] = []
    start = 0
    for found in _END_OF_CLAUSE.finditer(text):
        end = found.end()
        if "(" in (text[start - 1 : start], text[end - 1]) or _SPEAKS.search(text, start, end):
            _scan_clause(tokens, text, start, end, wordings, year)
        else:
            _add_mark(tokens, text, end - 1)
        start = end
    if start < len(text):
        _scan_clause(tokens, text, start, len(text), wordings, year)
    return tokens


def _scan_clause(tokens: list[Token], text: str, start: int, end: int, wordings: Wordings, year: int | None) -> None:
    words, starts_of, fillers = wordings.words.get, wordings.starts.get, wordings.fillers
    position, unknown = start, -1
    while position < end:
        character = text[position]
        stop = 0
        token: Token | None = None
        seconds = starts_of(character)
        if seconds is not None:
            for length in seconds.get(text[position + 1 : position + 2]) or seconds.get("", ()):
                word = words(text[position : position + length])
                if word is not None:
                    stop = position + length
                    if word.code:
                        token = Token(word.code, word.value, position, stop)
                    break
        if not stop:
            if character in _DIGITS:
                stop, token = _read_number(text, position, wordings, year)
            elif character in _MARKS:
                stop = position + 1
                token = Token("。" if character in "!?" else character, "", position, stop)
            elif character == "《":
                stop = text.find("》", position, position + 80) + 1
        if stop:
            if unknown >= 0:
                _add_unknown(tokens, text, unknown, position, fillers)
                unknown = -1
            if token is not None:
                tokens.append(token)
            position = stop
        else:
            if unknown < 0:
                unknown = position
            position += 1
    if unknown >= 0:
        _add_unknown(tokens, text, unknown, end, fillers)


def _add_mark(tokens: list[Token], text: str, position: int) -> None:
    mark = text[position]
    if mark in _MARKS:
        tokens.append(Token("。" if mark in "!?" else mark, "", position, position + 1))


def _add_unknown(tokens: list[Token], text: str, start: int, end: int, fillers: str) -> None:
    piece = text[start:end].strip(fillers)
    if piece:
        begin = text.index(piece, start)
        tokens.append(Token(BODY if _BODY.search(piece) else UNKNOWN, "", begin, begin + len(piece)))


def _read_number(text: str, position: int, wordings: Wordings, year: int | None) -> tuple[int, Token | None]:
    """Read a figure or a date; (0, None) if the characters are neither."""
    figure = read_figure(text, position)
    if figure is not None:
        return figure.stop, Token("%" if figure.percent else FIGURE, figure.unit, position, figure.stop, figure)
    date = read_date(text, position)
    if date is None:
        return 0, None
    codes = wordings.codes
    code = ""
    if date.year and year is not None and date.year != year:
        code = {year - 1: codes["lastyear"], year + 1: codes["nextyear"]}.get(date.year, codes["time"])
    elif (date.month, date.day) not in ((0, 0), (1, 1), (12, 31), (12, 0), (1, 0)):
        code = codes["time"]
    elif text[max(position - 2, 0) : position] in ("截至", "截止") or text[position - 1 : position] in ("到", "至"):
        code = codes["time"] if text.startswith("累计", date.stop) else ""
    elif date.year:
        code = codes["thisyear"]
    return date.stop, Token(code, "", position, date.stop) if code else None
