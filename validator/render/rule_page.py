"""The page of a rule, for `gouji explain` and docs/rules: what, why, basis, formula, limits and examples."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from validator.model.bilingual import Bilingual, Language

_HEADINGS = {
    "check": Bilingual("核对什么", "What it checks"),
    "why": Bilingual("理由", "Why"),
    "basis": Bilingual("依据", "Basis"),
    "message": Bilingual("提示语", "Message"),
    "limits": Bilingual("何时不核对", "When it is not assessed"),
    "examples": Bilingual("例", "Examples"),
}
_EXAMPLE_COLUMNS = Bilingual("| 填写 | 结果 |", "| given | verdict |")


@dataclass(frozen=True, slots=True)
class PageExample:
    """An example of a rule: what is given, and what the rule says of it."""

    given: Bilingual
    verdict: Bilingual


@dataclass(frozen=True, slots=True)
class RulePage:
    """All that the page of a rule shows. `facts` are name and value pairs; `names` explain those of the formula."""

    id: str
    group: str
    title: Bilingual
    facts: tuple[tuple[Bilingual, Bilingual], ...]
    why: Bilingual
    basis: str
    message: Bilingual
    examples: tuple[PageExample, ...]
    formula: str = ""
    names: tuple[tuple[str, Bilingual], ...] = ()
    limits: Bilingual | None = None


def render_rule_page(page: RulePage, language: Language) -> str:
    """Write the page of a rule as Markdown in one language."""
    return "\n".join(_lines(page, language)) + "\n"


def render_rule_index(pages: Sequence[RulePage]) -> str:
    """Write the index of all rule pages as Markdown, in both languages, by group."""
    lines = ["# 规则 · Rules", "", "由规则文件生成，`make docs` 更新。Generated from the rule files by `make docs`."]
    for group in dict.fromkeys(page.group for page in pages):
        lines += ["", f"## {group}", "", "| id | 中文 | English |", "|---|---|---|"]
        lines += [f"| [{p.id}]({p.id}.md) | {p.title.zh} | {p.title.en} |" for p in pages if p.group == group]
    return "\n".join(lines) + "\n"


def _lines(page: RulePage, language: Language) -> Iterator[str]:
    def say(text: Bilingual) -> str:
        return text.in_language(language)

    def head(key: str) -> Iterator[str]:
        yield from ("", f"## {say(_HEADINGS[key])}", "")

    yield f"# {page.id}"
    yield from ("", f"**{say(page.title)}**", "")
    yield from (f"- {say(name)}{'：' if language == 'zh' else ': '}{say(value)}" for name, value in page.facts)
    if page.formula:
        yield from head("check")
        yield f"    {page.formula}"
        yield ""
        yield from (f"- `{name}` {say(words)}" for name, words in page.names)
    yield from head("why")
    yield say(page.why)
    yield from head("basis")
    yield page.basis
    yield from head("message")
    yield f"> {say(page.message)}"
    if page.limits:
        yield from head("limits")
        yield say(page.limits)
    yield from head("examples")
    yield from (say(_EXAMPLE_COLUMNS), "|---|---|")
    yield from (f"| {say(example.given)} | {say(example.verdict)} |" for example in page.examples)
