"""A file and what was found in it -> a copy of it with the problems marked at their places. No file is written here."""

from pathlib import PurePosixPath

import msgspec

from validator.errors import UsageError
from validator.model.bilingual import Bilingual
from validator.model.result import ReportResult, Results
from validator.render.look import Look
from validator.words import line

from .mending import Mending, plan_mending
from .notes import make_notes

_HOMES = {
    ".docx": "word",
    ".docm": "word",
    ".xlsx": "sheets",
    ".xlsm": "sheets",
    ".pdf": "pdf",
    ".ofd": "ofd",
    ".html": "web",
    ".htm": "web",
    ".mht": "archive",
    ".mhtml": "archive",
}
_OLD_HOMES = {".doc": "word", ".wps": "word", ".rtf": "word", ".odt": "word"} | dict.fromkeys(
    (".xls", ".et", ".ods"), "sheets"
)
_NEW_SUFFIXES = {"word": ".docx", "sheets": ".xlsx"}
_OPEN = (".odt", ".ods")
"""Packages that are none of Word's or Excel's."""
_KINDS = {"word": "DOCX", "sheets": "XLSX", "ofd": "OFD"}
"""Of the homes of packages, which may be signed."""

_PAGES = {"HTML": ("web", ".html"), "MHTML": ("archive", ".mht")}
"""Who can change a page, whatever its suffix, and the suffix that browsers know it by."""

ANNOTATED = frozenset({*_HOMES, *_OLD_HOMES})
"""The suffixes of files that can be annotated."""


class Annotated(msgspec.Struct, frozen=True):
    """The bytes of a copy and the suffix that fits them, how many notes are in it, and what to know of the copy."""

    data: bytes
    suffix: str
    notes: int
    remarks: tuple[Bilingual, ...] = ()


def annotate(
    data: bytes, source: str, actual: str, reports: list[ReportResult], results: Results, look: Look
) -> Annotated:
    """Give the copy of a file; `reports` are what was found in it, of the results of a run.

    `actual` is what the file is, where that is not what its suffix says. Raises UsageError for a file that takes no
    notes, and ReadError where it cannot be read.
    """
    home, suffix, data, remarks = _prepare(data, source, actual)
    notes = make_notes(reports, results, look)
    match home:
        case "word":
            from .word import annotate_word

            copy = annotate_word(data, source, notes)
        case "sheets":
            from .sheets import annotate_sheets

            copy = annotate_sheets(data, notes)
        case "pdf":
            from .pdf import annotate_pdf

            copy = annotate_pdf(data, source, notes)
        case "web":
            from .web import annotate_web

            copy = annotate_web(data, notes, look)
        case "archive":
            from .web import annotate_archive

            copy = annotate_archive(data, notes, look)
        case "ofd":
            from .ofd import annotate_ofd

            copy = annotate_ofd(data, notes)
        case _:
            raise UsageError.of("not-annotated", source=source)
    return Annotated(copy, suffix, len(notes.notes), remarks)


def _prepare(data: bytes, source: str, actual: str) -> tuple[str, str, bytes, tuple[Bilingual, ...]]:
    """Give who can change a file ("" for nobody), the suffix of its copy, its bytes, and what to know of the copy.

    A file of an older program is given as LibreOffice saves it today; Word and WPS save files of today's kind under
    older suffixes too, and such a one stays as it is.
    """
    suffix = PurePosixPath(source).suffix.lower()
    home = _HOMES.get(suffix, "")
    if actual in _PAGES:
        kind, new = _PAGES[actual]
        if home == kind:
            return home, suffix, data, ()
        return kind, new, data, (line("copy-is-page", source=source, suffix=new),)
    remarks: tuple[Bilingual, ...] = ()
    if suffix in _OLD_HOMES:
        home = _OLD_HOMES[suffix]
        new = _NEW_SUFFIXES[home]
        if suffix in _OPEN or not data.startswith(b"PK"):
            from validator.readers.convert import convert

            data = convert(data, source, "docx" if home == "word" else "xlsx")
            remarks = (line("copy-converted", source=source, suffix=new),)
        suffix = new
    if home in _KINDS:
        from .package import is_signed

        if is_signed(data, _KINDS[home]):
            remarks = (*remarks, line("copy-unsigned", source=source))
    return home, suffix, data, remarks


class Mended(msgspec.Struct, frozen=True):
    """The bytes of a copy in which `done` was changed; `left` is proved too and could not be changed here.

    `suffix` is the one that fits it, `remarks` are what to know of the copy.
    """

    data: bytes
    done: tuple[Mending, ...]
    left: tuple[Mending, ...]
    suffix: str
    remarks: tuple[Bilingual, ...] = ()


def mend(data: bytes, source: str, actual: str, reports: list[ReportResult], results: Results, look: Look) -> Mended:
    """Give a copy of a file in which the changes that are proved are made, and no others.

    `actual` is as for `annotate`. Raises UsageError for a file that cannot be changed so, ReadError as `annotate`.
    """
    home, suffix, data, remarks = _prepare(data, source, actual)
    planned = plan_mending(reports, results, look)
    if home == "word":
        from .word import mend_word

        copy, done = mend_word(data, source, planned)
    elif home == "sheets":
        from .sheets import mend_sheets

        copy, done = mend_sheets(data, planned, lambda mending, changed: _say(mending, changed, look))
    else:
        raise UsageError.of("not-mended", source=source)
    return Mended(copy, tuple(done), tuple(one for one in planned if one not in done), suffix, remarks)


def _say(mending: Mending, changed: bool, look: Look) -> tuple[str, ...]:
    reported = mending.reported or look.say(line("blank-figure"))
    said = line("was-mended" if changed else "formula-gives", reported=reported, proposed=mending.proposed)
    basis = [look.say(line("list-basis", basis=look.say(line("join")).join(mending.basis)))] if mending.basis else []
    return (mending.name, look.say(said), *basis)
