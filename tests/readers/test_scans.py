"""Pictures of pages: read where the extra is installed, told where it is not."""

from pathlib import Path
from random import Random

import pytest
from variants.frame import knowledge, make_draft

from validator.errors import ReadError
from validator.model.location import ScanPlace
from validator.model.report import CellState
from validator.pipeline.single import read_report
from validator.readers import SUFFIXES, opening

LEAST_READ = 0.95
PICTURE = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0:~\x9bU"
    b"\0\0\0\nIDATx\x9cc\xf8\x0f\0\1\1\1\0\x1b\xb6\xeeV\0\0\0\0IEND\xaeB`\x82"
)


def test_a_picture_without_the_extra_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_SCANNING", ("no_such_part",))
    opening.can_read_pictures.cache_clear()
    path = tmp_path / "a.png"
    path.write_bytes(PICTURE)
    try:
        with pytest.raises(ReadError) as told:
            read_report(path, knowledge())
    finally:
        opening.can_read_pictures.cache_clear()
    assert "[scan]" in str(told.value)


def test_pictures_are_not_looked_for_in_folders() -> None:
    assert not {".png", ".jpg", ".tif"} & set(SUFFIXES)


@pytest.mark.slow
def test_a_picture_without_text_says_what_was_tried(tmp_path: Path) -> None:
    for part in ("rapidocr", "onnxruntime"):
        pytest.importorskip(part)
    numpy, cv2 = pytest.importorskip("numpy"), pytest.importorskip("cv2")
    path = tmp_path / "a.png"
    path.write_bytes(cv2.imencode(".png", numpy.full((700, 500, 3), 255, "uint8"))[1].tobytes())
    with pytest.raises(ReadError) as told:
        read_report(path, knowledge())
    assert told.value.code == "nothing-in-picture"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("way", "form", "suffix"),
    [("clean", "2021", ".pdf"), ("noisy", "2014", ".ofd"), ("turned", "2019", ".pdf"), ("worn", "2014", ".tif")],
)
def test_of_a_scan_nearly_all_is_read_and_nothing_wrong(way: str, form: str, suffix: str, tmp_path: Path) -> None:
    for part in ("rapidocr", "onnxruntime", "weasyprint", "PIL"):
        pytest.importorskip(part)
    from scans.pages import as_ofd, as_pdf, as_tiff, draw_pages, print_pdf, spoil

    draft = make_draft(form, "scan " + form)
    random = Random(way)
    pictures = [spoil(page, way, random, 200) for page in draw_pages(print_pdf(draft, "song", random), 200)]
    path = tmp_path / f"scan{suffix}"
    path.write_bytes({".pdf": as_pdf, ".ofd": as_ofd, ".tif": as_tiff}[suffix](pictures, 200))
    cells = read_report(path, knowledge()).cells
    read = {address: cell for address, cell in cells.items() if cell.state is CellState.NUMBER}
    assert {address: cell.value for address, cell in read.items()} == {a: draft.figures[a] for a in read}
    assert len(read) >= LEAST_READ * len(draft.figures)
    places = [cell.location for cell in cells.values()]
    assert all(isinstance(place, ScanPlace) and place.page <= len(pictures) for place in places)


@pytest.mark.slow
@pytest.mark.parametrize("carrier", ["data.html", "beside.html", "report.docx", "report.pdf"])
def test_tables_that_are_pictures_in_a_text_are_read_in_their_places(carrier: str, tmp_path: Path) -> None:
    for part in ("rapidocr", "onnxruntime", "weasyprint", "docx"):
        pytest.importorskip(part)
    from scans.pages import with_insets

    draft = make_draft("2021", "insets")
    path = tmp_path / carrier
    path.write_bytes(with_insets(draft, carrier, tmp_path))
    report = read_report(path, knowledge())
    cells = report.cells
    read = {address: cell for address, cell in cells.items() if cell.state is CellState.NUMBER}
    assert {address: cell.value for address, cell in read.items()} == {a: draft.figures[a] for a in read}
    assert len(read) >= LEAST_READ * len(draft.figures)
    assert {type(cell.location) for cell in cells.values()} == {ScanPlace}
    kinds = {problem.kind for problem in report.problems}
    assert kinds >= {"scans-read" if carrier.endswith("pdf") else "insets-read"}
    assert not kinds & {"has-pictures", "missing-section", "section-order"}
