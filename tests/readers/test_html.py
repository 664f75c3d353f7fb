"""Web pages as they are found: the blocks, cells and places that come out of them."""

from pathlib import Path

import pytest

from validator.model.document import Framing, Paragraph, Table
from validator.model.location import HtmlCellPlace, HtmlTextPlace
from validator.readers.web import read_html

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def blocks(page: str) -> list[object]:
    """Paragraphs as their text, tables as rows of cell texts."""
    return [
        block.text if isinstance(block, Paragraph) else [[cell.text for cell in row.cells] for row in block.rows]
        for block in read_html(page, "page.html").blocks
    ]


def grid(page: str) -> list[list[tuple[str, int, int, int]]]:
    """The rows of the only table: text, column, colspan and rowspan of each cell."""
    (table,) = (block for block in read_html(page, "page.html").blocks if isinstance(block, Table))
    return [[(cell.text, cell.column, cell.colspan, cell.rowspan) for cell in row.cells] for row in table.rows]


def cell(markup: str) -> str:
    """The text of a cell with this markup, beside another one."""
    ((row,),) = blocks(f"<table><tr><td>{markup}</td><td>label</td></tr></table>")
    return row[0]


def test_paragraphs_and_tables_come_in_reading_order_with_their_places():
    document = read_html(
        "<h1>标题</h1><div>一<table><tr><td>a<td>1</table>二<p>三</p>四</div><table><tr><td>b<td>2</table>", "x.html"
    )

    assert [(b.text, b.location) for b in document.blocks if isinstance(b, Paragraph)] == [
        ("标题", HtmlTextPlace(1)),
        ("一", HtmlTextPlace(2)),
        ("二", HtmlTextPlace(3)),
        ("三", HtmlTextPlace(4)),
        ("四", HtmlTextPlace(5)),
    ]
    assert [type(b).__name__ for b in document.blocks] == [*["Paragraph"] * 2, "Table", *["Paragraph"] * 3, "Table"]
    tables = [b for b in document.blocks if isinstance(b, Table)]
    assert [t.framing for t in tables] == [Framing.GRID, Framing.GRID]
    assert [c.location for t in tables for r in t.rows for c in r.cells] == [
        HtmlCellPlace(1, 1, 1),
        HtmlCellPlace(1, 1, 2),
        HtmlCellPlace(2, 1, 1),
        HtmlCellPlace(2, 1, 2),
    ]
    assert (document.source, document.carrier) == ("x.html", "html")


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>document.write('<table><tr><td>9<td>9</table>')</script>",
        "<style>td{color:red}</style>",
        "<template><p>9</p></template>",
        "<noscript>9</noscript>",
        "<!-- <table><tr><td>9<td>9</table> -->",
        "<p hidden>9</p>",
        "<div style='color:red; Display : NONE'><p>9</p></div>",
        "<table style='display:none'><tr><td>9<td>9</table>",
        "<div hidden><div hidden>9</div>9</div>",
        "<iframe>9</iframe>",
        "<svg><text>9</text></svg>",
        "<del>9</del>",
    ],
)
def test_what_a_browser_does_not_show_is_not_read(unseen):
    assert blocks(f"<p>前</p>{unseen}<p>后</p>") == ["前", "后"]


