"""What the reader of a printed page does not take for digits of a figure is none of it: one way of each kind."""

from pathlib import Path

import pytest
from variants import ofd, pdf
from variants.frame import judge, make_draft


@pytest.mark.parametrize(
    ("carrier", "way"),
    [
        ("pdf", "struck-slant"),
        ("pdf", "struck-annotation"),
        ("pdf", "unseen-layer"),
        ("pdf", "unseen-covered"),
        ("pdf", "raised-level"),
        ("ofd", "struck-slant"),
        ("ofd", "unseen-covered"),
    ],
)
def test_a_mark_is_no_digit(carrier: str, way: str, tmp_path: Path) -> None:
    draft = make_draft("2014", f"marks {way}")
    path = tmp_path / f"report.{carrier}"
    path.write_bytes({"pdf": pdf, "ofd": ofd}[carrier].WAYS[way](draft))
    assert judge(path, [draft], way).verdict == "exact"
