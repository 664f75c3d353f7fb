"""Word documents: the blocks, cells and places that come out of them, as Word shows them."""

from pathlib import Path

import pytest
from docx_parts import MAIN_TYPE, NAMES, TYPES, cell, make_docx, pack, paragraph, row, table, text, write_relations

from validator.errors import ReadError
from validator.model.document import Document, Framing, Paragraph, Remark, Table
from validator.model.location import WordCellPlace, WordTextPlace
from validator.readers.word import read_word

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
BOX = "<w:txbxContent>{}</w:txbxContent>"
MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
PROSE = "本机关按照条例要求做好政府信息公开工作，全年主动公开各类信息，没有收到因此提起的行政复议和行政诉讼。" * 2


def read(body: str, parts: dict[str, str] | None = None, *, title: str = "") -> Document:
    return read_word(make_docx(body, parts, title=title), "a.docx")


def blocks(body: str, parts: dict[str, str] | None = None) -> list[object]:
    """Paragraphs as their text, tables as rows of cell texts."""
    return [
        block.text if isinstance(block, Paragraph) else [[cell.text for cell in row.cells] for row in block.rows]
        for block in read(body, parts).blocks
    ]


def grid(body: str) -> list[list[tuple[str, int, int, int]]]:
    """The rows of the only table: text, column, colspan and rowspan of each cell."""
    (found,) = (block for block in read(body).blocks if isinstance(block, Table))
    return [[(cell.text, cell.column, cell.colspan, cell.rowspan) for cell in row.cells] for row in found.rows]


def cell_text(inside: str, parts: dict[str, str] | None = None) -> str:
    """The text of a cell whose paragraphs are these, beside another one."""
    ((found,),) = blocks(table(row("label", f"<w:tc>{inside}</w:tc>")), parts)
    return found[1]


