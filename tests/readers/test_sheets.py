"""Workbooks as offices make them: what a sheet shows becomes cells and paragraphs, and what it hides is told."""

import sys
import time
import zipfile
from functools import cache
from io import BytesIO
from random import Random

import pytest
from figures import make_figures
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart
from openpyxl.styles import Border, Side
from sheet_writer import sheet_bytes
from typeset import PrintedReport, print_report
from word_writer import place_cells

from validator.errors import ReadError
from validator.extraction import extract
from validator.model.document import Document, Paragraph, Remark, Table
from validator.model.location import SheetPlace
from validator.model.report import CellState, Report
from validator.pipeline.knowledge import Knowledge, load_knowledge
from validator.readers.sheets import read_sheets
from validator.readers.sheets.formats import show_number
from validator.readers.sheets.formulas import Calculator, move_formula

YEARS = {"2014": 2016, "2019": 2019, "2021": 2023}
FRAME = Border(*[Side(style="thin")] * 4)
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@cache
def knowledge() -> Knowledge:
    return load_knowledge()


def print_some(form_id: str, random: Random) -> tuple[dict[str, str], PrintedReport]:
    form = knowledge().ruleset.forms[form_id]
    figures = make_figures(form, random, single_other=random.random() < 0.3)
    zero = random.choice(["0", "", "/", "mixed"])
    texts = {}
    for address, number in figures.items():
        text = str(number) if random.random() < 0.9 else f"{number:,}"
        texts[address] = text if number else random.choice(["0", ""]) if zero == "mixed" else zero
    return texts, print_report(form, texts, year=YEARS[form_id])


def write_variant(report: PrintedReport, random: Random) -> bytes:
    """Set a report as people do: framed tables or none, merged lines or not, blank rows, margins, sheets."""
    book = Workbook()
    sheet = book.active
    framed, merged, spaced = (random.random() < 0.5 for _ in range(3))
    apart = random.random() < 0.3
    top, left = random.choice([1, 3]), random.choice([1, 2])
    row = top
    for number, (heading, paragraphs, tables) in enumerate([(report.title, [], []), *report.sections]):
        if apart and number > 1:
            sheet, row = book.create_sheet(heading[:12].strip(":")), top
        for text in (heading, *paragraphs):
            sheet.cell(row, left, text)
            if merged:
                sheet.merge_cells(start_row=row, end_row=row, start_column=left, end_column=left + 14)
            row += 1 + spaced
        for table in tables:
            for down, right, cell in place_cells(table):
                first = sheet.cell(row + down, left + right)
                first.value = int(cell.text) if cell.figure and cell.text.isdecimal() else cell.text or None
                if framed:
                    for r in range(down, down + cell.rowspan):
                        for c in range(right, right + cell.colspan):
                            sheet.cell(row + r, left + c).border = FRAME
                if cell.colspan > 1 or cell.rowspan > 1:
                    last = {"end_row": row + down + cell.rowspan - 1, "end_column": left + right + cell.colspan - 1}
                    sheet.merge_cells(start_row=row + down, start_column=left + right, **last)
            row += len(table.rows) + spaced
    return save(book)


