"""How prose words the quantities of the forms: words sorted into kinds, and which of them stand together.

Everything here is data (rules/claims); how it is applied to a text is the business of extraction.
"""

from collections.abc import Mapping

import msgspec

from validator.patterns import Pattern

FIGURE = "N"
"""The code of a figure."""

UNKNOWN = "x"
"""The code of text that no word of the data covers."""

BODY = "b"
"""The code of such text if it ends as names of bodies do (局, 办公室, 政府)."""


class Word(msgspec.Struct, frozen=True, array_like=True):
    """What a word means: the code of its kind (one character; "" for a word that says nothing) and its value."""

    code: str
    value: str = ""


class Wording(msgspec.Struct, frozen=True, array_like=True):
    """Words that stand around a figure in any order, and the quantity that they state together.

    Of each set of codes in `words` one must be there, and none of `without`; `after` is the row or the reading of the
    claim before, "" for any. `quantities` gives the address for each form, with fields for the values of words; a form
    without one makes no claim. `gives` is the topic that it sets, `row` the row that figures after it lean on. A word
    of a code in `turns` gives the claim another reading. For the forms in `doubtful` its claims are not sure.
    """

    text: str
    words: tuple[frozenset[str], ...]
    without: frozenset[str]
    quantities: Mapping[str, str]
    gives: str
    units: frozenset[str]
    example: str
    after: str = ""
    row: str = ""
    reading: str = ""
    turns: tuple[tuple[str, str], ...] = ()
    doubtful: frozenset[str] = frozenset()


class Wordings(msgspec.Struct, frozen=True, eq=False, array_like=True):
    """All that is known of how prose words quantities.

    `codes` maps the name of a kind to its code, `topics` a code to the topic it opens, `hints` a topic to the codes
    that suggest it. `first_years` are those of the forms of reports on disclosure, in their order. `known` are the
    addresses of each form, computed ones among them. `starts` gives for the first and the second character of a
    word the lengths to try, longest first ("" for a word of one character). `keys` are words of which a sentence
    must hold one to be read; `fillers` are single characters that say nothing at the edges of unknown text. `sign`
    finds the words of which a clause without a figure must hold one to matter, `disclosure` are the words after
    which a text speaks of disclosure, `labels` finds those of the form with which all of a
    sentence does, `body` the ends of names of bodies, `subject` finds one that a sentence
    begins with, `sayings` what is said of all of them. `nouns` maps the code of a noun to the topic that it is of,
    `companions` a topic to the codes that leave its claims sure, `wordings` a topic to those that are tried in
    turn. Words of one character of the codes in `alone` count only where they stand by themselves.
    """

    words: Mapping[str, Word]
    starts: Mapping[str, Mapping[str, tuple[int, ...]]]
    codes: Mapping[str, str]
    topics: Mapping[str, str]
    hints: Mapping[str, str]
    first_years: Mapping[str, int]
    known: Mapping[str, frozenset[str]]
    keys: Mapping[str, tuple[str, ...]]
    fillers: str
    sign: Pattern
    disclosure: tuple[str, ...]
    labels: Pattern
    body: Pattern
    subject: Pattern
    sayings: Mapping[str, Pattern]
    nouns: Mapping[str, str]
    companions: Mapping[str, frozenset[str]]
    wordings: Mapping[str, tuple[Wording, ...]]
    alone: frozenset[str]

    def form_of(self, year: int | None) -> str:
        """Give the form whose addresses prose of a year takes: the last, if the year is not known, else the first."""
        begun = [form_id for form_id, first_year in self.first_years.items() if year is None or first_year <= year]
        return begun[-1] if begun else next(iter(self.first_years))
