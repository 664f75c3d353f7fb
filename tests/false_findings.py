"""Sound reports, made up with prose and year on year, the sound samples and real ones: what is found in them, by rule.

Nothing in a made report is wrong, so each error or warning is a false one, and each note is worth a look. What is found
in a real report beyond what its truth file grants is false as well.
Usage: python tests/false_findings.py [REPORTS] [SEED] [--show]; exit status 1 if there is a false error or warning.
"""

import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent / "claims"))

import made_wordings as worded
from end_to_end import ADDRESSES_2014, GROUPS
from figures import APPLICANTS, make_figures
from typeset import LAYOUTS, print_report

from validator import check
from validator.model.form import Form
from validator.model.outcome import Finding
from validator.pipeline import load_ruleset

FORMS = load_ruleset().forms
SPANS = [(2022, 2024), (2023, 2025), (2020, 2022), (2019, 2021), (2018, 2020), (2015, 2017)]
"""First and last years: three of one body's reports each, some of them over a change of forms."""
CERTAIN = [name for name in LAYOUTS if name not in ("bare_cells", "printed_lines")]
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
SAMPLES = Path(__file__).parents[1] / "sample_reports" / "sound"
PLACES = ["云溪县", "青峰县", "临河区", "东川镇", "石桥镇", "南屏街道办事处"]
BODIES = ["人民政府", "档案局", "水利局", "交通运输局", "民政局", "统计局", "卫生健康局", "教育局"]
# Sentences that no two reports are likely to share.
_DOES = ["梳理", "公布", "核对", "更新", "归集", "解读", "汇编", "整理", "校订", "通报", "抽查", "回访"]
_WHAT = [
    "惠民政策",
    "办事指南",
    "权责清单",
    "会议纪要",
    "工作流程",
    "服务项目",
    "重点工程",
    "价费标准",
    "应急预案",
    "选址方案",
]
_HOW = [
    "分类别",
    "按季度",
    "逐条",
    "会同各科室",
    "邀请群众代表",
    "通过专栏",
    "在办事大厅",
    "结合走访",
    "以图文形式",
    "线上线下",
]
_SO = [
    "方便查阅",
    "减少往返",
    "接受监督",
    "回应关切",
    "便于办理",
    "统一口径",
    "消除误解",
    "提高效率",
    "取得实效",
    "得到好评",
]
_TOPICS = ["（三）政府信息管理情况。{}", "（四）政府信息公开平台建设情况。{}", "（五）监督保障情况。{}"]
_LACKS = ["主动公开的深度还不够。", "解读的形式比较单一。", "个别栏目更新不够及时。", "基层经办人员力量薄弱。"]
_MENDS = ["下一步将改进栏目设置，{}", "今后将完善制度、加强培训，{}", "针对以上不足，明年将逐项改进，{}"]
_FEES = [
    "本年度发出收费通知0件，总金额0元，实际收取0元。",
    "本年度没有收取信息处理费，也没有发出收费通知。",
    "未收取信息处理费。无其他需要报告的事项。",
]


def filler(rng: random.Random, count: int) -> str:
    """Give so many sentences without a figure."""
    said = (rng.choice(_HOW) + rng.choice(_DOES) + rng.choice(_WHAT) for _ in range(count * 2))
    return "".join(f"{one}，{rng.choice(_HOW)}{two}，{rng.choice(_SO)}。" for one, two in zip(said, said, strict=True))


def form_of(year: int) -> Form:
    return next(form for form in FORMS.values() if not form.family and form.covers(year))


def follow(figures: dict[str, int], last: Mapping[str, int], form: Form, rng: random.Random) -> None:
    """Make the figures of a report follow from last year's: what was carried forward, what is in force, items."""
    for column in APPLICANTS:
        before, cell = last.get(f"applications.carried_forward.{column}", 0), f"applications.{{}}.{column}"
        short = max(0, before - figures[cell.format("handled_total")])
        for row in ("granted", "handled_total"):
            figures[cell.format(row)] += short
            figures[f"applications.{row}.total"] += short
        figures[cell.format("carried_over")] = before
        handled, forward = figures[cell.format("handled_total")], figures[cell.format("carried_forward")]
        figures[cell.format("new_received")] = handled + forward - before
    for row in ("carried_over", "new_received"):
        figures[f"applications.{row}.total"] = sum(figures[f"applications.{row}.{column}"] for column in APPLICANTS)
    for row in ("regulations", "normative_documents"):
        paper = f"proactive.{row}"
        if form.id == "2021" and f"{paper}.in_force" in last:
            stock = last[f"{paper}.in_force"] + figures[f"{paper}.issued"]
            figures[f"{paper}.repealed"] = min(figures[f"{paper}.repealed"], stock)
            figures[f"{paper}.in_force"] = stock - figures[f"{paper}.repealed"]
    for address, value in list(last.items()):
        if address.endswith(".previous_items") and address in figures:
            change = address.replace("previous_items", "change")
            figures[address] = value + last[change]
            figures[change] = rng.randrange(0, 4)
    for case in ("litigation_direct", "litigation_after_review", "review"):
        pending = last.get(f"{case}.pending", 0)
        if f"{case}.total" in figures and figures[f"{case}.total"] < pending:
            figures[f"{case}.upheld"] += pending
            figures[f"{case}.total"] += pending


