"""Sound reports in many paraphrases, then one figure of their text made wrong: what is reported, and what falsely.

The sentences come from a grammar of their own, which shares nothing with the data that the reader applies. Prints the
share of wrong figures that are reported, and reported as errors, and the errors, warnings and notes on sound reports.
Usage: python tests/claims/end_to_end.py [REPORTS] [SEED] [--show]; exit status 1 if a bar is missed.
"""

import random
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from made_prose import RULESET, WORDINGS, findings_of
from made_sheets import make_report as make_sheet
from msgspec.structs import replace

from validator.extraction.claims import read_prose
from validator.model.document import Paragraph
from validator.model.location import TextPlace
from validator.model.outcome import Finding

REPORTED, AS_ERRORS, NOTES = 0.97, 0.90, 0.1

GROUPS = ("granted", "partially_granted", "denied", "unavailable", "rejected", "other")
ROWS = {
    "denied": "enforcement_file",
    "unavailable": "not_held",
    "rejected": "petition",
    "other": "misc",
}
_FIGURE = re.compile(r"<(\d+)>")

YEAR = ["2023年，", "本年度，", "报告期内，", "全年", "一年来，", "过去一年，"]
BODY = ["我局", "全局", "本机关", "我单位", "局系统", ""]
ASKED = ["政府信息公开申请", "依申请公开件", "信息公开申请", "公开政府信息的申请", "依申请公开事项"]
UNIT = ["件", "宗", "份", "件"]
RECEIVED = [
    "{year}{body}共收到{asked}<{new}>{unit}，上年结转<{over}>{unit}。",
    "{year}{body}新收{asked}<{new}>{unit}，另有上年度结转办理的<{over}>{unit}。",
    "{year}{body}受理社会公众提出的{asked}<{new}>{unit}；上一年度未办结、转入本年的有<{over}>{unit}。",
    "{body}{year}收到各类{asked}累计<{new}>{unit}，较上年有所增加，上年结转<{over}>{unit}。",
    "{year}{asked}新增<{new}>{unit}、上年结转<{over}>{unit}。",
    "{year}{body}接收<{new}>{unit}{asked}，加上年结转的<{over}>{unit}一并办理。",
]
APPLICANTS = [
    "按申请人划分，自然人<{person}>件，法人或其他组织<{legal}>件。",
    "其中，自然人申请<{person}>件，法人和其他组织申请<{legal}>件。",
    "新收的申请中，<{person}>件由自然人提出，<{legal}>件由法人或其他组织提出。",
    "申请人为公民的<{person}>件，为法人及其他组织的<{legal}>件。",
]
HANDLED = [
    "全年办结<{done}>件，结转下年度继续办理<{left}>件。",
    "已办结<{done}>件，其余<{left}>件按规定结转至下一年度。",
    "截至年底共答复<{done}>件，尚有<{left}>件转入2024年办理。",
    "依法依规办理完毕<{done}>件，<{left}>件结转2024年继续办理。",
    "在法定期限内办结申请<{done}>件，下年度继续办理<{left}>件。",
]
OUTCOMES = [
    "其中予以公开<{granted}>件，部分公开<{partially_granted}>件，不予公开<{denied}>件，无法提供<{unavailable}>件，"
    "不予处理<{rejected}>件，其他处理<{other}>件。",
    "办理结果为：<{granted}>件予以公开，<{partially_granted}>件部分公开，<{denied}>件不予公开，<{unavailable}>件无法提供，"
    "<{rejected}>件不予处理，<{other}>件作其他处理。",
    "从结果看，予以公开的<{granted}>件，部分公开的<{partially_granted}>件，不予公开的<{denied}>件，无法提供的<{unavailable}>件，"
    "不予处理的<{rejected}>件，作出其他处理的<{other}>件。",
    "答复结果包括同意公开<{granted}>件、部分公开<{partially_granted}>件、决定不予公开<{denied}>件、告知无法提供<{unavailable}>件、"
    "不予处理<{rejected}>件、其他处理<{other}>件。",
]
CASES = [
    "因政府信息公开被申请行政复议<{review}>件，被提起行政诉讼<{suit}>件。",
    "{year}因信息公开引发行政复议案件<{review}>起、行政诉讼案件<{suit}>起。",
    "涉及政府信息公开的行政复议<{review}>件；行政诉讼<{suit}>件。",
    "{year}发生政府信息公开类行政复议<{review}>宗，行政诉讼<{suit}>宗。",
]
RESULTS = [
    "行政复议案件中，结果维持<{upheld}>件，结果纠正<{corrected}>件，尚未审结<{pending}>件。",
    "上述行政复议，<{upheld}>件维持，<{corrected}>件被纠正，<{pending}>件正在审理。",
]
PAPERS = [
    "{year}制发行政规范性文件<{issued}>件，废止<{repealed}>件，现行有效<{force}>件。",
    "{year}新制定规范性文件<{issued}>件，废止规范性文件<{repealed}>件，截至年底现行有效规范性文件<{force}>件。",
    "规范性文件方面，{year}印发<{issued}>件，宣布废止<{repealed}>件，继续有效<{force}>件。",
]
DECISIONS = [
    "{year}作出行政许可决定<{permits}>件、行政处罚决定<{fines}>件。",
    "{year}办理行政许可<{permits}>件，作出行政处罚<{fines}>件。",
    "行政许可处理决定<{permits}>件，行政处罚处理决定<{fines}>件。",
]
ASIDE = [
    "门户网站发布各类信息{a}条，阅读量{b}万人次。",
    "办理12345热线工单{a}件，按时办结率99.{c}%。",
    "承办人大代表建议{c}件、政协提案{c}件，均已办复。",
    "收到网民留言{a}条，回复{a}条。",
    "组织业务培训{c}次，{a}人参加。",
    "审核规范性文件草案{c}件，提出意见{a}条。",
    "申请内容主要涉及征地拆迁（{c}件）、工程建设等方面。",
    "较上年增加{c}件，增长{c}.5%。",
    "发布政策解读{c}篇，召开新闻发布会{c}场。",
    "受理信访事项{a}件，不动产登记查询申请{b}件。",
    "指导各镇街办理依申请公开{a}件。",
    "整改问题{c}个，开展检查{c}次。",
]


