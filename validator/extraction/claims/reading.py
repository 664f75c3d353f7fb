"""A sentence read from left to right: its figures, its words for none and for all, and what later ones lean on."""

from collections.abc import Iterator, Sequence

from validator.model.wording import BODY, FIGURE
from validator.patterns import Pattern

from .context import NOWHERE, Context, Draft
from .counts import CountReader
from .doubts import settle
from .frame import Frame
from .grammar import Grammar
from .tokens import Token, scan
from .zeros import read_all, read_rest, read_zeros

_MOST_ZEROS = 60
"""A sentence with more words for none is none that anyone wrote."""
_HEADINGS = ("公开", "情况", "方面", "申请", "复议", "诉讼")
"""How text that stands like a heading in its paragraph ends."""
_ASKED = ("依申请", "公开申请")
_BODIES = {"review": "复议", "litigation": "诉讼"}
_ASIDE = Pattern(r"(?:^|(?<=[,;:。]))\(\d{1,2}\)|(?<=[厅局委院])\([厅局委办院]\)")
"""The number of a point in brackets, or another word for an office: (1)予以公开6件, 我厅(办)."""
_WAY = Pattern(r"(?:平台|网站|微信|微博|公众号|公报|[公告宣]示?[告传]?栏|媒体)[^,;:。]{0,8}(?:情况|方面)?[:。]?$")
"""A heading that names one way of publishing: what is counted under it is not all that was disclosed."""
_OF_YEARS = ("累计", "施行以来", "实施以来", "开展以来", "成立以来", "开通以来")
"""What makes a count up to a day one of several years: 自《条例》施行以来,截至2012年12月31日."""
_THIS_YEAR = ("本年", "当年")
_LONGEST_BRACKET = 20
"""Tokens of a bracket that is looked into before a figure."""
_FEES = Pattern(r"公开[^,;:。]*(?<![、和及与])收费|(?<![、和及与])收费[^,;:。]*减免")
"""A heading of what was charged for disclosure, and of nothing else."""
_THOSE = Pattern(
    r"(?:在|其中,?|上述|以上|这些|全部|对)*(?:已?经?(?:受理|收到|办结|答复|办理)完?毕?的)?(?:[0-9]+[件宗份条]的?)?申请(?!公开|人)"
)
"""How a paragraph begins that goes on about the applications of the one before: 在56件申请中,已答复51件."""
_GIVEN = Pattern(r"(?<!面)向[^,;:。0-9]{0,40}$")
"""What stands before a body that is given something: 向市档案馆、图书馆报送文件6种."""
_ROWS = {"receive": "new_received", "handle": "handled_total", "carry": "carried_over"}
_COUNTED = frozenset(("件", "起", "宗", "例", "份", "件次", ""))


