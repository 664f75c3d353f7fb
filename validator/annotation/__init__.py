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

_HOMES = {".docx": "word", ".docm": "word", ".xlsx": "sheets", ".xlsm": "sheets", ".pdf": "pdf"} | dict.fromkeys(
    (".html", ".htm"), "web"
)

_OLD_HOMES = {".doc": "word", ".wps": "word", ".rtf": "word", ".odt": "word"} | dict.fromkeys(
    (".xls", ".et", ".ods"), "sheets"
)
_NEW_SUFFIXES = {"word": ".docx", "sheets": ".xlsx"}
_OPEN = (".odt", ".ods")
"""Packages that are none of Word's or Excel's."""

_PAGE, _ARCHIVE = "HTML", "MHTML"

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
    suffix = PurePosixPath(source).suffix.lower()
    remarks: tuple[Bilingual, ...] = ()
    if actual == _PAGE and _HOMES.get(suffix) != "web":
        remarks, suffix = (line("copy-is-page", source=source),), ".html"
    elif suffix in _OLD_HOMES and actual != _ARCHIVE:
        data, suffix, remarks = _renew(data, source, suffix)
    notes = make_notes(reports, results, look)
    match _HOMES.get(suffix) if actual != _ARCHIVE else "":
        case "word":
            from .word import annotate_word

            return Annotated(annotate_word(data, source, notes), suffix, len(notes.notes), remarks)
        case "sheets":
            from .sheets import annotate_sheets

            return Annotated(annotate_sheets(data, notes), suffix, len(notes.notes), remarks)
        case "pdf":
            from .pdf import annotate_pdf

            return Annotated(annotate_pdf(data, source, notes), suffix, len(notes.notes))
        case "web":
            from .web import annotate_web

            return Annotated(annotate_web(data, notes, look), suffix, len(notes.notes), remarks)
    raise UsageError.of("not-annotated", source=source)


def _renew(data: bytes, source: str, suffix: str) -> tuple[bytes, str, tuple[Bilingual, ...]]:
    """Give a file of an older program as LibreOffice saves it today, with the suffix that fits, and say so.

    Word and WPS save files of today's kind under older suffixes too; such a one stays as it is.
    """
    home = _OLD_HOMES[suffix]
    new = _NEW_SUFFIXES[home]
    if data.startswith(b"PK") and suffix not in _OPEN:
        return data, new, ()
    from validator.readers.convert import convert

    converted = convert(data, source, "docx" if home == "word" else "xlsx")
    return converted, new, (line("copy-converted", source=source, suffix=new),)


class Mended(msgspec.Struct, frozen=True):
    """The bytes of a copy in which `done` was changed; `left` is proved too and could not be changed here."""

    data: bytes
    done: tuple[Mending, ...]
    left: tuple[Mending, ...]


def mend(data: bytes, source: str, actual: str, reports: list[ReportResult], results: Results, look: Look) -> Mended:
    """Give a copy of a file in which the changes that are proved are made, and no others.

    `actual` is as for `annotate`. Raises UsageError for a file that cannot be changed so, ReadError as `annotate`.
    """
    home = _HOMES.get(PurePosixPath(source).suffix.lower()) if actual not in (_PAGE, _ARCHIVE) else ""
    planned = plan_mending(reports, results, look)
    if home == "word":
        from .word import mend_word

        copy, done = mend_word(data, source, planned)
    elif home == "sheets":
        from .sheets import mend_sheets

        copy, done = mend_sheets(data, planned, lambda mending, changed: _say(mending, changed, look))
    else:
        raise UsageError.of("not-mended", source=source)
    return Mended(copy, tuple(done), tuple(one for one in planned if one not in done))


def _say(mending: Mending, changed: bool, look: Look) -> tuple[str, ...]:
    reported = mending.reported or look.say(line("blank-figure"))
    said = line("was-mended" if changed else "formula-gives", reported=reported, proposed=mending.proposed)
    basis = [look.say(line("list-basis", basis=look.say(line("join")).join(mending.basis)))] if mending.basis else []
    return (mending.name, look.say(said), *basis)
