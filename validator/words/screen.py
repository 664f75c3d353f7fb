"""Lines of what `gouji check` and its kin say on a screen; other outputs use many of them too."""

SCREEN = {
    "form": ("{form}年格式", "form of {form}"),
    "narrative-form": ("无表格", "no tables"),
    "unknown-form": ("格式不明", "unknown form"),
    "heading": ("{name} {year}年（{form}）", "{name} {year} ({form})"),
    "heading-without-year": ("{name}（{form}）", "{name} ({form})"),
    "nameless": ("未写明单位", "body not named"),
    "change": ("{cell} 印为 {reported}，应为 {proposed}", "{cell} says {reported}, should be {proposed}"),
    "change-blank": ("{cell} 空白，应为 {proposed}", "{cell} is blank, should be {proposed}"),
    "join": ("；", "; "),
    "reason": ("（{reason}）", " ({reason})"),
    "mends-one": ("改此{count}处，这条勾稽关系即成立", "this mends it"),
    "mends": ("改此{count}处，{mended}条勾稽关系全部成立", "this mends all {mended} relations"),
    "unique": (
        "最可能：{changes}；{mends}，别无同样小的改法",
        "Most likely: {changes}; {mends}, and no other change as small does",
    ),
    "one-of": ("最可能：{changes}；{mends}", "Most likely: {changes}; {mends}"),
    "detected": (
        "必有一格有误，但勾稽关系不能确定是哪一格；可能：{changes}",
        "A cell is wrong, but the relations cannot tell which; perhaps: {changes}",
    ),
    "partial": (
        "可能是部分原因：{changes}；改此{count}处，{mended}条勾稽关系成立，其余仍不成立",
        "Perhaps part of the cause: {changes}; this mends {mended} relation(s), not the others",
    ),
    "extraction": (
        "疑为读取所致，请对照原件：{changes}；如此则{mended}条勾稽关系成立",
        "Possibly misread, compare the original: {changes}; so read, {mended} relation(s) hold",
    ),
    "larger": ("或者，要多改一处：{changes}", "or, with a cell more: {changes}"),
    "rival": ("或者：{changes}", "or: {changes}"),
    "more-rivals": ("另有{count}种同样小的改法", "and {count} other change(s) as small"),
    "nothing-small": (
        "没有简单的改法能使各条勾稽关系成立，至少有{at_least}处有误",
        "No small change mends these relations; at least {at_least} cell(s) are wrong",
    ),
    "one": ("一", "one"),
    "certain": ("确定：无其他同等改动方案", "certain: no other change of this size"),
    "likely": ("较为可能：另有{count}种同等改动方案", "likely: {count} other change(s) of this size"),
    "undecided": ("不能确定是哪一格", "not certain which cell"),
    "in-part": ("可能是部分原因", "perhaps part of the cause"),
    "misread": ("疑为读取所致，请核对原件", "possibly misread, compare the original"),
    "not-inferred": ("请核实", "to be verified"),
    "was-mended": (
        "原填报为 {reported}，已改为 {proposed}，请核实",
        "was {reported}, changed to {proposed}; verify it",
    ),
    "formula-gives": (
        "公式的结果为 {reported}，应为 {proposed}；公式未改，请核对公式",
        "the formula gives {reported} and should give {proposed}; it was left, check it",
    ),
    "blank-figure": ("（空白）", "(blank)"),
    "list-heading": ("{report}：{count}处问题", "{report}: {count} problem(s)"),
    "list-place": ("位置：{place}", "Where: {place}"),
    "list-reported": ("填报为：{reported}", "Reported: {reported}"),
    "list-proposed": ("应为：{proposed}（{certainty}）", "Should be: {proposed} ({certainty})"),
    "list-perhaps": ("可能应为：{proposed}（{certainty}）", "Perhaps: {proposed} ({certainty})"),
    "list-basis": ("依据：{basis}", "Basis: {basis}"),
    "list-none": ("没有发现问题", "no problems found"),
    "passed": (
        "√ 通过（核对 {assessed}/{expected}） {report}",
        "ok ({assessed}/{expected} checked) {report}",
    ),
    "nothing-checked": ("· 没有可核对的勾稽关系 {report}", "- nothing to check in {report}"),
    "all-known": (
        "· 错误{known}处，都在基线中，没有新的（核对 {assessed}/{expected}） {report}",
        "- {known} error(s), all in the baseline, none new ({assessed}/{expected} checked) {report}",
    ),
    "not-filled-in": (
        "· 没有填写：表中全部空白，无从核对（{assessed}/{expected}） {report}",
        "- not filled in: all cells are blank, nothing to check ({assessed}/{expected}) {report}",
    ),
    "more-passed": ("√ 另有{count}份通过", "ok {count} more passed"),
    "not-assessed": ("未能核对（不算通过）", "Not assessed (not a pass)"),
    "not-assessed-line": ("{table}{reason}：{count}条关系未核对", "{table}{reason}: {count} relation(s) not assessed"),
    "not-assessed-cells": ("（{cells}）", " ({cells})"),
    "list": ("、", "; "),
    "and-more": ("等", "; …"),
    "unreadable": ("无法读取", "Could not be read"),
    "unreadable-line": ("{source}：{error}", "{source}: {error}"),
    "summary-partly": ("（其中{count}份未能全部核对）", " ({count} of them not fully assessed)"),
    "summary-known": ("，{count}份的错误都在基线中", ", {count} with known errors alone"),
    "summary-blank": ("，{count}份没有填写", ", {count} not filled in"),
    "summary": (
        "共{reports}份：{failed}份有错误，{sound}份通过{partly}{known}{blank}，{unreadable}份无法读取；"
        "错误{errors}处，警告{warnings}处，提示{notes}处；勾稽关系核对 {assessed}/{expected} 条",
        "{reports} report(s): {failed} with errors, {sound} passed{partly}{known}{blank}, {unreadable} unreadable; "
        "{errors} error(s), {warnings} warning(s), {notes} note(s); {assessed} of {expected} relations checked",
    ),
    "next-steps": (
        "下一步：写成可以转交的网页：gouji {path} --report html={page}；查看规则的依据：gouji explain 规则编号",
        "Next: a page to hand on: gouji {path} --report html={page}; what a rule rests on: gouji explain RULE-ID",
    ),
    "several-paths": ("文件夹", "FOLDER"),
    "page-path": ("核对报告.html", "audit.html"),
    "site-path": ("核对结果/", "audit/"),
    "suppressed": ("；按配置不报{count}处", "; {count} finding(s) exempted by configuration"),
    "in-baseline": ("；基线中已知{count}处", "; {count} known from the baseline"),
    "fixed": ("基线中的{count}处已改正", "{count} finding(s) of the baseline are fixed"),
    "fixed-finding": ("{source}：{rule} 已改正（{message}）", "{source}: {rule} is fixed ({message})"),
    "exemption-expired": (
        "{file} 第{line}行的例外已于{until}到期，仍有{count}处相符，已照报（理由：{reason}）",
        "{file}, line {line}: this exemption expired on {until} and {count} finding(s) it fits are told ({reason})",
    ),
    "exemption-idle": (
        "{file} 第{line}行的例外已没有相符的问题，可以删除（理由：{reason}）",
        "{file}, line {line}: this exemption matches nothing any more and can go ({reason})",
    ),
    "ignore-idle": (
        "{source} 第{line}行的注释要求不报 {rule}，但没有这样的问题",
        "{source}, line {line}: a comment asks not to tell of {rule}, which finds nothing",
    ),
    "ignore-idle-more": ("另有{count}处这样的注释", "{count} more such comment(s)"),
    "baseline-written": (
        "{path}：已记入{count}处；以后用 gouji check --baseline {path} 只报新问题",
        "{path}: {count} finding(s) written; gouji check --baseline {path} now tells new ones alone",
    ),
    "baseline-pruned": ("{path}：删去{dropped}处，还有{count}处", "{path}: {dropped} finding(s) dropped, {count} left"),
    "skipped": (
        "文件夹中有{count}个不是报告的 .json 或 gouji 写出的结果，已略过",
        "skipped {count} found in folders that are no reports: other .json, or what gouji wrote",
    ),
    "no-processes": (
        "无法启动另外的进程，文件由一个进程逐一核对",
        "no further processes could be started; the files were checked one after the other",
    ),
    "cache-rebuilt": (
        "缓存 {path} 已损坏或由别的版本写成，已重建（{reason}）",
        "the cache {path} was damaged or of another version, and was made anew ({reason})",
    ),
    "cache-unused": (
        "缓存 {path} 无法使用，本次未用（{reason}）",
        "the cache {path} could not be used and was left alone ({reason})",
    ),
    "store-failed": (
        "临时文件 {path} 无法读写：{reason}",
        "the temporary file {path} cannot be read or written: {reason}",
    ),
}
"""Key -> the line in Chinese and in English."""
