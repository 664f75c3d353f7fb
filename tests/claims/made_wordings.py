"""What the made reports of end_to_end.py are worded with: three styles for the forms of 2021 and 2019, one for 2014.

The figures that the tables hold stand in angle brackets. Nothing here is shared with the data that the reader applies.
"""

YEAR = ["{y}年，", "本年度，", "报告期内，", "全年", "一年来，", "过去一年，"]
BODY = ["我局", "全局", "本机关", "我单位", "局系统", ""]
ASKED = ["政府信息公开申请", "依申请公开件", "信息公开申请", "公开政府信息的申请", "依申请公开事项"]
UNIT = ["件", "宗", "份", "件"]
RECEIVED = [
    "{year}{body}共收到{asked}<{new}>{unit}，上年结转<{over}>{unit}。",
    "{year}{body}新收{asked}<{new}>{unit}，另有上年度结转办理的<{over}>{unit}。",
    "{year}{body}受理社会公众提出的{asked}<{new}>{unit}；上一年度未办结、转入本年的有<{over}>{unit}。",
    "{body}{year}收到各类{asked}累计<{new}>{unit}，较上年有所增加，上年结转<{over}>{unit}。",
    "{year}{asked}新增<{new}>{unit}、上年结转<{over}>{unit}。",
    "{year}{body}接收<{new}>{unit}{asked}，加上年结转的<{over}>{unit}一并办理。",
]
APPLICANTS = [
    "按申请人划分，自然人<{person}>件，法人或其他组织<{legal}>件。",
    "其中，自然人申请<{person}>件，法人和其他组织申请<{legal}>件。",
    "新收的申请中，<{person}>件由自然人提出，<{legal}>件由法人或其他组织提出。",
    "申请人为公民的<{person}>件，为法人及其他组织的<{legal}>件。",
]
HANDLED = [
    "全年办结<{done}>件，结转下年度继续办理<{left}>件。",
    "已办结<{done}>件，其余<{left}>件按规定结转至下一年度。",
    "截至年底共答复<{done}>件，尚有<{left}>件转入{next}年办理。",
    "依法依规办理完毕<{done}>件，<{left}>件结转{next}年继续办理。",
    "在法定期限内办结申请<{done}>件，下年度继续办理<{left}>件。",
]
OUTCOMES = [
    "其中予以公开<{granted}>件，部分公开<{partially_granted}>件，不予公开<{denied}>件，无法提供<{unavailable}>件，"
    "不予处理<{rejected}>件，其他处理<{other}>件。",
    "办理结果为：<{granted}>件予以公开，<{partially_granted}>件部分公开，<{denied}>件不予公开，<{unavailable}>件无法提供，"
    "<{rejected}>件不予处理，<{other}>件作其他处理。",
    "从结果看，予以公开的<{granted}>件，部分公开的<{partially_granted}>件，不予公开的<{denied}>件，无法提供的<{unavailable}>件，"
    "不予处理的<{rejected}>件，作出其他处理的<{other}>件。",
    "答复结果包括同意公开<{granted}>件、部分公开<{partially_granted}>件、决定不予公开<{denied}>件、告知无法提供<{unavailable}>件、"
    "不予处理<{rejected}>件、其他处理<{other}>件。",
]
CASES = [
    "因政府信息公开被申请行政复议<{review}>件，被提起行政诉讼<{suit}>件。",
    "{year}因信息公开引发行政复议案件<{review}>起、行政诉讼案件<{suit}>起。",
    "涉及政府信息公开的行政复议<{review}>件；行政诉讼<{suit}>件。",
    "{year}发生政府信息公开类行政复议<{review}>宗，行政诉讼<{suit}>宗。",
]
RESULTS = [
    "行政复议案件中，结果维持<{upheld}>件，结果纠正<{corrected}>件，尚未审结<{pending}>件。",
    "上述行政复议，<{upheld}>件维持，<{corrected}>件被纠正，<{pending}>件正在审理。",
]
PAPERS = [
    "{year}制发行政规范性文件<{issued}>件，废止<{repealed}>件，现行有效<{force}>件。",
    "{year}新制定规范性文件<{issued}>件，废止规范性文件<{repealed}>件，截至年底现行有效规范性文件<{force}>件。",
    "规范性文件方面，{year}印发<{issued}>件，宣布废止<{repealed}>件，继续有效<{force}>件。",
]
DECISIONS = [
    "{year}作出行政许可决定<{permits}>件、行政处罚决定<{fines}>件。",
    "{year}办理行政许可<{permits}>件，作出行政处罚<{fines}>件。",
    "行政许可处理决定<{permits}>件，行政处罚处理决定<{fines}>件。",
]
ASIDE = [
    "门户网站发布各类信息{a}条，阅读量{b}万人次。",
    "办理12345热线工单{a}件，按时办结率99.{c}%。",
    "承办人大代表建议{c}件、政协提案{c}件，均已办复。",
    "收到网民留言{a}条，回复{a}条。",
    "组织业务培训{c}次，{a}人参加。",
    "审核规范性文件草案{c}件，提出意见{a}条。",
    "申请内容主要涉及征地拆迁（{c}件）、工程建设等方面。",
    "较上年增加{c}件，增长{c}.5%。",
    "发布政策解读{c}篇，召开新闻发布会{c}场。",
    "受理信访事项{a}件，不动产登记查询申请{b}件。",
    "指导各镇街办理依申请公开{a}件。",
    "整改问题{c}个，开展检查{c}次。",
]

