"""Names that the sentences of a report give as that of its body: who compiles it, signs it, is to be asked, or acts."""

from collections.abc import Iterator, Sequence

from validator.patterns import Pattern, any_of

from .bodies import HEAD, LETTER, NAME, SHORT_TOWN, Said, name_in_clause, own_name
from .bylines import names_by_labels
from .titles import TITLE, TOPIC, title_body
from .years import OF_ANOTHER

_DIGIT = r"\d(?!\d{0,2}(?:团|师|中|小学|医院|连|号))"
_CLAUSE = Pattern(rf"(?:(?!{_DIGIT})[^，。；;：:,!?！？《》<>“”\"‘’|()\[\]\n])+")
_MAKE = r"(?:编制(?!委员会)|编写|制作|撰写|起草|编印|拟定)"
_MADE = Pattern(rf"{_MAKE}|现将|现就|公布|发布|公开如下|现公开|社会公开|汇总|兹将")
_BY = Pattern(r"(?<!自)由")
_AFTER_BY = Pattern(rf"综合|组织|负责|牵头|具体|统一|汇总|根据|按照|依据|依照|结合|对照|{_MAKE}|公布|发布|$")
_DOES = Pattern(
    rf"(?:现就|现将|特(?:此)?|向社会(?:公众|各界)?|组织|认真|及时|负责|统一|汇总|已|牵头|按要求)*(?:{_MAKE}|形成|公布|发布|现就|现将)了?(?=$|本|20|年度|全|政府|政务|信息公开|《|[^\W\d_]{{2,20}}(?:20\d\d年|政府信息公开))"
)
_PRESENTED = Pattern(
    rf"(?:现将|兹将|现就|现公布|现公开|现发布|特?(?:现)?向社会(?:公众|各界)?(?:公布|公开发布|公开|发布)|公布|发布|{_MAKE}了?|形成了?)"
)
_REPORT = Pattern("报告|年报|情况|总结")
_IS_REPORT = Pattern(r"(?:年度报告|年报)(?=\(|[,，]|是?(?:根据|依据|按照|由))")
_DISCLOSED = Pattern(rf"{TOPIC}|年报|年度(?:工作)?报告")
_OF_REPORT = Pattern(rf"$|的?(?:年度|本级)?(?:的)?{TOPIC}|的?(?:年度)?工作(?:情况|报告)|如下")
_CALLED = Pattern(
    r"\((?:(?:以下|下)(?:统称|简称|称)?|简称|统称)[::为]?[\"“”‘']?(?P<short>[我本]?[^\W\d_]{1,12})[\"“”‘']?\)"
)
_WE = Pattern(
    rf"[我本](?:[局镇乡委办院校厅站处馆]|街道|中心|单位|机关|支队)[\"”]?(?:\((?P<body>{NAME})\)|[,，]?(?:是|系)?指(?P<meant>{NAME})(?=$|[，,。;；]))"
)
_EXPLAINS = Pattern(rf"(?:由|\()(?P<body>{NAME})(?:(?:负责)?解释|(?:联系)?电话)")
_ABOUT = Pattern(
    rf"(?:了解|反映|总结|介绍|梳理|汇总|回顾|欢迎对)了?(?P<body>{NAME})(?:(?:20\d\d年度?)?的?(?:政府信息公开|政务公开|信息公开)|的?工作提)"
)
_CONTACT = Pattern(
    r"(?:请(?:您)?(?:直接|及时|径)?(?:与|向|同|联系|联络|致电|咨询|拨打)|可(?:直接|以)?(?:与|向|同|联系|致电|咨询)|(?:可|请)通过(?=[^,，。]{4,30}\(.{0,4}(?:电话|地址|邮箱))"
    r"|敬请联系|请致(?!电)|反馈(?:至|给)|请(?:邮)?寄(?:至|到|给)?|解释权归(?:属)?|(?:联系|咨询)(?:单位|部门|机构|方式)|受理(?:单位|机构|部门))[::]?"
)
_MAY_ASK = Pattern("[联询电寄致馈释]")
_AFTER_CONTACT = Pattern(r"联系|联络|咨询|反映|反馈|索取|查询|来信|来电|地址|电话|提出|办公时间|邮编|邮箱|$")
_AT_ADDRESS = Pattern(
    rf"地址[::为](?:[^,，。;()]{{2,20}}\d号(?P<body>{NAME})|(?P<office>{NAME}(?:办公?室?|科|股)))(?=[,，。;()]|$)"
)
_ACTS = Pattern(
    any_of(r"""
政府信息公开 政务信息公开 政务公开 信息公开 公开 主动 以 按照 按时 按期 按 根据 依照 依据 依法 依托 遵循 遵照
围绕 结合 通过 利用 面向 本着 认真 坚持 深入 严格 高度 高质量 高标准 高效 积极 全面 全力 全年 紧紧 紧密 紧扣
紧盯 锚定 不断 始终 一直 切实 持续 继续 扎实 着力 大力 进一步 坚决 坚守 恪守 稳步 稳妥 有序 有效 有力 充分 十分
非常 很 较好 较 圆满 牢固 牢牢 努力 及时 及早 精心 精准 科学 自觉 务实 从严 从实 从 多措并举 多渠道 多次 先后
逐步 层层 致力 立足 注重 重视 突出 聚焦 贴近 对标 对(?!外) 于 在 把 将 为 是 无 没有 未 能够 主要 累计 共收 共
现(?!代) 贯彻 落实 推进 强化 加强 完善 健全 规范 做好 做实 做细 抓好 抓实 抓细 狠抓 严把 压实 开展 组织 统筹
成立 设立 召开 举办 制定 修订 打造 搭建 畅通 构建 创新 优化 发挥 践行 担负 秉持 秉承 明确 扩大 拓展 丰富 增强
提升 提高 深化 树牢 扛牢 厚植 收到 新收 受理 办理 回应 答复 接受 位于 地处 下辖 辖 内设 下设 设有 就(?=20)
20\d\d年(?=度?(?:全年)?(?:共|累计|主动)*(?:公开|收到)|以来|来)
""")
)
"""What stands behind the name of one who acts: by what, how, and what is done; a longer word before its beginning."""
_GOES_ON = Pattern("[省市县区州旗盟委]$")
"""A name may go on with a word for what is done: 青峰市科学技术局, 青峰县委组织部."""
_INLINE_HEADING = Pattern(r"^\(?[一二三四五六七八九十]{1,2}[)、][^\d，,]{0,14}(?=20\d\d年)")
_LEADING = Pattern(
    r"^(?:20\d\d(?:[-—–~至]+20\d\d)?学?年(?:度|来|以来|全年|是.*)?|今年以来|今年|本年|年内|一年来|过去一年|这一年|截[至止]20\d\d年12月31日|本年度|年来|年度|年以来|以来|年)$"
)
_OF_YEAR = ("20", "今年", "本年", "年内", "一年", "过去一年", "这一年", "截")
_SETTING = Pattern(rf"(?!{SHORT_TOWN})(?:[在以]|为(?!县|市))")
_GROUP = Pattern(
    rf"(?:成立|设立|组建|调整|建立)[了有]?(?:以.{{2,20}}为组长的)?(?P<body>{NAME})(?:(?:政府|政务)?信息公开|政务公开|[“\"][^”\"]{{2,8}}公开[”\"])(?:工作)?(?:领导|协调)?小组"
)
# 美丽青峰县 and 青里办 are names of accounts and of no body.
_ACCOUNT = Pattern(
    rf"[“\"「](?P<body>{NAME})(?<![办省市县区州旗盟镇乡道园城])[”\"」](?:官方|新浪|腾讯|政务|双)*(?:微博|微信|公众号|公众平台|账号)"
)
_GIVEN_ANYWHERE = (
    ("(", 2, _WE),
    ("指", 2, _WE),
    ("小组", 7, _GROUP),
    ("微", 7, _ACCOUNT),
    ("公众", 7, _ACCOUNT),
    ("地址", 8, _AT_ADDRESS),
)
_GIVEN = (*_GIVEN_ANYWHERE, ("", 5, _ABOUT), ("解释", 5, _EXPLAINS), ("电话", 5, _EXPLAINS))
"""What paragraphs that give a name have in them, the rank of the name and the pattern; the latter at the head alone."""
_SENTENCE = Pattern(r"[^。！!？?\n]+")
_PAUSE = Pattern(rf"[，。；;：:,、《》()]|{_DIGIT}")
_STOP = Pattern(r"[，,。；;：:]")
_COMMA = Pattern(r"[，,]")
_MAKING = Pattern(_MAKE)
_QUOTED = Pattern(r"[《<](?P<title>[^《》<>]{6,80})[》>]")
_YEAR_FIRST = Pattern(r"^20\d\d年度?")
_YEAR_LEADS = Pattern(r"^((?:20\d\d(?:[-—–~至]+20\d\d)?学?年|今年|本年)(?:度|来|以来|全年|是[^，,]*)?+)(?=[^，,])")
_BEFORE_ACTOR = Pattern(
    rf"^.*(?:要求|规定|精神(?!文明|卫生|病)|部署|安排|(?<!自)由|是|经(?!济|开|贸|营|信)|年度|年来|(?<![^\W\d_]{{2}})年)(?={LETTER}{{3}})(?!.(?:镇|乡|街道))"
)
_JOINS = Pattern(r"^(?:结合|对照|根据|按照|依据|依照|围绕|关于|对于)(?=.{4})")
_LEADERS = Pattern(r"(?:党组|党委|党工委|党总支|领导班子|的)$")
_ANNOUNCED = Pattern(r"(?:报告|年报)(?:公布|报告|公开|发布)?如下$|^现")
_ENTRUSTED = Pattern(r"委托|代(?:表)?[省市县区](?:人民)?政府")
_SHORTEST = 8
_OPENING = 3
"""So many sentences at the beginning of a paragraph may open with the body that acts in them."""

