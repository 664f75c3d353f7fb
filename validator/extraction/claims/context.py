"""What a sentence has said so far, which the next figure may lean on, and what is read from it."""

import sys

import msgspec
from msgspec.structs import replace

from validator.model.report import Number

NOWHERE = sys.maxsize
STRANGE = ("papers", "treated", "foreign", "other")
"""Topics of other things, whose figures are not those of applications, cases or documents."""


class Draft(msgspec.Struct):
    """A quantity read in a sentence: the characters of the folded text that state it, and the token it stands in.

    `quantity` is "" for a figure that is no claim but part of a list or of a comparison. `row` is that of the figure,
    "" if it is of none; one that is not `sure` is for a person to look at.
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


class Context(msgspec.Struct):
    """The topic and the last row, document and measure named; the scope and the time that were set.

    `bodies` are the kinds of cases counted together, `settled` once a result of theirs was given. `act` is the
    column of the last document, `head` the last figure that a row was given. `subject` is the body that the
    paragraph last began to speak of. `elsewhere` tells that the figures are of another year or of part of one,
    `disclosed_from` is where the text begins to speak of disclosure, `last` the reading of the last claim.
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
    last: str = ""

    def copy(self) -> "Context":
        """Give a context that can be changed without changing this one."""
        return replace(self)

    def next_sentence(self) -> None:
        """Forget what holds for one sentence only."""
        if self.topic in STRANGE:
            self.topic = ""
        if self.disclosed_from < NOWHERE:
            self.disclosed_from = -1
        self.scope, self.act, self.elsewhere, self.last = "", "", False, ""
