"""The fields that the message of a rule may use: "{column}", "{left}", "{difference}"."""

import re
from collections.abc import Iterable

from validator.errors import RuleError
from validator.records import nearest

from .expression import parse_relation
from .schema import FormRule, ProblemRule, ProseRule, Relation, Rule

FIELD = re.compile(r"\{([a-z_.]+)\}")

_CLAIM = ("quote", "claimed", "name", "figures", "scope", "equal", "hint")
_SUMS = ("quote", "name", "left", "right", "difference")
_PROSE_KINDS = {
    "claim": _CLAIM,
    "claim-blank": _CLAIM,
    "claim-scoped": _CLAIM,
    "claim-approximate": _CLAIM,
    "claim-loose": _CLAIM,
    "all-upheld": ("quote", "results"),
    "all-handled": ("quote", "name", "figures"),
    "flow": _SUMS,
    "parts": _SUMS,
    "outcomes": _SUMS,
    "share": ("quote", "part", "claimed", "bases"),
    "share-cut": ("quote", "part", "claimed", "base", "exact", "rounded"),
    "growth": ("quote", "claimed", "previous", "current", "exact"),
}
_RELATION = ("table", "left", "right", "left_figure", "right_figure", "difference", "blanks")
_FORM_KINDS = {
    "form-year": ("form", "year", "expected"),
    "count-cells": ("cell", "value"),
    "blank-cells": ("table", "blank", "cells"),
    "blank-totals": ("table", "count", "list"),
    "blank-parts": ("table", "count", "list"),
    "no-figures": ("form",),
}


def check_message(rule: Rule, place: str) -> None:
    """Raise RuleError if a message uses a field that its rule does not fill, or if the languages differ in them."""
    known = _fields(rule)
    if known is None:
        return
    used = {language: set(FIELD.findall(rule.message.in_language(language))) for language in ("zh", "en")}
    for language, names in used.items():
        for name in sorted(names.difference(known)):
            raise RuleError(f"{place}: message.{language}: no field {name!r}{nearest(name, known)}")
    if used["zh"] != used["en"]:
        odd = ", ".join(sorted(used["zh"] ^ used["en"]))
        raise RuleError(f"{place}: message: only one language uses {odd}")


def _fields(rule: Rule) -> Iterable[str] | None:
    match rule:
        case Relation():
            return (*_RELATION, *_loop_words(rule), *parse_relation(rule.check, f"{rule.id}: check").names)
        case ProblemRule():
            return rule.values
        case ProseRule():
            return _PROSE_KINDS[rule.kind]
        case FormRule():
            return _FORM_KINDS[rule.kind]
    return None


def _loop_words(rule: Relation) -> tuple[str, ...]:
    if not rule.for_each:
        return ()
    return ("each",) if isinstance(rule.for_each, tuple) else ("column", "row")
