"""Where something stands in a file, and what the page of a rule says beside the words of its file."""

LINES = {
    "place-line": ("第{line}行第{column}字", "line {line}, character {column}"),
    "place-web-cell": ("网页第{table}个表格第{row}行第{column}列", "page table {table}, row {row}, column {column}"),
    "place-web-text": ("网页正文第{block}段", "page text, block {block}"),
    "place-word-cell": (
        "文档第{table}个表格第{row}行第{column}列",
        "document table {table}, row {row}, column {column}",
    ),
    "place-word-text": ("文档第{paragraph}段", "document paragraph {paragraph}"),
    "place-sheet": ("工作表“{sheet}”{cell}", 'sheet "{sheet}" {cell}'),
    "place-page": (
        "第{page}页，距左{left}厘米、距上{top}厘米",
        "page {page}, {left} cm from the left, {top} cm from the top",
    ),
    "place-scan": (
        "第{page}页图片（图像识别，请核对原件{seen}）",
        "picture of page {page} (read from a picture{seen}; hold it against the original)",
    ),
    "place-scan-likelihood": ("，可信度{likelihood}{sums}", ", likelihood {likelihood}{sums}"),
    "place-scan-sums": ("，{proved}个合计印证", ", proved by {proved} sum(s)"),
    "rule-limits-cells": (
        "与有数的格并列的空格按0计。缺格、有格无法识别、总计空白而各项有数、全部空白、一侧全部空白而另一侧不为0时不核对，"
        "不核对不视为通过。",
        "A blank beside figures counts as 0. Not assessed, and never counted as a pass: a cell that is missing or "
        "cannot be read, a blank total of filled parts, cells that are all blank, and a blank side against one that is "
        "not 0.",
    ),
    "rule-limits-links": (
        "两份报告中有一格空白、缺失或无法识别，就不核对；缺上年报告的，也不核对。不核对不视为通过。",
        "Not assessed, and never counted as a pass: a cell that is blank, missing or cannot be read in either report, "
        "and reports without one of the year before.",
    ),
    "rule-of-last": ("上年报告的", "last year's "),
    "rule-of-units": ("下属单位之和：", "the sum over the members of "),
    "rule-level-county": ("县级政府", "county governments"),
    "rule-level-county-department": ("县级部门", "county departments"),
    "rule-level-township": ("乡镇、街道", "townships"),
    "rule-severity": ("级别", "Severity"),
    "rule-severity-parts": ("总计相等时", "If the totals agree"),
    "rule-severity-exact": ("配置注明应当相等时", "If configured as exact"),
    "rule-severity-sides": (
        "左边大时{left}，右边大时{right}",
        "{left} if the left side is greater, {right} if the right is",
    ),
    "rule-group": ("分组", "Group"),
    "rule-forms": ("适用", "Reports of"),
    "rule-loop": ("逐一核对", "For each of"),
    "rule-loop-cells": ("{table}各格（{count}格）", "{table}, every cell ({count})"),
    "rule-loop-rows": ("{table}各行（{count}行）", "{table}, every row ({count})"),
    "rule-when": ("条件", "If"),
    "rule-levels": ("适用单位", "Bodies"),
    "rule-many": ("{first} 至 {last}，共{count}项", "{first} to {last}, {count} in all"),
    "rule-holds": ("成立", "holds"),
    "rule-broken": ("不成立", "broken"),
    "rule-broken-by": ("不成立，相差 {by}", "broken, difference {by}"),
    "rule-not-assessed": ("不核对：{reason}", "not assessed: {reason}"),
    "part-prose": ("正文", "the prose"),
    "part-diagnosis": ("更改建议", "the likely causes"),
    "part-comparison": ("与其他报告的比较", "the comparison with other reports"),
    "lacks-both": ("单位和年度", "the body or the year"),
    "lacks-body": ("单位", "the body"),
    "lacks-year": ("年度", "the year"),
}
"""Key -> the line in Chinese and in English."""
