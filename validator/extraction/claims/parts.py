"""Whether a figure is only a part of what its words name, or counts something near to it."""

from collections.abc import Sequence

from validator.model.wording import BODY, FIGURE, UNKNOWN, Wording
from validator.patterns import Pattern

from .context import NOWHERE, Context, Field
from .grammar import Grammar

_ITEMS = ("条", "条次", "篇")
_OF_THOSE = Pattern(r"公开的?(?:政府)?信息(?:当?中|里)[^;。]*$")
"""What stands before items of which only some are counted: 在主动公开的信息中,便民服务信息6条."""
_OF_KIND = Pattern(r"(?<!各种)(?<!各种.)(?<!各种..)[^各]类(?:信息|文件)?(?:共|共计|为|有)?$")
"""How a kind of items stands before its figure: 水利公报类信息18条."""
_ALL_ABOUT = Pattern(r"(?:均|都|全部|皆)(?!不|未|非)[^,;:。\d]{0,6}信息公开(?!无关)")
_EACH = ("各", "各设", "各有", "每人", "每单位", "每个")
_POSTS = ("full_time", "part_time", "staff", "worker", "office", "reading_point")
_FEW = 3
"""So many people are of each office and not of all: 各镇明确1名分管领导和1名专职人员."""
_HELD = ("meeting", "press_conference", "interview", "course")
"""What is held and not published; 新闻发布会6条 are items about them."""
_STOCK = ("总量", "总量为", "总量达", "总数", "总数为")
_OURS = ("公开", "政府信息")
_NOT_ABOUT = Pattern(r"信息公开(?:工作)?(?:无关|没有关系)|(?:不|未)(?:涉及|属于)[^,;:。\d]{0,6}信息公开")
"""What is said of cases that are not about disclosure."""
_IS = ("属", "系", "是", "为", "涉", "因", "由")
"""How text goes on that says of some applications what they are."""
_ENDED = ("办理结果", "处理结果", "答复结果", "结果")
_REST = ("其余", "剩余", "余下", "剩下", "其余的", "另", "另有", "另外")
_DEALT_WITH = Pattern(r"(?:^|[,;:。])(?:针对|对|就)[^,;:。]*$")
"""What stands before applications that something was done with: 对涉及第三方的2件申请,征求了意见."""
_OF_SOME = ("对", "就", "针对", "中", "中有")
"""What stands before cases that are some of all: 对1件行政诉讼作出判决."""
_REVIEWING = Pattern(r"作为(?:行政)?复议(?:机关|机构)")
"""What a body says of the cases that it decides, which are not those against it."""
_OTHER_CASES = Pattern(
    r"(?:审理|审结|办理|受理|收到|代理|承办|处理|办结|又提起)[^,;。\d]{0,12}(?:复议|诉讼|应诉)|作为被告|法治|依法行政|败诉|胜诉|出庭|纠纷|争议|(?:复议|诉讼)[^;。]{0,12}结转"
)
"""What is said of cases that have nothing to do with disclosure: those that a body decides, or has in all."""
_CAUSED = Pattern(
    r"(?:因|由|就|针对|对|不服)(?!(?:我|本)[^,;:。\d的]{1,3}(?:有关|相关)?的?行政[复诉])([^,;:。\d]{2,20}?)(?:而|所)?(?:被|引|提|申请|产生|发生|导致|造成|的?行政复议|的?行政诉讼|不服)"
)
"""What cases come from: 因征地补偿被提起, 不服行政处罚申请."""
_DISCLOSURE = ("公开", "答复", "告知", "申请", "信息", "此", "该", "上述", "同一", "其", "本", "复议决定", "复议结果")
_OTHER_ACTS = Pattern(
    r"具体行政行为|行政行为|处罚|许可|征[收地用]|补偿|拆[迁除]|工伤|登记|裁决|强制|认定|举报|投诉|监察|规划|执法|确权|审批"
)
_REPEALED_TOO = Pattern(r"\((?=[^()]{0,60}(?:修改|修订|修正|制定))[^()]{0,60}(?:废止|失效)[^()]{0,20}\)")
"""A bracket after papers that counts those repealed among them: 规章13件(含新制定5件,修改4件,废止4件)."""