def test_a_hidden_cell_or_row_is_no_part_of_the_grid():
    page = "<table><tr><td>a<td style='display:none'>9<td>1<tr style='display:none'><td>b<td>9<tr><td>c<td>2</table>"
    assert blocks(page) == [[["a", "1"], ["c", "2"]]]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<span>1</span><span>8</span>", "18"),
        ("自<span>然</span>人", "自然人"),
        ("<p class=MsoNormal><span><font>1</font></span><span>8</span><o:p></o:p></p>", "18"),
        ("<span>1</span> <span>8</span>", "1 8"),
        ("1<br>8", "1\n8"),
        ("1<BR/>8", "1\n8"),
        ("<p>1</p><p>8</p>", "1\n8"),
        ("<div>1</div>8", "1\n8"),
        ("<font><p>商业</p><p>企业</p></font>", "商业\n企业"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("\n   <p>\n  1.属于\n   国家秘密 </p>\n ", "1.属于 国家秘密"),
        ("&nbsp;", ""),
        ("<p>&nbsp;\u3000<br></p>", ""),
        ("1&nbsp;0", "1\u00a00"),
        ("&#8203;", ""),
        ("1&#8203;2", "12"),
        ("7", "7"),
        ("<b>７</b>", "７"),
        ("<del>1</del>2", "2"),
        ("<del>5</del>", ""),
        ("<span hidden>5</span>", ""),
        ("<textarea>15</textarea>", "15"),
        ("1250<sup>1</sup>", "1250¹"),
        ("1250<sup>[1]</sup>", "1250[¹]"),
        ("<sup>1250</sup>", "1250"),
        ("x<sub>2</sub>", "x₂"),
        ("12<span style='vertical-align:super;font-size:70%'>3</span>", "12³"),
        ("12<span style='position:relative;top:-4.0pt;mso-text-raise:4.0pt'>3</span>", "12³"),
        ("<span style='vertical-align:baseline'>12</span>3", "123"),
        ("<span style='text-decoration: line-through'>9</span>2", "2"),
        ("<span style='text-decoration:underline'>9</span>2", "92"),
        ("<span style='visibility:hidden'>9</span>2", "2"),
        ("<span style='opacity:0'>9</span>2", "2"),
        ("<span style='opacity:0.8'>9</span>2", "92"),
        ("<span style='font-size:0'>9<b style='font-size:12pt'>2</b></span>", "2"),
        ("<span style='font-size:0.9em'>9</span>2", "92"),
        ("<span style='position:absolute;left:-9999px'>9</span>2", "2"),
        ("<span style='position:absolute;left:-9px'>9</span>2", "92"),
        ("<input type=hidden value=5>", ""),
        ("<input value=15>", "15"),
        ("<input value=5>", "5"),
        ("<script>var a=1</script>3", "3"),
        ("12<!-- 13 -->", "12"),
        ("&lt;5&gt;", "<5>"),
        ("<table><tr><td>1<b>2</b></td></tr></table>", "12"),
        ("<pre>1\n2</pre>", "1\n2"),
    ],
)
def test_the_text_of_a_cell(markup, text):
    assert cell(markup) == text


@pytest.mark.parametrize(
    ("rules", "shown"),
    [
        (".old{display:none}", ["b", "c"]),
        ("tr.old{display:none}", ["b", "c"]),
        ("table .old, #none{display:none}", ["b", "c"]),
        ("#x{display:none} .old{display:table-row}", ["b", "c"]),
        (".old{display:none} #x{display:table-row}", ["a", "b", "c"]),
        (".old{display:none!important} #x{display:table-row}", ["b", "c"]),
        (".old{display:none} .old{display:table-row}", ["a", "b", "c"]),
        ("tr:nth-child(2){display:none}", ["a", "c"]),
        ("/* .old{display:none} */", ["a", "b", "c"]),
        ("@media print{.old{display:none}}", ["a", "b", "c"]),
        ("@media screen{.old{display:none}}", ["b", "c"]),
        ("@media (max-width: 600px){.old{display:none}}", ["a", "b", "c"]),
        (".old:hover{display:none}", ["a", "b", "c"]),
        ("tr::after{display:none}", ["a", "b", "c"]),
        (".old{visibility:hidden}", ["", "b", "c"]),
        (".old td{opacity:0}", ["", "b", "c"]),
        ("}{.old{display:none", ["a", "b", "c"]),
    ],
)
def test_rows_that_a_style_sheet_hides_are_not_read(rules, shown):
    page = f"<style>{rules}</style><table><tr class=old id=x><td>a<td>1<tr><td>b<td>2<tr><td>c<td>3</table>"
    ((*rows,),) = blocks(page)
    assert [row[0] for row in rows] == shown


def test_tables_that_only_a_script_can_show_are_shown():
    page = "<style>.tab{display:none}</style><div class=tab>一<table><tr><td>a<td>1</table></div>"
    assert blocks(page) == ["一", [["a", "1"]]]
    assert blocks(f"{page}<table><tr><td>b<td>2</table>") == [[["b", "2"]]]


def test_a_foot_stands_below_the_body_and_a_frame_brings_its_page():
    page = "<table><thead><tr><td>h<td>0<tfoot><tr><td>f<td>9<tbody><tr><td>b<td>1</table>"
    assert blocks(page) == [[["h", "0"], ["b", "1"], ["f", "9"]]]
    assert blocks('<p>前</p><iframe srcdoc="<p>内</p><table><tr><td>a<td>1</table>"></iframe><p>后</p>') == [
        *("前", "内"),
        [["a", "1"]],
        "后",
    ]
    assert blocks("<p>前</p><iframe src='http://x/'>9</iframe>") == ["前"]


