"""Workbooks (.xlsx, .xlsm) -> documents: what the visible sheets show, in the order of their tabs."""

import re

from validator.characters import fold
from validator.errors import ReadError
from validator.model.document import Block, Document, Paragraph, Remark
from validator.model.location import SheetPlace
from validator.patterns import Pattern
from validator.readers.package import open_package

from .blocks import SheetReading
from .cells import read_content
from .content import Budget, Content
from .formulas import name_column
from .workbook import open_workbook

_GIVEN_NAME = Pattern(r"(?:Sheet|工作表|表)\s*\d*", re.IGNORECASE)
_MOST_REMARKS = 20


def read_sheets(data: bytes, source: str, *, recalculated: bool = False) -> Document:
    """Read the bytes of a workbook: text as the sheets show it, results of formulas as they were saved.

    `recalculated`: the program that converted the workbook has worked out its formulas anew, which is told.
    Macros, links and connections are not looked at. Raises ReadError for a workbook that is damaged, encrypted,
    unsafe or far larger than a report, and "no-text-inside" for one that shows nothing.
    """
    workbook = open_workbook(open_package(data, "XLSX"))
    budget, reading = Budget(), SheetReading()
    remarks: list[Remark] = []
    formulas = unseen = 0
    pieces: list[tuple[str, list[Block]]] = []
    for sheet in workbook.sheets:
        if sheet.hidden:
            remarks.append(Remark("hidden-sheet", {"sheet": sheet.name}))
            continue
        content = read_content(workbook, sheet, budget)
        if left := content.leave_copies():
            remarks.append(Remark("hidden-copies", {"sheet": sheet.name, "what": left}))
        remarks.extend(_remark_on(content, sheet.name))
        formulas += len(content.formulas)
        unseen += content.unseen
        if blocks := reading.read_blocks(content, sheet.name):
            pieces.append((sheet.name, blocks))
    if unseen:
        remarks.append(Remark("hidden-text", {"count": unseen}))
    if recalculated and formulas:
        remarks.insert(0, Remark("formulas-recalculated", {"count": formulas}))
    if not pieces:
        raise ReadError("no-text-inside")
    shown = [block for name, own in pieces for block in [*(_say_name(name, own) if pieces[1:] else ()), *own]]
    return Document(source, "sheet", tuple(shown), remarks=tuple(remarks[:_MOST_REMARKS]))


def _say_name(name: str, blocks: list[Block]) -> list[Block]:
    """Give the name on a sheet's tab as a heading, unless it says nothing or the sheet says it itself."""
    said = [fold(block.text) for block in blocks[:3] if isinstance(block, Paragraph)]
    if _GIVEN_NAME.fullmatch(name) or any(fold(name) in text for text in said):
        return []
    return [Paragraph(name, SheetPlace(name, "A1"))]


def _remark_on(content: Content, sheet: str) -> list[Remark]:
    """Say what the figures of a sheet do not show by themselves."""
    remarks: list[Remark] = []

    def add(code: str, place: str, values: dict[str, str | int]) -> None:
        remarks.append(Remark(code, {"sheet": sheet, "place": place, **values}, SheetPlace(sheet, place)))

    for formula, result in content.find_stale():
        values = {"formula": f"={formula.text}", "cached": f"{formula.cached:.15g}", "computed": f"{result:.15g}"}
        add("formula-stale", f"{name_column(formula.column)}{formula.row}", {**values})
    if content.uncached:
        add("formula-uncached", content.uncached[0], {"count": len(content.uncached)})
    for place, held, shown in content.rounded:
        add("rounded-display", place, {"held": held, "shown": shown})
    if hidden := content.hidden():
        remarks.append(Remark("hidden-cells", {"sheet": sheet, "what": hidden}))
    return remarks
