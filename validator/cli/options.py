"""What arguments and options take, those of more than one command, and what a configuration says for them."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

import click
from click.core import ParameterSource
from click.shell_completion import CompletionItem

from validator.config import Config
from validator.config.loading import load_config
from validator.pipeline import Settings
from validator.pipeline.run import FAIL_ON
from validator.render import FILE_RENDERERS, FOLDER_RENDERERS, RENDERERS

from .language import find_language, words
from .words import HELP, LANG, Choice, option

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
            zh = f"“{value}”不对，应为不小于 {self.min} 的整数"
            raise click.BadParameter(words(zh, error.message), ctx, param) from None


class Measure(click.FloatRange):
    """A number from a smallest one on."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401
        """Give the number; click.BadParameter says what it may be."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            zh = f"“{value}”不对，应为不小于 {self.min:g} 的数"
            raise click.BadParameter(words(zh, error.message), ctx, param) from None


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
            kinds = "是文件，应为文件夹" if not self.file_okay else "是文件夹，应为文件"
            zh = f"{value} {kinds}" if os.path.exists(value) else f"没有这个文件夹：{value}"
            raise click.BadParameter(words(zh, error.message), ctx, param) from None


# What cannot be read is an input that cannot be read, not a wrong call.
PATHS = click.argument("paths", nargs=-1, required=True, type=Place(), metavar="PATH...")
PATHS_OR_CONFIGURED = click.argument("paths", nargs=-1, type=Place(), metavar="[PATH...]")

RULES = option(
    "--rules",
    metavar="DIR",
    type=Place("folder"),
    zh="另加一个文件夹里的规则",
    en="Add the rule files of a folder.",
)

FORMS = option(
    "--forms",
    metavar="DIR",
    multiple=True,
    type=Place("folder"),
    zh="另加一个文件夹里的格式（可多次使用）",
    en="Add the form files of a folder; may be given again.",
)

OUTPUT = option(
    "--output",
    "-o",
    metavar="FILE",
    zh="结果写入文件（要么完整写入，要么不写）",
    en="Write the result to a file, whole or not at all.",
)

JOBS = option(
    "--jobs",
    "-j",
    type=Whole(min=0),
    default=0,
    metavar="N",
    zh="进程数；不写则文件多时每个核一个",
    en="Number of processes; by default one a core where there are many files.",
)

_CONFIG = option(
    "--config",
    "config_file",
    metavar="FILE",
    type=Place(),
    zh="配置文件；不写则用当前文件夹或其上级的 gouji.toml",
    en="The configuration; by default the nearest gouji.toml in this folder or above.",
)
_NO_CONFIG = option("--no-config", is_flag=True, zh="不用任何配置文件", en="Use no configuration.")


def config_options(command: Command) -> Command:
    """Add the options that say which configuration counts."""
    return _CONFIG(_NO_CONFIG(command))


def read_config(config_file: Path | None, no_config: bool) -> Config:
    """Read the configuration that the options name; click.UsageError if they contradict each other."""
    if no_config and config_file is not None:
        raise click.UsageError(
            words("--config 和 --no-config 只能用一个", "--config and --no-config exclude each other")
        )
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
) -> list[CompletionItem]:
    """Give the rules whose ids begin so, with what each checks; groups of rules too where these may be named."""
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
            raise click.BadParameter(words(f"应写作 格式=文件：{name}", f"write FORMAT=PATH: {name}"), ctx, param)
    return [(name, path) for name, _, path in pairs]


_OF_RULES = (
    option(
        "--select",
        multiple=True,
        metavar="ID",
        shell_complete=complete_rules,
        zh="只报告这条规则或这组规则的问题，可重复",
        en="Tell only about this rule or group; repeatable.",
    ),
    option(
        "--ignore",
        multiple=True,
        metavar="ID",
        shell_complete=complete_rules,
        zh="不报告这条规则或这组规则的问题，可重复",
        en="Do not tell about this rule or group; repeatable.",
    ),
    RULES,
    FORMS,
)

FAIL = option(
    "--fail-on",
    type=Choice(FAIL_ON),
    default="error",
    show_default=True,
    zh="达到哪一级问题时退出状态为 1",
    en="The weight from which a finding makes the exit status 1.",
)

_OF_RESULTS = (
    option(
        "--format",
        "-f",
        "format_name",
        type=Choice(FORMATS),
        default="terminal",
        show_default=True,
        zh="结果的格式",
        en="Format of the result.",
    ),
    OUTPUT,
    option(
        "--report",
        "reports",
        multiple=True,
        metavar="FORMAT=PATH",
        callback=_parse_reports,
        zh="同一次运行另写一份结果，可重复",
        en="Write the result in a further format as well; repeatable.",
    ),
    option(
        "--template",
        metavar="FILE",
        type=Place("file"),
        zh="整改通知的模板（.docx），代替自带的",
        en="The template of notices (.docx), instead of the built-in one.",
    ),
    option(
        "--reviews",
        metavar="FILE",
        type=Place("file"),
        zh="填写过的问题清单（.xlsx），读回核实情况和整改情况",
        en="A list of problems that was filled in (.xlsx): what was verified and mended is read back.",
    ),
    *_OF_RULES,
    FAIL,
    LANG,
    option("--quiet", "-q", is_flag=True, zh="只显示问题", en="Show nothing but problems."),
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
            type=Choice(renderers),
            default=next(iter(renderers)),
            show_default=True,
            zh="输出的格式",
            en="Format of the output.",
        )
        return chosen(FORMS(LANG(HELP(command))))

    return add
