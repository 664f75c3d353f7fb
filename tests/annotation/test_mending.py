"""Mended copies: every change that is proved is made, and no other figure and no word differs."""

import hashlib
import io
import re
import zipfile
from functools import cache
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from docx import Document
from docx.oxml.ns import qn
from figures import make_figures
from lxml import etree
from openpyxl import load_workbook
from sheet_writer import sheet_bytes
from typeset.grid import print_report
from word_writer import word_bytes

from validator.annotation import mend
from validator.cli import main
from validator.pipeline import Settings, check_paths, load_ruleset
from validator.render.look import Look

WRITERS = {".docx": (word_bytes, "DOCX"), ".xlsx": (sheet_bytes, "XLSX")}
YEARS = {"2014": 2017, "2019": 2020, "2021": 2023}
SLIP = "applications.rejected.petition.natural_person"


@cache
def _form(form_id):
    return load_ruleset().forms[form_id]


def _texts(form_id, seed):
    figures = make_figures(_form(form_id), Random(seed))
    return {address: str(figure) for address, figure in figures.items()}


def _bytes(form_id, texts, suffix):
    printed = print_report(_form(form_id), texts, organization="青峰县水务局", year=YEARS[form_id])
    return WRITERS[suffix][0](printed)


def _check(path):
    results = check_paths([path], Settings()).results
    return list(results.reports), results


def _slip(texts, random):
    """Change one cell as people do: two digits swapped, one lost or one more."""
    address = random.choice([a for a in texts if a.startswith(("applications", "review", "statistics.re"))])
    figure = texts[address]
    wrong = random.choice([figure + "0", figure[::-1], figure[1:] or "1", str(int(figure) + 1)])
    return {**texts, address: str(int(wrong)) if int(wrong) != int(figure) else str(int(figure) + 10)}


@pytest.mark.slow
@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("form_id", YEARS)
def test_fifty_slips_of_each_form_and_carrier(form_id, suffix, tmp_path):
    random, path, mended = Random(f"{form_id} {suffix}"), tmp_path / f"a{suffix}", 0
    for seed in range(50):
        texts = _texts(form_id, seed)
        data = _bytes(form_id, _slip(texts, random), suffix)
        path.write_bytes(data)
        reports, results = _check(path)
        copy = mend(data, path.as_posix(), WRITERS[suffix][1], reports, results, Look())
        assert copy.left == ()
        printed = _printed(data, suffix)
        assert _printed(copy.data, suffix, as_it_was=True) == printed
        path.write_bytes(copy.data)
        ((after,), _) = _check(path)
        certain = {c.cell: c.proposed for e in reports[0].diagnosis if e.confidence == "unique" for c in e.changes}
        before = {address: cell.value for address, cell in reports[0].cells.items()}
        assert {a: cell.value for a, cell in after.cells.items()} == before | certain
        changed = [new for old, new in zip(printed, _printed(copy.data, suffix), strict=True) if old != new]
        assert sorted(changed) == sorted(str(figure) for figure in certain.values())
        if reports[0].diagnosis and len(certain) == len(reports[0].diagnosis):
            mended += 1
            assert after.diagnosis == ()
    assert mended > 20 or form_id == "2014"  # there a figure lies in one sum, and nothing is proved