def later_prose(
    figures: Mapping[str, int], form: Form, year: int, rng: random.Random, *, government: bool
) -> dict[int, list[str]]:
    """Word the figures of a report of the forms of 2019 and 2021, section by section."""

    def total(row: str) -> int:
        return figures[f"applications.{row}.total"]

    def group(row: str) -> int:
        return sum(n for a, n in figures.items() if a.startswith(f"applications.{row}.") and a.endswith(".total"))

    values = {name: total(name) if f"applications.{name}.total" in figures else group(name) for name in GROUPS}
    person, paper = figures["applications.new_received.natural_person"], "proactive.normative_documents."
    names = dict(zip(("issued", "published", "force"), ("made", "published", "total_public"), strict=True))
    if form.id == "2021":
        names = {"issued": "issued", "repealed": "repealed", "force": "in_force"}
    values |= {
        **{name: figures[f"{paper}{column}"] for name, column in names.items()},
        **{name: figures[f"review.{name}"] for name in ("upheld", "corrected", "pending")},
        "new": total("new_received"),
        "over": total("carried_over"),
        "done": total("handled_total"),
        "left": total("carried_forward"),
        "person": person,
        "legal": total("new_received") - person,
        "review": figures["review.total"],
        "suit": figures["litigation_direct.total"] + figures["litigation_after_review.total"],
        "permits": figures["proactive.licensing.decisions"],
        "fines": figures["proactive.penalty.decisions"],
    }
    style = rng.choice((vars(worded), worded.BRIEF, worded.FORMAL))
    papers = style["PAPERS"] if form.id == "2021" else worded.PAPERS_2019
    parts = {
        "（一）主动公开情况": (papers, style["DECISIONS"]),
        "（二）依申请公开情况": [style[name] for name in ("RECEIVED", "APPLICANTS", "HANDLED", "OUTCOMES")],
    }
    cases = [style["CASES"], *([] if figures["review.other"] else [style["RESULTS"]])]
    first = [f"{heading}。{word(templates, values, year, rng)}" for heading, templates in parts.items()]
    first += [topic.format(filler(rng, 3)) for topic in _TOPICS]
    if government:
        first.append("组织工作考核一次、社会评议一次，没有发生责任追究的情形。")
    fees = figures.get("applications.other.fee_overdue.total", 0)
    return {
        0: [filler(rng, 4), *first, *asides(rng)],
        3: [word(cases, values, year, rng)],
        4: [rng.choice(_LACKS) + filler(rng, 1), rng.choice(_MENDS).format(filler(rng, 1))],
        5: [
            rng.choice(_FEES) if not fees else f"发出收费通知{fees + 2}件，总金额{fees * 100 + 200}元，实际收取200元。"
        ],
    }


def early_prose(figures: Mapping[str, int], year: int, rng: random.Random) -> dict[int, list[str]]:
    """Word the figures of a report of the form of 2014."""
    values = {
        name: figures[f"statistics.{address}"] for name, address in (pair.split("=") for pair in ADDRESSES_2014.split())
    }
    parts = [worded.CASES_2014, worded.STAFF_2014, worded.TRAINING_2014, worded.CLOSED_2014]
    return {0: [filler(rng, 6), *(word([part], values, year, rng) for part in parts)]}


def word(templates: Sequence[Sequence[str]], values: Mapping[str, int], year: int, rng: random.Random) -> str:
    """Fill a sentence of each kind with figures."""
    words = {"year": rng.choice(worded.YEAR).format(y=year), "body": rng.choice(("我单位", "本机关", ""))}
    words |= {"asked": rng.choice(worded.ASKED), "unit": rng.choice(worded.UNIT), "y": str(year), "next": str(year + 1)}
    said = "".join(rng.choice(kind).format(**values, **words) for kind in templates)
    return said.replace("<", "").replace(">", "")


