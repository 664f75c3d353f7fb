"""Arguments and options that more than one command takes, and what a configuration says for them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from validator.config import Config, load_config

from .words import words

Value = TypeVar("Value")
Command = TypeVar("Command", bound=Callable[..., Any])

# What cannot be read is an input that cannot be read, not a wrong call.
_INPUT = click.Path(readable=False, path_type=Path)
PATHS = click.argument("paths", nargs=-1, required=True, type=_INPUT, metavar="PATH...")
PATHS_OR_CONFIGURED = click.argument("paths", nargs=-1, type=_INPUT, metavar="[PATH...]")

RULES = click.option(
    "--rules",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=words("另加一个文件夹里的规则", "Add the rule files of a folder."),
)

FORMS = click.option(
    "--forms",
    metavar="DIR",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=words("另加一个文件夹里的格式（可多次使用）", "Add the form files of a folder; may be given again."),
)

HELP = click.help_option("-h", "--help", help=words("显示帮助", "Show this help."))

LANG = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    envvar="GOUJI_LANG",
    show_envvar=True,
    help=words("输出的语言", "Language of the output."),
)

OUTPUT = click.option(
    "--output",
    "-o",
    metavar="FILE",
    help=words("结果写入文件（要么完整写入，要么不写）", "Write the result to a file, whole or not at all."),
)

JOBS = click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help=words(
        "进程数；不写则文件多时每个核一个", "Number of processes; by default one a core where there are many files."
    ),
)

_CONFIG = click.option(
    "--config",
    "config_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=words(
        "配置文件；不写则用当前文件夹或其上级的 gouji.toml",
        "The configuration; by default the nearest gouji.toml in this folder or above.",
    ),
)
_NO_CONFIG = click.option("--no-config", is_flag=True, help=words("不用任何配置文件", "Use no configuration."))


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


def choose(ctx: click.Context, name: str, value: Value, configured: Value | None) -> Value:
    """Give the value of an option, or what the configuration says where the option was not given."""
    given = ctx.get_parameter_source(name) not in (None, ParameterSource.DEFAULT)
    return value if given or configured is None else configured
