"""`gouji rules` lists the rules, `gouji explain` shows the page of one, `gouji forms` lists the forms."""

from pathlib import Path

import click

from validator.pipeline.rulebook import explain_rule, list_forms, list_rules
from validator.render import FORM_RENDERERS, RULE_RENDERERS

from .options import FORMS, RULES
from .output import make_look, write_text
from .values import LANG, Choice
from .words import HELP, command, option, settle_language


@command(zh="列出全部规则。", en="List all rules.")
@option(
    "--format",
    "-f",
    "format_name",
    type=Choice(list(RULE_RENDERERS)),
    default="table",
    show_default=True,
    zh="输出的格式",
    en="Format of the list.",
)
@RULES
@FORMS
@LANG
@HELP
@click.pass_context
def rules(ctx: click.Context, format_name: str, rules: Path | None, forms: tuple[Path, ...]) -> None:
    """List every rule with its group, severity and title."""
    look = make_look(settle_language(ctx), quiet=False, to_file=False)
    text = RULE_RENDERERS[format_name](list_rules(rules, forms), look)
    write_text(text, None, for_people=format_name == "table")


@command(
    zh="解释一条规则：查什么，为什么，依据，公式，例子。",
    en="Explain a rule: what it checks, why, its basis, formula and examples.",
)
@click.argument("rule_id", metavar="RULE-ID")
@RULES
@FORMS
@LANG
@HELP
@click.pass_context
def explain(ctx: click.Context, rule_id: str, rules: Path | None, forms: tuple[Path, ...]) -> None:
    """Print the page of a rule; a wrong id ends in status 2 with the nearest one."""
    write_text(explain_rule(rule_id, rules, settle_language(ctx), forms), None, for_people=True)


@command(zh="列出各种报告格式：年度、表格和文件。", en="List the forms of reports: years, tables, files.")
@option(
    "--format",
    "-f",
    "format_name",
    type=Choice(list(FORM_RENDERERS)),
    default="table",
    show_default=True,
    zh="输出的格式",
    en="Format of the list.",
)
@FORMS
@LANG
@HELP
@click.pass_context
def forms(ctx: click.Context, format_name: str, forms: tuple[Path, ...]) -> None:
    """List every form with the years of its reports, its tables and its file."""
    look = make_look(settle_language(ctx), quiet=False, to_file=False)
    write_text(FORM_RENDERERS[format_name](list_forms(forms), look), None, for_people=format_name == "table")
