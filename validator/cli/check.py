"""`gouji check` and `gouji join`: read their arguments, have files checked, write each output, set the exit status."""

from pathlib import Path
from time import perf_counter

import click

from validator.pipeline import Settings, check_paths, join_paths

from .options import FORMS, JOBS, PATHS_OR_CONFIGURED, RULES, choose, config_options, read_config
from .output import show_progress
from .telling import how_options, plan_telling, tell_run, tell_statistics, vet_telling, what_options, where_options
from .values import Measure, Place
from .words import HELP, command, option, settle_language, words


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
@where_options
@what_options
@RULES
@FORMS
@how_options
@config_options
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
    is_flag=True,
    zh="不推断最可能的原因",
    en="Do not look for the most likely cause.",
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
    "--statistics",
    is_flag=True,
    zh="在标准错误输出用时和各条规则的问题数",
    en="Tell on standard error how long it took and what each rule found.",
)
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
    forms: tuple[Path, ...],
    fail_on: str,
    quiet: bool,
    config_file: Path | None,
    no_config: bool,
    baseline: Path | None,
    changed_since: str,
    no_diagnosis: bool,
    jobs: int,
    timeout: float,
    cache: Path | None,
    shard: tuple[int, int] | None,
    executor: str,
    statistics: bool,
) -> None:
    """Check files and folders and end with the status of the findings."""
    config = read_config(config_file, no_config)
    lang = settle_language(ctx, config.lang)
    if not (paths := paths or config.paths):
        raise click.UsageError(words("请写明文件或文件夹", "name files or folders"))
    cache = cache or config.cache
    if shard is not None and cache is None:
        raise click.UsageError(words("--shard 要和 --cache 一起用", "--shard needs --cache"))
    telling = plan_telling(format_name, output, reports, choose(ctx, "fail_on", fail_on, config.fail_on), lang, quiet)
    settings = Settings(
        rules=(*config.rules, *([] if rules is None else [rules])),
        forms=(*config.forms, *forms),
        select=select or config.select,
        ignore=(*config.ignore, *ignore),
        diagnosis=not no_diagnosis,
        detailed=telling.detailed,
        jobs=choose(ctx, "jobs", jobs, config.jobs),
        timeout=choose(ctx, "timeout", timeout, config.timeout),
        executor=executor,
        cache=cache,
        shard=shard,
        config=config,
        baseline=baseline or config.baseline,
        changed_since=changed_since,
    )
    telling = telling._replace(jobs=settings.jobs)
    vet_telling(telling, paths, settings)
    start = perf_counter()
    run = check_paths(paths, settings, show_progress)
    checked = perf_counter()
    status = tell_run(run, telling)
    if statistics:
        tell_statistics(run.results, lang, checked - start, perf_counter() - checked)
    ctx.exit(status)


@command(
    zh="合并 gouji check --shard 分份核对的结果：输出和一次核对全部文件完全相同。\n\n退出状态与 gouji check 相同。",
    en="Put together what gouji check --shard found in shares: the output is that of one run over all files.\n\n"
    "Exit status as for gouji check.",
)
@click.argument("folder", metavar="DIR", type=Place("folder"))
@where_options
@what_options
@RULES
@FORMS
@how_options
@config_options
@HELP
@click.pass_context
def join(
    ctx: click.Context,
    folder: Path,
    format_name: str,
    output: str | None,
    reports: list[tuple[str, str]],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    rules: Path | None,
    forms: tuple[Path, ...],
    fail_on: str,
    quiet: bool,
    config_file: Path | None,
    no_config: bool,
) -> None:
    """Tell the results of all shares and end with the status of the findings."""
    config = read_config(config_file, no_config)
    lang = settle_language(ctx, config.lang)
    telling = plan_telling(format_name, output, reports, choose(ctx, "fail_on", fail_on, config.fail_on), lang, quiet)
    settings = Settings(
        rules=(*config.rules, *([] if rules is None else [rules])),
        forms=(*config.forms, *forms),
        select=select or config.select,
        ignore=(*config.ignore, *ignore),
        detailed=telling.detailed,
        config=config,
        baseline=config.baseline,
    )
    vet_telling(telling, sorted(folder.glob("*.gouji")), settings)
    ctx.exit(tell_run(join_paths(folder, settings), telling))
