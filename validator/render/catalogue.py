"""The one message catalogue: every text a reader of results meets that no rule file holds, in both languages.

Lookups give a Bilingual. An unknown code is shown as it is: a text that was forgotten must not hide a result.
"""

from collections.abc import Mapping

from validator.errors import ReadError
from validator.model.bilingual import Bilingual
from validator.model.form import FormId
from validator.model.outcome import Severity

from .phrases import PHRASES

_READ_ERRORS = {
    "empty": ("文件是空的，没有内容可以核对", "the file is empty: there is nothing to check"),
    "too-large": (
        "文件太大（{size}，上限 {limit}），未读取；请只交年度报告正文",
        "the file is too large ({size}, the limit is {limit}) and was not read; give the annual report alone",
    ),
    "too-deep": (
        "标签嵌套太深，不像一份报告，未读取；请另存为普通网页或文本再核对",
        "tags are nested too deeply for a report; not read. Save the page anew as plain HTML or text",
    ),
    "too-many-rows": (
        "表格超过{limit}行，不像一份年度报告，未读取；几份报告请分成几个文件",
        "more than {limit} table rows, which is not one annual report; not read. Give each report a file of its own",
    ),
    "unknown-suffix": (
        "不支持“{suffix}”格式，请另存为 Word、Excel、PDF、网页或文本；可读取的格式：{known}",
        'files of type "{suffix}" cannot be read; save it as Word, Excel, PDF, HTML or text. Known are {known}',
    ),
    "wrong-suffix": (
        "后缀是“{suffix}”，内容却是 {actual}；请改正后缀，或打开后另存为 Word、Excel、PDF 或网页",
        'the suffix says "{suffix}", but the content is {actual}; mend it, or save the file as Word, Excel, PDF or HTML',
    ),
    "no-suffix": (
        "文件名没有后缀，无法判断格式；可读取的格式：{known}",
        "no suffix to tell the format; known are {known}",
    ),
    "cannot-open": ("打不开：{reason}", "cannot be opened: {reason}"),
    "missing-file": ("没有这个文件或文件夹，请检查路径", "no such file or folder; check the path"),
    "no-files": (
        "文件夹里没有可读取的报告；可读取的格式：{known}",
        "the folder holds no report that can be read; these can: {known}",
    ),
    "mojibake": (
        "文字是乱码，原文已经损坏或编码不明；请用原始文件，或另存为 UTF-8",
        "the text is garbled: damaged, or in an unknown encoding; use the original file or save it as UTF-8",
    ),
    "binary": (
        "内容不是文字；请确认文件没有损坏，并使用原来的格式",
        "the content is no text; make sure that the file is whole and has its own suffix",
    ),
    "no-text": (
        "网页里没有文字，内容可能要由浏览器运行脚本后才出现；请在浏览器中打开后另存",
        "the page holds no text, which a script may have to put there; open it in a browser and save it from there",
    ),
    "encrypted": (
        "文件设有密码，未读取；请去掉密码后另存再核对",
        "the file is protected by a password and was not read; save it without one",
    ),
    "damaged": (
        "文件已损坏或不完整，无法作为 {kind} 打开（{detail}）；请用原来的程序打开后另存，或重新取得文件",
        "the file is damaged or cut short and cannot be opened as {kind} ({detail}); save it anew or get it again",
    ),
    "too-much-packed": (
        "压缩内容异常（{what}，上限 {limit}），不像一份报告，未读取",
        "what is packed in the file is beyond any report ({what}, the limit is {limit}); not read",
    ),
    "unsafe-xml": (
        "文件内部的 XML 声明了文档类型或实体（{part}），可能有害，未读取；请用 Word/WPS 打开后另存",
        "XML inside the file declares a document type or entities ({part}), which may do harm; not read. Save it anew",
    ),
    "needs-extra": (
        '读取 {suffix} 文件需要另装组件，请运行：pip install "gouji[{extra}]"',
        'reading {suffix} files needs an extra; run: pip install "gouji[{extra}]"',
    ),
    "needs-office": (
        "读取 {suffix} 文件要借助 LibreOffice，本机没有找到；请安装 LibreOffice，或用 Word/WPS 另存为 {better}",
        "reading {suffix} files needs LibreOffice, which was not found; install it, or save the file as {better}",
    ),
    "office-failed": (
        "LibreOffice 打不开这个 {suffix} 文件（{detail}）；请用 Word/WPS 另存为 {better}",
        "LibreOffice could not open this {suffix} file ({detail}); save it as {better} with Word or WPS",
    ),
    "office-slow": (
        "LibreOffice 在{seconds}秒内没有转换完这个 {suffix} 文件，已停止；请用 Word/WPS 另存为 {better}",
        "LibreOffice did not finish with this {suffix} file in {seconds} s and was stopped; save it as {better}",
    ),
    "scanned-pages": (
        "无法读取：第{pages}页是扫描图片，没有文字层；请使用由文档直接导出的文件",
        "cannot be read: scanned page {pages}, a picture without a text layer; use a file exported from the document",
    ),
    "garbled-pages": (
        "无法读取：第{pages}页的文字层是乱码（字体没有编码表）；请使用由文档直接导出的文件",
        "cannot be read: the text layer of page {pages} is garbled (its fonts lack a code table); export it anew",
    ),
    "too-many-pages": (
        "共{count}页（上限{limit}页），不像一份年度报告，未读取",
        "{count} pages (the limit is {limit}), which is not one annual report; not read",
    ),
    "no-text-inside": (
        "文件里没有文字，无从核对；请确认交的是年度报告，并用原来的程序打开看看",
        "the file holds no text to check; open it in its own program and make sure that it is the annual report",
    ),
    "only-pictures": (
        "文件里只有{count}张图片，没有文字，图片里的表格读不出来；请使用表格可以编辑的原始文件",
        "the file holds {count} picture(s) and no text, and tables in pictures cannot be read; use the file they are in",
    ),
    "only-embedded": (
        "正文是嵌入的另一个文件（共{count}个），没有读取；请用 Word 打开后另存为 .docx",
        "the text is {count} other file(s) embedded in this one and was not read; save it as .docx with Word",
    ),
    "json-syntax": ("不是有效的 JSON：{reason}", "not valid JSON: {reason}"),
    "json-shape": (
        "JSON 不是 gouji read 输出的结构（{where}：{problem}）",
        "the JSON does not have the shape that gouji read prints ({where}: {problem})",
    ),
    "not-a-report": (
        "里面没有找到政府信息公开年度报告的表格或章节",
        "neither tables nor sections of an annual report on government information disclosure were found",
    ),
    "internal": (
        "程序内部错误（{detail}），这个文件没有核对；请把文件和本行一起反馈给开发者",
        "internal error ({detail}); this file was not checked. Please report it with the file and this line",
    ),
    "timeout": (
        "处理超过{seconds}秒，已停止，没有核对；请把文件反馈给开发者，或加大 --timeout",
        "not done within {seconds} s, so it was stopped and not checked; raise --timeout, or report it with the file",
    ),
    "crashed": (
        "程序内部错误（处理这个文件的进程意外终止），没有核对；请把文件反馈给开发者",
        "internal error (the process at work on this file died); not checked. Please report it with the file",
    ),
}

