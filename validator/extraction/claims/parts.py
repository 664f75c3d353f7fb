"""Whether a figure is only a part of what its words name, or counts something near to it."""

from collections.abc import Sequence

from validator.model.wording import BODY, FIGURE, UNKNOWN, Wording
from validator.patterns import Pattern

from .context import NOWHERE, Context, Field
from .grammar import Grammar

_ITEMS = ("条", "条次", "篇")
_ALL_ABOUT = Pattern(r"(?:均|都|全部|皆)[^,;:。\d]{0,6}信息公开")
_IS = ("属", "系", "是", "为", "涉", "因", "由")
"""How text goes on that says of some applications what they are."""
_REST = ("其余", "剩余", "余下", "剩下", "其余的")
_DEALT_WITH = Pattern(r"(?:^|[,;:。])(?:针对|对|就)[^,;:。]*$")
"""What stands before applications that something was done with: 对涉及第三方的2件申请,征求了意见."""
_OF_SOME = ("对", "就", "针对", "中", "中有")
"""What stands before cases that are some of all: 对1件行政诉讼作出判决."""
_REVIEWING = Pattern(r"作为(?:行政)?复议(?:机关|机构)")
"""What a body says of the cases that it decides, which are not those against it."""
_OTHER_CASES = Pattern(
    r"(?:审理|审结|办理|受理|收到|代理|处理|办结|又提起)[^,;。\d]{0,12}(?:复议|诉讼|应诉)|法治|依法行政|败诉|出庭|(?:复议|诉讼)[^;。]{0,12}结转"
)
"""What is said of cases that have nothing to do with disclosure: those that a body decides, or has in all."""


def is_part(
    field: Field, words: Sequence[int], wording: Wording, context: Context, depth: int, grammar: Grammar
) -> bool:
    """Whether a figure is only a part of what its words name: one of a list, or items sorted by kind."""
    codes, known, index = field.frame.codes, grammar.codes, field.index
    have, topic, reading = field.codes(words), wording.gives, wording.reading
    acts = {known["receive"], known["handle"], known["added"]}
    depth -= codes[index - 1 : index] == "(" and codes[index + 1 : index + 2] == ")"
    listed = depth > 0 or codes[:index].rfind(known["includes"]) > max(codes.rfind(mark, 0, index) for mark in ",;。")
    if reading == "cases" and field.before.endswith(_OF_SOME):
        _name_cases(field, words, context, known["case"])
        return True
    if wording.about_disclosure and context.disclosed_from > _reach(field, words):
        other = context.disclosed_from == NOWHERE or not _is_about(field)
        if context.disclosed_from == NOWHERE and not _OTHER_CASES.search(field.frame.text):
            # No cases at all are none about disclosure; those beside a count of applications are likely of it.
            field.sure = field.sure and (context.head is not None or not field.figure.value)
            return False
        if other and reading == "cases":
            _name_cases(field, words, context, known["case"])
        return other
    if wording.about_disclosure and _REVIEWING.search(field.frame.text):
        return True
    if topic == "documents" and field.before.endswith("对") and not have & grammar.keeping:
        return True
    if topic == "applications" and wording.words:
        return _is_other_count(field, words, wording, listed, acts, grammar)
    if topic == "statistics" and listed and have & {UNKNOWN, BODY} and known["by_head"] not in have:
        return True
    again = reading == "published" and context.act == "issued"  # 制发规章4件,公开4件
    if topic == "documents" and field.inherited and (depth > 0 or again):
        return True
    earlier = codes[: codes.rfind(FIGURE, 0, index) + 1]
    if reading in ("disclosed", "posted") and UNKNOWN in have and known["medium"] in earlier:
        return True  # 网站公开90条，显示屏公开52条
    return (topic == "disclosure" and depth > 0) or (reading == "results" and field.before.endswith("率"))


def _is_other_count(
    field: Field, words: Sequence[int], wording: Wording, listed: bool, acts: set[str], grammar: Grammar
) -> bool:
    """Whether a count beside words of applications is of pieces of information, or of some applications only."""
    frame, known = field.frame, grammar.codes
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
    if known["added"] in have or (reading == "received" and not have & acts):
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


def _name_cases(field: Field, words: Sequence[int], context: Context, case: str) -> None:
    """Keep which cases were counted, of which a later figure may say how many are about disclosure."""
    cases = [field.frame.tokens[i].value for i in words if field.frame.codes[i] == case]
    context.bodies, context.settled, context.last = tuple(dict.fromkeys(cases)), False, "cases"


def _reach(field: Field, words: Sequence[int]) -> int:
    return max(field.frame.tokens[i].end for i in (*words, field.index))


def _is_about(field: Field) -> bool:
    """Whether a clause after the figure says that all of the cases are about disclosure."""
    return _ALL_ABOUT.search(field.frame.text) is not None