def test_elements_that_are_shown_as_a_table_are_one():
    roles = "<div role=table><div role=row><b role=cell>a</b><b role=cell aria-colspan=2>1</b></div></div>"
    assert grid(roles) == [[("a", 0, 1, 1), ("1", 1, 2, 1)]]
    sheet = "<style>.t{display:table}.r{display:table-row}.r>div{display:table-cell}</style>"
    shown = "<div class=t><div class=r><div>a</div><div>1</div></div><div class=r><div>b</div><div>2</div></div></div>"
    assert blocks(sheet + shown) == [[["a", "1"], ["b", "2"]]]
    # What only keeps columns of a page apart is none.
    assert blocks(f"{sheet}<div class=t><p>一</p><p>二</p></div>") == ["一", "二"]


def test_unclosed_cells_and_rows():
    assert blocks("<table><tr><td>a<td>1<tr><th>b<td>2</table>x") == [[["a", "1"], ["b", "2"]], "x"]


def test_a_word_table_with_groups_caption_and_fonts():
    page = (
        "<TABLE class=MsoNormalTable border=1><CAPTION>表二<BR>单位：件</CAPTION><COLGROUP><COL><COL></COLGROUP>"
        "<THEAD><TR><TH><FONT face=宋体>项目</FONT></TH><TH>数</TH></TR></THEAD>"
        "<TBODY><TR><TD><P class=MsoNormal>规章<o:p></o:p></P></TD><TD><P>&nbsp;</P></TD></TR></TBODY></TABLE>"
    )
    assert blocks(page) == ["表二", "单位：件", [["项目", "数"], ["规章", ""]]]


def test_text_between_cells_is_moved_before_the_table_and_never_lost():
    assert blocks("<table>注意<tr>其中<td>a<td>1</table>") == ["注意其中", [["a", "1"]]]


def test_rows_without_their_table_keep_their_cells_apart():
    assert blocks("<p>前</p><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr>") == [
        "前",
        [["a", "1"], ["b", "2"]],
    ]


def test_spans_place_cells_as_browsers_do():
    page = """<table>
      <tr><td rowspan=2 colspan=2>组</td><td colspan=2>甲</td><td rowspan=2>计</td></tr>
      <tr><td>乙</td><td>丙</td></tr>
      <tr><td rowspan=3>三</td><td>x</td><td>1</td><td>2</td><td>3</td></tr>
      <tr><td>y</td><td>4</td><td>5</td><td>9</td></tr></table>"""
    assert grid(page) == [
        [("组", 0, 2, 2), ("甲", 2, 2, 1), ("计", 4, 1, 2)],
        [("乙", 2, 1, 1), ("丙", 3, 1, 1)],
        # Three rows are claimed where the table has two left.
        [("三", 0, 1, 2), ("x", 1, 1, 1), ("1", 2, 1, 1), ("2", 3, 1, 1), ("3", 4, 1, 1)],
        [("y", 1, 1, 1), ("4", 2, 1, 1), ("5", 3, 1, 1), ("9", 4, 1, 1)],
    ]


@pytest.mark.parametrize(
    ("written", "columns"),
    [
        ("2", 2),
        (" 2", 2),
        ("2.9", 2),
        ("2x", 2),
        ("+2", 2),
        ("0", 1),
        ("-2", 1),
        ("", 1),
        ("x", 1),
        ("1001", 1000),
        ("9" * 5000, 1000),
    ],
)
def test_odd_colspans_are_read_as_browsers_do(written, columns):
    assert grid(f"<table><tr><td colspan='{written}'>a<td>b</table>") == [[("a", 0, columns, 1), ("b", columns, 1, 1)]]


@pytest.mark.parametrize(("written", "rows"), [("0", 3), ("2", 2), ("99999999999", 3), ("-1", 1), ("x", 1)])
def test_odd_rowspans_end_with_their_table(written, rows):
    page = f"<table><tr><td rowspan='{written}'>a<td>1<tr><td>2<tr><td>3</table>"
    assert grid(page)[0] == [("a", 0, 1, rows), ("1", 1, 1, 1)]
    assert [row[0][1] for row in grid(page)[1:]] == [int(rows > 1), int(rows > 2)]


def test_a_rowspan_ends_with_its_group_of_rows():
    page = "<table><thead><tr><td rowspan=9>a<td>1</thead><tbody><tr><td>b<td>2</tbody></table>"
    assert grid(page) == [[("a", 0, 1, 1), ("1", 1, 1, 1)], [("b", 0, 1, 1), ("2", 1, 1, 1)]]


