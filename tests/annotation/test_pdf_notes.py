"""Notes in a PDF file: over the right figure on pages of any turn, and behind the bytes of the original."""

import io
import shutil
import subprocess

import pytest
from pypdf import PdfReader
from slipped import annotated_copy, slipped_draft
from variants import pdf

from validator.errors import UsageError

pdfium = pytest.importorskip("pypdfium2")


def _write(way):
    draft, said = slipped_draft()
    return pdf.WAYS[way](draft), said


@pytest.fixture(scope="module")
def slipped():
    return _write("plain")


def _copy(data, path):
    return annotated_copy(data, path, "PDF")


def _notes(data):
    """Give page, box and text of each of our notes."""
    return [
        (number, [float(side) for side in one["/Rect"]], str(one["/Contents"]))
        for number, page in enumerate(PdfReader(io.BytesIO(data)).pages)
        for one in (reference.get_object() for reference in page.get("/Annots", ()))
        if one.get("/T") == "gouji" and one["/Subtype"] == "/Highlight" and "/Contents" in one
    ]


@pytest.mark.parametrize(
    "way", ["plain", *(pytest.param(w, marks=pytest.mark.slow) for w in ("rotated-1", "rotated-2", "rotated-3"))]
)
def test_the_note_lies_over_the_figure_to_change(way, tmp_path):
    data, figure = _write(way)
    copy, _ = _copy(data, tmp_path / "a.pdf")
    ((page, (left, bottom, right, top), said),) = _notes(copy)
    assert said.startswith("表三 (五)不予处理·1.信访举报投诉类申请 自然人\n填报为：")
    assert f"应为：{figure - 30}（确定" in said
    document = pdfium.PdfDocument(copy)
    under = document[page].get_textpage().get_text_bounded(left, bottom, right, top)
    document.close()
    assert under.strip() == str(figure)


def test_the_original_stays_in_front_and_the_report_reads_as_before(slipped, tmp_path):
    data, _ = slipped
    copy, before = _copy(data, tmp_path / "a.pdf")
    assert copy.startswith(data)
    assert _copy(copy, tmp_path / "a.pdf")[1] == before


def test_the_bytes_repeat_and_a_copy_of_a_copy_has_each_note_once(slipped, tmp_path):
    data, _ = slipped
    copy, _ = _copy(data, tmp_path / "a.pdf")
    assert _copy(data, tmp_path / "a.pdf")[0] == copy
    assert _notes(_copy(copy, tmp_path / "a.pdf")[0]) == _notes(copy)


def test_the_highlight_is_drawn_by_itself_and_its_note_opens(slipped, tmp_path):
    copy, _ = _copy(slipped[0], tmp_path / "a.pdf")
    page = next(page for page in PdfReader(io.BytesIO(copy)).pages if page.get("/Annots"))
    noted = [one.get_object() for one in page["/Annots"] if "/Contents" in one.get_object()]
    assert b" re f" in noted[0]["/AP"]["/N"].get_object().get_data()
    assert noted[0]["/Popup"].get_object()["/Parent"].get_object()["/NM"] == noted[0]["/NM"]


@pytest.mark.slow
def test_annotations_of_others_stay(tmp_path):
    data, _ = _write("struck-annotation")
    copy, _ = _copy(data, tmp_path / "a.pdf")
    again, _ = _copy(copy, tmp_path / "a.pdf")

    def struck(file):
        return sum(
            one.get_object()["/Subtype"] == "/StrikeOut"
            for page in PdfReader(io.BytesIO(file)).pages
            for one in page.get("/Annots", ())
        )

    assert struck(again) == struck(data) > 0


def test_a_signed_file_is_refused(slipped, tmp_path):
    signed = slipped[0].replace(b"/Type/Catalog", b"/Type/Catalog/AcroForm<</SigFlags 3/Fields[]>>")
    with pytest.raises(UsageError) as refused:
        _copy(signed, tmp_path / "a.pdf")
    assert "电子签名" in refused.value.words.zh


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="needs qpdf")
def test_qpdf_finds_nothing_wrong(slipped, tmp_path):
    path = tmp_path / "copy.pdf"
    path.write_bytes(_copy(slipped[0], tmp_path / "a.pdf")[0])
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
