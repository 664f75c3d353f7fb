"""A sheet's part -> the cells that hold something, with the text that the sheet shows, and what it says beside."""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from validator.errors import ReadError
from validator.readers.package import Element

from .content import FRAMED_BLANK, Budget, Content, Formula, SheetCell, has_text
from .formats import GENERAL, is_plain, is_shown_as_blank_zero, show_number
from .formulas import (
    LAST_COLUMN,
    LAST_ROW,
    move_formula,
    name_column,
    read_cell,
    read_reference,
)
from .workbook import SheetPart, Style, Workbook, clean, read_rich_text, walk

_MOST_MERGES = 5_000
_MOST_STEPS = 2_000_000
# Sheets may hold rows by the hundred thousand that have a style and nothing else: the first of each run is enough.
_BLANK_ROW = rb'<row\b[^<>]{0,200}\br="\d+"[^<>]{0,200}(?:/>|>\s*(?:<c\b[^<>]{0,99}/>\s*){0,16384}</row>)\s*'
_BLANK_ROWS = re.compile(rb"(" + _BLANK_ROW + rb")(?:" + _BLANK_ROW + rb")+")
_PLAIN_STYLE = Style()
_FILLING = (b"conditionalFormatting", b"tablePart", b"<picture")
_LOST = "\ufffd"
_TRUTH = {"0": "FALSE", "1": "TRUE"}


def read_content(workbook: Workbook, sheet: SheetPart, budget: Budget) -> Content:
    """Read a sheet: only cells that hold something, and the first row of bordered blanks after such a row."""
    return _SheetWalk(workbook, sheet, budget).read()


