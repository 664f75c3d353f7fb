"""A folder of pages in a real browser: bodies by years, filters, ways to reports and rules and back."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from repository.planned import BODIES, CITY, ERRORS_AND_WARNINGS, FOREST, MISSING, WATER, WELFARE, YEARS
from repository.written import DAMAGED, NAMELESS, WEB, write_repository

from validator.cli import main

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """Check the repository of twelve bodies and write the site of it, as a user does."""
    folder = tmp_path_factory.mktemp("site")
    write_repository(folder / "reports", WEB)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder / "reports")
        patch.setenv("GOUJI_LANG", "zh")
        done = CliRunner().invoke(main, ["check", ".", "--jobs", "1", "--quiet", "--report", f"html={folder / 'out'}/"])
    assert done.exit_code == 1, done.output
    return folder / "out"


@pytest.fixture
def enter(browser, site):
    """Open a page of the site; at the end nothing may have been complained of, nor asked for outside of the folder."""
    contexts, complaints = [], []

    def open_page(name="index.html", *, width=1440, theme="light", script=True):
        opened = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, java_script_enabled=script
        )
        contexts.append(opened)
        page = opened.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        home = site.as_uri()
        page.on("request", lambda request: complaints.append(request.url) if home not in request.url else None)
        if script:
            page.add_init_script(
                "addEventListener('securitypolicyviolation', e => console.error('policy', e.violatedDirective))"
            )
        page.goto(f"{home}/{name}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def shown(page) -> list[str]:
    return page.eval_on_selector_all("#map tbody tr:not([hidden]) th", "all => all.map(h => h.textContent)")


SLOTS = """all => {
  const years = [...document.querySelectorAll('#map thead tr:first-child th')].map(h => h.textContent);
  return all.map(s => s.parentNode.cells[0].textContent + ' ' + years[s.cellIndex]);
}"""


def lit(page) -> set[str]:
    """Give body and year of each box that the filters leave in full colour."""
    return set(page.eval_on_selector_all("#map tbody tr:not([hidden]) td.c:not(.off)", SLOTS))


def box(page, body: str, year: int):
    return page.locator("#map tbody tr", has=page.locator("th", has_text=body)).locator(
        f"td:nth-child({year - YEARS[0] + 2})"
    )


def planned() -> set[str]:
    return {f"{told.body} {told.year}" for told in ERRORS_AND_WARNINGS}


def test_the_map_holds_every_body_and_year_with_its_state(enter) -> None:
    page = enter()
    assert sorted(shown(page)) == sorted(BODIES)
    assert page.locator("#map tbody tr").first.locator("td").count() == len(YEARS)
    assert page.inner_text("#shown") == "显示12个单位、73份报告"
    assert page.eval_on_selector_all("td.m", SLOTS) == [f"{MISSING[0]} {MISSING[1]}"]
    lead = re.sub(r"\s+", "", page.inner_text(".lead .say"))
    assert lead.startswith("12个单位、75份文件：6份有错误6处应改")


def test_sixty_bodies_of_five_years_fit_a_screen(enter) -> None:
    """Boxes of 16 pixels in rows of 18, two bodies beside each other: thirty rows below what stands above them."""
    page = enter()
    page.evaluate("document.getElementById('map').classList.remove('few')")  # twelve bodies have room to spread
    top = page.evaluate("document.querySelector('#map tbody').getBoundingClientRect().top")
    rows = page.evaluate(
        "[...document.querySelectorAll('#map tbody tr')].slice(0, 3).map(r => r.getBoundingClientRect().top)"
    )
    assert rows[0] == rows[1] < rows[2]
    assert top + 30 * (rows[2] - rows[0]) + 40 < 900
    assert page.evaluate("document.querySelector('td.c a').getBoundingClientRect().height") == 16
    scrolling = (
        "[...document.querySelectorAll('main *')].filter(e => /auto|scroll/.test(getComputedStyle(e).overflowY)).length"
    )
    assert page.evaluate(scrolling) == 0


def test_what_carries_over_is_a_break_in_the_map_and_a_sentence_when_pointed_at(enter) -> None:
    page = enter()
    kinds = {"broken": "c g", "parts": "c d"}
    assert box(page, FOREST, 2022).get_attribute("class") == kinds["broken"]
    assert box(page, FOREST, 2021).get_attribute("class") == "c"
    assert box(page, WATER, 2021).get_attribute("class") == kinds["parts"]
    assert box(page, WELFARE, 2022).get_attribute("class") == "c"
    box(page, FOREST, 2022).locator("a").hover()
    assert re.search(r"上年结转\d+件，上年报告结转下年度\d+件，相差\d+件", page.inner_text("#told"))
    box(page, WELFARE, 2022).locator("a").first.focus()
    assert "未能与上年报告核对" in page.inner_text("#told")
    page.keyboard.press("Escape")
    assert page.is_hidden("#told")


def test_all_of_the_overview_is_a_way_or_a_filter(enter) -> None:
    page = enter()
    page.click(".lead a[href='#?s=failed']")
    assert len(lit(page)) == 6
    assert page.input_value("[name=s]") == "failed"
    page.click("text=1个年度缺报告")
    assert lit(page) == {f"{MISSING[0]} {MISSING[1]}"}
    page.click(".bars li:has-text('上年结转与上年报告的结转下年度不符') .bar")
    assert lit(page) == {f"{WATER} 2021", f"{FOREST} 2022"}
    page.go_back()
    assert page.input_value("[name=s]") == "missing"
    page.click(".shares a:has-text('2022')")
    assert lit(page) == {f"{FOREST} 2022", f"{WELFARE} 2022"}
    page.click(f".worst >> text={FOREST}")
    assert page.inner_text("h1") == FOREST


def test_from_the_overview_to_a_body_to_a_problem_to_its_cell_and_back(enter) -> None:
    page = enter()
    page.click(f"#map th >> text={FOREST}")
    row = page.inner_text(".years tr:has-text('2022')")
    assert re.search(r"相差\d+件", row)
    page.click(".named li:has(.severity.error) a >> nth=0")
    assert page.url.partition("#")[2].startswith("r1-p")
    page.click(".card .go >> nth=0")
    assert page.evaluate("document.getElementById(decodeURIComponent(location.hash.slice(1))).tagName") == "TD"
    page.click(f".trail >> text={FOREST}")
    assert page.inner_text("h1") == FOREST
    page.click(".trail >> text=总览")
    assert len(shown(page)) == len(BODIES)


def test_filters_by_body_year_state_severity_and_rule(enter) -> None:
    page = enter()
    page.fill("[name=q]", "云溪 局")
    assert sorted(shown(page)) == ["云溪县公安局", "云溪县教育局", "云溪县财政局"]
    page.fill("[name=q]", "")
    page.select_option("[name=v]", label="错误")
    errors = {f"{FOREST} 2020", f"{FOREST} 2022", f"{WELFARE} 2022", f"{WELFARE} 2024", "云溪县公安局 2021"}
    assert lit(page) == errors | {f"{CITY} 2021"}
    page.select_option("[name=v]", label="警告")
    assert lit(page) == planned() - errors - {f"{CITY} 2021"}
    page.select_option("[name=r]", label="上年结转与上年报告的结转下年度不符")
    assert lit(page) == {f"{WATER} 2021"}
    page.select_option("[name=v]", "")
    assert lit(page) == {f"{WATER} 2021", f"{FOREST} 2022"}
    page.select_option("[name=y]", "2022")
    assert lit(page) == {f"{FOREST} 2022"}
    assert page.inner_text("#shown") == "显示1个单位、1份报告"
    page.select_option("[name=s]", "passed")
    assert shown(page) == []
    assert page.inner_text("#shown") == "没有符合条件的报告"
    page.click("[name=clear]")
    assert len(shown(page)) == len(BODIES)
    page.select_option("[name=s]", "missing")
    assert lit(page) == {f"{MISSING[0]} {MISSING[1]}"}


def test_words_of_a_problem_are_found_beside_words_of_a_name(enter) -> None:
    page = enter()
    page.fill("[name=q]", "上年结转与")
    assert lit(page) == {f"{WATER} 2021", f"{FOREST} 2022"}
    assert sorted(shown(page)) == sorted([WATER, FOREST])
    page.fill("[name=q]", "林业 上年结转与")
    assert lit(page) == {f"{FOREST} 2022"}
    page.fill("[name=q]", "林业 没有这样的问题")
    assert shown(page) == []


def test_names_of_bodies_stay_beside_many_years(browser, tmp_path) -> None:
    """The samples reach over fourteen years; each body still has room for its name."""
    samples = Path(__file__).resolve().parents[2] / "sample_reports"
    done = CliRunner().invoke(main, ["check", str(samples), "-q", "--report", f"html={tmp_path}/out/", "--jobs", "1"])
    assert done.exit_code == 1, done.output
    for width in (390, 1440):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(f"{(tmp_path / 'out').as_uri()}/index.html")
        wide = page.eval_on_selector_all("#map tbody th", "all => all.map(head => head.getBoundingClientRect().width)")
        assert len(wide) > 5
        assert min(wide) >= 90
        page.evaluate("document.querySelector('.worst a').textContent = '青禾县人力资源和社会保障局'.repeat(3)")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.close()


def test_the_worst_come_first_unless_names_are_wanted(enter) -> None:
    page = enter()
    worst = shown(page)
    assert set(worst[:2]) == {FOREST, WELFARE}
    page.select_option("[name=o]", "name")
    assert shown(page) != worst
    page.select_option("[name=o]", "")
    assert shown(page) == worst


def test_to_a_report_to_the_year_beside_it_and_back_to_the_same_rows(enter) -> None:
    page = enter()
    page.fill("[name=q]", "林业")
    box(page, FOREST, 2022).locator("a").click()
    assert page.inner_text("h1") == f"{FOREST} 2022年度"
    page.click(".kin >> text=2023年")
    assert page.inner_text("h1") == f"{FOREST} 2023年度"
    page.go_back()
    page.go_back()
    assert page.input_value("[name=q]") == "林业"
    assert shown(page) == [FOREST]
    box(page, FOREST, 2022).locator("a").click()
    page.click(".trail a >> nth=0")
    assert page.url.endswith("/index.html")
    assert len(shown(page)) == len(BODIES)


def test_a_rule_has_a_page_with_the_reports_that_break_it(enter) -> None:
    page = enter()
    page.click(".bars >> text=上年结转与上年报告的结转下年度不符")
    assert page.inner_text("h1") == "上年结转与上年报告的结转下年度不符"
    assert "上年结转等于上年报告的结转下年度" in page.inner_text("main")
    assert "国办公开办函〔2019〕60号" in page.inner_text("main")
    reports = page.eval_on_selector_all(".files a", "all => all.map(a => a.textContent)")
    assert [name.partition("（")[0] for name in reports] == [f"{FOREST} 2022年", f"{WATER} 2021年"]
    page.click(".files a")
    assert page.inner_text("h1") == f"{FOREST} 2022年度"
    page.click(".card a[href*='rule-continuity-carried-over']")
    assert page.inner_text("h1") == "上年结转与上年报告的结转下年度不符"


def test_what_cannot_be_read_or_placed_stands_apart(enter) -> None:
    page = enter()
    loose = page.inner_text("section:has(#loose)")
    unreadable = page.inner_text("section:has(#unreadable)")
    assert NAMELESS in loose
    assert DAMAGED in unreadable
    assert "文件已损坏或不完整" in unreadable


def test_without_script_all_of_it_is_there_as_lists(enter) -> None:
    page = enter(script=False)
    assert page.is_hidden("#filters")
    assert page.locator("#map tbody tr:visible").count() == len(BODIES)
    box(page, CITY, 2021).locator("a").click()
    assert page.inner_text("h1") == f"{CITY} 2021年度"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", ["index.html", "index.html#?v=e", "rules/rule-continuity-carried-over.html", "body"])
def test_nothing_is_in_the_way_of_anyone(enter, axe, name, width, theme) -> None:
    page = enter("index.html" if name == "body" else name, width=width, theme=theme)
    if name == "body":
        page.click(f"#map th >> text={FOREST}")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    # By the driver, for the page itself lets no script in.
    page.evaluate(axe + "; 0")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert len(found["passes"]) > 15
    assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found["violations"]] == []


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def test_every_link_leads_somewhere_and_names_of_pages_are_safe_everywhere(site) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len({page.name.lower() for page in pages}) == len(pages)
    for page in pages:
        assert re.fullmatch(r"index\.html|[0-9a-f]{16}\.html|rule-[a-z0-9-]{1,60}\.html", page.name)
        links = _Links()
        links.feed(page.read_text(encoding="utf-8"))
        for href in links.found:
            file = href.partition("#")[0]
            assert not file or (page.parent / file).resolve() in pages, (page.name, href)