class Sound(NamedTuple):
    """A sound report: its cells, and its text with the figures that the cells hold in angle brackets."""

    figures: Mapping[str, int]
    text: str


def make_report(rng: random.Random) -> Sound:
    outcome = {name: rng.randrange(1, 90) for name in GROUPS}
    done = sum(outcome.values())
    left, over = rng.randrange(1, 20), rng.randrange(1, 20)
    new = done + left - over
    person = rng.randrange(new // 2, new - 1)
    upheld, corrected, pending = rng.randrange(1, 30), rng.randrange(1, 9), rng.randrange(1, 9)
    issued, repealed = rng.randrange(1, 20), rng.randrange(1, 9)
    values = {
        **outcome,
        "new": new,
        "over": over,
        "person": person,
        "legal": new - person,
        "done": done,
        "left": left,
        "review": upheld + corrected + pending,
        "suit": rng.randrange(1, 30),
        "upheld": upheld,
        "corrected": corrected,
        "pending": pending,
        "issued": issued,
        "repealed": repealed,
        "force": issued + rng.randrange(20, 300),
        "permits": rng.randrange(30, 9000),
        "fines": rng.randrange(10, 3000),
    }
    figures = {
        "applications.new_received.total": new,
        "applications.new_received.natural_person": person,
        "applications.new_received.enterprise": new - person,
        "applications.carried_over.total": over,
        "applications.carried_over.natural_person": over,
        "applications.handled_total.total": done,
        "applications.carried_forward.total": left,
        **{
            f"applications.{name}{'.' + ROWS[name] if name in ROWS else ''}.total": value
            for name, value in outcome.items()
        },
        "review.upheld": upheld,
        "review.corrected": corrected,
        "review.pending": pending,
        "review.total": values["review"],
        "litigation_direct.upheld": values["suit"],
        "litigation_direct.total": values["suit"],
        "proactive.normative_documents.issued": issued,
        "proactive.normative_documents.repealed": repealed,
        "proactive.normative_documents.in_force": values["force"],
        "proactive.licensing.decisions": values["permits"],
        "proactive.penalty.decisions": values["fines"],
    }
    said: list[str] = []
    for heading, parts in (
        ("（一）主动公开情况", (PAPERS, DECISIONS)),
        ("（二）依申请公开情况", (RECEIVED, APPLICANTS, HANDLED, OUTCOMES)),
        ("（三）行政复议、行政诉讼情况", (CASES, RESULTS)),
    ):
        sentences = [rng.choice(part) for part in parts]
        asides = [rng.choice(ASIDE) for _ in range(rng.randrange(3))]
        numbers = {"a": rng.randrange(200, 999), "b": rng.randrange(20, 99), "c": rng.randrange(2, 9)}
        words = {
            name: rng.choice(listed)
            for name, listed in (("year", YEAR), ("body", BODY), ("asked", ASKED), ("unit", UNIT))
        }
        paragraph = "".join(sentence.format(**values, **words) for sentence in sentences)
        said += [heading, paragraph, *(aside.format(**numbers) for aside in asides)]
    return Sound(figures, "\n".join(said))


def spoil(sound: Sound, rng: random.Random) -> str:
    """Give the text with one figure made wrong as people do: a digit changed, exchanged, added or dropped."""
    found = list(_FIGURE.finditer(sound.text))
    taken = set(sound.figures.values())
    while True:
        place = rng.choice(found)
        digits = place.group(1)
        ways = [str(int(digits) + rng.choice((-1, 1, 2, 10))), digits + rng.choice("0123456789"), digits[::-1]]
        ways.append(digits[:-1] + rng.choice("0123456789"))
        wrong = rng.choice(ways)
        if wrong.lstrip("0") == wrong and wrong != digits and int(wrong) not in taken:
            return _plain(sound.text[: place.start()] + wrong + sound.text[place.end() :])


def _check(text: str, figures: Mapping[str, int]) -> list[Finding]:
    report = make_sheet(RULESET.forms["2021"], figures, organization="某县发展和改革局", default=0)
    lines = [Paragraph(line, TextPlace(number, 1)) for number, line in enumerate(text.split("\n"), 500)]
    prose = read_prose(lines, False, "2021", 2023, WORDINGS)
    return findings_of(replace(report, claims=prose.claims, statements=prose.statements))


def _plain(text: str) -> str:
    return _FIGURE.sub(r"\1", text)


def run(reports: int, seed: int, *, show: bool = False) -> dict[str, float]:
    """Check so many sound reports, and each with one wrong figure; give shares and counts."""
    rng = random.Random(seed)
    reported = errors = 0
    false = {"error": 0, "warning": 0, "note": 0}
    for _ in range(reports):
        sound = make_report(rng)
        for finding in _check(_plain(sound.text), sound.figures):
            false[str(finding.severity.value)] += 1
            if show:
                print("false", finding.severity.value, finding.message.zh)
        text = spoil(sound, rng)
        found = _check(text, sound.figures)
        worst = {finding.severity.value for finding in found}
        reported += bool(worst)
        errors += "error" in worst
        if show and "error" not in worst:
            wrong = [
                line
                for line, right in zip(text.split("\n"), _plain(sound.text).split("\n"), strict=True)
                if line != right
            ]
            print("missed" if not worst else "not an error", *wrong)
    return {
        "reported": reported / reports,
        "errors": errors / reports,
        "false_errors": false["error"],
        "false_warnings": false["warning"],
        "notes": false["note"] / reports,
    }


def main(arguments: list[str]) -> int:
    numbers = [int(argument) for argument in arguments if argument.isdigit()]
    reports, seed = (*numbers, 200, 1)[:2] if len(numbers) != 1 else (numbers[0], 1)
    found = run(reports, seed, show="--show" in arguments)
    print(
        f"{reports} reports: reported {found['reported']:.3f}, as errors {found['errors']:.3f}; on sound reports "
        f"{found['false_errors']} errors, {found['false_warnings']} warnings, {found['notes']:.2f} notes a report"
    )
    good = found["reported"] >= REPORTED and found["errors"] >= AS_ERRORS
    return int(not good or found["false_errors"] > 0 or found["notes"] > NOTES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
