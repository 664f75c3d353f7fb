"""Characters as readers of reports should compare them: one width, one script, one form of each radical.

`fold` maps one character to one character, so that an offset in the folded text is an offset in the original.
"""

import re
import unicodedata

# Radicals of U+2E80-2EF3 that PDF fonts print for the character itself; Unicode gives no mapping for them.
_RADICALS = (
    "⺁⺄⺅⺈⺉⺋⺌⺍⺎⺗⺙⺟⺠⺡⺣⺧⺩⺪⺬⺮⺯⺳⺶⺷⺸⺹⺻⺼⻁⻂⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻘⻙⻚⻛"
    "⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳"
)
_PLAIN_RADICALS = (
    "厂乙亻勹刂巳小小兀心攵母民氵灬牛王疋示竹糸网羊羊羊老聿月虎衤西见角讠贝车辶辶辶阝金长长长门阝青韦页风"
    "飞食食饣饣马骨鬼鱼鸟卤麦黄黾齐齿龙龟"
)

# Traditional forms of the characters that forms and reports use.
_TRADITIONAL = (
    "並亂佈佔併來侷係俬個備傢傳價儀億儘優內兩冊別則剋創劃動務勢勵匯區協厤參吳員唸問啓啟單噹嚮嚴囌國圍園圖團埰執堅報場壠夠奬奮學寀實審寫寬將專對導屆層屬崗幫庫廢廣廳張"
    "強彆彔彙彿後徑從復徵徹態慶應懷戶捨捲採揚揮撐擊擔據擴敎敗數斷於昇時暢曆曉曏書會朮東査條楓業極榘構樂樑標樣橋機檔檢檯櫃欄權歷歸氣氾汎決沒況淩減測準溝溫滙滾滿漢潛濟"
    "濱瀏灣災為無熱營爭爲爾狀獎獲獻現瑩環產産甦異當療發盡監眞眾確礄礎礦祕禮稅種稱積穩穫箇節範簡簽籤糰糾約紅納紙級紛細紹組結絡統經綜綫維網綿緊線編緻縣總績織繞繫繳繼續"
    "纍罰羣義習聞聯聲職聽脈脩臨臺與興舉舊華萬蒼蓆蓋蔘藍蘇處號衆術衕衛補製複襲覈見規視親覽觀觸訂計訊訓託記訟訪設許訴診註証評詢試話該詳誌認語誤說説課調談請論諮講謹證識"
    "譜議護讀變讓讚豐負財貢貧貫責貸費資賓賠賦質購贈贊踐踰軍軟較載輯輸輿轉辦農迴這連週進遊運過達遞遠適遲遷遺邁還郵鄉醫釋針釦鈡銜錄錯録錶鍼鍾鎭鎮鏈鏡鐘鐵長門開間閤閱閲"
    "關闢陞陣陽際隨險隱隻雙離難電鞏韆響頁項順預領題額類風颱飲餘饋馬駁驗體髮鯉麪麫麵黃點黨齊齣龍"
)
_SIMPLIFIED = (
    "并乱布占并来局系私个备家传价仪亿尽优内两册别则克创划动务势励汇区协历参吴员念问启启单当向严苏国围园图团采执坚报场垅够奖奋学采实审写宽将专对导届层属岗帮库废广厅张"
    "强别录汇佛后径从复征彻态庆应怀户舍卷采扬挥撑击担据扩教败数断于升时畅历晓向书会术东查条枫业极矩构乐梁标样桥机档检台柜栏权历归气泛泛决没况凌减测准沟温汇滚满汉潜济"
    "滨浏湾灾为无热营争为尔状奖获献现莹环产产苏异当疗发尽监真众确硚础矿秘礼税种称积稳获个节范简签签团纠约红纳纸级纷细绍组结络统经综线维网绵紧线编致县总绩织绕系缴继续"
    "累罚群义习闻联声职听脉修临台与兴举旧华万苍席盖参蓝苏处号众术同卫补制复袭核见规视亲览观触订计讯训托记讼访设许诉诊注证评询试话该详志认语误说说课调谈请论咨讲谨证识"
    "谱议护读变让赞丰负财贡贫贯责贷费资宾赔赋质购赠赞践逾军软较载辑输舆转办农回这连周进游运过达递远适迟迁遗迈还邮乡医释针扣钟衔录错录表针钟镇镇链镜钟铁长门开间合阅阅"
    "关辟升阵阳际随险隐只双离难电巩千响页项顺预领题额类风台饮余馈马驳验体发鲤面面面黄点党齐出龙"
)

_SURROGATE = re.compile("[\ud800-\udfff]")

INVISIBLE = dict.fromkeys(
    [*range(0x00, 0x09), 0x0B, *range(0x0E, 0x20), 0x7F, 0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF]
)
"""For str.translate: drops control and zero-width characters, which mean nothing in a report."""


def _folding() -> dict[str, str]:
    table = dict(zip(_RADICALS + _TRADITIONAL, _PLAIN_RADICALS + _SIMPLIFIED, strict=True))
    for code in (*range(0x2F00, 0x2FD6), *range(0xFF01, 0xFF5F)):
        table[chr(code)] = unicodedata.normalize("NFKC", chr(code))
    table |= zip("\u3000\u00a0\u2002\u2003\u2009\t〔〕【】﹙﹚︰", "      []" + "[]():", strict=True)
    return table


_FOLDING = _folding()
_FOLDED = re.compile(f"([{re.escape(''.join(_FOLDING))}])")


def join_surrogates(text: str) -> str:
    """Give a text without halves of characters: two that belong together are joined, a lone one becomes U+FFFD."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def fold(text: str) -> str:
    """Give the text in half width, simplified characters and plain radicals, character for character."""
    # Few characters of a text are folded, and to find them is several times faster than to translate each.
    pieces = _FOLDED.split(text)
    if len(pieces) == 1:
        return text
    pieces[1::2] = [_FOLDING[character] for character in pieces[1::2]]
    return "".join(pieces)
