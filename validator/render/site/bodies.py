"""A page a body: its reports year by year in one table, what changed from year to year, and every problem by name."""

from collections.abc import Iterator, Sequence

import msgspec

from validator.model.result import Results
from validator.render.audit import Frame, PageLink, begin_page, end_page
from validator.render.look import Look
from validator.render.template import load_template

from .entries import Entry, say
from .index import STYLES
from .series import Series, Slot, tell_chain


class YearView(msgspec.Struct, frozen=True):
    """A report in the table of its body; `chain` and `changed` are sentences, "" where there is nothing to say."""

    year: int
    entry: Entry | None
    chain: str = ""
    changed: str = ""


def render_body(body: Series, results: Results, look: Look) -> str:
    """Give the page of one body."""
    frame = Frame(
        title=body.name,
        trail=(PageLink(say("site-home", look), "../index.html"), PageLink(body.name, "")),
        styles=STYLES,
        scripts=("audit/theme.js",),
        version=results.version,
    )
    content = load_template("site/body.html.jinja")(
        name=body.name,
        errors=body.errors,
        warnings=body.warnings,
        views=list(_view_years(body.slots, look)),
        say=lambda key, **values: say(key, look, **values),
    )
    return begin_page(frame, look) + content + end_page(frame, look)


def _view_years(slots: Sequence[Slot], look: Look) -> Iterator[YearView]:
    before: Slot | None = None
    for slot in slots:
        chain = tell_chain(slot, before, look)
        changed = _tell_change(slot, before, look) if before and before.entries else ""
        for entry in slot.entries:
            yield YearView(slot.year, entry, chain, changed)
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
