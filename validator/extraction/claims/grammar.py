"""The words of a form as reading needs them: sets of the codes of their kinds."""

from functools import lru_cache

from validator.model.wording import BODY, FIGURE, UNKNOWN, Wordings
from validator.patterns import Pattern

MARKS = frozenset(",;:()。")
_SILENT = ("respectively", "own", "scope", "about", "thisyear", "claimant", "decided", "now")
_BLOCKING = ("time", "compare", "change", "lastyear", "nextyear", "none", "extended", "helping", "portion")
_STRANGE = ("foreign", "paper", "treat")
_ACTS = ("receive", "handle", "publish", "post")
_EVENTS = (
    "receive added handle carry issue repeal in_force total_public publish proactive post decision occur withdraw "
    "passed_on absent hold attend equip answer decided"
)
_SIGNS = "outcome reason applicant channel result likely_result pending extended not_of not_ours lastyear nextyear"
_WORK = "application apply_count handle pending outcome reason result case carry document"
_FLOW = (
    "receive handle carry pending extended lastyear nextyear thisyear own now includes claimant respectively all "
    "channel applicant compare change about case result apply apply_count"
)
"""What is said of applications where nothing is named."""
_NOTED = (
    "own",
    "result",
    "scope",
    "filed",
    "thisyear",
    "now",
    "time",
    "lastyear",
    "document",
    "measure",
    "measure_items",
    "short_measure",
    "receive",
    "handle",
    "pending",
    "likely_result",
    "carry",
    "nextyear",
    "outcome",
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
        self.signs = frozenset(codes[kind] for kind in _SIGNS.split())
        self.events = frozenset(codes[kind] for kind in _EVENTS.split())
        self.hard = MARKS - {")"} | {codes["includes"]}
        self.silent = frozenset(codes[kind] for kind in _SILENT) | {"、"}
        self.blocking = frozenset(codes[kind] for kind in _BLOCKING)
        self.years = frozenset((codes["lastyear"], codes["nextyear"]))
        self.looking_back = frozenset((codes["change"], codes["lastyear"]))
        self.strange = frozenset(codes[kind] for kind in _STRANGE)
        self.acts = frozenset(codes[kind] for kind in _ACTS)
        self.content = self.signs | self.events | frozenset(wordings.nouns) | {codes["amount"]}
        self.away = frozenset(codes[kind] for kind in ("time", "compare", "change", "none", "helping", "portion"))
        self.bare = frozenset(codes[kind] for kind in ("apply", "apply_count", "info", "meeting"))
        self.lasting = frozenset((codes["course"], codes["complaint"]))
        self.ending = frozenset(codes[kind] for kind in ("case", "measure", "measure_items", "document"))
        self.grounds = frozenset((codes["reason"], codes["outcome"]))
        self.beside = frozenset(codes[kind] for kind in ("treat", "filed", "lapse"))
        self.about = frozenset(codes[kind] for kind in ("foi", "application", "cause", "occur"))
        self.work = frozenset(codes[kind] for kind in _WORK.split())
        self.aside = self.strange | self.blocking - self.years | {codes["filed"], codes["lapse"], codes["withdraw"]}
        self.flow = frozenset(codes[kind] for kind in _FLOW.split()) | MARKS | {"、", FIGURE, "%"}
        self.results = frozenset(codes[kind] for kind in ("result", "likely_result", "pending"))
        self.keeping = frozenset(codes[kind] for kind in ("repeal", "in_force"))
        expected = wordings.companions.items()
        self.companions = {topic: kinds | self.years | {UNKNOWN, BODY} for topic, kinds in expected}
        occur, case = codes["occur"], codes["case"]
        self.more_cases = Pattern(f"{occur}+{case}{occur}*(?:[,;。]|$)")
        self.noted = frozenset(codes[kind] for kind in _NOTED) | frozenset(wordings.topics)


@lru_cache(maxsize=8)
def grammar_of(wordings: Wordings, form_id: str) -> Grammar:
    """Give the grammar of a form, made once."""
    return Grammar(wordings, form_id)
