"""What a figure counts: the topic of its noun, or the one that holds, and which of the words around it say it."""

from collections.abc import Sequence
from itertools import pairwise

from validator.model.wording import BODY, FIGURE, UNKNOWN

from .context import Context, Field
from .frame import AND_THEN
from .grammar import Grammar

_OPEN = ("的", "提出", "提交", "递交", "提出的", "提交的", "递交的", "寄来的")
"""What stands before the applications of somebody, who are no other noun: 公民提出的申请."""
_AND_SO_ON = ("等", "等共", "等共计", "等各类", "等事项", "等合计")
_LONG = 4
"""Text after a noun that is longer than this is another noun."""
_PEOPLE = ("公民", "个人", "公民个人", "企业")
_BY_THEM = ("提出", "提交", "递交", "向", "通过", "寄", "要求")


def is_other_noun(field: Field, context: Context, grammar: Grammar) -> bool:
    """Whether something that no word covers is what the figure counts; it may end the topic."""
    frame, known, nouns = field.frame, grammar.codes, grammar.wordings.nouns
    codes = frame.codes
    strange = (UNKNOWN, BODY, known["foreign"], known["decision"])
    telling = [i for i in field.left if codes[i] in grammar.content or codes[i] in strange]
    if _is_renamed(field, telling, context, grammar):
        return True
    if known["foreign"] in field.codes(telling[:-1]) and field.before.endswith(_AND_SO_ON):
        return True  # 网民留言、热线、依申请公开等45件
    if not telling or codes[telling[-1]] not in (UNKNOWN, BODY):
        return False
    long = frame.tokens[telling[-1]].end - frame.tokens[telling[-1]].start > _LONG
    if not grammar.content.isdisjoint(field.codes(field.right)):
        named = field.before.endswith("的") and codes[field.right[0]] in nouns  # 以…为主题的3次在线访谈
        return long and not named and not field.codes(telling).isdisjoint(nouns)
    field.sure = False
    said = field.codes(telling)
    counted = [codes[i] for i in telling if codes[i] in nouns]
    if len(telling) > 1 and codes[telling[-2]] in nouns and not long and counted[-1] not in grammar.ending:
        return False
    if said & grammar.acts:
        context.topic = "other"
    return True


def _is_renamed(field: Field, telling: Sequence[int], context: Context, grammar: Grammar) -> bool:
    """Whether an unknown word makes a noun another: 受理公租房申请, 党组会议."""
    frame, known, nouns = field.frame, grammar.codes, grammar.wordings.nouns
    codes, said = frame.codes, field.codes(telling)
    strange = (UNKNOWN, BODY, known["foreign"], known["decision"], known["measure"], known["measure_items"])
    asked = {known["application"], known["apply"], known["apply_count"], known["written"]}
    asking = [i for i in telling if codes[i] in asked]
    last = max((i for i in telling if codes[i] in nouns), default=-1)
    for before, noun in pairwise(telling):
        if codes[noun : noun + 2] == known["apply"] + known["case"]:
            continue  # 向市政府申请行政复议3件
        bare = codes[noun] in grammar.bare or (noun == last and codes[noun] in grammar.lasting)
        # 电子政务和信息公开培训班: joined to it
        bare = bare and not ("公开" in frame.word(noun) and frame.text[frame.tokens[noun].start - 1] in "和及与")
        if bare and (codes[before] in strange or (codes[noun] == known["apply"] and codes[before] == known["hold"])):
            if codes[noun] == known["info"] and asking and asking[-1] > noun:
                continue  # 要求公开征地信息的申请
            if codes[noun] == known["info"] and said & {known["proactive"], known["medium"]}:
                field.sure = False
            elif not frame.text.endswith(_OPEN, 0, frame.tokens[noun].start):
                if codes[noun] in (known["apply"], known["course"]) and noun == telling[-1]:
                    context.topic = "taught" if codes[noun] == known["course"] else "other"
                return True
    asked_elsewhere = codes[telling[-1]] == known["apply"] and known["foreign"] in said if telling else False
    context.topic = "other" if asked_elsewhere else context.topic
    return asked_elsewhere  # 服务大厅受理申请12860件


