"""gouji as a library: `check` and `read` with what they take and give. docs/library.md shows all of it at work."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, overload

from msgspec.structs import astuple

from validator.errors import UsageError
from validator.model import result as model
from validator.model.bilingual import Language
from validator.model.report import Report
from validator.model.result import ReportResult
from validator.pipeline import Settings, check_paths, read_path, read_paths
from validator.render.look import Look

AnyPath = str | os.PathLike[str]


class Results(model.Results, frozen=True):
    """What a check came to: goes through its reports in the order of their paths, as often as is asked.

    The reports need not lie in memory: each time they are gone through they are read from where they are kept.
    """

    def __iter__(self) -> Iterator[ReportResult]:
        return iter(self.reports)

    def __len__(self) -> int:
        return self.totals.reports

    def __repr__(self) -> str:
        told = ("reports", "failed", "unreadable", "errors", "warnings", "notes")
        return f"<Results: {', '.join(f'{name} {getattr(self.totals, name)}' for name in told)}>"

    def to_dicts(self, language: Language = "zh") -> list[dict[str, object]]:
        """Give each report as `gouji check --format json` has it."""
        from validator.render.json_text import describe_report

        return [describe_report(report, Look(_choose(language))) for report in self.reports]

    def to_arrow(self, table: str = "findings", language: Language = "zh") -> Any:  # noqa: ANN401 - pyarrow is untyped
        """Give a table of docs/data.md as a pyarrow.Table; UsageError without pyarrow or for no such table."""
        from validator.render.parquet import make_table

        return make_table(self, table, Look(_choose(language)))

    def to_pandas(self, table: str = "findings", language: Language = "zh") -> Any:  # noqa: ANN401 - nor pandas
        """Give a table of docs/data.md as a pandas.DataFrame; UsageError without pandas or for no such table."""
        from validator.render.rows import COLUMNS, give_rows

        try:
            from pandas import DataFrame
        except ModuleNotFoundError:
            raise UsageError.of("needs-pandas") from None
        if table not in COLUMNS:
            raise UsageError.of("no-table", name=table, tables=", ".join(COLUMNS))
        return DataFrame(list(give_rows(table, self, Look(_choose(language)))), columns=list(COLUMNS[table]))


def check(paths: AnyPath | Iterable[AnyPath], settings: Settings | None = None) -> Results:
    """Check files and folders, in this process unless `settings` ask for more; a file that cannot be read is a result.

    Raises UsageError, RuleError and ConfigError for what is wrong in the call, in rules and in a configuration.
    """
    if settings is not None and not isinstance(settings, Settings):
        raise UsageError.of("bad-setting", name="settings", wanted="Settings", found=_shorten(settings))
    settings = settings or Settings()
    if settings.jobs != 1:
        _demand_guard()
    return Results(*astuple(check_paths(_paths(paths), settings).results))


@overload
def read(paths: AnyPath, *, forms: Iterable[AnyPath] = ()) -> Report: ...  # type: ignore[overload-overlap]
@overload
def read(paths: Iterable[AnyPath], *, forms: Iterable[AnyPath] = ()) -> list[Report]: ...
def read(paths: AnyPath | Iterable[AnyPath], *, forms: Iterable[AnyPath] = ()) -> Report | list[Report]:
    """Read a file as a report; ReadError if it cannot be read or is none. `forms` are folders of further forms.

    Of several files and folders it gives a list; one that cannot be read is then a report whose only problem is
    `unreadable`.
    """
    named = _paths(paths)
    if isinstance(paths, str | os.PathLike):
        return read_path(named[0], _paths(forms))
    return [reading.report for reading in read_paths(named, _paths(forms))]


def _paths(given: AnyPath | Iterable[AnyPath]) -> list[Path]:
    """Give a path or several as a list; UsageError for what is none: an empty text would be the current folder."""
    if isinstance(given, str | os.PathLike):
        given = [given]
    if isinstance(given, bytes) or not isinstance(given, Iterable):
        raise UsageError.of("bad-path", found=_shorten(given))
    paths = []
    for path in given:
        if not isinstance(path, str | os.PathLike) or not (text := os.fspath(path)) or not isinstance(text, str):
            raise UsageError.of("bad-path", found=_shorten(path))
        paths.append(Path(text))
    return paths


def _demand_guard() -> None:
    """Refuse a script that every process would run anew: it must ask for its __name__ somewhere."""
    script = getattr(sys.modules.get("__main__"), "__file__", None)
    try:
        content = b"" if script is None else Path(script).read_bytes()
    except OSError:
        return
    if content and b"__name__" not in content:
        raise UsageError.of("no-main-guard")


def _choose(language: str) -> Language:
    match language:
        case "zh" | "en":
            return language
    raise UsageError.of("bad-setting", name="language", wanted='"zh", "en"', found=_shorten(language))


def _shorten(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
