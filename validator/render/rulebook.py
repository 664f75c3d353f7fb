"""Rules and forms as lists (`gouji rules`, `gouji forms`), and the page of a rule (`gouji explain`, docs/rules)."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from validator.model.bilingual import Bilingual, Language
from validator.model.form import Form, describe_years
from validator.model.result import RuleNote
from validator.words import describe_severity, line

from .json_text import write_json
from .layout import Line, lay_out, plain
from .look import Look
from .template import load_template


def render_rules_table(rules: Iterable[RuleNote], look: Look) -> str:
    """Give one line a rule: id, severity, title, under what its group is about and how many rules that has."""
    listed = list(rules)
    width = max((len(rule.id) for rule in listed), default=0)
    lines: list[str] = []
    for group in dict.fromkeys(rule.group for rule in listed):
        own = [rule for rule in listed if rule.group == group]
        about = own[0].about or Bilingual(group, group)
        lines += [look.say(line("rules-of-group", about=about, group=group, count=len(own)))] + [
            f"  {rule.id:{width}}  {look.say(describe_severity(rule.severity))}  {look.say(rule.title)}" for rule in own
        ]
    return "".join(f"{text}\n" for text in lines)


def render_rules_json(rules: Iterable[RuleNote], look: Look) -> str:
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


def render_forms_table(forms: Iterable[Form], look: Look) -> str:
    """Give a line a form with its id, years and title, and under it a line each for its tables and its file."""
    lines: list[str] = []
    for form in forms:
        lines.append(f"{form.id}  {look.say(describe_years(form))}  {look.say(form.title)}")
        lines += [f"  {look.say(table.name)}  {table.heading}" for table in form.tables]
        lines.append(f"  {form.source}")
    return "".join(f"{text}\n" for text in lines)


def render_forms_json(forms: Iterable[Form], look: Look) -> str:
    """Give the forms as one JSON object, schema gouji.forms/1; names are in the language of the look."""
    return write_json(
        {
            "schema": "gouji.forms/1",
            "forms": [
                {
                    "id": form.id,
                    "title": look.say(form.title),
                    "basis": form.basis,
                    "first_year": form.first_year,
                    "last_year": form.last_year,
                    "after": form.after or None,
                    "source": form.source,
                    "tables": [
                        {
                            "id": table.id,
                            "name": look.say(table.name),
                            "heading": table.heading,
                            "cells": sum(cell.table is table for cell in map(form.cells.__getitem__, form.required)),
                        }
                        for table in form.tables
                    ],
                }
                for form in forms
            ],
        }
    )


class PageExample(msgspec.Struct, frozen=True):
    """An example of a rule: what is given, and what the rule says of it."""

    given: Bilingual
    verdict: Bilingual


class RulePage(RuleNote, frozen=True, kw_only=True):
    """All that the page of a rule shows.

    `facts` are name and value pairs, `relation` is the formula in the words of the form, whose `names` it explains.
    """

    facts: tuple[tuple[Bilingual, Bilingual], ...]
    message: Bilingual
    examples: tuple[PageExample, ...]
    names: tuple[tuple[str, Bilingual], ...] = ()
    relation: Bilingual | None = None
    limits: Bilingual | None = None


def render_rule_page(page: RulePage, language: Language) -> str:
    """Write the page of a rule as Markdown in one language."""
    say = lambda key, **values: line(key, **values).in_language(language)  # noqa: E731
    return load_template("rule_page.md.jinja")(page=page, language=language, say=say)


def render_rule_screen(page: RulePage, look: Look) -> Iterator[str]:
    """Lay the page of a rule out for people: the words of the form in the place of addresses, and no Markdown."""
    return lay_out(_screen_lines(page, look), look)


def _screen_lines(page: RulePage, look: Look) -> Iterator[Line]:
    colon = look.say(line("colon"))
    yield Line(0, ((page.id, "bold"), (f"  {look.say(page.title)}", "bold")))
    for name, value in page.facts:
        yield plain(2, f"{look.say(name)}{colon}{look.say(value).replace('`', '')}", "dim")
    examples = [(look.say(one.given), look.say(one.verdict)) for one in page.examples]
    sections: list[tuple[str, list[str]]] = [
        ("rule-checks", [] if page.relation is None else [look.say(page.relation)]),
        ("rule-why", look.say(page.why).splitlines()),
        ("rule-basis", page.basis.splitlines()),
        ("rule-limits", [] if page.limits is None else look.say(page.limits).splitlines()),
        (
            "rule-examples",
            # One that speaks of a cell which the formula has no name for is for those who write rules.
            [f"{given} → {said}" for given, said in examples if look.language == "en" or "`" not in given],
        ),
    ]
    for key, texts in sections:
        if texts:
            yield Line(0)
            yield plain(0, look.say(line(key)), "bold")
            for text in texts:
                yield plain(2, text.replace("`", ""))


def render_rule_index(pages: Sequence[RulePage]) -> str:
    """Write the index of all rule pages as Markdown, in both languages, ordered by group."""
    return load_template("rule_index.md.jinja")(pages=pages)
