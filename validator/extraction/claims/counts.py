"""A figure of a sentence: what the words around it say together, in whatever order they stand."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from validator.model.wording import BODY, FIGURE, UNKNOWN, Wording
from validator.patterns import Pattern

from .context import NOWHERE, STRANGE, Context, Draft, Field, join, quantities_of
from .doubts import whole_of
from .fields import FieldReader
from .figures import Figure
from .frame import AND_THEN, Frame
from .grammar import Grammar
from .tokens import Token
from .topics import find_topic

_ITEMS = ("条", "条次", "篇")
_FEWEST = 2
_ALL_ABOUT = Pattern(r"(?:均|都|全部|皆)[^,;:。\d]{0,6}信息公开")
_IS = ("属", "系", "是", "为", "涉", "因", "由")
"""How text goes on that says of some applications what they are."""
_REST = ("其余", "剩余", "余下", "剩下", "其余的")
_DEALT_WITH = Pattern(r"(?:^|[,;:。])(?:针对|对|就)[^,;:。]*$")
"""What stands before applications that something was done with: 对涉及第三方的2件申请,征求了意见."""
_OF_SOME = ("对", "就", "针对", "中", "中有")
"""What stands before cases that are some of all: 对1件行政诉讼作出判决."""
_EXCEPTED = Pattern(r"(?:^|[,;:。])除[^,;:。]*$")
_REVIEWING = Pattern(r"作为(?:行政)?复议(?:机关|机构)")
"""What a body says of the cases that it decides, which are not those against it."""
_OTHER_CASES = Pattern(
    r"(?:审理|审结|办理|受理|收到|代理|处理|办结|又提起)[^,;。\d]{0,12}(?:复议|诉讼|应诉)|法治|依法行政|败诉|出庭|(?:复议|诉讼)[^;。]{0,12}结转"
)
"""What is said of cases that have nothing to do with disclosure: those that a body decides, or has in all."""
_ALL_THERE_IS = ("总数", "总数量", "总量", "总数为", "总量为", "总数共")


class CountReader:
    """Reads the figures of one sentence after another by the words around them."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar, self._known = grammar, grammar.codes
        self._fields = FieldReader(grammar)
        self._claims: list[Draft] = []
        """The claims of the sentence so far."""

    def open_sentence(self) -> None:
        """Forget the sentence before."""
        self._claims = []
        self._fields.open_sentence()

    def pass_by(self, frame: Frame, index: int, figure: Figure, context: Context) -> None:
        """Take from a figure of another time only what a later one may lean on."""
        self._fields.find(frame, index, figure)
        if self._fields.speaks_of("applications", frame):
            context.topic = "applications"

    def read(
        self, frame: Frame, index: int, figure: Figure, context: Context, scope: str | None, depth: int
    ) -> list[Draft]:
        """Read a figure as the claims that it makes; [] if it makes none."""
        last, group, context.last, context.inner = context.last, context.inner.split(".")[0], "", ""
        field = self._fields.find(frame, index, figure)
        if field is None or self._fields.is_other_noun(field, context):
            return []
        topic = find_topic(field, context, self._grammar)
        if field.sums:
            return self._sum(field, scope)
        words = self._fields.choose(field)
        if topic in STRANGE:
            context.topic = topic
        if scope is None:
            if topic not in ("statistics", "documents", "measures") or field.inherited:
                return []
            scope = ""
        # What is excepted from what was handled goes on: 除1件结转外,其余均已办结.
        row = "handled_total" if _EXCEPTED.search(field.before) else context.row
        for wording in self._fitting(field, words, topic, (row, last, group)):
            span = [frame.tokens[i] for i in words]
            quantities = quantities_of(wording, span, context, self._grammar)
            if not quantities:
                context.last = wording.reading
                if self._may_be_another(wording, span):
                    continue
                return []
            if wording.reading == "published" and field.before.endswith(_ALL_THERE_IS):
                totals = [quantity.replace(".published", ".total_public") for quantity in quantities]
                quantities = [quantity for quantity in totals if quantity.endswith(".total_public")]
            if not quantities or self._is_part(field, words, wording, context, depth):
                return []
            return self._drafts(field, words, wording, quantities, context, scope)
        return []

    def _sum(self, field: Field, scope: str | None) -> list[Draft]:
        """Read 合计20件 after claims of parts as their whole; sure only where they add up to it."""
        whole = whole_of(self._claims[-1].quantity) if self._claims else ""
        parts = list(takewhile(lambda claim: whole_of(claim.quantity) == whole, reversed(self._claims)))
        total, figure = sum(part.value for part in parts), field.figure
        if scope is None or whole not in self._grammar.known or len(parts) < _FEWEST or total > figure.value:
            return []
        row = whole.split(".")[1] if whole.startswith("applications.") else ""
        sure, reading = (
            total == figure.value or field.sure,
            {"handled_total": "handled", "new_received": "received"}.get(row, ""),
        )
        about = figure.approximate
        return [Draft(whole, figure.value, figure.start, figure.end, field.index, about, scope, reading, row, sure)]

    def _fitting(self, field: Field, words: Sequence[int], topic: str, before: Sequence[str]) -> Iterator[Wording]:
        """Give the wordings of a topic that fit, in order, until one says that the figure is no claim.

        `before` are the row that holds and the reading of the claim before.
        """
        have, grammar = field.codes(words), self._grammar
        years = grammar.years & have
        for wording in grammar.wordings.wordings.get(topic, ()):
            if wording.after not in ("", *before) or not wording.without.isdisjoint(have):
                continue
            if not all(not choice.isdisjoint(have) for choice in wording.words):
                continue
            if grammar.form_id not in wording.quantities:
                return
            if years and not any(choice & years for choice in wording.words):
                return
            if field.figure.unit not in wording.units:
                continue
            if wording.reading == "ground" and self._is_example(field, words):
                continue
            yield wording

    def _may_be_another(self, wording: Wording, span: Sequence[Token]) -> bool:
        """Whether a wording whose words give no address leaves the figure to the next one."""
        known = self._known
        if "{act}" in wording.quantities[self._grammar.form_id]:
            return True
        return wording.reading == "ground" or (
            wording.reading == "outcome" and any(token.code == known["outcome"] for token in span)
        )

    def _is_example(self, field: Field, words: Sequence[int]) -> bool:
        frame, known = field.frame, self._known
        span = [frame.tokens[i] for i in words]
        reasons = [token for token in span if token.code == known["reason"]]
        return frame.exemplifies(reasons, [token for token in span if token.code == known["outcome"]])

    def _is_part(self, field: Field, words: Sequence[int], wording: Wording, context: Context, depth: int) -> bool:
        """Whether a figure is only a part of what its words name: one of a list, or items sorted by kind."""
        codes, known, index = field.frame.codes, self._known, field.index
        have, topic, reading = field.codes(words), wording.gives, wording.reading
        acts = {known["receive"], known["handle"], known["added"]}
        depth -= codes[index - 1 : index] == "(" and codes[index + 1 : index + 2] == ")"
        listed = depth > 0 or codes[:index].rfind(known["includes"]) > max(
            codes.rfind(mark, 0, index) for mark in ",;。"
        )
        if reading == "cases" and field.before.endswith(_OF_SOME):
            self._name_cases(field, words, context)
            return True
        if wording.about_disclosure and context.disclosed_from > self._reach(field, words):
            other = context.disclosed_from == NOWHERE or not self._is_about(field)
            if context.disclosed_from == NOWHERE and not _OTHER_CASES.search(field.frame.text):
                # No cases at all are none about disclosure; those beside a count of applications are likely of it.
                field.sure = field.sure and (context.head is not None or not field.figure.value)
                return False
            if other and reading == "cases":
                self._name_cases(field, words, context)
            return other
        if wording.about_disclosure and _REVIEWING.search(field.frame.text):
            return True
        if topic == "documents" and field.before.endswith("对") and not have & self._grammar.keeping:
            return True
        if topic == "applications" and wording.words:
            return self._is_other_count(field, words, wording, listed, acts)
        if topic == "statistics" and listed and have & {UNKNOWN, BODY} and known["by_head"] not in have:
            return True
        again = reading == "published" and context.act == "issued"  # 制发规章4件,公开4件
        if topic == "documents" and field.inherited and (depth > 0 or again):
            return True
        if reading in ("disclosed", "posted") and UNKNOWN in have and known["medium"] in codes[:index]:
            return True  # 网站公开90条，显示屏公开52条
        return (topic == "disclosure" and depth > 0) or (reading == "results" and field.before.endswith("率"))

    def _is_other_count(
        self, field: Field, words: Sequence[int], wording: Wording, listed: bool, acts: set[str]
    ) -> bool:
        """Whether a count beside words of applications is of pieces of information, or of some applications only."""
        frame, known = field.frame, self._known
        have, reading = field.codes(words), wording.reading
        asked = {known["apply"], known["apply_count"], known["foi"], known["claimant"]}
        items = field.figure.unit in _ITEMS and not have & (acts | {known["reason"]})
        items = items and reading not in ("outcome", "channel")
        field.sure = field.sure and not items
        if (items and "其中" in frame.text) or (frame.counts_items(field.figure.unit) and known["reason"] not in have):
            return True
        field.sure = field.sure and not (reading == "handled" and field.before.endswith(_REST))
        if known["reason"] in have and known["outcome"] not in have:
            answered = known["handle"] in field.codes(field.right)  # 重复申请3件已合并答复
            field.sure = field.sure and not answered and not _DEALT_WITH.search(field.before)
        disputed = reading == "handled" and known["cause"] in field.codes(field.right)  # 对3件答复不服
        asked_again = reading == "ground" and any(frame.tokens[i].value == "asked_to_correct" for i in words)
        if disputed or asked_again or (known["proactive"] in have and reading in ("received", "handled")):
            return True  # 因申请内容不明确要求补正的3件
        if known["added"] in have:
            nouns = [i for i in words if frame.codes[i] == known["application"]]
            if nouns and any(frame.codes[i] == UNKNOWN and i > nouns[0] for i in words):
                return True
        if reading == "handled" and field.inherited and UNKNOWN in have:
            field.sure = False
            if "其中" in field.before:
                return True
        if reading == "received" and not have & (acts | {known["application"], known["apply_count"]}):
            field.sure = False
            other = frame.text.startswith(_IS, field.figure.stop)  # 申请中有6件属于信访事项
            if other or UNKNOWN in have or not (field.codes(field.left) | have & {known["foi"]}) & asked:
                return True
        if reading in ("received", "handled") and listed:
            field.sure = field.sure and bool(have & acts)
            return UNKNOWN in have or not have & (acts | {known["application"]})
        return False

    def _name_cases(self, field: Field, words: Sequence[int], context: Context) -> None:
        """Keep which cases were counted, of which a later figure may say how many are about disclosure."""
        cases = [field.frame.tokens[i].value for i in words if field.frame.codes[i] == self._known["case"]]
        context.bodies, context.settled, context.last = tuple(dict.fromkeys(cases)), False, "cases"

    def _reach(self, field: Field, words: Sequence[int]) -> int:
        return max(field.frame.tokens[i].end for i in (*words, field.index))

    def _is_about(self, field: Field) -> bool:
        """Whether a clause after the figure says that all of the cases are about disclosure."""
        return _ALL_ABOUT.search(field.frame.text) is not None

    def _drafts(
        self,
        field: Field,
        words: Sequence[int],
        wording: Wording,
        quantities: list[str],
        context: Context,
        scope: str,
    ) -> list[Draft]:
        frame, figure, index, known = field.frame, field.figure, field.index, self._known
        span = [frame.tokens[i] for i in words]
        sure = (
            field.sure
            and self._grammar.form_id not in wording.doubtful
            and not (wording.gives == "disclosure" and len(quantities) > 1)
        )
        expected = self._grammar.companions.get(wording.gives, frozenset())
        beside = field.codes(words) - expected
        sure = sure and all(any(code in choice for choice in wording.words) for code in beside)
        if field.inherited and wording.reading in ("received", "handled"):
            sure = sure and context.sure
        treat = frame.codes.find(known["treat"], 0, index) if wording.gives == "documents" and field.inherited else -1
        sure = sure and (treat < 0 or FIGURE not in frame.clause(treat))  # 清理文件20件,废止4件: of which papers?
        if wording.reading == "applicant" and figure.unit in ("家", "位", "名"):
            if "提出" in frame.text[figure.stop :]:
                return []  # 企业6家,科研机构1家,共提出申请11件
            sure = False
        both = {known["receive"], known["handle"]} <= field.codes(words) and not self._handles_too(frame, span)
        sure = sure and not both
        self._remember(wording, span, figure, quantities, context)
        context.sure = sure or (wording.reading == "carried" and context.sure)
        around = field.codes(words) | ({frame.codes[words[0] - 1]} if words and words[0] else set())
        reading = next((reading for code, reading in wording.turns if code in around), wording.reading)
        found = join(quantities, figure.value, reading)
        if wording.reading == "received" and (handle := self._handles_too(frame, span)):
            found.append((handle, "handled"))
        about = figure.approximate or known["about"] in frame.codes[max(index - 2, 0) : index]
        down = wording.reading == "change" and any(t.value == "down" for t in span)
        drafts = [
            Draft(
                quantity,
                -figure.value if down else figure.value,
                figure.start,
                figure.end,
                index,
                about,
                scope,
                said,
                wording.row,
                sure,
            )
            for quantity, said in found
        ]
        for draft in drafts:
            draft.leaning = field.inherited
        self._claims += drafts
        return drafts

    def _handles_too(self, frame: Frame, span: Sequence[Token]) -> str:
        """Give the address of what was handled in 收到并办理, which counts both; "" if there is none."""
        both = (self._known["receive"], self._known["handle"])
        for token, follower in pairwise(span):
            if (token.code, follower.code) == both and frame.text[token.end : follower.start] in AND_THEN:
                old = f"statistics.{follower.value}"
                return old if old in self._grammar.known else "applications.handled_total.total"
        return ""

    def _remember(
        self, wording: Wording, span: Sequence[Token], figure: Figure, quantities: Sequence[str], context: Context
    ) -> None:
        """Keep what the next figure may lean on."""
        context.topic, context.last = wording.gives, wording.reading
        cases = tuple(dict.fromkeys(token.value for token in span if token.code == self._known["case"]))
        if wording.gives == "documents" and len(quantities) == 1:
            context.act = quantities[0].rpartition(".")[2]
        if wording.reading == "cases":
            joined = cases and not context.settled and figure.value
            context.bodies = (*context.bodies, *cases) if joined else cases or context.bodies
            context.settled = False
        elif wording.reading == "results":
            context.bodies, context.settled = cases[-1:] or context.bodies[-1:], True
        elif wording.row in ("{outcome}", "{reason}") and len(quantities) == 1:
            context.inner = quantities[0].removeprefix("applications.").removesuffix(".total")
        elif wording.row and "{" not in wording.row:
            context.row, context.head = wording.row, figure.value
