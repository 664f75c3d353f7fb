"""The rules and forms themselves, for `gouji rules`, `gouji explain` and `gouji forms`."""

from collections.abc import Iterable
from pathlib import Path

from validator.model.bilingual import Language
from validator.model.form import Form
from validator.render.rule_list import RuleSummary

from .knowledge import load_ruleset
from .rule_pages import explain


def list_rules(folder: Path | None, forms: Iterable[Path] = ()) -> list[RuleSummary]:
    """Give every rule, those of a user's folder among them, ordered by group and id."""
    return [
        RuleSummary(rule.id, rule.group, rule.kind, rule.worst, rule.forms, rule.title)
        for rule in load_ruleset(folder or (), forms).rules
    ]


def list_forms(folders: Iterable[Path] = ()) -> list[Form]:
    """Give every form, those of a user's folders among them, in the order of their years."""
    return list(load_ruleset(forms=folders).forms.values())


def explain_rule(rule_id: str, folder: Path | None, language: Language, forms: Iterable[Path] = ()) -> str:
    """Give the page of a rule; UsageError names the nearest one if there is none."""
    ruleset = load_ruleset(folder or (), forms)
    return explain(ruleset.rule(rule_id), ruleset, language)
