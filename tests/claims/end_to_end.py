"""Sound reports in many paraphrases, then one figure of their text made wrong: what is reported, and what falsely.

The sentences come from a grammar of their own, which shares nothing with the data that the reader applies. Prints the
share of wrong figures that are reported, and reported as errors, and the errors, warnings and notes on sound reports.
Half of the reports are of the form of 2021, a quarter each of those of 2019 and 2014.
Usage: python tests/claims/end_to_end.py [REPORTS] [SEED] [--show]; exit status 1 if a bar is missed.
"""

import random
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

import made_wordings as worded
from made_prose import RULESET, WORDINGS, findings_of
from made_sheets import make_report as make_sheet
from msgspec.structs import replace

from validator.extraction.claims import read_prose
from validator.model.document import Paragraph
from validator.model.location import TextPlace
from validator.model.outcome import Finding

REPORTED, AS_ERRORS, NOTES = 0.97, 0.90, 0.1

YEARS = {"2014": 2016, "2019": 2020, "2021": 2023}
FORMS = ("2021", "2019", "2021", "2014")
ADDRESSES_2014 = (
    "disclosed=disclosed.total website=channels.website weibo=channels.weibo wechat=channels.wechat "
    "received=requests.received person=requests.received_in_person online=requests.received_online "
    "letter=requests.received_by_letter closed=requests.closed punctual=requests.closed_on_time "
    "extended=requests.closed_extended replies=replies.total public=replies.already_public granted=replies.granted "
    "partly=replies.partially_granted denied=replies.denied absent=replies.not_existing amend=replies.asked_to_correct "
    "review=review.total suit=litigation.total offices=resources.offices points=resources.reading_points "
    "staff=resources.staff full=resources.staff_full_time part=resources.staff_part_time meetings=training.meetings "
    "courses=training.courses trainees=training.trainees"
)
GROUPS = ("granted", "partially_granted", "denied", "unavailable", "rejected", "other")
ROWS = {
    "denied": "enforcement_file",
    "unavailable": "not_held",
    "rejected": "petition",
    "other": "misc",
}
_FIGURE = re.compile(r"<(\d+)>")


class Sound(NamedTuple):
    """A sound report: its form, its cells, and its text with the figures that the cells hold in angle brackets."""

    form_id: str
    figures: Mapping[str, int]
    text: str


def make_report(rng: random.Random, form_id: str) -> Sound:
    made = _make_2014(rng) if form_id == "2014" else _make_later(rng, form_id)
    year, said, figures, values = YEARS[form_id], [], made[0], made[1]
    words = {
        name: rng.choice(listed)
        for name, listed in (
            ("year", worded.YEAR),
            ("body", worded.BODY),
            ("asked", worded.ASKED),
            ("unit", worded.UNIT),
        )
    }
    words = {name: word.format(y=year) for name, word in words.items()} | {"y": str(year), "next": str(year + 1)}
    for heading, parts in made[2]:
        paragraph = "".join(rng.choice(part).format(**values, **words) for part in parts)
        numbers = {"a": rng.randrange(200, 999), "b": rng.randrange(20, 99), "c": rng.randrange(2, 9)}
        asides = [rng.choice(worded.ASIDE) for _ in range(rng.randrange(3))] if form_id != "2014" else []
        said += [heading, paragraph, *(aside.format(**numbers) for aside in asides)]
    return Sound(form_id, figures, "\n".join(said))


Made = tuple[dict[str, int], dict[str, int], Sequence[tuple[str, Sequence[Sequence[str]]]]]


