"""What is wrong in a file that people write: rules, forms, words, slips, a configuration, a baseline."""

from collections.abc import Mapping

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
    "yaml-where": (" 第{line}行", ""),
    "yaml-deep": ("{place}：层数太多", "{place}: too many levels, one inside the other"),
    "at-line": ("{place} 第{line}行：{what}", "{place}, line {line}: {what}"),
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
    "config-condition": ("至少要写一个条件：{names}", "give at least one condition: {names}"),
    "config-fingerprint": ("{text!r} 不是16位十六进制", "{text!r} is not 16 hex digits"),
    "config-renamed-same": ("新旧名称相同", "both names are the same"),
    "config-no-member": ("至少要有一个下属单位", "give at least one member"),
    "config-member-twice": ("“{name}”重复", "{name!r} stands twice"),
    "config-negative": ("{number} 小于0", "{number} is less than 0"),
    "config-not-positive": ("{number} 不大于0", "{number} is not greater than 0"),
    "config-no-date": (
        "{text!r} 不是日期（如 2026-12-31）或 never",
        "{text!r} is neither a date (2026-12-31) nor 'never'",
    ),
    "config-no-year": ("{year} 不是报告的年度", "{year} is no year of a report"),
    "config-blank": ("不能空白", "must not be blank"),
    "config-no-pattern": ("{text!r} 不是路径的模式", "{text!r} is no pattern of paths"),
    "config-no-rule": ("没有规则或规则组“{name}”{near}", "no rule or group {name!r}{near}"),
    "config-no-fit": ("没有单元格符合“{cell}”", "no cell fits {cell!r}"),
    "config-no-cell": ("没有单元格“{name}”{near}", "no cell {name!r}{near}"),
    "config-array": ("要写成双方括号 [[{name}]]", "write it in double brackets: [[{name}]]"),
    "config-no-table": ("{file}：没有 {table} 表", "{file}: there is no table {table}"),
    "config-encoding": (
        "{file} 第{line}行：文件不是 UTF-8 编码，而是{actual}；请另存为 UTF-8",
        "{file}, line {line}: not in UTF-8 but in {actual}; save the file as UTF-8",
    ),
    "config-other-encoding": ("其他编码", "another encoding"),
    "config-not-toml": ("{file} 第{line}行：不是 TOML{hint}", "{file}, line {line}: not TOML: {detail}{hint}"),
    "config-full-width": (
        "；这一行有全角符号 {signs}，请改成半角",
        "; the line has full-width {signs}, use the plain ones",
    ),
    "baseline-missing": (
        "{file}：没有这个基线文件；请先运行 gouji baseline 路径... --output {file}",
        "{file}: there is no such baseline; make it with: gouji baseline PATH... --output {file}",
    ),
    "baseline-not-json": ("{file} 第{line}行：不是 JSON", "{file}, line {line}: not JSON: {detail}"),
    "baseline-other": ("{file}：不是基线文件", "{file}: not a baseline: {detail}"),
    "baseline-schema": (
        "{file}：不是基线文件：schema 是 {found!r}，应为 {wanted!r}",
        "{file}: not a baseline: its schema is {found!r}, not {wanted!r}",
    ),
}
"""`near` asks whether the nearest right name is meant."""

WANTED = {
    "true or false": "true 或 false",
    "a number": "数",
    "a whole number": "整数",
    "a text": "文字",
    "a list": "列表",
    "keys with values": "键和值",
}
WANTED_IN_TOML = WANTED | {"a text": "文字（要加引号）", "a list": "列表（要加方括号）", "keys with values": "表"}
_LONGEST = 60


def describe_fault(fault: Fault) -> Bilingual:
    """Say what does not fit its type, and under which keys."""
    what = describe_misfit(fault, WANTED)
    path = [str(step + 1 if isinstance(step, int) else step) for step in fault.path]
    return Bilingual("：".join([*path, what.zh]), ": ".join([*path, what.en]))


def describe_misfit(fault: Fault, wanted: Mapping[str, str]) -> Bilingual:
    """Say what does not fit its type; `wanted` names the types in Chinese."""
    near = line("did-you-mean", near=fault.near) if fault.near else Bilingual("", "")
    name, found = _shorten(str(fault.found)), _shorten(repr(fault.found))
    match fault.kind:
        case "unknown-key":
            return line("fault-key", name=name, near=near)
        case "missing":
            return line("fault-missing", name=name)
        case "choice":
            return line("fault-choice", name=name, found=found, choices=", ".join(fault.choices), near=near)
        case "type":
            return line(
                "fault-type", found=found, wanted=Bilingual(wanted.get(fault.wanted, fault.wanted), fault.wanted)
            )
    return line("fault-other", wanted=fault.wanted)


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
