"""JSON as `gouji read` prints it, and as other programs write the same keys."""

import json
from collections.abc import Callable
from functools import partial

from variants.frame import Draft, Way

SUFFIX = ".json"
SUFFIXES: dict[str, str] = {}


def _report(draft: Draft, cell: Callable[[int], object]) -> dict[str, object]:
    cells = {address: cell(figure) for address, figure in draft.figures.items()}
    return {
        "schema": "gouji.report/1",
        "form": draft.form,
        "organization": "云溪县档案局",
        "year": draft.year,
        "cells": cells,
    }


def _full(figure: int) -> object:
    return {"value": figure, "raw": str(figure), "state": "number", "location": {"sheet": "表一", "cell": "B2"}}


def _written(cell: Callable[[int], object], encoding: str, ascii_only: bool, indent: int | None, draft: Draft) -> bytes:
    return json.dumps(_report(draft, cell), ensure_ascii=ascii_only, indent=indent).encode(encoding)


def _unknown_keys(draft: Draft) -> bytes:
    content = _report(draft, _full) | {"claims": [{"text": 5}], "problems": "none", "exported": {"by": "a system"}}
    return json.dumps(content, ensure_ascii=False).encode()


_CELLS: dict[str, Callable[[int], object]] = {
    "full": _full,
    "bare": lambda figure: figure,
    "decimal": float,
    "text": str,
    "raw": lambda figure: {"raw": f"{figure:,}"},
    "unit": lambda figure: {"raw": f"{figure}件"},
    "noted": lambda figure: {"raw": f"{figure}[1]"},
    "wide": lambda figure: {"raw": str(figure).translate(str.maketrans("0123456789", "０１２３４５６７８９"))},
}
WAYS: dict[str, Way] = {
    **{name: partial(_written, cell, "utf-8", False, 2) for name, cell in _CELLS.items()},
    "escaped": partial(_written, _full, "ascii", True, None),
    "mark": partial(_written, _full, "utf-8-sig", False, None),
    "utf-16": partial(_written, _full, "utf-16", False, None),
    "unknown-keys": _unknown_keys,
}
