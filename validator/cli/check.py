"""`gouji check`, `join` and `baseline`: read arguments, have files checked, write each output, set the exit status."""

import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from validator.pipeline import Settings, check_paths, join_paths
from validator.pipeline.run import PASSED, UNREADABLE, make_baseline, prune_baseline
from validator.render.look import Look
from validator.render.terminal import render_unreadable
from validator.words import line

from .language import settle_language, shown_language, words
from .options import (
    FORMS,
    JOBS,
    PATHS_OR_CONFIGURED,
    RULES,
    Measure,
    Place,
    config_options,
    make_settings,
    read_besides,
    read_config,
    result_options,
)
from .output import show_progress, tell, vet_outputs, write_text
from .telling import open_page, plan_telling, tell_run, tell_statistics, vet_telling, with_page
from .words import HELP, LANG, Choice, command, option


def _parse_shard(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """Read I/N, with I from 1 to N."""
    if value is None:
        return None
    number, _, of = value.partition("/")
    if number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of):
        return int(number), int(of)
    raise click.BadParameter(
        words(f"应写作 I/N，I 从 1 到 N：{value}", f"write I/N with I from 1 to N: {value}"), ctx, param
    )


@command(
    zh="核对文件和文件夹（文件夹会逐层查找可读的文件）。\n\n"
    "退出状态：0 没有达到 --fail-on 的问题；1 有这样的问题，即使另有文件无法读取；"
    "2 用法、配置或规则文件有误，没有核对；3 没有这样的问题，但有文件无法读取。",
    en="Check files and folders (a folder is searched through for files that can be read).\n\n"
    "Exit status: 0 nothing at or above --fail-on; 1 findings at or above it, even if other files could not be read; "
    "2 wrong usage, a bad configuration or rule file: nothing was checked; 3 no such finding, but a file that could "
    "not be read.",
)
@PATHS_OR_CONFIGURED
@result_options
@option(
    "--baseline",
    metavar="FILE",
    type=Place("file"),
    zh="只报基线文件中没有的问题",
    en="Tell only findings that are not in this baseline.",
)
@option(
    "--changed-since",
    default="",
    metavar="REV",
    zh="只核对 git 中自这个版本以来有变化的文件和同一单位前后年度的文件",
    en="Check only what has changed in git since REV, and the years before and after it.",
)
@option(
    "--no-diagnosis",
    "diagnosis",
    is_flag=True,
    flag_value=False,
    default=True,
    zh="不推断最可能的原因",
    en="Do not look for the most likely cause.",
)
@option(
    "--scans",
    type=Choice(["on", "off"]),
    default="on",
    callback=lambda _, __, value: value == "on",
    zh="装有图像识别组件时，是否识别扫描页和图片",
    en="Whether scanned pages and pictures are read, where the extra scan is installed.",
)
@JOBS
@option(
    "--timeout",
    type=Measure(min=1),
    default=120,
    show_default=True,
    metavar="SECONDS",
    zh="多进程时每个文件的时限（秒）",
    en="Limit for one file, where processes are used.",
)
@option(
    "--cache",
    metavar="DIR",
    type=Place("new folder"),
    zh="把结果存入文件夹，下次只读有变化的文件",
    en="Keep what was found in a folder; the next run reads only what changed.",
)
@option(
    "--shard",
    metavar="I/N",
    callback=_parse_shard,
    zh="只核对 N 份中的第 I 份，存入 --cache 的文件夹，再用 gouji join 合并",
    en="Check only share I of N, keep it in the folder of --cache, and put all together with gouji join.",
)
@option(
    "--executor",
    default="",
    metavar="URL",
    zh="交给现有的 dask 集群：dask://主机:端口",
    en="Check on a dask cluster that runs already: dask://HOST:PORT.",
)
@option(
    "--open",
    "opened",
    is_flag=True,
    zh="在浏览器中打开核对报告；没有用 --report html= 写明位置的，写入临时文件夹",
    en="Open the audit page in the browser; it lies in a temporary folder unless --report html= names a place.",
)
@option(
    "--statistics",
    is_flag=True,
    zh="在标准错误输出用时和各条规则的问题数",
    en="Tell on standard error how long it took and what each rule found.",
)
@HELP
@click.pass_context
def check(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    opened: bool,
    statistics: bool,
    **options: Any,  # noqa: ANN401 - values of options
) -> None:
    """Check files and folders and end with the status of the findings."""
    config = read_config(options["config_file"], options["no_config"])
    telling = plan_telling(ctx, config, options)
    if opened:
        telling = with_page(telling)
    if not (paths := paths or config.paths):
        raise click.UsageError(words("请写明文件或文件夹", "name files or folders"))
    settings = make_settings(ctx, config, detailed=telling.detailed, lean=telling.lean, **options)
    if settings.shard is not None and settings.cache is None:
        raise click.UsageError(words("--shard 要和 --cache 一起用", "--shard needs --cache"))
    telling = telling._replace(jobs=settings.jobs)
    vet_telling(telling, paths, settings)
    start = perf_counter()
    run = check_paths(paths, settings, show_progress)
    checked = perf_counter()
    status = tell_run(run, telling)
    if statistics:
        tell_statistics(
            run.results, shown_language(telling.lang, sys.stderr), checked - start, perf_counter() - checked
        )
    if opened:
        open_page(telling)
    ctx.exit(status)


