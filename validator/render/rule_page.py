"""The page of a rule, for `gouji explain` and docs/rules: what, why, basis, formula, limits and examples."""

from collections.abc import Sequence

import msgspec

from validator.model.bilingual import Bilingual, Language
from validator.model.result import RuleNote

from .template import load_template


class PageExample(msgspec.Struct, frozen=True):
    """An example of a rule: what is given, and what the rule says of it."""

    given: Bilingual
    verdict: Bilingual


class RulePage(RuleNote, frozen=True, kw_only=True):
    """All that the page of a rule shows. `facts` are name and value pairs; `names` explain those of the formula."""

    facts: tuple[tuple[Bilingual, Bilingual], ...]
    message: Bilingual
    examples: tuple[PageExample, ...]
    names: tuple[tuple[str, Bilingual], ...] = ()
    limits: Bilingual | None = None


def render_rule_page(page: RulePage, language: Language) -> str:
    """Write the page of a rule as Markdown in one language."""
    return load_template("rule_page.md.jinja")(page=page, language=language)


def render_rule_index(pages: Sequence[RulePage]) -> str:
    """Write the index of all rule pages as Markdown, in both languages, ordered by group."""
    return load_template("rule_index.md.jinja")(pages=pages)
