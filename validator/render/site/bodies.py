"""A page a body: its reports year by year in one table, what changed from year to year, and every problem by name."""

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from validator.model.result import Results
from validator.render.audit import Frame, PageLink, begin_page, end_page
from validator.render.look import Look
from validator.render.reviews import STATES, Gone
from validator.render.template import load_template

from .entries import Entry, say
from .index import STYLES
from .series import Series, Slot, tell_chain


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
    """Give the page of one body; `gone` are the problems of an earlier list that are not there now, of all bodies."""
    frame = Frame(
        title=body.name,
        trail=(PageLink(say("site-home", look), "../index.html"), PageLink(body.name, "")),
        styles=STYLES,
        scripts=("audit/theme.js",),
        version=results.version,
    )
    names = {entry.organization for entry in body.entries}
    own = [(state, dict(review.fields)) for state, review in gone]
    own = [(state, fields) for state, fields in own if fields.get("organization") in names]
    content = load_template("site/body.html.jinja")(
        name=body.name,
        followed=results.reviews is not None,
        gone=own,
        errors=body.errors,
        warnings=body.warnings,
        views=list(_view_years(body.slots, [(state, fields.get("year", "")) for state, fields in own], look)),
        say=lambda key, **values: say(key, look, **values),
    )
    return begin_page(frame, look) + content + end_page(frame, look)


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