def run(inside: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{inside}</w:r>"


def raised(content: str, align: str = "superscript") -> str:
    return run(f"<w:t>{content}</w:t>", f'<w:b/><w:vertAlign w:val="{align}"/>')


def field(code: str, result: str | None) -> str:
    shown = "" if result is None else MARK.format("separate") + text(result)
    return f"{MARK.format('begin')}<w:r><w:instrText> {code} </w:instrText></w:r>{shown}{MARK.format('end')}"


def test_paragraphs_and_tables_come_in_reading_order_with_their_places():
    document = read(
        paragraph("标题") + table(row("a", "1")) + paragraph() + paragraph("一") + table(row("b", "2"), row("c", "3"))
    )
    assert [b.text if isinstance(b, Paragraph) else len(b.rows) for b in document.blocks] == ["标题", 1, "一", 2]
    assert [b.location for b in document.blocks if isinstance(b, Paragraph)] == [WordTextPlace(1), WordTextPlace(2)]
    tables = [b for b in document.blocks if isinstance(b, Table)]
    assert [t.framing for t in tables] == [Framing.GRID, Framing.GRID]
    assert [c.location for t in tables for r in t.rows for c in r.cells] == [
        WordCellPlace(1, 1, 1),
        WordCellPlace(1, 1, 2),
        WordCellPlace(2, 1, 1),
        WordCellPlace(2, 1, 2),
        WordCellPlace(2, 2, 1),
        WordCellPlace(2, 2, 2),
    ]
    assert (document.source, document.carrier, document.remarks, document.title) == ("a.docx", "word", (), None)


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        (paragraph("1", "8"), "18"),
        (paragraph("1") + paragraph("8"), "1\n8"),
        (paragraph(text("1"), "<w:r><w:br/></w:r>", text("8")), "1\n8"),
        (paragraph(text("1"), "<w:r><w:tab/></w:r>", text("8")), "1\t8"),
        (paragraph(text("-"), "<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>", "1"), "--1"),
        (paragraph("1", "<w:r><w:lastRenderedPageBreak/></w:r>", "8"), "18"),
        (paragraph("1", '<w:bookmarkStart w:id="1" w:name="a"/><w:proofErr w:type="spellStart"/>', "8"), "18"),
        (paragraph("\u3000"), ""),
        (paragraph("1\u200b2"), "12"),
        (paragraph(run("<w:t> 1\n</w:t>"), run("<w:t> 2</w:t>")), "12"),
        (paragraph("1", " ", "2"), "1 2"),
        # Pending changes count as accepted.
        (paragraph("<w:ins>" + text("12") + "</w:ins><w:del><w:r><w:delText>9</w:delText></w:r></w:del>"), "12"),
        (paragraph("<w:del>" + text("9") + "</w:del><w:moveFrom>" + text("8") + "</w:moveFrom>"), ""),
        (paragraph("<w:moveTo>" + text("12") + "</w:moveTo>"), "12"),
        (paragraph("1", properties="<w:rPr><w:del/></w:rPr>") + paragraph("2"), "12"),
        (paragraph("1", properties="<w:rPr><w:ins/></w:rPr>") + paragraph("2"), "1\n2"),
        (paragraph("<w:ins><w:del>" + text("9") + "</w:del></w:ins>", "3"), "3"),
        # Hidden text is not shown.
        (paragraph(run("<w:t>9</w:t>", "<w:vanish/>"), "12"), "12"),
        (paragraph(run("<w:t>9</w:t>", '<w:vanish w:val="0"/>'), "12"), "912"),
        (paragraph(run("<w:t>9</w:t>", "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"), "12"), "912"),
        (paragraph("1", properties="<w:rPr><w:vanish/></w:rPr>") + paragraph("2"), "12"),
        # What stands above or below the line does not continue a number.
        (paragraph("12", raised("1")), "12¹"),
        (paragraph("12", raised("[1]")), "12[¹]"),
        (paragraph("面积", raised("２", "subscript")), "面积₂"),
        (paragraph("12", raised("3", "baseline")), "123"),
        (paragraph(raised("12")), "12"),
        (paragraph(raised("1"), raised("2")), "12"),
        (paragraph("12", '<w:r><w:footnoteReference w:id="1"/></w:r>'), "12"),
        (paragraph("12", '<w:r><w:endnoteReference w:id="1"/></w:r>'), "12"),
        (paragraph("12", '<w:r><w:commentReference w:id="1"/><w:annotationRef/></w:r>'), "12"),
        # Content controls, links, smart tags.
        (
            paragraph("<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + text("12") + "</w:sdtContent></w:sdt>"),
            "12",
        ),
        ("<w:sdt><w:sdtContent>" + paragraph("12") + "</w:sdtContent></w:sdt>", "12"),
        (paragraph("<w:hyperlink><w:smartTag>" + text("12") + "</w:smartTag></w:hyperlink>"), "12"),
        # Fields: the result counts.
        (paragraph(field("=SUM(ABOVE)", "12"), "件"), "12件"),
        (paragraph(field("=SUM(ABOVE)", None), "3"), "3"),
        (paragraph('<w:fldSimple w:instr="=A1+9">' + text("12") + "</w:fldSimple>"), "12"),
        (paragraph(MARK.format("begin"), field("=2+3", "5"), MARK.format("separate"), "7", MARK.format("end")), "7"),
        (paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', text("12")), "12"),
        (paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>', text("12")), "12"),
        (paragraph(field(r"eq \o\ac(○,1)", None), "2"), "\ufffc2"),
        # Signs, ruby, formulas.
        (paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'), "\uf0fc"),
        (paragraph('<w:r><w:sym w:font="Symbol" w:char="F035"/></w:r>', "1"), "51"),
        (paragraph('<w:r><w:sym w:font="Wingdings" w:char="F035"/></w:r>', "1"), "\uf0351"),
        (paragraph('<w:r><w:sym w:char="x"/></w:r>'), "\ufffc"),
        (
            paragraph(
                "<w:r><w:ruby><w:rt>" + text("9") + "</w:rt><w:rubyBase>" + text("1") + "</w:rubyBase></w:ruby></w:r>"
            ),
            "1",
        ),
        (paragraph("<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>"), "12"),
        ("<m:oMathPara><m:oMath><m:r><m:t>12</m:t></m:r></m:oMath></m:oMathPara>", "12"),
        (paragraph("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num></m:f></m:oMath>"), "\ufffc"),
        # Pictures in the line are no blank; what floats over the page is no part of the cell.
        (paragraph("<w:r><w:drawing><wp:inline/></w:drawing></w:r>"), "\ufffc"),
        (paragraph("<w:r><w:drawing><wp:inline/></w:drawing></w:r>", "5"), "5"),
        (paragraph("<w:r><w:drawing><wp:anchor/></w:drawing></w:r>"), ""),
        (paragraph("<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>"), "\ufffc"),
        (
            paragraph('<w:r><w:pict><v:shape style="position:absolute"><v:imagedata/></v:shape></w:pict></w:r>'),
            "",
        ),
        # Tables that are part of a cell.
        (table(row("12")) + "<w:p/>", "12"),
        (table(row("1")) + paragraph("2"), "1\n2"),
    ],
)
def test_the_text_of_a_cell(inside, shown):
    assert cell_text(inside) == shown


def test_text_in_a_run_of_changed_properties_is_shown():
    assert blocks(paragraph(run("<w:t>12</w:t>", "<w:rPrChange><w:rPr/></w:rPrChange>"))) == ["12"]


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:drawing><wp:anchor><wps:txbx>{}</wps:txbx></wp:anchor></w:drawing>",
        "<w:pict><v:shape><v:textbox>{}</v:textbox></v:shape></w:pict>",
        "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{}</wps:txbx></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:textbox>{}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>",
        "<mc:AlternateContent><mc:Fallback><w:pict><v:textbox>{}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent>",
    ],
)
def test_a_text_box_is_read_once_after_the_paragraph_that_holds_it(wrapped):
    inside = wrapped.replace("{}", BOX.format(paragraph("盒中") + table(row("a", "1")) + paragraph("盒末")))
    body = paragraph("前", f"<w:r>{inside}</w:r>", "段") + paragraph("后")
    assert blocks(body) == ["前段", "盒中", [["a", "1"]], "盒末", "后"]


def test_a_text_box_inside_another_is_read_once():
    inner = f"<w:r><w:pict>{BOX.format(paragraph('内'))}</w:pict></w:r>"
    assert blocks(paragraph(f"<w:r><w:pict>{BOX.format(paragraph('外', inner))}</w:pict></w:r>")) == ["外", "内"]


def test_merged_cells_are_placed_in_the_grid():
    restart, go_on, two = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    body = table(
        row(cell("组", properties=two + restart), cell("甲", properties=two)),
        row(cell("不显示", properties=two + go_on), "乙", cell("丙", properties=restart)),
        row(cell("三", properties='<w:hMerge w:val="restart"/>'), cell("隐", properties="<w:hMerge/>"), "1",
            cell(properties='<w:vMerge w:val="continue"/>')),
        row("四", "x", "2", "3"),
    )  # fmt: skip
    assert grid(body) == [
        [("组", 0, 2, 2), ("甲", 2, 2, 1)],
        [("乙", 2, 1, 1), ("丙", 3, 1, 2)],
        [("三", 0, 2, 1), ("1", 2, 1, 1)],
        [("四", 0, 1, 1), ("x", 1, 1, 1), ("2", 2, 1, 1), ("3", 3, 1, 1)],
    ]


def test_a_merge_that_goes_on_from_nowhere_begins_where_it_is_shown():
    body = table(
        row(cell("组", properties="<w:vMerge/>"), "1"),
        row(cell("", properties="<w:vMerge/>"), "2"),
        row(cell("别", properties='<w:vMerge/><w:gridSpan w:val="2"/>')),
    )
    assert grid(body) == [[("组", 0, 1, 2), ("1", 1, 1, 1)], [("2", 1, 1, 1)], [("别", 0, 2, 1)]]


def test_rows_that_begin_late_keep_their_columns():
    body = table(row("a", "b", "1"), row("c", "2", properties='<w:gridBefore w:val="1"/><w:wBefore w:w="500"/>'))
    assert grid(body)[1] == [("c", 1, 1, 1), ("2", 2, 1, 1)]
    assert read(body).blocks[0].rows[1].cells[0].location == WordCellPlace(1, 2, 2)


def test_rows_and_cells_lie_in_content_controls():
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = table(control.format(row("a", control.format(cell("1")))), control.format(control.format(row("b", "2"))))
    assert blocks(control.format(body)) == [[["a", "1"], ["b", "2"]]]


def test_deleted_rows_and_cells_are_gone_and_inserted_ones_count():
    body = table(
        row("a", cell("9", properties="<w:cellDel/>"), "1"),
        row("b", "9", properties="<w:del/>"),
        row("c", cell("2", properties="<w:cellIns/>"), properties="<w:ins/>"),
    )
    assert grid(body) == [[("a", 0, 1, 1), ("1", 1, 1, 1)], [("c", 0, 1, 1), ("2", 1, 1, 1)]]
    assert read(body).remarks == (Remark("pending-changes-in-tables", {"count": 4}),)


def test_pending_changes_are_told_apart_by_where_they_are():
    change = "<w:ins>" + text("x") + "</w:ins>"
    body = paragraph(change, "<w:del/>") + table(row("a", cell(paragraph(change))))
    assert read(body).remarks == (
        Remark("pending-changes-in-tables", {"count": 1}),
        Remark("pending-changes", {"count": 2}),
    )


def test_paragraphs_whose_end_is_deleted_go_on_in_the_next():
    body = paragraph("共收到1", properties="<w:rPr><w:moveFrom/></w:rPr>") + paragraph("2件")
    assert blocks(body) == ["共收到12件"]


def test_hidden_text_in_cells_is_told():
    hidden = run("<w:t>9</w:t>", "<w:vanish/>")
    assert read(paragraph(hidden, "前") + table(row("a", cell(paragraph(hidden, "1"))))).remarks == (
        Remark("hidden-text", {"count": 1}),
    )


def test_a_hidden_row_without_shown_text_is_no_row():
    hidden = paragraph(run("<w:t>9</w:t>", "<w:vanish/>"))
    body = table(row("a", "1"), row(cell(hidden), cell(hidden), properties="<w:hidden/>"), row("b", "2"))
    assert blocks(body) == [[["a", "1"], ["b", "2"]]]


def test_a_hidden_row_is_left_out_and_told():
    body = table(row("a", "1"), row("old", "9", properties="<w:hidden/>"), row("b", "2"))
    assert blocks(body) == [[["a", "1"], ["b", "2"]]]
    assert read(body).remarks == (Remark("hidden-text", {"count": 2}),)
    assert blocks(body.replace("<w:hidden/>", '<w:hidden w:val="0"/>'))[0][1] == ["old", "9"]


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>'
    '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Gone"><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:type="character" w:styleId="Mark"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Struck"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Form"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Circle1"><w:basedOn w:val="Circle2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Circle2"><w:basedOn w:val="Circle1"/></w:style>'
)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (paragraph("1", run("<w:t>9</w:t>", '<w:rStyle w:val="Gone"/>')), ["1"]),
        (paragraph("1", run("<w:t>9</w:t>", '<w:rStyle w:val="Gone"/><w:vanish w:val="false"/>')), ["19"]),
        (paragraph("12", run("<w:t>1</w:t>", '<w:rStyle w:val="Mark"/>')), ["12¹"]),
        (paragraph("1", run("<w:t>9</w:t>", '<w:rStyle w:val="Struck"/>')), ["1"]),
        (paragraph("1", run("<w:t>9</w:t>", '<w:rStyle w:val="Struck"/><w:strike w:val="0"/>')), ["19"]),
        (paragraph("1", run("<w:t>9</w:t>", "<w:dstrike/>")), ["1"]),
        (paragraph("1", run("<w:t>9</w:t>", '<w:strike w:val="0"/><w:dstrike w:val="false"/>')), ["19"]),
        (paragraph("12", run("<w:t>1</w:t>", '<w:position w:val="6"/>')), ["12¹"]),
        (paragraph("12", run("<w:t>1</w:t>", '<w:position w:val="-6"/>')), ["12₁"]),
        (paragraph("12", run("<w:t>1</w:t>", '<w:position w:val="2"/>')), ["121"]),
        (paragraph(run("<w:t>12</w:t>", '<w:position w:val="6"/>')), ["12"]),
        (paragraph("窗体顶端", properties='<w:pStyle w:val="Form"/>') + paragraph("1"), ["1"]),
        (paragraph("1", properties='<w:pStyle w:val="Circle1"/>'), ["1"]),
        (paragraph("1", properties='<w:pStyle w:val="Missing"/>'), ["1"]),
    ],
)
def test_styles_hide_and_raise(body, shown):
    assert blocks(body, {"styles": STYLES}) == shown


