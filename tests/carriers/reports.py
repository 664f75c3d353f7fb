"""The reports that every carrier must carry alike: one sound and one faulty of each form, with all that forms allow.

Figures are made up and keep every identity; bodies and sentences are invented. What a report shows is printed the same
way whatever carries it: blanks, "/", thousands separators, units beside a number, (六) as one row, bodies of long name.
"""

from functools import cache
from random import Random

from figures import APPLICANTS, make_figures
from typeset import PrintedReport, print_report, print_sheet

from validator.pipeline.knowledge import Knowledge, load_knowledge

COUNTY = "云溪县档案局"
BUREAU = "云溪回族土家族自治县人民政府政务服务和公共资源交易监督管理局"
YEARS = {"2014": 2016, "2019": 2020, "2021": 2023}


@cache
def knowledge() -> Knowledge:
    """Give forms, rules and wordings, read once."""
    return load_knowledge()


REPORTS = tuple(f"{state}_{form}" for form in YEARS for state in ("sound", "faulty"))
FAULTY = tuple(name for name in REPORTS if name.startswith("faulty"))
SHEETS = tuple(f"sheet_{form.id}" for form in knowledge().ruleset.forms.values() if form.family)
"""The forms of other families, each filled with figures that need not fit each other."""

NAMES = (*REPORTS, *SHEETS)


@cache
def printed(name: str) -> PrintedReport:
    """Give the report of this name as a form prints it."""
    state, _, form_id = name.partition("_")
    if state == "sheet":
        return print_sheet(knowledge().ruleset.forms[form_id], sheet_figures(form_id), organization=COUNTY, year=2012)
    faulty = state == "faulty"
    form = knowledge().ruleset.forms[form_id]
    random = Random(f"{name} carried")
    single = faulty and form_id == "2021"
    scale = 1 if faulty else 173
    figures = {a: n * scale for a, n in _busy_figures(form_id, random, single=single).items()}
    texts = {address: _print_number(address, number, random) for address, number in figures.items()}
    prose = _statistics_prose(figures, faulty) if form_id == "2014" else _applications_prose(figures, form_id, faulty)
    if faulty:
        texts |= _slips(form_id, figures)
    body = BUREAU if faulty else COUNTY
    return print_report(form, texts, organization=body, year=YEARS[form_id], prose=prose)


def sheet_figures(form_id: str, *, blanks: bool = False) -> dict[str, str]:
    """Give a figure for every cell of a form, no two alike, large ones with separators, or some of them blank."""
    addresses = knowledge().ruleset.forms[form_id].required
    return {address: "" if blanks and n % 7 == 3 else f"{n * n * 31 + 9:,}" for n, address in enumerate(addresses)}


def _busy_figures(form_id: str, random: Random, *, single: bool) -> dict[str, int]:
    """Make figures with numbers of two digits in the cells that the slips below are made in."""
    form = knowledge().ruleset.forms[form_id]
    while True:
        figures = make_figures(form, random, single_other=single)
        needed = ("statistics.requests.received_online", "statistics.replies.total")
        if form_id != "2014":
            needed = (f"applications.new_received.{APPLICANTS[0]}", "applications.handled_total.total", "review.total")
        if all(figures[address] % 100 // 10 != figures[address] % 10 and figures[address] > 12 for address in needed):
            return figures


def _print_number(address: str, number: int, random: Random) -> str:
    total = address.endswith("total") or "handled_total" in address
    if number == 0 and not total:
        return random.choice(("0", "0", "", "/"))
    if number >= 1000 and random.random() < 0.5:
        return f"{number:,}"
    return f"{number}件" if number and random.random() < 0.02 else str(number)


def _slips(form_id: str, figures: dict[str, int]) -> dict[str, str]:
    """Two digits change places in one cell, and a total is left 0."""
    swapped, zeroed = (
        ("statistics.requests.received_online", "statistics.replies.total")
        if form_id == "2014"
        else ("applications.new_received.natural_person", "review.total")
    )
    number = figures[swapped]
    return {swapped: str(number // 100 * 100 + number % 10 * 10 + number % 100 // 10), zeroed: "0"}


def _applications_prose(figures: dict[str, int], form_id: str, faulty: bool) -> dict[int, list[str]]:
    def total(row: str) -> int:
        return figures[f"applications.{row}.total"]

    def group(row: str) -> int:
        return sum(n for a, n in figures.items() if a.startswith(f"applications.{row}.") and a.endswith(".total"))

    off = 3 if faulty else 0
    received = (
        f"{YEARS[form_id]}年，我单位共收到政府信息公开申请{total('new_received') + off}件，"
        f"上年结转{total('carried_over')}件。按照依法公开、及时答复的要求，全年予以公开{total('granted')}件，"
        f"部分公开{total('partially_granted')}件，不予公开{group('denied') + off}件，"
        f"结转下年度继续办理{total('carried_forward')}件。"
    )
    reviews = f"因政府信息公开被申请行政复议{figures['review.total']}件，均已依法依规办理，相关案卷已经归档备查。"
    general = "加强组织领导，完善工作机制，细化公开目录，做到应公开尽公开。" * 6
    fees = "本年度未收取信息处理费，没有发出收费通知。"
    return {0: [general, received, reviews], 4: ["公开的主动性仍有不足。" * 8, "下一步将加强培训。"], 5: [fees]}


def _statistics_prose(figures: dict[str, int], faulty: bool) -> dict[int, list[str]]:
    off = 4 if faulty else 0
    received, online = figures["statistics.requests.received"], figures["statistics.requests.received_online"]
    return {
        0: [
            "健全制度，明确责任，把政府信息公开纳入年度重点工作。" * 7,
            f"全年收到政府信息公开申请{received + off}件，其中网络申请{online}件；"
            f"主动公开政府信息{figures['statistics.disclosed.total']}条，"
            f"发生行政复议{figures['statistics.review.total'] + off}件。",
        ]
    }
