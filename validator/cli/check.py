"""`gouji check` and `gouji join`: read their arguments, have files checked, write each output, set the exit status."""

import os
import sys
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import click

from validator.config import Config
from validator.model.bilingual import Bilingual, Language
from validator.model.result import Results
from validator.pipeline import Run, Settings, check_paths, join_paths
from validator.pipeline.run import exit_status
from validator.render import DETAILED, FILE_RENDERERS, FOLDER_RENDERERS, LEAN, RENDERERS
from validator.render.look import MANY, Look
from validator.render.terminal import render_summary, render_unreadable
from validator.words import line

from .language import settle_language, shown_language, words
from .options import (
    COPIES,
    JOBS,
    PATHS_OR_CONFIGURED,
    Measure,
    Place,
    choose,
    make_settings,
    read_besides,
    read_config,
    result_options,
)
from .output import make_look, show_progress, tell, vet_outputs, write_file, write_folder, write_text
from .words import HELP, Choice, command, option


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


class Telling(NamedTuple):
    """How to tell results: each format with its file (None: standard output), and what counts as failed."""

    targets: list[tuple[str, str | None]]
    fail_on: str
    lang: Language
    quiet: bool
    jobs: int = 0
    template: Path | None = None

    @property
    def lean(self) -> bool:
        """Whether all formats show cells only where something is told of them."""
        return all(name in LEAN for name, _ in self.targets)

    @property
    def detailed(self) -> bool:
        """Whether one of the formats needs every outcome."""
        return any(name in DETAILED for name, _ in self.targets)


def plan_telling(ctx: click.Context, config: Config, options: Mapping[str, Any]) -> Telling:
    """Say how to tell results, and settle the language; click.UsageError if a folder is needed and none is named."""
    format_name, output = options["format_name"], options["output"]
    lang = settle_language(ctx, config.lang)
    if output is None and format_name in FILE_RENDERERS:
        raise click.UsageError(words(f"{format_name} 要用 --output 写明文件", f"{format_name} needs a file: --output"))
    if output is None and format_name in (*FOLDER_RENDERERS, COPIES):
        raise click.UsageError(
            words(f"{format_name} 要用 --output 写明文件夹", f"{format_name} needs a folder: --output")
            if format_name not in RENDERERS
            else words(
                f"{format_name} 要用 --output 写明文件，或以 / 结尾的文件夹",
                f"{format_name} needs --output: a file, or a folder that ends in /",
            )
        )
    fail_on = choose(ctx, "fail_on", options["fail_on"], config.fail_on)
    targets = [(format_name, output), *options["reports"]]
    return Telling(targets, fail_on, lang, options["quiet"], template=options["template"])


def vet_telling(telling: Telling, inputs: Iterable[Path], settings: Settings) -> None:
    """Refuse, before anything is read, outputs that cannot be written or would replace what is read; UsageError."""
    inputs = [*inputs, *read_besides(settings)]
    for name, path in telling.targets:
        if name == COPIES and path is not None:
            from .copies import vet_copies

            vet_copies(path, inputs)
    targets = [(_is_folder(name, path), path) for name, path in telling.targets if path is not None and name != COPIES]
    vet_outputs(
        files=[path for folder, path in targets if not folder],
        folders=[path for folder, path in targets if folder],
        inputs=[*inputs, *([telling.template] if telling.template else [])],
    )


def tell_run(run: Run, telling: Telling) -> int:
    """Write the results to where they go and give the exit status."""
    results, lang = run.results, shown_language(telling.lang, sys.stderr)
    for name, path in telling.targets:
        if name == COPIES and path is not None:
            from validator.pipeline.copies import annotate_files

            from .copies import write_copies

            write_copies(annotate_files(results, Look(telling.lang)), path, telling.lang, to=tell)
            continue
        to_people = name == "terminal" and path is None
        written = shown_language(telling.lang, sys.stdout) if to_people else telling.lang
        look = make_look(written, telling.quiet, path is not None)
        if path is not None and _is_folder(name, path):
            write_folder(path, partial(_fill_folder, name, results, look, telling))
            continue
        if path is not None and name in FILE_RENDERERS:
            write_file(path, partial(_fill_file, name, results, look, _lead_to_pages(telling, path)))
            continue
        write_text(RENDERERS[name](results, look), path, for_people=to_people)
    format_name, output = telling.targets[0]
    files = [(name, path) for name, path in telling.targets if path is not None]
    if format_name != "terminal" or output is not None:
        _tell_unreadable(results, Look(lang))
    if not telling.quiet:
        if results.totals.reports > MANY and any(name == "html" and not _is_folder(name, path) for name, path in files):
            tell(line("advise-site").in_language(lang))
        if format_name == "terminal" and (steps := next_steps(results, telling)):
            tell(steps.in_language(lang))
        if output is not None:
            tell(render_summary(results, Look(lang)))
        for note in run.notes:
            tell(note.in_language(lang))
        if run.skipped:
            tell(line("skipped", count=run.skipped).in_language(lang))
    return exit_status(results.totals, telling.fail_on)


