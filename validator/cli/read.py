"""`gouji read`: prints the structured counts of reports and nothing else."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from validator.pipeline import read_paths
from validator.pipeline.run import PASSED, UNREADABLE
from validator.render import REPORT_RENDERERS
from validator.render.look import Look
from validator.render.reading import Reading
from validator.words import line

from .options import FORMS, OUTPUT, PATHS
from .output import make_look, tell, vet_outputs, write_text
from .values import LANG, Choice
from .words import HELP, command, option, settle_language


@command(
    zh="读出报告中的数字及其位置。单个文件输出一个 JSON 对象；文件夹或多个文件每行一个。\n\n"
    "退出状态：0 全部读出；2 用法有误；3 有文件无法读取。",
    en="Print the figures of reports with their places. One file gives one JSON object, a folder or several files "
    "one object a line.\n\nExit status: 0 all were read; 2 wrong usage; 3 an input could not be read.",
)
@PATHS
@option(
    "--format",
    "-f",
    "format_name",
    type=Choice(list(REPORT_RENDERERS)),
    default="json",
    show_default=True,
    zh="输出的格式",
    en="Format of the output.",
)
@FORMS
@OUTPUT
@LANG
@HELP
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
    many = len(paths) > 1 or os.path.isdir(paths[0])
    vet_outputs([] if output is None else [output], [], paths)
    look = make_look(lang, quiet=False, to_file=output is not None)
    unreadable: list[Reading] = []
    pieces = REPORT_RENDERERS[format_name](_noting(read_paths(paths, forms), unreadable, look), look, many)
    write_text(pieces, output, for_people=format_name == "table")
    ctx.exit(UNREADABLE if unreadable else PASSED)


def _noting(readings: Iterable[Reading], unreadable: list[Reading], look: Look) -> Iterator[Reading]:
    """Pass the reports on; note those that could not be read, here and on standard error."""
    for reading in readings:
        if not reading.readable:
            unreadable.append(reading)
            tell(look.say(line("unreadable-line", source=reading.report.source, error=look.say(reading.details[0]))))
        yield reading