def levels(*formats: tuple[str, str], extra: str = "") -> str:
    """An abstract list, its levels as pairs of format and pattern."""
    inside = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for place, (form, pattern) in enumerate(formats)
    )
    return f'<w:abstractNum w:abstractNumId="7">{inside}</w:abstractNum>'


def numbered(content: str, level: int = 0, list_id: int = 1) -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(content, properties=place)


USE = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'


def test_automatic_numbers_are_part_of_labels_and_count_by_level():
    lists = levels(("chineseCounting", "%1、"), ("japaneseCounting", "（%2）"), ("decimal", "%3.")) + USE
    body = "".join(
        [
            numbered("总体情况"),
            numbered("主动公开", 1),
            numbered("甲", 2),
            numbered("乙", 2),
            numbered("申请", 1),
            numbered("丙", 2),
            numbered("不编号", 0, 0),
            numbered("没有的表", 0, 9),
            numbered("主动公开政府信息情况"),
            numbered("丁", 1),
        ]
    )
    assert blocks(body, {"numbering": lists}) == [
        "一、总体情况",
        "（一）主动公开",
        "1. 甲",
        "2. 乙",
        "（二）申请",
        "1. 丙",
        "不编号",
        "没有的表",
        "二、主动公开政府信息情况",
        "（一）丁",
    ]


