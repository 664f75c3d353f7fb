"""Files of older programs come back as today's, with the notes at the same cells, and it is said."""

import io
import zipfile
from random import Random

import pytest
from click.testing import CliRunner
from figures import make_figures
from sheet_writer import sheet_bytes
from slipped import SLIP, slipped_report
from typeset.grid import print_report
from word_writer import word_bytes

from validator.cli import main
from validator.pipeline import Settings, check_paths, load_ruleset
from validator.pipeline.copies import annotate_files
from validator.readers.convert import office
from validator.render.look import Look

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def slipped():
    """A report of 2022 as a Word file in which one cell says 30 more than was meant."""
    report, figures = slipped_report()
    return word_bytes(report), figures[SLIP]


def _annotated(path, data):
    path.write_bytes(data)
    (copy,) = annotate_files(check_paths([path], Settings()).results, Look())
    assert copy.error is None
    return copy


def _anchored(data):
    from docx import Document

    body = Document(io.BytesIO(data)).element.body
    starts = list(body.iter(f"{WORD}commentRangeStart"))
    return ["".join(t.text or "" for t in start.getparent().iter(f"{WORD}t")) for start in starts]


def test_a_word_file_under_an_older_suffix_stays_as_it_is(slipped, tmp_path):
    data, figure = slipped
    copy = _annotated(tmp_path / "a.doc", data)
    assert copy.path.name == "a.doc.docx"
    assert copy.remarks == ()
    assert _anchored(copy.data) == [str(figure)]


@pytest.mark.slow
@pytest.mark.skipif(office.find_office() is None, reason="needs LibreOffice")
@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf"])
def test_an_older_text_comes_back_with_its_note(suffix, slipped, tmp_path, monkeypatch):
    data, figure = slipped
    program = office.find_office()
    monkeypatch.setitem(office._FILTERS, suffix, suffix)
    old = office.office_at(program).convert(data, ".docx", suffix, 60)
    copy = _annotated(tmp_path / f"a.{suffix}", old)
    assert copy.path.name == f"a.{suffix}.docx"
    assert "LibreOffice" in copy.remarks[0].zh
    assert _anchored(copy.data) == [str(figure)]
    assert "word/comments.xml" in zipfile.ZipFile(io.BytesIO(copy.data)).namelist()


@pytest.mark.slow
@pytest.mark.skipif(office.find_office() is None, reason="needs LibreOffice")
@pytest.mark.parametrize("suffix", ["doc", "odt", "xls", "ods"])
def test_an_older_file_is_mended_as_one_of_today(suffix, slipped, tmp_path, monkeypatch):
    data, figure = slipped
    new = ".docx" if suffix in ("doc", "odt") else ".xlsx"
    if new == ".xlsx":
        form = load_ruleset().forms["2021"]
        figures = make_figures(form, Random(5))
        figures[SLIP] += 30
        texts = {address: str(figure) for address, figure in figures.items()}
        data = sheet_bytes(print_report(form, texts, organization="青峰县自然资源局", year=2022))
    program = office.find_office()
    monkeypatch.setitem(office._FILTERS, suffix, suffix)
    (tmp_path / f"a.{suffix}").write_bytes(office.office_at(program).convert(data, new, suffix, 60))
    monkeypatch.chdir(tmp_path)
    refused = CliRunner().invoke(main, ["fix", f"a.{suffix}", "--output", f"b.{suffix}"])
    assert refused.exit_code == 2
    assert new in refused.stderr
    ran = CliRunner().invoke(main, ["fix", f"a.{suffix}", "--output", f"b{new}"])
    assert ran.exit_code == 0, ran.output
    assert f"1.信访举报投诉类申请 自然人：{figure} → {figure - 30}" in ran.stdout
    assert "LibreOffice" in ran.stderr
    assert sorted(one.name for one in tmp_path.iterdir()) == [f"a.{suffix}", f"b{new}"]
