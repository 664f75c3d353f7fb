"""The wordings of a form made ready for reading: its phrases, and the kinds of words that reading itself must know."""

from functools import lru_cache

from validator.model.wording import Wordings

from .matching import Matcher

_MARKS = ",;:(。"
_SILENT = ("own", "scope", "about", "thisyear", "claimant")
_BLOCKING = ("time", "compare", "change", "lastyear", "nextyear", "none", "extended", "helping")
_STRANGE = ("foreign", "paper", "treat")
_ACTS = ("receive", "handle", "publish", "post")
_NOTED = (
    "own",
    "result",
    "scope",
    "filed",
    "thisyear",
    "time",
    "lastyear",
    "document",
    "measure",
    "measure_items",
    "short_measure",
)


class Grammar:
    """What reading needs to know of the wordings for one form. All sets are of the codes of kinds of words.

    `hard` codes end a piece of a sentence and `silent` ones say nothing inside it. Before a phrase, `blocking` ones
    make its figure no claim (`years` among them name the year before and the year after), and `strange` ones make it
    something else's. `looking_back` ones compare with last year, `acts` are receiving, handling and publishing;
    `noted` words change what later figures lean on.
    """

    def __init__(self, wordings: Wordings, form_id: str) -> None:
        codes = wordings.codes
        self.wordings = wordings
        self.form_id: str = form_id
        self.codes = codes
        self.kinds = {code: kind for kind, code in codes.items()}
        self.known = wordings.known[form_id]
        self.keys = wordings.keys.get(form_id, ())
        self.matcher = Matcher(wordings.phrases, form_id)
        self.hard = frozenset(_MARKS) | {codes["includes"]}
        self.silent = frozenset(codes[kind] for kind in _SILENT) | {"、"}
        self.blocking = frozenset(codes[kind] for kind in _BLOCKING)
        self.years = frozenset((codes["lastyear"], codes["nextyear"]))
        self.looking_back = frozenset((codes["change"], codes["lastyear"]))
        self.strange = frozenset(codes[kind] for kind in _STRANGE)
        self.acts = frozenset(codes[kind] for kind in _ACTS)
        self.noted = frozenset(codes[kind] for kind in _NOTED) | frozenset(wordings.topics)


@lru_cache(maxsize=8)
def grammar_of(wordings: Wordings, form_id: str) -> Grammar:
    """Give the grammar of a form, made once."""
    return Grammar(wordings, form_id)
