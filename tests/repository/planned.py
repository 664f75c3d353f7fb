"""Twelve bodies over six years as figures and sentences, sound but for planted errors, and what is to be found.

Two governments count what their members count: one shown by its folder, one named by the configuration with exact
sums. Three bodies stand alone. All figures are random and keep every identity; bodies and sentences are invented.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from comparison.made_series import APPLICANTS, carry_over, form_of
from figures import make_figures

YEARS = range(2019, 2025)
COUNTY, CITY = "云溪县人民政府", "清河市人民政府"
FINANCE, SCHOOLS, POLICE, TOWN = "云溪县财政局", "云溪县教育局", "云溪县公安局", "云溪县白水镇人民政府"
CITY_MEMBERS = ("清河市统计局", "清河市审计局", "清河市住房和城乡建设局")
FOREST, WATER, WELFARE = "北城县林业局", "南川县水利局", "东山区民政局"
BODIES = (COUNTY, FINANCE, SCHOOLS, POLICE, TOWN, CITY, *CITY_MEMBERS, FOREST, WATER, WELFARE)
DRAFT = "送审稿"
MISSING = (WELFARE, 2021)
BUSY = ("natural_person", "enterprise")

NEW, OVER, FORWARD, GRANTED, HANDLED = (
    f"applications.{row}" for row in ("new_received", "carried_over", "carried_forward", "granted", "handled_total")
)
STOCK = "proactive.normative_documents.in_force"
LICENSES = "proactive.licensing.decisions"
FEES = "proactive.fees.amount"

Figures = dict[str, int]
_WORDS = (
    "推进健全完善机制平台渠道专栏政策解读培训考核审查发布流程责任队伍服务群众需求重点领域目录清单动态调整"
    "规范管理制度工作人员业务能力"
)


@dataclass(frozen=True)
class Told:
    """A finding to be made: the body and the year of its report, the rule, the cells it names, which of two files."""

    body: str
    year: int
    rule: str
    cells: frozenset[str] = frozenset()
    version: str = ""


@dataclass
class Planned:
    """A report to be written; `version` tells files of one body and year apart."""

    body: str
    year: int
    figures: Figures
    prose: dict[int, list[str]] = field(default_factory=dict)
    version: str = ""


def cells(*addresses: str) -> frozenset[str]:
    """Give the addresses; a row of table 3 with several columns is written `row.one|other`."""
    return frozenset(
        f"{row}.{column}"
        for row, columns in (address.rsplit(".", 1) for address in addresses)
        for column in columns.split("|")
    )


ANY = frozenset({"any"})
"""Cells that are too many to write down."""

BALANCE = cells(*(f"{row}.natural_person" for row in (NEW, OVER, HANDLED, FORWARD)))

ERRORS_AND_WARNINGS = frozenset(
    {
        Told(FOREST, 2020, "continuity-items", cells("proactive.penalty.previous_items")),
        Told(FOREST, 2022, "continuity-carried-over", cells(f"{OVER}.natural_person|total")),
        Told(FOREST, 2023, "continuity-in-force", cells(STOCK, STOCK.replace("in_force", "issued|repealed"))),
        Told(FOREST, 2024, "continuity-fee-unit", cells(FEES)),
        Told(WATER, 2021, "continuity-carried-over", cells(f"{OVER}.enterprise|natural_person")),
        Told(WATER, 2023, "continuity-identical", ANY),
        Told(WELFARE, 2022, "form-versions-differ", cells(LICENSES), DRAFT),
        Told(WELFARE, 2024, "applications-balance", BALANCE),
        Told(WELFARE, 2024, "applications-row-total", cells(f"{NEW}.{'|'.join(APPLICANTS)}|total")),
        Told(FINANCE, 2022, "continuity-growth", cells(f"{NEW}.total")),
        Told(SCHOOLS, 2023, "continuity-year-left"),
        Told(POLICE, 2021, "narrative-figure", cells(f"{NEW}.total")),
        Told(TOWN, 2024, "units-name-left"),
        Told(COUNTY, 2022, "units-sum", cells(f"{GRANTED}.natural_person|total")),
        Told(COUNTY, 2024, "units-proactive", cells(LICENSES)),
        Told(CITY, 2021, "units-sum", cells(*(f"{r}.enterprise|total" for r in (NEW, GRANTED, HANDLED)))),
        Told(CITY, 2023, "units-sum-cases", cells("review.upheld|total")),
    }
)  # fmt: skip

NOTES = frozenset(
    {
        Told(WELFARE, 2022, "continuity-year-missing"),
        Told(WELFARE, 2022, "continuity-year-missing", version=DRAFT),
        Told(SCHOOLS, 2020, "continuity-copied-prose"),
        Told(TOWN, 2024, "units-copied"),
        Told("", 0, "continuity-body-unknown"),
    }
)


def plan() -> list[Planned]:
    """Plan all reports, body by body and year by year; a second file of one body and year is a version of the first."""
    figures = _all_figures()
    reports = [
        Planned(body, year, figures[body][year], _prose(body, year, figures[body]))
        for body in BODIES
        for year in YEARS
        if (body, year) != MISSING
    ]
    for report in list(reports):
        if report.body == WELFARE and report.year in (2022, 2023):
            changed = {LICENSES: report.figures[LICENSES] + 4} if report.year == 2022 else {}
            reports.append(Planned(WELFARE, report.year, report.figures | changed, report.prose, DRAFT))
    return reports


def _all_figures() -> dict[str, dict[int, Figures]]:
    """Make the figures of all bodies; a government's are those of its members, and for one some of its own."""
    found = {body: _series(body) for body in BODIES if body != CITY}
    for body, members in ((COUNTY, (COUNTY, FINANCE, SCHOOLS, POLICE, TOWN)), (CITY, CITY_MEMBERS)):
        sums = {year: _add(*(found[member][year] for member in members)) for year in YEARS}
        for year, figures in sums.items():
            _plant(body, year, figures, {})
        found[body] = sums
    return found


