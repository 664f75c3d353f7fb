"""A sentence as a row of tokens: words of the data, marks, unknown text, figures and dates."""

from typing import NamedTuple

from validator.model.wording import BODY, FIGURE, UNKNOWN, Wordings
from validator.patterns import Pattern

from .figures import COUNTERS, Date, Figure, read_date, read_figure

_ORDINAL = Pattern(r"(?:(?<=[;。!?])|(?<!.))\d{1,2}[、.](?!\d)|(?<=:)1[、.](?!\d)(?=.*[;,。]2[、.])")
"""The number of a paragraph or a point: 2、依申请公开情况, 如下:1.予以公开5件;2.… but no figure: 收到:1、结转:2."""
_POINT = Pattern(r"\d{1,2}[、.](?!\d)")
_HEADINGS = ("形式", "方式", "内容", "渠道", "途径", "范围", "措施", "情况", "方面")
"""How a heading ends that points follow without a mark: 公开形式1、公开栏2、广播."""
_MARKS = frozenset(",;:()、。!?")
_DIGITS = Pattern("[0-9]+")
_NUMERALS = frozenset("0123456789零一二两三四五六七八九十百千")
_END_OF_CLAUSE = Pattern(r"[;()。!?]|,(?!\d{3}(?!\d))|(?<!\d),")
_SPAN = Pattern(r"(\d{4})年[度初]?[至到—~-](?!\1|同年)(?:\d{4}年|$)")
"""Years from one to another."""
_SINCE = ("施行至", "实施至", "以来至")
_BEFORE_ORDINALS = ":;。!?"
_SUCH = Pattern(r"如[^,;:。0-9]{1,20}等")
"""Examples of what was named before: 其他方式如报刊、广播等."""
_EDGE = Pattern(r"[0-9、,”]|分别|[均各]为?[0-9]")
"""What follows a verb of one character that stands for a longer one: 立3件、改1件, “收、办、转”."""
ALIKE = Pattern(r"(?:[均都皆各](?:为|是|有)?|全部为):?[0-9零一二两三]")
"""How a figure is given to all members of a list."""
_NEW_YEAR = ((0, 0), (1, 1), (1, 0))
_FIRST_DAYS = {2008: (*_NEW_YEAR, (5, 1), (5, 0))}
"""The law on disclosure came into force on the first of May 2008."""
_DURATIONS = frozenset(("个工作日", "工作日", "天", "小时", "分钟", "个月", "周", "岁", "种", "级"))
_NAMED_AGAIN = ("这", "此")
"""What points to a figure that was stated before: 这3件申请均未引起复议."""
_NAMED = ("微信", "微博", "公众", "官方", "抖音", "政务", "网站", "平台", "门户", "政府门户", "政府网", "信息网")
_NAMING = ("公众号", "微博", "微信", "抖音号")
_NEVER = ("复议", "诉讼", "行政复议", "行政诉讼", "投诉", "举报", "申请", "收到", "受理", "结转")
_FORMS = ("申请》", "申请表》", "申请书》")
"""How titles end that name what is counted: 收到《信息公开申请表》2份."""
_UNNAMED = frozenset(("政府", "人民政府"))
"""Bodies without a name, which are the one that reports: 各类政府公开载体."""
_SPECIAL = _MARKS | _NUMERALS | {"《", "》", "“", "如"}
_OFFICE = Pattern(
    r"(?<!服务)(?:和|与|服务|管理|数据|大数据|执法|登记|交易|保障|信息|事务|受理|中|信){0,3}中心"
    r"|(?:和|与|服务|管理|数据|大数据|执法|登记|交易|保障|信息|事务|受理|中|信){0,3}(?:局(?!长)|委员会|委(?![托员])|办公室|办(?![理结件复事案]))"
    r"|[^,;:。、0-9到和及]{1,2}分局|道(?!路)"
)
"""How names of bodies go on that begin with a word of the data, or hold one: 信访局, 仲裁委, 公安局长宁分局."""
_NAMES = ("网", "登记", "数据", "邮政")
_FIGURES = Pattern(f"[0-9未没无零含每]|[一二两三四五六七八九十百][{COUNTERS}]")


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
    apart = "分别" in text or ALIKE.search(text) is not None
    for found in _END_OF_CLAUSE.finditer(text):
        end = found.end()
        if (
            "(" in (text[start - 1 : start], text[end - 1])
            or _FIGURES.search(text, start, end)
            or wordings.sign.search(text, start, end)
        ):
            _scan_clause(tokens, text, start, end, wordings, year, apart)
        else:
            _add_mark(tokens, text, end - 1)
        start = end
    if start < len(text):
        _scan_clause(tokens, text, start, len(text), wordings, year, apart)
    return tokens


