"""`gouji rules` lists the rules, `gouji explain` shows the page of one, `gouji forms` lists the forms."""

from pathlib import Path

import click

from validator.model.bilingual import Language
from validator.pipeline.rulebook import explain_rule, list_forms, list_rules
from validator.render import FORM_RENDERERS, RULE_RENDERERS

from .options import FORMS, HELP, LANG, RULES
from .output import make_look, write_text
from .words import words


@click.command(help=words("列出全部规则。", "List all rules."))
@click.option(
    "--format",
    "-f",
    "format_name",
    type=click.Choice(list(RULE_RENDERERS)),
    default="table",
    show_default=True,
    help=words("输出的格式", "Format of the list."),
)
@RULES
@FORMS
@LANG
@HELP
def rules(format_name: str, rules: Path | None, forms: tuple[Path, ...], lang: Language) -> None:
    """List every rule with its group, severity and title."""
    look = make_look(lang, quiet=False, to_file=False)
    text = RULE_RENDERERS[format_name](list_rules(rules, forms), look)
    write_text(text, None, for_people=format_name == "table")


@click.command(
    help=words(
        "解释一条规则：查什么，为什么，依据，公式，例子。",
        "Explain a rule: what it checks, why, its basis, formula and examples.",
    )
)
@click.argument("rule_id", metavar="RULE-ID")
@RULES
@FORMS
@LANG
@HELP
def explain(rule_id: str, rules: Path | None, forms: tuple[Path, ...], lang: Language) -> None:
    """Print the page of a rule; a wrong id ends in status 2 with the nearest one."""
    write_text(explain_rule(rule_id, rules, lang, forms), None, for_people=True)


@click.command(help=words("列出各种报告格式：年度、表格和文件。", "List the forms of reports: years, tables, files."))
@click.option(
    "--format",
    "-f",
    "format_name",
    type=click.Choice(list(FORM_RENDERERS)),
    default="table",
    show_default=True,
    help=words("输出的格式", "Format of the list."),
)
@FORMS
@LANG
@HELP
def forms(format_name: str, forms: tuple[Path, ...], lang: Language) -> None:
    """List every form with the years of its reports, its tables and its file."""
    text = FORM_RENDERERS[format_name](list_forms(forms), make_look(lang, quiet=False, to_file=False))
    write_text(text, None, for_people=format_name == "table")