def test_an_automatic_number_is_never_a_figure():
    lists = {"numbering": levels(("decimal", "%1.")) + USE}
    assert cell_text(numbered("12"), lists) == "12"
    assert cell_text(numbered(""), lists) == ""
    assert cell_text(numbered("属于国家秘密"), lists) == "1. 属于国家秘密"
    assert cell_text(numbered("") + numbered("重复申请"), lists) == "2. 重复申请"


@pytest.mark.parametrize(
    ("form", "pattern", "count", "label"),
    [
        ("decimal", "%1)", 12, "12)"),
        ("decimalZero", "%1、", 3, "03、"),
        ("chineseCounting", "第%1条、", 12, "第十二条、"),
        ("chineseCountingThousand", "（%1）", 105, "（一百零五）"),
        ("taiwaneseCounting", "%1、", 20, "二十、"),
        ("ideographDigital", "%1、", 10, "一〇、"),
        ("ideographTraditional", "%1、", 3, "丙、"),
        ("chineseLegalSimplified", "%1、", 11, "壹拾壹、"),
        ("decimalEnclosedCircle", "%1、", 3, "③、"),
        ("decimalEnclosedCircleChinese", "%1、", 21, "21、"),
        ("decimalEnclosedParen", "%1、", 3, "⑶、"),
        ("upperRoman", "%1、", 14, "XIV、"),
        ("lowerLetter", "%1)", 28, "bb)"),
        ("upperLetter", "%1)", 2, "B)"),
        ("decimalFullWidth", "%1、", 10, "１０、"),
        ("none", "%1、", 3, "、"),
        ("unheard-of", "%1、", 3, "3、"),
    ],
)
def test_formats_of_automatic_numbers(form, pattern, count, label):
    lists = levels((form, pattern)) + (
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        f'<w:startOverride w:val="{count}"/></w:lvlOverride></w:num>'
    )
    assert blocks(numbered("项"), {"numbering": lists}) == [f"{label}项"]


