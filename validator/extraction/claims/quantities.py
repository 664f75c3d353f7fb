"""From a wording to addresses: its template filled with the values of its words and of what came before."""

from collections.abc import Sequence

from validator.model.report import Number
from validator.model.wording import Wording

from .context import Context
from .grammar import Grammar
from .tokens import Token

JOINT = "narrative.joint"


def quantities_of(
    wording: Wording, span: Sequence[Token], context: Context, grammar: Grammar, *, every: bool = False
) -> list[str]:
    """Give the addresses that a wording states: one, or several where words of a kind are joined; [] if unknown.

    `every`: it is said of every kind of cases counted before.
    """
    template = wording.quantities.get(grammar.form_id, "")
    if not template:
        return []
    if "{" not in template:
        return [template] if template in grammar.known or template.startswith("narrative.") else []
    found = _fields(template, span, context, grammar)
    if every and "{body}" in template and not found[0]["body"]:
        found = [found[0] | {"body": body} for body in context.bodies]
    addresses = list(dict.fromkeys(template.format(**fields) for fields in found))
    known = all(address in grammar.known or address.startswith("narrative.") for address in addresses)
    return addresses if known else []


def join(quantities: list[str], value: Number, reading: str) -> list[tuple[str, str]]:
    """Give each quantity with its reading; one figure for several together is a quantity of its own, save zero."""
    if len(quantities) > 1 and value:
        return [(JOINT, "+".join(quantities))]
    return [(quantity, reading) for quantity in quantities]


def _body(bodies: Sequence[str]) -> str:
    """Give the kind of cases that a result belongs to, "" if it may be one of several."""
    if set(bodies) - {"litigation"} == {"litigation_direct", "litigation_after_review"}:
        return "litigation"
    return bodies[-1] if len(bodies) == 1 else ""


def _fields(template: str, span: Sequence[Token], context: Context, grammar: Grammar) -> list[dict[str, str]]:
    fields = {
        "row": context.row,
        "body": _body(context.bodies),
        "document": context.document,
        "measure": context.measure,
        "act": context.act,
    }
    joined: list[tuple[str, str]] = []
    end = -1
    settled = False
    for token in span:
        if not token.value:
            continue
        kind = grammar.kinds.get(token.code, "").removeprefix("short_").removesuffix("_items")
        fields[kind] = token.value
        if kind == "reason":
            fields["reason_"] = token.value.replace(".", "_")
        elif kind == "case" and not settled:
            fields["body"] = token.value
        settled = settled or kind == "result"
        if "{" + kind + "}" in template and kind != "handle":
            # 信息不存在无法提供: what stands close before only says why; of cases both are meant.
            if token.start == end and joined and kind != "case":
                joined.pop()
            joined += [(kind, value) for value in token.value.split("+")]
            end = token.end
    if len(joined) > 1 and len({kind for kind, _ in joined}) == 1:
        return [fields | {kind: value} for kind, value in joined]
    return [fields]
