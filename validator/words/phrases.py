"""Lines of the catalogue that outputs for other programs and for pull requests have and a screen has not."""

LINES = {
    "rule-checks": ("核对什么", "What it checks"),
    "rule-written": ("规则文件中写作 `{formula}`：", "The file of the rule writes it `{formula}`:"),
    "rule-message": ("提示语", "Message"),
    "rule-given-head": ("填写", "given"),
    "rule-verdict-head": ("结果", "verdict"),
    "rule-why": ("理由", "Why"),
    "rule-basis": ("依据", "Basis"),
    "rule-limits": ("何时不核对", "When it is not assessed"),
    "rule-examples": ("例", "Examples"),
    "explain-more": ("详见：gouji explain {rule}", "More: gouji explain {rule}"),
    "case": ("{title}：{cell}", "{title}: {cell}"),
    "case-left-out": (
        "按配置不报，或基线中已知",
        "exempted by configuration, or known from the baseline",
    ),
    "case-readable": ("可以读取", "can be read"),
    "more-annotations": (
        "另有{count}处{severity}没有标注（GitHub 每一步每类只显示{limit}条），见本步骤的日志",
        "{count} more of severity {severity} have no annotation (GitHub shows {limit} of a kind a step): see the log",
    ),
    "comment-title": ("勾稽核对：{verdict}", "Cross-check: {verdict}"),
    "comment-sound": ("没有发现错误", "no errors found"),
    "comment-failed": ("{failed}份报告有错误", "{failed} report(s) with errors"),
    "comment-unreadable": ("，{unreadable}份无法读取", ", {unreadable} unreadable"),
    "comment-columns": (
        "报告|有错误|通过|无法读取|错误|警告|提示|勾稽关系核对",
        "reports|with errors|passed|unreadable|errors|warnings|notes|relations checked",
    ),
    "comment-findings": ("{severity}：{count}条", "{severity}: {count} finding(s)"),
    "comment-unassessed": ("{report}：{count}条关系未核对", "{report}: {count} relation(s) not assessed"),
    "comment-cut": (
        "篇幅所限，另有{count}处问题没有列出；完整结果见这次运行的其他输出",
        "Too long for a comment: {count} more finding(s) are left out; see the other outputs of this run",
    ),
    "comment-more-lines": ("另有{count}份没有列出", "{count} more report(s) are left out"),
    "time": (
        "用时{seconds}秒，每秒{rate}份",
        "{seconds} s, {rate} report(s) a second",
    ),
    "time-stages": (
        "核对{checking}秒，写出结果{telling}秒",
        "{checking} s for checking, {telling} s for writing the results",
    ),
    "time-columns": (
        "规则|错误|警告|提示|份数|未核对",
        "rule|errors|warnings|notes|reports|not assessed",
    ),
}
"""Key -> the line in Chinese and in English, as the catalogue holds them."""
