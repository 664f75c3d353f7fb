"""Rules about relations between cells, under the blank policy (sheet.py), for bodies of the levels that they name."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from validator.model.outcome import NO_VALUES, Equation, Outcome, Severity, Verdict
from validator.model.report import Number, Subtotal
from validator.patterns import Pattern
from validator.ruleset.expression import Relator
from validator.ruleset.instances import Comparison, Instance
from validator.ruleset.kinds import Kind, Relation, Rule

from .sheet import Sheet, add_up, find_obstacle, is_blank
from .wording import describe_relation, plain, write_sum

_PROVINCE = Pattern(r"^(?:..|黑龙江|内蒙古)省|^.{2,3}(?:壮族|回族|维吾尔)?自治区")
# Not every 区 is a district of its own: these zones are run by the body that set them up.
_ZONE = r"(?<!自治)(?<!开发)(?<!新)(?<!园)(?<!地)(?<!社)(?<!景)(?<!示范)(?<!保税)(?<!合作)(?<!管理)(?<!高新)"
_COUNTY = rf"(?:[^县区旗镇乡]{{1,12}}(?:县|旗|(?<!.市){_ZONE}区|市[^市区]{{1,4}}{_ZONE}区))"
_TOWNSHIP = Pattern(r".{2,}(?:镇|乡|苏木|街道)(?:人民政府|政府|办事处)?(?:办公室|党政办公室|党政综合办公室)?$")
_GOVERNMENT = Pattern(rf"^{_COUNTY}(?:人民)?政府(?:办公室|办)?$")
_DEPARTMENT = Pattern(rf"^{_COUNTY}(?!人民政府).*(?:局|委|委员会|办公室|办|中心|队|处|所|院|会|社)$")


@lru_cache(maxsize=1024)
def organization_level(name: str | None) -> str | None:
    """Give the level that a name shows for certain, one of kinds.OrganizationLevel; None if it shows none.

    A bare city may be of county level, so it and its departments have none.
    """
    if not name:
        return None
    name = _PROVINCE.sub("", name)
    for level, pattern in (("township", _TOWNSHIP), ("county", _GOVERNMENT), ("county-department", _DEPARTMENT)):
        if pattern.match(name):
            return level
    return None


class Identity(Relation, frozen=True, kw_only=True):
    """Both sides are the same by the definition of the form."""

    relators = ("=",)
    exact = True


class Bound(Relation, frozen=True, kw_only=True):
    """One side is at most, or at least, the other."""

    relators = ("<=", ">=")


class BothOrNeither(Relation, frozen=True, kw_only=True):
    """Both sides are 0, or neither is."""

    relators = ("<=>",)


class Distinct(Relation, frozen=True, kw_only=True):
    """The sides mean different things, and hardly ever say the same."""

    relators = ("!=",)


def check_relation(rule: Relation, sheet: Sheet) -> Iterable[Outcome]:
    """Give an outcome for each instance of the rule; none where its condition or its level leaves it out."""
    instances = sheet.layout.instances.get(rule.id, ())
    if not instances or (rule.levels and organization_level(sheet.report.organization) not in rule.levels):
        return ()
    try:
        tests = sheet.layout.tests[rule.id](sheet.counted)
    except KeyError:
        tests = (False,) * len(instances)
    if sheet.brief and not sheet.blanks and not rule.when and all(tests):
        return [_held(rule)] * len(instances)  # as in nearly every sound report
    return _check_each(rule, zip(instances, tests, strict=True), sheet)


def _check_each(rule: Relation, tested: Iterable[tuple[Instance, bool]], sheet: Sheet) -> Iterator[Outcome]:
    """Give the outcomes of instances that were tested with blanks as 0; what cannot be added up failed."""
    counted, blanks, held = sheet.counted, sheet.blanks, _held(rule)
    for instance, is_held in tested:
        if instance.condition and not _applies(instance.condition, sheet):
            continue
        cells = instance.addresses
        if blanks and (blanks.issuperset(cells) or not (is_held or blanks.isdisjoint(cells))):
            yield _check_with_gaps(rule, instance, sheet)
        elif is_held and sheet.brief:
            yield held
        elif is_held or counted.keys() >= set(cells):
            left, right = instance.comparison.add_up(counted)
            gaps = tuple([cell for cell in cells if cell in blanks]) if blanks else ()
            yield _outcome(rule, instance, sheet, left, right, gaps)
        else:
            yield _check_with_gaps(rule, instance, sheet)


def _held(rule: Relation) -> Outcome:
    return Outcome(rule.id, "", Verdict.HOLDS, rule.worst, exact=rule.exact)


def holds(relator: Relator, left: Number, right: Number) -> bool:
    """Say whether two numbers stand in a relation."""
    match relator:
        case "=":
            return left == right
        case "<=":
            return left <= right
        case ">=":
            return left >= right
        case "<=>":
            return (left == 0) == (right == 0)
        case "!=":
            return left != right


def _outcome(
    rule: Relation, instance: Instance, sheet: Sheet, left: Number, right: Number, blanks: tuple[str, ...] = ()
) -> Outcome:
    if holds(instance.comparison.relator, left, right):
        verdict, severity, values = Verdict.HOLDS, rule.worst, NO_VALUES
    else:
        verdict, severity = Verdict.BROKEN, _severity(rule, left, right)
        values = describe_relation(instance, sheet, left, right)
    return Outcome(
        rule.id,
        instance.name,
        verdict,
        severity,
        instance.addresses,
        rule.exact,
        instance.equation,
        left,
        right,
        blanks,
        values=values,
    )


def _severity(rule: Relation, left: Number, right: Number) -> Severity:
    if isinstance(rule.severity, Severity):
        return rule.severity
    return rule.severity.left_greater if left > right else rule.severity.right_greater


def _check_with_gaps(rule: Relation, instance: Instance, sheet: Sheet) -> Outcome:
    """Judge an instance some cells of which hold no number."""
    left_side, relator, right_side = instance.comparison
    blanks = tuple([address for address in instance.addresses if address in sheet.blanks])
    reason = find_obstacle(instance.addresses, sheet)
    left: Number | None = None
    right: Number | None = None
    if not reason:
        left, right = add_up(left_side, sheet), add_up(right_side, sheet)
        if holds(relator, left, right):
            return _outcome(rule, instance, sheet, left, right, blanks)
        left = None if is_blank(left_side, sheet) else left
        right = None if is_blank(right_side, sheet) else right
        if left is not None and right is not None:
            return _outcome(rule, instance, sheet, left, right, blanks)
        reason = "parts-blank"
    return Outcome(
        rule=rule.id,
        instance=instance.name,
        verdict=Verdict.NOT_ASSESSED,
        severity=rule.worst,
        cells=instance.addresses,
        exact=rule.exact,
        equation=instance.equation,
        left=left,
        right=right,
        blanks=blanks,
        reason=reason,
    )


def _applies(condition: Comparison, sheet: Sheet) -> bool:
    """Say whether the condition of an instance is met; a cell that is missing or unreadable does not meet it."""
    known = all(a in sheet.numbers or a in sheet.blanks for _, a in (*condition.left, *condition.right))
    return known and holds(condition.relator, add_up(condition.left, sheet), add_up(condition.right, sheet))


def check_subtotals(rule: Rule, sheet: Sheet) -> Iterator[Outcome]:
    """Give an outcome for each subtotal that a report prints in a column of its own, if most of them are sums."""
    outcomes = [_check_subtotal(rule, subtotal, sheet) for subtotal in sheet.report.subtotals]
    told = [outcome for outcome in outcomes if outcome.verdict is Verdict.BROKEN]
    # A column that is seldom the sum of those beside it is another one's.
    fitting = sum(outcome.verdict is Verdict.HOLDS and bool(outcome.left) for outcome in outcomes)
    if len(told) > fitting:
        outcomes = [o._replace(verdict=Verdict.NOT_ASSESSED, reason="missing", values=NO_VALUES) for o in outcomes]
    yield from outcomes


def _check_subtotal(rule: Rule, subtotal: Subtotal, sheet: Sheet) -> Outcome:
    cells = subtotal.cells
    terms = tuple((1, address) for address in cells)
    outcome = Outcome(rule.id, cells[0].rpartition(".")[0], Verdict.NOT_ASSESSED, rule.worst, cells)
    if (reason := find_obstacle(cells, sheet)) and reason not in ("all-blank", "not-applicable"):
        return outcome._replace(reason=reason)
    left, right = add_up(terms, sheet), subtotal.value
    if left == right:
        return outcome._replace(verdict=Verdict.HOLDS, left=left, right=right)
    difference: Number = left - right
    form = sheet.form
    first = None if form is None else form.cells[cells[0]]
    values = {
        "table": plain("") if first is None else first.table.name,
        "row": plain("") if first is None else first.row_name,
        "label": plain(subtotal.label),
        "left": plain(write_sum(terms, sheet)),
        "right": plain(right),
        "difference": plain(difference if difference > 0 else -difference),
    }
    equation = Equation(terms, "=", ((int(right), ""),)) if right == int(right) else None
    return outcome._replace(
        verdict=Verdict.BROKEN, equation=equation, left=left, right=right, values=values, location=subtotal.location
    )


KINDS = (
    *(
        Kind(name, "cells", check_relation, rule=rule, several=True)
        for name, rule in (
            ("identity", Identity),
            ("bound", Bound),
            ("both-or-neither", BothOrNeither),
            ("distinct", Distinct),
        )
    ),
    Kind("printed-subtotal", "cells", check_subtotals, ("table", "row", "label", "left", "right", "difference")),
)
