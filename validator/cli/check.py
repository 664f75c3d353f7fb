"""`gouji check`: reads its arguments, has the files checked, writes each output, sets the exit status."""

from collections.abc import Iterable
from pathlib import Path

import click

from validator.model.bilingual import Language
from validator.model.result import Results
from validator.pipeline import Settings, check_paths
from validator.pipeline.status import FAIL_ON, exit_status
from validator.render import RENDERERS
from validator.render.catalogue import line
from validator.render.look import Look
from validator.render.terminal import render_summary, render_unreadable

from .options import HELP, LANG, OUTPUT, PATHS, RULES
from .output import make_look, tell, write_text
from .words import words

_MANY_FILES = 5


def _parse_reports(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> list[tuple[str, str]]:
    """Part each FORMAT=PATH."""
    formats = click.Choice(list(RENDERERS))
    pairs = [value.partition("=") for value in values]
    for name, _, path in pairs:
        formats.convert(name, param, ctx)
        if not path:
            raise click.BadParameter(words(f"应写作 格式=文件：{name}", f"write FORMAT=PATH: {name}"), ctx, param)
    return [(name, path) for name, _, path in pairs]


@click.command(
    help=words(
        "核对文件和文件夹（文件夹会逐层查找可读的文件）。\n\n"
        "退出状态：0 没有达到 --fail-on 的问题；1 有；2 用法、配置或规则文件有误；3 有文件无法读取（且不是 1）。",
        "Check files and folders (a folder is searched through for files that can be read).\n\n"
        "Exit status: 0 nothing at or above --fail-on; 1 findings at or above it; 2 wrong usage or a bad rule file; "
        "3 an input could not be read (and 1 does not apply).",
    )
)
@PATHS
@click.option(
    "--format",
    "-f",
    "format_name",
    type=click.Choice(list(RENDERERS)),
    default="terminal",
    show_default=True,
    help=words("结果的格式", "Format of the result."),
)
@OUTPUT
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT=PATH",
    callback=_parse_reports,
    help=words("同一次运行另写一份结果，可重复", "Write the result in a further format as well; repeatable."),
)
@click.option(
    "--select",
    multiple=True,
    metavar="ID",
    help=words("只报告这条规则或这组规则的问题，可重复", "Tell only about this rule or group; repeatable."),
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="ID",
    help=words("不报告这条规则或这组规则的问题，可重复", "Do not tell about this rule or group; repeatable."),
)
@RULES
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="error",
    show_default=True,
    help=words("达到哪一级问题时退出状态为 1", "The weight from which a finding makes the exit status 1."),
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help=words(
        "进程数；不写则文件多时每个核一个", "Number of processes; by default one a core where there are many files."
    ),
)
@click.option(
    "--no-diagnosis",
    is_flag=True,
    help=words("不推断最可能的原因", "Do not look for the most likely cause."),
)
@LANG
@click.option("--quiet", "-q", is_flag=True, help=words("只显示问题", "Show nothing but problems."))
@HELP
@click.pass_context
def check(
    ctx: click.Context,
    paths: tuple[Path, ...],
    format_name: str,
    output: str | None,
    reports: list[tuple[str, str]],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    rules: Path | None,
    fail_on: str,
    jobs: int,
    no_diagnosis: bool,
    lang: Language,
    quiet: bool,
) -> None:
    """Check files and folders and end with the status of the findings."""
    targets = [(format_name, output), *reports]
    files = [path for _, path in targets if path is not None]
    if len(set(files)) < len(files):
        raise click.UsageError(words("两份结果写入同一个文件", "two results for one file"))
    settings = Settings(rules, select, ignore, not no_diagnosis, jobs)
    run = check_paths(paths, settings, _show_progress)
    for name, path in targets:
        look = make_look(lang, quiet, path is not None)
        write_text(RENDERERS[name](run.results, look), path, lang, for_people=name == "terminal")
    if format_name != "terminal" or output is not None:
        _tell_unreadable(run.results, Look(lang))
    if not quiet:
        if output is not None:
            tell(render_summary(run.results, Look(lang)))
        if run.skipped:
            tell(line("skipped-json", count=run.skipped).in_language(lang))
    ctx.exit(exit_status(run.results.totals, fail_on))


def _tell_unreadable(results: Results, look: Look) -> None:
    """Name the unreadable files on standard error, where standard output has no room for them."""
    for report in results.reports if results.totals.unreadable else ():
        if report.error is not None:
            tell(render_unreadable(report, look))


def _show_progress(done: Iterable[None], total: int) -> Iterable[None]:
    """Show a bar on standard error while files are done, if a person may be waiting for them."""
    import sys

    if total <= _MANY_FILES or not sys.stderr.isatty():
        yield from done
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(show_speed=True),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(done, total=total)