def test_bullets_are_no_labels():
    assert blocks(numbered("项"), {"numbering": levels(("bullet", "\uf06c")) + USE}) == ["项"]


def test_lists_that_share_a_pattern_count_on_unless_they_start_anew():
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = levels(("decimal", "%1、")) + USE + USE.replace('"1"', '"2"') + USE.replace('"1"', '"3"').replace(
        "</w:num>", anew + "</w:num>"
    )  # fmt: skip
    body = numbered("a") + numbered("b", 0, 2) + numbered("c", 0, 3) + numbered("d", 0, 3) + numbered("e")
    assert blocks(body, {"numbering": lists}) == ["1、a", "2、b", "1、c", "2、d", "3、e"]


def test_patterns_name_the_levels_above():
    lists = levels(("chineseCounting", "%1、"), ("decimal", "%1.%2"), extra="<w:isLgl/>") + USE
    assert blocks(numbered("a") + numbered("b", 1), {"numbering": lists}) == ["1、a", "1.1 b"]


def test_styles_number_their_paragraphs():
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/></w:style>'
    )
    lists = (levels(("chineseCounting", "%1、"), ("chineseCounting", "（%2）")) + USE).replace(
        '<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:pStyle w:val="H2"/>'
    )
    body = "".join(
        paragraph(name, properties=f'<w:pStyle w:val="{style}"/>{extra}')
        for name, style, extra in (
            ("总体情况", "H1", ""),
            ("甲", "H2", ""),
            ("乙", "H2", ""),
            ("不编号", "H1", '<w:numPr><w:numId w:val="0"/></w:numPr>'),
            ("主动公开", "H1", ""),
        )
    )
    assert blocks(body, {"styles": styles, "numbering": lists}) == [
        "一、总体情况",
        "（一）甲",
        "（二）乙",
        "不编号",
        "二、主动公开",
    ]


