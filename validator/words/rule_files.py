"""What is wrong in a file of rules, forms, words or slips: key -> the line in Chinese and in English."""

from validator.model.bilingual import Bilingual
from validator.records import Fault

from . import line

LINES = {
    "rule-no-cell": ("{place}：check 里没有提到任何单元格", "{place}: check names no cell"),
    "rule-no-own-cell": (
        "{place}：check 里没有提到本报告的单元格",
        "{place}: check names no cell of the report itself",
    ),
    "rule-no-field": (
        "{place}：message.{language} 没有 {name} 这个字段{near}",
        "{place}: message.{language}: no field {name!r}{near}",
    ),
    "rule-odd-field": (
        "{place}：message 只有一种语言用到 {odd}",
        "{place}: message: only one language uses {odd}",
    ),
    "rule-no-relation": (
        "{place}：{text} 不是 a + b = c 这样的关系",
        "{place}: {text!r} is not a relation such as 'a + b = c'",
    ),
    "rule-cannot-read": (
        "{place}：{text} 中的 {rest} 无法识别；关系写作 a + sum(b) = 2 * c",
        "{place}: cannot read {rest!r} in {text!r}; a relation is written like 'a + sum(b) = 2 * c'",
    ),
    "rule-id-taken": ("{place}：编号 {name} 已被 {other} 使用", "{place}: the id {name!r} is taken by {other}"),
    "rule-kind": (
        "{place}：kind：{name} 不是 {known} 之一{near}",
        "{place}: kind: {name!r} is not one of {known}{near}",
    ),
    "file-id-differs": ("{place}：id {name} 与文件名不同", "{place}: id {name!r} differs from the file's name"),
    "rule-no-examples": ("{place}：examples：至少写一个例子", "{place}: examples: give at least one"),
    "rule-relators": (
        "{place}：check：{kind} 类规则的两边用 {relators} 连接",
        "{place}: check: a rule of kind {kind!r} relates its sides by {relators}",
    ),
    "rule-kind-taken": (
        "{place}：kind：{kind} 类规则只能有一条，已有 {other}",
        "{place}: kind: there can be one rule of kind {kind!r}, and {other!r} is it",
    ),
    "rule-apart": (
        "{place}：{key}：{kind} 没有 {name}{near}",
        "{place}: {key}: there is no {kind} {name!r}{near}",
    ),
    "no-rule-files": ("{place}：里面没有规则文件（*.yaml）", "{place}: no rule files (*.yaml) there"),
    "no-form-files": ("{place}：里面没有格式文件（*.yaml）", "{place}: no form files (*.yaml) there"),
    "rule-form": (
        "{place}：forms 第{number}项：{name} 不是 {known} 之一{near}",
        "{place}: forms: {number}: {name!r} is not one of {known}{near}",
    ),
    "rule-said-already": (
        "{place}：与 {other} 内容相同（{where}）",
        "{place}: says what {other} says already ({where})",
    ),
    "unknown-name": ("{place}：没有 {name}{near}", "{text} {name!r}{near}"),
    "in-file": ("{place}：{what}", "{place}: {what}"),
    "yaml-unreadable": ("{place}：无法读取：{reason}", "{place}: cannot be read: {reason}"),
    "yaml-encoding": ("{place}：无法读取：不是 UTF-8 编码", "{place}: cannot be read: it is not UTF-8"),
    "yaml-empty": ("{place}：文件是空的", "{place}: the file is empty"),
    "yaml-wrong": ("{place}{line}：不是 YAML", "{place}: not YAML: {detail}"),
    "yaml-deep": ("{place}：层数太多", "{place}: too many levels, one inside the other"),
    "yaml-line": ("{place} 第{line}行：{what}", "{place}, line {line}: {what}"),
    "yaml-many": (
        "连同别名重复的，文件里超过{limit}个值",
        "the file has more than {limit} values, with what its aliases repeat",
    ),
    "yaml-circle": ("别名在它所指的内容里面", "an alias stands inside of what it names"),
    "yaml-key": ("键 {key} 不是文字，请加引号", "the key {key!r} is not a text; put it in quotes"),
    "yaml-key-twice": ("键 {key} 出现了两次", "the key {key!r} stands twice"),
    "yaml-number": (
        "{text}…不是{limit}位以内的数，请加引号",
        "{text}… is no number of at most {limit} signs; put it in quotes",
    ),
    "yaml-meaning": (
        "{text} 在 YAML 里不是文字，是文字就请加引号",
        "{text!r} is a {meaning} to YAML; put it in quotes if it is a text",
    ),
    "fault-key": ("没有“{name}”这个键{near}", "unknown key {name!r}{near}"),
    "fault-missing": ("缺少“{name}”", "the key {name!r} is missing"),
    "fault-choice": ("“{name}”不是 {choices} 之一{near}", "{found} is not one of {choices}{near}"),
    "fault-type": ("{found} 不是{wanted}", "{found} is not {wanted}"),
    "fault-other": ("内容不合要求", "{wanted}"),
    "slip-twice": (
        "{place}：slips 第{number}项：编号 {name} 出现了两次",
        "{place}: slips: {number}: the id {name!r} stands twice",
    ),
    "words-unit": ("{place}：没有 {name} 这个单位{near}", "{place}: no unit {name!r}{near}"),
    "words-form": ("{place}：没有 {name} 这种格式{near}", "{place}: no form {name!r}{near}"),
    "words-kind": ("{place}：没有 {name} 这类词{near}", "{place}: no kind of words {name!r}{near}"),
    "words-sum": (
        "{place}：{text} 无法识别；写作 a + b - c 这样的和",
        "{place}: cannot read {text!r}; write a sum such as 'a + b - c'",
    ),
    "words-taken": (
        "{place}：kinds.{kind}：“{word}”已有别的意思",
        "{place}: kinds.{kind}: the word {word} has another meaning already",
    ),
    "form-no-such-table": (
        "{place}：格式 {form} 没有 {name} 表{near}",
        "{place}: without: form {form} has no table {name!r}{near}",
    ),
    "form-new-table": (
        "{place}：格式 {form} 没有这个编号的表{near}；请写出它的 blocks",
        "{place}: form {form} has none of this id{near}; give its blocks",
    ),
    "form-change": (
        "{place}：写 drop，或 relabel 和 label，或 row 和 below，或 column 和 right_of",
        "{place}: say drop, or relabel and label, or row and below, or column and right_of",
    ),
    "form-no-part": ("{place}：没有 {name} 这一行或列{near}", "{place}: no row or column {name!r}{near}"),
    "form-no-set": ("{place}：sets：没有 {name}{near}", "{place}: sets: no set {name!r}{near}"),
    "form-reserved": ("{place}：id：{name} 另有含义", "{place}: id: {name!r} has a meaning of its own"),
    "form-taken": (
        "{place}：格式 {name} 已经有了（{other}）",
        "{place}: the form {name!r} is there already ({other})",
    ),
    "form-years": (
        "{place}：first_year：{year}年度的报告用格式 {form}（{other}）",
        "{place}: first_year: reports of {year} follow form {form} ({other})",
    ),
    "form-after": (
        "{place}：after：{year}年以前没有格式 {name}{near}",
        "{place}: after: no form {name!r} begins before {year}{near}",
    ),
    "form-table-parts": (
        "{place}：写出它的 name、heading 和 blocks",
        "{place}: give its name, heading and blocks",
    ),
    "form-table-either": ("{place}：blocks 和 changes 只写一种", "{place}: give either its blocks or changes"),
    "form-key-missing": ("{place}：缺少“{key}”", "{place}: the key {key!r} is missing"),
}
"""`near` asks whether the nearest right name is meant."""

_WANTED = {
    "true or false": "true 或 false",
    "a number": "数",
    "a whole number": "整数",
    "a text": "文字",
    "a list": "列表",
    "keys with values": "键和值",
}


def describe_fault(fault: Fault) -> Bilingual:
    """Say what does not fit its type, and under which keys."""
    near = line("did-you-mean", near=fault.near) if fault.near else Bilingual("", "")
    found = str(fault.found)
    match fault.kind:
        case "unknown-key":
            what = line("fault-key", name=found, near=near)
        case "missing":
            what = line("fault-missing", name=found)
        case "choice":
            what = line(
                "fault-choice", name=found, found=repr(fault.found), choices=", ".join(fault.choices), near=near
            )
        case "type":
            wanted = Bilingual(_WANTED.get(fault.wanted, fault.wanted), fault.wanted)
            what = line("fault-type", found=repr(fault.found), wanted=wanted)
        case _:
            what = line("fault-other", wanted=fault.wanted)
    path = [str(step + 1 if isinstance(step, int) else step) for step in fault.path]
    return Bilingual("：".join([*path, what.zh]), ": ".join([*path, what.en]))
