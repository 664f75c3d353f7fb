"""A sentence as a row of tokens: words of the data, figures, marks, and text that no word covers."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from validator.model.wording import BODY, FIGURE, UNKNOWN, Wordings

from .figures import Figure, read_date, read_figure

_MARKS = frozenset(",;:()、。!?")
_DIGITS = re.compile("[0-9]+")
_NUMERALS = frozenset("0123456789零一二两三四五六七八九十百千")
_END_OF_CLAUSE = re.compile(r"[;:()。!?]|,(?!\d{3}(?!\d))|(?<!\d),")
_BODY = re.compile(
    r"(?:局|委|厅|办|室|中心|政府|街道|镇|乡|县|区|市|省|公司|医院|学校|支队|大队|处|所|站|院|部门|单位|名义|部|署)$"
)
_SPECIAL = _MARKS | _NUMERALS | {"《"}
_FIGURES = re.compile("[0-9未没无零含每]|[一二两三四五六七八九十百][件起宗例份条次名个]")
_SIGNS = (
    "申请 复议 诉讼 规范性 规章 许可 处罚 强制 公文 公民 刊登 刊发 热线 信箱 信访 提案 备案 本级 代表 名义 自然人 法人"
    " 其中 包括 去年 上年 上一年 上半年 下半年 历年 近年 近几年 近三年 以来 季度 文件"
)


def _one_of(words: Sequence[str]) -> re.Pattern[str]:
    """Compile a search for words that passes over every character that begins none of them at once."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    branches = "|".join(f"(?<={first})(?:{'|'.join(rest)})" for first, rest in rests.items())
    return re.compile(f"[{''.join(rests)}](?:{branches})")


_SIGN = _one_of(_SIGNS.split())
"""Words that set the topic, the scope or the time: a clause without them and without a figure does not matter."""


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
        if (
            "(" in (text[start - 1 : start], text[end - 1])
            or _FIGURES.search(text, start, end)
            or _SIGN.search(text, start, end)
        ):
            _scan_clause(tokens, text, start, end, wordings, year)
        else:
            _add_mark(tokens, text, end - 1)
        start = end
    if start < len(text):
        _scan_clause(tokens, text, start, len(text), wordings, year)
    return tokens


def _scan_clause(tokens: list[Token], text: str, start: int, end: int, wordings: Wordings, year: int | None) -> None:
    words, starts_of, fillers = wordings.words.get, wordings.starts.get, wordings.fillers
    last = len(text) - 1
    position, unknown = start, -1
    while position < end:
        character = text[position]
        stop = 0
        token: Token | None = None
        seconds = starts_of(character)
        if seconds is not None:
            lengths = seconds.get(text[position + 1]) if position < last else None
            for length in seconds[""] if lengths is None else lengths:
                word = words(text[position : position + length])
                if word is not None:
                    stop = position + length
                    if word.code:
                        token = Token(word.code, word.value, position, stop)
                    break
        if not stop and character in _SPECIAL:
            stop, token = _read_special(text, position, wordings, year)
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


def _read_special(text: str, position: int, wordings: Wordings, year: int | None) -> tuple[int, Token | None]:
    """Read a mark, a title in quotation marks (which says nothing), a figure or a date; (0, None) if it is none."""
    character = text[position]
    if character in _MARKS:
        return position + 1, Token("。" if character in "!?" else character, "", position, position + 1)
    if character == "《":
        return text.find("》", position, position + 80) + 1, None
    return _read_number(text, position, wordings, year)


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
        digits = _DIGITS.match(text, position)
        return (0, None) if digits is None else (digits.end(), Token(UNKNOWN, "", position, digits.end()))
    codes = wordings.codes
    code = ""
    if date.year and year is not None and date.year != year:
        code = {year - 1: codes["lastyear"], year + 1: codes["nextyear"]}.get(date.year, codes["time"])
    elif not date.last and (date.month, date.day) not in ((0, 0), (1, 1), (1, 0)):
        code = codes["time"]
    elif text[max(position - 2, 0) : position] in ("截至", "截止") or text[position - 1 : position] in ("到", "至"):
        code = codes["time"] if text.startswith("累计", date.stop) else ""
    elif date.year:
        code = codes["thisyear"]
    return date.stop, Token(code, "", position, date.stop) if code else None
