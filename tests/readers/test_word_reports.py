"""Sound reports as Word documents, plain and much edited: every figure is read, and never another one."""

from functools import cache
from random import Random

import pytest
from figures import make_figures
from typeset import print_report
from word_disguises import disguise
from word_writer import word_bytes

from validator.extraction import extract
from validator.model.location import WordCellPlace
from validator.model.report import CellState, Report
from validator.pipeline.knowledge import Knowledge, load_knowledge
from validator.readers.word import read_word

YEARS = {"2014": 2016, "2019": 2019, "2021": 2023}
SEEDS = range(4)


@cache
def knowledge() -> Knowledge:
    return load_knowledge()


def texts_of(form_id: str, random: Random) -> dict[str, str]:
    figures = make_figures(knowledge().ruleset.forms[form_id], random, single_other=random.random() < 0.3)
    zero = random.choice(["0", "", "/"])
    return {address: str(value) if value else zero for address, value in figures.items()}


def read(data: bytes) -> Report:
    return extract(read_word(data, "a.docx"), knowledge().ruleset.forms, knowledge().wordings)


def shown(report: Report) -> dict[str, str]:
    return {address: cell.raw for address, cell in report.cells.items()}


@pytest.mark.parametrize("form_id", YEARS)
def test_a_plain_document_reads_back(form_id):
    texts = texts_of(form_id, Random(form_id))
    report = read(word_bytes(print_report(knowledge().ruleset.forms[form_id], texts, year=YEARS[form_id])))
    assert shown(report) == texts
    assert (report.form, report.year, report.organization) == (form_id, YEARS[form_id], "云溪县档案局")
    assert report.problems == ()
    assert all(isinstance(cell.location, WordCellPlace) for cell in report.cells.values())


@pytest.mark.parametrize("form_id", YEARS)
@pytest.mark.parametrize("seed", SEEDS)
def test_an_edited_document_reads_back_as_word_shows_it(form_id, seed):
    random = Random(f"{form_id} {seed}")
    texts = texts_of(form_id, random)
    report = read(disguise(print_report(knowledge().ruleset.forms[form_id], texts, year=YEARS[form_id]), random))
    assert shown(report) == texts
    assert (report.form, report.year, report.organization) == (form_id, YEARS[form_id], "云溪县档案局")
    problems = {problem.kind for problem in report.problems}
    assert problems <= {"pending-changes", "pending-changes-in-tables", "hidden-text", "row-merged"}
    assert "pending-changes-in-tables" in problems
    assert ("row-merged" in problems) == ("applications.other.total" in texts and form_id == "2021")


@pytest.mark.parametrize("form_id", YEARS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_table_cut_in_two_never_gives_another_figure(form_id, seed):
    random = Random(f"cut {form_id} {seed}")
    texts = texts_of(form_id, random)
    printed = print_report(knowledge().ruleset.forms[form_id], texts, year=YEARS[form_id])
    report = read(disguise(printed, random, cut=True))
    wrong = {
        address: cell.raw
        for address, cell in report.cells.items()
        if cell.state is not CellState.UNREADABLE and cell.raw != texts[address]
    }
    assert wrong == {}
    assert sum(cell.state is not CellState.UNREADABLE for cell in report.cells.values()) >= 0.8 * len(texts)