def test_an_empty_row_counts_for_places():
    page = "<table><tr><td>a<td>1<tr></tr><tr><td>b<td>2</table>"
    (table,) = read_html(page, "x").blocks
    assert [row.cells[0].location for row in table.rows if row.cells] == [
        HtmlCellPlace(1, 1, 1),
        HtmlCellPlace(1, 3, 1),
    ]


def test_a_table_around_tables_is_layout_and_not_counted():
    page = (
        "<table><tr><td>菜单<br>首页</td><td><p>正文</p><table><tr><td>a<td>1</table><p>文末</p></td></tr>"
        "<tr><td>版权<td>所有</tr></table>"
    )
    document = read_html(page, "x")
    assert blocks(page) == ["菜单", "首页", "正文", [["a", "1"]], "文末", "版权", "所有"]
    table = next(b for b in document.blocks if isinstance(b, Table))
    assert table.rows[0].cells[0].location == HtmlCellPlace(1, 1, 1)


def test_layout_is_told_also_where_the_inner_table_comes_late():
    page = "<table><tr><td>a<td>1<tr><td>b<td>前<table><tr><td>c<td>2</table>后<td>d</table>"
    assert blocks(page) == ["a", "1", "b", "前", [["c", "2"]], "后", "d"]


def test_frames_around_one_text_do_not_make_a_table_layout():
    inner = "<table><tbody><tr><td><table><tr><td>12</td></tr></table></td></tr></tbody></table>"
    assert blocks(f"<table><tr><td>a<td>{inner}<tr><td>b<td>3</table>") == [[["a", "12"], ["b", "3"]]]


def test_a_table_of_one_column_is_running_text():
    assert blocks("<table><tr><td>一、总体情况<tr><td><p>甲</p><p>乙</p><tr><td></table>") == [
        "一、总体情况",
        "甲",
        "乙",
    ]


def test_a_table_without_text_is_nothing():
    assert blocks("<table><tr><td>&nbsp;<td></table><table><tr><td>a<td>1</table>") == [[["a", "1"]]]


PROSE = "本机关按照条例要求做好政府信息公开工作，全年主动公开各类信息，没有收到因此提起的行政复议和行政诉讼。" * 2


def test_prose_inside_a_table_is_running_text_and_the_rows_keep_their_numbers():
    page = (
        f"<table><tr><td colspan=3>{PROSE}</td></tr><tr><td>a<td>b<td>1</tr>"
        f"<tr><td colspan=3><p>{PROSE}</p><p>{PROSE}</p></td></tr><tr><td>c<td>d<td>2</tr></table>"
    )
    assert blocks(page) == [PROSE, [["a", "b", "1"]], PROSE, PROSE, [["c", "d", "2"]]]
    tables = [b for b in read_html(page, "x").blocks if isinstance(b, Table)]
    assert [t.rows[0].cells[2].location for t in tables] == [HtmlCellPlace(1, 2, 3), HtmlCellPlace(1, 4, 3)]


def test_a_menu_beside_prose_is_running_text():
    assert blocks(f"<table><tr><td>首页<td><p>{PROSE}</p></table>") == ["首页", PROSE]


def test_a_long_note_beside_a_figure_stays_in_the_table():
    assert blocks(f"<table><tr><td>a<td>{PROSE}<td>1</table>") == [[["a", PROSE, "1"]]]


def test_lines_parted_by_br_or_written_in_pre_are_paragraphs():
    page = "<div>一、总体情况<br>受理 12 件<br/><br>\n  办结<b>11</b>件</div><pre>甲  乙\n丙\n\n</pre>"
    assert blocks(page) == ["一、总体情况", "受理 12 件", "办结11件", "甲 乙", "丙"]
    assert not read_html(page, "x").line_per_paragraph


def test_a_page_of_preformatted_text_has_one_paragraph_a_line():
    document = read_html("<h1>报告</h1><pre>我局共收到申请\n十二件，全部\n<b>办结</b>。\n</pre>", "x")
    assert [b.text for b in document.blocks] == ["报告", "我局共收到申请", "十二件，全部", "办结。"]
    assert document.line_per_paragraph