def save(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def to_report(document: Document) -> Report:
    return extract(document, knowledge().ruleset.forms, knowledge().wordings)


def state_of(text: str) -> tuple[CellState, int | None]:
    if text == "":
        return CellState.BLANK, None
    return (CellState.NOT_APPLICABLE, None) if text == "/" else (CellState.NUMBER, int(text.replace(",", "")))


@pytest.mark.parametrize("form_id", YEARS)
@pytest.mark.parametrize("seed", range(12))
def test_a_sound_report_reads_back_exactly(form_id: str, seed: int) -> None:
    random = Random(f"{form_id} {seed}")
    texts, printed = print_some(form_id, random)
    data = sheet_bytes(printed, sheet_a_section=seed % 2 > 0) if seed < 4 else write_variant(printed, random)

    document = read_sheets(data, "a.xlsx")
    report = to_report(document)

    assert (report.form, report.organization, report.year) == (form_id, "云溪县档案局", YEARS[form_id])
    assert {a: (c.state, c.value) for a, c in report.cells.items()} == {a: state_of(t) for a, t in texts.items()}
    assert {p.kind for p in report.problems} <= {"row-merged"}
    book = load_workbook(BytesIO(data))
    for address, cell in report.cells.items():
        held = book[cell.location.sheet][cell.location.cell].value
        assert str(held if held is not None else "").replace(",", "") == texts[address].replace(",", ""), cell


def sheet_xml(rows: str, after: str = "", before: str = "") -> str:
    return f'<worksheet xmlns="{SPACE}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def make_book(
    *sheets: str, names: tuple[str, ...] = ("甲", "乙"), strings: str = "", styles: str = "", more: str = ""
) -> bytes:
    """Write the parts of a workbook as they are given; `more` stands in the tag of the second sheet."""
    parts = [("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
    parts += [("worksheet", f"worksheets/sheet{n}.xml") for n in range(len(sheets))]
    rels = "".join(f'<Relationship Id="r{n}" Type="{RELATIONS}/{k}" Target="{t}"/>' for n, (k, t) in enumerate(parts))
    tabs = "".join(
        f'<sheet name="{names[n]}" sheetId="{n + 1}" r:id="r{n + 2}" {more if n else ""}/>' for n in range(len(sheets))
    )
    contents = {
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{RELATIONS}/officeDocument"'
        ' Target="/xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SPACE}" xmlns:r="{RELATIONS}"><sheets>{tabs}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{rels}</Relationships>",
        "xl/sharedStrings.xml": f'<sst xmlns="{SPACE}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{SPACE}">{styles}</styleSheet>',
        **{f"xl/worksheets/sheet{n}.xml": text for n, text in enumerate(sheets)},
    }
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in contents.items():
            package.writestr(name, text)
    return target.getvalue()


def texts_of(data: bytes) -> list[object]:
    blocks = read_sheets(data, "a.xlsx").blocks
    return [b.text if isinstance(b, Paragraph) else [[c.text for c in r.cells] for r in b.rows] for b in blocks]


@pytest.mark.parametrize(
    ("stored", "code", "text", "rounded"),
    [
        ("12", "General", "12", ""),
        ("12.0", "General", "12", ""),
        ("0.30000000000000004", "General", "0.3", ""),
        ("1234567.5", "General", "1234567.5", ""),
        ("1E2", "General", "100", ""),
        ("1204.5", "#,##0.00", "1,204.50", ""),
        ("1204", "#,##0", "1,204", ""),
        ("12", "0.00", "12.00", ""),
        ("2.5", "0.##", "2.5", ""),
        ("12.4", "0", "12.4", "12"),
        ("0.4", "0", "0.4", "0"),
        ("0.5", "0", "0.5", "1"),
        ("2.5", "0", "2.5", "3"),
        ("-2.5", "0", "-2.5", "-3"),
        ("0.125", "0.00", "0.125", "0.13"),
        ("2.675", "#,##0.00", "2.675", "2.68"),
        ("0.3204", "0.00%", "32.04%", ""),
        ("0.32", "0%", "32%", ""),
        ("0.3204", "0%", "32.04%", "32%"),
        ("-3", "0;(0)", "(3)", ""),
        ("-3", "#,##0_ ;[Red]-#,##0 ", "-3", ""),
        ("0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ ', "0", ""),
        ("0", '0;-0;"——"', "0", ""),
        ("0", '0;-0;"无"', "无", ""),
        ("-0.0", '0;-0;"-"', "0", ""),
        ("0", "#,##0;-#,##0;", "", ""),
        ("7", ";;;", "7", "∅"),
        ("12", '0"件"', "12件", ""),
        ("12", "0!件", "12件", ""),
        ("12", "¥#,##0.00", "¥12.00", ""),
        ("12", "[$¥-804]#,##0", "¥12", ""),
        ("12", "G/通用格式", "12", ""),
        ("12", "@", "12", ""),
        ("12345", "0!.0,", "12345 [0!.0,]", ""),
        ("12000", "#,##0,", "12000", "12"),
        ("12345", "#,##0,", "12345", "12"),
        ("12", "[>9]0;0.0", "12 [[>9]0;0.0]", ""),
        ("45306", 'yyyy"年"m"月"d"日"', "2024-01-15", ""),
        ("45306.5", "yyyy/m/d h:mm", "2024-01-15 12:00", ""),
        ("12", "m/d/yy", "1900-01-12", ""),
        ("-1", "yyyy-mm-dd", "-1 [yyyy-mm-dd]", ""),
        ("830.0000000001", "0", "830", ""),
        ("829.9999999999", "General", "830", ""),
        ("35.6200000001", "0.00", "35.62", ""),
        ("0.333333333333333", "0.00", "0.333333333333333", "0.33"),
        ("NaN", "0", "NaN", ""),
        ("1e999", "0", "1e999", ""),
    ],
)
def test_a_number_is_shown_as_its_format_says(stored: str, code: str, text: str, rounded: str) -> None:
    assert show_number(stored, code) == (text, rounded)


def test_dates_count_from_1904_where_the_book_says_so() -> None:
    assert show_number("0", "yyyy-mm-dd").text == "00:00"
    assert show_number("1", "yyyy-mm-dd", from_1904=True).text == "1904-01-02"


def test_cells_of_every_kind() -> None:
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
        '<c r="C1" t="inlineStr"><is><t>行内</t></is></c>'
        '<c r="D1" t="b"><v>1</v></c><c r="E1" t="e"><v>#REF!</v></c><c r="F1" t="str"><f>A1</f><v>字</v></c>'
        '<c r="G1" t="s"><v>2</v></c><c r="H1" s="1"><v>12.5</v></c>'
        '<c r="I1" s="2"><v>9</v></c><c r="J1"><v>0</v></c></row>'
        "<row><c><v>1</v></c><c><v>2</v></c>" + "<c><v>5</v></c>" * 7 + "</row>"
    )
    strings = (
        "<si><t>12</t></si><si><r><t>合</t></r><r><rPr><strike/></rPr><t>十</t></r><r><t>计</t></r><rPh><t>ごう</t></rPh></si>"
        '<si><t xml:space="preserve"> 甲_x000D_\n  乙\u200b </t></si>'
    )
    styles = (
        '<numFmts><numFmt numFmtId="176" formatCode="0.00"/></numFmts><fonts><font/><font><strike/></font></fonts>'
        '<cellXfs><xf/><xf numFmtId="176"/><xf fontId="1"/></cellXfs>'
    )
    data = make_book(sheet_xml(rows), strings=strings, styles=styles)
    assert texts_of(data) == [
        [
            ["12", "合计", "行内", "TRUE", "#REF!", "字", "甲\n乙", "12.50", "", "0"],
            ["1", "2", "5", "5", "5", "5", "5", "5", "5", ""],
        ]
    ]


def test_a_cell_that_is_struck_out_shows_what_has_a_font_of_its_own() -> None:
    former, plain = "<r><rPr><strike/></rPr><t>17</t></r>", "<r><rPr><sz val='11'/></rPr><t>12</t></r>"
    strings = f"<si>{former}{plain}</si><si><r><t>17</t></r>{plain}</si><si><t>17</t></si>"
    kind = 't="inlineStr" s="1"'
    inline = f'<c r="D1" {kind}><is>{former}{plain}</is></c><c r="E1" {kind}><is><t>17</t></is></c>'
    shared = "".join(f'<c r="{"ABC"[index]}1" t="s" s="1"><v>{index}</v></c>' for index in range(3))
    styles = "<fonts><font/><font><strike/></font></fonts><cellXfs><xf/><xf fontId='1'/></cellXfs>"
    rows = f'<row r="1">{shared}{inline}</row><row r="2">{"<c><v>3</v></c>" * 5}</row>'
    data = make_book(sheet_xml(rows), strings=strings, styles=styles)
    assert texts_of(data) == [[["12", "12", "", "12", ""], ["3"] * 5]]


def test_strings_that_are_not_there_spoil_their_cell_alone() -> None:
    rows = '<row r="1"><c t="s"><v>0</v></c><c t="s"><v></v></c><c t="s"><v>7</v></c><c><v>5</v></c></row>'
    assert texts_of(make_book(sheet_xml(rows), strings="<si><t>合计</t></si>")) == ["合计", [["\ufffd", "5"]]]


def test_digits_above_the_line_do_not_continue_a_figure() -> None:
    mark = '<r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>'
    strings = f"<si><r><t>1250</t></r>{mark}</si><si>{mark}</si>"
    rows = '<row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
    assert texts_of(make_book(sheet_xml(rows), strings=strings)) == [[["1250¹", "1"]]]


def test_zeros_that_a_sheet_leaves_blank_are_blank() -> None:
    views = '<sheetViews><sheetView showZeros="0"/></sheetViews>'
    rows = '<row r="1"><c r="A1"><v>0</v></c><c r="B1"><v>3</v></c><c r="C1"><v>4</v></c></row>'
    assert texts_of(make_book(sheet_xml(rows, before=views))) == [[["3", "4"]]]


def test_a_result_that_is_stale_is_told_and_read_as_shown() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>2</v></c><c r="B1"><v>3</v></c><c r="C1"><f>SUM(A1:B1)</f><v>6</v></c></row>'
        '<row r="2"><c r="A2"><v>4</v></c><c r="B2"><v>5</v></c>'
        '<c r="C2"><f t="shared" ref="C2:C3" si="0">A2+B2</f><v>9</v></c></row>'
        '<row r="3"><c r="A3"><v>1</v></c><c r="B3"><v>1</v></c><c r="C3"><f t="shared" si="0"/><v>7</v></c></row>'
        '<row r="4"><c r="A4"><f>C1+1</f><v>7</v></c><c r="B4"><f>IF(A1,1,2)</f><v>9</v></c><c r="C4"/></row>'
    )
    document = read_sheets(make_book(sheet_xml(rows)), "a.xlsx")
    stale = {"sheet": "甲", "formula": "=SUM(A1:B1)", "cached": "6", "computed": "5", "place": "C1"}
    shared = {"sheet": "甲", "formula": "=A3+B3", "cached": "7", "computed": "2", "place": "C3"}
    assert document.remarks == (
        Remark("formula-stale", stale, SheetPlace("甲", "C1")),
        Remark("formula-stale", shared, SheetPlace("甲", "C3")),
    )
    (table,) = document.blocks
    assert table.rows[0].cells[2].text == "6"


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("1+2*3-4/2", 5),
        ("-(1+2)*2", -6),
        ("SUM(A1:A3)", 6),
        ("SUM(A1,$A$2:A3,10)", 16),
        ("sum(a1:a3)/2", 3),
        ("SUM(A1+1,2)", 4),
        ("SUM(A1:B3)", 6),  # text counts nothing in a sum
        ("A1+B1", None),
        ("A1+C9", 1),  # a blank cell is 0
        ("SUM(A1:D1)", None),  # an error in the range
        ("A1/C9", None),
        ("A1^2", None),
        ("A1%", None),
        ("SUM(A:A)", None),
        ("SUMIF(A1:A3,1)", None),
        ("Sheet2!A1+1", None),
        ("'表 二'!A1", None),
        ("A1:A3", None),
        ("1+", None),
        ("((1)", None),
        ("1 2", None),
        ("__import__('os')", None),
        ("(" * 60 + "1" + ")" * 60, None),
        ("1e400+1", None),
        ("A9999999", None),
    ],
)
def test_only_plain_arithmetic_is_worked_out(formula: str, result: float | None) -> None:
    figures = {(1, 1): 1.0, (2, 1): 2.0, (3, 1): 3.0, (1, 2): "12", (1, 4): "#REF!"}
    assert Calculator(figures).calculate(formula) == result