def _add(*all_figures: Mapping[str, int]) -> Figures:
    return {address: sum(figures[address] for figures in all_figures) for address in all_figures[0]}


def _series(body: str) -> dict[int, Figures]:
    random = Random(body)
    series: dict[int, Figures] = {}
    for year in YEARS:
        before = series.get(year - 1, {})
        figures = _make_busy(year, random, before)
        if body != COUNTY:
            _plant(body, year, figures, before)
        series[year] = figures
    return series


def _make_busy(year: int, random: Random, before: Mapping[str, int]) -> Figures:
    """Make figures that follow from last year's and that planted errors find room in."""
    form = form_of(year)
    figures = make_figures(form, random)
    _more(figures, 9, LICENSES)
    if form.id == "2021":
        figures[STOCK.replace("in_force", "repealed")] = 0
        _more(figures, 9, FEES)
    if before:
        carry_over(figures, before)
    for column in APPLICANTS:
        few = min(2, figures[f"{FORWARD}.{column}"]) if column in BUSY else 0
        _handle_all_but(figures, few, column)
    for column in BUSY:
        _receive_more(figures, 12, column)
    if not figures[f"{FORWARD}.natural_person"]:
        _more(figures, 1, *(f"{row}.{column}" for row in (NEW, FORWARD) for column in ("natural_person", "total")))
    while figures[f"{NEW}.natural_person"] % 100 // 10 == figures[f"{NEW}.natural_person"] % 10:
        _receive_more(figures, 1, "natural_person")
    for row in ("licensing", "other_services", "penalty", "coercion"):
        if (items := f"proactive.{row}.previous_items") in figures:
            # A rule takes decisions that equal the items for items.
            same = figures[f"proactive.{row}.decisions"] == figures[items] + figures[f"proactive.{row}.change"]
            _more(figures, same, f"proactive.{row}.decisions")
    return figures


def _receive_more(figures: Figures, count: int, column: str) -> None:
    """Receive so many more applications and grant them."""
    _more(figures, count, *(f"{row}.{address}" for row in (NEW, GRANTED, HANDLED) for address in (column, "total")))


def _handle_all_but(figures: Figures, forward: int, column: str) -> None:
    """Carry so many applications forward and grant what else there was to carry."""
    change = forward - figures[f"{FORWARD}.{column}"]
    for address in (column, "total"):
        _more(figures, change, f"{FORWARD}.{address}")
        _more(figures, -change, f"{GRANTED}.{address}", f"{HANDLED}.{address}")


def _plant(body: str, year: int, figures: Figures, before: Mapping[str, int]) -> None:
    """Plant the error of this report, if it has one among its figures."""
    if plant := _PLANTS.get((body, year)):
        plant(figures, before)


def _more(figures: Figures, count: int, *addresses: str) -> None:
    for address in addresses:
        figures[address] += count


def _carry_two_more(figures: Figures, _: Mapping[str, int]) -> None:
    _more(figures, 2, f"{OVER}.natural_person", f"{OVER}.total")
    _more(figures, -2, f"{NEW}.natural_person", f"{NEW}.total")


