"""Claims of one sentence held against each other: which are no claims of the report, which stay sure."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from validator.model.report import Number
from validator.patterns import Pattern

from .context import JOINT, Draft

_NEAR = 14
_OF_OTHERS = Pattern(
    r"[^,;:。0-9]{0,3}[,(](?:其中,?(?=我|本)|(?=[我本].参加))[我本][校局委院厅镇乡街办](?![^,;:。0-9]{0,8}(?:网|平台|公众号|微信|微博))"
)
"""How a part that is the body's own follows a whole that is of others: 高校收到38件,其中我校4件."""
_OF_THIS_YEAR = Pattern(r"[^,;:。0-9]{0,3}[,(]其中[^,;。0-9]{0,2}(?:本年|今年|当年|\d{4}年)[^末底]")
_NEW = Pattern(r"(?:^|[,;:。(年度后外中])共?新[收接受增提][^,;:。0-9]*$")
_CLOSED = Pattern(r"[结复毕完成][^,;:。0-9]*$")
_STOCK = Pattern(r"截[至止]到?[0-9]{4}(?![^;。]*(?:全年|年度?累计))[^;。]{0,40}累计[^,;。0-9]*$")
"""How what was disclosed up to a day begins, which may be of all years: 截至2016年底,累计公开."""
_TAKES_IN = Pattern(r"[^,;:。0-9(]{0,2}[,(](?:其中)?(?:包含|包括|含)")
_TAKEN_IN = Pattern(
    r"(?:加上|连同|算上|包括|含)[^,;:。0-9]{0,6}(?:结转|遗留)[^,;:。0-9]{0,8}[后内],?[^,;:。0-9新]{0,6}[收受接][^,;:。0-9]*$"
)
_IN = ("applications.new_received.total", "applications.carried_over.total", "statistics.requests.received")
_OUT = ("applications.handled_total.total", "applications.carried_forward.total", "statistics.requests.closed")
_WHOLES = {
    "narrative.received_": "applications.new_received.total",
    "statistics.requests.received_": "statistics.requests.received",
    "statistics.requests.closed_": "statistics.requests.closed",
    "statistics.channels.": "statistics.disclosed.total",
    "statistics.resources.staff_": "statistics.resources.staff",
}
"""What quantities are parts of, by how their addresses begin; of others the address tells it."""


def settle(
    drafts: Sequence[Draft], text: str, *, outcomes: bool, guessed: bool, one_way: bool, parted: bool
) -> list[Draft]:
    """Give the claims of a sentence that stand beside the others, each sure or not.

    `outcomes`: the sentence speaks of them; `guessed`: nothing says what it counts, unless its figures bear it out;
    `one_way`: it stands under a heading that names one way of publishing; `parted`: it goes through several bodies.
    """
    kept = _without_totals([draft for draft in drafts if _stands(draft, drafts)], text)
    _tell_done(kept)
    _tell_new(kept, text)
    _take_stock(kept, text)
    _doubt(kept, outcomes)
    for draft in kept:
        draft.sure = draft.sure and _OF_OTHERS.match(text, draft.end) is None
        draft.sure = draft.sure and not (parted and draft.scope)  # 区政府3件、区政府办公室2件
        if draft.reading in ("disclosed", "posted"):
            draft.sure = draft.sure and not one_way and _STOCK.search(text, 0, draft.start) is None
    groundless = guessed and all(draft.leaning for draft in kept) and not (_balance(kept) or _by_applicants(kept))
    several = _goes_through_bodies(drafts)
    for draft in kept:
        draft.sure = draft.sure and not groundless and not (several and draft.reading not in ("cases", "results"))
    return kept


def _goes_through_bodies(drafts: Sequence[Draft]) -> bool:
    """Whether the first of several bodies has not the most, and so is no whole of them: 政府新收2件;部门新收4件."""
    return any(
        one.quantity == other.quantity and not one.scope and other.scope and 0 < one.value < other.value
        for one, other in pairwise(sorted(drafts, key=attrgetter("quantity", "index")))
    )


