"""What a figure counts: the topic of its noun, or the one that holds."""

from .context import Context, Field
from .grammar import Grammar


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
        if code == known["foreign"] and around & grammar.grounds:
            if position in field.right:
                continue
            if any(codes[i] == known["outcome"] for i in field.left if i > position):
                field.sure = False  # 因信访不予处理4件
                continue
        return _named_topic(field, position, around, context, grammar)
    field.inherited = True
    asked = context.head is not None or not {known["application"], known["apply"]}.isdisjoint(codes[: field.index])
    told = known["outcome"] in around or (known["carry"] in around and around & grammar.years)
    if context.topic == "other" and told and asked:
        field.sure = False
        return "applications"  # 收到申请13件,其中局长信箱2件;予以公开2件
    items = known["proactive"] in around and field.figure.unit.startswith("条")
    if items and not {known["receive"], known["handle"]} & set(codes[: field.index]):
        return "disclosure"  # 制作信息2341条,其中主动公开1821条,依申请公开212条
    if not context.topic and around & {known["proactive"], known["medium"]}:
        return "disclosure"
    return context.topic


def _named_topic(field: Field, position: int, around: set[str], context: Context, grammar: Grammar) -> str:
    """Give the topic of a noun beside a figure, "" if the figure is of something else."""
    frame, known = field.frame, grammar.codes
    code, token = frame.codes[position], frame.tokens[position]
    topic = _topic_of(code, around, context, grammar)
    if code == known["paper"] and known["proactive"] in around and field.figure.unit.startswith("条"):
        topic, field.sure = "disclosure", False  # 主动公开文件36条
    named = "公开" in frame.text[token.start : token.end]
    if context.topic == "taught" and topic == "statistics" and not named:
        return context.topic  # 举办法律知识培训班4期,培训620人次
    if topic == "disclosure":
        ways = {known["proactive"], known["medium"], known["media"], known["post"]}
        asked = context.topic == "applications" and known["application"] in frame.codes[: field.index]
        field.doubt(asked and not ways & around)  # 受理申请2件,公开信息2条
        # 发布14条主动公开信息, 收到1宗信息.
        return topic if position in field.left or {known["proactive"], known["receive"]} & around else ""
    return "" if position in field.right and topic == "measures" and not field.sure else topic


def _by_nearness(field: Field, grammar: Grammar) -> list[int]:
    """Give the words from the nearest on; a verb right before the figure leaves it to a noun after it."""
    left = list(reversed(field.left))
    return [*field.right, *left] if counts_what_follows(field, grammar) else [*left, *field.right]


def counts_what_follows(field: Field, grammar: Grammar) -> bool:
    """Whether a verb right before the figure leaves it to a noun right after it."""
    codes, left, right = field.frame.codes, field.left, field.right
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
