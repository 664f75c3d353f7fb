"""Pages for everybody: no violation that axe finds, and paper that holds the figures."""

import io

import pytest
from audit_samples import check_samples

pytestmark = pytest.mark.slow

SWAPPED = "faulty/digits_swapped_2022/report.html"
RUN = """async () => {
  const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run(document, {runOnly});
  return found.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => [n.html.slice(0, 160), n.failureSummary])]);
}"""
PAGES = {
    "one": (SWAPPED,),
    "blank": ("faulty/city_office_2019",),
    "statistics": ("faulty/housing_fund_2016",),
    "many": (SWAPPED, "faulty/old_form_2024", "missing.html"),
}


@pytest.mark.parametrize(
    ("name", "lang", "theme", "width", "tried"),
    [
        ("one", "zh", "light", 1440, True),
        ("one", "en", "dark", 1440, True),
        ("blank", "en", "light", 390, False),
        ("statistics", "zh", "dark", 1440, False),
        ("many", "zh", "light", 390, False),
    ],
)
def test_axe_finds_no_violation(visit, axe, name, lang, theme, width, tried):
    page = visit(check_samples(*PAGES[name]), lang=lang, theme=theme, width=width)
    page.evaluate(axe)
    if tried:
        page.click("#r1-p0 .accept")
        page.click('[id="r1-review.total"]')
    assert page.evaluate(RUN) == []


def test_paper_holds_the_problems_first_and_every_table_whole(visit, swapped):
    pdfium = pytest.importorskip("pypdfium2")
    page = visit(swapped)
    page.click('[id="r1-review.total"]')
    document = pdfium.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    sheets = [sheet.get_textpage().get_text_range() for sheet in document]
    assert "应为27" in sheets[0].replace("\r\n", "")
    assert "相差45" in sheets[0]
    (table,) = [text for text in sheets if "二、上年结转政府信息公开申请数量" in text]
    assert "四、结转下年度继续办理" in table
    assert "165" in table
    assert "→27" in table
    whole = "".join(sheets)
    assert "试用此值" not in whole
    assert "点按表中任何一格" not in whole
    document.close()
