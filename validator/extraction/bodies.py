"""What is the name of a body at all, which body an office stands for, and when two names are those of one body."""

from typing import NamedTuple

from validator.patterns import Pattern, any_of

LETTER = r"(?:[^\W\d_]|\d{1,3}(?=团|师|中|小学|医院|连|号))"
"""A character of a name: a Chinese one (a range of them would cost a hundred times more to compile), or 188团."""

NAME = rf"{LETTER}{{2,40}}?(?:\({LETTER}{{2,20}}\){LETTER}{{0,20}}?){{0,2}}"
"""A regular expression for what may be a name; `own_name` says whether it is one."""

SHORT_TOWN = "..(?:镇|乡|街道)"
"""附城镇, 为民街道: a word at the front is part of the place's name, for hardly one has a single character."""
_SHORT_TOWN = Pattern(SHORT_TOWN)

SPELLED = r"二[〇○◯零ＯO0]?[〇○◯零ＯO一二三四五六七八九0]{2}"
YEAR = rf"(?:20[0-4]\d(?:年(?:年?度)?|年?度)?|{SPELLED}年(?:年?度)?)"

_LONGEST = 40
_ENDING = any_of("""
局 委 委员会 办 办公室 办公厅 中心 政府 厅 部 院 署 会 社 处 街道 街 苏木 镇 乡 队 校 大学 学院 学 [银支分总商发]行
公司 集团 所 站 馆 台 园 海关 狱 联 研究室 厂 矿 师 团 省 自治区 区 县 市 州 盟 旗 新城 科技城 大学城 库 基地 协会
场 办学 幼儿园 书店
""")
_END = Pattern(rf"{_ENDING}(?:\((?:本级|机关|本机关|本部|局机关|公司|总公司|集团)\))?$")
_LAST = frozenset("局委办心府厅部院署会社处道街木镇乡队校学行司团所站馆台园关狱联室厂矿师省区县市州盟旗城库地协场店)")
_LAST_OF_OFFICES = frozenset("办科股室处厅心点构栏口")
"""The last signs of names, and of those of offices: no other text is looked at."""

