"""Figures, cells and pieces of the prose in the words of a message."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from validator.model.bilingual import Bilingual
from validator.model.form import FormCell
from validator.model.report import Claim, Number
from validator.patterns import Pattern
from validator.ruleset.instances import Instance, Terms
from validator.ruleset.kinds import FIELD
from validator.words import join_names, line

from .sheet import Sheet, add_up

_MARK = Pattern(r"[,，;；。:：！？!?（）()、\n]")
_LONGEST = 60
_MOST_TERMS = 8
_MOST_NAMES = 12


def plain(text: str | Number) -> Bilingual:
    """Give a text or a figure that is the same in both languages."""
    if isinstance(text, Decimal):
        text = f"{text:f}"
    return Bilingual(str(text), str(text))


def describe_relation(instance: Instance, sheet: Sheet, left: Number, right: Number) -> Mapping[str, Bilingual]:
    """Give the fields of a broken relation's message: both sides with their arithmetic, and the difference."""
    # What the loop stands at is told by its name, also where the relation speaks of it as `each`.
    values = {name: plain(add_up(terms, sheet)) for name, terms in instance.names.items()} | dict(instance.words)
    values["left"] = plain(write_sum(instance.comparison.left, sheet))
    values["right"] = plain(write_sum(instance.comparison.right, sheet))
    values["left_figure"] = plain(left)
    values["right_figure"] = plain(right)
    difference: Number = left - right
    values["difference"] = plain(difference if difference > 0 else -difference)
    return values


def write_sum(terms: Terms, sheet: Sheet) -> str:
    """Write a side out, "161+2=163"; zeros are left out of long sums, and very long ones show the result alone."""
    result = plain(add_up(terms, sheet)).zh
    shown = [(factor, sheet.numbers.get(address, 0), address) for factor, address in terms]
    if len(shown) > 3:
        shown = [term for term in shown if term[1]]
    bare = len(shown) == 1 and shown[0][0] == 1
    if not shown or bare or len(shown) > _MOST_TERMS:
        return result
    return f"{''.join(_write_term(*term) for term in shown).removeprefix('+')}={result}"


def _write_term(factor: int, value: Number, address: str) -> str:
    sign = "-" if factor < 0 else "+"
    if not address:
        return f"{sign}{abs(factor)}"
    figure = plain(value).zh if value >= 0 else f"({plain(value).zh})"
    return f"{sign}{figure}" if abs(factor) == 1 else f"{sign}{abs(factor)}×{figure}"


def short_name(cell: FormCell) -> Bilingual:
    """Name a cell inside its table: the row alone where the column is the total or the only one."""
    several = len(cell.block.columns) > 1
    row, column = cell.row_name, cell.column_name
    if not row.zh:
        return Bilingual(*(words.rsplit(mark, 1)[0] for words, mark in ((column.zh, "·"), (column.en, ", "))))
    if not several or (cell.column.total and not cell.row.total):
        return row
    return cell.name_in_table


def list_names(names: Sequence[Bilingual]) -> Bilingual:
    """List names, at most a dozen of them."""
    listed = join_names(names[:_MOST_NAMES], "list")
    left = len(names) - _MOST_NAMES
    return line("names-counted", names=listed, count=len(names), left=left) if left > 0 else listed


def fill_message(message: Bilingual, values: Mapping[str, Bilingual]) -> Bilingual:
    """Put the values into the fields of a message."""
    return Bilingual(
        FIELD.sub(lambda field: values[field[1]].zh, message.zh),
        FIELD.sub(lambda field: values[field[1]].en, message.en),
    )


def quote_clause(claim: Claim) -> Bilingual:
    """Quote what stands between the marks around a claim."""
    text, end = claim.text, claim.offset + len(claim.span)
    start = max(
        (found.end() for found in _MARK.finditer(text, max(claim.offset - _LONGEST, 0), claim.offset)), default=0
    )
    stop = _MARK.search(text, end)
    return plain(_shorten(text[start : stop.start() if stop else len(text)].strip()))


def quote_stretch(*claims: Claim) -> Bilingual:
    """Quote the sentence of the first claim from the first to the last of those that stand in it."""
    first = claims[0]
    here = [claim for claim in claims if claim.text == first.text]
    begin, last = min(claim.offset for claim in here), max(claim.offset + len(claim.span) for claim in here)
    starts = [found.end() for found in _MARK.finditer(first.text, max(begin - _LONGEST, 0), begin)]
    stop = _MARK.search(first.text, last)
    return plain(_shorten(first.text[starts[-1] if starts else 0 : stop.start() if stop else None].strip()))


def _shorten(text: str) -> str:
    return text if len(text) <= 2 * _LONGEST else f"{text[:_LONGEST]}……{text[-_LONGEST:]}"
