"""Several reports in one document, and what only looks like several."""

from itertools import count

from validator.extraction import part_reports
from validator.model.document import Block, Cell, Document, Framing, Paragraph, Remark, Row, Table
from validator.model.location import SheetPlace, TextPlace

LABELS = [f"政府信息公开申请情况第{number}行" for number in range(24)]


def lines(*texts: str) -> list[Block]:
    return [Paragraph(text, TextPlace(number, 1)) for number, text in zip(count(1), texts, strict=False)]


def table(figures: int = 24, sheet: str = "") -> Table:
    def place(row: int, column: int) -> SheetPlace | TextPlace:
        return SheetPlace(sheet, f"{'AB'[column]}{row + 9}") if sheet else TextPlace(row + 9, column)

    rows = [
        Row((Cell(label, place(row, 0), 0), Cell("7" if row < figures else "", place(row, 1), 1)))
        for row, label in enumerate(LABELS)
    ]
    return Table(tuple(rows), Framing.GRID)


def report(title: str) -> list[Block]:
    return [*lines(title, "一、总体情况", "本年无变化。"), table(), *lines("六、其他需要报告的事项", "无。")]


def parts(*blocks: Block, title: str | None = None, remarks: tuple[Remark, ...] = ()) -> list[tuple[str, int]]:
    document = Document("a.html", "html", blocks, title=title, remarks=remarks)
    return [(part.source, len(part.blocks)) for part in part_reports(document)]


NEW, OLD = "云溪县档案局2023年政府信息公开工作年度报告", "云溪县档案局2022年政府信息公开工作年度报告"


def test_a_second_report_is_cut_off_at_its_title() -> None:
    assert parts(*report(NEW), *report(OLD)) == [("a.html", 6), ("a.html#2", 6)]


def test_three_bodies_of_one_year_are_three_reports() -> None:
    other = "云溪县水利局2023年政府信息公开工作年度报告"
    assert len(parts(*report(NEW), *report(other), *report(OLD))) == 3


def test_the_name_above_a_title_goes_with_it() -> None:
    second = [*lines("云溪县水利局"), *report("2022年政府信息公开工作年度报告")]
    assert parts(*report(NEW), *second) == [("a.html", 6), ("a.html#2", 7)]


def test_a_title_on_the_cover_and_again_is_one_report() -> None:
    assert parts(*lines(NEW), *report(NEW)) == [("a.html", 7)]


def test_the_same_report_printed_twice_is_one() -> None:
    assert parts(*report(NEW), *report(NEW)) == [("a.html", 12)]


def test_links_to_other_years_are_no_reports() -> None:
    links = lines(OLD, "云溪县档案局2021年政府信息公开工作年度报告")
    assert parts(*links, *report(NEW), *links, table(3)) == [("a.html", 11)]


def test_a_sentence_that_names_a_report_begins_none() -> None:
    said = lines("详见云溪县档案局2022年政府信息公开工作年度报告。", "一、总体情况")
    assert len(parts(*report(NEW), *said, table())) == 1


def test_a_table_of_last_year_without_a_first_section_is_no_report() -> None:
    assert len(parts(*report(NEW), *lines(OLD, "三、收到和处理政府信息公开申请情况"), table())) == 1


def test_a_sheet_that_fills_the_same_form_again_is_a_report() -> None:
    assert len(parts(table(sheet="2022"), table(sheet="2023"))) == 2
    assert len(parts(table(sheet="表三"), table(3, sheet="底稿"))) == 1


def test_what_is_said_of_a_sheet_goes_with_its_report() -> None:
    remark = Remark("rounded-display", {}, SheetPlace("2023", "A1"))
    document = Document("a.xlsx", "sheet", (table(sheet="2022"), table(sheet="2023")), remarks=(remark,))
    assert [part.remarks for part in part_reports(document)] == [(), (remark,)]


def bare(title: str, figures: int = 24) -> list[Block]:
    rows = [f"{label} {7 if row < figures else ''}" for row, label in enumerate(LABELS)]
    return lines(title, "一、总体情况", "本年新收申请7件，均已办结。", *rows)


def test_reports_whose_tables_are_lines_of_text_are_cut_as_well() -> None:
    assert parts(*bare(NEW), *bare(OLD)) == [("a.html", 27), ("a.html#2", 27)]


def test_lines_with_few_figures_are_no_second_report() -> None:
    assert len(parts(*bare(NEW), *bare(OLD, figures=9))) == 1
    assert len(parts(*bare(NEW, figures=9), *bare(OLD))) == 1