class SentenceReader:
    """Reads sentence after sentence and keeps what later ones of the same paragraph lean on."""

    def __init__(self, grammar: Grammar, year: int | None) -> None:
        self._grammar, self._year = grammar, year
        self._counts = CountReader(grammar)
        self.context = Context()
        self._more = frozenset(grammar.codes[kind] for kind in ("outcome", "reason", "carry", "result"))
        self._silent = False
        """Whether the paragraph has said nothing yet of what it counts."""
        self._way = self._asked = False
        """Whether a heading names one way of publishing; whether the paragraph before spoke of applications."""

    def open_paragraph(self, heading: str) -> None:
        """Forget what the paragraph before said; a heading may set the topic."""
        bodies = [body for body, word in _BODIES.items() if word in heading]
        about = "公开" in heading or bool(bodies)
        self._asked = self.context.topic == "applications"
        self.context = Context(disclosed_from=-1 if about else NOWHERE, headed=bool(heading))
        self._silent = not heading or about
        self._way = _WAY.search(heading) is not None
        if _FEES.search(heading):
            self.context.topic = "fee"
        else:
            self._head(heading, bodies)

    def _head(self, said: str, bodies: Sequence[str]) -> None:
        """Let a heading, or text without figures, open the topic; `bodies` are the kinds of cases that it names."""
        context = self.context
        if any(word in said for word in _ASKED):
            context.topic = "applications"
        elif bodies:
            context.topic, context.bodies, context.settled = "cases", tuple(bodies), True
        elif "主动公开" in said and "领域" not in said:
            context.topic = "disclosure"

    def read(self, text: str, skipped: str = "") -> tuple[Frame, list[Draft]]:
        """Read one sentence, folded and without blanks: its tokens and its claims.

        `skipped` is what the paragraph said since the last one; a body that is the subject there still is.
        """
        grammar, context = self._grammar, self.context
        text = _ASIDE.sub(lambda found: "·" * len(found.group()), text) if "(" in text else text
        for said in (skipped, text):
            subject = grammar.wordings.subject.search(said)
            if subject is not None:
                context.subject = subject.group(1)
        frame = Frame(text, scan(text, grammar.wordings, self._year), grammar)
        if not frame.codes.startswith(grammar.codes["includes"]):
            context.next_sentence()
        self._counts.open_sentence()
        self._open_disclosure(text, skipped)
        guessed = self._open_topic(context, frame, skipped)
        if not context.topic and grammar.codes["document"] in frame.codes:
            named = {token.value for token in frame.tokens if token.code == grammar.codes["document"]}
            if len(named) == 1:
                context.topic, context.document = "documents", named.pop()  # 新制定3件,现行有效规范性文件20件
        drafts: list[Draft] = []
        stack: list[Context] = []
        for index, code in enumerate(frame.codes):
            if code == "(":
                stack.append(context)
                context = context.copy()
                context.bodies, context.row = context.bodies[-1:], context.inner or context.row
            elif code == ")" and stack:
                context = stack.pop()
            elif code == ":" and context.last == "cases":
                context.bodies = context.bodies[-1:]  # 未经复议直接起诉2件:维持1件
            else:
                if code == ";" and context.last == "cases":
                    context.settled = True  # 行政复议1件,均获维持;行政诉讼2件,1件维持
                drafts += self._read_token(frame, index, drafts, context, len(stack))
        self.context = stack[0] if stack else context
        self._way = self._way or _WAY.search(skipped) is not None
        outcomes = grammar.codes["outcome"] in frame.codes
        drafts = settle(drafts, text, outcomes=outcomes, guessed=guessed, one_way=self._way, parted=context.parted)
        return frame, drafts

    def _read_token(
        self, frame: Frame, index: int, drafts: Sequence[Draft], context: Context, depth: int
    ) -> list[Draft]:
        """Read the claims of a token, and take in what it says of later ones; `depth` counts the brackets around it."""
        grammar, code, token = self._grammar, frame.codes[index], frame.tokens[index]
        if code == FIGURE and token.figure is not None:
            if context.elsewhere or self._is_of_more(frame.codes, index):
                self._counts.pass_by(frame, index, token.figure, context)
                return []
            scope = _scope_of(frame, index, context, grammar, depth)
            read: list[Draft] = []
            for words in frame.shared.get(index, ()) or (None,):
                if words is not None:
                    frame.listed[index] = words
                read += self._counts.read(frame, index, token.figure, context, scope, depth)
            return read
        if code in grammar.noted:
            _note(frame, index, token, context, grammar)
            return read_rest(frame, index, drafts, context, grammar)
        if code == grammar.codes["none"] and frame.codes.count(code) < _MOST_ZEROS:
            if context.elsewhere and grammar.codes["case"] not in frame.clause(index):
                return []
            said = {draft.quantity for draft in drafts}  # 收到申请5件,未产生争议案例
            zeros = [zero for zero in read_zeros(frame, index, context, grammar) if zero.quantity not in said]
            for zero in zeros:
                zero.sure = zero.sure and not context.elsewhere  # 历年共收到申请0件,未出现复议
            return zeros
        return read_all(frame, index, drafts, context, grammar) if code == grammar.codes["all"] else []

    def _is_of_more(self, codes: str, index: int) -> bool:
        """Whether a bracket before a figure adds another row to that before it: 予以公开(含部分公开)33件."""
        opening = codes.rfind("(", max(0, index - _LONGEST_BRACKET), index) if codes[index - 1 : index] == ")" else -1
        inside = codes[opening + 1 : index - 1]
        included = opening >= 0 and inside.startswith(self._grammar.codes["includes"])
        return included and FIGURE not in inside and not self._more.isdisjoint(inside)

    def _open_disclosure(self, text: str, skipped: str) -> None:
        """Note from where on the text speaks of disclosure."""
        context, words = self.context, self._grammar.wordings.disclosure
        if context.disclosed_from == NOWHERE:
            places = [place for word in words if (place := text.find(word)) >= 0]
            context.disclosed_from = min(places, default=NOWHERE)
            if any(word in skipped for word in words):
                context.disclosed_from = -1
        else:
            context.disclosed_from = -1
        if self._grammar.wordings.labels.search(text):
            context.disclosed_from = -1

    def _open_topic(self, context: Context, frame: Frame, skipped: str) -> bool:
        """Let a sentence that leans on no topic so far have the one that its words suggest; whether it is a guess."""
        codes = frame.codes
        if self._asked and not context.topic and _THOSE.match(frame.text):
            context.topic, self._silent = "applications", False
        self._asked, opened = False, bool(context.topic)
        if opened and self._silent:
            context.last = "heading_" + context.topic  # 依申请公开情况: 全年共15件
        if not opened and skipped:
            self._head(skipped, [body for body, word in _BODIES.items() if word in skipped and "公开" in skipped])
        self._silent = self._silent and (not skipped or "公开" in skipped)
        silent, self._silent = self._silent, False
        if context.topic:
            return not opened and not skipped.rstrip("。:：").endswith(_HEADINGS)
        for topic, hints in self._grammar.wordings.hints.items():
            if any(hint in codes for hint in hints):
                context.topic = topic
        if context.topic or not silent or not self._grammar.flow.issuperset(codes):
            return False
        context.topic = "applications"  # 2023年收到44件,办结44件
        return True