def _scan_clause(
    tokens: list[Token], text: str, start: int, end: int, wordings: Wordings, year: int | None, apart: bool
) -> None:
    words, starts_of = wordings.words.get, wordings.starts.get
    last = len(text) - 1
    position, unknown = start, -1
    alone, naming = wordings.alone, [wordings.codes[kind] for kind in ("foreign", "measure", "by_head", "portion")]
    while position < end:
        character = text[position]
        stop = 0
        token: Token | None = None
        seconds = starts_of(character)
        if seconds is not None:
            lengths = seconds.get(text[position + 1]) if position < last else None
            for length in seconds[""] if lengths is None else lengths:
                piece = text[position : position + length]  # shorter at the end of the text
                word = words(piece)
                if word is None or (apart and "+" in word.value):
                    continue
                if (word.code in naming or piece in _NAMES) and _OFFICE.match(text, position + length):
                    continue
                if length > 1 or word.code not in alone or (unknown < 0 and _EDGE.match(text, position + 1)):
                    stop = position + len(piece)
                    token = Token(word.code, word.value, position, stop) if word.code else None
                break
        if not stop and character in _SPECIAL:
            stop, token = _read_special(text, position, wordings, year)
        if stop:
            if unknown >= 0:
                _add_unknown(tokens, text, unknown, position, wordings)
                unknown = -1
            if token is not None:
                tokens.append(token)
            position = stop
        else:
            unknown = position if unknown < 0 else unknown
            position += 1
    if unknown >= 0:
        _add_unknown(tokens, text, unknown, end, wordings)


def _read_special(text: str, position: int, wordings: Wordings, year: int | None) -> tuple[int, Token | None]:
    """Read a mark, a title or a quoted account (which say nothing), a figure or a date; (0, None) if it is none."""
    character = text[position]
    if character in _MARKS:
        return position + 1, Token("。" if character in "!?" else character, "", position, position + 1)
    if character == "如":
        such = _SUCH.match(text, position)
        return (such.end(), None) if such else (0, None)
    if character == "》":
        return position + 1, None
    if character == "《":
        end = text.find("》", position, position + 80) + 1
        return (position + 1 if text.endswith(_FORMS, 0, end) else end), None
    if character == "“":
        end = text.find("”", position, position + 16) + 1
        named = text.startswith(_NAMED, end) or text.endswith(_NAMING, 0, position)
        return (end, None) if end and named else (0, None)
    if character == "零" and text.startswith(_NEVER, position + 1):
        return position + 1, Token(wordings.codes["none"], "", position, position + 1)
    return _read_number(text, position, wordings, year)


def _is_end(date: Date, text: str, position: int) -> bool:
    """Whether a date is the end of the year, or of all that is told: 截止到12月."""
    until = text.endswith(("截至", "截止", "截至到", "截止到"), 0, position)
    return date.last or (until and (date.month, date.day) == (12, 0))


def _add_mark(tokens: list[Token], text: str, position: int) -> None:
    mark = text[position]
    if mark in _MARKS:
        tokens.append(Token("。" if mark in "!?" else mark, "", position, position + 1))


def _add_unknown(tokens: list[Token], text: str, start: int, end: int, wordings: Wordings) -> None:
    piece = text[start:end].strip(wordings.fillers)
    code = BODY if wordings.body.search(piece) else UNKNOWN
    ends_open = code == BODY and text[end : end + 1] == "("
    if piece in _UNNAMED:
        return
    if len(piece) > 1 or ends_open or (piece and not piece.isalpha()):  # a single character is a slip, no noun
        begin = text.index(piece, start)
        tokens.append(Token(code, "", begin, begin + len(piece)))


def _read_number(text: str, position: int, wordings: Wordings, year: int | None) -> tuple[int, Token | None]:
    """Read a figure or a date; (0, None) if the characters are neither."""
    after_heading = text.endswith(_HEADINGS, 0, position)
    if not position or after_heading or text[position - 1] in _BEFORE_ORDINALS:
        ordinal = (_POINT if after_heading else _ORDINAL).match(text, position)
        if ordinal is not None:
            return ordinal.end(), None
    figure = read_figure(text, position)
    if figure is not None:
        if figure.unit in _DURATIONS or text[position - 1 : position] in _NAMED_AGAIN:
            return figure.stop, None
        return figure.stop, Token("%" if figure.percent else FIGURE, figure.unit, position, figure.stop, figure)
    date = read_date(text, position)
    if date is None:
        digits = _DIGITS.match(text, position)
        return (0, None) if digits is None else (digits.end(), Token(UNKNOWN, "", position, digits.end()))
    codes = wordings.codes
    code = ""
    if (
        text.endswith(_SINCE, 0, position)
        or _SPAN.search(text, max(position - 8, 0), position)
        or _SPAN.match(text, position)
    ):
        return date.stop, Token(codes["time"], "", position, date.stop)
    if date.year and year is not None and date.year != year:
        code = {year - 1: codes["lastyear"], year + 1: codes["nextyear"]}.get(date.year, codes["time"])
    elif not (date.last or _is_end(date, text, position)) and (date.month, date.day) not in _FIRST_DAYS.get(
        date.year, _NEW_YEAR
    ):
        code = codes["time"]
    elif text[max(position - 2, 0) : position] in ("截至", "截止") or text[position - 1 : position] in ("到", "至"):
        code = codes["time"] if text.startswith("累计", date.stop) else codes["now" if date.month else "thisyear"]
    elif date.year:
        code = codes["thisyear"]
    return date.stop, Token(code, "", position, date.stop) if code else None
