"""`gouji rules`: every rule with its group, its severity and what it says."""

from collections.abc import Iterable

import msgspec

from validator.model.bilingual import Bilingual
from validator.model.outcome import Severity
from validator.words import describe_severity

from .json_text import write_json
from .look import Look


class RuleSummary(msgspec.Struct, frozen=True):
    """What a list of rules shows of one; `severity` is the heaviest it can give."""

    id: str
    group: str
    kind: str
    severity: Severity
    forms: tuple[str, ...]
    title: Bilingual


def render_rules_table(rules: Iterable[RuleSummary], look: Look) -> str:
    """Give one line a rule: id, severity, title, under the name of its group."""
    listed = list(rules)
    width = max((len(rule.id) for rule in listed), default=0)
    lines: list[str] = []
    for group in dict.fromkeys(rule.group for rule in listed):
        lines += [group] + [
            f"  {rule.id:{width}}  {look.say(describe_severity(rule.severity))}  {look.say(rule.title)}"
            for rule in listed
            if rule.group == group
        ]
    return "".join(f"{text}\n" for text in lines)


def render_rules_json(rules: Iterable[RuleSummary], look: Look) -> str:
    """Give the rules as one JSON object, schema gouji.rules/1; titles are in the language of the look."""
    return write_json(
        {
            "schema": "gouji.rules/1",
            "rules": [
                {
                    "id": rule.id,
                    "group": rule.group,
                    "kind": rule.kind,
                    "severity": rule.severity.value,
                    "forms": list(rule.forms),
                    "title": look.say(rule.title),
                }
                for rule in rules
            ],
        }
    )