def _note(frame: Frame, index: int, token: Token, context: Context, grammar: Grammar) -> None:
    """Take in a word that sets the topic, the scope or the time."""
    kind = grammar.kinds[token.code]
    topic = grammar.wordings.topics.get(token.code)
    if topic is not None and topic != context.topic and _turns(frame, index, context, grammar):
        context.topic = topic
    if kind == "document":
        context.document = token.value
    elif kind.endswith(("measure", "measure_items")):
        context.measure = token.value
    elif kind == "scope" or (kind == "filed" and FIGURE in frame.clause(index)):
        context.scope = frame.word(index)
    elif kind in ("result", "likely_result"):
        context.settled = context.settled or FIGURE not in frame.clause(index)
    elif kind in _ROWS:
        context.elsewhere &= not frame.text.startswith(_THIS_YEAR, token.start)
        _note_row(frame, index, kind, context, grammar)
    elif kind == "case":
        _note_case(frame, index, token, context)
    elif kind == "own":
        context.subject = ""
        context.scope = "" if frame.text[token.start] == "全" else context.scope
    elif kind == "thisyear" or (kind == "now" and not any(word in frame.text for word in _OF_YEARS)):
        context.elsewhere = False
    elif kind in ("time", "lastyear"):
        clause = frame.clause(index)
        if not any(grammar.codes[kind] in clause for kind in ("compare", "change", "carry", "pending")):
            context.elsewhere = kind == "time" or FIGURE not in clause


def _note_row(frame: Frame, index: int, kind: str, context: Context, grammar: Grammar) -> None:
    """Let a clause without a figure say which row the figures after it are of: 新收的政府信息公开申请中."""
    clause, known = frame.clause(index), grammar.codes
    asked = not {known["application"], known["apply"]}.isdisjoint(clause)
    if asked and {FIGURE, known["none"]}.isdisjoint(clause):
        context.row = "carried_forward" if kind == "carry" and known["nextyear"] in clause else _ROWS[kind]


def _note_case(frame: Frame, index: int, token: Token, context: Context) -> None:
    """Let a clause that names one kind of cases and no figure say whose results follow: 行政复议案件中,维持3件."""
    codes, clause = frame.codes, frame.clause(index)
    start = codes.rfind(clause, 0, index + len(clause))
    around = codes[max(start - 1, 0) : start] + codes[start + len(clause) : start + len(clause) + 1]
    if clause.count(token.code) == 1 and FIGURE not in clause and "、" not in around and around[-1:] in (",", ":"):
        context.bodies, context.settled = (token.value,), False


def _turns(frame: Frame, index: int, context: Context, grammar: Grammar) -> bool:
    """Whether a word turns the topic: one of other things only where it is counted or dealt with.

    Away from such things the topic turns only where something is received, answered or published.
    """
    code = frame.codes[index]
    if code in grammar.strange:
        clause = frame.clause(index)
        elsewhere = any(t.value == "directed_elsewhere" for t in frame.tokens)  # 告知通过信访等其他途径办理2件
        caused = (elsewhere or grammar.codes["cause"] in clause) and grammar.codes["outcome"] in clause
        if context.topic == "applications" and caused:
            return False  # 因问题属于咨询而不予处理2件
        clause = frame.clause(index)
        named = grammar.codes["document"] in clause
        kept = not grammar.keeping.isdisjoint(frame.codes if named else clause)
        if kept and (named or context.topic == "documents") and grammar.kinds[code] in ("paper", "treat"):
            return False  # 清理规范性文件20件,废止4件; 制发规范性文件4件,废止文件1件
        return FIGURE in clause or not grammar.acts.isdisjoint(clause)
    return context.topic not in ("papers", "treated") or not grammar.acts.isdisjoint(frame.clause(index))


def find_unclaimed(frame: Frame, drafts: Sequence[Draft], grammar: Grammar) -> Iterator[Draft]:
    """Give the figures beside words of disclosure work of which the sentence makes no claim."""
    claimed = {draft.index for draft in drafts}
    for index, token in enumerate(frame.tokens):
        figure = token.figure
        if figure is None or index in claimed or figure.percent or not figure.value or figure.approximate:
            continue
        if figure.unit not in _COUNTED:
            continue
        near = frame.codes_of((*frame.left_of(index), *frame.right_of(index)))
        if near & grammar.work and not near & grammar.aside:
            yield Draft("", figure.value, figure.start, figure.end, index)


def _scope_of(frame: Frame, index: int, context: Context, grammar: Grammar, depth: int) -> str | None:
    """Give the scope that the words before a figure set, "" if none; None if it is that of one body of several."""
    for position in frame.left_of(index):
        if frame.codes[position] == BODY and not _GIVEN.search(frame.text, 0, frame.tokens[position].start):
            listed = frame.codes[:position].rstrip(",:").endswith((grammar.codes["includes"], "、"))
            some = frame.codes[position - 1 : position] == FIGURE
            context.parted |= listed
            if depth or context.parted or (some and frame.codes[position - 2 : position - 1] != grammar.codes["own"]):
                return None
            if grammar.codes["scope"] not in frame.codes[position:]:
                context.scope = frame.word(position)
    return context.scope or context.subject
