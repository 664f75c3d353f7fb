"""Notes in a workbook: at the right cell, beside what is there, all other parts byte for byte."""

import io
import zipfile

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from sheet_writer import sheet_bytes
from slipped import SLIP, annotated_copy, slipped_report


@pytest.fixture(scope="module")
def slipped():
    """A report of 2022 as a workbook in which one cell says 30 more than was meant."""
    report, figures = slipped_report()
    return sheet_bytes(report), figures[SLIP]


def _copy(data, path):
    return annotated_copy(data, path, "XLSX")


def _noted(data):
    """Give what each note says by the value of its cell, and the colour behind that."""
    book = load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
    return {str(cell.value): (cell.comment.author, cell.comment.text, cell.fill.fgColor.rgb) for cell in cells}


def _changed(data, copy):
    old, new = zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile(io.BytesIO(copy))
    return {name for name in new.namelist() if name not in old.namelist() or old.read(name) != new.read(name)}


def test_a_problem_is_one_note_at_the_cell_to_change(slipped, tmp_path):
    data, figure = slipped
    copy, reports = _copy(data, tmp_path / "a.xlsx")
    ((value, (author, said, colour)),) = _noted(copy).items()
    assert (value, author, colour) == (str(figure), "gouji", "FFFFD9CC")
    assert f"应为：{figure - 30}（确定：无其他同等改动方案）" in said
    assert reports[0].cells[SLIP].location.cell == next(
        cell.coordinate for row in load_workbook(io.BytesIO(copy)).active for cell in row if cell.comment
    )


def test_parts_without_notes_stay_byte_for_byte(slipped, tmp_path):
    data, _ = slipped
    copy, _ = _copy(data, tmp_path / "a.xlsx")
    assert _changed(data, copy) == {
        "[Content_Types].xml",
        "xl/gouji/comments1.xml",
        "xl/gouji/vmlDrawing1.vml",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
    }


def test_the_copy_reads_as_the_same_report_and_repeats(slipped, tmp_path):
    data, _ = slipped
    copy, before = _copy(data, tmp_path / "a.xlsx")
    again, after = _copy(copy, tmp_path / "a.xlsx")
    assert after == before
    assert again == copy


def test_notes_of_others_stay_and_ours_stands_beside_one_at_its_cell(slipped, tmp_path):
    data, _ = slipped
    _, reports = _copy(data, tmp_path / "a.xlsx")
    book = load_workbook(io.BytesIO(data))
    place = reports[0].cells[SLIP].location.cell
    book.active[place].comment = Comment("请再核", "李某")
    buffer = io.BytesIO()
    book.save(buffer)
    copy, _ = _copy(buffer.getvalue(), tmp_path / "a.xlsx")
    copy, _ = _copy(copy, tmp_path / "a.xlsx")
    sheet = load_workbook(io.BytesIO(copy)).active
    assert (sheet[place].comment.author, sheet[place].comment.text) == ("李某", "请再核")
    beside = sheet[place].offset(column=1).comment
    assert beside.author == "gouji"
    assert beside.text.startswith(f"[{place}]\n表三 (五)不予处理·1.信访举报投诉类申请 自然人")
    assert sheet[place].fill.fgColor.rgb == "FFFFD9CC"


def test_mended_cells_lose_note_and_colour(slipped, tmp_path):
    data, figure = slipped
    copy, reports = _copy(data, tmp_path / "a.xlsx")
    book = load_workbook(io.BytesIO(copy))
    place = reports[0].cells[SLIP].location.cell
    book.active[place].value = figure - 30
    buffer = io.BytesIO()
    book.save(buffer)
    mended, after = _copy(buffer.getvalue(), tmp_path / "a.xlsx")
    assert after[0].findings == ()
    assert _noted(mended) == {}
    assert load_workbook(io.BytesIO(mended)).active[place].fill.fill_type is None
