"""A figure of a sentence: what the words around it say together, in whatever order they stand."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from validator.model.wording import BODY, FIGURE, Wording
from validator.patterns import Pattern

from .context import STRANGE, Context, Draft, Field, join, quantities_of
from .doubts import whole_of
from .fields import EXCEPT, FieldReader
from .figures import Figure
from .frame import AND_THEN, PERSONS, Frame
from .grammar import Grammar
from .parts import is_part
from .tokens import Token
from .topics import choose_words, find_topic, is_other_noun

_FEWEST = 2
_STAFF = "statistics.resources.staff_"
_GIVEN_WORK = ("确定", "明确", "安排", "指定", "落实")
"""Said of people who are to do some work, who need not be all that do it: 确定了1名工作人员."""
_EXCEPTED = Pattern(rf"{EXCEPT}[^,;:。]*$")
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
        if field is None or is_other_noun(field, context, self._grammar):
            return []
        topic = find_topic(field, context, self._grammar)
        if field.sums:
            return self._sum(field, scope)
        words = choose_words(field, self._grammar)
        if topic in STRANGE:
            context.topic = topic
        if scope is None:
            acts = field.codes(i for i in field.left if i > frame.codes.rfind(BODY, 0, index)) & self._grammar.events
            named = topic in ("documents", "measures") and not acts  # 市政府规章3件, and no 县财政局制发2件
            if field.inherited or not (named or topic == "statistics"):
                return []
            scope = ""
        known, said = self._known, field.codes(words)
        asked = said & {known["application"], known["apply"]} and known["receive"] not in said
        if asked and {known["handle"], known["applicant"]} <= said:
            context.row = "handled_total"  # 办结自然人信息公开申请8件
        # What is excepted from what was handled goes on: 除1件结转外,其余均已办结.
        row = "handled_total" if _EXCEPTED.search(field.before) else context.row
        for wording in self._fitting(field, words, topic, (row, last, group)):
            span = [frame.tokens[i] for i in words]
            quantities = quantities_of(wording, span, context, self._grammar)
            if not quantities:
                context.last = wording.reading
                if self._may_be_another(wording, span):
                    field.doubt(wording.reading == "ground")  # 个人隐私不予公开2件: some of the group
                    continue
                return []
            unmade = topic == "documents" and wording.reading in ("published", "")
            if unmade and field.before.endswith(_ALL_THERE_IS):
                papers = [quantity.rpartition(".")[0] for quantity in quantities]
                totals = [f"{paper}.{column}" for paper in papers for column in ("total_public", "in_force")]
                quantities = [quantity for quantity in totals if quantity in self._grammar.known]
            if quantities and quantities[0].startswith(_STAFF) and self._is_of_other_people(frame, index):
                return []
            if not quantities or is_part(field, words, wording, context, depth, self._grammar):
                return []
            return self._drafts(field, words, wording, quantities, context, scope)
        return []

    def _is_of_other_people(self, frame: Frame, index: int) -> bool:
        """Whether people are some of others that were counted before: 执法人员120人,其中专职95人."""
        opened = frame.codes[:index].rfind(self._known["includes"])
        whole = frame.codes[: max(opened, 0)].rfind(FIGURE)
        token = frame.tokens[whole]
        people = whole >= 0 and token.figure is not None and token.figure.unit in PERSONS
        return people and all(claim.index != whole for claim in self._claims)

    def _sum(self, field: Field, scope: str | None) -> list[Draft]:
        """Read 合计20件 after claims of parts as their whole; sure only where they add up to it."""
        whole = whole_of(self._claims[-1].quantity) if self._claims else ""
        parts = list(takewhile(lambda claim: whole_of(claim.quantity) == whole, reversed(self._claims)))
        total, figure = sum(part.value for part in parts), field.figure
        if scope is None or whole not in self._grammar.known or len(parts) < _FEWEST or total > figure.value:
            return []
        row = whole.split(".")[1] if whole.startswith("applications.") else ""
        sure = total == figure.value or field.sure
        reading = {"handled_total": "handled", "new_received": "received"}.get(row, "")
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
            if field.figure.unit not in wording.units and (field.figure.value or field.figure.unit):
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
        reasons = [token for token in span if token.code in (known["reason"], known["not_ours"])]
        outcomes = [token for token in span if token.code == known["outcome"]]
        granted = any("granted" in token.value for token in outcomes)  # 涉及商业秘密的1件部分公开
        return granted or frame.exemplifies(reasons, outcomes)

    def _drafts(
        self,
        field: Field,
        words: Sequence[int],
        wording: Wording,
        quantities: list[str],
        context: Context,
        scope: str,
    ) -> list[Draft]:
        """Give the claims that a wording makes of a figure, and keep what the next figure may lean on."""
        frame, figure, index, known = field.frame, field.figure, field.index, self._known
        if wording.reading == "shown" and len(quantities) > 1:
            return []  # 许可和处罚双公示4条: of either not all are shown
        if self._counts_applicants(field, wording) and "提出" in frame.text[figure.stop :]:
            return []  # 企业6家,科研机构1家,共提出申请11件
        span = [frame.tokens[i] for i in words]
        handled = self._handles_too(frame, span)
        sure = field.sure and not any(self._doubts(field, words, wording))
        self._remember(wording, span, figure, quantities, context)
        found = join(quantities, figure.value, self._reading(field, words, wording))
        if wording.reading == "received" and handled:
            found.append((handled, "handled"))
        about = figure.approximate or known["about"] in frame.codes[max(index - 2, 0) : index]
        down = wording.reading == "change" and any(token.value == "down" for token in span)
        value, start, end, row = -figure.value if down else figure.value, figure.start, figure.end, wording.row
        drafts = [
            Draft(quantity, value, start, end, index, about, scope, reading, row, sure, field.inherited)
            for quantity, reading in found
        ]
        self._claims += drafts
        return drafts

    def _doubts(self, field: Field, words: Sequence[int], wording: Wording) -> Iterator[bool]:
        """Give whether each of the things that may speak against a claim does."""
        frame, known, have = field.frame, self._known, field.codes(words)
        leaning = wording.gives == "documents" and field.inherited
        yield self._grammar.form_id in wording.doubtful
        beside = have - self._grammar.companions.get(wording.gives, frozenset())
        yield not all(any(code in choice for choice in wording.words) for code in beside)
        treated = frame.codes.find(known["treat"], 0, field.index) if leaning else -1
        counted = treated >= 0 and FIGURE in frame.clause(treated)
        yield counted and known["in_force"] not in frame.clause(treated)  # 清理文件20件,废止4件: of which papers?
        yield self._counts_applicants(field, wording)
        yield known["worker"] in have and field.before.removesuffix("了").endswith(_GIVEN_WORK)
        yield field.before.endswith(("一审", "二审"))  # 行政诉讼一审2件,二审1件
        likely = [frame.word(i) for i in words if frame.codes[i] == known["likely_result"]]
        yield any(word.startswith(("驳回", "败诉")) for word in likely)  # of a part, or of the request
        heard = field.figure.unit == "次" and field.before.endswith("应诉")
        yield heard and not field.before.endswith("被告应诉")  # 应诉7次 may be in fewer cases

    def _counts_applicants(self, field: Field, wording: Wording) -> bool:
        """Whether those who asked are counted, who may have asked more than once."""
        return wording.reading == "applicant" and field.figure.unit in ("家", "位", "名")

    def _reading(self, field: Field, words: Sequence[int], wording: Wording) -> str:
        """Give the reading of a claim: that of its wording, unless a word turns it or a list goes on."""
        frame = field.frame
        around = field.codes(words) | ({frame.codes[words[0] - 1]} if words and words[0] else set())
        listed = bool(words) and self._grammar.wordings.nouns.get(frame.codes[words[0]]) == "measures"
        goes_on = "{act}" in wording.quantities[self._grammar.form_id] or (listed and wording.gives == "measures")
        last = self._claims[-1].reading if self._claims else ""
        if goes_on and last in ("issued", "published", "repealed", "shown"):
            return last  # 公开规章2件、规范性文件12件; 公示行政许可决定98件,行政处罚决定14件
        if field.of_people and wording.reading in ("received", "handled"):
            return "of_people"
        return next((reading for code, reading in wording.turns if code in around), wording.reading)

    def _handles_too(self, frame: Frame, span: Sequence[Token]) -> str:
        """Give the address of what was handled in 收到并办理, which counts both; "" if there is none."""
        both = (self._known["receive"], self._known["handle"])
        for token, follower in pairwise(span):
            if (token.code, follower.code) == both and AND_THEN.fullmatch(frame.text, token.end, follower.start):
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