_MOST_PARAGRAPHS = 400
_LONGEST_PARAGRAPH = 1500


def names_in_sentences(texts: Sequence[str]) -> Iterator[Said]:
    """Give the names that paragraphs without blanks state, each with how surely it is the report's own."""
    for index, paragraph in enumerate(texts[:_MOST_PARAGRAPHS]):
        text = paragraph[:_LONGEST_PARAGRAPH]
        if len(text) < _SHORTEST:
            continue
        # Most sentences name nobody: a character that they lack is found sooner than a pattern fails.
        yield from names_by_labels(text)
        for mark, rank, pattern in _GIVEN if index < HEAD else _GIVEN_ANYWHERE:
            for found in pattern.finditer(text) if mark in text else ():
                if name := name_in_clause(found[found.lastgroup or 0]):
                    yield Said(rank, name)
        for number, sentence in enumerate(_SENTENCE.findall(text)):
            if len(sentence) >= _SHORTEST:
                yield from _in_sentence(sentence, at_head=index < HEAD)
                yield from _acting(sentence, at_head=index < HEAD and number < _OPENING)


def _in_sentence(sentence: str, *, at_head: bool) -> Iterator[Said]:
    """Give the names of those who are called 我局 in a sentence, are to be asked, or compile and present the report."""
    for found in _CALLED.finditer(sentence) if "称" in sentence else ():
        clause = _PAUSE.split(sentence[: found.start()])[-1]
        if name := name_in_clause(_after_setting(clause)):
            yield Said(3 if found["short"][0] in "我本" or name.endswith(found["short"][-1]) else 5, name)
    for found in _CONTACT.finditer(sentence) if _MAY_ASK.search(sentence) else ():
        if name := _up_to(sentence[found.end() :], _AFTER_CONTACT):
            yield Said(4, name)
    if at_head and (end := _IS_REPORT.search(sentence, 0, 60)) and (name := title_body(sentence[: end.end()])):
        yield Said(2, name)
    if at_head and "如下" in sentence and not OF_ANOTHER.search(sentence):
        yield from _announced(sentence)
    if _MADE.search(sentence) and not _ENTRUSTED.search(sentence):
        yield from _making(sentence)


