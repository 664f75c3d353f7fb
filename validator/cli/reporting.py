"""How results are told: each format with its place, what can be done next, and the exit status."""

import os
import sys
from collections.abc import Iterable, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import click

from validator.config import Config
from validator.errors import UsageError
from validator.model.bilingual import Bilingual, Language
from validator.model.result import Results
from validator.pipeline import Run, Settings
from validator.pipeline.run import exit_status
from validator.render import DETAILED, EXTRAS, FILE_RENDERERS, FOLDER_RENDERERS, LEAN, RENDERERS
from validator.render.look import MANY, Look
from validator.render.terminal import render_summary, render_unreadable
from validator.words import line

from .language import say, settle_language, shown_language
from .options import (
    COPIES,
    choose,
    read_besides,
)
from .output import make_look, show_progress, tell, vet_outputs, write_file, write_folder, write_text


class Reporting(NamedTuple):
    """How to tell results: each format with its file (None: standard output), and what counts as failed."""

    targets: list[tuple[str, str | None]]
    fail_on: str
    lang: Language
    quiet: bool
    template: Path | None = None

    @property
    def needs(self) -> dict[str, Any]:
        """What the formats need of a run: every outcome, processes for the pages of a site, few cells."""
        return {
            "detailed": any(name in DETAILED for name, _ in self.targets),
            "pages": any(name == "html" and path is not None and _is_folder(name, path) for name, path in self.targets),
            "lean": all(name in LEAN for name, _ in self.targets),
        }


def plan_reporting(ctx: click.Context, config: Config, options: Mapping[str, Any]) -> Reporting:
    """Say how to tell results, and settle the language; click.UsageError if a folder is needed and none is named."""
    format_name, output = options["format_name"], options["output"]
    lang = settle_language(ctx, config.lang)
    if output is None and format_name in FILE_RENDERERS:
        raise click.UsageError(say("misuse-needs-file", format=format_name))
    if output is None and format_name in (*FOLDER_RENDERERS, COPIES):
        raise click.UsageError(
            say("misuse-needs-either" if format_name in RENDERERS else "misuse-needs-folder", format=format_name)
        )
    fail_on = choose(ctx, "fail_on", options["fail_on"], config.fail_on)
    targets = [(format_name, output), *options["reports"]]
    return Reporting(targets, fail_on, lang, options["quiet"], template=options["template"])


def vet_reporting(reporting: Reporting, inputs: Iterable[Path], settings: Settings) -> None:
    """Refuse with UsageError, before anything is read, outputs that cannot be made or would replace what is read."""
    inputs = [*inputs, *read_besides(settings)]
    for name, path in reporting.targets:
        package, extra = EXTRAS.get(name, ("", ""))
        if package and find_spec(package) is None:
            raise UsageError.lacking(name, extra)
        if name == COPIES and path is not None:
            from .copies import vet_copies

            vet_copies(path, inputs)
    targets = [
        (_is_folder(name, path), path) for name, path in reporting.targets if path is not None and name != COPIES
    ]
    vet_outputs(
        files=[path for folder, path in targets if not folder],
        folders=[path for folder, path in targets if folder],
        inputs=[*inputs, *([reporting.template] if reporting.template else [])],
    )


def report_run(run: Run, reporting: Reporting) -> int:
    """Write the results to where they go and give the exit status."""
    results, lang = run.results, shown_language(reporting.lang, sys.stderr)
    for name, path in reporting.targets:
        if name == COPIES and path is not None:
            from validator.pipeline.copies import annotate_files

            from .copies import write_copies

            write_copies(annotate_files(results, Look(reporting.lang)), path, reporting.lang, to=tell)
            continue
        to_people = name == "terminal" and path is None
        written = shown_language(reporting.lang, sys.stdout) if to_people else reporting.lang
        look = make_look(written, reporting.quiet, path is not None)
        if path is not None and _is_folder(name, path):
            write_folder(path, partial(_fill_folder, name, results, look, reporting))
            continue
        if path is not None and name in FILE_RENDERERS:
            write_file(path, partial(_fill_file, name, results, look, _lead_to_pages(reporting, path)))
            continue
        write_text(RENDERERS[name](results, look), path, for_people=to_people)
    format_name, output = reporting.targets[0]
    files = [(name, path) for name, path in reporting.targets if path is not None]
    if format_name != "terminal" or output is not None:
        _tell_unreadable(results, Look(lang))
    if not reporting.quiet:
        if results.totals.reports > MANY and any(name == "html" and not _is_folder(name, path) for name, path in files):
            tell(line("advise-site").in_language(lang))
        if format_name == "terminal" and (steps := next_steps(results, reporting)):
            tell(steps.in_language(lang))
        if output is not None:
            tell(render_summary(results, Look(lang)))
        for note in run.notes:
            tell(note.in_language(lang))
        if run.skipped:
            tell(line("skipped", count=run.skipped).in_language(lang))
    return exit_status(results.totals, reporting.fail_on)