class _SheetWalk:
    """Goes through the rows of a sheet once."""

    def __init__(self, workbook: Workbook, sheet: SheetPart, budget: Budget) -> None:
        self._workbook = workbook
        self._sheet = sheet
        self._budget = budget
        self._content = Content()
        self._shared: dict[str, tuple[str, int, int]] = {}
        self._blank_zeros = False
        self._styles = {str(number): style for number, style in enumerate(workbook.styles)}
        self._columns: dict[str, int] = {}
        self._space: str | None = None
        self._value = self._formula = self._inline = ""

    def read(self) -> Content:
        """Give what the sheet holds."""
        content = self._content
        row = merges = 0
        for element in walk(
            self._workbook.package, self._sheet.part, "row", "sheetView", "col", "mergeCell", repeated=_BLANK_ROWS
        ):
            match element.tag.rpartition("}")[2]:
                case "row":
                    row = _number(element.get("r"), LAST_ROW) or row + 1
                    self._read_row(element, row)
                case "mergeCell":
                    area = read_reference(element.get("ref") or "")
                    content.merges.setdefault(area[0], {})[area[1]] = area
                    merges += 1
                    if merges > _MOST_MERGES:
                        limit = f"{_MOST_MERGES} merged areas"
                        raise ReadError("too-much-packed", what=f"{self._sheet.name}: > {limit}", limit=limit)
                case "col" if _is_on(element.get("hidden")) or _is_none(element.get("width")):
                    first, last = (_number(element.get(key), LAST_COLUMN) for key in ("min", "max"))
                    content.hidden_columns.append((first, last))
                case "sheetView":
                    self._blank_zeros = (element.get("showZeros") or "1") in ("0", "false")
        self._drop_covered()
        return content

    @cached_property
    def _may_be_filled(self) -> bool:
        """Whether more than the styles of cells may say what stands behind their text."""
        data = self._workbook.package.read(self._sheet.part)
        return any(word in data for word in _FILLING)

    def _drop_covered(self) -> None:
        """Drop what lies under merged cells, which is not seen, and rows of borders that do not follow a table's."""
        rows, steps = self._content.rows, 0
        numbers = sorted(rows)
        for area in (area for row in self._content.merges.values() for area in row.values()):
            top, left, bottom, right = area
            for number in numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]:
                cells = rows[number]
                steps += 1 + len(cells)
                if steps > _MOST_STEPS:
                    limit = f"{_MOST_STEPS} merged cells"
                    raise ReadError("too-much-packed", what=f"{self._sheet.name}: > {limit}", limit=limit)
                for column in [c for c in cells if left <= c <= right and (number, c) != (top, left)]:
                    del cells[column]
        for number in [number for number, cells in rows.items() if len(cells) < 2 and not has_text(cells)]:
            del rows[number]

    def _read_row(self, element: Element, row: int) -> None:
        if not len(element):
            return
        if self._space is None:
            self._name_tags(element.tag.rpartition("}")[0])
        cells: dict[int, SheetCell] = {}
        column = 0
        is_filled = False
        styles, known, end = self._styles, self._columns, str(row)
        for child in element:
            reference = child.get("r")
            if reference:
                letters = reference.removesuffix(end)
                place = known.get(letters)
                column = self._find_column(reference, column, letters, end) if place is None else place
            else:
                column += 1
            style = styles.get(child.get("s") or "", _PLAIN_STYLE)
            text = self._read_cell(child, row, column, style) if len(child) else ""
            if text and (style.unseen or self._workbook.faint or child.get("t") == "inlineStr"):
                text = self._leave_unseen(child, text, style)
            if text:
                cells[column] = SheetCell(text, style.framed)
                is_filled = True
            elif style.framed:
                cells[column] = FRAMED_BLANK
        if is_filled:
            self._budget.spend(cells, self._sheet.name)
            if _is_on(element.get("hidden")) or _is_none(element.get("ht")):
                self._content.hidden_rows.append(row)
        if is_filled or (len(cells) > 1 and has_text(self._content.rows.get(row - 1, {}))):
            self._content.rows[row] = cells

    def _name_tags(self, space: str) -> None:
        self._space = f"{space}}}" if space else ""
        self._value, self._formula, self._inline = (f"{self._space}{tag}" for tag in ("v", "f", "is"))

    def _find_column(self, reference: str, before: int, letters: str, row: str) -> int:
        """Give the column of a cell by its reference, else the one after the cell before; keep it by its letters."""
        place = read_cell(reference)
        if place is None:
            return before + 1
        if letters != reference and f"{letters}{row}" == reference and letters.isalpha():
            self._columns[letters] = place[1]
        return place[1]

    def _read_cell(self, cell: Element, row: int, column: int, style: Style) -> str:
        kind = cell.get("t") or "n"
        value = formula = inline = None
        for child in cell:
            tag = child.tag
            if tag == self._value:
                value = child.text
            elif tag == self._formula:
                formula = child
            elif tag == self._inline:
                inline = read_rich_text(child, struck=style.struck)
        if formula is None:
            text = self._show(kind, value or "", inline, row, column, style)
            return self._leave_struck(kind, value or "", text) if style.struck else text
        written = self._read_formula(formula, row, column)
        if not value and kind != "str":
            self._content.uncached.append(f"{name_column(column)}{row}")
            self._content.figures[row, column] = "#"
            return f"={written}" if written else "=?"
        text = self._show(kind, value or "", inline, row, column, style)
        if kind == "n" and written and isinstance(number := self._content.figures.get((row, column)), float):
            self._content.formulas.append(Formula(row, column, written, number))
        return "" if style.struck else text

    def _leave_struck(self, kind: str, value: str, text: str) -> str:
        """Give what a cell that is struck out shows all the same: text in a font of its own."""
        if kind == "s":
            index = _number(value, len(self._workbook.strings))
            return self._workbook.rich.get(index, "")
        return text if kind == "inlineStr" else ""

    def _leave_unseen(self, cell: Element, shown: str, style: Style) -> str:
        """Give what is seen of the text of a cell; what has the colour of its ground is not."""
        value, inline = cell.find("{*}v"), cell.find("{*}is")
        if inline is not None:
            seen = read_rich_text(inline, struck=style.unseen or style.struck, on_white=style.white)
        else:
            is_string = cell.get("t") == "s" and value is not None
            index = _number(value.text, len(self._workbook.strings)) if is_string and value is not None else -1
            left = self._workbook.rich.get(index, "") if style.unseen else shown
            seen = self._workbook.faint.get(index, left) if style.white and not style.unseen else left
        if seen == shown or self._may_be_filled:
            return shown
        self._content.unseen += 1
        return seen

    def _show(self, kind: str, value: str, inline: str | None, row: int, column: int, style: Style) -> str:
        """Give the text that the sheet shows for a stored value, and keep what formulas count with."""
        if kind == "n":
            if not value:
                return ""
            try:
                self._content.figures[row, column] = float(value)
            except ValueError:
                return clean(value)
            if style.code == GENERAL and is_plain(value):  # as nearly all figures of a report are
                return value
            shown = show_number(value, style.code, from_1904=self._workbook.from_1904)
            if shown.rounded:
                self._content.rounded.append((f"{name_column(column)}{row}", shown.text, shown.rounded))
            return "" if self._blank_zeros and is_shown_as_blank_zero(value) else shown.text
        strings = self._workbook.strings
        if kind == "s":
            index = _number(value, len(strings)) if value.isdecimal() else len(strings)
            if value.strip() and not strings:
                raise self._workbook.package.damage(f"{self._sheet.part}: no strings")
            # A cell without a number of a string is blank; one whose string is not there cannot be read.
            text = strings[index] if index < len(strings) else _LOST if value.strip() else ""
        elif kind == "inlineStr":
            text = inline or ""
        else:  # str, e, b, d: the result of a formula, an error, a truth, a date
            text = _TRUTH.get(value, value) if kind == "b" else clean(value)
        # What is no number stops a formula that counts with it; "#" also stops a sum, which passes text over.
        self._content.figures[row, column] = f"#{text}" if kind in ("e", "b") else text
        return text

    def _read_formula(self, formula: Element, row: int, column: int) -> str:
        """Give a formula as it reads in its cell; "" for kinds that are more than the formula of one cell."""
        kind, text = formula.get("t") or "normal", formula.text or ""
        if kind == "shared":
            index = formula.get("si") or ""
            if text:
                self._shared[index] = (text, row, column)
            elif index in self._shared:
                text, top, left = self._shared[index]
                return move_formula(text, row - top, column - left)
            return text
        return text if kind == "normal" else ""


def _number(text: str | None, most: int) -> int:
    """Give a whole number, but no more than `most`; 0 for anything else."""
    return min(int(text[:12]), most) if text and text.isascii() and text.isdecimal() else 0


def _is_none(length: str | None) -> bool:
    """Whether a width or height is given and is none."""
    return length is not None and re.fullmatch(r"0+(?:\.0*)?", length) is not None


def _is_on(text: str | None) -> bool:
    return text in ("1", "true")
