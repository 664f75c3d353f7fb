"""A report as a form prints it: sections of prose and tables of cells with spans, before any layout is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from validator.model.form import Form, FormBlock, FormTable, join_address


@dataclass(frozen=True)
class PrintedCell:
    """A cell as printed; `figure` tells a slot from a label."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    figure: bool = False


@dataclass
class PrintedTable:
    """Rows of cells over a grid of `width` columns."""

    width: int
    rows: list[list[PrintedCell]] = field(default_factory=list)


@dataclass
class PrintedReport:
    """Title, and for each section its heading, its paragraphs and its tables."""

    title: str
    sections: list[tuple[str, list[str], list[PrintedTable]]] = field(default_factory=list)


def print_report(
    form: Form,
    figures: Mapping[str, str],
    *,
    organization: str = "云溪县档案局",
    year: int = 2023,
    prose: Mapping[int, list[str]] | None = None,
    labels: Mapping[str, str] | None = None,
) -> PrintedReport:
    """Print figures (address -> text) on a form. `labels` replaces printed labels by others."""
    prose = prose or {}
    swap = labels or {}
    if form.id == "2014":
        report = PrintedReport(f"{organization}{year}年政府信息公开工作年度报告")
        report.sections.append(("一、概述", prose.get(0, [f"{year}年，我单位依法公开政府信息。"]), []))
        table = _statistics(form, form.tables[0], figures, organization, year, swap)
        report.sections.append(("附件:", [], [table]))
        return report
    report = PrintedReport(f"{organization}{year}年政府信息公开工作年度报告")
    headings = [section[0] for section in form.sections]
    period = f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    report.sections.append((headings[0], [period, *prose.get(0, ["我单位依法做好政府信息公开工作。"])], []))
    tables = {table.id: table for table in form.tables}
    report.sections.append((headings[1], prose.get(1, []), [_proactive(tables["proactive"], figures, swap)]))
    report.sections.append((headings[2], prose.get(2, []), [_applications(tables["applications"], figures, swap)]))
    report.sections.append((headings[3], prose.get(3, []), [_outcomes(tables["outcomes"], figures)]))
    report.sections.append((headings[4], prose.get(4, ["工作中仍有不足，下一步将加以改进。"]), []))
    report.sections.append((headings[5], prose.get(5, ["本年度没有收取信息处理费，无其他需要报告的事项。"]), []))
    return report


def print_sheet(form: Form, figures: Mapping[str, str], *, organization: str, year: int) -> PrintedReport:
    """Print figures (address -> text) on a form that is a table alone: groups beside their rows, units, codes."""
    report = PrintedReport(form.tables[0].heading)
    head = [f"（{year}年度）", f"填报单位：{organization}"]
    tables = [_sheet(table, figures) for table in form.tables]
    report.sections.append((head[0], head[1:], tables))
    return report


def _sheet(table: FormTable, figures: Mapping[str, str]) -> PrintedTable:
    block = table.blocks[0]
    rows = block.rows
    coded = any(row.code for row in rows)
    depth = max(len(row.groups) for row in rows) + 1
    beside = 2 if coded else 0
    printed = PrintedTable(depth + beside + len(block.columns))
    if coded:
        heads = ["计量单位", "代码", *(column.label.zh for column in block.columns)]
        printed.rows.append([PrintedCell("指标名称", depth), *map(PrintedCell, heads)])
    for number, row in enumerate(rows):
        cells = []
        for level in range(len(row.groups)):
            path = row.groups[: level + 1]
            if number and rows[number - 1].groups[: level + 1] == path:
                continue
            same = sum(1 for _ in takewhile(lambda other: other.groups[: len(path)] == path, rows[number:]))  # noqa: B023
            cells.append(PrintedCell(path[-1].zh, 1, same))
        unit = f"（单位：{row.unit}）" if row.unit and not coded else ""
        cells.append(PrintedCell(row.label.zh + unit, depth - len(row.groups)))
        if row.words:
            cells.append(PrintedCell("■是 □否", beside + len(block.columns)))
        else:
            cells += [PrintedCell(row.unit), PrintedCell(row.code)] if coded else []
            addresses = [join_address(table.prefix, row.id, column.id) for column in block.columns]
            cells += [PrintedCell(figures.get(address, ""), figure=True) for address in addresses]
        printed.rows.append(cells)
    return printed