def test_a_shared_formula_moves_with_its_cell() -> None:
    assert move_formula('SUM(A1:$B$2)+$C3*D$4&"A1"', 2, 1) == 'SUM(B3:$B$2)+$C5*E$4&"A1"'


@pytest.mark.parametrize(
    ("form_id", "addresses"),
    [
        ("2021", ("applications.granted.natural_person", "applications.denied.state_secret.total", "review.upheld")),
        ("2021", ("proactive.licensing.decisions", "applications.granted.research", "review.total")),
        ("2014", ("statistics.requests.received", "statistics.complaints")),
    ],
)
def test_what_has_no_figure_is_unreadable_and_never_blank(form_id: str, addresses: tuple[str, ...]) -> None:
    """A formula without a result, an error or a truth, in the first column of figures, in the only one, in a total."""
    figures = make_figures(knowledge().ruleset.forms[form_id], Random(form_id))
    marks = {address: 778800 + n for n, address in enumerate(addresses)}
    printed = print_report(knowledge().ruleset.forms[form_id], {a: str(n) for a, n in (figures | marks).items()})
    original = sheet_bytes(printed)
    for saved in ("=SUM(A1:B1)", "#REF!", "#N/A", True):
        book = load_workbook(BytesIO(original))
        cells = [cell for row in book.active for cell in row if cell.value in marks.values()]
        for cell in cells:
            cell.value = saved
        document = read_sheets(save(book), "a.xlsx")
        report = to_report(document)
        read = {address: (cell.state, cell.value) for address, cell in report.cells.items()}
        counted = {address: (CellState.NUMBER, number) for address, number in figures.items()}
        assert read == counted | dict.fromkeys(marks, (CellState.UNREADABLE, None))
        first = cells[0].coordinate
        uncached = {"sheet": "年度报告", "place": first, "count": len(cells)}
        told = Remark("formula-uncached", uncached, SheetPlace("年度报告", first))
        assert document.remarks == ((told,) if saved == "=SUM(A1:B1)" else ())


