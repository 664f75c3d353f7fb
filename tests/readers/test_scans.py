"""Pictures of pages: read where the extra is installed, told where it is not."""

from pathlib import Path
from random import Random

import pytest
from variants.frame import knowledge, make_draft

from validator.errors import ReadError
from validator.model.location import ScanPlace
from validator.model.report import CellState
from validator.pipeline.single import read_report
from validator.readers import SUFFIXES, scans

LEAST_READ = 0.95
PICTURE = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0:~\x9bU"
    b"\0\0\0\nIDATx\x9cc\xf8\x0f\0\1\1\1\0\x1b\xb6\xeeV\0\0\0\0IEND\xaeB`\x82"
)


def test_a_picture_without_the_extra_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "_PARTS", ("no_such_part",))
    scans.is_ready.cache_clear()
    path = tmp_path / "a.png"
    path.write_bytes(PICTURE)
    try:
        with pytest.raises(ReadError) as told:
            read_report(path, knowledge())
    finally:
        scans.is_ready.cache_clear()
    assert "[scan]" in str(told.value)


def test_pictures_are_not_looked_for_in_folders() -> None:
    assert not {".png", ".jpg", ".tif"} & set(SUFFIXES)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("way", "form", "suffix"),
    [("clean", "2021", ".pdf"), ("noisy", "2014", ".ofd"), ("stamped", "2019", ".pdf"), ("skewed", "2014", ".tif")],
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