def is_part(
    field: Field, words: Sequence[int], wording: Wording, context: Context, depth: int, grammar: Grammar
) -> bool:
    """Whether a figure is only a part of what its words name: one of a list, or items sorted by kind."""
    codes, known, index = field.frame.codes, grammar.codes, field.index
    have, topic, reading = field.codes(words), wording.gives, wording.reading
    depth -= codes[index - 1 : index] == "(" and codes[index + 1 : index + 2] == ")"
    if topic == "cases":
        return _is_of_other_cases(field, words, wording, context, grammar)
    includes = codes[:index].rfind(known["includes"])
    listed = depth > 0 or includes > max(codes.rfind(mark, 0, index) for mark in ",;。")
    if topic == "applications" and wording.words:
        # 设立1个申请受理点
        set_up = known["equip"] in have and not have & {known["receive"], known["handle"]}
        return set_up or _is_other_count(field, words, reading, listed, grammar)
    if topic == "measures":
        field.doubt("条" in field.figure.unit and _is_among_items(field))  # 公开执法信息3600条,其中行政处罚1200条
        return listed and known["application"] in codes[:index]  # 收到申请70件,其中涉及行政许可20件
    if topic == "documents":
        reviewed = field.before.endswith("对") and not have & grammar.keeping  # 对28件规范性文件进行评估
        return reviewed or _is_of_other_papers(field, reading, context, depth, grammar)
    shown = {known["proactive"], known["publish"], known["post"], known["info"]} & set(codes[: max(includes, 0)])
    opened = includes if shown or not includes else -1
    if topic == "disclosure":
        return _is_of_items(field, have, reading, depth, opened, grammar)
    return topic == "statistics" and _is_of_other_work(field, have, listed, opened, grammar)


def _is_of_other_cases(
    field: Field, words: Sequence[int], wording: Wording, context: Context, grammar: Grammar
) -> bool:
    """Whether cases are some of all, come of other acts than disclosure, or are decided by the body itself."""
    text, known = field.frame.text, grammar.codes
    asked = field.before.endswith("其中") and known["apply"] in field.codes(field.right)  # 其中6件申请被提起行政复议
    some = wording.reading == "cases" and field.before.endswith(_OF_SOME) and not asked
    if some or _comes_of_other_acts(field):
        _name_cases(field, words, context, known["case"])
        return True
    rate = field.before.endswith("率") or (field.before.endswith("率为") and wording.reading == "likely")
    if wording.reading in ("results", "likely") and rate:
        return True  # 复议纠错率0, 败诉率为零; but 纠错率为0 counts none
    if field.figure.value and context.disclosed_from > _reach(field, words):  # none at all are none about disclosure
        if context.disclosed_from == NOWHERE and not _OTHER_CASES.search(text):
            field.doubt(context.headed and context.head is None)  # those beside applications are likely of them
            return False
        other = context.disclosed_from == NOWHERE or not _ALL_ABOUT.search(text)
        if other and wording.reading == "cases":
            _name_cases(field, words, context, known["case"])
        return other
    return bool(_REVIEWING.search(text) or _NOT_ABOUT.search(text))


def _is_of_other_work(field: Field, have: set[str], listed: bool, opened: int, grammar: Grammar) -> bool:
    """Whether people, meetings or complaints are of other work, or of each office."""
    known, unit = grammar.codes, field.figure.unit
    # 受理投诉举报1860件, 落实经费15万元 need not be about disclosure.
    other = bool(have & {known["complaint"], known["funding"]} and field.figure.value)
    field.doubt(other and not any(word in field.frame.text for word in _OURS))
    each = field.before.endswith(_EACH) and field.index not in field.frame.shared  # 兼职人员各1人
    offices = known["portion"] in field.frame.codes[: field.index] or "每个" in field.before
    each |= offices and field.figure.value <= _FEW and bool(have & {known[kind] for kind in _POSTS})
    held = "条" in unit and bool(have & {known[kind] for kind in _HELD})
    strange = listed and have & {UNKNOWN, BODY} and known["by_head"] not in have
    one_item = known["interpretation"] in have and unit in _ITEMS and _is_among_items(field)
    field.doubt(one_item or ("条" in unit and opened >= 0))  # 公开信息60条,其中政策解读5条
    return bool(each or held or strange or (one_item and "其中" in field.before))