def test_digits_that_a_format_hides_are_read_and_told() -> None:
    book = Workbook()
    book.active.append(["行政许可", 12.4])
    book.active["B1"].number_format = "0"
    document = read_sheets(save(book), "a.xlsx")
    assert document.blocks[0].rows[0].cells[1].text == "12.4"
    values = {"sheet": "Sheet", "place": "B1", "held": "12.4", "shown": "12"}
    assert document.remarks == (Remark("rounded-display", values, SheetPlace("Sheet", "B1")),)


def test_what_is_hidden_is_told_and_hidden_sheets_are_not_read() -> None:
    book = Workbook()
    for number in range(1, 9):
        book.active.append([f"行{number}", number, number])
    for number in (3, 4, 7, 30):
        book.active.row_dimensions[number].hidden = True
    book.active.column_dimensions["C"].hidden = True
    book.active.column_dimensions["X"].hidden = True
    for name, state in (("底稿", "hidden"), ("更深", "veryHidden")):
        book.create_sheet(name).append(["底稿", 1])
        book[name].sheet_state = state
    document = read_sheets(save(book), "a.xlsx")
    assert document.remarks == (
        Remark("hidden-cells", {"sheet": "Sheet", "what": "3:4, 7:7, C:C"}),
        Remark("hidden-sheet", {"sheet": "底稿"}),
        Remark("hidden-sheet", {"sheet": "更深"}),
    )
    (table,) = document.blocks
    assert [row.cells[2].text for row in table.rows] == [str(n) for n in range(1, 9)]