def asides(rng: random.Random) -> Iterator[str]:
    """Give figures that no table holds; a growth that is nobody's is left out."""
    numbers = {"a": rng.randrange(200, 999), "b": rng.randrange(20, 99), "c": rng.randrange(2, 9)}
    fitting = [aside for aside in worded.ASIDE if "上年" not in aside]
    yield from (aside.format(**numbers) for aside in rng.sample(fitting, rng.randrange(3)))


def write_series(folder: Path, number: int, rng: random.Random) -> int:
    """Write the reports of a body into a folder and say how many they are."""
    place, body = rng.choice(PLACES), rng.choice(BODIES)
    name = f"{place}人民政府" if body == "人民政府" or place.endswith("镇") else f"{place}{body}"
    if place.endswith("处"):
        name = place
    first, last_year = SPANS[number % len(SPANS)]
    last: dict[str, int] = {}
    home = folder / f"{number:03}" / name
    home.mkdir(parents=True)
    for year in range(first, last_year + 1):
        form = form_of(year)
        figures = make_figures(form, rng)
        if form.id != "2014":
            follow(figures, last, form, rng)
        if form.id == "2014":
            prose = early_prose(figures, year, rng)
        else:
            prose = later_prose(figures, form, year, rng, government=name.endswith("政府"))
        texts = {address: str(value) for address, value in figures.items()}
        printed = print_report(form, texts, organization=name, year=year, prose=prose)
        if form.id != "2014":
            printed.sections[-1][1].extend([name, f"{year + 1}年1月{rng.randrange(8, 30)}日"])
        suffix, layout = LAYOUTS[rng.choice(CERTAIN)]
        (home / f"{year}年{suffix}").write_text(layout(printed, rng), encoding="utf-8")
        last = figures
    return last_year - first + 1


Told = Counter[tuple[str, str]]


def find_in_made(count: int, seed: int, *, show: bool = False) -> tuple[int, Told]:
    """Make at least so many reports, and give how many they are and what is found in them: severity and rule."""
    rng = random.Random(seed)
    told: Told = Counter()
    with tempfile.TemporaryDirectory() as folder:
        made = number = 0
        while made < count:
            one = Path(folder, str(number))
            made += write_series(one, number, rng)
            # A body by itself: the folders of made bodies bear the same names.
            for report in check(one).reports:
                assert report.error is None, report.error
                assert report.coverage.assessed == report.coverage.expected > 0
                for finding in report.findings:
                    told[finding.severity.value, finding.rule] += 1
                    if show:
                        print(Path(report.source).name, finding.severity.value, finding.rule, finding.message.zh)
            number += 1
    return made, told


def find_in_samples() -> Told:
    """Give what is found in the sound samples."""
    reports = [next(path.parent.glob("report.*")) for path in SAMPLES.glob("*/expected.json")]
    return Counter((f.severity.value, f.rule) for report in check(reports).reports for f in report.findings)


def find_in_corpus() -> Told:
    """Give what is found in real reports and is not among what their truth files say of them."""
    told: Told = Counter()
    for path in sorted(CORPUS.glob("*.truth.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if "findings" not in truth or path.with_name(truth["file"]).suffix == ".docx":
            continue
        (report,) = check(path.with_name(truth["file"])).reports
        told.update((f.severity.value, f.rule) for f in report.findings if not _is_granted(f, truth["findings"]))
    return told


def _is_granted(finding: Finding, true: Sequence[Mapping[str, Any]]) -> bool:
    """Whether one of the true findings about these cells, or about none, may be of this severity."""
    for entry in true:
        about = [name.removesuffix("*") for name in entry["about"]]
        near = not about or any(cell.startswith(name) for cell in finding.cells for name in about)
        if near and finding.severity.value in (entry["severity"], *entry.get("also_acceptable", ())):
            return True
    return False


def main(arguments: list[str]) -> int:
    numbers = [int(argument) for argument in arguments if argument.isdigit()]
    count, seed = (*numbers, 1)[:2] if numbers else (500, 1)
    made, found = find_in_made(count, seed, show="--show" in arguments)
    results = {f"{made} made reports": found, "the sound samples": find_in_samples()}
    if CORPUS.is_dir():
        results["real reports, beyond their truth"] = find_in_corpus()
    for name, told in results.items():
        by = Counter({severity: sum(n for (s, _), n in told.items() if s == severity) for severity, _ in told})
        print(f"{name}: {by['error']} errors, {by['warning']} warnings, {by['note']} notes")
        for (severity, rule), times in sorted(told.items(), key=lambda pair: (-pair[1], pair[0])):
            print(f"  {times:4}  {severity:8} {rule}")
    return int(any(severity != "note" for told in results.values() for severity, _ in told))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
