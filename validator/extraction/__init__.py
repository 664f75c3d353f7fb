"""From a document to a report: which table is which, which cell is which, who and when, and what the prose claims.

And what a report lacks as a text: sections, tables, blanks left unfilled.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from validator.characters import fold
from validator.errors import ReadError
from validator.model.document import Document, Paragraph
from validator.model.form import Form
from validator.model.location import Location, LostPlace
from validator.model.report import Problem, Report, ReportCell, Subtotal
from validator.model.wording import Wordings
from validator.patterns import Pattern

from .claims import are_broken, read_prose
from .figures import NOTE, recall_cells, remember
from .gather import gather
from .lexicon import lexicon_of
from .lines import place_sections
from .origin import read_named_origin, read_origin
from .recognise import find_kin, is_about_disclosure, recognise_form
from .several import list_titles, part_reports
from .tables import read_table

__all__ = ["extract", "part_reports"]

_NAMED = 3
"""How many linked files or listed reports a message names."""
_FEWEST_LISTED = 3
"""So many titles of several years are a list of reports; a report may name last year's."""
_OF_MISSING_TABLES = ("has-pictures", "picture-pages", "garbled-pages")
"""What a file may hold in place of a table, and is of no interest where every table is found."""
_MISSING = frozenset({"missing-table", "table-cut", "missing-row"})

_GAP = Pattern(r"[ \u3000\u00a0]{2}|__|＿＿|[×xX]{2}|\*\*")
_UNFILLED = Pattern(
    r"(?:信息|申请|文件|公开|受理|收到|答复|办结|共计|总计|制发|发布)"
    r"\s*(?:[ \u3000\u00a0]{2,}|_{2,}|＿{2,}|[×xX]{2,}|\*{2,})\s*余?[件条次份个篇项]"
    r"|(?:20)?[×xX_＿]{2,}年|[×xX＿]{2,}(?:省|市|县|区|镇|乡|街道|局|委|办)"
)


def extract(document: Document, forms: Mapping[str, Form], wordings: Wordings) -> Report:
    """Turn a document into a report with a cell for every figure its tables print, and the claims of its prose.

    Raises ReadError("not-a-report") if it does not speak of government information disclosure, and is no other form.
    """
    if not is_about_disclosure(document) and find_kin(document, forms) is None:
        raise ReadError("not-a-report")
    origin = read_origin(document)
    form = recognise_form(document, forms, origin.year)
    if isinstance(form, Form) and form.family:
        origin = read_named_origin(document, form.about, origin)
    cells: dict[str, ReportCell] = {}
    subtotals: list[Subtotal] = []
    remarks = [Problem(r.code, r.location or LostPlace("whole file"), (), dict(r.values)) for r in document.remarks]
    problems = [remark for remark in remarks if remark.kind not in _OF_MISSING_TABLES]
    problems.extend(origin.problems)
    prose: Sequence[Paragraph] = [block for block in document.blocks if isinstance(block, Paragraph)]
    if isinstance(form, Form):
        lexicon = lexicon_of(form)
        gathered = gather(document, lexicon)
        recalled = {table: recall_cells(*found) for table, found in gathered.recalled.items()}
        if any(any(map(NOTE, found.values())) for found in recalled.values()):
            gathered, recalled = gather(document, lexicon, recalling=False), {}
        prose = gathered.prose
        deduplicated = _is_deduplicated(document)
        missing: list[str] = []
        for table in form.tables:
            if table.id in recalled:
                cells.update(recalled[table.id])
                continue
            ended = table.id in gathered.ended
            read = read_table(table, gathered.rows.get(table.id, ()), lexicon, deduplicated=deduplicated, ended=ended)
            if not read.cells and not read.problems and not any(p.kind == "table-cut" for p in problems):
                missing.append(table.id)
            cells.update(read.cells)
            problems.extend(read.problems)
            subtotals.extend(read.subtotals)
            if (whole := gathered.whole.get(table.id)) and not read.problems and not deduplicated:
                remember(lexicon, table.id, whole, read.cells)
        if missing:
            problems.append(Problem("missing-table", _start(document), (), {"tables": " ".join(missing)}))
        problems.extend(_find_section_problems(prose, form))
        cells = {address: cells[address] for address in form.cells if address in cells}
    elif form is None:
        problems.append(Problem("form-unknown", _start(document)))
    problems.extend(_find_placeholders(prose))
    form_id = form.id if isinstance(form, Form) else form
    by_line = document.line_per_paragraph or are_broken(prose)
    said = read_prose(prose, by_line, form_id, origin.year, wordings)
    if form == "narrative":
        problems.extend(_without_tables(document, forms, origin.year, has_claims=bool(said.claims)))
    if form == "narrative" or any(problem.kind in _MISSING for problem in problems):
        problems.extend(remark for remark in remarks if remark.kind in _OF_MISSING_TABLES)
    printed = {cell.value for cell in cells.values()} if said.unclaimed else ()
    return Report(
        document.source,
        form_id,
        origin.organization,
        origin.year,
        cells,
        said.claims,
        tuple(problems),
        said.statements,
        tuple(prose),
        by_line,
        tuple(claim for claim in said.unclaimed if claim.value not in printed),
        tuple(subtotals),
    )