def test_menus_lists_and_choices_are_ordinary_paragraphs():
    page = "<header>站名</header><nav><ul><li>首页<li>公开</ul></nav><select><option>甲<option>乙</select><footer>版权"
    assert blocks(page) == ["站名", "首页", "公开", "甲", "乙", "版权"]


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (
            "<title>某局2023年年报_某市</title><h1>某局2023年政府信息公开工作年度报告</h1>",
            "某局2023年政府信息公开工作年度报告",
        ),
        ("<title>某局2023年报告</title><h1>某市人民政府</h1>", "某局2023年报告"),
        ("<meta name=articletitle content='2023年报告'><title>某市</title><h1>某局</h1>", "2023年报告"),
        ("<h1>某市</h1><h1>某局2023<b>年度报告</b></h1>", "某局2023年度报告"),
        ("<title>  </title><h1>某局</h1>", "某局"),
        ("<p>无题</p>", None),
        ("<svg><title>图</title></svg>", None),
    ],
)
def test_the_title_is_the_heading_that_names_the_report_or_what_the_page_says_of_itself(page, title):
    assert read_html(page, "x").title == title


def test_a_heading_is_also_a_paragraph():
    assert blocks("<h1>年度<br>报告</h1>") == ["年度", "报告"]


def test_xhtml_is_read_like_html():
    page = (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">'
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>报告</title></head>'
        "<body><table><tbody><tr><td>a</td><td>1<br /></td></tr></tbody></table></body></html>"
    )
    assert blocks(page) == [[["a", "1"]]]


@pytest.mark.parametrize(
    ("page", "is_open"),
    [
        ("<html><body><table><tr><td>a<td>1</table></body></html>", False),
        ("<p>a</p>", False),
        ("<div>a</div>\n", False),
        ("<div><table><tr><td>a<td>1</table>", False),
        ("<p>受理12", True),
        ("<table><tr><td>a</td><td>1</td></tr>", True),
        ("<table><tr><td>a<td>1</table><table><tr><td>b<td>1", True),
        ("<p>a</p><p>b</sp", True),
    ],
)
def test_a_page_that_breaks_off_is_told(page, is_open):
    assert read_html(page, "x").ends_open is is_open


def test_bytes_are_decoded():
    page = "<p>政府信息公开年度报告</p>"
    assert read_html(page.encode("gb18030"), "x").blocks[0].text == "政府信息公开年度报告"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus")
def test_a_report_with_word_markup():
    document = read_html((CORPUS / "shuyang_drc_2023.html").read_bytes(), "x")
    tables = [b for b in document.blocks if isinstance(b, Table)]
    assert [len(t.rows) for t in tables] == [14, 28, 4]
    new_received, last = tables[1].rows[3], tables[1].rows[27]
    assert [(c.text, c.column) for c in new_received.cells[1:]] == [
        ("26", 3),
        *(("", column) for column in range(4, 9)),
        ("26", 9),
    ]
    assert [c.column for c in last.cells] == [0, 3, 4, 5, 6, 7, 8, 9]
    assert [c.text for c in tables[2].rows[3].cells] == [*"00011", *"0000000000"]
    assert tables[2].rows[3].cells[14].location == HtmlCellPlace(3, 4, 15)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus")
def test_a_report_whose_header_lines_are_parted_by_br():
    document = read_html((CORPUS / "shanghai_ga_office_2019.html").read_bytes(), "x")
    tables = [b for b in document.blocks if isinstance(b, Table)]
    assert [c.column for c in tables[0].rows[1].cells] == [0, 1, 2, 4]
    assert "\n" in tables[0].rows[1].cells[1].text
    assert [(c.text, c.column) for c in tables[0].rows[17].cells[1:]] == [("6", 1), ("251000元", 3)]
    assert [c.text for c in tables[1].rows[24].cells][1:] == ["767", "35", "", "", "2", "1", "805"]


def test_tables_of_figures_on_a_hidden_tab_are_told() -> None:
    rows = "".join(f"<tr><td>政府信息公开</td><td>{number}</td></tr>" for number in range(12))
    calendar = f"<div style='display:none'><table>{'<tr><td>1</td><td>2</td></tr>' * 9}</table></div>"
    page = f"<table>{rows}</table><div style='display:none'><table>{rows}</table></div>{calendar}"
    document = read_html(page, "a.html")
    assert [(remark.code, remark.values) for remark in document.remarks] == [("hidden-tables", {"count": 1})]
    assert len(document.blocks) == 1