def _proactive(table: FormTable, figures: Mapping[str, str], swap: Mapping[str, str]) -> PrintedTable:
    width = 1 + max(len(block.columns) for block in table.blocks)
    printed = PrintedTable(width)
    for block in table.blocks:
        printed.rows.append([PrintedCell(block.label, colspan=width)])
        spans = _spread(width - 1, len(block.columns))
        heads = [PrintedCell(column.label.zh, span) for column, span in zip(block.columns, spans, strict=True)]
        printed.rows.append([PrintedCell("信息内容"), *heads])
        for row in block.rows:
            slots = [
                PrintedCell(figures.get(join_address(table.prefix, row.id, column.id), ""), span, figure=True)
                for column, span in zip(block.columns, spans, strict=True)
            ]
            printed.rows.append([PrintedCell(swap.get(row.label.zh, row.label.zh)), *slots])
    return printed


def _spread(width: int, count: int) -> list[int]:
    return [width - count + 1 if index == count - 1 else 1 for index in range(count)]


def _applications(table: FormTable, figures: Mapping[str, str], swap: Mapping[str, str]) -> PrintedTable:
    block = table.blocks[0]
    columns = len(block.columns)
    printed = PrintedTable(3 + columns)
    printed.rows.append([PrintedCell(block.note, 3, 3), PrintedCell(block.label, columns)])
    printed.rows.append(
        [PrintedCell("自然人", 1, 2), PrintedCell("法人或其他组织", columns - 2), PrintedCell("总计", 1, 2)]
    )
    printed.rows.append([PrintedCell(column.label.zh) for column in block.columns[1:-1]])
    rows = [row for row in block.rows if f"{table.prefix}.{row.id}.total" in figures]
    inner = [row for row in rows if row.groups or row.stands_for]
    group_rows = {id(row): [r for r in rows if r.groups == row.groups] for row in rows}
    for row in rows:
        slots = [
            PrintedCell(figures.get(join_address(table.prefix, row.id, column.id), ""), figure=True)
            for column in block.columns
        ]
        label = swap.get(row.label.zh, row.label.zh)
        cells: list[PrintedCell] = []
        if not row.groups:
            cells.append(PrintedCell(label, 3))
        else:
            if row is inner[0]:
                cells.append(PrintedCell(row.groups[0].zh, 1, len(inner)))
            if len(row.groups) == 1:
                cells.append(PrintedCell(label, 2))
            else:
                siblings = group_rows[id(row)]
                if row is siblings[0]:
                    cells.append(PrintedCell(row.groups[-1].zh, 1, len(siblings)))
                cells.append(PrintedCell(label))
        printed.rows.append([*cells, *slots])
    return printed


def _outcomes(table: FormTable, figures: Mapping[str, str]) -> PrintedTable:
    block = table.blocks[0]
    printed = PrintedTable(15)
    results = [column.label.zh for column in block.columns]
    printed.rows.append([PrintedCell("行政复议", 5), PrintedCell("行政诉讼", 10)])
    first = [PrintedCell(name, 1, 2) for name in results[:5]]
    printed.rows.append([*first, PrintedCell("未经复议直接起诉", 5), PrintedCell("复议后起诉", 5)])
    printed.rows.append([PrintedCell(name) for name in results[5:]])
    printed.rows.append([PrintedCell(figures.get(column.id, ""), figure=True) for column in block.columns])
    return printed


def _statistics(
    form: Form,
    table: FormTable,
    figures: Mapping[str, str],
    organization: str,
    year: int,
    swap: Mapping[str, str],
) -> PrintedTable:
    printed = PrintedTable(3)
    printed.rows.append([PrintedCell(form.title.zh, 3)])
    printed.rows.append([PrintedCell(f"（{year}年度）", 3)])
    printed.rows.append([PrintedCell(f"填报单位（盖章）：{organization}", 3)])
    printed.rows.append([PrintedCell("统计指标"), PrintedCell("单位"), PrintedCell("统计数")])
    block: FormBlock = table.blocks[0]
    shown: set[str] = set()
    for row in block.rows:
        for group in row.groups:
            if group.zh not in shown:
                shown.add(group.zh)
                printed.rows.append([PrintedCell(group.zh), PrintedCell("——"), PrintedCell("")])
        figure = PrintedCell(figures.get(f"statistics.{row.id}", ""), figure=True)
        printed.rows.append([PrintedCell(swap.get(row.label.zh, row.label.zh)), PrintedCell(row.unit), figure])
    return printed
