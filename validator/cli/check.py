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

from .language import say, settle_language, shown_language
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
from .output import show_progress, show_scanning, tell, vet_outputs, write_text
from .reporting import open_page, plan_reporting, report_run, tell_statistics, vet_reporting, with_page
from .spoken import HELP, LANG, Choice, command, option


def _parse_shard(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """Read I/N, with I from 1 to N."""
    if value is None:
        return None
    number, _, of = value.partition("/")
    if number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of):
        return int(number), int(of)
    raise click.BadParameter(say("misuse-shard", value=value), ctx, param)


@command
@PATHS_OR_CONFIGURED
@result_options
@option(
    "--baseline",
    metavar="FILE",
    type=Place("file"),
)
@option(
    "--changed-since",
    default="",
    metavar="REV",
)
@option(
    "--no-diagnosis",
    "diagnosis",
    is_flag=True,
    flag_value=False,
    default=True,
)
@option(
    "--scans",
    type=Choice(["on", "off"]),
    default="on",
    callback=lambda _, __, value: value == "on",
)
@JOBS
@option(
    "--timeout",
    type=Measure(min=1),
    default=120,
    show_default=True,
    metavar="SECONDS",
)
@option(
    "--cache",
    metavar="DIR",
    type=Place("new folder"),
)
@option(
    "--shard",
    metavar="I/N",
    callback=_parse_shard,
)
@option(
    "--executor",
    default="",
    metavar="URL",
)
@option(
    "--open",
    "opened",
    is_flag=True,
)
@option(
    "--statistics",
    is_flag=True,
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
    reporting = plan_reporting(ctx, config, options)
    if opened:
        reporting = with_page(reporting)
    if not (paths := paths or config.paths):
        raise click.UsageError(say("misuse-no-paths"))
    settings = make_settings(ctx, config, **reporting.needs, **options)
    if settings.shard is not None and settings.cache is None:
        raise click.UsageError(say("misuse-shard-alone"))
    vet_reporting(reporting, paths, settings)
    start = perf_counter()
    with show_scanning():
        run = check_paths(paths, settings, show_progress)
    checked = perf_counter()
    status = report_run(run, reporting)
    if statistics:
        tell_statistics(
            run.results, shown_language(reporting.lang, sys.stderr), checked - start, perf_counter() - checked
        )
    if opened:
        open_page(reporting)
    ctx.exit(status)


@command
@click.argument("folder", metavar="DIR", type=Place("folder"))
@result_options
@HELP
@click.pass_context
def join(ctx: click.Context, /, folder: Path, **options: Any) -> None:  # noqa: ANN401 - values of options
    """Tell the results of all shares and end with the status of the findings."""
    config = read_config(options["config_file"], options["no_config"])
    reporting = plan_reporting(ctx, config, options)
    settings = make_settings(ctx, config, **reporting.needs, baseline=None, **options)
    vet_reporting(reporting, sorted(folder.glob("*.gouji")), settings)
    ctx.exit(report_run(join_paths(folder, settings), reporting))


_DEFAULT = Path("gouji-baseline.json")
_OF_THE_CONFIGURATION: dict[str, Any] = {"select": (), "ignore": (), "timeout": Settings().timeout, "cache": None}


@command
@click.argument("paths", nargs=-1, type=Place(), metavar="PATH...")
@option(
    "--output",
    "-o",
    said="option-output-of-baseline",
    metavar="FILE",
    type=Place("file"),
)
@option(
    "--prune",
    is_flag=True,
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
        raise click.UsageError(say("misuse-no-paths"))
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