def test_a_list_may_be_defined_by_a_style():
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    lists = (
        levels(("chineseCounting", "%1、"))
        + '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="L"/></w:abstractNum>'
        + '<w:num w:numId="1"><w:abstractNumId w:val="8"/></w:num>'
        + USE.replace('"1"', '"2"')
    )
    assert blocks(numbered("a") + numbered("b", 0, 2), {"styles": styles, "numbering": lists}) == ["一、a", "二、b"]


def test_notes_stand_after_the_text_in_its_order():
    note = '<w:r><w:{}Reference w:id="{}"/></w:r>'
    footnotes = {-1: "分隔", 1: "注一", 2: "注二", 3: "没有提到"}
    parts = {
        "footnotes": "".join(
            f'<w:footnote w:id="{number}">{paragraph(said)}</w:footnote>' for number, said in footnotes.items()
        ),
        "endnotes": '<w:endnote w:id="1">' + paragraph("尾注") + "</w:endnote>",
    }
    body = paragraph("收到12", note.format("footnote", 2), "件", note.format("endnote", 1)) + paragraph(
        "办结3", note.format("footnote", 1)
    )
    assert blocks(body, parts) == ["收到12件", "办结3", "注二", "注一", "尾注"]


def test_a_table_around_tables_is_layout_and_not_counted():
    inner = table(row("a", "1"), row("b", "2"))
    body = table(row("菜单", cell("正文", inner, "文末")), row("版权", "所有"))
    assert blocks(body) == ["菜单", "正文", [["a", "1"], ["b", "2"]], "文末", "版权", "所有"]
    found = next(b for b in read(body).blocks if isinstance(b, Table))
    assert found.rows[0].cells[0].location == WordCellPlace(1, 1, 1)


def test_a_frame_around_the_whole_text_is_layout():
    body = table(row(cell("一、总体情况", table(row("a", "1")), "二、其他")))
    assert blocks(body) == ["一、总体情况", [["a", "1"]], "二、其他"]


def test_a_small_table_that_fills_a_cell_is_its_text():
    body = table(row("a", "1", "2"), row("b", cell(table(row("x", "3")), "<w:p/>"), "4"))
    assert blocks(body) == [[["a", "1", "2"], ["b", "x\n3", "4"]]]


def test_frames_around_one_text_do_not_make_a_table_layout():
    frame = table(row(cell(table(row("12")), "<w:p/>")))
    assert blocks(table(row("a", cell(frame, "<w:p/>")), row("b", "3"))) == [[["a", "12"], ["b", "3"]]]


def test_prose_inside_a_table_is_running_text_and_the_rows_keep_their_numbers():
    body = table(row(PROSE), row("a", "b", "1"), row(cell(PROSE, PROSE)), row("c", "d", "2"))
    assert blocks(body) == [PROSE, [["a", "b", "1"]], PROSE, PROSE, [["c", "d", "2"]]]
    tables = [b for b in read(body).blocks if isinstance(b, Table)]
    assert [t.rows[0].cells[2].location for t in tables] == [WordCellPlace(1, 2, 3), WordCellPlace(1, 4, 3)]


def test_prose_beside_a_cell_that_goes_on_below_stays_in_the_table():
    body = table(row(cell("组", properties='<w:vMerge w:val="restart"/>'), PROSE),
                 row(cell(properties="<w:vMerge/>"), "1"))  # fmt: skip
    assert blocks(body) == [[["组", PROSE], ["1"]]]


def test_tables_that_follow_each_other_stay_two():
    assert blocks(table(row("a", "1")) + table(row("b", "2"))) == [[["a", "1"]], [["b", "2"]]]


def test_lines_parted_by_breaks_are_paragraphs_with_one_place():
    document = read(paragraph(text("一、总体情况"), "<w:r><w:br/></w:r>", text("受理12件")) + paragraph("二"))
    assert [(b.text, b.location.paragraph) for b in document.blocks] == [
        ("一、总体情况", 1),
        ("受理12件", 1),
        ("二", 2),
    ]


