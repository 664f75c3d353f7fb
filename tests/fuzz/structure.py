"""Reports changed in their structure, with what is true of each: figures, labels, rows, columns and headers.

A report is printed on its form with some of the changes below, then written in one format. What it then says is known
cell by cell, so that another figure in a cell is a fault, and so is a changed figure of which an identity holds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from dataclasses import replace as replace_cell
from random import Random

from figures import make_figures
from msgspec.structs import replace
from typeset import PrintedCell, PrintedReport, print_report
from typeset.grid import PrintedTable

from validator.model.form import Form

YEARS = {"2014": 2016, "2019": 2020, "2021": 2023}


@dataclass
class Changed:
    """A report as it is printed, and the figure of each cell that it prints one for beyond doubt.

    `open` are the cells of which it cannot be said; `changed` is the one figure that does not fit the others.
    """

    printed: PrintedReport
    figures: dict[str, int]
    open: set[str] = field(default_factory=set)
    changed: str = ""
    changes: list[str] = field(default_factory=list)


def change_report(forms: dict[str, Form], random: Random, shown: str = "cells") -> Changed:
    """Make a sound report of a form and change up to four things of it, of which at most one is a figure.

    `shown` says what is seen of a row: "cells", a "grid" of fixed width, which it can neither leave nor fall short of,
    "cells" that may span columns ("spans"), or the "figures" alone, of which one more stands where one was blank.
    """
    form = forms[random.choice(list(YEARS))]
    figures = make_figures(form, random)
    changed = ""
    if random.random() < 0.5:
        changed = random.choice([address for address in figures if _is_bound(address)])
        figures[changed] = _slip(figures[changed], random)
    texts = {a: _print_number(value, random) if a != changed else str(value) for a, value in figures.items()}
    labels, layout, made = {}, form, ["figure"] * bool(changed)
    if random.random() < 0.3:
        labels, made = _damage(form, random), [*made, "labels"]
    if random.random() < 0.3 and form.id != "2014":
        layout, made = _shuffle(form, random), [*made, "columns"]
    printed = print_report(layout, texts, year=YEARS[form.id], labels=labels)
    report = Changed(printed, figures, changed=changed, changes=made)
    for _ in range(random.choice([0, 0, 1, 1, 2])):
        change = random.choice(_CHANGES[shown])
        if change is _drop_cell and "add_total_column" in report.changes:
            continue  # as many figures as columns: what stands where cannot be told
        change(report, random)
        report.changes.append(change.__name__.strip("_"))
    return report


def _is_bound(address: str) -> bool:
    """Whether a cell lies in an identity of every form that has it."""
    return address.startswith(("applications.", "review.", "litigation")) or address.startswith(
        ("statistics.replies.total", "statistics.requests.received", "statistics.review.", "statistics.litigation.")
    )


def _slip(value: int, random: Random) -> int:
    others = [value + 1, value + 10, value * 10 + 7, int(f"{value}"[::-1])]
    return next(other for other in random.sample(others, len(others)) if other != value)


def _print_number(value: int, random: Random) -> str:
    if value == 0:
        return random.choice(["0", "0", "0", "", "/"])
    return f"{value:,}" if value > 999 and random.random() < 0.5 else str(value)


def _damage(form: Form, random: Random) -> dict[str, str]:
    labels = {}
    for row in (row for table in form.tables for block in table.blocks for row in block.rows):
        letters = list(row.label.zh)
        if len(letters) > 5 and random.random() < 0.15:
            if random.random() < 0.5:
                del letters[random.randrange(2, len(letters))]
            else:
                letters.insert(random.randrange(2, len(letters)), " ")
            labels[row.label.zh] = "".join(letters)
    return labels


def _shuffle(form: Form, random: Random) -> Form:
    tables = []
    for table in form.tables:
        blocks = []
        for block in table.blocks:
            columns = list(block.columns)
            if table.id == "outcomes":
                order = random.sample(range(5), 5)
                columns = [columns[start + n] for start in (0, 5, 10) for n in order]
            elif table.id == "applications":
                columns[1:-1] = random.sample(columns[1:-1], len(columns) - 2)
            else:
                random.shuffle(columns)
            blocks.append(replace(block, columns=tuple(columns)))
        tables.append(replace(table, blocks=tuple(blocks)))
    return replace(form, tables=tuple(tables))


def _rows(report: Changed) -> list[tuple[PrintedTable, int]]:
    """Give the rows of figures that have a label of their own."""
    return [
        (table, number)
        for _, _, tables in report.printed.sections
        for table in tables
        for number, row in enumerate(table.rows)
        if any(cell.figure for cell in row) and not row[0].figure
    ]


def _covering(table: PrintedTable, number: int, step: int) -> None:
    """Let cells that span a row from above reach one row further, or one less, as it is added or taken away."""
    for above in range(number):
        for n, cell in enumerate(table.rows[above]):
            if above + cell.rowspan > number and cell.rowspan > 1:
                table.rows[above][n] = replace_cell(cell, rowspan=cell.rowspan + step)


def _drop_row(report: Changed, random: Random) -> None:
    """A row is lost; others may take no figure of it."""
    table, number = random.choice(_rows(report))
    if max(cell.rowspan for cell in table.rows[number]) == 1:
        _covering(table, number, -1)
        del table.rows[number]


def _double_row(report: Changed, random: Random) -> None:
    table, number = random.choice(_rows(report))
    row = table.rows[number]
    if max(cell.rowspan for cell in row) == 1:
        _covering(table, number, 1)
        table.rows.insert(number, list(row))


def _move_row(report: Changed, random: Random) -> None:
    """Two rows that stand one below the other in one group change places."""
    table, number = random.choice(_rows(report))
    row, other = table.rows[number], table.rows[min(number + 1, len(table.rows) - 1)]
    alike = [(c.colspan, c.rowspan, c.figure) for c in row] == [(c.colspan, c.rowspan, c.figure) for c in other]
    if alike and max(cell.rowspan for cell in row) == 1:
        table.rows[number : number + 2] = [other, row][: len(table.rows) - number]


def _drop_cell(report: Changed, random: Random) -> None:
    """A figure is lost with its cell, so that its row has fewer than the header."""
    table, number = random.choice(_rows(report))
    row = table.rows[number]
    places = [n for n, cell in enumerate(row) if cell.figure]
    if len(places) > 3:
        del row[random.choice(places)]


def _add_cell(report: Changed, random: Random) -> None:
    """A figure too many stands in a row."""
    table, number = random.choice(_rows(report))
    row = table.rows[number]
    places = [n for n, cell in enumerate(row) if cell.figure]
    if len(places) > 3 and row[-1].text:
        row.insert(random.choice(places), PrintedCell(str(random.randrange(1, 99)), figure=True))


def _merge_cells(report: Changed, random: Random) -> None:
    """Two figures stand in one cell that spans both columns."""
    table, number = random.choice(_rows(report))
    row = table.rows[number]
    places = [n for n, cell in enumerate(row[:-1]) if cell.figure and row[n + 1].figure]
    if places:
        place = random.choice(places)
        texts = (row[place].text, row[place + 1].text)
        width = row[place].colspan + row[place + 1].colspan
        row[place : place + 2] = [PrintedCell(" ".join(texts).strip(), width, figure=True)]


def _cut_headers(report: Changed, random: Random) -> None:
    """Header words lose their second half, as where a line of the header is lost."""
    for table in (table for _, _, tables in report.printed.sections for table in tables):
        for row in table.rows:
            for n, cell in enumerate(row):
                if cell.text in ("结果纠正", "其他结果", "尚未审结", "社会公益组织") and random.random() < 0.8:
                    if "columns" in report.changes:
                        report.open |= {a for a in report.figures if not a.startswith(("statistics", "proactive"))}
                    row[n] = PrintedCell(cell.text[:2], cell.colspan, cell.rowspan)


def _lose_header(report: Changed, random: Random) -> None:
    """A row of the header is lost."""
    tables = [table for _, _, tables in report.printed.sections for table in tables]
    table = random.choice(tables)
    heads = [n for n, row in enumerate(table.rows) if not any(cell.figure for cell in row)]
    if heads and "columns" not in report.changes and table.width < 10:
        del table.rows[random.choice(heads)]


def _add_total_column(report: Changed, _: Random) -> None:
    """A subtotal that the form lacks stands before the total."""
    if "drop_cell" in report.changes:
        return
    for table in (t for _, _, tables in report.printed.sections for t in tables if t.width == 10):
        heads = [n for n, row in enumerate(table.rows) if row[-1].text == "其他"]
        if not heads or any(cell.text == "小计" for cell in table.rows[heads[0]]):
            continue
        table.width += 1
        table.rows[0][-1] = PrintedCell(table.rows[0][-1].text, 8)
        group = next(n for n, cell in enumerate(table.rows[1]) if cell.colspan == 5)
        table.rows[1][group] = PrintedCell(table.rows[1][group].text, 6)
        table.rows[heads[0]].append(PrintedCell("小计"))
        for row in table.rows:
            figures = [cell for cell in row if cell.figure]
            if figures:
                texts = [cell.text.replace(",", "") for cell in figures[1:-1]]
                total = sum(int(text) for text in texts if text.isdecimal())
                row.insert(len(row) - 1, PrintedCell(str(total), figure=True))


_ANYWHERE: list[Callable[[Changed, Random], None]] = [_drop_row, _double_row, _move_row, _cut_headers]
_CHANGES = {
    "figures": _ANYWHERE,
    "grid": [*_ANYWHERE, _add_total_column],
    "cells": [*_ANYWHERE, _add_total_column, _drop_cell, _add_cell, _lose_header],
    "spans": [*_ANYWHERE, _add_total_column, _drop_cell, _add_cell, _lose_header, _merge_cells],
}


def cells_that_differ(report: Changed, read: dict[str, object]) -> Iterator[str]:
    """Give the cells that were read with another figure than is printed for them."""
    for address, value in read.items():
        if value is not None and address not in report.open and value != report.figures.get(address):
            yield address
