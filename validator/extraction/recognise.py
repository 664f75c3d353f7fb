"""Which form a document holds: told by the words of its tables, not by the year alone."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from validator.model.document import Document, Paragraph
from validator.model.form import Form

from .labels import read_label
from .lexicon import lexicon_of, squeeze
from .lines import whole_row

_SHORT = 40
_FEWEST_KEYS = 2
_GENRE = ("政府信息公开", "政务公开", "信息公开工作", "依申请公开", "信息公开年度报告", "主动公开")


def recognise_form(document: Document, forms: Mapping[str, Form], year: int | None) -> Form | str | None:
    """Give the form of a document, "narrative" if it has no table of any form, None if it cannot be told which."""
    labels = _read_labels(document)
    other = {form.id: form for form in forms.values() if form.family}
    forms = {form.id: form for form in forms.values() if not form.family}
    scores = {form.id: len(_keys_of(form) & labels) for form in forms.values()}
    best = max(scores.values(), default=0)
    if not best:
        if kin := _find_kin(document, other, labels, year):
            return kin
        scores = {form.id: _prefix_hits(form, forms, labels) for form in forms.values()}
        best = max(scores.values(), default=0)
    if best:
        winners = [forms[form_id] for form_id, score in scores.items() if score == best]
        if len(winners) > 1:
            winners = _by_words(winners, labels, year)
        if len(winners) == 1:
            return winners[0]
    return _by_shared_tables(document, forms, labels, year)


def find_kin(document: Document, forms: Mapping[str, Form]) -> Form | None:
    """Give the form of another family than that of reports on disclosure which a document holds, if it holds one."""
    return _find_kin(document, {form.id: form for form in forms.values() if form.family}, _read_labels(document), None)


def _find_kin(document: Document, forms: Mapping[str, Form], labels: set[str], year: int | None) -> Form | None:
    """Such a form is called by its name, and some of its keys are printed: one may stand in any table by chance."""
    fitting = [form for form in forms.values() if len(_keys_of(form) & labels) >= _FEWEST_KEYS]
    if not fitting:
        return None
    text = squeeze("".join([document.title or "", *_texts(document)]))
    fitting = [form for form in fitting if any(squeeze(words) in text for words in form.about)]
    winners = _by_words(fitting, labels, year) if len(fitting) > 1 else fitting
    return winners[0] if len(winners) == 1 else None


def is_about_disclosure(document: Document) -> bool:
    """Whether a document speaks of government information disclosure at all."""
    title = document.title or ""
    if _names_genre(title) or any(map(_names_genre, _texts(document))):
        return True
    # It may be spelled with blanks, or broken over two lines.
    return _names_genre(squeeze("".join([title, *_texts(document)])))


def _names_genre(text: str) -> bool:
    return any(word in text for word in _GENRE)


def _by_words(forms: Sequence[Form], labels: set[str], year: int | None) -> list[Form]:
    """Tell forms apart that have the same keys, one following the other: by the labels printed, or else by the year.

    A single label may stand in the report by chance, or be damaged; so the year counts where no more speaks against it.
    """
    words = {form.id: _label_cores(form) for form in forms}
    hits = {form_id: len(cores & labels) for form_id, cores in words.items()}
    best = max(hits.values())
    if year is not None:
        near = [form for form in forms if form.covers(year) and hits[form.id] >= best - 1]
        if near:
            return near
    winners = [form for form in forms if hits[form.id] == best]
    fewest = min(len(words[form.id] - labels) for form in winners)
    return [form for form in winners if len(words[form.id] - labels) == fewest]


@lru_cache(maxsize=16)
def _label_cores(form: Form) -> frozenset[str]:
    """Give the words of all labels of rows and columns."""
    blocks = [block for table in form.tables for block in table.blocks]
    printed = [row.label.zh for block in blocks for row in block.rows]
    printed += [column.label.zh for block in blocks for column in block.columns]
    return frozenset(core for label in printed if len(core := read_label(label).core) > 1)


def _by_shared_tables(
    document: Document, forms: Mapping[str, Form], labels: set[str], year: int | None
) -> Form | str | None:
    """Tell forms apart that share most tables: by a row that only one of them has, or else by the year."""
    shared: dict[str, set[str]] = {
        form.id: {
            read_label(row.label.zh).core
            for table in form.tables
            for block in table.blocks
            for row in block.rows
            if len(read_label(row.label.zh).core) > 4
        }
        for form in forms.values()
    }
    hits = {form_id: len(cores & labels) for form_id, cores in shared.items()}
    best = max(hits.values(), default=0)
    blocks = {read_label(block.label).core for f in forms.values() for t in f.tables for block in t.blocks}
    if best < 3:
        printed = [form for form in forms.values() if year is not None and form.covers(year)]
        if len(printed) == 1 and any(whole_row(line, lexicon_of(printed[0])) for line in _lines(document)):
            return printed[0]
        return None if labels & blocks else "narrative"
    winners = [forms[form_id] for form_id, count in hits.items() if count == best]
    if len(winners) > 1 and year is not None:
        winners = [form for form in winners if form.covers(year)]
    return winners[0] if len(winners) == 1 else None


def _lines(document: Document) -> Iterator[str]:
    """Give paragraphs and rows as lines, their cells parted by blanks."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (" ".join(cell.text for cell in row.cells) for row in block.rows)


@lru_cache(maxsize=16)
def _keys_of(form: Form) -> set[str]:
    return {read_label(key).core for key in form.keys}


def _prefix_hits(form: Form, forms: Mapping[str, Form], labels: set[str]) -> int:
    """Count column labels of this form alone whose beginning is printed (header words that were cut)."""
    own, others = _column_cores(form), set[str]()
    for other in forms.values():
        if other.keys != form.keys:  # forms with the same keys are told apart by _by_words
            others |= _column_cores(other)
    cut = [label for label in labels if 3 <= len(label) <= 8]
    return sum(
        any(core.startswith(label) for core in own) and not any(core.startswith(label) for core in others)
        for label in cut
    )


def _column_cores(form: Form) -> set[str]:
    return {
        read_label(text).core
        for table in form.tables
        for block in table.blocks
        for column in block.columns
        for text in (column.label.zh, *column.aliases)
        if len(text) > 4
    }


def _texts(document: Document) -> Iterator[str]:
    """Give the texts of all paragraphs and cells in their order."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from [cell.text for row in block.rows for cell in row.cells]


def _read_labels(document: Document) -> set[str]:
    """Give the words of all labels that a document prints: its short texts that are not figures."""
    labels: set[str] = set()
    for text in set(_texts(document)):
        if 2 < len(text) <= _SHORT and not text.isascii():
            labels.add(read_label(text).core)
            if " " in text:
                # A line that holds a whole row of headers.
                labels.update(read_label(word).core for word in text.split() if len(word) > 2)
    labels.discard("")
    return labels
