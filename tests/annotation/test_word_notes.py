"""Notes in a Word file: at the right cell, beside what the office has there, and the report reads as before."""

import io
import zipfile

import pytest
from docx import Document
from docx_parts import cell, make_docx, paragraph, row, table, text
from slipped import SLIP, annotated_copy, slipped_report
from word_writer import word_bytes

from validator.annotation.notes import COLOURS
from validator.render.look import Look

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def slipped():
    """A report of 2022 as a Word file in which one cell says 30 more than was meant."""
    report, figures = slipped_report()
    return word_bytes(report), figures[SLIP]


def _copy(data, path, look=Look()):  # noqa: B008 - it is frozen
    return annotated_copy(data, path, "DOCX", look)


def _commented(data):
    """Give the text of each comment with that of the paragraphs between its anchors."""
    document = Document(io.BytesIO(data))
    comments = {comment.comment_id: (comment.author, comment.text) for comment in document.comments}
    anchored = {}
    for start in document.element.body.iter(f"{WORD}commentRangeStart"):
        holder = start.getparent()
        number = int(start.get(f"{WORD}id"))
        anchored[number] = "".join(piece.text or "" for piece in holder.iter(f"{WORD}t"))
    return {anchored[number]: said for number, said in comments.items()}


def test_a_problem_is_one_comment_at_the_cell_to_change(slipped, tmp_path):
    data, figure = slipped
    copy, _ = _copy(data, tmp_path / "a.docx")
    ((anchor, (author, said)),) = _commented(copy).items()
    assert anchor == str(figure)
    assert author == "gouji"
    assert said.startswith("表三 (五)不予处理·1.信访举报投诉类申请 自然人\n填报为：")
    assert f"应为：{figure - 30}（确定：无其他同等改动方案）" in said


def test_only_the_parts_of_text_and_comments_change(slipped, tmp_path):
    data, _ = slipped
    copy, _ = _copy(data, tmp_path / "a.docx")
    old, new = zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile(io.BytesIO(copy))
    changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed == {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert set(new.namelist()) - set(old.namelist()) == {"word/comments.xml"}


def test_the_copy_reads_as_the_same_report(slipped, tmp_path):
    data, _ = slipped
    copy, before = _copy(data, tmp_path / "a.docx")
    _, after = _copy(copy, tmp_path / "a.docx")
    assert after == before


def test_the_date_of_a_comment_is_always_the_same(slipped, tmp_path):
    (comment,) = Document(io.BytesIO(_copy(slipped[0], tmp_path / "a.docx")[0])).comments
    assert comment.timestamp.isoformat() == "2000-01-01T00:00:00+00:00"


def test_annotating_a_copy_replaces_our_notes_and_the_bytes_repeat(slipped, tmp_path):
    data, _ = slipped
    copy, _ = _copy(data, tmp_path / "a.docx")
    again, _ = _copy(copy, tmp_path / "a.docx")
    assert again == copy
    assert _copy(data, tmp_path / "a.docx")[0] == copy


def test_others_comments_and_colours_stay(slipped, tmp_path):
    data, _ = slipped
    document = Document(io.BytesIO(data))
    first = document.paragraphs[0]
    document.add_comment(first.runs, text="请核对标题", author="李某")
    buffer = io.BytesIO()
    document.save(buffer)
    copy, _ = _copy(buffer.getvalue(), tmp_path / "a.docx")
    copy, _ = _copy(copy, tmp_path / "a.docx")
    said = sorted(_commented(copy).values())
    assert [author for author, _ in said] == ["gouji", "李某"]
    assert said[1] == ("李某", "请核对标题")


def test_notes_are_in_english_if_asked(slipped, tmp_path):
    data, figure = slipped
    copy, _ = _copy(data, tmp_path / "a.docx", Look("en"))
    ((_, said),) = _commented(copy).values()
    assert f"Should be: {figure - 30} (certain: no other change of this size)" in said


def test_the_cells_of_its_sums_are_marked_lightly(slipped, tmp_path):
    data, figure = slipped
    copy, _ = _copy(data, tmp_path / "a.docx")
    root = Document(io.BytesIO(copy)).element.body
    shaded = {
        shade.get(f"{WORD}fill"): "".join(t.text or "" for t in shade.getparent().getparent().iter(f"{WORD}t"))
        for shade in root.iter(f"{WORD}shd")
    }
    assert shaded[COLOURS["error"]] == str(figure)
    assert COLOURS["touched"] in shaded


def test_a_note_for_a_text_box_stands_at_the_paragraph_it_hangs_on(tmp_path):
    box = (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        + paragraph(text("2022年收到政府信息公开申请9件，办结申请8件，其中予以公开7件，不予公开7件。"))
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    figures = table(row(cell(paragraph(text("行政许可"))), cell(paragraph(text("3")))))
    body = paragraph(text("青峰县自然资源局2022年政府信息公开工作年度报告")) + f"<w:p>{box}</w:p>" + figures
    copy, _ = _copy(make_docx(body), tmp_path / "a.docx")
    root = Document(io.BytesIO(copy)).element.body
    boxes = list(root.iter(f"{WORD}txbxContent"))
    assert [one for box in boxes for one in box.iter(f"{WORD}commentReference")] == []
    assert next(root.iter(f"{WORD}commentReference"), None) is not None


def _held(data, number):
    """Give the text between the anchors of a comment, in the order of the file."""
    inside, texts = False, []
    for element in Document(io.BytesIO(data)).element.body.iter():
        if element.tag in (f"{WORD}commentRangeStart", f"{WORD}commentRangeEnd") and element.get(f"{WORD}id") == number:
            inside = element.tag.endswith("Start")
        elif inside and element.tag == f"{WORD}t":
            texts.append(element.text or "")
    return "".join(texts)


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param(["2022年，收到政府信息公开申请99999件，均已答复。"], marks=pytest.mark.slow),
        ["2022年，收到政", "府信息公开申请999", "99件，均", "已答复。"],
        pytest.param(["2022年，", "收到政府信息公开申请", "99999", "件", "，均已答复。"], marks=pytest.mark.slow),
        pytest.param(["2022年，收到 政府", "信息公开申请999", "99 件，均已答复。"], marks=pytest.mark.slow),
    ],
)
def test_a_comment_on_prose_holds_the_words_meant_over_runs_and_no_others(pieces, slipped, tmp_path):
    document = Document(io.BytesIO(slipped[0]))
    place = next(one for one in document.paragraphs if "总体情况" in one.text)
    added = place.insert_paragraph_before()
    for piece in pieces:
        added.add_run(piece).bold = len(piece) < 6
    buffer = io.BytesIO()
    document.save(buffer)
    copy, before = _copy(buffer.getvalue(), tmp_path / "a.docx")
    comments = {str(one.comment_id): one.text for one in Document(io.BytesIO(copy)).comments}
    (number,) = (number for number, said in comments.items() if "99999" in said)
    assert "".join(_held(copy, number).split()) == "收到政府信息公开申请99999件"
    texts = {one.text for one in Document(io.BytesIO(copy)).paragraphs}
    assert "".join(pieces) in texts
    bold = "".join(run.text for p in Document(io.BytesIO(copy)).paragraphs for run in p.runs if run.bold)
    assert bold == "".join(run.text for p in document.paragraphs for run in p.runs if run.bold)
    assert _copy(copy, tmp_path / "a.docx") == (copy, before)