def _printed(data, suffix, *, as_it_was=False):
    """Give all texts of a Word file by paragraphs, or of a workbook by cells; `as_it_was`: without what was mended."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    if suffix == ".docx":
        shown, other = ("delText", "ins") if as_it_was else ("t", "del")
        return [
            "".join(
                text.text or ""
                for text in paragraph.iter(qn("w:t"), qn(f"w:{shown}"))
                if next(text.iterancestors(qn(f"w:{other}")), None) is None
            )
            for paragraph in etree.fromstring(parts["word/document.xml"]).iter(qn("w:p"))
        ]
    written = parts.get("xl/gouji/comments1.xml", b"<none/>") if as_it_was else b"<none/>"
    notes = {one.get("ref"): "".join(one.itertext()) for one in etree.fromstring(written).iter("{*}comment")}
    return [
        _said_before(notes[place]) if (place := cell.get("r")) in notes else "".join(cell.itertext())
        for cell in etree.fromstring(parts["xl/worksheets/sheet1.xml"]).iter("{*}c")
    ]


def _said_before(note):
    """Give the figure that a note of ours says the cell held, "" if it was blank."""
    reported = re.search(r"原填报为 ?(.*?)，", note)[1]
    return "" if reported == "（空白）" else reported


def _word_copy(tmp_path):
    texts = _texts("2021", 5)
    texts[SLIP] = str(int(texts[SLIP]) + 30)
    path = tmp_path / "a.docx"
    path.write_bytes(_bytes("2021", texts, ".docx"))
    return path, texts[SLIP]


def test_in_word_the_change_is_tracked_and_the_rest_stays(tmp_path):
    path, figure = _word_copy(tmp_path)
    reports, results = _check(path)
    copy = mend(path.read_bytes(), path.as_posix(), "DOCX", reports, results, Look())
    body = Document(io.BytesIO(copy.data)).element.body
    (deleted,) = body.iter(qn("w:del"))
    (inserted,) = body.iter(qn("w:ins"))
    assert "".join(text.text for text in deleted.iter(qn("w:delText"))) == figure
    assert "".join(text.text for text in inserted.iter(qn("w:t"))) == str(int(figure) - 30)
    assert {deleted.get(qn("w:author")), inserted.get(qn("w:author"))} == {"gouji"}
    old = Document(io.BytesIO(path.read_bytes())).element.body
    assert [t.text for t in body.iter(qn("w:t")) if t not in set(inserted.iter(qn("w:t")))] == [
        t.text for t in old.iter(qn("w:t")) if t.text != figure
    ]


def test_a_formula_stays_and_its_note_says_what_it_should_give(tmp_path):
    texts = _texts("2021", 5)
    path = tmp_path / "a.xlsx"
    path.write_bytes(_bytes("2021", texts, ".xlsx"))
    ((report,), _) = _check(path)
    cell = report.cells[SLIP].location.cell
    book = load_workbook(path)
    book.active[cell].value = 7
    book.save(path)
    data = _with_formula(path.read_bytes(), cell)
    path.write_bytes(data)
    reports, results = _check(path)
    copy = mend(data, path.as_posix(), "XLSX", reports, results, Look())
    assert copy.done == ()
    assert [(one.reported, one.proposed) for one in copy.left] == [("7", texts[SLIP])]
    sheet = load_workbook(io.BytesIO(copy.data)).active
    assert sheet[cell].value == "=3+4"
    assert f"公式的结果为 7，应为 {texts[SLIP]}" in sheet[cell].comment.text


def _with_formula(data, cell):
    """Give a workbook whose cell holds a formula with the result that the cell shows."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                pattern = rf'(<c r="{cell}"[^>]*?)(?: t="n")?>(?:<v>7</v>|<v ?/>)</c>'.encode()
                content, count = re.subn(pattern, rb"\1><f>3+4</f><v>7</v></c>", content)
                assert count == 1
            new.writestr(member, content)
    return target.getvalue()


def test_fix_writes_a_copy_that_passes_and_leaves_the_file(tmp_path, monkeypatch):
    path, figure = _word_copy(tmp_path)
    monkeypatch.chdir(tmp_path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    ran = CliRunner().invoke(main, ["fix", "a.docx", "--output", "b.docx"])
    assert ran.exit_code == 0, ran.output
    assert f"1.信访举报投诉类申请 自然人：{figure} → {int(figure) - 30}" in ran.stdout
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
    assert Path("b.docx").is_file()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.docx", "b.docx"]


def test_diff_writes_nothing(tmp_path, monkeypatch):
    _word_copy(tmp_path)
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(main, ["fix", "a.docx", "--diff"])
    assert ran.exit_code == 1
    assert "→" in ran.stdout
    assert [one.name for one in tmp_path.iterdir()] == ["a.docx"]


def test_a_file_is_never_its_own_copy(tmp_path, monkeypatch):
    _word_copy(tmp_path)
    monkeypatch.chdir(tmp_path)
    before = Path("a.docx").read_bytes()
    for command in ("fix", "annotate"):
        ran = CliRunner().invoke(main, [command, "a.docx", "--output", "./a.docx"])
        assert ran.exit_code == 2
    assert Path("a.docx").read_bytes() == before
