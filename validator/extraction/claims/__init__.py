"""read_claims: the quantities that running text states and a table of the form can confirm or deny."""

from collections.abc import Sequence

from validator.model.document import Paragraph
from validator.model.form import FormId
from validator.model.report import Claim
from validator.model.wording import Wordings

from .reading import Draft, SentenceReader
from .sentences import Sentence, split_sentences

__all__ = ["read_claims"]


def read_claims(
    paragraphs: Sequence[Paragraph],
    line_per_paragraph: bool,
    form_id: FormId | str | None,
    year: int | None,
    wordings: Wordings,
) -> tuple[Claim, ...]:
    """Read the claims of the text outside the tables, in order.

    Addresses are those of the form; where it is not known, those of the form of the report's year.
    """
    form: FormId = form_id if form_id in ("2014", "2019", "2021") else _form_of(year)
    reader = SentenceReader(wordings, form, year)
    keys = wordings.keys[form]
    claims: list[Claim] = []
    paragraph = -1
    for sentence in split_sentences(paragraphs, line_per_paragraph):
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            reader.open_paragraph(sentence.heading)
        folded = sentence.folded
        for key in keys:
            if key in folded:
                claims += [_claim(draft, sentence) for draft in reader.read(folded)]
                break
    return tuple(claims)


def _form_of(year: int | None) -> FormId:
    if year is None or year >= 2021:
        return "2021"
    return "2019" if year >= 2019 else "2014"


def _claim(draft: Draft, sentence: Sentence) -> Claim:
    offset = sentence.offset(draft.start)
    end = sentence.offset(draft.end - 1) + 1
    return Claim(
        text=sentence.text,
        span=sentence.text[offset:end],
        offset=offset,
        value=draft.value,
        approximate=draft.approximate,
        quantity=draft.quantity,
        location=sentence.location(offset),
        scope=draft.scope,
        reading=draft.reading,
    )
