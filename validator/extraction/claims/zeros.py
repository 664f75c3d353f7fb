"""Claims without a figure: none (未收到, 没有, 无), all of the figure before (均为自然人), and what became of it."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from validator.model.wording import BODY, FIGURE, UNKNOWN
from validator.patterns import Pattern

from .context import Context, Draft, quantities_of
from .frame import Frame
from .grammar import Grammar

_COSTS = Pattern(r"[^,;:。]{1,24}(?:有关|相关)的?费用")
"""What follows a word for none that denies costs: 未产生与诉讼(行政复议、行政申诉)有关的费用支出."""
_NOT_SO = ("time", "compare", "change", "none", "helping", "portion", "extended")
_VERBS = frozenset(("receive", "occur", "issue", "decision", "repeal"))
_ALL = tuple(word + way for word in ("均", "都", "全部", "一律") for way in ("", "已", "依法", "已依法", "按规定"))
_RESTRICTED = Pattern(r"(?:属于|制作|保存|掌握|范围|符合|能够|可以?公开|应[当予]公开)[^,;:。]*$")
"""What stands before 均予以公开 where it is not said of all: 属于公开范围的均予以公开."""
_ONE = ("一件", "1件", "一起", "1起", "一例", "一宗")
_SOME = 3
"""So many ways are all of them: 未收到当面、网络、信函及其他形式的申请."""
_STRANGE = ("foreign", "paper", "withdraw", "passed_on", "charge")
_COMPLAINTS = ("投诉", "举报")


def read_zeros(frame: Frame, index: int, context: Context, grammar: Grammar) -> list[Draft]:
    """Read a word for none as the zeros that its clause states, whatever the order of the words."""
    known = grammar.codes
    before, after = around = frame.around(index)
    words = _denied(frame, index, around, grammar)
    have = frame.codes_of(words)
    charged = known["fee"] in have and not {known[kind] for kind in ("expense", "case", "hold")} & have
    if _denies_else(frame, index, around, words, charged, grammar):
        return []
    sure = not have & {UNKNOWN, BODY} or bool({known["case"], known["application"]} & have)
    asked = context.last == "heading_fee" or known["application"] in frame.codes_of((*before, *after))
    sure = asked if charged else sure
    sure = sure or _lists_papers(frame, words, have, grammar)
    if known["carry"] in have and not have & grammar.years:
        have |= frame.codes_of(before) & grammar.years  # 上年无结转
    if known["carry"] in have and not have & grammar.years:
        sure = sure and (context.head is not None or known["handle"] in frame.codes[:index])
        have |= {known["nextyear"]} if sure else set()  # 收到8件,均已答复,无结转
    drafts: list[Draft] = []
    start, end = _words_of_none(frame, index, grammar)
    scope = context.scope or context.subject
    for topic, chosen in _topics(frame, words, have, context, grammar):
        found, reading = _zeros(frame, chosen, topic, have, context, grammar)
        drafts += [Draft(quantity, 0, start, end, index, False, scope, reading, sure=sure) for quantity in found]
    if any(draft.reading == "cases" for draft in drafts):
        context.bodies = ()
    return drafts


def _denied(frame: Frame, index: int, around: tuple[list[int], list[int]], grammar: Grammar) -> list[int]:
    """Give the words that a word for none denies: those after it, or all of its clause, or of the heading before."""
    before, after = around
    case, said = grammar.codes["case"], grammar.signs | frozenset(grammar.wordings.nouns)
    told = frame.codes_of(after)
    words = after if told & said else [*before, *after]
    if grammar.codes["result"] in told and case not in told:
        words = [*(i for i in before if frame.codes[i] == case), *after]
    if not (said | {UNKNOWN, BODY}) & frame.codes_of(words):
        words = [*_headed(frame, index, grammar), *words]
    return words


def _denies_else(
    frame: Frame,
    index: int,
    around: tuple[list[int], list[int]],
    words: Sequence[int],
    charged: bool,
    grammar: Grammar,
) -> bool:
    """Whether a word for none denies something that no row counts, or only of some; `charged`: that fees were taken."""
    codes, known, text = frame.codes, grammar.codes, frame.text
    before, after = around
    have, token = frame.codes_of(words), frame.tokens[index]
    not_so = {known[kind] for kind in _NOT_SO} | {FIGURE, "%"}
    if frame.codes_of(i for i in words if not text.startswith(_ONE, frame.tokens[i].start)) & not_so:
        return True
    strange = {known[kind] for kind in _STRANGE}
    strange -= {known["foreign"]} if _complaints(frame, words, grammar) else set()
    if have & strange and not charged and not have & {known["case"], known["fees"], known["measure"]}:
        return True
    if FIGURE in codes[max(codes.rfind(mark, 0, index) for mark in ",;:。、") + 1 : index]:
        return True  # 4个分局未收到申请
    if not after and text.endswith("未", 0, token.end):
        return True  # a head of a table: 其他结果 尚未
    if known["cause"] in frame.codes_of(before) and known["outcome"] in frame.codes_of(after):
        return True  # 1件因本机关未制作而无法提供
    costs = [i for i in words if codes[i] in (known["fee"], known["expense"])]
    spent = bool(costs) and costs[-1] == words[-1] and not charged  # 同行政复议、行政诉讼有关的费用支出:无
    return spent or _COSTS.match(text, token.end) is not None


def _zeros(
    frame: Frame, chosen: Sequence[int], topic: str, have: set[str], context: Context, grammar: Grammar
) -> tuple[list[str], str]:
    """Give the addresses that words of a topic state to be zero, with the reading of the wording that fits first."""
    known, span = grammar.codes, [frame.tokens[i] for i in chosen]
    said = frame.codes_of(chosen) | (have & grammar.years)
    for wording in grammar.wordings.wordings.get(topic, ()):
        if wording.after not in ("", context.row, context.last) or wording.without & said:
            continue
        fits = all(choice & said for choice in wording.words)
        quantities = quantities_of(wording, span, context, grammar, every=True) if fits else []
        if quantities:
            if topic == "documents" and {known["issue"], known["repeal"]} <= said:
                quantities += [quantity.replace(".repealed", ".issued") for quantity in quantities]
            if topic == "applications" and grammar.years <= said:  # 无上年结转和结转下年情况
                quantities += [quantity.replace("carried_over", "carried_forward") for quantity in quantities]
            context.topic = wording.gives
            return quantities, wording.reading
    return [], ""


def _headed(frame: Frame, index: int, grammar: Grammar) -> list[int]:
    """Give the words before the colon that a clause without any stands behind: 行政复议情况:本年度无."""
    colon = frame.codes.rfind(":", 0, index)
    if colon < 0 or not grammar.hard.isdisjoint(frame.codes[colon + 1 : index]):
        return []
    return [i for i in frame.around(colon)[0] if frame.codes[i] != FIGURE]


def _words_of_none(frame: Frame, index: int, grammar: Grammar) -> tuple[int, int]:
    """Give the characters of a word for none with the verb that follows it at once."""
    token = frame.tokens[index]
    if index + 1 < len(frame.tokens):
        follower = frame.tokens[index + 1]
        if follower.start == token.end and grammar.kinds.get(follower.code) in _VERBS:
            return token.start, follower.end
    return token.start, token.end


def read_all(frame: Frame, index: int, drafts: Sequence[Draft], context: Context, grammar: Grammar) -> list[Draft]:
    """Read 均为自然人, 均予以公开 as the figure that was stated before."""
    known, start = grammar.codes, frame.tokens[index].start
    first = index if frame.codes[index] == known["all"] else index - 1
    kinds = (known["applicant"], known["outcome"], known["case"])
    after = [frame.tokens[i] for i in frame.around(first)[1] if frame.codes[i] in kinds]
    if context.topic not in ("applications", "cases") or len(after) != 1:
        return []
    said, scope, last = after[0], context.scope or context.subject, _last_outside(frame, index, drafts)
    if said.code == known["case"]:
        parted = last is not None and last.reading == "cases" and "_" in said.value
        return [replace(last, quantity=f"{said.value}.total")] if last is not None and parted else []  # 均为复议后起诉
    if said.code == known["applicant"] and last is not None and last.reading == "carried":
        address = f"{last.quantity.removesuffix('total')}{said.value}"  # 结转的9件均为自然人
        return [replace(last, quantity=address, start=start, end=said.end, index=index, reading="applicant")]
    if said.code == known["applicant"]:
        address = f"applications.{context.row}.{said.value}"
        if context.head is None or context.row.count(".") > 1 or address not in grammar.known:
            return []
        return [Draft(address, context.head, start, said.end, index, False, scope, "applicant")]
    named = (f"applications.{said.value}.total", f"statistics.replies.{said.value}")
    address = next((address for address in named if address in grammar.known), "")
    if last is None or last.reading not in ("received", "handled") or not address:
        return []
    if not frame.text.endswith(_ALL, 0, said.start) or _RESTRICTED.search(frame.text, 0, start):
        return []
    return [replace(last, quantity=address, reading="outcome", leaning=True)]


def _last_outside(frame: Frame, index: int, drafts: Sequence[Draft]) -> Draft | None:
    """Give the claim of the last figure that stands in no bracket, None if that makes none."""
    depth = 0
    for position in range(index - 1, -1, -1):
        depth += (frame.codes[position] == ")") - (frame.codes[position] == "(")
        if not depth and frame.codes[position] == FIGURE:
            return next((draft for draft in drafts if draft.index == position), None)
    return None


def read_rest(frame: Frame, index: int, drafts: Sequence[Draft], context: Context, grammar: Grammar) -> list[Draft]:
    """Read "起诉案件1件,正在审理中" as the state of the cases that were counted right before."""
    codes, token = frame.codes, frame.tokens[index]
    clause = frame.clause(index)
    if token.code == grammar.codes["outcome"] and FIGURE not in clause:
        return read_all(frame, index, drafts, context, grammar)
    if not drafts or codes[index] != grammar.codes["result"] or token.value != "pending" or len(context.bodies) != 1:
        return []
    last = drafts[-1]
    between = codes[last.index + 1 : index].strip(",")
    if last.reading != "cases" or FIGURE in clause or grammar.codes["none"] in clause or between or last.value > 1:
        return []
    address = last.quantity.removesuffix("total") + "pending"
    return [replace(last, quantity=address, start=token.start, end=token.end, index=index, reading="results")]


def _topics(
    frame: Frame, words: Sequence[int], have: set[str], context: Context, grammar: Grammar
) -> Iterator[tuple[str, Sequence[int]]]:
    """Give the topics that a word for none speaks of, each with the words that belong to it."""
    codes, known = frame.codes, grammar.codes
    written = [i for i in words if codes[i] == known["written"]]
    asked = written + [i for i in words if codes[i] in (known["application"], known["apply"])]
    measured = known["short_measure"] in have and context.topic == "measures"
    complaints = _complaints(frame, words, grammar)
    yield from [("statistics", complaints)] if complaints else []
    if complaints and asked and frame.text[frame.tokens[asked[-1]].end] not in "、及和与或":
        asked, have = [], have - {known["application"], known["apply"]}  # 与依法申请公开有关的举报和投诉
    if known["case"] in have or (known["result"] in have and context.topic == "cases"):
        yield from _cases(frame, words, asked, grammar)
    elif known["carry"] in have or (known["outcome"] in have and not {known["publish"], known["proactive"]} & have):
        if context.topic == "applications" or known["application"] in have:
            first = next((i for i in words if codes[i] == known["outcome"]), 0)
            new = next((i for i in words if codes[i] == known["receive"]), -1)
            listed = new >= 0 and frame.text[frame.tokens[new].end] in "、和及与"  # 没有新收和结转的申请
            if asked and (asked[0] < first or listed):
                yield "applications", [i for i in words if codes[i] == known["receive"]] if listed else asked
            yield "applications", words
    elif known["fee"] in have:
        yield "statistics", [i for i in words if codes[i] == known["fee"]]
    elif known["application"] in have or (
        asked and ({known["receive"], known["channel"]} & have or have == {known["apply"]})
    ):
        kinds = (known["receive"], known["application"], known["apply"], known["written"])
        people = [i for i in words if codes[i] == known["applicant"]]
        some = len(people) == 1 and frame.tokens[people[0]].value != "natural_person"  # 未收到企业申请
        some = some and frame.text[frame.tokens[people[0]].start - 1] not in "、和或及与"  # 公众、法人或其他组织
        others = [i for i in words if frame.tokens[i].value == "other"]
        ways = [i for i in words if codes[i] == known["channel"]]
        if others and len(ways) < _SOME and not _is_last(frame, others[0]):
            return  # 没有收到其他方式的申请
        every = written or others or len(ways) >= _SOME or known["media"] in have or "书面" in frame.text
        ways = [] if every else ways  # 未收到传真、信函等形式的申请
        yield "applications", people if some else ways or [i for i in words if codes[i] in kinds]
    elif known["fees"] in have:
        yield "fees", words
    elif measured or have & {known["measure"], known["measure_items"]}:
        yield "measures", words
    else:
        topic = _named(frame, words, have, context, grammar)
        if topic:
            yield topic, words


def _lists_papers(frame: Frame, words: Sequence[int], have: set[str], grammar: Grammar) -> bool:
    """Whether what no word covers is only listed after what was not done: 未出台规范性文件和政策措施."""
    papers = [i for i in words if frame.codes[i] in (grammar.codes["document"], grammar.codes["measure"])]
    if not papers or not {grammar.codes[kind] for kind in ("issue", "repeal", "decision")} & have:
        return False
    joined = frame.text.startswith(("、", "和", "及", "与"), frame.tokens[papers[-1]].end)
    return joined and all(i > papers[-1] for i in words if frame.codes[i] in (UNKNOWN, BODY))


def _is_last(frame: Frame, index: int) -> bool:
    """Whether other ways end a list of all: 未收到书面或以其他形式提出的申请."""
    start = frame.tokens[index].start
    return any(word in frame.text[max(start - 3, 0) : start] for word in "或及和")


def _named(frame: Frame, words: Sequence[int], have: set[str], context: Context, grammar: Grammar) -> str:
    """Give the topic that a word for none names, or leaves to its heading (行政复议情况: 无) or to what was said."""
    nouns = grammar.wordings.nouns
    topic = next((nouns[frame.codes[i]] for i in reversed(words) if frame.codes[i] in nouns), "")
    bare = frame.codes_of(words) <= {grammar.codes["occur"]}
    headed = bare and context.last.startswith("heading_")  # 行政复议情况: 本年度未发生
    if headed or (not topic and context.topic == "documents" and have & grammar.keeping):
        return context.topic  # 未制发规章,未废止
    known = grammar.codes
    held = known["hold"] in have and have & {known["press_conference"], known["interview"]}  # 未召开新闻发布会
    return topic if topic == "documents" or held else ""


def _complaints(frame: Frame, words: Sequence[int], grammar: Grammar) -> list[int]:
    """Give the words for complaints; 投诉 alone is one about disclosure only where the clause speaks of that."""
    known, codes = grammar.codes, frame.codes
    found = [i for i in words if codes[i] == known["complaint"]]
    bare = [i for i in words if frame.word(i) in _COMPLAINTS]
    about = [i for i in words if codes[i] in (known["foi"], known["application"], known["case"])]
    return found or ([*about, *bare] if about and bare else [])


def _cases(
    frame: Frame, words: Sequence[int], asked: Sequence[int], grammar: Grammar
) -> Iterator[tuple[str, Sequence[int]]]:
    """Give the topics of a clause about cases: applications too where they are listed and not only the cause."""
    codes, known = frame.codes, grammar.codes
    cases = [i for i in words if codes[i] == known["case"]]
    joined = bool(cases) and frame.text[frame.tokens[cases[-1]].end :].startswith(("、", "或", "和", "及", "与"))
    aside = {known["handle"], known["decision"]} | (grammar.results if joined else set())  # 无复议或败诉
    yield "cases", [i for i in words if codes[i] not in aside]
    if {known["issue"], known["document"]} <= frame.codes_of(i for i in words if not cases or i < cases[0]):
        yield "documents", [i for i in words if i < cases[0]]  # 没有出台规范性文件、受理行政诉讼等情况
    if asked and cases and asked[-1] < cases[0] and frame.text[frame.tokens[asked[-1]].end] in "、及和与或以":
        causes = frame.codes_of(range(asked[-1], cases[0])) & {known["occur"], known["cause"]}
        yield from () if causes else [("applications", asked)]
