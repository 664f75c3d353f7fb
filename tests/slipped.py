"""A report in which one cell says 30 more than was meant, and copies of files with notes."""

from pathlib import Path
from random import Random

from figures import make_figures
from typeset.grid import print_report
from variants.frame import Draft

from validator.annotation import annotate
from validator.pipeline import Settings, check_paths, load_ruleset
from validator.render.look import Look

SLIP = "applications.rejected.petition.natural_person"


def slipped_report(year=2022):
    """Give the report as it is printed, and its figures by address: the sum over the row of SLIP does not come out."""
    form = load_ruleset().forms["2021"]
    figures = make_figures(form, Random(5))
    figures[SLIP] += 30
    texts = {address: str(figure) for address, figure in figures.items()}
    return print_report(form, texts, organization="青峰县自然资源局", year=year), figures


def slipped_draft():
    """Give the report of 2023 as those who write it in many ways take it, and what its slipped cell says."""
    report, figures = slipped_report(2023)
    return Draft(report, figures, Random(1), 2023, "2021"), figures[SLIP]


def annotated_copy(data: bytes, path: Path, kind: str, look=Look()):  # noqa: B008 - it is frozen
    """Write a file, check it, and give a copy of it with notes, and its results."""
    path.write_bytes(data)
    reports = list((results := check_paths([path], Settings()).results).reports)
    return annotate(data, path.as_posix(), kind, reports, results, look).data, reports