def test_prose_headings_and_tables_of_one_sheet_part() -> None:
    book = Workbook()
    sheet = book.active
    prose = "本机关依法做好政府信息公开工作。" * 8
    lines = {1: ("题", 1), 2: ("一、总体情况", 1), 3: (f"{prose}\n{prose}", 5), 8: ("二、主动公开", 1)}
    for row, (text, height) in lines.items():
        sheet.cell(row, 1, text)
        sheet.merge_cells(start_row=row, end_row=row + height - 1, start_column=1, end_column=6)
        for r in range(row, row + height):
            for c in range(1, 7):
                sheet.cell(r, c).border = FRAME
    for row, texts in {9: ["甲", "乙", "丙"], 10: ["规章", 1, 2], 11: ["文件", None, None], 12: ["许可", 3, 4]}.items():
        for column, text in enumerate(texts, start=1):
            sheet.cell(row, column, text).border = FRAME
    sheet["A14"] = "注：无。"
    assert texts_of(save(book)) == [
        "题",
        "一、总体情况",
        prose,
        prose,
        "二、主动公开",
        [["甲", "乙", "丙"], ["规章", "1", "2"], ["文件", "", ""], ["许可", "3", "4"]],
        "注：无。",
    ]


def test_columns_that_only_widen_merged_cells_are_no_columns() -> None:
    book = Workbook()
    for row, (a, b) in enumerate([("信息内容", "件数"), ("行政许可", 5), ("行政处罚", None)], start=2):
        for column, value in ((2, a), (5, b)):
            book.active.cell(row, column, value).border = FRAME
            book.active.merge_cells(start_row=row, end_row=row, start_column=column, end_column=column + 2)
    (table,) = read_sheets(save(book), "a.xlsx").blocks
    assert [[(c.text, c.column, c.colspan, c.location.cell) for c in row.cells] for row in table.rows] == [
        [("信息内容", 0, 1, "B2"), ("件数", 1, 1, "E2")],
        [("行政许可", 0, 1, "B3"), ("5", 1, 1, "E3")],
        [("行政处罚", 0, 1, "B4"), ("", 1, 1, "E4")],
    ]