def find_topic(field: Field, context: Context, grammar: Grammar) -> str:
    """Give the topic of the noun nearest before the figure, else of the first after it, else the one that holds."""
    codes, known, nouns = field.frame.codes, grammar.codes, grammar.wordings.nouns
    around = field.codes([*field.left, *field.right])
    if around & {known["information_fee"], known["charge"], known["notice"]} and known["fees"] not in around:
        return "statistics" if known["fee"] in around else "fee"
    for position in _by_nearness(field, grammar):
        code = codes[position]
        if code not in nouns:
            continue
        if position in field.right and nouns[code] == "applications" and known["case"] in field.codes(field.right):
            continue  # 6件申请被提起行政复议
        if code == known["foreign"] and around & grammar.grounds:
            if position in field.right:
                continue
            if any(codes[i] == known["outcome"] for i in field.left if i > position):
                field.left.remove(position)  # 因信访不予处理4件
                continue
        return _named_topic(field, position, around, context, grammar)
    field.inherited = True
    asked = context.head is not None or not {known["application"], known["apply"]}.isdisjoint(codes[: field.index])
    told = known["outcome"] in around or (known["carry"] in around and around & grammar.years)
    carried = known["carry"] in around and known["handle"] in around  # 未发生复议。1件结转至2026年答复
    if told and asked and (context.topic in ("other", "disclosure") or (context.topic == "cases" and carried)):
        field.sure = False
        return "applications"  # 收到申请13件,其中局长信箱2件;予以公开2件
    items = known["proactive"] in around and field.figure.unit.startswith("条")
    if items and not {known["receive"], known["handle"]} & set(codes[: field.index]):
        return "disclosure"  # 制作信息2341条,其中主动公开1821条,依申请公开212条
    if not context.topic and {known["receive"], known["foi"]} <= field.codes(field.left):
        field.sure = False
        return "applications"  # 受理政府信息公开9件
    if not context.topic and around & {known["proactive"], known["medium"]}:
        return "disclosure"
    return context.topic


def _named_topic(field: Field, position: int, around: set[str], context: Context, grammar: Grammar) -> str:
    """Give the topic of a noun beside a figure, "" if the figure is of something else."""
    frame, known = field.frame, grammar.codes
    code = frame.codes[position]
    topic = _topic_of(code, around, context, grammar)
    if code == known["paper"] and known["proactive"] in around and field.figure.unit.startswith("条"):
        topic, field.sure = "disclosure", False  # 主动公开文件36条
    named = "公开" in frame.word(position)
    if context.topic == "taught" and topic == "statistics" and not named:
        return context.topic  # 举办法律知识培训班4期,培训620人次
    if topic == "disclosure":
        ways = {known["proactive"], known["medium"], known["media"], known["post"]}
        asked = context.topic == "applications" and known["application"] in frame.codes[: field.index]
        field.doubt(asked and not ways & around)  # 受理申请2件,公开信息2条
        said = {known["proactive"], known["receive"], known["medium"]} & around
        # 发布14条主动公开信息, 收到1宗信息; but of 收到申请9件,其中3件已在网站主动公开 none are items.
        counted = said and (known["info"] in around or context.topic == "disclosure")
        return topic if position in field.left or counted else ""
    return "" if position in field.right and topic == "measures" and not field.sure else topic


def _by_nearness(field: Field, grammar: Grammar) -> list[int]:
    """Give the words from the nearest on; a verb right before the figure leaves it to a noun after it."""
    left = list(reversed(field.left))
    return [*field.right, *left] if counts_what_follows(field, grammar) else [*left, *field.right]


def counts_what_follows(field: Field, grammar: Grammar) -> bool:
    """Whether a verb right before the figure leaves it to a noun right after it."""
    codes, left = field.frame.codes, field.left
    right = [i for i in field.right if codes[i] != grammar.codes["in_force"]]  # 公布6件现行有效规范性文件
    return bool(left and right) and codes[left[-1]] in grammar.events and codes[right[0]] in grammar.wordings.nouns


def _topic_of(noun: str, around: set[str], context: Context, grammar: Grammar) -> str:
    topic, known = grammar.wordings.nouns[noun], grammar.codes
    if noun == known["media"] and known["answer"] in around:
        return "statistics"
    if topic == "disclosure" and around & {*grammar.grounds, known["absent"], known["not_of"]}:
        return context.topic if context.topic == "applications" else topic
    shown = around & {known["info"], known["publish"], known["post"], known["proactive"]}
    asked = known["channel"] in around or (noun == known["medium"] and not shown)
    if topic == "disclosure" and asked and context.topic == "applications":
        return "applications"
    if noun == known["paper"]:
        return "documents" if context.topic == "documents" and around & grammar.keeping else "papers"
    if topic == "applications" and context.topic in ("papers", "treated") and not around & grammar.acts:
        return "papers"
    if topic == "documents" and context.topic == "treated" and not around & grammar.events:
        return "treated"
    return topic


