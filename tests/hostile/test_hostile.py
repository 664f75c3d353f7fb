"""Every hostile file ends in one clear line, soon and in reasonable memory; those that can be read are read rightly."""

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hostile import sound
from hostile.case import READ, TOLD, Hostile
from hostile.make import CASES, write_all

SECONDS, MEGABYTES = 10, 500
SECONDS_OF_PICTURES = 18
"""Two pages of pictures that are read as scans take six seconds each, and a slower machine more."""
LATEST = 25
"""Seconds by the clock: a machine that does other things beside may take longer."""
MEASURE = Path(__file__).with_name("measure.py")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="measured by means of Linux"),
]


@cache
def has_office() -> bool:
    return any(map(shutil.which, ("soffice", "libreoffice")))


def readable_cases(group: str) -> list[Hostile]:
    return [case for case in CASES[group] if has_office() or not case.office]


def measure(paths: list[Path]) -> dict[str, dict]:
    command = [sys.executable, str(MEASURE), *map(str, paths)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return {told["file"]: told for told in map(json.loads, done.stdout.splitlines())}


def complain(case: Hostile, told: dict, wanted: dict) -> str:
    """Say what is wrong with the answer to a file; "" if nothing is."""
    code = told["code"]
    if told.get("leaked"):
        return "a file of this machine stands in the report"
    if code == "read":
        right = told["cells"] == wanted["cells"] and sorted(told["findings"]) == sorted(
            [*wanted["findings"], *case.notes]
        )
        if not (READ in case.outcomes and right) and not (TOLD in case.outcomes and told["findings"]):
            return f"read, but {'rightly' if right else 'wrongly'}; {told['findings']}"
    elif code not in case.outcomes:
        return f"{code}: {told.get('en', '')}"
    elif any(not is_clear(told[language], code) for language in ("zh", "en")):
        return f"unclear: {told['zh']} / {told['en']}"
    longest = SECONDS_OF_PICTURES if "nothing-in-picture" in case.outcomes else SECONDS
    if told["seconds"] > longest or told["wall"] > LATEST or told["megabytes"] > MEGABYTES:
        return f"{told['seconds']:.1f} s of work, {told['wall']:.1f} s by the clock, {told['megabytes']:.0f} MB"
    return ""


def is_clear(text: str, code: str) -> bool:
    bad = ("\n", "Traceback", "Error(", "internal error", "内部错误", " object at 0x", "{", ".py")
    return len(text) > 6 and text != code and text.isprintable() and not any(word in text for word in bad)


@pytest.mark.parametrize("group", CASES)
def test_each_file_ends_in_one_clear_line_or_is_read_rightly(tmp_path: Path, group: str) -> None:
    if not has_office() and os.environ.get("CI") == "true":
        pytest.fail("LibreOffice is not installed")
    reference = tmp_path / "sound.html"
    reference.write_bytes(sound.page())
    cases = readable_cases(group)
    told = measure([reference, *write_all(cases, tmp_path)])

    wanted = told["sound.html"]
    assert len(wanted["cells"]) == 200
    bad = [f"{case.name}: {complaint}" for case in cases if (complaint := complain(case, told[case.name], wanted))]
    assert not bad, "\n".join(bad)


def test_there_are_enough_and_each_has_a_name_of_its_own() -> None:
    names = [case.name.casefold() for group in CASES.values() for case in group]
    assert len(set(names)) == len(names) > 200


def test_the_others_of_a_folder_are_still_checked(tmp_path: Path) -> None:
    quick = [case for group in CASES.values() for case in group if not case.office and READ not in case.outcomes]
    chosen = [case for case in quick if TOLD not in case.outcomes][::3]
    write_all(chosen, tmp_path / "reports")
    for name, build in {"a.docx": sound.word, "m.xlsx": sound.sheets, "z.pdf": sound.pdf, "z.html": sound.page}.items():
        (tmp_path / "reports" / name).write_bytes(build())

    command = [
        sys.executable,
        "-m",
        "validator",
        "check",
        str(tmp_path / "reports"),
        "--format",
        "json",
        "--lang",
        "en",
    ]
    done = subprocess.run(command, capture_output=True, check=False)

    assert done.returncode == 3, done.stderr
    reports = {Path(report["source"]).name: report for report in json.loads(done.stdout)["reports"]}
    assert reports.keys() == {case.name for case in chosen} | {"a.docx", "m.xlsx", "z.pdf", "z.html"}
    assert {name for name, report in reports.items() if report["status"] == "passed"} == {
        *("a.docx", "m.xlsx", "z.pdf", "z.html")
    }
    assert all(reports[case.name]["status"] == "unreadable" for case in chosen)
    assert all(is_clear(reports[case.name]["error"], "") for case in chosen)
    assert b"Traceback" not in done.stderr