def _without_tables(
    document: Document, forms: Mapping[str, Form], year: int | None, *, has_claims: bool
) -> Iterator[Problem]:
    """Tell of a report without tables: it may stand in a file that the page links, or have none to print.

    Before the first form reports were free text; a form without sections of its own is an annex to such a text.
    """
    place = _start(document)
    if document.links and not has_claims:
        names = "、".join(f"{link.text}（{link.file}）" if link.text else link.file for link in document.links[:_NAMED])
        yield Problem("report-linked", place, (), {"files": names})
        return
    listed = [] if has_claims else list(list_titles(document).values())
    if len(listed) >= _FEWEST_LISTED:
        yield Problem("report-list", place, (), {"titles": "、".join(listed[:_NAMED]), "count": len(listed)})
        return
    own = [form for form in forms.values() if not form.family]
    if year is None or year >= min(form.first_year for form in own):
        annexed = any(year is not None and form.covers(year) and not form.sections for form in own)
        yield Problem("no-annex" if annexed else "no-table", place)


def _start(document: Document) -> Location:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            return block.location
        if block.rows and block.rows[0].cells:
            return block.rows[0].cells[0].location
    return LostPlace("no content")


def _is_deduplicated(document: Document) -> bool:
    """Whether every line that came before was dropped from a text: then a figure that is missing was not blank."""
    lines = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    if len(lines) != len(document.blocks) or document.carrier not in ("text", "markdown"):
        return False
    short = Counter(line for line in lines if len(line) <= 12)
    return len(short) >= 12 and all(count == 1 for count in short.values()) and "0" in short


def _find_section_problems(paragraphs: Sequence[Paragraph], form: Form) -> list[Problem]:
    """Give a problem for each section of the form that is missing or out of order, where most of them are there."""
    found = place_sections(paragraphs, form)
    if not found:
        return []
    places = [numbers[0] if numbers else None for numbers in found]
    start = paragraphs[min(place for place in places if place is not None)].location
    problems = [
        Problem("missing-section", start, (), {"section": section[0]})
        for section, place in zip(form.sections, places, strict=True)
        if place is None
    ]
    last = -1
    for section, place in zip(form.sections, places, strict=True):
        if place is not None and place < last:
            problems.append(Problem("section-order", paragraphs[place].location, (), {"section": section[0]}))
        last = max(last, -1 if place is None else place)
    return problems


def _find_placeholders(paragraphs: Sequence[Paragraph]) -> list[Problem]:
    """Give a problem for each place where a figure or a name was meant to be filled in and was not."""
    return [
        Problem("placeholder", paragraph.location, (), {"text": fold(found.group()).strip()})
        for paragraph in paragraphs
        if _GAP.search(paragraph.text)
        for found in _UNFILLED.finditer(paragraph.text)
    ]
