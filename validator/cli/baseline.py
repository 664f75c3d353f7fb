"""`gouji baseline`: writes down what is found now, so that from then on only new findings count."""

import sys
from pathlib import Path
from typing import Any

import click

from validator.pipeline import Settings
from validator.pipeline.run import PASSED, UNREADABLE, make_baseline, prune_baseline
from validator.render.look import Look
from validator.render.terminal import render_unreadable
from validator.words import line

from .language import settle_language, shown_language, words
from .options import FORMS, JOBS, RULES, Place, config_options, make_settings, read_besides, read_config
from .output import show_progress, tell, vet_outputs, write_text
from .words import HELP, LANG, command, option

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