def _is_of_items(field: Field, have: set[str], reading: str, depth: int, opened: int, grammar: Grammar) -> bool:
    """Whether a figure counts only some pieces of information; `opened` is where a list of them opens, else -1."""
    codes, known, index = field.frame.codes, grammar.codes, field.index
    shown = have & {known["proactive"], known["publish"], known["post"]}
    if not shown and (not field.figure.unit or field.before.endswith(_STOCK)):
        return True  # 微信公众号关注人数2.3万, 网站信息总量558条
    if not field.figure.unit and field.frame.text.startswith("、", field.figure.stop):
        return True  # 发布政府信息3、公开信: the number of a point
    ways = {known["medium"], known["media"]}
    if (reading != "medium" or UNKNOWN in have) and _OF_THOSE.search(field.before):
        return True
    if reading == "medium":
        return _OF_KIND.search(field.before) is not None
    again = known["proactive"] not in have or known["proactive"] in codes[: max(opened, 0)]
    if again and FIGURE in codes[: max(opened, 0)] and known["thisyear"] not in codes[opened:index]:
        return True  # 主动公开信息963条,其中发布工作信息580条
    if UNKNOWN in have and (opened >= 0 or known["medium"] in codes[: codes.rfind(FIGURE, 0, index) + 1]):
        return True  # 公开信息372条,其中权力清单公开信息319条; 网站公开90条，显示屏公开52条
    return depth > 0 or (index in field.frame.listed and bool(ways & have))  # 网站、两微公开的信息分别为38条、12条


def _is_other_count(field: Field, words: Sequence[int], reading: str, listed: bool, grammar: Grammar) -> bool:
    """Whether a count beside words of applications is of pieces of information, or of some applications only."""
    frame, known, have = field.frame, grammar.codes, field.codes(words)
    acts = {known["receive"], known["handle"], known["added"]}
    items = field.figure.unit in _ITEMS and not have & (acts | {known["reason"]})
    items = items and reading not in ("outcome", "channel", "carried", "applicant")
    sorted_out = known["info"] in field.codes(field.right) or field.before.endswith("类")  # 申请公开的23条信息
    field.doubt(items and sorted_out)
    if (items and "其中" in field.before[field.before.rfind(";") + 1 :]) or (
        frame.counts_items(field.figure.unit) and known["reason"] not in have
    ):
        return True
    if known["reason"] in have and known["outcome"] not in have:
        ended = frame.text.startswith(_ENDED, field.figure.stop)  # 8件办理结果为本机关不掌握
        answered = known["handle"] in field.codes(field.right) and not ended  # 重复申请3件已合并答复
        field.doubt(answered or _DEALT_WITH.search(field.before) is not None)
    sorts = reading == "outcome" and field.figure.unit in _ITEMS and any(frame.word(i).endswith("信息") for i in words)
    field.doubt(sorts and FIGURE not in frame.codes[: field.index])  # 不予公开信息有10条
    if known["added"] in have or (reading == "received" and not have & acts):
        nouns = [i for i in words if frame.codes[i] == known["application"]]
        if nouns and any(frame.codes[i] == UNKNOWN and i > nouns[0] for i in words):
            return True
    if reading == "outcome":
        last = max((i for i in words if frame.codes[i] == known["outcome"] and i < field.index), default=-1)
        return last >= 0 and frame.text.startswith("等", frame.tokens[last].end)  # 无法提供等其他情况46件
    if reading == "ground":
        return any(frame.tokens[i].value == "asked_to_correct" for i in words)  # 因申请内容不明确要求补正的3件
    if reading == "channel":
        shown = have & {known["post"], known["publish"], known["proactive"]}  # 网上发布信息225条
        return bool(shown) or _shares_row(field, words, grammar)
    if reading not in ("received", "handled"):
        return False
    if listed and (UNKNOWN in have or not have & (acts | {known["application"]})):
        return True
    if reading == "handled":
        return _is_of_some_handled(field, have, grammar)
    return _is_of_some_received(field, have, acts, grammar)