def choose_words(field: Field, grammar: Grammar) -> list[int]:
    """Give the words that count: those before a figure, and those after it of a sort that is not before it."""
    frame, known, left = field.frame, grammar.codes, field.left
    codes = frame.codes
    sorts = (grammar.signs, grammar.events, grammar.wordings.nouns)
    nouns = [i for i in left if codes[i] in grammar.wordings.nouns]
    chosen = list(left)
    of_all = False
    for position in field.right:
        code = codes[position]
        of_all = of_all or code == known["all"]
        sort = next((sort for sort in sorts if code in sort), None)
        if (of_all and code in (known["applicant"], known["channel"])) or code in grammar.beside:
            continue
        counted = sort is grammar.wordings.nouns and counts_what_follows(field, grammar)
        again = code == known["handle"] and _is_relative(field, grammar)
        again = again or codes.startswith(known["in_force"] + known["document"], position)
        if sort is not None and not counted and not again and any(codes[i] in sort for i in left):
            continue
        some = field.before.endswith(("中", "中有")) or again  # 37件申请中有35件已答复
        if code == known["handle"] and not some and (nouns or known["case"] in field.codes(field.right)):
            continue  # 4件答复被提起行政复议
        if nouns and code in (known["result"], known["likely_result"]) and _of_all(field, position, grammar):
            continue
        chosen.append(position)
    drop = _passed_over(field, chosen, nouns, grammar)
    return [i for i in chosen if i not in drop]


def _is_relative(field: Field, grammar: Grammar) -> bool:
    """Whether what was received is named again, to say what became of it: 受理14件,受理的16件申请已答复."""
    codes, receive = field.frame.codes, grammar.codes["receive"]
    again = bool(field.left) and codes[field.left[-1]] == receive and receive in codes[: field.left[-1]]
    return again and field.before.endswith("的")


def _of_all(field: Field, position: int, grammar: Grammar) -> bool:
    """Whether a result after 行政复议3件 is what became of all of them: unless it is 行政复议中3件."""
    tokens = field.frame.tokens
    last = tokens[field.left[-1]]
    return last.code == grammar.codes["case"] and "中" not in field.frame.text[last.end : tokens[position].start]


def _passed_over(field: Field, chosen: Sequence[int], nouns: Sequence[int], grammar: Grammar) -> set[int]:
    """Give the words of a field that say nothing of its figure."""
    frame, known, left, codes = field.frame, grammar.codes, field.left, field.frame.codes
    text, tokens = frame.text, frame.tokens
    drop: set[int] = set()
    ways = [i for i in chosen if codes[i] in (known["channel"], known["media"], known["medium"])]
    parted = any(text[tokens[i].end] in "、和及与或" for i in ways[:-1])
    parted = parted or any(text[tokens[i].start - 1] in "和及与或" for i in ways)
    if parted and field.codes(chosen) & {known["application"], known["receive"]}:
        drop.update(ways)  # 网络、信函申请12件
    received = [i for i in left if codes[i] == known["receive"]]
    if _is_relative(field, grammar) and known["handle"] in field.codes(chosen):
        drop.update(received)
    handled = next((i for i in left if codes[i] == known["handle"] and i > max(received, default=i)), -1)
    if handled >= 0:
        asked = any(received[-1] < i < handled for i in nouns)
        if not asked and not AND_THEN.fullmatch(text, tokens[received[-1]].end, tokens[handled].start):
            drop.update(received)  # 当年受理当年办结40件
    case = next((i for i in reversed(nouns) if codes[i] == known["case"]), -1)
    if case >= 0 and field.codes(left) & grammar.about:
        drop.update(i for i in chosen if codes[i] == known["handle"])
    applicants = [i for i in chosen if codes[i] == known["applicant"]]
    if applicants and _gives(field, applicants, nouns, grammar):
        drop.update(applicants)
    return drop


def _gives(field: Field, applicants: Sequence[int], nouns: Sequence[int], grammar: Grammar) -> bool:
    """Whether applicants are only those from whom the applications came: 收到市民、企业提交的申请."""
    frame = field.frame
    if field.index in frame.shared:
        return False
    tokens, codes, first, known = frame.tokens, frame.codes, applicants[0], grammar.codes
    word = frame.word(first)
    said = field.codes(i for i in field.left if i < first) & {known["receive"], known["handle"]}
    came = said and any(first < i for i in nouns)
    if came and word in _PEOPLE and known["includes"] not in frame.clause(first):
        if "applications.new_received.natural_person" in grammar.known:
            field.of_people = not frame.text.startswith(_BY_THEM, tokens[first].end)
            field.doubt(field.of_people and word == "企业")
        return True  # 收到公民提交的申请12件
    listed = codes[first - 1 : first] == "、" and codes[first - 2 : first - 1] not in (FIGURE, "%")
    listed = listed or codes[first + 1 : first + 2] == "、"
    return listed or any(first < i < noun and codes[i] in (UNKNOWN, BODY) for noun in nouns for i in field.left)