# What stands before a name in a title, a sentence or a cell, and is none of it.
_LEADS = Pattern(
    any_of(rf"""
{SPELLED}年度? 附件\d?\d? 附 标题 名称 信息名称 文件名称 题名 正文 首页 来源 关于(?:公布|发布|印发)?
现(?:将|就|公布|公开|发布|予(?:以)?公布) 兹将 特将 特?(?:现)?向社会(?:公众|各界)?(?:公布|公开|发布|公开发布)?
公开发布 公布 发布 印发 特?(?:编制|编写|制作|撰写|形成)了? 由 以下[是为]? 下面 系 是 为(?!县) (?:本|该)(?:年度)?报告
年度 年(?=[^年]{{3}})
""")
)
# A text with one of these words is no name but a piece of a sentence.
_NO_NAME = Pattern(
    any_of(r"""
报告 年报 年度 情况 根据 按照 依照 依据 关于 规定 要求 通知 条例 办法 精神(?!文明|卫生) 领导下 指导下 部署 支持下 的
以及 政府及 各[^界] 有关 相关 代表(?!处|大会) 发布(?!中心) 共[办受收发接处回答] 上级 社会公[众布]
全[文市县区省年国镇乡旗] 落实 贯彻 认真 推进 单位 部门 中华人民共和国政府信息 信息公开条 现将 向社会 请与 联系 如下
同时 其中 之间 包括 通过 没有 未(?!央) 需要 发生 针对 [我本][局镇乡委办院校厅站所会] 本机关 本单位 (?<![务息讯])公开
[一二三四五六七八九]是 另行 及时 暨 网站 门户 深入 积极 推行 电子版 可以 原为 改为 了 下设 设在 [省市县区]属
[一二三四五六七八九十两]处$ (?<![省市县区州旗盟镇乡木])(?<!人民)政府$ (?<![省市县区州旗盟镇乡木])人民政府$
(?:大厅|平台|社会|机会|大会|市场|现场|全部|内部|干部|科学|数据库|信息库|场所)$
""")
)
_SEAL = Pattern(r"\((?:盖章|公章|签章|印章|章|签字盖章|加盖公章|代章|印)\)$")
# 我局, 县政府, 开发区管委会: words for any body of its kind.
_WHICH = any_of("我 本(?!溪) 该 其(?!他) 贵 各 上级 有关 省 市 县 区 镇 乡 州 旗 两级 地方 基层 当地")
_KIND = any_of(r"""
派出所 人民政府 政府 党委 委 政务 办公室 机关 单位 部门 街道 街道办事处 街道办 [乡镇](?:人民)?政府 党组 局 厅 处
分局 支队 大队 中心 集团 公司 机构 领导小组(?:办公室)? 办事处 服务中心 局机关 委员会 市 县 区 镇 乡 省 社会 公众
行政机关 国务院 人大 政协 法院 检察院 本级 自治区 新区 辖区 城区 社区 新城
(?:高新|经开|开发|示范|度假|投资|园|经济(?:技术)?开发)?区?(?:管委会|管理委员会)
(?:高新|经开|开发|示范|度假|投资|园|经济(?:技术)?开发)区 乡镇(?:街道)? 镇街 学校 医院 企业
""")
_GENERAL = Pattern(rf"{_WHICH}?{_KIND}|(?:人民政府|政府|党政|党群|综合|行政)+办(?:公[室厅])?")
# What begins so is not the report's own body, or no name: 各部门, 协助区政府, 镇应急办.
_NOT_ITS_OWN = Pattern(
    any_of(r"""
我 您 你 不 专门 今年 截至 截止 目前 其次 所列 直属 当前 本(?!溪) 该[^镇县乡] 各 全(?!椒|州县|南|国) 其[他它] 每 某 上级
有关 国务院办公厅政府信息 成立 设立 组建 调整 建立 召开 依托 利用 通过 使用 登录 加强 做好 推进 开展 协助 配合 督促
(?:共|新|已)?(?:办理|受理|处理|收到|答复|回复) (?:[镇乡]|街道)[^省市县区州旗盟镇乡]{1,8}(?:办|办公室|站|所|中心)$
""")
)
_JOINING = any_of("""
在 向(?!阳|前|化|上) 对(?!外|口) 为(?!县) 与 和(?!平|田|龙|顺|静|政|布|硕|林|县|合) 及 将(?!乐|军) 从(?!化|江) 到 至
经(?!济|开|贸) 因 代(?!县) 转 并(?!州) 被 受 把 以(?!安) 按 就
""")
_CLAUSE_BEFORE = Pattern(rf"(?!{SHORT_TOWN}){_JOINING}")
"""Words that join a clause to the one who acts in it; where a name stands alone they begin a place's name."""

_DISCLOSURE = r"(?:(?:(?<!人民)政府|政务)?(?:信息|资讯)公开|政务公开|政务信息)"
_DISCLOSURE_OFFICE = Pattern(
    rf"{_DISCLOSURE}(?:工作)?(?:领导小组)?(?:[与和][^\W\d_]{{2,6}})?(?:办公室|办|处|科|股|室|中心|受理点|受理机构|受理处|机构|专栏|窗口)?$"
)
_OFFICE = (
    r"(?:党政|党群|党委|党建|学校|校长|院长|人大|和|综合|行政|政务|法制|法规|秘书|文秘|信息|宣传|政工|人事)*"
    r"(?:办公[室厅]|办|科|股|室|处)"
)
_TOWN_OFFICE = Pattern(
    rf"(.*?(?:(?:[镇乡]|苏木)(?:人民)?政府|街道办事处)(?=.{{0,12}}(?:办公室|办|科|股|室)$)|.*?(?:[镇乡]|苏木)(?=(?:{_OFFICE})+$)"
    rf"|.*?街道(?:办事处)?(?=党|综|行|人|{_OFFICE}.)(?=(?:{_OFFICE})+$)).*"
)
_SECTION = Pattern(r"(?<=办公[室厅])(?:[^\W\d_]{2,6}[科股处]|办公室)$|(?<=办)办公室$")
_INNER_OFFICE = Pattern(
    rf"(.*?(?:[局厅部署院校学站馆队关行社所会联园场狱委]|(?<!兵)团|中心|公司|办事处|(?:开发|保税|示范|度假|园)区|办(?:公[室厅])?))"
    rf"(?:{_OFFICE})+$"
)
_PARTY = Pattern(
    r"[省市县区州旗]委(?!员会$|$|.*部)|(?:领导小组|(?:编制|编纂|工作|运动|动员)委员会|常委会)(?:办公室|办)$"
)
"""Committees and groups whose office is a body of its own, and the party's committees."""
_GOVERNS = Pattern(r"(?:[省市县区州旗盟]|(?<![镇乡])(?<!苏木)政府)$")
_SIGNS = Pattern(rf"(?:(?![A-Za-z])(?:{LETTER}|[()]))+")
_ALIAS = Pattern(r"(?<=.{3})\((?!(?:本级|机关|本机关|本部|局机关|公司|总公司|集团)\))[^()]{2,20}\)$")
"""A second name of the same body, or a part of it: 国防动员办公室（人民防空办公室）."""
_BRACKET_FIRST = Pattern(r"^\([^()]*\)(?=.{3})")
_FORMER = Pattern(r"\((?:原|以下|下称|简称|挂|加挂|曾)[^()]*\)")
HEAD = 40
"""So many lines may stand before a report's own text."""


