"""Precision and recall of the claims read in a file of sentences (one JSON object a line: text, year, claims).

Counted are the quantities that tables hold. A claim is right if its quantity (one of those joined by a bar), its
value and its exact characters are right ("" for a zero in words: any). A claim of `optional` may be read or not.
Usage: python tests/claims/score.py FILE... [--show]; exit status 1 if recall of all claims is below 0.97, or the claims
that are sure have a precision below 0.99 or a recall below 0.90.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from validator.extraction.claims import read_prose
from validator.model.document import Paragraph
from validator.model.location import TextPlace
from validator.model.report import Claim
from validator.model.wording import Wordings
from validator.ruleset.forms import read_forms
from validator.ruleset.wording import load_wordings

ROOT = Path(__file__).parents[2]
RECALL = 0.97
SURE_PRECISION, SURE_RECALL = 0.99, 0.90


@dataclass
class Score:
    """How many claims were expected, read and right, how many of these are sure, and what went wrong where."""

    expected: int = 0
    read: int = 0
    right: int = 0
    sure: int = 0
    sure_right: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    @property
    def sure_precision(self) -> float:
        return self.sure_right / self.sure if self.sure else 1.0

    @property
    def sure_recall(self) -> float:
        return self.sure_right / self.expected if self.expected else 1.0


FORMS = read_forms(sorted((ROOT / "rules" / "forms").glob("*.yaml")))


def load() -> Wordings:
    return load_wordings(ROOT / "rules/claims", FORMS)


def read_text(text: str, year: int | None, wordings: Wordings, heading: str = "") -> tuple[Claim, ...]:
    above = [Paragraph(f"（一）{heading}", TextPlace(1, 1))] if heading else []
    return read_prose([*above, Paragraph(text, TextPlace(2, 1))], False, None, year, wordings).claims


def score(records: Sequence[dict], wordings: Wordings) -> Score:
    result = Score()
    for record in records:
        claims = read_text(record["text"], record["year"], wordings, record.get("heading", ""))
        open_ones = [c for c in claims if not c.quantity.startswith("narrative.")]
        result.expected += len(record["claims"])
        missed, right = [], []
        for wanted in record["claims"]:
            match = next((c for c in open_ones if _agrees(c, wanted)), None)
            if match is None:
                missed.append(wanted)
            else:
                open_ones.remove(match)
                right.append(match)
        for wanted in record.get("optional", []):
            match = next((c for c in open_ones if _agrees(c, wanted | {"span": ""})), None)
            if match is not None:
                open_ones.remove(match)
        result.read += len(right) + len(open_ones)
        result.right += len(right)
        result.sure += sum(claim.sure for claim in (*right, *open_ones))
        result.sure_right += sum(claim.sure for claim in right)
        if missed or open_ones or not all(claim.sure for claim in right):
            lines = [f"{record['year']} {record['text']}"]
            lines += [f"    missed {c['quantity']} {c['value']} {c['span']!r}" for c in missed]
            lines += [
                f"    {'WRONG' if c.sure else 'wrong'}  {c.quantity} {c.value} {c.span!r}"
                f"{' (loose)' if record.get('loose') else ''}"
                for c in open_ones
            ]
            lines += [f"    unsure {c.quantity} {c.value} {c.span!r}" for c in right if not c.sure]
            result.faults.append("\n".join(lines))
    return result


def _agrees(found: Claim, wanted: dict) -> bool:
    return (
        found.quantity in wanted["quantity"].split("|")
        and Decimal(str(found.value)) == Decimal(str(wanted["value"]))
        and (wanted["span"] in ("", found.span) or not found.value)
    )


def read_file(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main(arguments: Sequence[str]) -> int:
    wordings, bad = load(), False
    for name in arguments:
        if name.startswith("--"):
            continue
        records = read_file(Path(name))
        result = score(records, wordings)
        if "--show" in arguments:
            print("\n".join(result.faults))
        print(
            f"{Path(name).name}: {len(records)} sentences, {result.expected} claims; all: precision "
            f"{result.precision:.3f}, recall {result.recall:.3f}; sure: precision {result.sure_precision:.3f}, "
            f"recall {result.sure_recall:.3f}"
        )
        bad |= result.recall < RECALL or result.sure_precision < SURE_PRECISION or result.sure_recall < SURE_RECALL
    return int(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