_SEVERITIES = {
    Severity.ERROR: ("错误", "error"),
    Severity.WARNING: ("警告", "warning"),
    Severity.NOTE: ("提示", "note"),
}

_REASONS = {
    "total-blank": ("总计空白", "the total is blank"),
    "all-blank": ("全部空白", "all cells are blank"),
    "parts-blank": ("有总计而分项全空", "a total without parts"),
    "missing": ("报告缺少相应的表、行或列", "the report lacks the table, row or column"),
    "unreadable": ("有单元格无法读出", "a cell cannot be read"),
    "not-applicable": ("填写为不适用", "marked as not applicable"),
    "blank": ("有空白格，无法与另一份报告核对", "a blank cell cannot be held against the other report"),
    "scope": ("报告注明只统计本级", "the report says that it counts its own office alone"),
    "unlike": (
        "同一单位同一年度的几个文件数字几乎全不相同，单位或年度可能读错",
        "files of one body and year hardly agree anywhere; body or year may be misread",
    ),
    "waived": ("已在配置中注明理由", "waived by the configuration, with a reason"),
}

_LINES = PHRASES | {
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
    "passed": (
        "√ 通过（核对 {assessed}/{expected}） {report}",
        "ok ({assessed}/{expected} checked) {report}",
    ),
    "nothing-checked": ("· 没有可核对的勾稽关系 {report}", "- nothing to check in {report}"),
    "more-passed": ("√ 另有{count}份通过", "ok {count} more passed"),
    "not-assessed": ("未能核对（不算通过）", "Not assessed (not a pass)"),
    "not-assessed-line": ("{table}{reason}：{count}条关系未核对", "{table}{reason}: {count} relation(s) not assessed"),
    "not-assessed-cells": ("（{cells}）", " ({cells})"),
    "list": ("、", "; "),
    "and-more": ("等", "; …"),
    "unreadable": ("无法读取", "Could not be read"),
    "unreadable-line": ("{source}：{error}", "{source}: {error}"),
    "summary": (
        "共{reports}份：{failed}份有错误，{passed}份通过，{unreadable}份无法读取；"
        "错误{errors}处，警告{warnings}处，提示{notes}处；勾稽关系核对 {assessed}/{expected} 条",
        "{reports} report(s): {failed} with errors, {passed} passed, {unreadable} unreadable; "
        "{errors} error(s), {warnings} warning(s), {notes} note(s); {assessed} of {expected} relations checked",
    ),
    "suppressed": ("；按配置不报{count}处", "; {count} finding(s) exempted by configuration"),
    "in-baseline": ("；基线中已知{count}处", "; {count} known from the baseline"),
    "fixed": ("基线中的{count}处已改正", "{count} finding(s) of the baseline are fixed"),
    "fixed-finding": ("{source}：{rule} 已改正（{message}）", "{source}: {rule} is fixed ({message})"),
    "exemption-expired": (
        "{file} 第{line}行的例外已于{until}到期，仍有{count}处相符，已照报（理由：{reason}）",
        "{file}, line {line}: this exemption expired on {until} and {count} finding(s) that it fits are told ({reason})",
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
    "no-git": ("--changed-since 要用 git，本机没有找到", "--changed-since needs git, which was not found"),
    "no-repository": ("--changed-since：{folder} 不在 git 仓库中", "--changed-since: {folder} is in no git repository"),
    "unknown-revision": (
        "--changed-since {revision}：仓库中没有这个版本（浅克隆请先取回历史）",
        "--changed-since {revision}: the repository has no such revision (a shallow clone must fetch it first)",
    ),
    "git-failed": ("--changed-since：git 出错：{detail}", "--changed-since: git failed: {detail}"),
    "skipped-json": (
        "文件夹中有{count}个 .json 不是报告，已略过",
        "skipped {count} .json file(s) found in folders that are no reports",
    ),
    "folder-taken": (
        "文件夹 {path} 已有别的内容，不是 gouji 写的，不会覆盖；请另选一个",
        "the folder {path} holds what gouji did not write, and is left as it is; choose another",
    ),
    "cannot-write": ("写不了 {path}：{reason}", "cannot write {path}: {reason}"),
}

_MARKS = {Severity.ERROR: ("×", "x"), Severity.WARNING: ("!", "!"), Severity.NOTE: ("·", "-")}


def describe_read_error(error: ReadError) -> Bilingual:
    """Say in a line why a file could not be read and what to do next."""
    return _fill(_READ_ERRORS.get(error.code, (error.code, error.code)), error.values)


def describe_severity(severity: Severity) -> Bilingual:
    """Give the severity in a word."""
    return Bilingual(*_SEVERITIES[severity])


def mark(severity: Severity) -> Bilingual:
    """Give the sign of a severity; the Chinese ones exist in GBK, the English ones in ASCII."""
    return Bilingual(*_MARKS[severity])


def describe_reason(reason: str) -> Bilingual:
    """Say why an instance of a rule came to no verdict."""
    return Bilingual(*_REASONS.get(reason, (reason, reason)))


def describe_form(form: FormId | str | None) -> Bilingual:
    """Name a form by the year it came into use."""
    if form is None:
        return line("unknown-form")
    return line("narrative-form") if form == "narrative" else line("form", form=form)


def line(key: str, **values: str | int) -> Bilingual:
    """Give a line of the output with its values filled in; KeyError if the catalogue has no such line."""
    return _fill(_LINES[key], values)


class _Known(dict[str, str | int]):
    def __missing__(self, key: str) -> str:
        return "…"


def _fill(pair: tuple[str, str], values: Mapping[str, str | int]) -> Bilingual:
    known = _Known(values)
    return Bilingual(pair[0].format_map(known), pair[1].format_map(known))
