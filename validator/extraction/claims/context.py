"""What a sentence has said so far, which the next figure may lean on, and the addresses that follow from a wording."""

import sys
from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from validator.model.report import Number
from validator.model.wording import Wording

from .figures import Figure
from .frame import Frame
from .grammar import Grammar
from .tokens import Token

NOWHERE = sys.maxsize
STRANGE = ("papers", "treated", "foreign", "other", "taught")
"""Topics of other things, whose figures are not those of applications, cases or documents."""


class Draft(msgspec.Struct):
    """A quantity read in a sentence: the characters of the folded text that state it, and the token it stands in.

    `quantity` is "" for a figure that is no claim but part of a list or of a comparison. `row` is that of the figure,
    "" if it is of none; one that is not `sure` is for a person to look at. `leaning`: what it counts was said before.
    """

    quantity: str
    value: Number
    start: int
    end: int
    index: int
    approximate: bool = False
    scope: str = ""
    reading: str = ""
    row: str = ""
    sure: bool = True
    leaning: bool = False


class Field(msgspec.Struct):
    """A figure with the indices of the tokens that lead up to it and of those that follow; `sure` until a doubt arises.

    `inherited`: no noun of its own says what it counts; `sums`: it sums the claims before it; `of_people`: it may
    count only what came from people.
    """

    frame: Frame
    index: int
    figure: Figure
    left: list[int]
    right: list[int]
    sure: bool = True
    inherited: bool = False
    sums: bool = False
    of_people: bool = False

    def doubt(self, doubtful: bool) -> None:
        """Leave the figure unsure if something speaks against it."""
        self.sure = self.sure and not doubtful

    def codes(self, words: Iterable[int]) -> set[str]:
        """Give the codes of tokens."""
        return self.frame.codes_of(words)

    @property
    def before(self) -> str:
        """Give the text before the figure, and before a year right before it."""
        frame, last = self.frame, self.index - 1
        dated = last >= 0 and frame.is_now(last) and frame.text[frame.tokens[last].end : self.figure.start] == "的"
        return frame.text[: frame.tokens[last].start if dated else self.figure.start]

    def adds_up(self) -> bool:
        """Whether the figure is the sum of two or more right before it, which bears out that it is their whole."""
        total: Number = 0
        tokens = self.frame.tokens[: self.index]
        figures = [token.figure for token in tokens if token.figure and not token.figure.percent]
        for number, figure in enumerate(reversed(figures), 1):
            total += figure.value
            if total >= self.figure.value:
                return number > 1 and total == self.figure.value
        return False


class Context(msgspec.Struct):
    """The topic and the last row, document and measure named; the scope and the time that were set.

    `bodies` are the kinds of cases counted together, `settled` once a result of theirs was given. `act` is the
    column of the last document, `head` the last figure that a row was given. `subject` is the body that the
    paragraph last began to speak of. `elsewhere` tells that the figures are of another year or of part of one,
    `disclosed_from` is where the text begins to speak of disclosure, `headed` whether a heading stands over it, `last`
    the reading of the last claim, `inner` the row that figures in a bracket after it are of, and `parted` whether the
    sentence goes through several bodies.
    """

    topic: str = ""
    row: str = "new_received"
    bodies: tuple[str, ...] = ()
    settled: bool = False
    document: str = ""
    act: str = ""
    measure: str = ""
    head: Number | None = None
    scope: str = ""
    subject: str = ""
    elsewhere: bool = False
    disclosed_from: int = NOWHERE
    headed: bool = False
    last: str = ""
    inner: str = ""
    parted: bool = False

    def copy(self) -> "Context":
        """Give a context that can be changed without changing this one."""
        return replace(self)

    def next_sentence(self) -> None:
        """Forget what holds for one sentence only."""
        if self.topic in STRANGE:
            self.topic = ""
        if self.disclosed_from < NOWHERE:
            self.disclosed_from = -1
        self.parted = False
        self.scope, self.act, self.elsewhere, self.last, self.inner = "", "", False, "", ""


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
    outcomes = [token for token in span if token.code == grammar.codes["outcome"]]
    if len(outcomes) > 1 and template.startswith("statistics"):
        # 因信息不存在未能提供: of the kinds of answer that are named, those of the form.
        strange = [t for t in outcomes if template.replace("{outcome}", t.value.split("+")[0]) not in grammar.known]
        span = [token for token in span if token not in strange or len(strange) == len(outcomes)]
    found = _fields(template, span, context, grammar)
    if every and "{body}" in template and not found[0]["body"]:
        found = [found[0] | {"body": body} for body in context.bodies]
    # The form of 2014 counts what came by mail in with what came over the network.
    mail = ("requests.received_by_email", "requests.received_online")
    addresses = list(dict.fromkeys(template.format(**fields).replace(*mail) for fields in found))
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
    return bodies[-1] if len(set(bodies)) == 1 else ""


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
        kind = grammar.kinds.get(token.code, "").removeprefix("short_").removeprefix("likely_").removesuffix("_items")
        fields[kind] = token.value
        if kind == "reason":
            fields["reason_"] = token.value.replace(".", "_")
        elif kind == "case" and not (settled and fields["body"]):
            fields["body"] = token.value
        settled = settled or kind == "result"
        if "{" + kind + "}" in template and kind != "handle":
            # 信息不存在无法提供: what stands close before only says why; of cases both are meant.
            if token.start == end and joined and kind != "case":
                joined.pop()
            joined += [(kind, value) for value in token.value.split("+")]
            end = token.end
    if len(joined) > 1 and ("medium", "board") in joined:
        joined = [said for said in joined if said != ("medium", "board")]
        fields |= dict(joined)  # 政府网站信息公开栏, 宣传栏等其他形式
    if any(value.startswith("litigation_") for _, value in joined):
        joined = [said for said in joined if said != ("case", "litigation")]
        fields |= dict(joined)  # 未经复议直接起诉的行政诉讼
    if len(joined) > 1 and len({kind for kind, _ in joined}) == 1:
        return [fields | {kind: value} for kind, value in joined]
    return [fields]