@pytest.mark.parametrize("style", ["visibility: hidden; opacity: 0;", "opacity:0", "display:none"])
def test_a_text_that_a_script_would_show_is_read_where_no_table_is_shown(style: str) -> None:
    rows = "<tr><td>申请<td>3</tr>" * 15
    page = f"<p>报告</p><div style='{style}'><p>正文</p><table>{rows}</table></div>"
    document = read_html(page, "a.html")
    assert [block.text for block in document.blocks[:2]] == ["报告", "正文"]
    assert len(document.blocks[2].rows) == 15
    shown = read_html(f"<table><tr><td>1<td>2</table>{page}", "a.html")
    assert len(shown.blocks) == 2


@pytest.mark.parametrize(
    ("cell_markup", "head", "seen"),
    [
        ("<td>12<span style='color:#fff'>5</span>", "", "12"),
        ("<td style='color:white'>5", "", ""),
        ("<td><font color='#FFFFFF'>5</font>", "", ""),
        ("<td style='color:transparent'>5", "", ""),
        ("<td style='color:#eee;background-color:#efefef'>5", "", ""),
        ("<td style='background:#000'>5", "", ""),
        ("<td style='color:#fff'>5<b style='color:#000'>6</b>", "", "6"),
        ("<td class=w>5", "<style>.w{color:rgb(255, 255, 255)}</style>", ""),
        ("<td>12<span style='color:#fff'>5</span>", "<link rel=stylesheet href=a.css>", "12"),
        # Seen: on a ground of another colour, or on one that the page alone does not tell.
        ("<td style='color:white;background:#1f4e79'>5", "", "5"),
        ("<td bgcolor='#000080'><font color=white>5</font>", "", "5"),
        ("<td style='background:white;color:black'>5", "", "5"),
        ("<td class=w>5", "<style>.w{color:#fff} table{background:#123}</style>", "5"),
        ("<td class=w>5", "<style>.w{color:#fff} table{background:#fff url(a.png)}</style>", "5"),
        ("<td style='color:#fff'>5", "<link rel=stylesheet href=a.css>", "5"),
        ("<td style='color:#fff'><a href='#'>5</a>", "", "5"),
        ("<td style='color:#fff;background:100% 0'>5", "", "5"),
    ],
)
def test_text_in_the_colour_of_its_ground_is_not_read_but_told(cell_markup: str, head: str, seen: str) -> None:
    page = f"<head>{head}</head><table><tr><td>a</td>{cell_markup}</td></tr><tr><td>b<td>1</table>"
    assert blocks(page) == [[["a", seen], ["b", "1"]]]
    told = [(remark.code, remark.values) for remark in read_html(page, "page.html").remarks]
    assert told == ([] if seen == "5" else [("hidden-text", {"count": 1})])


def test_of_tabs_with_the_same_table_the_active_one_is_read() -> None:
    labels = [f"办理结果第{index}行" for index in range(12)]

    def pane(name: str, figure: int, words: list[str] = labels) -> str:
        rows = "".join(f"<tr><td>{label}<td>{figure}" for label in words)
        return f"<div class='{name}'><table>{rows}</table></div>"

    def figures(*panes: str) -> list[str]:
        return [table[0][1] for table in blocks(f"<div>{''.join(panes)}</div>")]

    assert figures(pane("tab-pane", 1), pane("tab-pane active", 2), pane("tab-pane", 3)) == ["2"]
    assert figures(pane("layui-tab-item layui-show", 1), pane("layui-tab-item", 2)) == ["1"]
    # Each holds a table of its own or a whole report, none or both are marked, or they have nothing in common.
    others = [f"公开内容第{index}行" for index in range(12)]
    assert figures(pane("tab-pane", 1), pane("tab-pane active", 2, others)) == ["1", "2"]
    report = "<p>" + "一、总体情况。" * 10 + "</p><table>"
    whole = [
        pane(name, figure).replace("<table>", report) for name, figure in (("tab-pane", 1), ("tab-pane active", 2))
    ]
    assert [table[0][1] for table in blocks(f"<div>{''.join(whole)}</div>") if isinstance(table, list)] == ["1", "2"]
    assert figures(pane("tab-pane", 1), pane("tab-pane", 2)) == ["1", "2"]
    assert figures(pane("tab-pane active", 1), pane("tab-pane active", 2)) == ["1", "2"]
    assert figures(pane("left", 1), pane("right active", 2)) == ["1", "2"]
    told = read_html(f"<div>{pane('tab-pane', 1)}{pane('tab-pane active', 2)}</div>", "page.html").remarks
    assert [(remark.code, remark.values) for remark in told] == [("hidden-tables", {"count": 1})]
