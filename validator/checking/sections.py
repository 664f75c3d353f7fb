"""Rules about the text of a report by its sections: what each must speak of, how they are numbered, when signed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from validator.characters import fold
from validator.model.bilingual import Bilingual
from validator.model.document import Paragraph
from validator.model.outcome import Outcome, Severity, Verdict
from validator.numerals import parse_chinese_number
from validator.patterns import Pattern
from validator.records import Record
from validator.ruleset.kinds import Kind, PhrasedRule, Rule

from .sheet import Sheet
from .wording import fill_message, list_names, plain

_ORDINAL = Pattern(r"\s*第?([一二三四五六七八九十]{1,3})\s*(?:[、.．,，]|部分)")
_CLAUSE = Pattern(r"[。；;!！?？\n]")
_COUNT = Pattern(r"[\d一二两三四五六七八九十百]+\s*(?:余|多)?\s*[条件次个篇份期项场万]|未|没有|无")
_SECTION_HEAD = Pattern(r"[一二三四五六]、[^。;；，,:：\d]{4,}(?:情况|公开|管理|建设|保障|工作|事项)")
_LONGEST_HEADING = 30
_SECTIONS = range(1, 7)
_NUMERALS = "一二三四五六七八九十"
_SIGNED = Pattern(
    r"(?:(?:发布|成文|印发|公布|发文|更新|编制)(?:时间|日期)[:：]?)?\s*(\d{4}|[〇零○一二三四五六七八九]{4})[年\-./]"
    r"(\d{1,2}|[一二三四五六七八九十]{1,3})[月\-./](\d{1,2}|[一二三四五六七八九十]{1,3})日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
)
_LAST_LINES, _FIRST_LINES = 6, 8
"""A date of signing stands alone in one of so many paragraphs at the end, one of publication in one at the head."""


class SectionLength(Rule, frozen=True, kw_only=True):
    """The text of a section, by its number on the form, has so many characters: `at_most` 0 sets no upper limit."""

    section: int
    at_least: int = 0
    at_most: int = 0


def check_length(rule: SectionLength, sheet: Sheet, _: Sequence[Outcome]) -> Iterator[Outcome]:
    """Check how many characters a section has."""
    section = sheet.sections.get(rule.section)
    if section is None:
        return
    length = sum(not character.isspace() for character in section.text)
    if not length:
        return  # a picture may stand there
    if length >= rule.at_least and (not rule.at_most or length <= rule.at_most):
        yield Outcome(rule.id, "", Verdict.HOLDS, rule.worst)
    else:
        values = {"section": plain(fold(section.heading.text).strip()), "length": plain(length)}
        yield _broken(rule, "", section.heading, values)


class Topic(Record, frozen=True):
    """What a section is to speak of, and words of which one tells that it does.

    Words with a blank between them tell it only together, in one clause. `counted`: that clause gives a figure, or says
    that there was none.
    """

    name: Bilingual
    words: tuple[str, ...]
    counted: bool = False

    def is_in(self, text: str) -> bool:
        """Whether a text speaks of it."""
        if not self.counted and any(word in text for word in self.words):
            return True
        clauses = [clause for clause in _CLAUSE.split(text) if not self.counted or _COUNT.search(clause)]
        return any(all(part in clause for part in word.split()) for word in self.words for clause in clauses)


class SectionTopics(Rule, frozen=True, kw_only=True):
    """A section of so many characters speaks of each topic.

    `governments`: asked of 人民政府 alone; `since`: from reports of that year on.
    """

    section: int
    topics: tuple[Topic, ...]
    at_least: int = 1
    governments: bool = False
    since: int = 0


def check_topics(rule: SectionTopics, sheet: Sheet, _: Sequence[Outcome]) -> Iterator[Outcome]:
    """Check which topics a section does not speak of."""
    report = sheet.report
    if rule.governments and not (report.organization or "").endswith("人民政府"):
        return
    section = sheet.sections.get(rule.section)
    if section is None or len(section.text.strip()) < rule.at_least or (report.year or 0) < rule.since:
        return
    missing = [topic.name for topic in rule.topics if not topic.is_in(section.text)]
    if missing:
        values = {"section": plain(fold(section.heading.text).strip()), "missing": list_names(missing)}
        yield _broken(rule, "", section.heading, values)
    else:
        yield Outcome(rule.id, "", Verdict.HOLDS, rule.worst)


def check_numbers(rule: Rule, sheet: Sheet, _: Sequence[Outcome]) -> Iterator[Outcome]:
    """Check that the sections are numbered as they follow each other on the form."""
    sections = sheet.sections
    headings = {n: fold(one.heading.text).strip() for n, one in sections.items()}
    printed = {n: found for n, text in headings.items() if (found := _ORDINAL.match(text))}
    if not printed:
        return
    parts = [n for n in printed if headings[n].startswith("第")]
    rare = parts if len(parts) * 2 < len(printed) else [n for n in printed if n not in parts]
    wrong = {n for n, found in printed.items() if found[1] != _NUMERALS[n - 1] or (n in rare and parts)}
    named = {sections[n].heading: plain(f"“{headings[n]}”→{_NUMERALS[n - 1]}") for n in sorted(wrong)}
    if not wrong and len(printed) == len(_SECTIONS):
        named = {paragraph: plain(f"“{fold(paragraph.text).strip()}”") for paragraph in _find_intruders(sheet)}
    if named:
        yield _broken(rule, "", next(iter(named)), {"list": list_names(list(named.values()))})
    else:
        yield Outcome(rule.id, "", Verdict.HOLDS, rule.worst)


def _find_intruders(sheet: Sheet) -> Iterator[Paragraph]:
    """Give headings between the sections that are numbered as these are, with a number that one of them has."""
    own = [section.heading for section in sheet.sections.values()]
    first, last = (sheet.report.prose.index(heading) for heading in (own[0], own[-1]))
    for paragraph in sheet.report.prose[first:last]:
        if paragraph.text.lstrip()[1:2] != "、":
            continue
        text = fold(paragraph.text).strip()
        if len(text) <= _LONGEST_HEADING and _SECTION_HEAD.fullmatch(text) and paragraph not in own:
            yield paragraph


class SigningDate(PhrasedRule, frozen=True, kw_only=True):
    """The date of signing lies after the year, and not after a day of the next: month and day, of governments too."""

    until: tuple[int, int]
    governments_until: tuple[int, int]


def check_date(rule: SigningDate, sheet: Sheet, _: Sequence[Outcome]) -> Iterator[Outcome]:
    """Check the date that stands alone on a line at the end of the text."""
    report = sheet.report
    if sheet.form is None or report.year is None:
        return
    last_lines = report.prose[-_LAST_LINES:]
    for paragraph in (*last_lines, *report.prose[: -len(last_lines)][:_FIRST_LINES]):
        found = _SIGNED.fullmatch(fold(paragraph.text).strip())
        signed = _read_date(*found.groups()) if found else None
        if signed is None:
            continue
        if paragraph not in last_lines and signed >= date(report.year, 12, 31):
            continue  # pages are published anew
        month, day = rule.governments_until if (report.organization or "").endswith("人民政府") else rule.until
        last = date(report.year + 1, month, day)
        phrase = "early" if signed < date(report.year, 12, 31) else "late" if signed > last else ""
        if not phrase:
            yield Outcome(rule.id, "", Verdict.HOLDS, rule.worst)
            continue
        shown = {"date": _say_date(signed), "year": plain(report.year), "last": _say_date(last)}
        values = shown | {"judged": fill_message(rule.phrases[phrase], shown)}
        yield _broken(rule, phrase, paragraph, values)
        return


def _say_date(day: date) -> Bilingual:
    return Bilingual(f"{day.year}年{day.month}月{day.day}日", day.isoformat())


def _read_date(year: str, month: str, day: str) -> date | None:
    numbers = [int(text) if text.isascii() else parse_chinese_number(text) for text in (year, month, day)]
    try:
        return None if None in numbers else date(*(int(number or 0) for number in numbers))
    except ValueError:
        return None


_NOTICES = Pattern(r"收费通知(?:书|单)?的?(?:总?件数|数量)?[为是共:：]*\s*(\d+)\s*[件份次]")
_CHARGED = Pattern(r"总金额[为是共:：]*\s*(\d+(?:\.\d+)?)\s*(万?)元")
_RECEIVED = Pattern(r"实际收取(?:的?(?:总?金额|信息处理费|费用))?[为是共:：]*\s*(\d+(?:\.\d+)?)\s*(万?)元")
_NO_NOTICE = Pattern(r"(?:未|没有|无)(?:发出|发放|送达)[^。;；,，]{0,6}收费通知")
_OF_FEES = ("收费通知", "总金额", "实际收取")
_OVERDUE = "applications.other.fee_overdue.total"


class FeesRule(PhrasedRule, frozen=True, kw_only=True):
    """What is said of fees fits together, in multiples of `step` yuan; `doubtful_severity` is for what may be so."""

    doubtful_severity: Severity
    step: int


def check_fees(rule: FeesRule, sheet: Sheet, _: Sequence[Outcome]) -> Iterator[Outcome]:
    """Check what the last section says of fees for information: notices, amount charged, amount received."""
    section = sheet.sections.get(6)
    if section is None:
        return
    text = section.text
    if not any(word in text for word in _OF_FEES):
        return  # as hardly any section speaks of more than that nothing was charged
    notices, received = _NOTICES.search(text), _RECEIVED.search(text)
    charged = _CHARGED.search(text[: received.start()] if received else text)
    told = []
    count = int(notices[1]) if notices else None
    amount, got = (Decimal(m[1]) * (10000 if m[2] else 1) if m else None for m in (charged, received))
    if amount is not None and got is not None and got > amount:
        told.append("received")
    if count == 0 and (amount or got):
        told.append("no-notice")
    if count and amount == 0:
        told.append("no-amount")
    doubtful = []
    if (charged and charged[2]) or (received and received[2]):
        doubtful.append("unit")
    elif any(paid is not None and paid % rule.step for paid in (amount, got)):
        doubtful.append("tariff")
    overdue = sheet.numbers.get(_OVERDUE)
    if overdue and (count == 0 or _NO_NOTICE.search(text)):
        doubtful.append("overdue")
    shown = {
        "count": plain("" if count is None else count),
        "charged": plain("" if amount is None else amount),
        "received": plain("" if got is None else got),
        "overdue": plain(overdue or 0),
        "step": plain(rule.step),
    }
    for phrase in (*told, *doubtful):
        cells = (_OVERDUE,) if phrase == "overdue" else ()
        judged = fill_message(rule.phrases[phrase], shown)
        place = section.paragraphs[0] if section.paragraphs else section.heading
        severity = rule.doubtful_severity if phrase in doubtful else rule.worst
        yield _broken(rule, phrase, place, {"judged": judged})._replace(cells=cells, severity=severity)
    if not told and (notices or charged or received):
        yield Outcome(rule.id, "", Verdict.HOLDS, rule.worst)


def _broken(rule: Rule, instance: str, at: Paragraph, values: Mapping[str, Bilingual]) -> Outcome:
    return Outcome(rule.id, instance, Verdict.BROKEN, rule.worst, (), values=values, location=at.location)


KINDS = (
    Kind("section-length", "form", check_length, ("section", "length"), SectionLength, several=True),
    Kind("section-topics", "form", check_topics, ("section", "missing"), SectionTopics, several=True),
    Kind("section-numbers", "form", check_numbers, ("list",)),
    Kind("signing-date", "form", check_date, ("date", "year", "last", "judged"), SigningDate),
    Kind("information-fees", "form", check_fees, ("judged",), FeesRule),
)
