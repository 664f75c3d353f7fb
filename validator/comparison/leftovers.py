"""Sentences of last year's report that were kept with their year."""

import re
from collections.abc import Iterator

from validator.checking.wording import plain
from validator.model.location import Location, OtherFilePlace
from validator.model.outcome import Outcome, Verdict
from validator.ruleset.kinds import Kind
from validator.ruleset.schema import Rule

from .sentences import split_prose
from .series import Years

_LONGEST = 60
# Words of a sentence that looks back: it may name last year in this year's report as well.
_LOOKS_BACK = re.compile(
    "上年|去年|同比|环比|相比|比较|较|比20|以来|自20|从20|至20|截至|截止|底|末|印发|施行|出台|修订|成立|建立|启动|上线"
    "|开通|起|结转|〔|《|第[一二三四五六七八九十\\d]"
)


def check_year_left(rule: Rule, years: Years) -> Iterator[Outcome]:
    """Give an outcome: broken if sentences that begin with last year's year are last year's word by word."""
    report, last = years.own.report, [sheet.report for sheet in years.last]
    if report.year is None or not report.prose:
        return
    begins = re.compile(rf"{report.year - 1}年(?:度)?[^\d\-—至~～.月/]")
    found: list[tuple[str, Location, Location, str]] = []
    for before in last:
        old: dict[str, Location] | None = None
        for sentence in split_prose(report):
            if begins.match(sentence.text) and not _LOOKS_BACK.search(sentence.text):
                if old is None:
                    old = {other.text: other.location for other in split_prose(before)}
                if sentence.text in old:
                    found.append((sentence.text, sentence.location, old[sentence.text], before.source))
    if not found:
        yield Outcome(rule.id, "", Verdict.HOLDS, rule.worst)
        return
    text, place, there, source = found[0]
    values = {
        "quote": plain(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"),
        "last_year": plain(report.year - 1),
        "count": plain(len({text for text, *_ in found})),
    }
    others = tuple(dict.fromkeys(place for _, place, _, _ in found[1:]))
    related = (OtherFilePlace(source, there), *others)
    yield Outcome(rule.id, "", Verdict.BROKEN, rule.worst, location=place, values=values, related=related)


KINDS = (Kind("year-left", "years", check_year_left, ("quote", "last_year", "count")),)
