"""The field of a figure: the words that belong to it, before and after, and those that it leans on."""

from collections.abc import Sequence

from validator.model.wording import BODY, FIGURE, UNKNOWN
from validator.patterns import Pattern

from .context import Field
from .figures import Figure
from .frame import Frame
from .grammar import MARKS, Grammar

_SUMS = ("合计", "总计", "合计为", "总计为", "共计", "共计为", "总数为", ",共", "总共")
_REACHED = ("达到", "达", *(way + to for way in "增降升加少长落涨" for to in "至到"))
_BECAME = (",为", "降为", "增为", "减为")
_THIS = ("今年", "今年为", "本年", "本年度", "本年为")
EXCEPT = "(?<![清废免删解消排扣])除"
"""What leaves something out, and is no 废除 or 免除."""
_EXCEPTED = Pattern(rf"{EXCEPT}[^除]{{0,3}}$")
_SET_ASIDE = Pattern(r"(?:结转|遗留)[^,;:。0-9]{0,8}[后外内],?[^,;:。0-9除]{0,6}(?:新|共)[收接受增]")


class FieldReader:
    """Finds the fields of the figures of one sentence after another."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar, self._known, self._nouns = grammar, grammar.codes, frozenset(grammar.wordings.nouns)
        self._ways = {self._known[kind] for kind in ("channel", "applicant", "medium", "full_time", "part_time")}
        self._asked = {self._known["application"], self._known["apply"]}
        self._begun = self._asked | {self._known["cause"], self._known["reason"], UNKNOWN}
        self._became = grammar.grounds | {self._known["pending"], self._known["nextyear"]}
        self._carried: list[int] = []
        """The words of a figure that a later one may take over."""
        self._since: set[str] = set()
        """The codes of the words of the figures since then."""

    def open_sentence(self) -> None:
        """Forget the sentence before."""
        self._carried, self._since = [], set()

    def speaks_of(self, topic: str, frame: Frame) -> bool:
        """Whether the words that a later figure may take over are of a topic."""
        return any(self._grammar.wordings.nouns.get(frame.codes[i]) == topic for i in self._carried)

    def find(self, frame: Frame, index: int, figure: Figure) -> Field | None:
        """Give the field of a figure; None if its words say that it is no figure of this year."""
        codes, known = frame.codes, self._known
        field = Field(frame, index, figure, frame.left_of(index), frame.right_of(index))
        field.left = self._without_excepted(field)
        stop = field.right[-1] + 1 if field.right else index + 1
        stop += stop < len(codes) and frame.is_now(stop)
        runs_on = codes[stop : stop + 1] == FIGURE
        field.right += self._goes_on(field, stop)
        if field.right and runs_on and codes[field.right[0]] == known["change"]:
            self._carried = field.left
            return None  # 由430件上升至502件: the second figure is the one that counts
        if figure.unit == "项" and self._changes(field):
            field.left = [*self._carried_but(known["lastyear"], codes), *field.left]
            return field
        if known["reading_point"] in field.codes(field.right):
            field.left = [i for i in field.left if codes[i] in self._grammar.events]  # 在大厅和档案馆设立3个查阅点
        field.left = [*self._account(field), *field.left]
        own = self._says(codes, field.left)
        field.left = [*self._heads(field), *(i for i in field.left if not self._is_object(field, i))]
        if self._is_elsewhere(field):
            return None
        if runs_on and not frame.joins(stop):
            # What stands between two figures without a mark belongs to the second, save a noun of the first.
            last = max((i for i in field.right if codes[i] in self._nouns), default=-1)
            field.right = [] if own else [i for i in field.right if i <= last]
        strange = field.right and codes[field.right[0]] in (UNKNOWN, BODY, known["medium"])
        if strange and figure.unit == "个" and known["reading_point"] not in field.codes(field.right):
            return None  # 对11个街镇开展检查, 依申请公开等4个板块: what is counted stands after the figure
        self._show_again(field)
        if not own and not self._says(codes, field.right):
            if field.left and codes[field.left[-1]] in (UNKNOWN, BODY):
                return None
            self._lean(field)
        said = field.codes(field.left)
        if said & self._nouns or said & self._grammar.events:
            self._carried, self._since = field.left, set()
        self._since |= said
        return field

    def _carried_but(self, code: str, codes: str) -> list[int]:
        """Give the words that a later figure may take over, save those of a kind."""
        return [i for i in self._carried if codes[i] != code]

    def _account(self, field: Field) -> list[int]:
        """Give the account that the clause before opens, by which items are sent: 开通公众号,推送信息20条."""
        codes, known = field.frame.codes, self._known
        comma = codes.rfind(",", 0, field.index)
        begin = max(codes.rfind(mark, 0, max(comma, 0)) for mark in ",;:。") + 1
        ways = [i for i in range(begin, comma) if codes[i] == known["medium"]]
        clause = codes[begin : max(comma, 0)]
        told = known["equip"] in clause or clause.endswith(known["medium"] + FIGURE)
        said = field.codes(field.left)
        return ways if told and known["post"] in said and known["medium"] not in said else []

    def _heads(self, field: Field) -> list[int]:
        """Give who held what the figure before counts, and this one too: 主要负责人参加发布会2场、访谈1场."""
        codes, known = field.frame.codes, self._known
        before = field.left[0] - 1 if field.left else field.index - 1
        again = codes[before : before + 1] == "、" or codes[before : before + 2] == "," + known["attend"]
        return [i for i in self._carried if codes[i] == known["by_head"]] if again else []

    def _is_elsewhere(self, field: Field) -> bool:
        """Whether words before a figure say that it is of another time or of a part; they are not taken over."""
        frame, known, away = field.frame, self._known, self._grammar.away
        said = any(frame.codes[i] in away and not frame.names_each(i) for i in field.left)
        if not said or field.before.endswith(_REACHED):
            return False
        aside = away | ({known["lastyear"]} if known["compare"] in field.codes(field.left) else set())
        self._carried = [i for i in field.left if frame.codes[i] not in aside]
        return True

    def _show_again(self, field: Field) -> None:
        """Let a figure that only says that more was published be of what was before it: 其中本年新增402条."""
        codes, known = field.frame.codes, self._known
        shown = {known["proactive"], known["publish"], known["post"]} & field.codes(self._carried)
        alone = len(field.left) == 1 and codes[field.left[0]] in (known["added"], known["publish"], known["post"])
        if alone and shown and not field.right:
            dated = field.frame.is_this_year(field.left[0] - 1)
            field.doubt(not dated)
            if dated or codes[field.left[0]] == known["added"]:
                field.left = [*self._carried, *field.left]

    def _without_excepted(self, field: Field) -> list[int]:
        """Give the words before a figure without those of what it leaves out, or is left out of."""
        frame, begin = field.frame, field.figure.start
        excepted = _EXCEPTED.search(frame.text, max(begin - 4, 0), begin)
        if excepted is not None:
            return [i for i in field.left if frame.tokens[i].start > excepted.start()]  # 受理的申请除5件结转外,均已办结
        found = _SET_ASIDE.search(field.before)
        own = 0 if found is None else found.end() - len("新收")
        return [i for i in field.left if frame.tokens[i].start >= own]  # 结转上年后新收到47件

    def _goes_on(self, field: Field, stop: int) -> list[int]:
        """Give what the rest of a list, or the next clause, says of a figure: 1件申请因需征求意见,年末尚未办结."""
        frame, mark = field.frame, field.frame.codes[stop : stop + 1]
        if mark == "、":
            rest = frame.rest_of_list(stop)
            return [*rest, *frame.shared_result(stop, [*field.right, *rest])]
        if mark != "," or self._says(frame.codes, field.left) or not field.codes(field.right) & self._begun:
            return []  # but of 1件因所申请信息不存在,无法提供 what follows tells
        told = frame.rest_of_list(stop + 1)
        if self._known["outcome"] in field.codes(told):
            field.right[:] = [i for i in field.right if frame.codes[i] != self._known["outcome"]]
        return told if field.codes(told) & self._became else []

    def _changes(self, field: Field) -> bool:
        """Whether a figure says by how much the one of last year before it changed: 上一年项目数量12项,本年减少2项."""
        known, said = self._known, field.codes(field.left)
        changed = said & {known["change"], known["added"]} and known["compare"] not in said
        return bool(changed) and known["lastyear"] in field.codes(self._carried)

    def _is_object(self, field: Field, index: int) -> bool:
        """Whether a word for parts of the body names no part, but who was trained: 各科室人员共58人参加培训."""
        codes, known = field.frame.codes, self._known
        statistics = self._grammar.wordings.nouns.get(codes[index - 1]) == "statistics" if index else False
        trained = not {known["attend"], known["trainee"]}.isdisjoint(field.codes(field.right))
        return codes[index] == known["portion"] and (statistics or trained or codes[index - 1 : index] == FIGURE)

    def _says(self, codes: str, words: Sequence[int]) -> bool:
        return any(codes[i] in self._grammar.content for i in words)

    def _lean(self, field: Field) -> None:
        """Let a figure without words of its own lean on those of the clause before, or of the figure before."""
        frame, before = field.frame, field.before.rstrip(":")
        if self._carried and not field.left and (before.endswith(_THIS) or frame.is_this_year(field.index - 1)):
            field.left = self._carried_but(self._known["lastyear"], frame.codes)
        elif before.endswith(_REACHED) or (before.endswith(_BECAME) and BODY not in frame.clause(field.index - 2)):
            self._lean_on_growth(field)
        elif before.endswith(_SUMS) and (self._carried or self._since):
            self._lean_on_parts(field)
        else:
            self._lean_on_clause(field)

    def _lean_on_growth(self, field: Field) -> None:
        """Let a figure that was reached count what the one before counts: 申请量由31件上升到48件."""
        codes, known, grammar = field.frame.codes, self._known, self._grammar
        before = codes[: field.index]
        nouns = self._nouns | grammar.grounds | {known["applicant"]}
        asked = [i for i in range(before.rfind(";") + 1, field.index) if codes[i] in nouns]
        said = asked if known["applicant"] in field.codes(asked) else self._carried or asked
        dated = known["time"] in before  # 9月份收到申请量最多,为12件
        field.left = [] if dated else [i for i in said if codes[i] != known["lastyear"]]

    def _lean_on_parts(self, field: Field) -> None:
        """Let 合计20件 sum up the figures before it, or count what they count."""
        codes, known, grammar = field.frame.codes, self._known, self._grammar
        away = {known["channel"], known["applicant"]}
        field.sure = field.adds_up()
        parts = self._since & (grammar.grounds | grammar.results | self._ways)
        if parts and not (parts <= away and self._since & grammar.acts):
            field.sums = True
        elif known["lastyear"] not in codes[: field.index]:
            field.left = [i for i in self._carried if codes[i] not in away and codes[i] not in (BODY, UNKNOWN)]

    def _lean_on_clause(self, field: Field) -> None:
        """Let a figure be of the clause before its own, unless that ends in a figure; not sure."""
        codes = field.frame.codes
        mark = field.index - 1
        while mark > 0 and codes[mark] not in MARKS and codes[mark] != FIGURE:
            mark -= 1
        start = mark
        while start > 0 and codes[start - 1] not in MARKS and codes[start - 1] not in (FIGURE, "%"):
            start -= 1
        if codes[mark : mark + 1] == "," and (start == 0 or codes[start - 1] not in (FIGURE, "%")):
            clause = [i for i in range(start, mark) if codes[i] not in self._grammar.silent]
            field.left = [*clause, *field.left]
            field.doubt(bool(clause))
