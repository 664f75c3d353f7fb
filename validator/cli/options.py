"""What arguments and options take, those of more than one command, and what a configuration says for them."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

import click
from click.core import ParameterSource

from validator.config import Config
from validator.config.loading import load_config
from validator.pipeline import Settings
from validator.pipeline.run import FAIL_ON
from validator.render import FILE_RENDERERS, FOLDER_RENDERERS, RENDERERS

from .language import find_language, say
from .spoken import HELP, LANG, Choice, option

Value = TypeVar("Value")
Command = TypeVar("Command", bound=Callable[..., Any])

COPIES = "annotated"
"""The output that is a folder of copies of the inputs with notes in them."""

FORMATS = list(dict.fromkeys([*RENDERERS, *FILE_RENDERERS, *FOLDER_RENDERERS, COPIES]))


class Whole(click.IntRange):
    """A whole number from a smallest one on."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401
        """Give the number; click.BadParameter says what it may be."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            said = say("misuse-whole", value=str(value), least=str(self.min), detail=error.message)
            raise click.BadParameter(said, ctx, param) from None


class Measure(click.FloatRange):
    """A number from a smallest one on."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401
        """Give the number; click.BadParameter says what it may be."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            said = say("misuse-number", value=str(value), least=f"{self.min:g}", detail=error.message)
            raise click.BadParameter(said, ctx, param) from None


class Place(click.Path):
    """A path: a folder that is there, a file that may be written, or any."""

    def __init__(self, wanted: Literal["folder", "new folder", "file", "any"] = "any") -> None:
        super().__init__(
            exists=wanted == "folder",
            file_okay="folder" not in wanted,
            dir_okay=wanted != "file",
            readable=False,
            path_type=Path,
        )

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Give the path; click.BadParameter says what is there instead."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            key = "misuse-no-folder" if not os.path.exists(value) else "misuse-is-folder"
            key = "misuse-is-file" if os.path.exists(value) and not self.file_okay else key
            raise click.BadParameter(say(key, path=str(value), detail=error.message), ctx, param) from None


# What cannot be read is an input that cannot be read, not a wrong call.
PATHS = click.argument("paths", nargs=-1, required=True, type=Place(), metavar="PATH...")
PATHS_OR_CONFIGURED = click.argument("paths", nargs=-1, type=Place(), metavar="[PATH...]")

RULES = option(
    "--rules",
    metavar="DIR",
    type=Place("folder"),
)

FORMS = option(
    "--forms",
    metavar="DIR",
    multiple=True,
    type=Place("folder"),
)

OUTPUT = option(
    "--output",
    "-o",
    metavar="FILE",
)

JOBS = option(
    "--jobs",
    "-j",
    type=Whole(min=0),
    default=0,
    metavar="N",
)

_CONFIG = option(
    "--config",
    "config_file",
    metavar="FILE",
    type=Place(),
)
_NO_CONFIG = option("--no-config", is_flag=True)


def config_options(command: Command) -> Command:
    """Add the options that say which configuration counts."""
    return _CONFIG(_NO_CONFIG(command))


def read_config(config_file: Path | None, no_config: bool) -> Config:
    """Read the configuration that the options name; click.UsageError if they contradict each other."""
    if no_config and config_file is not None:
        raise click.UsageError(say("misuse-two-configs"))
    return Config() if no_config else load_config(explicit=config_file)


def make_settings(ctx: click.Context, config: Config, rules: Path | None, **options: Any) -> Settings:  # noqa: ANN401
    """Give what a run is asked to do: the options that it knows by name, and the configuration where none is given.

    Folders of rules and forms and rules to leave out are added to those of the configuration.
    """
    added = {"rules": () if rules is None else (rules,), "forms": options["forms"], "ignore": options["ignore"]}
    chosen = {
        name: choose(ctx, name, value, getattr(config, name, None))
        for name, value in options.items()
        if name in Settings.__struct_fields__
    }
    chosen |= {name: (*getattr(config, name), *values) for name, values in added.items()}
    return Settings(config=config, **chosen)


def read_besides(settings: Settings) -> list[Path]:
    """Give what a run reads besides its inputs: configuration, baseline, filled-in list, rule and form files."""
    files = (settings.config.file, settings.baseline, settings.reviews)
    return [*settings.rules, *settings.forms, *(Path(file) for file in files if file)]


def choose(ctx: click.Context, name: str, value: Value, configured: Value | None) -> Value:
    """Give the value of an option, or what the configuration says where the option was not given."""
    given = ctx.get_parameter_source(name) not in (None, ParameterSource.DEFAULT)
    return value if given or configured is None else configured


def complete_rules(
    ctx: click.Context,  # noqa: ARG001 - click sets the signature
    param: click.Parameter,
    incomplete: str,
) -> list[Any]:
    """Give the rules whose ids begin so, with what each checks; groups of rules too where these may be named."""
    from click.shell_completion import CompletionItem

    from validator.pipeline.rulebook import list_rules

    said = [(note.id, note.title.in_language(find_language() or "zh")) for note in list_rules(None)]
    groups = {note.group: "" for note in list_rules(None)} if isinstance(param, click.Option) else {}
    return [CompletionItem(name, help=title) for name, title in [*groups.items(), *said] if name.startswith(incomplete)]


def _parse_reports(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> list[tuple[str, str]]:
    """Part each FORMAT=PATH."""
    formats = Choice(FORMATS)
    pairs = [value.partition("=") for value in values]
    for name, _, path in pairs:
        formats.convert(name, param, ctx)
        if not path:
            raise click.BadParameter(say("misuse-report", name=name), ctx, param)
    return [(name, path) for name, _, path in pairs]


_OF_RULES = (
    option(
        "--select",
        multiple=True,
        metavar="ID",
        shell_complete=complete_rules,
    ),
    option(
        "--ignore",
        multiple=True,
        metavar="ID",
        shell_complete=complete_rules,
    ),
    RULES,
    FORMS,
)

FAIL = option(
    "--fail-on",
    type=Choice(FAIL_ON),
    default="error",
    show_default=True,
)

_OF_RESULTS = (
    option(
        "--format",
        "-f",
        "format_name",
        type=Choice(FORMATS),
        default="terminal",
        show_default=True,
    ),
    OUTPUT,
    option(
        "--report",
        "reports",
        multiple=True,
        metavar="FORMAT=PATH",
        callback=_parse_reports,
    ),
    option(
        "--template",
        metavar="FILE",
        type=Place("file"),
    ),
    option(
        "--reviews",
        metavar="FILE",
        type=Place("file"),
    ),
    *_OF_RULES,
    FAIL,
    LANG,
    option("--quiet", "-q", is_flag=True),
    _CONFIG,
    _NO_CONFIG,
)


def result_options(command: Command) -> Command:
    """Add the options of commands that tell results: where to, about which rules, how, by which configuration."""
    for add in reversed(_OF_RESULTS):
        command = add(command)
    return command


def rule_options(command: Command) -> Command:
    """Add the options that say by which rules and forms, and which rules to tell about."""
    for add in reversed(_OF_RULES):
        command = add(command)
    return command


def list_options(renderers: Sequence[str]) -> Callable[[Command], Command]:
    """Add the options of commands that print a list: its format, and further forms; the first format is the default."""

    def add(command: Command) -> Command:
        chosen = option(
            "--format",
            "-f",
            "format_name",
            said="option-format-of-list",
            type=Choice(renderers),
            default=next(iter(renderers)),
            show_default=True,
        )
        return chosen(FORMS(LANG(HELP(command))))

    return add