def next_steps(results: Results, reporting: Reporting) -> Bilingual | None:
    """Say what can be done about what was found; None if nothing was, or if a page is written already."""
    failed = [report.source for report in results.reports if report.findings] if results.totals.failed else []
    if not failed or any(name == "html" for name, _ in reporting.targets):
        return None
    if len(failed) > 1:
        return line("next-steps", path=line("several-paths"), page=line("site-path"))
    from validator.annotation import ANNOTATED

    path = f'"{failed[0]}"' if " " in failed[0] else failed[0]
    marked = os.path.splitext(failed[0])[1].lower() in ANNOTATED
    return line("next-steps-marked" if marked else "next-steps", path=path, page=line("page-path"))


def with_page(reporting: Reporting) -> Reporting:
    """Have an audit page written too, in a temporary folder that stays, unless one is."""
    if any(name == "html" for name, _ in reporting.targets):
        return reporting
    name = line("page-path").in_language(reporting.lang)
    from tempfile import mkdtemp

    return reporting._replace(targets=[*reporting.targets, ("html", str(Path(mkdtemp(prefix="gouji-page-"), name)))])


def open_page(reporting: Reporting) -> None:
    """Open the audit page that was written in the browser, and say where it lies."""
    from validator.serving.browser import show_in_browser

    path = next(path for name, path in reporting.targets if name == "html" and path is not None)
    page = Path(path, "index.html") if _is_folder("html", path) else Path(path)
    tell(line("serve-opened", path=str(page)).in_language(shown_language(reporting.lang, sys.stderr)))
    show_in_browser(page.absolute().as_uri())


def _fill_folder(name: str, results: Results, look: Look, reporting: Reporting, folder: Path) -> None:
    """Write results into a folder; a site by the processes of the run, with a bar."""
    if name == "html":
        from validator.pipeline.pages import write_site

        write_site(results, look, folder, show_progress)
    elif name == "docx":
        FOLDER_RENDERERS[name](results, look, folder, reporting.template)
    else:
        FOLDER_RENDERERS[name](results, look, folder)


def _fill_file(name: str, results: Results, look: Look, pages: str, path: Path) -> None:
    FILE_RENDERERS[name](results, look, path, pages)


def _lead_to_pages(reporting: Reporting, path: str) -> str:
    """Give the way from the folder of a file to the site that the same run writes; "" if it writes none."""
    sites = (target for name, target in reporting.targets if name == "html" and target and _is_folder(name, target))
    site, folder = next(sites, None), os.path.dirname(os.path.realpath(path))
    try:
        return "" if site is None else os.path.relpath(os.path.realpath(site), folder).replace(os.sep, "/")
    except ValueError:  # on another drive of Windows
        return ""


def _is_folder(name: str, path: str) -> bool:
    """Whether results of a format go into a folder; where they may be one file as well, the end of the path says it."""
    return name in FOLDER_RENDERERS and (name not in RENDERERS or path.endswith(("/", os.sep)))


def tell_statistics(results: Results, lang: Language, checking: float, writing: float) -> None:
    """Say on standard error how many seconds a run took and what each rule found."""
    from validator.render.terminal import render_statistics

    tell("".join(render_statistics(results, checking, writing, Look(lang))).rstrip("\n"))


def _tell_unreadable(results: Results, look: Look) -> None:
    """Name the unreadable files on standard error, where standard output has no room for them."""
    for report in results.reports if results.totals.unreadable else ():
        if report.error is not None:
            tell(render_unreadable(report, look))