@pytest.mark.parametrize(
    ("title", "kept"),
    [("某局2023年政府信息公开工作年度报告", "某局2023年政府信息公开工作年度报告"), ("PowerPoint", None), ("", None)],
)
def test_the_title_of_the_properties_counts_if_it_names_a_report(title, kept):
    assert read(paragraph("文"), title=title).title == kept


def test_strict_names_are_read():
    data = make_docx(table(row(cell("组", properties='<w:gridSpan w:val="2"/>'), "1")) + paragraph("文"))
    strict = _rewrite(
        data,
        lambda content: content.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )
    assert strict != data
    assert read_word(strict, "a.docx").blocks == read_word(data, "a.docx").blocks
    assert len(read_word(strict, "a.docx").blocks) == 2


def test_the_main_part_is_found_by_what_the_package_says():
    main = f"<w:document {NAMES}><w:body>{paragraph('文')}</w:body></w:document>"
    elsewhere = {"[Content_Types].xml": f'<Types xmlns="{TYPES}"/>', "Text/Main.xml": main}
    by_relation = pack(elsewhere | {"_rels/.rels": write_relations([("officeDocument", "/text/main.xml")])})
    assert read_word(by_relation, "a.docx").blocks[0].text == "文"
    types = f'<Types xmlns="{TYPES}"><Override PartName="/Text/Main.xml" ContentType="{MAIN_TYPE}"/></Types>'
    assert read_word(pack(elsewhere | {"[Content_Types].xml": types}), "a.docx").blocks[0].text == "文"


def test_external_parts_are_not_asked_for():
    data = _rewrite(
        make_docx(numbered("文")),
        lambda content: content.replace(
            "</Relationships>",
            '<Relationship Id="x" Type="y/numbering" Target="http://127.0.0.1:9/n.xml" TargetMode="External"/>'
            "</Relationships>",
        ),
    )
    assert read_word(data, "a.docx").blocks[0].text == "文"


def picture(width: int, height: int) -> str:
    return f'<w:r><w:drawing><wp:inline><wp:extent cx="{width}" cy="{height}"/></wp:inline></w:drawing></w:r>'


OLD_PICTURE = '<w:r><w:object><v:shape style="width:12cm;height:300pt"><v:imagedata/></v:shape></w:object></w:r>'


@pytest.mark.parametrize(
    ("body", "code", "values"),
    [
        (paragraph(), "no-text-inside", {}),
        (table(row("", "")), "no-text-inside", {}),
        ('<w:altChunk r:id="x"/>', "only-embedded", {"count": 1}),
        (paragraph(picture(5_000_000, 3_000_000)) + paragraph("图"), "only-pictures", {"count": 1}),
        (paragraph(OLD_PICTURE), "only-pictures", {"count": 1}),
    ],
)
def test_a_document_without_text_says_why(body, code, values):
    with pytest.raises(ReadError) as caught:
        read(body)
    assert (caught.value.code, caught.value.values) == (code, values)


def test_large_pictures_are_told():
    prose = paragraph("全年共收到政府信息公开申请十二件，全部按期办结，没有结转。")
    assert read(prose + paragraph(picture(5_000_000, 3_000_000))).remarks == (Remark("has-pictures", {"count": 1}),)
    assert read(prose + paragraph(picture(900_000, 900_000))).remarks == ()
    beside_a_table = read(prose + paragraph(picture(5_000_000, 3_000_000)) + table(row("a", "1")))
    assert beside_a_table.remarks == (Remark("has-pictures", {"count": 1}),)


def test_embedded_documents_are_told():
    assert read(paragraph("文") + '<w:altChunk r:id="x"/>').remarks == (Remark("embedded-documents", {"count": 1}),)


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"a.txt": "x"}, "damaged"),
        ({"xl/workbook.xml": "<workbook/>"}, "wrong-suffix"),
        ({"_rels/.rels": write_relations([("officeDocument", "x.xml")]), "x.xml": "<workbook/>"}, "damaged"),
        ({"_rels/.rels": write_relations([("officeDocument", "x.xml")])}, "damaged"),
        ({"_rels/.rels": write_relations([("officeDocument", "x.xml")]), "x.xml": "<!DOCTYPE a><a/>"}, "unsafe-xml"),
    ],
)
def test_a_package_that_is_no_document_is_refused(members, code):
    with pytest.raises(ReadError) as caught:
        read_word(pack(members), "a.docx")
    assert caught.value.code == code