def _making(sentence: str) -> Iterator[Said]:
    """Give the names of those who compile or present the report, and those in the title that is quoted for it."""
    for quoted in _QUOTED.finditer(sentence):
        title = TITLE.fullmatch(quoted["title"])
        if title and not OF_ANOTHER.search(sentence) and (name := own_name(title["body"])):
            yield Said(2, name)
    for by in _BY.finditer(sentence):
        if _MAKING.search(sentence, by.end()) and (name := _up_to(sentence[by.end() :], _AFTER_BY)):
            yield Said(2, name)
            break
    for found in _DOES.finditer(sentence):
        if not _REPORT.search(sentence, found.end(), found.end() + 80) and not sentence.startswith("本报告"):
            continue
        clause = _PAUSE.split(sentence[: found.start()])[-1]
        if name := name_in_clause(_after_setting(clause)):
            yield Said(2, name)
    for found in _PRESENTED.finditer(sentence):
        rest = _YEAR_FIRST.sub("", sentence[found.end() : found.end() + 200])
        if _DISCLOSED.search(rest, 0, 100) and (name := _up_to(rest, _OF_REPORT)):
            yield Said(2, name)


def _announced(sentence: str) -> Iterator[Said]:
    """Give the name in a title that is a clause of its own: 按照规定，青峰县水利局2022年…年度报告公布如下."""
    for clause in _STOP.split(sentence)[1:8]:
        if _ANNOUNCED.search(clause) and (name := title_body(clause)):
            yield Said(2, name)


