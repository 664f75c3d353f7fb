"""Arguments and options that more than one command takes, and what a configuration says for them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from validator.config import Config, load_config

from .values import Place, Whole
from .words import option, words

Value = TypeVar("Value")
Command = TypeVar("Command", bound=Callable[..., Any])

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


def choose(ctx: click.Context, name: str, value: Value, configured: Value | None) -> Value:
    """Give the value of an option, or what the configuration says where the option was not given."""
    given = ctx.get_parameter_source(name) not in (None, ParameterSource.DEFAULT)
    return value if given or configured is None else configured
