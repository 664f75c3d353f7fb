"""Arguments and options that more than one command takes."""

from pathlib import Path

import click

from .words import words

PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")

RULES = click.option(
    "--rules",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=words("另加一个文件夹里的规则", "Add the rule files of a folder."),
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
