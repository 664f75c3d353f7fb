"""Printed rows are made once: each stage of reading a table gives new rows and changes none."""

from random import Random

import pytest
from extraction.test_layouts import BODY, YEARS, ruleset
from figures import make_figures
from typeset import LAYOUTS, print_report

from validator.extraction.gather import gather
from validator.extraction.lexicon import lexicon_of
from validator.extraction.tables import read_table
from validator.readers.text import read_text


def test_a_printed_row_cannot_be_changed() -> None:
    form = ruleset().forms["2021"]
    document = read_text("三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量 | 1 | 2 |", "x.txt")
    (row,) = gather(document, lexicon_of(form)).rows["applications"]
    with pytest.raises(AttributeError):
        row.torn = True
    assert isinstance(row.slots, tuple)


@pytest.mark.parametrize("name", ["covered_blank", "filler_on_last", "bare_cells"])
def test_reading_twice_gives_the_same(name: str) -> None:
    form = ruleset().forms["2021"]
    texts = {address: str(value) for address, value in make_figures(form, Random(11)).items()}
    text = LAYOUTS[name][1](print_report(form, texts, organization=BODY, year=YEARS["2021"]), Random(2))
    lexicon = lexicon_of(form)
    gathered = gather(read_text(text, "x.txt"), lexicon)
    for table in form.tables:
        rows = gathered.rows[table.id]
        first, second = (read_table(table, rows, lexicon, deduplicated=False, ended=False) for _ in range(2))
        assert first.cells == second.cells
        assert first.problems == second.problems