def _tell_new(drafts: Sequence[Draft], text: str) -> None:
    """Let what came in be of both rows where a smaller count beside it is of new ones: 受理59件,其中新收47件."""
    over = sum(draft.value for draft in drafts if draft.quantity == _IN[1])
    left = any(draft.quantity == _OUT[1] and draft.value for draft in drafts)
    received = [draft for draft in drafts if draft.quantity == _IN[0] and draft.reading == "received"]
    for handled, new in pairwise(drafts):
        of_both = handled.quantity == _OUT[0] and new in received and "其中" in text[handled.end : new.start]
        of_both = of_both and left and not _CLOSED.search(text, 0, handled.start)
        if of_both and over and handled.value == new.value + over:
            _count_both(handled, drafts)  # 办理59件,其中新收47件,结转12件,2件结转下年
    if len(received) != 2 or received[0].scope != received[1].scope:
        return
    new, whole = sorted(received, key=lambda draft: draft.value)
    named, both = (_NEW.search(text, 0, draft.start) is not None for draft in (new, whole))
    fits = over > 0 and whole.value == new.value + over
    if whole.value > new.value and not both and (fits or (named and not over)):
        _count_both(whole, drafts)
        whole.sure = whole.sure and fits


def _take_stock(drafts: list[Draft], text: str) -> None:
    """Let a count that takes in what was carried over be that of both rows: 收到41件(含上年结转3件)."""
    forward = _carried_forward(drafts)
    for draft in drafts:
        taken = draft.quantity in _IN and _TAKEN_IN.search(text, 0, draft.start)  # 加上上年结转后共收到59件
        if taken and draft.quantity == _IN[0]:
            _count_both(draft, drafts)
        draft.sure = draft.sure and not (taken and draft.quantity == _IN[2])
    for follower, included in pairwise(drafts):
        for draft in drafts if included.reading == "included" else ():
            if draft.index != follower.index or draft.quantity not in (_IN[0], _OUT[0]):
                continue
            again = any(d.quantity == draft.quantity and d.value == draft.value - forward < draft.value for d in drafts)
            if (again or draft.quantity == _IN[0]) and _TAKES_IN.match(text, draft.end):
                _count_both(draft, drafts)


def _tell_done(drafts: list[Draft]) -> None:
    """Leave what came in and was handled not handled where less was: 收到和处理13件,结转下年1件."""
    for done in [draft for draft in drafts if draft.quantity == _OUT[0]]:
        if any(draft.index == done.index and draft is not done for draft in drafts):
            less = [d for d in drafts if d.quantity == _OUT[0] and d.scope == done.scope and d.value != done.value]
            drafts[:] = [draft for draft in drafts if draft is not done or not (less or _carried_forward(drafts))]


def _count_both(whole: Draft, drafts: Sequence[Draft]) -> None:
    """Let a count, and those who asked, be that of what came in and what was carried over together."""
    whole.quantity, whole.reading = JOINT, "+".join(_IN[:2])
    head = _IN[0].removesuffix("total")
    parts = [d for d in drafts if d.index > whole.index and d.reading == "applicant" and d.quantity.startswith(head)]
    for part in parts:
        if sum(draft.value for draft in parts) == whole.value:
            column = part.quantity.removeprefix(head)
            part.quantity, part.reading = JOINT, "+".join(row.replace("total", column) for row in _IN[:2])
        else:
            part.sure = False


def _carried_forward(drafts: Sequence[Draft]) -> Number:
    return next((draft.value for draft in drafts if draft.quantity == _OUT[1]), 0)


def _doubt(drafts: list[Draft], outcomes: bool) -> None:
    """Leave claims unsure that others of the sentence contradict, or do not bear out."""
    outcomes |= any(draft.reading in ("outcome", "ground") for draft in drafts)
    _doubt_likely(drafts)
    _bear_out(drafts)
    _sum_up(drafts)
    for said in [d for d in drafts if d.reading == "cases" and d.leaning]:
        # 行政复议5件,其中涉及政府信息公开1件: the table counts the latter.
        drafts[:] = [d for d in drafts if d.leaning or d.quantity != said.quantity or d.value <= said.value]
    forward = _carried_forward(drafts)  # 处理32件(含结转2件),办结29件,结转3件
    for draft in list(drafts):
        same = [d for d in drafts if d.quantity == draft.quantity != JOINT and d.scope == draft.scope]
        others = [d for d in same if abs(d.value - draft.value) not in (0, forward)]
        if draft.leaning or any(not other.leaning or other.value > draft.value for other in others):
            draft.sure = draft.sure and not others
        if draft.reading == "received" and any(d.index < draft.index for d in same):
            draft.sure = False  # 收到申请39件,受理39件
        if draft.reading == "carried" and not others:
            # 结转 that may be of either year is of the one that the sentence does not name otherwise.
            draft.sure |= any(d.reading == "carried" and d.sure and d.quantity != draft.quantity for d in drafts)
        if draft.reading == "granted":
            draft.sure = draft.sure and outcomes  # 公开7件 alone may be pieces of information


