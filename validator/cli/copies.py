"""`gouji annotate` and `gouji fix`: check files and write copies of them, with what is wrong marked or mended."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from validator.errors import UsageError
from validator.model.bilingual import Language
from validator.pipeline import Settings, check_paths
from validator.pipeline.copies import Copy, annotate_files, mend_file
from validator.pipeline.discovery import refuse_overwriting
from validator.pipeline.run import exit_status
from validator.render import RENDERERS
from validator.render.look import Look
from validator.render.terminal import render_summary, render_unreadable
from validator.words import line

from .language import say, settle_language, shown_language
from .options import (
    FAIL,
    JOBS,
    PATHS,
    Place,
    config_options,
    make_settings,
    read_besides,
    read_config,
    rule_options,
)
from .output import make_folder, make_look, show_progress, tell, vet_outputs, write_bytes, write_text
from .spoken import HELP, LANG, command, option

_OF_THE_CONFIGURATION: dict[str, Any] = {"timeout": Settings().timeout, "cache": None, "baseline": None}


@command
@PATHS
@option(
    "--output",
    "-o",
    said="option-output-of-copies",
    metavar="FILE|DIR/",
)
@rule_options
@JOBS
@FAIL
@config_options
@LANG
@HELP
@click.pass_context
def annotate(ctx: click.Context, /, paths: tuple[Path, ...], output: str | None, **options: Any) -> None:  # noqa: ANN401
    """Write the copies, each whole or not at all, and end with the status of the findings."""
    config = read_config(options["config_file"], options["no_config"])
    lang = settle_language(ctx, config.lang)
    settings = make_settings(ctx, config, **_OF_THE_CONFIGURATION, **options)
    folder = output if output is not None and is_folder(output) else None
    if folder is not None:
        vet_copies(folder, [*paths, *read_besides(settings)])
    elif output is not None:
        vet_outputs([output], [], [*paths, *read_besides(settings)])
    results = check_paths(paths, settings, show_progress).results
    copies = annotate_files(results, Look(lang))
    if folder is not None:
        write_copies(copies, folder, lang)
    else:
        _write_single(list(copies), output, lang)
    shown = shown_language(lang, sys.stderr)
    for result in results.reports:
        if result.error is not None:
            tell(render_unreadable(result, Look(shown)))
    tell(render_summary(results, Look(shown)))
    ctx.exit(exit_status(results.totals, options["fail_on"]))


def is_folder(output: str) -> bool:
    """Whether an output is meant as a folder."""
    return output.endswith(("/", os.sep)) or os.path.isdir(output)


def vet_copies(folder: str, inputs: Iterable[Path]) -> None:
    """Refuse a folder of copies in which an input lies, or that lies in one and would be read with it; UsageError."""
    inputs = list(inputs)
    refuse_overwriting([], [folder], inputs)
    place = Path(os.path.realpath(folder))
    for path in inputs:
        if Path(os.path.realpath(path)) in place.parents and path.is_dir():
            raise UsageError.of("copies-in-input", output=folder, input=path.as_posix())


def write_copies(copies: Iterable[Copy], folder: str, lang: Language, to: Callable[[str], None] = click.echo) -> None:
    """Write copies into a folder as they come, each whole or not at all, and say of each where it is."""
    make_folder(Path(folder))
    for copy in copies:
        path = Path(folder, copy.path)
        if copy.error is None:
            make_folder(path.parent)
        _write(copy, path, lang, to)


def _write_single(copies: list[Copy], output: str | None, lang: Language) -> None:
    if output is not None and len(copies) > 1:
        raise UsageError.of("copies-need-folder")
    for copy in copies:
        path = Path(output or f"{copy.path.stem}.annotated{copy.path.suffix}")
        if output is None and path.exists():
            raise UsageError.of("copy-exists", path=path.as_posix())
        _write(copy, path, lang, click.echo)


def _write(copy: Copy, path: Path, lang: Language, to: Callable[[str], None]) -> None:
    if copy.error is not None:
        tell(copy.error.in_language(shown_language(lang, sys.stderr)))
        return
    if path.exists() and os.path.exists(copy.source) and path.samefile(copy.source):
        raise UsageError.of("output-is-input", output=path.as_posix(), input=copy.source)
    write_bytes(copy.data, path.as_posix())
    said = line("copy-written", source=copy.source, path=path.as_posix(), count=copy.problems)
    to(said.in_language(shown_language(lang, sys.stdout)))
    for remark in copy.remarks:
        tell(remark.in_language(shown_language(lang, sys.stderr)))


@command
@click.argument("path", type=Place(), metavar="FILE")
@option("--output", "-o", said="option-output-of-fix", metavar="FILE", type=Place("file"))
@option("--diff", is_flag=True)
@rule_options
@FAIL
@config_options
@LANG
@HELP
@click.pass_context
def fix(ctx: click.Context, /, path: Path, output: Path | None, diff: bool, **options: Any) -> None:  # noqa: ANN401
    """Write the corrected copy, whole or not at all, check it, and end with the status of its findings."""
    if output is None and not diff:
        raise click.UsageError(say("misuse-no-copy"))
    config = read_config(options["config_file"], options["no_config"])
    lang = settle_language(ctx, config.lang)
    settings = make_settings(ctx, config, **_OF_THE_CONFIGURATION, jobs=1, **options)
    if output is not None:
        vet_outputs([output.as_posix()], [], [path, *read_besides(settings)])
    results = check_paths([path], settings).results
    shown = shown_language(lang, sys.stderr)
    mended = mend_file(path, results, Look(lang))
    if mended is None:
        for result in results.reports:
            tell(render_unreadable(result, Look(shown)))
        ctx.exit(exit_status(results.totals, options["fail_on"]))
    if output is not None and mended.suffix not in (path.suffix.lower(), output.suffix.lower()):
        raise UsageError.of("copy-suffix", source=path.as_posix(), suffix=mended.suffix)
    for key, changes in (("mending", mended.done), ("mending-left", mended.left)):
        for one in changes:
            figures = {"reported": one.reported or line("blank-figure").in_language(lang), "proposed": one.proposed}
            click.echo(line(key, cell=one.name, **figures).in_language(shown_language(lang, sys.stdout)))
    if output is None or not mended.done:
        if not mended.done:
            tell(line("nothing-to-mend").in_language(shown))
        ctx.exit(exit_status(results.totals, options["fail_on"]))
    write_bytes(mended.data, output.as_posix())
    for remark in mended.remarks:
        tell(remark.in_language(shown))
    tell(line("mended", path=output.as_posix(), count=len(mended.done)).in_language(shown))
    after = check_paths([output], settings).results
    write_text(
        RENDERERS["terminal"](after, make_look(shown_language(lang, sys.stdout), quiet=False, to_file=False)),
        None,
        for_people=True,
    )
    ctx.exit(exit_status(after.totals, options["fail_on"]))