def _is_of_some_handled(field: Field, have: set[str], grammar: Grammar) -> bool:
    """Whether a count of what was answered is of what an answer was disputed, or of one kind of applications."""
    rest = field.before.endswith(_REST)
    field.doubt(rest)
    if rest and "其中" in field.before:
        return True  # 收到3件,其中1件不属于我局公开,另2件已回复
    if field.frame.text.startswith(_ENDED, field.figure.stop) or grammar.codes["cause"] in field.codes(field.right):
        return True  # 2件办理结果为主动公开, 对3件答复不服
    strange = field.inherited and UNKNOWN in have
    return strange and ("其中" in field.before or field.before.endswith("结果"))  # 用海项目办理结果17件


def _is_of_some_received(field: Field, have: set[str], acts: set[str], grammar: Grammar) -> bool:
    """Whether a count of applications is one of several by their way, or of those of which something is told."""
    text, known, stop = field.frame.text, grammar.codes, field.figure.stop
    listed = field.before.endswith("、书面申请") or text.startswith("、", stop)
    if (listed and known["written"] in have and known["channel"] in field.frame.codes) or field.before.endswith(_REST):
        return True  # 书面申请1件、网上申请2件; 其余26件均已受理、答复
    if have & (acts | {known["application"], known["apply_count"]}):
        field.doubt(field.before[-1:] in ",;。" and not have & acts)  # 2条依申请公开,1条部分公开
        return False
    field.sure = False
    asked = {known["apply"], known["apply_count"], known["foi"], known["claimant"]}
    named = (field.codes(field.left) | have & {known["foi"]}) & asked
    return text.startswith(_IS, stop) or UNKNOWN in have or not named  # 申请中有6件属于信访事项


def _shares_row(field: Field, words: Sequence[int], grammar: Grammar) -> bool:
    """Whether a figure is one of two for a row of the form of 2014: 网络4件,电子邮件3件."""
    tokens, channel = field.frame.tokens, grammar.codes["channel"]
    ways = {token.value for token in tokens if token.code == channel}
    own = {tokens[i].value for i in words} & {"by_email", "online"}
    if "by_email" not in ways or "statistics.requests.received" not in grammar.known:
        return False
    field.doubt(bool(own and field.figure.value))
    return "online" in ways and ("by_email" in own or bool(own and field.figure.value))


def _is_of_other_papers(field: Field, reading: str, context: Context, depth: int, grammar: Grammar) -> bool:
    """Whether a count of papers is of new and changed ones, of pieces of information, or was given before."""
    if reading in ("published", "issued") and _REPEALED_TOO.match(field.frame.text, field.figure.stop):
        return True
    items = field.figure.unit in _ITEMS and "statistics.disclosed.total" not in grammar.known
    if reading == "published" and items and field.figure.value and _is_among_items(field):
        return True
    if field.inherited and field.right and field.frame.codes[field.right[0]] in (UNKNOWN, BODY):
        return True  # 制发规范性文件1份;发布272项办税指南
    again = reading == "published" and context.act == "issued"  # 制发规章4件,公开4件
    return field.inherited and (depth > 0 or again)


def _is_among_items(field: Field) -> bool:
    """Whether a figure is one of a list of pieces of information: 公开信息86条,其中规范性文件3条,政策解读6条."""
    among = "信息" in field.before and ("其中" in field.before or "信息中" in field.before)
    listed = [token.figure for token in field.frame.tokens[: field.index] if token.figure is not None]
    return among or any(figure.unit == field.figure.unit == _ITEMS[0] for figure in listed)


def _comes_of_other_acts(field: Field) -> bool:
    """Whether a clause says that its cases came from something else than disclosure; what only may be leaves doubt."""
    clause = field.before[max(field.before.rfind(mark) for mark in ",;:。") + 1 :]
    found = _CAUSED.search(clause)
    said = clause.replace("被申请", "").replace("申请行政复议", "")
    if found is None or any(word in said for word in _DISCLOSURE):
        return False
    field.sure = False
    return _OTHER_ACTS.search(found.group(1)) is not None


def _name_cases(field: Field, words: Sequence[int], context: Context, case: str) -> None:
    """Keep which cases were counted, of which a later figure may say how many are about disclosure."""
    cases = [field.frame.tokens[i].value for i in words if field.frame.codes[i] == case]
    context.bodies, context.settled, context.last = tuple(dict.fromkeys(cases)), False, "cases"


def _reach(field: Field, words: Sequence[int]) -> int:
    return max(field.frame.tokens[i].end for i in (*words, field.index))
