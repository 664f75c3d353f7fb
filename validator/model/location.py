"""Where a value stands in its source. Each carrier has its own kind of place; a lost one is a kind too.

All numbers count from 1. `location_fields` is the JSON shape, `describe_location` the words. Each says its kind where
results are bytes (`tag`, never used anew for another).
"""

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from validator.words import line
from validator.words.findings import LOST

from .bilingual import Bilingual

_POINTS_A_CM = 72 / 2.54


class TextPlace(msgspec.Struct, frozen=True, array_like=True, tag=1):
    """A line of a text or Markdown file; `column` is the character the value begins at."""

    line: int
    column: int


class HtmlCellPlace(msgspec.Struct, frozen=True, array_like=True, tag=2):
    """A cell of an HTML table: the table's number in the page, and the cell's grid row and column."""

    table: int
    row: int
    column: int


class HtmlTextPlace(msgspec.Struct, frozen=True, array_like=True, tag=3):
    """A block of running text of an HTML page, by its number in reading order."""

    block: int


class WordCellPlace(msgspec.Struct, frozen=True, array_like=True, tag=4):
    """A cell of a Word document: the table's number, and the cell's grid row and column."""

    table: int
    row: int
    column: int


class WordTextPlace(msgspec.Struct, frozen=True, array_like=True, tag=5):
    """A paragraph of a Word document, by its number in reading order among those outside tables."""

    paragraph: int


class SheetPlace(msgspec.Struct, frozen=True, array_like=True, tag=6):
    """A cell of a workbook: the sheet's name and the cell's reference, such as "C7"."""

    sheet: str
    cell: str


class PagePlace(msgspec.Struct, frozen=True, array_like=True, tag=7):
    """A place on a printed page: left, top, right and bottom in points from the top left corner, as it is shown."""

    page: int
    box: tuple[float, float, float, float]


class JsonPlace(msgspec.Struct, frozen=True, array_like=True, tag=8):
    """A key of a JSON file in the shape that `gouji read` prints."""

    key: str


class OtherFilePlace(msgspec.Struct, frozen=True, array_like=True, tag=9):
    """A place in another file than the one that is spoken of: that file's source, and the place in it."""

    source: str
    place: "Location"


class LostPlace(msgspec.Struct, frozen=True, array_like=True, tag=10):
    """A place that is not known, with the reason why."""

    reason: str


class ScanPlace(msgspec.Struct, frozen=True, array_like=True, tag=11):
    """A place on a picture of a page, and how what stands there was read.

    `box` is left, top, right and bottom from the top left corner: points on the page of a PDF, pixels of a picture.
    `likelihood`, from 0 to 1, is that of the reading; `readings` are what a figure may be, each with its likelihood by
    the one way of reading and by the other, the likeliest first. `agreed`: both ways read the same. `proved` counts the
    sums that hold with it. `is_inset`: `page` is the number of a picture that stands in a Word file or a web page.
    `cut` is a small PNG of what is printed there.
    """

    page: int
    box: tuple[float, float, float, float]
    likelihood: float
    readings: tuple[tuple[str, float, float], ...] = ()
    agreed: bool = False
    proved: int = 0
    is_inset: bool = False
    cut: bytes = b""


Location = (
    TextPlace
    | HtmlCellPlace
    | HtmlTextPlace
    | WordCellPlace
    | WordTextPlace
    | SheetPlace
    | PagePlace
    | JsonPlace
    | OtherFilePlace
    | LostPlace
    | ScanPlace
)


TABLE_PLACES = (HtmlCellPlace, WordCellPlace)
"""The places that count the tables of a file."""

PlainFields = dict[str, "str | int | float | list[float] | list[str] | PlainFields"]


def location_fields(location: Location) -> PlainFields:
    """Give what is known of a place as plain fields, the `location` of the JSON output."""
    match location:
        case PagePlace(page, box):
            return {"page": page, "box": list(box)}
        case OtherFilePlace(source, place):
            return {"source": source, "place": location_fields(place)}
        case ScanPlace(page, box, likelihood, readings, agreed, proved, is_inset, _):
            return {
                "scan": True,
                "picture" if is_inset else "page": page,
                "box": list(box),
                "likelihood": likelihood,
                "readings": [text for text, _, _ in readings],
                "agreed": agreed,
                "proved": proved,
            }
    return msgspec.structs.asdict(location)


def describe_location(location: Location, tables: Mapping[int, Bilingual]) -> Bilingual:
    """Say a place in words that a clerk can follow; `tables` are the names of tables of the file, by their number."""
    return _describe(location, tables.get(location.table) if isinstance(location, TABLE_PLACES) else None)


@lru_cache(maxsize=4096)
def _describe(location: Location, table: Bilingual | None) -> Bilingual:
    match location:
        case TextPlace(number, column):
            return line("place-line", line=number, column=column)
        case HtmlCellPlace(number, row, column):
            return line("place-web-cell", table=table or line("place-table", number=number), row=row, column=column)
        case HtmlTextPlace(block):
            return line("place-web-text", block=block)
        case WordCellPlace(number, row, column):
            return line("place-word-cell", table=table or line("place-table", number=number), row=row, column=column)
        case WordTextPlace(paragraph):
            return line("place-word-text", paragraph=paragraph)
        case SheetPlace(sheet, cell):
            return line("place-sheet", sheet=sheet, cell=cell)
        case PagePlace(page, (left, top, _, _)):
            across, down = (f"{length / _POINTS_A_CM:.1f}" for length in (left, top))
            return line("place-page", page=page, left=across, top=down)
        case ScanPlace(page, _, likelihood, readings, _, proved, is_inset, _):
            sums = line("place-scan-sums", proved=proved) if proved else ""
            seen = line("place-scan-likelihood", likelihood=f"{likelihood:.0%}", sums=sums) if readings else ""
            return line("place-inset" if is_inset else "place-scan", page=page, seen=seen)
        case JsonPlace(key):
            return line("place-key", key=key)
        case OtherFilePlace(source, place):
            return line("place-in-other", file=source, place=_describe(place, None))
        case LostPlace(reason):
            return line("place-lost", reason=Bilingual(LOST.get(reason, reason), reason))
