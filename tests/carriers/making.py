"""Makes the reports in every carrier, each group of files once for all processes of a test run."""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from carriers.printing import print_pages
from carriers.reports import NAMES, printed
from sheet_writer import write_sheet
from typeset import LAYOUTS
from word_writer import write_word

_PAGE = """<style>@page {{size: {size}; margin: {margin}}} body {{font: {font} "Noto Sans CJK SC"}}
table {{border-collapse: collapse; width: 100%}} td {{border: 1px solid black; text-align: center; {cell}}}</style>"""
_SHEETS = {
    "pdf-a4": {"size": "A4", "margin": "20mm 15mm", "font": "9pt", "cell": "padding: 2px"},
    "pdf-landscape": {"size": "A4 landscape", "margin": "25mm 20mm", "font": "12pt", "cell": "padding: 4px"},
    "pdf-narrow": {"size": "B5", "margin": "14mm", "font": "10.5pt", "cell": "word-break: break-all"},
}
"""How the browser prints: on sheets of several sizes, so that tables break at several rows; on the last, which is
narrow, numbers and labels wrap within their cells."""

_FROM_WORD = {"doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format", "odt": "odt", "pdf-exported": "pdf"}
_FROM_SHEETS = {"xls": "xls:MS Excel 97", "ods": "ods"}
_RENAMED = {"wps": "doc", "et": "xls"}
"""Files of WPS Office: OLE containers like Word's and Excel's, under suffixes of their own."""

PRINTED = (*_SHEETS, "pdf-exported", "ofd")
OLD = (*(name for name in _FROM_WORD if name != "pdf-exported"), *_FROM_SHEETS, *_RENAMED)
CARRIERS = ("docx", "xlsx", "xlsx-sections", *PRINTED, *OLD)
SLOW = {*OLD, *PRINTED} - {"ofd"}
"""Carriers that a browser prints or an office makes: their first file takes the longest."""


def suffix_of(carrier: str) -> str:
    """Give the suffix of a carrier's files."""
    return "." + carrier.partition("-")[0]


class Files:
    """The folder of all files, shared by the processes of a run; a group of files is made when first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, carrier: str, name: str) -> Path:
        """Give the report of this name in this carrier; "html" is what all others are compared with."""
        if original := _RENAMED.get(carrier):
            source = self.get(original, name)
            target = source.with_suffix("." + carrier)
            shutil.copyfile(source, target)
            return target
        folder = self._folder / ("printed" if carrier in _SHEETS else carrier)
        with _locked(folder.with_suffix(".lock")):
            if not (folder / "made").exists():
                folder.mkdir(parents=True, exist_ok=True)
                self._make(carrier, folder)
                (folder / "made").touch()
        prefix = f"{carrier}-" if carrier in _SHEETS else ""
        return folder / f"{prefix}{name}{suffix_of(carrier)}"

    def _make(self, carrier: str, folder: Path) -> None:
        if carrier in _SHEETS:
            self._print(folder)
        elif carrier in _FROM_WORD:
            self._convert("docx", _FROM_WORD[carrier], folder)
        elif carrier in _FROM_SHEETS:
            self._convert("xlsx", _FROM_SHEETS[carrier], folder)
        else:
            write = _WRITERS[carrier]
            for name in NAMES:
                write(name, folder / f"{name}{suffix_of(carrier)}")

    def _print(self, folder: Path) -> None:
        chromium = require("chromium", "chromium-browser", "google-chrome")
        jobs = []
        for sheet, style in _SHEETS.items():
            for name in NAMES:
                page = folder / f"{sheet}-{name}.html"
                text = self.get("html", name).read_text(encoding="utf-8")
                page.write_text(text.replace("</head>", _PAGE.format(**style) + "</head>"), encoding="utf-8")
                jobs.append((page, page.with_suffix(".pdf"), sheet == "pdf-a4"))
        print_pages(chromium, jobs, folder / "profile")

    def _convert(self, source: str, target: str, folder: Path) -> None:
        soffice = require("soffice", "libreoffice")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        files = [str(self.get(source, name)) for name in NAMES]
        options = ["--headless", "--norestore", "--convert-to", target, "--outdir", str(folder)]
        subprocess.run([soffice, profile, *options, *files], check=True, capture_output=True, timeout=120)


def require(*programs: str) -> str:
    """Give the path of the first of these programs; without any, skip the test, but in CI let it fail."""
    for program in programs:
        if path := shutil.which(program):
            return path
    if os.environ.get("CI") == "true":
        pytest.fail(f"{programs[0]} is not installed")
    pytest.skip(f"{programs[0]} is not installed")


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write_page(name: str, path: Path) -> None:
    path.write_text(LAYOUTS["page"][1](printed(name), Random(1)), encoding="utf-8")


def _write_word(name: str, path: Path) -> None:
    write_word(printed(name), path)


def _write_sheet(name: str, path: Path) -> None:
    write_sheet(printed(name), path)


def _write_sections(name: str, path: Path) -> None:
    write_sheet(printed(name), path, sheet_a_section=True)


def _write_ofd(name: str, path: Path) -> None:
    from ofd_writer import write_ofd

    write_ofd(printed(name), path)


_WRITERS: dict[str, Callable[[str, Path], None]] = {
    "html": _write_page,
    "docx": _write_word,
    "xlsx": _write_sheet,
    "xlsx-sections": _write_sections,
    "ofd": _write_ofd,
}