BRIEF = {
    "PAPERS": ["行政规范性文件：制发<{issued}>件、废止<{repealed}>件、现行有效<{force}>件。"],
    "DECISIONS": [
        "行政许可、行政处罚处理决定分别为<{permits}>件、<{fines}>件。",
        "行政许可<{permits}>件，行政处罚<{fines}>件。",
    ],
    "RECEIVED": [
        "新收申请<{new}>{unit}，上年结转<{over}>{unit}。",
        "本年新收、上年结转的{asked}分别为<{new}>{unit}、<{over}>{unit}。",
    ],
    "APPLICANTS": ["其中自然人<{person}>件、法人和其他组织<{legal}>件。"],
    "HANDLED": ["办结<{done}>件，结转下年<{left}>件。", "已办结<{done}>件、结转下年度<{left}>件。"],
    "OUTCOMES": [
        "其中：予以公开<{granted}>件、部分公开<{partially_granted}>件、不予公开<{denied}>件、无法提供<{unavailable}>件、"
        "不予处理<{rejected}>件、其他处理<{other}>件。"
    ],
    "CASES": ["政府信息公开行政复议、行政诉讼分别为<{review}>件、<{suit}>件。"],
    "RESULTS": ["行政复议维持<{upheld}>件、纠正<{corrected}>件、尚未审结<{pending}>件。"],
}
FORMAL = {
    "PAPERS": [
        "{year}{body}严格落实规范性文件管理制度，由{body}制发并公开的行政规范性文件共计<{issued}>件，经清理予以废止的<{repealed}>件，"
        "截至{y}年12月31日现行有效的<{force}>件。"
    ],
    "DECISIONS": [
        "{year}{body}依法作出的行政许可决定共<{permits}>件，依法作出的行政处罚决定共<{fines}>件，均已在门户网站公示。"
    ],
    "RECEIVED": [
        "{year}{body}认真做好依申请公开工作，共收到公民、法人和其他组织提出的{asked}<{new}>{unit}，由上一年度结转至本年度办理的<{over}>{unit}。",
        "截至{y}年12月31日，{body}本年度新收{asked}共<{new}>{unit}，此外上年度结转<{over}>{unit}。",
    ],
    "APPLICANTS": ["在新收的申请中，由自然人提出的<{person}>件，由法人或其他组织提出的<{legal}>件。"],
    "HANDLED": [
        "对上述申请，{body}均依法办理，其中在本年度内办结的<{done}>件，按规定结转下一年度继续办理的<{left}>件。",
        "{body}已在法定期限内办结申请<{done}>件，另有<{left}>件因未到答复期限结转下年度办理。",
    ],
    "OUTCOMES": [
        "从答复结果来看，决定予以公开的<{granted}>件，决定部分公开的<{partially_granted}>件，决定不予公开的<{denied}>件，"
        "因各种原因无法提供的<{unavailable}>件，不予处理的<{rejected}>件，作其他处理的<{other}>件。"
    ],
    "CASES": [
        "{year}因政府信息公开工作被申请行政复议的案件共<{review}>件，因政府信息公开工作被提起行政诉讼的案件共<{suit}>件。"
    ],
    "RESULTS": ["在行政复议案件中，复议结果为维持的<{upheld}>件，被纠正的<{corrected}>件，尚未审结的<{pending}>件。"],
}
PAPERS_2019 = [
    "{year}新制作规范性文件<{issued}>件，新公开<{published}>件，对外公开总数量<{force}>件。",
    "本年新制作规范性文件<{issued}>件，本年新公开规范性文件<{published}>件。",
]
DISCLOSED_2014 = [
    "{year}{body}主动公开政府信息<{disclosed}>条，其中通过政府网站公开<{website}>条，通过政务微博公开<{weibo}>条，"
    "通过政务微信公开<{wechat}>条。",
    "{year}{body}共主动公开各类政府信息<{disclosed}>条。政府网站公开政府信息<{website}>条，政务微博公开政府信息<{weibo}>条，"
    "政务微信公开政府信息<{wechat}>条。",
]
REQUESTS_2014 = [
    "{year}{body}共收到政府信息公开申请<{received}>{unit}，其中当面申请<{person}>{unit}，网络申请<{online}>{unit}，信函申请<{letter}>{unit}。",
    "{year}受理依申请公开<{received}>{unit}：网上提交<{online}>{unit}、信函提交<{letter}>{unit}、当面提交<{person}>{unit}。",
]
CLOSED_2014 = ["申请办结<{closed}>件，其中按时办结<{punctual}>件，延期办结<{extended}>件。"]
REPLIES_2014 = [
    "申请答复<{replies}>件，其中属于已主动公开范围<{public}>件，同意公开答复<{granted}>件，同意部分公开答复<{partly}>件，"
    "不同意公开答复<{denied}>件，申请信息不存在<{absent}>件，告知作出更改补充<{amend}>件。",
    "{year}共答复<{replies}>件：已主动公开<{public}>件、同意公开<{granted}>件、部分公开<{partly}>件、不同意公开<{denied}>件、"
    "信息不存在<{absent}>件、告知更改补充<{amend}>件。",
]
CASES_2014 = [
    "因政府信息公开引发行政复议<{review}>件、行政诉讼<{suit}>件。",
    "{year}涉及政府信息公开的行政复议案件<{review}>件，行政诉讼案件<{suit}>件。",
]
STAFF_2014 = [
    "设立政府信息公开工作专门机构<{offices}>个，设置政府信息公开查阅点<{points}>个，从事政府信息公开工作人员<{staff}>人，"
    "其中专职人员<{full}>人、兼职人员<{part}>人。",
    "{body}有信息公开工作人员<{staff}>名（专职<{full}>名，兼职<{part}>名），信息查阅点<{points}>处。",
]
TRAINING_2014 = [
    "召开政府信息公开工作会议<{meetings}>次，举办培训班<{courses}>次，接受培训人员<{trainees}>人次。",
    "{year}召开信息公开专题会议<{meetings}>次，举办各类培训班<{courses}>期，参加培训<{trainees}>人次。",
]