def test_what_stands_beside_a_table_is_another() -> None:
    book = Workbook()
    for row in ([None, "一", 1, 2, None, "校验", 0], [None, "二", 3, 4, None, "校验", 0], [None, "三", 5, 6]):
        book.active.append(row)
    assert texts_of(save(book)) == [[["一", "1", "2"], ["二", "3", "4"], ["三", "5", "6"]], [["校验", "0"]] * 2]


def test_names_of_tabs_are_headings_where_they_say_something() -> None:
    book = Workbook()
    book.active.append(["题目"])
    for name, first in (("三、收到申请", "一"), ("Sheet3", "二"), ("四、复议", "四、复议情况")):
        book.create_sheet(name).append([first])
    assert texts_of(save(book)) == ["题目", "三、收到申请", "一", "二", "四、复议情况"]
    assert read_sheets(save(book), "a").blocks[1].location == SheetPlace("三、收到申请", "A1")


def test_sheets_of_charts_are_passed_over() -> None:
    book = Workbook()
    book.active.append(["甲", 1])
    book.create_chartsheet("图").add_chart(BarChart())
    assert texts_of(save(book)) == [[["甲", "1"]]]


@pytest.mark.parametrize("target", ["http://127.0.0.1:9/a.xml", "file:///etc/passwd", "../../../../etc/passwd"])
def test_what_lies_outside_the_package_is_not_read(target: str) -> None:
    data = make_book(sheet_xml("<row><c><v>1</v></c></row>"))
    target_of = 'Target="worksheets/sheet0.xml"'
    mode = "" if target.startswith("..") else ' TargetMode="External"'
    with pytest.raises(ReadError, match="damaged"):
        read_sheets(repack(data, "xl/_rels/workbook.xml.rels", target_of, f'Target="{target}"{mode}'), "a.xlsx")


def repack(data: bytes, name: str, old: str, new: str) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.namelist():
            content = before.read(member)
            after.writestr(member, content.replace(old.encode(), new.encode()) if member == name else content)
    return target.getvalue()


def code_of(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read_sheets(data, "a.xlsx")
    return caught.value.code


def test_cells_at_the_far_ends_cost_nothing() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>3</v></c></row>'
    )
    merges = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert texts_of(make_book(sheet_xml(rows))) == ["1", "2", "3"]
    assert texts_of(make_book(sheet_xml(rows, merges))) == ["1"]


def test_many_rows_that_hold_nothing_are_passed_over() -> None:
    blank = "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(2, 100_000))
    styles = (
        '<borders><border/><border><left style="thin"/></border></borders><cellXfs><xf/><xf borderId="1"/></cellXfs>'
    )
    start = time.perf_counter()
    assert texts_of(make_book(sheet_xml(f'<row r="1"><c r="A1"><v>1</v></c></row>{blank}'), styles=styles)) == ["1"]
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ('<row><c t="inlineStr"><is><t>一</t></is></c></row>' * 20_001, "too-many-rows"),
        ("<row>" + "<c><v>1</v></c>" * 600 + "</row>" + "<row><c><v>1</v></c></row>" * 600, "too-much-packed"),
        ("<row/>", "no-text-inside"),
    ],
)
def test_more_than_any_report_holds_is_refused(rows: str, code: str) -> None:
    assert code_of(make_book(sheet_xml(rows))) == code


def test_a_document_type_is_refused() -> None:
    sheet = '<!DOCTYPE worksheet [<!ENTITY a "1">]>' + sheet_xml("<row><c><v>&a;</v></c></row>")
    assert code_of(make_book(sheet)) == "unsafe-xml"


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml", None)
    with pytest.raises(ReadError) as caught:
        read_sheets(make_book(sheet_xml("<row/>")), "a.xlsx")
    assert (caught.value.code, caught.value.values["extra"]) == ("needs-extra", "office")


def test_hidden_second_sheet_alone_leaves_nothing_to_read() -> None:
    one, two = sheet_xml("<row/>"), sheet_xml("<row><c><v>1</v></c></row>")
    assert code_of(make_book(one, two, more='state="hidden"')) == "no-text-inside"
    assert isinstance(read_sheets(make_book(one, two), "a").blocks[0], Paragraph | Table)