@command(
    zh="合并 gouji check --shard 分份核对的结果：输出和一次核对全部文件完全相同。\n\n退出状态与 gouji check 相同。",
    en="Put together what gouji check --shard found in shares: the output is that of one run over all files.\n\n"
    "Exit status as for gouji check.",
)
@click.argument("folder", metavar="DIR", type=Place("folder"))
@result_options
@HELP
@click.pass_context
def join(ctx: click.Context, /, folder: Path, **options: Any) -> None:  # noqa: ANN401 - values of options
    """Tell the results of all shares and end with the status of the findings."""
    config = read_config(options["config_file"], options["no_config"])
    telling = plan_telling(ctx, config, options)
    settings = make_settings(ctx, config, detailed=telling.detailed, lean=telling.lean, baseline=None, **options)
    vet_telling(telling, sorted(folder.glob("*.gouji")), settings)
    ctx.exit(tell_run(join_paths(folder, settings), telling))


_DEFAULT = Path("gouji-baseline.json")
_OF_THE_CONFIGURATION: dict[str, Any] = {"select": (), "ignore": (), "timeout": Settings().timeout, "cache": None}


@command(
    zh="把现有的问题记入基线文件，以后 gouji check --baseline 只报新问题。\n\n"
    "退出状态：0 已写好；2 用法、配置或规则文件有误；3 有文件无法读取。",
    en="Write what is found now into a baseline; from then on gouji check --baseline tells new findings alone.\n\n"
    "Exit status: 0 it is written; 2 wrong usage, a bad configuration or rule file; 3 an input could not be read.",
)
@click.argument("paths", nargs=-1, type=Place(), metavar="PATH...")
@option(
    "--output",
    "-o",
    metavar="FILE",
    type=Place("file"),
    zh="基线文件；不写则用配置中的 baseline，再不然 gouji-baseline.json",
    en="The baseline; by default that of the configuration, or else gouji-baseline.json.",
)
@option(
    "--prune",
    is_flag=True,
    zh="只从基线中删去已改正的和文件已不存在的，不加新的",
    en="Drop from it what is fixed or whose file is gone; add nothing.",
)
@RULES
@FORMS
@JOBS
@config_options
@LANG
@HELP
@click.pass_context
def baseline(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    output: Path | None,
    prune: bool,
    **options: Any,  # noqa: ANN401 - values of options
) -> None:
    """Write the baseline whole or not at all; files that cannot be read are named and end in status 3."""
    config = read_config(options["config_file"], options["no_config"])
    lang = shown_language(settle_language(ctx, config.lang), sys.stderr)
    if not (paths := paths or config.paths):
        raise click.UsageError(words("请写明文件或文件夹", "name files or folders"))
    target = output or config.baseline or _DEFAULT
    settings = make_settings(ctx, config, **_OF_THE_CONFIGURATION, diagnosis=False, **options)
    vet_outputs([target.as_posix()], [], [*paths, *read_besides(settings)])
    make = prune_baseline if prune else make_baseline
    kept = make(paths, settings, target, show_progress)
    write_text([kept.text], target.as_posix())
    for result in kept.unreadable:
        tell(render_unreadable(result, Look(lang)))
    key = "baseline-pruned" if prune else "baseline-written"
    tell(line(key, path=target.as_posix(), count=kept.entries, dropped=kept.dropped).in_language(lang))
    ctx.exit(UNREADABLE if kept.unreadable else PASSED)
