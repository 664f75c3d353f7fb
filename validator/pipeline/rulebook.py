"""The rules themselves, for `gouji rules` and `gouji explain`."""

from pathlib import Path

from validator.model.bilingual import Language
from validator.render.rule_list import RuleSummary

from .knowledge import load_ruleset
from .rule_pages import explain


def list_rules(folder: Path | None) -> list[RuleSummary]:
    """Give every rule, those of a user's folder among them, ordered by group and id."""
    return [
        RuleSummary(rule.id, rule.group, rule.kind, rule.worst, rule.forms, rule.title)
        for rule in load_ruleset(folder or ()).rules
    ]


def explain_rule(rule_id: str, folder: Path | None, language: Language) -> str:
    """Give the page of a rule; UsageError names the nearest one if there is none."""
    ruleset = load_ruleset(folder or ())
    return explain(ruleset.rule(rule_id), ruleset, language)