def _carry_by_others(figures: Figures, _: Mapping[str, int]) -> None:
    _more(figures, 1, f"{OVER}.enterprise", f"{NEW}.natural_person")
    _more(figures, -1, f"{NEW}.enterprise", f"{OVER}.natural_person")


def _carry_forward_as_much(figures: Figures, _: Mapping[str, int]) -> None:
    """Carry as much forward as was carried over, so that a table kept for the next year agrees with this one."""
    for column in APPLICANTS:
        _handle_all_but(figures, figures[f"{OVER}.{column}"], column)


def _keep_tables(figures: Figures, before: Mapping[str, int]) -> None:
    """Keep all of last year's tables but the stock, which follows from it."""
    figures |= before
    figures[STOCK] += figures[STOCK.replace("in_force", "issued")]


def _swap_digits(figures: Figures, _: Mapping[str, int]) -> None:
    tens, ones = divmod(figures[f"{NEW}.natural_person"] % 100, 10)
    figures[f"{NEW}.natural_person"] += (ones - tens) * 10 + tens - ones


_PLANTS: dict[tuple[str, int], Callable[[Figures, Mapping[str, int]], None]] = {
    (FOREST, 2020): lambda figures, _: _more(figures, 7, "proactive.penalty.previous_items"),
    (FOREST, 2022): _carry_two_more,
    (FOREST, 2023): lambda figures, _: _more(figures, 5, STOCK),
    (FOREST, 2024): lambda figures, before: figures.update({FEES: before[FEES] * 10_000}),
    (WATER, 2021): _carry_by_others,
    (WATER, 2022): _carry_forward_as_much,
    (WATER, 2023): _keep_tables,
    (WELFARE, 2024): _swap_digits,
    (COUNTY, 2022): lambda figures, _: _shift_granted(figures),
    (COUNTY, 2024): lambda figures, _: figures.update({LICENSES: 5}),
    (CITY, 2021): lambda figures, _: _more(
        figures, 3, *(f"{row}.{column}" for row in (NEW, GRANTED, HANDLED) for column in ("enterprise", "total"))
    ),
    (CITY, 2023): lambda figures, _: _more(figures, 2, "review.upheld", "review.total"),
}


def _shift_granted(figures: Figures) -> None:
    """Count what was granted to persons as granted in part: more than its own share, so the members come to more."""
    count = figures[f"{GRANTED}.natural_person"] - 1
    for column in ("natural_person", "total"):
        _more(figures, -count, f"{GRANTED}.{column}")
        _more(figures, count, f"applications.partially_granted.{column}")


def _prose(body: str, year: int, series: Mapping[int, Figures]) -> dict[int, list[str]]:
    """Write the text of a report: figures that its tables know, and sentences of its own."""
    now = {row: series[year][f"applications.{row}.total"] for row in ("new_received", "carried_over", "granted")}
    off = 3 if (body, year) == (POLICE, 2021) else 0
    figures = [
        f"{year}年，我单位共收到政府信息公开申请{now['new_received'] + off}件，上年结转{now['carried_over']}件，"
        f"予以公开{now['granted']}件。"
    ]
    if year > YEARS[0] and (body, year - 1) != MISSING:
        change = now["new_received"] - series[year - 1][f"{NEW}.total"] + (5 if (body, year) == (FINANCE, 2022) else 0)
        said = f"增加{change}件" if change > 0 else f"减少{-change}件"
        if change:
            figures.append(f"新收政府信息公开申请{now['new_received']}件，比上年{said}。")
    if body == SCHOOLS and year in (2022, 2023):
        figures.append("2022年，全局举办政府信息公开专题讲座。")
    return {0: [*figures, *_sentences(body, year)], 4: list(_written(f"{body} {year} 4", 3))}


def _sentences(body: str, year: int) -> Iterator[str]:
    """Give the sentences of a report, or those of another that it copies."""
    if (body, year) in ((TOWN, 2024), (FINANCE, 2024)):
        return (f"云溪县财政局高度重视，{line}" for line in _written(f"{FINANCE} 2024", 12))
    if (body, year) == (SCHOOLS, 2020):
        return _written(f"{SCHOOLS} 2019", 12)
    return _written(f"{body} {year}", 12)


def _written(seed: str, count: int) -> Iterator[str]:
    random = Random(seed)
    return ("".join(random.choices(_WORDS, k=34)) + "。" for _ in range(count))
