"""What a whole check of a PDF costs beside the bare table extraction of pdfplumber, from one run.

    python bench/pdf.py [FILE.pdf]

A whole check reads the file, extracts, applies every rule and diagnoses. pdfplumber only opens the same file and
extracts its tables. Rounds of both alternate, so that a busy machine slows both alike. Without an argument a real
report is taken if one stands beside the checkout, else one that the tests typeset.
"""

import sys
import tempfile
from pathlib import Path
from random import Random
from statistics import median

import pdfplumber
from check import alternate, milliseconds

from validator.pipeline.knowledge import Knowledge, load_knowledge
from validator.pipeline.single import check_report, read_report

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "corpus" / "hongze_2023.pdf"
ROUNDS = 9
AIM = 0.2


def main() -> None:
    """Measure and print."""
    knowledge = load_knowledge()
    if len(sys.argv) > 1 or REAL.is_file():
        measure(Path(sys.argv[1]) if len(sys.argv) > 1 else REAL, knowledge)
        return
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "typeset.pdf"
        sample.write_bytes(typeset(knowledge))
        measure(sample, knowledge)


def measure(file: Path, knowledge: Knowledge) -> None:
    """Time both and print the medians and their ratio."""
    ours, theirs = alternate(
        lambda: check_report(read_report(file, knowledge), knowledge), lambda: extract_tables(file), ROUNDS
    )
    print(f"file: {file.name}, {file.stat().st_size / 1000:.0f} kB, {ROUNDS} rounds")
    print(f"gouji, whole check          median {milliseconds(median(ours))}")
    print(f"pdfplumber, tables alone    median {milliseconds(median(theirs))}")
    print(f"ratio                       median {median(ours) / median(theirs):.2f}  (aim: {AIM})")


def extract_tables(file: Path) -> int:
    """Give how many tables pdfplumber finds."""
    with pdfplumber.open(file) as document:
        return sum(len(page.extract_tables()) for page in document.pages)


def typeset(knowledge: Knowledge) -> bytes:
    """Give a sound report of the 2021 form as PDF."""
    sys.path.insert(0, str(ROOT / "tests"))
    from figures import make_figures
    from hostile.pdf_writer import assemble, typeset_pages
    from typeset import print_report

    form = knowledge.ruleset.forms["2021"]
    figures = {address: str(value) for address, value in make_figures(form, Random(1)).items()}
    file, root = assemble(typeset_pages(print_report(form, figures)))
    return file.to_bytes(root)


if __name__ == "__main__":
    main()