def test_the_same_form_twice_side_by_side_is_read_side_after_side() -> None:
    labels = [f"申请情况第{number}行" for number in range(15)]
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="str"><v>{label}</v></c><c r="B{row}"><v>{row}</v></c>'
        f'<c r="D{row}" t="str"><v>{label}</v></c><c r="E{row}"><v>{row + 100}</v></c></row>'
        for row, label in enumerate(labels, start=1)
    )
    left, right = read_sheets(make_book(sheet_xml(rows)), "a.xlsx").blocks
    assert [row.cells[1].text for row in left.rows] == [str(row) for row in range(1, 16)]
    assert [row.cells[1].text for row in right.rows] == [str(row + 100) for row in range(1, 16)]
    assert right.rows[2].cells[1].location == SheetPlace("甲", "E3")


@pytest.mark.parametrize(("label", "left"), [("甲类申请", "2:2"), ("乙类申请", "")])
def test_a_hidden_row_is_left_out_if_it_bears_the_labels_of_one_beside(label: str, left: str) -> None:
    def row(number: int, text: str, figure: int, more: str = "") -> str:
        label_cell = f'<c r="A{number}" t="str"><v>{text}</v></c>'
        return f'<row r="{number}"{more}>{label_cell}<c r="B{number}"><v>{figure}</v></c></row>'

    rows = row(1, "新收申请", 5) + row(2, label, 7, ' hidden="1"') + row(3, "甲类申请", 9) + row(4, "总计", 14)
    document = read_sheets(make_book(sheet_xml(rows)), "a.xlsx")
    (table,) = document.blocks
    shown = ["5", "9", "14"] if left else ["5", "7", "9", "14"]
    assert [row.cells[1].text for row in table.rows] == shown
    code = "hidden-copies" if left else "hidden-cells"
    assert [(remark.code, remark.values) for remark in document.remarks] == [(code, {"sheet": "甲", "what": "2:2"})]


def test_a_hidden_column_is_left_out_if_it_bears_the_labels_of_one_beside() -> None:
    cells = (("A", "类别", "甲", "乙"), ("B", "件数", 7, 8), ("C", "件数", 5, 6))
    rows = "".join(
        f'<row r="{row}">'
        + "".join(
            f'<c r="{column}{row}"{"" if isinstance(values[row - 1], int) else " t=" + chr(34) + "str" + chr(34)}>'
            f"<v>{values[row - 1]}</v></c>"
            for column, *values in cells
        )
        + "</row>"
        for row in (1, 2, 3)
    )
    hidden = '<cols><col min="2" max="2" width="9" hidden="1"/></cols>'
    document = read_sheets(make_book(sheet_xml(rows, before=hidden)), "a.xlsx")
    (table,) = document.blocks
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["类别", "件数"], ["甲", "5"], ["乙", "6"]]
    assert table.rows[1].cells[1].location == SheetPlace("甲", "C2")
    assert [remark.values["what"] for remark in document.remarks] == ["B:B"]


def test_text_in_the_colour_of_its_ground_is_not_read_but_told() -> None:
    white, navy = "<color rgb='FFFFFFFF'/>", "<color rgb='FF000080'/>"
    fonts = f"<fonts><font/><font>{white}</font><font><color theme='0'/></font><font>{navy}</font></fonts>"
    fills = "<fills>{}<fill><patternFill patternType='solid'><fgColor rgb='FF000080'/></patternFill></fill></fills>"
    formats = "".join(f"<xf fontId='{font}' fillId='{fill}'/>" for fill in (0, 1) for font in range(4))
    styles = f"{fonts}{fills.format('<fill><patternFill/></fill>')}<cellXfs>{formats}</cellXfs>"
    strings = f"<si><r><t>12</t></r><r><rPr>{white}</rPr><t>9</t></r></si>"
    figures = "".join(f'<c r="{"ABCDEFGH"[i]}1" s="{i}"><v>{i}</v></c>' for i in range(8))
    rich = '<c r="I1" t="s" s="0"><v>0</v></c><c r="J1" t="s" s="4"><v>0</v></c>'
    rows = f'<row r="1">{figures}{rich}</row><row r="2">{"<c><v>3</v></c>" * 10}</row>'
    data = make_book(sheet_xml(rows), strings=strings, styles=styles)
    shown = ["0", "", "", "3", "4", "5", "6", "", "12", "129"]
    assert texts_of(data) == [[shown, ["3"] * 10]]
    assert read_sheets(data, "a.xlsx").remarks == (Remark("hidden-text", {"count": 4}),)
    filled = sheet_xml(rows).replace("</sheetData>", "</sheetData><conditionalFormatting/>")
    assert texts_of(make_book(filled, strings=strings, styles=styles))[0][0] == [*"01234567", "129", "129"]
