"""What `gouji check` and `gouji join` have in common: where results go, and the exit status they end with."""

import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from validator.model.bilingual import Language
from validator.model.result import Results
from validator.pipeline import Run, Settings
from validator.pipeline.run import FAIL_ON, exit_status
from validator.render import DETAILED, FOLDER_RENDERERS, RENDERERS
from validator.render.look import Look
from validator.render.terminal import render_summary, render_unreadable
from validator.words import line

from .options import OUTPUT
from .output import make_look, show_progress, tell, vet_outputs, write_folder, write_text
from .values import LANG, Choice
from .words import option, words

Command = TypeVar("Command", bound=Callable[..., Any])


FORMATS = list(dict.fromkeys([*RENDERERS, *FOLDER_RENDERERS]))


class Telling(NamedTuple):
    """How to tell results: each format with its file (None: standard output), and what counts as failed."""

    targets: list[tuple[str, str | None]]
    fail_on: str
    lang: Language
    quiet: bool
    jobs: int = 0

    @property
    def detailed(self) -> bool:
        """Whether one of the formats needs every outcome."""
        return any(name in DETAILED for name, _ in self.targets)


def _parse_reports(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> list[tuple[str, str]]:
    """Part each FORMAT=PATH."""
    formats = Choice(FORMATS)
    pairs = [value.partition("=") for value in values]
    for name, _, path in pairs:
        formats.convert(name, param, ctx)
        if not path:
            raise click.BadParameter(words(f"应写作 格式=文件：{name}", f"write FORMAT=PATH: {name}"), ctx, param)
    return [(name, path) for name, _, path in pairs]


_FORMAT = option(
    "--format",
    "-f",
    "format_name",
    type=Choice(FORMATS),
    default="terminal",
    show_default=True,
    zh="结果的格式",
    en="Format of the result.",
)
_REPORT = option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT=PATH",
    callback=_parse_reports,
    zh="同一次运行另写一份结果，可重复",
    en="Write the result in a further format as well; repeatable.",
)
_SELECT = option(
    "--select",
    multiple=True,
    metavar="ID",
    zh="只报告这条规则或这组规则的问题，可重复",
    en="Tell only about this rule or group; repeatable.",
)
_IGNORE = option(
    "--ignore",
    multiple=True,
    metavar="ID",
    zh="不报告这条规则或这组规则的问题，可重复",
    en="Do not tell about this rule or group; repeatable.",
)
_FAIL_ON = option(
    "--fail-on",
    type=Choice(FAIL_ON),
    default="error",
    show_default=True,
    zh="达到哪一级问题时退出状态为 1",
    en="The weight from which a finding makes the exit status 1.",
)
_QUIET = option("--quiet", "-q", is_flag=True, zh="只显示问题", en="Show nothing but problems.")


def where_options(command: Command) -> Command:
    """Add the options that say in which formats results go where."""
    for add in (_REPORT, OUTPUT, _FORMAT):
        command = add(command)
    return command


def what_options(command: Command) -> Command:
    """Add the options that say which rules to tell about."""
    for add in (_IGNORE, _SELECT):
        command = add(command)
    return command


def how_options(command: Command) -> Command:
    """Add the options that say what counts as failed, in which language, and how much is said."""
    for add in (_QUIET, LANG, _FAIL_ON):
        command = add(command)
    return command


def plan_telling(
    format_name: str, output: str | None, reports: list[tuple[str, str]], fail_on: str, lang: Language, quiet: bool
) -> Telling:
    """Put the options together; click.UsageError if a folder is needed and none is named."""
    targets = [(format_name, output), *reports]
    if output is None and format_name in FOLDER_RENDERERS:
        raise click.UsageError(
            words(f"{format_name} 要用 --output 写明文件夹", f"{format_name} needs a folder: --output")
            if format_name not in RENDERERS
            else words(
                f"{format_name} 要用 --output 写明文件，或以 / 结尾的文件夹",
                f"{format_name} needs --output: a file, or a folder that ends in /",
            )
        )
    return Telling(targets, fail_on, lang, quiet)


def vet_telling(telling: Telling, inputs: Iterable[Path], settings: Settings) -> None:
    """Refuse, before anything is read, outputs that cannot be written or would replace what is read; UsageError."""
    targets = [(_is_folder(name, path), path) for name, path in telling.targets if path is not None]
    vet_outputs(
        files=[path for folder, path in targets if not folder],
        folders=[path for folder, path in targets if folder],
        inputs=[*inputs, *read_besides(settings)],
    )


def read_besides(settings: Settings) -> list[Path]:
    """Give what a run reads besides its inputs: the configuration, the baseline, rule and form files."""
    config, baseline = settings.config.file, settings.baseline
    return [*settings.rules, *settings.forms, *([Path(config)] if config else []), *([baseline] if baseline else [])]


def tell_run(run: Run, telling: Telling) -> int:
    """Write the results to where they go and give the exit status."""
    results, lang = run.results, telling.lang
    for name, path in telling.targets:
        look = make_look(lang, telling.quiet, path is not None)
        if path is not None and _is_folder(name, path):
            write_folder(path, partial(_fill_folder, name, results, look, telling.jobs))
            continue
        write_text(RENDERERS[name](results, look), path, for_people=name == "terminal")
    format_name, output = telling.targets[0]
    if format_name != "terminal" or output is not None:
        _tell_unreadable(results, Look(lang))
    if not telling.quiet:
        if output is not None:
            tell(render_summary(results, Look(lang)))
        for note in run.notes:
            tell(note.in_language(lang))
        if run.skipped:
            tell(line("skipped", count=run.skipped).in_language(lang))
    return exit_status(results.totals, telling.fail_on)


def _fill_folder(name: str, results: Results, look: Look, jobs: int, folder: Path) -> None:
    """Write results into a folder; a site of many pages by several processes, with a bar."""
    if name == "html" and results.totals.reports > 1:
        from validator.pipeline.pages import write_site

        write_site(results, look, folder, jobs, show_progress)
    else:
        FOLDER_RENDERERS[name](results, look, folder)


def _is_folder(name: str, path: str) -> bool:
    """Whether results of a format go into a folder; where they may be one file as well, the end of the path says it."""
    return name in FOLDER_RENDERERS and (name not in RENDERERS or path.endswith(("/", os.sep)))


def tell_statistics(results: Results, lang: Language, checking: float, telling: float) -> None:
    """Say on standard error how many seconds a run took and what each rule found."""
    from validator.render.statistics import render_statistics

    tell("".join(render_statistics(results, checking, telling, Look(lang))).rstrip("\n"))


def _tell_unreadable(results: Results, look: Look) -> None:
    """Name the unreadable files on standard error, where standard output has no room for them."""
    for report in results.reports if results.totals.unreadable else ():
        if report.error is not None:
            tell(render_unreadable(report, look))