class Said(NamedTuple):
    """A name as a document gives it; the lower the rank the surer that the report is its own.

    1 a title, 2 who compiles or presents it, 3 who signs it, 4 who is to be asked, 5 who acts, 6 a doubtful title, 7 a
    group or an account, 8 who publishes the page, its path or an address, 9 who runs it; see bylines.NO_EVIDENCE.
    """

    rank: int
    name: str


def name_in_clause(text: str) -> str | None:
    """Give what office_name gives of a piece of a sentence, where words before the name may belong to another."""
    name = office_name(text)
    return None if name is None or _CLAUSE_BEFORE.match(name) else name


def office_name(text: str) -> str | None:
    """Give the body that a piece of text names, itself or by the office that answers for disclosure; None if none."""
    name = own_name(text)
    if name is None and text[-1:] in _LAST_OF_OFFICES:  # 综合科 is no end of a name
        name = own_name(body_of_office(text))
    if name and name[-1] in _LAST_OF_OFFICES:
        name = body_of_office(name)
    return None if name is None or is_general(name) or not _is_closed(name) else name


def own_name(text: str) -> str | None:
    """Give the name of a body that a piece of text is, without what stands before it; None if it is none."""
    name = text.strip("-_|·.、—– ")
    if name[-1:] not in _LAST:
        return None  # as most texts
    if "(" in name:
        name = _ALIAS.sub("", _BRACKET_FIRST.sub("", _FORMER.sub("", _SEAL.sub("", name))))
    name = name.removesuffix("机关")
    while found := _LEADS.match(name):
        if len(name) - found.end() < 3 and found.end() > 1:
            return None  # 现公布我县
        if len(name) - found.end() < 3 or (found.end() == 1 and _SHORT_TOWN.match(name)):
            break
        name = name[found.end() :].lstrip(":、")
    if not 3 <= len(name) <= _LONGEST or not _END.search(name) or _NO_NAME.search(name):
        return None
    if not _SIGNS.fullmatch(name) or not _is_closed(name):
        return None
    return None if is_general(name) or _NOT_ITS_OWN.match(name) else name


def _is_closed(name: str) -> bool:
    return name.count("(") == name.count(")")


def is_general(name: str) -> bool:
    """Whether a name is a word for any body of its kind: 县政府, 我局."""
    return _GENERAL.fullmatch(name) is not None


def body_of_office(name: str) -> str:
    """Give the body whose office answers for disclosure: that of a bureau or a town, not that of a government above.

    The office of a county's government or higher is a body of its own, with a report of its own.
    """
    name = _SECTION.sub("", name)
    of_office = _DISCLOSURE_OFFICE.sub("", name) or name
    if not _GOVERNS.search(of_office):
        name = of_office
    if found := _TOWN_OFFICE.fullmatch(name):
        return found[1]
    if not _PARTY.search(name) and (found := _INNER_OFFICE.fullmatch(name)):
        return found[1]
    return name
