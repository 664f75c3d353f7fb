"""All cells as CSV: the columns and lines of `gouji read --format csv`, a row for every cell of every report."""

import csv
from io import StringIO
from pathlib import Path

from results import render

from validator.pipeline import read_paths
from validator.render import REPORT_RENDERERS
from validator.render.look import Look


def test_the_lines_are_those_that_read_prints(samples):
    text = render("cells", samples, Look())
    sources = [report.source for report in samples.reports if report.error is None]
    read = "".join(REPORT_RENDERERS["csv"](read_paths(map(Path, sources)), Look(), True))
    assert text == read
    rows = list(csv.DictReader(StringIO(text)))
    assert len(rows) == sum(len(report.cells) for report in samples.reports)