def _balance(drafts: Sequence[Draft]) -> bool:
    """Whether what came in is what went out and what is left, each said once."""
    flow = [draft for draft in drafts if draft.quantity in _IN or draft.quantity in _OUT]
    signs = [draft.value if draft.quantity in _IN else -draft.value for draft in flow]
    return len({draft.quantity for draft in flow}) == len(flow) > 1 and sum(signs) == 0


def _by_applicants(drafts: Sequence[Draft]) -> bool:
    """Whether what came in is the sum of what came from the applicants named: 新收19件,其中18件来自公民,1件来自企业."""
    received = [draft.value for draft in drafts if draft.reading == "received"]
    parts = [draft.value for draft in drafts if draft.reading == "applicant"]
    return len(parts) > 1 and received == [sum(parts)]


def _bear_out(drafts: list[Draft]) -> None:
    """Let 结转 be sure where the figures beside it bear it out: 收到14件,答复13件,结转1件."""
    found = {draft.quantity.split(".")[-2]: draft for draft in drafts if draft.quantity.endswith(".total")}
    flow = [draft for draft in drafts if draft.quantity in (*_IN, *_OUT)]
    if len(flow) > 2 and _balance(flow) and any(draft.sure for draft in flow):
        for draft in flow:
            draft.sure = True
        return
    received, over = found.get("new_received"), found.get("carried_over")
    last = received is not None and received.value and "handled_total" not in found and drafts[-1] is over
    if last and over is not None and not over.sure:
        over.quantity = over.quantity.replace("carried_over", "carried_forward")  # 收到87件;结转8件


def _sum_up(drafts: Sequence[Draft]) -> None:
    """Let a whole and its parts after it be sure where the parts add up to it and one of all is sure."""
    for number, whole in enumerate(drafts):
        parts: list[Draft] = []
        for part in drafts[number + 1 :]:
            if sum(draft.value for draft in parts) < whole.value and _is_part(part.quantity, whole.quantity):
                parts.append(part)
        said = [whole, *parts]
        if len(parts) > 1 and sum(part.value for part in parts) == whole.value and any(draft.sure for draft in said):
            for draft in said:
                draft.sure |= draft.reading != "likely"


def _is_part(part: str, whole: str) -> bool:
    """Whether a quantity is a part of another; outcomes are of what was received as well."""
    found = whole_of(part)
    return found == whole or (found in _OUT and whole in _IN)


@lru_cache(maxsize=1024)
def whole_of(quantity: str) -> str:
    """Give the address of what a quantity is a part of, "" if of nothing that the forms sum."""
    head, _, last = quantity.rpartition(".")
    for name, whole in _WHOLES.items():
        if quantity.startswith(name):
            return whole
    if last == "total":
        above, _, name = head.rpartition(".")
        if above == "applications":
            return "" if quantity in (*_IN, *_OUT) else "applications.handled_total.total"
        return f"{above}.total" if above else "litigation.total" if name.startswith("litigation_") else ""
    return f"{head}.total" if head.startswith(("applications", "review", "litigation", "statistics.")) else ""


def _doubt_likely(drafts: list[Draft]) -> None:
    """Leave out results that only likely count as one (撤销: corrected), where others are of the same one.

    Those others are not sure, unless it is their parts: 纠正2件(撤销1件,确认违法1件).
    """
    for quantity in {draft.quantity for draft in drafts if draft.reading == "likely"}:
        same = [draft for draft in drafts if draft.quantity == quantity]
        likely = [draft for draft in same if draft.reading == "likely"]
        if len(same) > 1:
            for draft in same:
                draft.sure = draft.sure and sum(d.value for d in likely) == draft.value
            drafts[:] = [draft for draft in drafts if draft not in likely]


def _stands(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a claim holds in the company of the others: one of several bodies is not that of the report.

    The first stands beside those in the name of another: 区政府印发8件,以区政府办公室名义印发5件.
    """
    others = [other for other in drafts if other.quantity == draft.quantity and other.scope != draft.scope]
    others = [other for other in others if other.value != draft.value]
    first = "名义" not in draft.scope and all("名义" in other.scope and draft.index < other.index for other in others)
    return not draft.scope or not others or first


def _without_totals(drafts: list[Draft], text: str) -> list[Draft]:
    """Leave out totals over several years: 累计公开5928条, beside that of the year, or before 其中本年."""

    def is_of_years(draft: Draft) -> bool:
        dated = _OF_THIS_YEAR.match(text, draft.end) is not None
        if "累计" not in text[max(draft.start - _NEAR, 0) : draft.start]:
            return dated and draft.reading in ("disclosed", "posted", "medium")
        smaller = any(other.quantity == draft.quantity and other.value < draft.value for other in drafts)
        return smaller or dated

    return [draft for draft in drafts if not is_of_years(draft)]