@pytest.mark.parametrize("depth", [300, 3000])
def test_deep_nesting_is_refused_and_not_a_crash(depth):
    opening, closing = "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"
    assert blocks(opening * 50 + paragraph("文") + closing * 50) == ["文"]
    with pytest.raises(ReadError) as caught:
        read(opening * depth + paragraph("文") + closing * depth)
    assert caught.value.code in ("damaged", "too-deep")


@pytest.mark.parametrize("depth", [40, 300])
def test_tables_deep_in_tables_are_read_or_refused(depth):
    body = "<w:tbl><w:tr><w:tc>" * depth + paragraph("文") + "</w:tc></w:tr></w:tbl>" * depth
    try:
        assert blocks(body) == ["文"]
    except ReadError as error:
        refused = error.code
    else:
        refused = ""
    assert refused in (("",) if depth == 40 else ("damaged", "too-deep"))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus")
def test_the_official_form():
    document = read_word((CORPUS / "blank_2021_form.docx").read_bytes(), "x.docx")
    tables = [b for b in document.blocks if isinstance(b, Table)]
    assert [len(t.rows) for t in tables] == [14, 28, 4]
    stub = [(c.text, c.column, c.colspan, c.rowspan) for r in tables[1].rows for c in r.cells if c.rowspan > 3]
    assert stub == [
        ("三、本年度办理结果", 0, 1, 22),
        ("（三）不予公开", 1, 1, 8),
        ("（五）不予处理", 1, 1, 5),
    ]
    assert [(c.text, c.column) for c in tables[2].rows[3].cells] == [("", column) for column in range(15)]
    assert tables[2].rows[3].cells[14].location == WordCellPlace(3, 4, 15)
    assert document.remarks == ()


def _rewrite(data: bytes, change) -> bytes:
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(data)) as archive:
        return pack({name: change(archive.read(name).decode()) for name in archive.namelist()})


WHITE = '<w:color w:val="FFFFFF"/>'
DARK = '<w:shd w:val="clear" w:color="auto" w:fill="1F4E79"/>'
TABLE_STYLE = '<w:tblPr><w:tblStyle w:val="Dark"/></w:tblPr>'
FILLED = f'<w:style w:type="table" w:styleId="Dark"><w:tblPr/><w:tcPr>{DARK}</w:tcPr></w:style>'


@pytest.mark.parametrize(
    ("inside", "of_cell", "seen"),
    [
        (run("<w:t>12</w:t>") + run("<w:t>5</w:t>", WHITE), "", "12"),
        (run("<w:t>5</w:t>", '<w:color w:val="000000" w:themeColor="background1"/>'), "", ""),
        (run("<w:t>5</w:t>", '<w:rStyle w:val="Faint"/>'), "", ""),
        (run("<w:t>5</w:t>", WHITE + '<w:shd w:val="clear" w:fill="ffffff"/>'), "", ""),
        (run("<w:t>5</w:t>", '<w:color w:val="1f4e79"/>'), DARK, ""),
        (run("<w:t>5</w:t>", WHITE), DARK, "5"),
        (run("<w:t>5</w:t>", WHITE + DARK), "", "5"),
        (run("<w:t>5</w:t>", WHITE + '<w:highlight w:val="blue"/>'), "", "5"),
        (run("<w:t>5</w:t>", '<w:color w:val="FFFFFF" w:themeColor="text1"/>'), "", "5"),
    ],
)
def test_text_in_the_colour_of_its_ground_is_not_read_but_told(inside: str, of_cell: str, seen: str) -> None:
    faint = f'<w:style w:type="character" w:styleId="Faint"><w:rPr>{WHITE}</w:rPr></w:style>'
    parts = {"styles": faint + FILLED}
    body = table(row("a", cell(paragraph(inside), properties=of_cell)))
    assert blocks(body, parts) == [[["a", seen]]]
    assert read(body, parts).remarks == (() if seen == "5" else (Remark("hidden-text", {"count": 1}),))


def test_white_text_in_a_table_whose_style_has_a_ground_is_read() -> None:
    parts = {"styles": FILLED}
    body = table(row("a", cell(paragraph(run("<w:t>5</w:t>", WHITE))))).replace("<w:tblPr/>", TABLE_STYLE, 1)
    assert TABLE_STYLE in body
    assert blocks(body, parts) == [[["a", "5"]]]