def _after_setting(clause: str) -> str:
    """Give a clause without the words that set it: 根据要求, in front of the one who acts."""
    return _JOINS.sub("", _BEFORE_ACTOR.sub("", clause))


def _up_to(text: str, stop: Pattern) -> str | None:
    """Give the name that a text begins with, up to the first of the places where it may stop."""
    clause = _CLAUSE.match(text)
    return _name_before(clause.group(), stop) if clause else None


def _name_before(clause: str, stop: Pattern) -> str | None:
    """Give the name that a clause begins with, up to a word for what is done; the name may have that word in it."""
    named = None
    for found in stop.finditer(clause, 2):
        if found.start() > (len(named) + 10 if named else 44):
            break
        if name := name_in_clause(_LEADERS.sub("", clause[: found.start()])):
            named = name
            if not _GOES_ON.search(name):
                break
    return named


def _acting(sentence: str, *, at_head: bool) -> Iterator[Said]:
    """Give the name of the one who acts at the beginning of a sentence: of a year, or near the head of the report."""
    if sentence[0] in "(一二三四五六七八九十":
        sentence = _INLINE_HEADING.sub("", sentence)
    if not (at_head or sentence.startswith(_OF_YEAR)):
        return
    clauses = [clause for clause in _COMMA.split(_YEAR_LEADS.sub(r"\1,", sentence[:300]))[:6] if clause]
    dated = bool(clauses) and bool(_LEADING.match(clauses[0]))
    if not (dated or at_head):
        return
    for clause in clauses[1:] if dated else clauses:
        begins = _ACTS.match(clause)
        if _SETTING.match(clause) or (begins and begins.end() > 1):
            continue  # nobody acts in it; one character alone begins many a place's name
        name = _name_before(clause, _ACTS)
        if not name and clause is not clauses[-1]:
            name = name_in_clause(clause)  # 青峰县第一中学，办学六十年，…
        if name:
            yield Said(5, name)
        return
