#!/usr/bin/env python3
"""Nail the bytes of every output: keep their hashes, and say which have changed since.

    python tests/bytes.py keep FILE        before a change that means to leave all output as it is
    python tests/bytes.py compare FILE     after it; ends in 1 if a byte differs

Goes over the samples and, where they are, the cases of ../shared/cases: each folder in every format, in Chinese and in
English, with one process and with two; `gouji read`, `rules`, `explain`, `forms` and the help of every command as well.
Two runs that must agree (--jobs) are also held against each other. Takes a few minutes; nothing else calls it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT.parent / "shared" / "cases"
GOUJI = [sys.executable, "-m", "validator"]
FORMATS = (
    "terminal",
    "json",
    "sarif",
    "junit",
    "github",
    "gitlab",
    "markdown",
    "csv",
    "text",
    "problems",
    "cells",
    "html",
    "parquet",
)
LANGUAGES = ("zh", "en")


def main() -> None:
    """Keep or compare."""
    action, file = sys.argv[1:]
    hashes = dict(sorted(pair for job in jobs() for pair in job()))
    odd = [key for key in hashes if key.endswith(" jobs 1") and hashes[key] != hashes[f"{key[:-1]}2"]]
    for key in odd:
        print(f"one process and two differ: {key}")
    if action == "keep":
        Path(file).write_text(json.dumps(hashes, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{len(hashes)} outputs kept")
        sys.exit(bool(odd))
    before = json.loads(Path(file).read_text(encoding="utf-8"))
    changed = [key for key in sorted(hashes | before) if hashes.get(key) != before.get(key)]
    for key in changed:
        print(f"{'changed' if key in hashes and key in before else 'new or gone'}: {key}")
    print(f"{len(hashes)} outputs, {len(changed)} not as they were")
    sys.exit(bool(changed or odd))


def jobs() -> Iterator[Callable[[], Iterator[tuple[str, str]]]]:
    """Give what is to be run, each as a call that gives names and hashes."""
    for folder in folders():
        for language in LANGUAGES:
            for processes in ("1", "2"):
                yield lambda f=folder, lang=language, n=processes: check(f, lang, n)
            for name in ("json", "table", "csv"):
                command = ["read", str(folder), "--format", name, "--lang", language]
                yield lambda c=command: say(c)
    for language in LANGUAGES:
        for command in (["rules"], ["rules", "--format", "json"], ["forms"], ["--help"]):
            yield lambda c=[*command, "--lang", language]: say(c)
        for name in ("check", "read", "rules", "explain", "forms", "join", "baseline"):
            yield lambda c=[name, "--help", "--lang", language]: say(c)
        for rule in ("applications-balance", "narrative-figure", "continuity-carried-over", "form-year"):
            yield lambda c=["explain", rule, "--lang", language]: say(c)


def folders() -> Iterator[Path]:
    """Give the folders of reports, as they are named from the folder that the command runs in."""
    yield Path("sample_reports")
    if CASES.is_dir():
        yield from sorted(Path(os.path.relpath(path, ROOT)) for path in CASES.iterdir() if path.is_dir())


def check(folder: Path, language: str, processes: str) -> Iterator[tuple[str, str]]:
    """Check a folder and give the hash of each output; a folder of pages or tables is one output."""
    with TemporaryDirectory() as place:
        targets = {name: f"{place}/{name}" for name in FORMATS} | {"site": f"{place}/site/"}
        reports = [f"{'html' if name == 'site' else name}={path}" for name, path in targets.items()]
        options = [word for report in reports for word in ("--report", report)]
        command = ["check", str(folder), "--lang", language, "--jobs", processes, "--no-config", "--quiet", *options]
        status, printed = run(command)
        yield f"{folder} {language} printed jobs {processes}", digest(str(status).encode(), printed)
        for name, path in targets.items():
            files = sorted(file for file in Path(path).rglob("*") if file.is_file()) or [Path(path)]
            parts = [part for file in files for part in (file.relative_to(place).as_posix().encode(), read(file))]
            yield f"{folder} {language} {name} jobs {processes}", digest(*parts)


def say(command: list[str]) -> Iterator[tuple[str, str]]:
    """Give the hash of what a command prints."""
    status, printed = run(command)
    yield " ".join(command), digest(str(status).encode(), printed)


def run(command: list[str]) -> tuple[int, bytes]:
    """Run the command in the folder of the project; give its status and what it prints."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("GOUJI_")}
    done = subprocess.run([*GOUJI, *command], cwd=ROOT, env=surroundings, capture_output=True, check=False)
    return done.returncode, done.stdout + b"\n--\n" + done.stderr


def read(file: Path) -> bytes:
    """Give the content of a file, nothing if there is none."""
    return file.read_bytes() if file.is_file() else b""


def digest(*parts: bytes) -> str:
    """Give a hash of several pieces of bytes."""
    made = sha256()
    for part in parts:
        made.update(len(part).to_bytes(8))
        made.update(part)
    return made.hexdigest()


if __name__ == "__main__":
    main()
