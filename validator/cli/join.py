"""`gouji join`: tells the results of a run that was checked in shares."""

from pathlib import Path

import click

from validator.pipeline import Settings, join_paths

from .options import FORMS, RULES, choose, config_options, read_config
from .telling import how_options, plan_telling, tell_run, vet_telling, what_options, where_options
from .values import Place
from .words import HELP, command, settle_language


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
