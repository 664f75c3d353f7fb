"""What a user's configuration says: findings to leave out; names, waivers and units of the bodies."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Renaming:
    """A body that has another name, from the report of year `since` on or, if that is None, at any time.

    Reports under both names are of one body and are held against each other.
    """

    old: str
    new: str
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """A reason why what does not agree between reports of a body is right: a merger, a changed scope.

    `body` is its name, "" for every body; `year` is that of the later report, None for every year; `rule` is a rule
    id or a group. After `until` the waiver no longer counts; None means that it always does.
    """

    body: str
    year: int | None
    rule: str
    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A body whose report counts what its members' reports count, each given by name.

    `exact`: the figures of the members, all of them listed, must add up to those of the body; otherwise they must not
    come to more. `scope` says in the user's words what the sum covers, for the messages.
    """

    body: str
    members: tuple[str, ...]
    exact: bool = False
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Exemption:
    """Findings that are not to be told, and why: those that meet every condition that is not empty.

    Of the report: `path` is a pattern of its file, `body` its name, `year` its year. Of the finding: `rule` is a rule
    id or a group, `cell` the address of a cell it names or a pattern of such, `fingerprint` its own. `until` is the
    last day on which it holds, None if it has no end. `line` is where the configuration says so.
    """

    reason: str
    until: date | None
    path: str = ""
    body: str = ""
    year: int | None = None
    rule: str = ""
    cell: str = ""
    fingerprint: str = ""
    line: int = 0