def _make_later(rng: random.Random, form_id: str) -> Made:
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
        "published": issued,
        "repealed": repealed,
        "force": issued + rng.randrange(20, 300),
        "permits": rng.randrange(30, 9000),
        "fines": rng.randrange(10, 3000),
    }
    rows = ROWS if form_id == "2021" else {name: row for name, row in ROWS.items() if name != "other"}
    columns = ("issued", "repealed", "in_force") if form_id == "2021" else ("made", "published", "total_public")
    papers = ("issued", "repealed", "force") if form_id == "2021" else ("issued", "published", "force")
    figures = {
        "applications.new_received.total": new,
        "applications.new_received.natural_person": person,
        "applications.new_received.enterprise": new - person,
        "applications.carried_over.total": over,
        "applications.carried_over.natural_person": over,
        "applications.handled_total.total": done,
        "applications.carried_forward.total": left,
        **{
            f"applications.{name}{'.' + rows[name] if name in rows else ''}.total": value
            for name, value in outcome.items()
        },
        "review.upheld": upheld,
        "review.corrected": corrected,
        "review.pending": pending,
        "review.total": values["review"],
        "litigation_direct.upheld": values["suit"],
        "litigation_direct.total": values["suit"],
        **{
            f"proactive.normative_documents.{column}": values[name]
            for column, name in zip(columns, papers, strict=True)
        },
        "proactive.licensing.decisions": values["permits"],
        "proactive.penalty.decisions": values["fines"],
    }
    style = rng.choice((vars(worded), worded.BRIEF, worded.FORMAL))
    documents = style["PAPERS"] if form_id == "2021" else worded.PAPERS_2019
    return (
        figures,
        values,
        (
            ("（一）主动公开情况", (documents, style["DECISIONS"])),
            ("（二）依申请公开情况", [style[name] for name in ("RECEIVED", "APPLICANTS", "HANDLED", "OUTCOMES")]),
            ("（三）政府信息公开行政复议、行政诉讼情况", (style["CASES"], style["RESULTS"])),
        ),
    )


def _make_2014(rng: random.Random) -> Made:
    addresses = dict(pair.split("=") for pair in ADDRESSES_2014.split())
    values = {name: rng.randrange(1, 60) for name in addresses}
    values["received"] = values["person"] + values["online"] + values["letter"]
    values["closed"] = values["punctual"] + values["extended"]
    values["replies"] = sum(values[name] for name in ("public", "granted", "partly", "denied", "absent", "amend"))
    values["staff"] = values["full"] + values["part"]
    values["disclosed"] = values["website"] + values["weibo"] + values["wechat"]
    figures = {f"statistics.{address}": values[name] for name, address in addresses.items()}
    figures["statistics.replies.denied_state_secret"] = values["denied"]
    figures |= {"statistics.review.upheld": values["review"], "statistics.litigation.upheld": values["suit"]}
    parts = worded.REQUESTS_2014, worded.CLOSED_2014, worded.REPLIES_2014
    return (
        figures,
        values,
        (
            ("二、主动公开政府信息情况", (worded.DISCLOSED_2014,)),
            ("三、依申请公开政府信息情况", parts),
            ("四、因政府信息公开申请行政复议、提起行政诉讼情况", (worded.CASES_2014,)),
            ("五、政府信息公开机构、人员和培训情况", (worded.STAFF_2014, worded.TRAINING_2014)),
        ),
    )


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


def _check(text: str, sound: Sound) -> list[Finding]:
    form_id = sound.form_id
    report = make_sheet(RULESET.forms[form_id], sound.figures, organization="某县发展和改革局", default=0)
    lines = [Paragraph(line, TextPlace(number, 1)) for number, line in enumerate(text.split("\n"), 500)]
    prose = read_prose(lines, False, form_id, YEARS[form_id], WORDINGS)
    return findings_of(replace(report, claims=prose.claims, statements=prose.statements))


def _plain(text: str) -> str:
    return _FIGURE.sub(r"\1", text)


def run(reports: int, seed: int, *, show: bool = False) -> dict[str, float]:
    """Check so many sound reports, and each with one wrong figure; give shares and counts."""
    rng = random.Random(seed)
    reported = errors = 0
    false = {"error": 0, "warning": 0, "note": 0}
    for number in range(reports):
        sound = make_report(rng, FORMS[number % len(FORMS)])
        for finding in _check(_plain(sound.text), sound):
            false[str(finding.severity.value)] += 1
            if show:
                print("false", finding.severity.value, finding.message.zh)
        text = spoil(sound, rng)
        found = _check(text, sound)
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
