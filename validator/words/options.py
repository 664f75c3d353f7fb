"""Help of commands and options, what stands in it for a value, and what is wrong with a call.

Keys of help are `command-` or `option-` with the name of what it is about, and what tells it from others of that name.
"""

LINES = {
    "command-main": (
        "核对政府信息公开工作年度报告：找出每一个对不上的数字。gouji 文件 就是 gouji check 文件。\n\n"
        "输出和帮助的语言由 --lang 或环境变量 GOUJI_LANG 决定（zh 或 en）。",
        "Check annual reports on government information disclosure: find every figure that does not add up. "
        "gouji FILE is gouji check FILE.\n\n"
        "--lang or the environment variable GOUJI_LANG (zh or en) sets the language of output and help.",
    ),
    "command-check": (
        "核对文件和文件夹（文件夹会逐层查找可读的文件）。\n\n"
        "退出状态：0 没有达到 --fail-on 的问题；1 有这样的问题，即使另有文件无法读取；"
        "2 用法、配置或规则文件有误，没有核对；3 没有这样的问题，但有文件无法读取。",
        "Check files and folders (a folder is searched through for files that can be read).\n\n"
        "Exit status: 0 nothing at or above --fail-on; 1 findings at or above it, even if other files could not be "
        "read; 2 wrong usage, a bad configuration or rule file: nothing was checked; 3 no such finding, but a file "
        "that could not be read.",
    ),
    "command-join": (
        "合并 gouji check --shard 分份核对的结果：输出和一次核对全部文件完全相同。\n\n退出状态与 gouji check 相同。",
        "Put together what gouji check --shard found in shares: the output is that of one run over all files.\n\n"
        "Exit status as for gouji check.",
    ),
    "command-baseline": (
        "把现有的问题记入基线文件，以后 gouji check --baseline 只报新问题。\n\n"
        "退出状态：0 已写好；2 用法、配置或规则文件有误；3 有文件无法读取。",
        "Write what is found now into a baseline; from then on gouji check --baseline tells new findings alone.\n\n"
        "Exit status: 0 it is written; 2 wrong usage, a bad configuration or rule file; 3 an input could not be read.",
    ),
    "command-annotate": (
        "核对文件，另写一份带批注的副本：每个问题是一条批注，写在应先改的那一格或那句话上。原文件不动。\n\n"
        "退出状态与 gouji check 相同。",
        "Check files and write copies in which each problem is a note at the cell or words to change first. "
        "The files themselves stay as they are.\n\nExit status as for gouji check.",
    ),
    "command-fix": (
        "另写一份更正后的副本：只改能够确定的数（勾稽关系只有这一种改法），正文和其他数一概不动。"
        "文字文档中的更正是修订，由人接受或拒绝；电子表格中更正的格带批注，公式不改。"
        "旧格式的副本由 LibreOffice 转为 .docx 或 .xlsx。写好后再核对一次。\n\n"
        "退出状态是副本的核对结果，与 gouji check 相同。",
        "Write a corrected copy: only figures that are proved are changed (the relations leave no other), nothing "
        "of the prose and nothing else. In a Word file the changes are tracked, for a person to accept or reject; in a "
        "workbook each has a note, and formulas stay. Of older formats LibreOffice makes .docx or .xlsx. The copy is "
        "checked again.\n\n"
        "Exit status is that of the copy, as for gouji check.",
    ),
    "command-serve": (
        "在浏览器中打开一个页面，将报告拖入即可核对；文件不离开这台电脑。",
        "Open a page in the browser to drop reports into; files do not leave this computer.",
    ),
    "command-read": (
        "读出报告中的数字及其位置。单个文件输出一个 JSON 对象；文件夹或多个文件每行一个。\n\n"
        "退出状态：0 全部读出；2 用法有误；3 有文件无法读取。",
        "Print the figures of reports with their places. One file gives one JSON object, a folder or several files "
        "one object a line.\n\nExit status: 0 all were read; 2 wrong usage; 3 an input could not be read.",
    ),
    "command-rules": ("列出全部规则，按所查的内容分组。", "List all rules, by what they look at."),
    "command-explain": (
        "解释一条规则：查什么，为什么，依据，公式，例子。",
        "Explain a rule: what it checks, why, its basis, formula and examples.",
    ),
    "command-forms": ("列出各种报告格式：年度、表格和文件。", "List the forms of reports: years, tables, files."),
    "option-baseline": ("只报基线文件中没有的问题", "Tell only findings that are not in this baseline."),
    "option-cache": (
        "把结果存入文件夹，下次只读有变化的文件",
        "Keep what was found in a folder; the next run reads only what changed.",
    ),
    "option-changed-since": (
        "只核对 git 中自这个版本以来有变化的文件和同一单位前后年度的文件",
        "Check only what has changed in git since REV, and the years before and after it.",
    ),
    "option-config": (
        "配置文件；不写则用当前文件夹或其上级的 gouji.toml",
        "The configuration; by default the nearest gouji.toml in this folder or above.",
    ),
    "option-diff": ("只显示会改什么，不写文件", "Show what would change and write nothing."),
    "option-executor": (
        "交给现有的 dask 集群：dask://主机:端口",
        "Check on a dask cluster that runs already: dask://HOST:PORT.",
    ),
    "option-fail-on": (
        "达到哪一级问题时退出状态为 1",
        "The weight from which a finding makes the exit status 1.",
    ),
    "option-for": ("只列适用于这个文件所用格式的规则", "List those alone that apply to the form of this file."),
    "option-format": ("结果的格式", "Format of the result."),
    "option-format-of-list": ("输出的格式", "Format of the output."),
    "option-forms": ("另加一个文件夹里的格式（可多次使用）", "Add the form files of a folder; may be given again."),
    "option-help": ("显示帮助", "Show this help."),
    "option-ignore": ("不报告这条规则或这组规则的问题，可重复", "Do not tell about this rule or group; repeatable."),
    "option-jobs": (
        "进程数；不写则文件多时每个核一个",
        "Number of processes; by default one a core where there are many files.",
    ),
    "option-lang": ("输出的语言", "Language of the output."),
    "option-no-browser": ("不打开浏览器，只显示地址", "Show the address and open no browser."),
    "option-no-config": ("不用任何配置文件", "Use no configuration."),
    "option-no-diagnosis": ("不推断最可能的原因", "Do not look for the most likely cause."),
    "option-open": (
        "在浏览器中打开核对报告；没有用 --report html= 写明位置的，写入临时文件夹",
        "Open the audit page in the browser; it lies in a temporary folder unless --report html= names a place.",
    ),
    "option-output": ("结果写入文件（要么完整写入，要么不写）", "Write the result to a file, whole or not at all."),
    "option-output-of-baseline": (
        "基线文件；不写则用配置中的 baseline，再不然 gouji-baseline.json",
        "The baseline; by default that of the configuration, or else gouji-baseline.json.",
    ),
    "option-output-of-copies": (
        "副本的文件名；多个文件则写文件夹，以 / 结尾；不写则写在当前文件夹，文件名加“.annotated”",
        "The copy; of several files the folder for them, ending in /; by default NAME.annotated.docx in this folder.",
    ),
    "option-output-of-fix": ("副本的文件名", "The copy."),
    "option-port": ("端口；不写则用一个空闲的", "The port; by default a free one."),
    "option-prune": (
        "只从基线中删去已改正的和文件已不存在的，不加新的",
        "Drop from it what is fixed or whose file is gone; add nothing.",
    ),
    "option-quiet": ("只显示问题", "Show nothing but problems."),
    "option-report": (
        "同一次运行另写一份结果，可重复",
        "Write the result in a further format as well; repeatable.",
    ),
    "option-reviews": (
        "填写过的问题清单（.xlsx），读回核实情况和整改情况",
        "A list of problems that was filled in (.xlsx): what was verified and mended is read back.",
    ),
    "option-rules": ("另加一个文件夹里的规则", "Add the rule files of a folder."),
    "option-scans": (
        "装有图像识别组件时，是否识别扫描页和图片",
        "Whether scanned pages and pictures are read, where the extra scan is installed.",
    ),
    "option-select": ("只报告这条规则或这组规则的问题，可重复", "Tell only about this rule or group; repeatable."),
    "option-shard": (
        "只核对 N 份中的第 I 份，存入 --cache 的文件夹，再用 gouji join 合并",
        "Check only share I of N, keep it in the folder of --cache, and put all together with gouji join.",
    ),
    "option-statistics": (
        "在标准错误输出用时和各条规则的问题数",
        "Tell on standard error how long it took and what each rule found.",
    ),
    "option-template": (
        "整改通知的模板（.docx），代替自带的",
        "The template of notices (.docx), instead of the built-in one.",
    ),
    "option-timeout": ("多进程时每个文件的时限（秒）", "Limit for one file, where processes are used."),
    "option-until-closed": ("页面全部关闭后结束程序", "End the program when all of its pages are closed."),
    "option-version": ("显示版本", "Show the version."),
    "usage-lead": ("用法：", "Usage: "),
    "usage-mark": ("：", ":"),
    "usage-options": ("选项", "Options"),
    "usage-commands": ("命令", "Commands"),
    "usage-join": ("，", "; "),
    "usage-variable": ("环境变量 {name}", "env var: {name}"),
    "usage-default": ("默认 {value}", "default: {value}"),
    "usage-least": ("不小于 {least}", "at least {least}"),
    "misuse-lead": ("错误：", "Error: "),
    "misuse-help": ("详见：{path} --help", "Try '{path} --help' for help."),
    "misuse-of-option": ("选项 {name}：{message}", "Invalid value for '{name}': {message}"),
    "misuse-unknown": ("命令的写法有误", "the call is wrong"),
    "misuse-too-many": ("多了参数：{extra}", "too many arguments: {extra}"),
    "misuse-no-command": ("没有“{name}”命令{near}", "no command {name!r}{near}"),
    "misuse-no-option": ("没有 {name} 选项{near}", "{detail}"),
    "misuse-takes-no-value": ("选项 {name} 后面不带值", "{detail}"),
    "misuse-needs-value": ("选项 {name} 后面要写值", "{detail}"),
    "misuse-missing": ("缺少 {name}", "{detail}"),
    "misuse-choice": ("没有“{value}”{near}可以是 {choices}", "{detail}{near}"),
    "misuse-whole": ("“{value}”不对，应为不小于 {least} 的整数", "{detail}"),
    "misuse-number": ("“{value}”不对，应为不小于 {least} 的数", "{detail}"),
    "misuse-is-file": ("{path} 是文件，应为文件夹", "{detail}"),
    "misuse-is-folder": ("{path} 是文件夹，应为文件", "{detail}"),
    "misuse-no-folder": ("没有这个文件夹：{path}", "{detail}"),
    "misuse-shard": ("应写作 I/N，I 从 1 到 N：{value}", "write I/N with I from 1 to N: {value}"),
    "misuse-shard-alone": ("--shard 要和 --cache 一起用", "--shard needs --cache"),
    "misuse-report": ("应写作 格式=文件：{name}", "write FORMAT=PATH: {name}"),
    "misuse-no-paths": ("请写明文件或文件夹", "name files or folders"),
    "misuse-two-configs": ("--config 和 --no-config 只能用一个", "--config and --no-config exclude each other"),
    "misuse-needs-file": ("{format} 要用 --output 写明文件", "{format} needs a file: --output"),
    "misuse-needs-folder": ("{format} 要用 --output 写明文件夹", "{format} needs a folder: --output"),
    "misuse-needs-either": (
        "{format} 要用 --output 写明文件，或以 / 结尾的文件夹",
        "{format} needs --output: a file, or a folder that ends in /",
    ),
    "misuse-no-copy": ("请用 --output 写明副本的文件名，或用 --diff", "name the copy with --output, or --diff"),
}
"""Key -> the line in Chinese and in English; `detail` is what click says in English."""

PLACEHOLDERS = {
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "PATH...": "路径...",
    "[PATH...]": "[路径...]",
    "RULE-ID": "规则",
    "ID": "规则",
    "FILE": "文件",
    "DIR": "文件夹",
    "FILE|DIR/": "文件|文件夹/",
    "FORMAT=PATH": "格式=文件",
    "SECONDS": "秒",
    "REV": "版本",
    "URL": "地址",
}
"""What stands for a value in help, in English and in Chinese; what is not here is the same in both."""
