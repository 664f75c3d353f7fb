"""Commands that print what is there: `gouji read` reports, `rules`, `explain` and `forms` what is known of them."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from validator.errors import ReadError
from validator.model.bilingual import Language
from validator.pipeline import read_paths
from validator.pipeline.rulebook import explain_rule, list_forms, list_rules
from validator.pipeline.run import PASSED, UNREADABLE
from validator.render import FORM_RENDERERS, REPORT_RENDERERS, RULE_RENDERERS
from validator.render.look import Look, Reading
from validator.words import line

from .language import settle_language, shown_language
from .options import FORMS, OUTPUT, PATHS, RULES, Place, complete_rules, list_options
from .output import make_look, tell, vet_outputs, write_text
from .spoken import HELP, LANG, command, option


@command
@PATHS
@OUTPUT
@list_options(list(REPORT_RENDERERS))
@click.pass_context
def read(
    ctx: click.Context,
    paths: tuple[Path, ...],
    format_name: str,
    forms: tuple[Path, ...],
    output: str | None,
) -> None:
    """Print the reports; one that cannot be read is told on standard error as well and ends in status 3."""
    lang = settle_language(ctx)
    to_people = format_name == "table" and output is None
    if to_people:
        lang = shown_language(lang, sys.stdout)
    many = len(paths) > 1 or os.path.isdir(paths[0])
    vet_outputs([] if output is None else [output], [], paths)
    look = make_look(lang, quiet=False, to_file=output is not None)
    unreadable: list[Reading] = []
    pieces = REPORT_RENDERERS[format_name](_noting(read_paths(paths, forms), unreadable, look), look, many)
    write_text(pieces, output, for_people=to_people)
    ctx.exit(UNREADABLE if unreadable else PASSED)


def _noting(readings: Iterable[Reading], unreadable: list[Reading], look: Look) -> Iterator[Reading]:
    """Pass the reports on; note those that could not be read, here and on standard error."""
    for reading in readings:
        if not reading.readable:
            unreadable.append(reading)
            tell(look.say(line("unreadable-line", source=reading.report.source, error=look.say(reading.details[0]))))
        yield reading


@command
@option(
    "--for",
    "file",
    type=Place("any"),
    metavar="FILE",
)
@RULES
@list_options(list(RULE_RENDERERS))
@click.pass_context
def rules(ctx: click.Context, format_name: str, file: Path | None, rules: Path | None, forms: tuple[Path, ...]) -> None:
    """List every rule with its group, severity and title; a file that cannot be read ends in status 3."""
    look = make_look(_language_of(ctx, format_name), quiet=False, to_file=False)
    try:
        listed = list_rules(rules, forms, file)
    except ReadError as error:
        tell(look.say(line("unreadable-line", source=str(file), error=look.say(error.words))))
        ctx.exit(UNREADABLE)
    text = RULE_RENDERERS[format_name](listed, look)
    write_text(text, None, for_people=format_name == "table")


@command
@click.argument("rule_id", metavar="RULE-ID", shell_complete=complete_rules)
@RULES
@FORMS
@LANG
@HELP
@click.pass_context
def explain(ctx: click.Context, rule_id: str, rules: Path | None, forms: tuple[Path, ...]) -> None:
    """Print the page of a rule; a wrong id ends in status 2 with the nearest one."""
    look = make_look(_language_of(ctx, "table"), quiet=False, to_file=False)
    write_text(explain_rule(rule_id, rules, look, forms), None, for_people=True)


@command
@list_options(list(FORM_RENDERERS))
@click.pass_context
def forms(ctx: click.Context, format_name: str, forms: tuple[Path, ...]) -> None:
    """List every form with the years of its reports, its tables and its file."""
    look = make_look(_language_of(ctx, format_name), quiet=False, to_file=False)
    write_text(FORM_RENDERERS[format_name](list_forms(forms), look), None, for_people=format_name == "table")


def _language_of(ctx: click.Context, format_name: str) -> Language:
    """Give the language of a list on standard output: JSON is UTF-8 whatever the console."""
    language = settle_language(ctx)
    return shown_language(language, sys.stdout) if format_name == "table" else language
