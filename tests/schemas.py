"""The published schemas of our own outputs, for tests."""

import json
from pathlib import Path

from jsonschema import Draft202012Validator

SCHEMAS = Path(__file__).parent.parent / "docs" / "schema"


def validate(value: object, name: str) -> None:
    """Raise if the value does not fit the schema NAME, "gouji.report-1" or "gouji.results-1"."""
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(value)
