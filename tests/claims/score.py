"""Precision and recall of the claims read in a file of sentences (one JSON object a line: text, year, claims).

Counted are the quantities that tables hold. A claim is right if its quantity (one of those joined by a bar), its
value and its exact characters are right. Sentences marked `loose` state more quantities than they list.
Usage: python tests/claims/score.py FILE [--show]; exit status 1 if precision or recall is below 0.97.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from validator.extraction.claims import read_claims
from validator.model.document import Paragraph
from validator.model.location import TextPlace
from validator.model.report import Claim
from validator.model.wording import Wordings
from validator.ruleset.forms import read_forms
from validator.ruleset.wording import load_wordings

ROOT = Path(__file__).parents[2]
BAR = 0.97


@dataclass
class Score:
    """How many claims were expected, read and right, and what went wrong where."""

    expected: int = 0
    read: int = 0
    right: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0


FORMS = read_forms(sorted((ROOT / "rules" / "forms").glob("*.yaml")))


def load() -> Wordings:
    return load_wordings(ROOT / "rules/claims", FORMS)


def read_text(text: str, year: int | None, wordings: Wordings, heading: str = "") -> tuple[Claim, ...]:
    above = [Paragraph(f"（一）{heading}", TextPlace(1, 1))] if heading else []
    return read_claims([*above, Paragraph(text, TextPlace(2, 1))], False, None, year, wordings)


def score(records: Sequence[dict], wordings: Wordings) -> Score:
    result = Score()
    for record in records:
        claims = read_text(record["text"], record["year"], wordings, record.get("heading", ""))
        found = [c for c in claims if not c.quantity.startswith("narrative.")]
        open_ones = list(found)
        result.expected += len(record["claims"])
        result.read += len(found)
        missed = []
        for claim in record["claims"]:
            match = next((c for c in open_ones if _agrees(c, claim)), None)
            if match is None:
                missed.append(claim)
            else:
                open_ones.remove(match)
                result.right += 1
        if missed or open_ones:
            lines = [f"{record['year']} {record['text']}"]
            lines += [f"    missed {c['quantity']} {c['value']} {c['span']!r}" for c in missed]
            lines += [
                f"    wrong  {c.quantity} {c.value} {c.span!r}{' (loose)' if record.get('loose') else ''}"
                for c in open_ones
            ]
            result.faults.append("\n".join(lines))
    return result


def _agrees(found: Claim, wanted: dict) -> bool:
    return (
        found.quantity in wanted["quantity"].split("|")
        and Decimal(str(found.value)) == Decimal(str(wanted["value"]))
        and found.span == wanted["span"]
    )


def main(arguments: Sequence[str]) -> int:
    path = Path(arguments[0])
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    result = score(records, load())
    if "--show" in arguments:
        print("\n".join(result.faults))
    print(
        f"{path.name}: {len(records)} sentences, {result.expected} claims, {result.read} read, {result.right} right; "
        f"precision {result.precision:.3f}, recall {result.recall:.3f}"
    )
    return int(min(result.precision, result.recall) < BAR)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
