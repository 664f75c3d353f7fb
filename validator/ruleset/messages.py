"""The fields that the message of a rule may use: "{column}", "{left}", "{difference}"."""

import re
from collections.abc import Iterable

from validator.errors import RuleError
from validator.records import nearest

from .expression import parse_relation
from .schema import FormRule, LinkedRelation, ProblemRule, ProseRule, Relation, Rule, SeriesRule

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
_SERIES_KINDS = {
    "last-year": ("last_year", "others"),
    "unit-sum": ("name", "members", "count", "others", "absent", "scope"),
    "growth-last-year": ("quote", "claimed", "name", "figures", "last_year"),
    "unit-slip": ("name", "figure", "last", "last_year", "times"),
    "identical-years": ("years", "count", "tables"),
    "year-missing": ("years",),
    "body-unknown": ("what",),
    "versions": ("other", "count", "list"),
    "copied-last-year": ("percent", "last_year", "sections", "characters"),
    "copied-sibling": ("percent", "other", "sections", "characters"),
    "year-left": ("quote", "last_year", "count"),
    "name-left": ("quote", "name", "other", "count"),
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
        case LinkedRelation():
            names = parse_relation(rule.check, f"{rule.id}: check").names
            return (*_RELATION, *_loop_words(rule), *_SERIES_KINDS[rule.kind], *names)
        case SeriesRule():
            return _SERIES_KINDS[rule.kind]
        case ProblemRule():
            return rule.values
        case ProseRule():
            return _PROSE_KINDS[rule.kind]
        case FormRule():
            return _FORM_KINDS[rule.kind]
    return None


def _loop_words(rule: Relation | LinkedRelation) -> tuple[str, ...]:
    if not rule.for_each:
        return ()
    by_cell = isinstance(rule.for_each, tuple) or rule.for_each.endswith(".cells")
    return ("each",) if by_cell else ("column", "row")