def next_steps(results: Results, telling: Telling) -> Bilingual | None:
    """Say what can be done about what was found; None if nothing was, or if a page is written already."""
    failed = [report.source for report in results.reports if report.findings] if results.totals.failed else []
    if not failed or any(name == "html" for name, _ in telling.targets):
        return None
    if len(failed) > 1:
        return line("next-steps", path=line("several-paths"), page=line("site-path"))
    from validator.annotation import ANNOTATED

    path = f'"{failed[0]}"' if " " in failed[0] else failed[0]
    marked = os.path.splitext(failed[0])[1].lower() in ANNOTATED
    return line("next-steps-marked" if marked else "next-steps", path=path, page=line("page-path"))


def with_page(telling: Telling) -> Telling:
    """Have an audit page written too, in a temporary folder that stays, unless one is."""
    if any(name == "html" for name, _ in telling.targets):
        return telling
    name = line("page-path").in_language(telling.lang)
    from tempfile import mkdtemp

    return telling._replace(targets=[*telling.targets, ("html", str(Path(mkdtemp(prefix="gouji-page-"), name)))])


def open_page(telling: Telling) -> None:
    """Open the audit page that was written in the browser, and say where it lies."""
    from validator.serving.browser import show_in_browser

    path = next(path for name, path in telling.targets if name == "html" and path is not None)
    page = Path(path, "index.html") if _is_folder("html", path) else Path(path)
    tell(line("serve-opened", path=str(page)).in_language(shown_language(telling.lang, sys.stderr)))
    show_in_browser(page.absolute().as_uri())


def _fill_folder(name: str, results: Results, look: Look, telling: Telling, folder: Path) -> None:
    """Write results into a folder; a site of many pages by several processes, with a bar."""
    if name == "html" and results.totals.reports > 1:
        from validator.pipeline.pages import write_site

        write_site(results, look, folder, telling.jobs, show_progress)
    elif name == "docx":
        FOLDER_RENDERERS[name](results, look, folder, telling.template)
    else:
        FOLDER_RENDERERS[name](results, look, folder)


def _fill_file(name: str, results: Results, look: Look, pages: str, path: Path) -> None:
    FILE_RENDERERS[name](results, look, path, pages)


def _lead_to_pages(telling: Telling, path: str) -> str:
    """Give the way from the folder of a file to the site that the same run writes; "" if it writes none."""
    sites = (target for name, target in telling.targets if name == "html" and target and _is_folder(name, target))
    site, folder = next(sites, None), os.path.dirname(os.path.realpath(path))
    try:
        return "" if site is None else os.path.relpath(os.path.realpath(site), folder).replace(os.sep, "/")
    except ValueError:  # on another drive of Windows
        return ""


def _is_folder(name: str, path: str) -> bool:
    """Whether results of a format go into a folder; where they may be one file as well, the end of the path says it."""
    return name in FOLDER_RENDERERS and (name not in RENDERERS or path.endswith(("/", os.sep)))


def tell_statistics(results: Results, lang: Language, checking: float, telling: float) -> None:
    """Say on standard error how many seconds a run took and what each rule found."""
    from validator.render.terminal import render_statistics

    tell("".join(render_statistics(results, checking, telling, Look(lang))).rstrip("\n"))


def _tell_unreadable(results: Results, look: Look) -> None:
    """Name the unreadable files on standard error, where standard output has no room for them."""
    for report in results.reports if results.totals.unreadable else ():
        if report.error is not None:
            tell(render_unreadable(report, look))
