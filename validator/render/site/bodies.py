"""The reports of each body in the order of years, with the years that are missing; and a page a body, which shows them.

Its page says what changed from year to year, and names every problem.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import msgspec

from validator.model.result import Results
from validator.render.audit import Frame, PageLink, begin_page, end_page
from validator.render.look import Look
from validator.render.reviews import STATES, Gone
from validator.render.template import load_template

from .entries import STYLES, Entry, name_page, say

_CHAINS = ("broken", "parts", "open", "holds", "")
_MOST_YEARS = 20


class Slot(msgspec.Struct, frozen=True):
    """A year of a body: its reports, several if it has versions; `missing` if it should have one and has none."""

    year: int
    entries: tuple[Entry, ...]
    missing: bool

    @property
    def chain(self) -> str:
        """What came of holding its carry-over against last year's report: the worst of its versions."""
        return min((entry.chain for entry in self.entries), key=_CHAINS.index, default="")


class Series(msgspec.Struct, frozen=True):
    """The reports of one body, a slot for each year of the index; `href` is its page as seen from the index."""

    name: str
    href: str
    slots: tuple[Slot, ...]

    @property
    def entries(self) -> Iterator[Entry]:
        """All reports of the body, year by year."""
        return (entry for slot in self.slots for entry in slot.entries)

    @property
    def errors(self) -> int:
        """How many problems of its reports are errors."""
        return sum(entry.errors for entry in self.entries)

    @property
    def warnings(self) -> int:
        """How many problems of its reports are warnings."""
        return sum(entry.warnings for entry in self.entries)

    @property
    def missing(self) -> int:
        """How many years have no report."""
        return sum(slot.missing for slot in self.slots)


def gather_series(entries: Sequence[Entry]) -> tuple[list[Series], list[Entry]]:
    """Give the series of all bodies, those with most errors first, and apart the reports of no known body or year.

    A year is missing if the body has a report of an earlier one: what it did before is not known. Inputs that could
    not be read are in neither.
    """
    loose: list[Entry] = []
    bodies: dict[str, dict[int, list[Entry]]] = {}
    for entry in entries:
        if entry.href and (not entry.body or entry.year is None):
            loose.append(entry)
        elif entry.href and entry.year is not None:
            bodies.setdefault(entry.body, {}).setdefault(entry.year, []).append(entry)
    years = _span({year for by_year in bodies.values() for year in by_year})
    series = [
        Series(_name(by_year), name_body_page(body), tuple(_slots(by_year, years))) for body, by_year in bodies.items()
    ]
    return sorted(series, key=lambda body: (-body.errors, -body.warnings, -body.missing, body.name)), loose


def name_body_page(body: str) -> str:
    """Give the page of a body by its key, as seen from the index."""
    return f"bodies/{name_page(body)}"


def pick_gone(body: Series, gone: Iterable[Gone]) -> Iterator[Gone]:
    """Give what is gone of a body."""
    names = {entry.organization for entry in body.entries} if gone else ()
    return (one for one in gone if dict(one.review.fields).get("organization") in names)


def _span(years: set[int]) -> Sequence[int]:
    """Give the years of the index: from the first to the last, unless one was misread and they lie far apart."""
    if years and max(years) - min(years) < _MOST_YEARS:
        return range(min(years), max(years) + 1)
    return sorted(years)


def _slots(by_year: dict[int, list[Entry]], years: Sequence[int]) -> Iterator[Slot]:
    first = min(by_year)
    for year in years:
        yield Slot(year, tuple(by_year.get(year, ())), missing=year > first and year not in by_year)


def _name(by_year: dict[int, list[Entry]]) -> str:
    """Give the name that the latest report gives its body."""
    return by_year[max(by_year)][0].name


def tell_chain(slot: Slot, before: Slot | None, look: Look) -> str:
    """Say in words what came of holding a year's carry-over against the report before it; "" if it was not held."""
    if not slot.chain:
        return ""
    over = next((e.carried_over for e in slot.entries if e.chain == slot.chain), "")
    forward = next((e.carried_forward for e in before.entries if e.carried_forward), "") if before else ""
    if slot.chain == "broken" and over and forward:
        return say(
            "site-told-broken", look, over=over, forward=forward, delta=str(abs(Decimal(over) - Decimal(forward)))
        )
    return say(f"site-chain-{slot.chain}", look)


class YearView(msgspec.Struct, frozen=True):
    """A report in the table of its body.

    `chain`, `changed` and `since` (the last list) are sentences, "" where there is nothing to say.
    """

    year: int
    entry: Entry | None
    chain: str = ""
    changed: str = ""
    since: str = ""


def render_body(body: Series, results: Results, look: Look, gone: Sequence[Gone] = ()) -> str:
    """Give the page of one body; `gone` are its problems of an earlier list that are not there now."""
    frame = Frame(
        title=body.name,
        trail=(PageLink(say("site-home", look), "../index.html"), PageLink(body.name, "")),
        styles=STYLES,
        scripts=("audit/theme.js",),
        version=results.version,
    )
    own = [(state, dict(review.fields)) for state, review in gone]
    content = load_template("site/body.html.jinja")(
        name=body.name,
        followed=results.reviews is not None,
        gone=own,
        errors=body.errors,
        warnings=body.warnings,
        views=list(_view_years(body.slots, [(state, fields.get("year", "")) for state, fields in own], look)),
        say=lambda key, **values: say(key, look, **values),
    )
    return "".join((*begin_page(frame, look), content, end_page(frame, look)))


def _view_years(slots: Sequence[Slot], gone: Sequence[tuple[str, str]], look: Look) -> Iterator[YearView]:
    before: Slot | None = None
    for slot in slots:
        chain = tell_chain(slot, before, look)
        changed = _tell_change(slot, before, look) if before and before.entries else ""
        for entry in slot.entries:
            since = _tell_progress(entry, [state for state, year in gone if year == str(slot.year)], look)
            yield YearView(slot.year, entry, chain, changed, since)
        if slot.missing:
            yield YearView(slot.year, None)
        before = slot


def _tell_change(slot: Slot, before: Slot, look: Look) -> str:
    """Say how many kinds of problems came, stayed and went since the year before: rules stand for kinds."""
    now, then = ({rule for entry in one.entries for rule, _, _ in entry.broken} for one in (slot, before))
    if not now and not then:
        return ""
    counts = {"came": len(now - then), "stayed": len(now & then), "went": len(then - now)}
    return say("site-changed", look, **counts) if slot.entries else ""


def _tell_progress(entry: Entry, gone: Sequence[str], look: Look) -> str:
    """Count the problems of a report by how far they have come since the last list."""
    counts = Counter(dict(entry.states))
    counts.update(gone)
    told = [f"{say(f'review-{state}', look)} {counts[state]}" for state in STATES if counts[state]]
    return say("list", look).join(told)
