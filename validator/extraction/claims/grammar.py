"""The words of a form as reading needs them, and a sentence cut by them into the pieces that belong to a figure."""

import re
from collections.abc import Sequence
from functools import lru_cache

from validator.model.wording import BODY, FIGURE, UNKNOWN, Wordings
from validator.patterns import Pattern

from .tokens import Token

_SILENT = ("respectively", "own", "scope", "about", "thisyear", "claimant", "decided", "now")
_BLOCKING = ("time", "compare", "change", "lastyear", "nextyear", "none", "extended", "helping", "portion")
_STRANGE = ("foreign", "paper", "treat")
_ACTS = ("receive", "handle", "publish", "post")
_EVENTS = (
    "receive added handle carry issue repeal in_force total_public publish proactive post decision occur withdraw "
    "passed_on absent hold attend equip answer decided"
)
ALL_ABOUT = Pattern(r"(?:均|都|全部|皆)[^,;:。\d]{0,6}信息公开")
_SIGNS = "outcome reason applicant channel result likely_result pending extended not_of lastyear nextyear"
_WORK = "application apply_count handle pending outcome reason result case carry document"
_FLOW = (
    "receive handle carry pending extended lastyear nextyear thisyear own now includes claimant respectively all "
    "channel applicant"
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
        self.hard = _MARKS - {")"} | {codes["includes"]}
        self.silent = frozenset(codes[kind] for kind in _SILENT) | {"、"}
        self.blocking = frozenset(codes[kind] for kind in _BLOCKING)
        self.years = frozenset((codes["lastyear"], codes["nextyear"]))
        self.looking_back = frozenset((codes["change"], codes["lastyear"]))
        self.strange = frozenset(codes[kind] for kind in _STRANGE)
        self.acts = frozenset(codes[kind] for kind in _ACTS)
        self.content = self.signs | self.events | frozenset(wordings.nouns)
        self.away = frozenset(codes[kind] for kind in ("time", "compare", "change", "none", "helping", "portion"))
        self.bare = frozenset(codes[kind] for kind in ("apply", "apply_count", "info", "meeting"))
        self.ending = frozenset(codes[kind] for kind in ("case", "measure", "measure_items", "document"))
        self.grounds = frozenset((codes["reason"], codes["outcome"]))
        self.beside = frozenset(codes[kind] for kind in ("treat", "filed", "lapse"))
        self.about = frozenset(codes[kind] for kind in ("foi", "application", "cause", "occur"))
        self.work = frozenset(codes[kind] for kind in _WORK.split())
        self.aside = self.strange | self.blocking - self.years | {codes["filed"], codes["lapse"], codes["withdraw"]}
        self.flow = frozenset(codes[kind] for kind in _FLOW.split()) | _MARKS | {FIGURE, "%"}
        self.results = frozenset(codes[kind] for kind in ("result", "likely_result", "pending"))
        self.keeping = frozenset(codes[kind] for kind in ("repeal", "in_force"))
        expected = wordings.companions.items()
        self.companions = {topic: kinds | self.years | {UNKNOWN, BODY} for topic, kinds in expected}
        self.noted = frozenset(codes[kind] for kind in _NOTED) | frozenset(wordings.topics)


@lru_cache(maxsize=8)
def grammar_of(wordings: Wordings, form_id: str) -> Grammar:
    """Give the grammar of a form, made once."""
    return Grammar(wordings, form_id)


_LONGEST = 32
_AND = ("和", "与", "及", "以及")
_MARKS = frozenset(",;:()。")
_ITEMS = frozenset(("条", "条次", "篇"))
_BY_ACCESS = ("主动公开", "依申请公开", "不")
_SORTED = Pattern(
    r"主动公开.*不予公开|不予公开.*主动公开|免[予于]公开|公开属性|制作|公文"
    r"|(?<!申请)(?:公开|发布)[^,;。]{0,6}信息[^。]*其中"
)


class Frame:
    """A sentence: its folded text, its tokens, and their codes in one string."""

    __slots__ = ("_grammar", "_sorts", "codes", "listed", "text", "tokens")

    def __init__(self, text: str, tokens: Sequence[Token], grammar: Grammar) -> None:
        self.text, self.tokens, self._grammar = text, tokens, grammar
        codes = "".join([token.code for token in tokens])
        absent = grammar.codes["absent"]
        if absent in codes:
            # 不存在2件 is a kind of answer; without a figure it is a word for none.
            codes = re.sub(f"{absent}(?!{FIGURE})", grammar.codes["none"], codes)
        self.codes = codes
        self._sorts: str | None = None
        self.listed = self._distribute() if grammar.codes["respectively"] in codes else {}

    def _distribute(self) -> dict[int, list[int]]:
        """Give the figures of "A、B分别为2件、1件" the words of their members; none where these are more or fewer."""
        codes, text, tokens, grammar = self.codes, self.text, self.tokens, self._grammar
        given: dict[int, list[int]] = {}
        for found in re.finditer(
            f"{grammar.codes['respectively']}:?([^,;:()。N%]*)({FIGURE}(?:[、,]?{FIGURE})+)", codes
        ):
            stop = found.start()
            start = stop - 1 if codes[stop - 1 : stop] == "," else stop
            while start > 0 and codes[start - 1] not in grammar.hard and codes[start - 1] not in (FIGURE, "%"):
                start -= 1
            members: list[list[int]] = [[]]
            for index in range(start, stop):
                last = members[-1][-1:]
                if codes[index] == "、" or (last and text[tokens[last[0]].end : tokens[index].start] in _AND):
                    members.append([])
                if codes[index] not in grammar.silent and codes[index] != ",":
                    members[-1].append(index)
            while len(members[-1]) > 1 and codes[members[-1][-1]] not in grammar.content:
                members[-1].pop()  # 案件数量双下降
            figures = [i for i in range(found.start(2), found.end(2)) if codes[i] == FIGURE]
            shared = [i for i in members[-1] if codes[i] in grammar.wordings.nouns]
            middle = [i for i in range(found.start(1), found.end(1)) if codes[i] not in grammar.silent]
            for number, figure in enumerate(figures):
                words = members[number] if len(members) == len(figures) else []
                bare = not any(codes[i] in grammar.wordings.nouns for i in words)
                given[figure] = [*words, *(i for i in shared if bare and i not in words), *middle] if words else []
        return given

    def is_this_year(self, index: int) -> bool:
        """Whether a token names the year of the report."""
        return self.codes[index] == self._grammar.codes["thisyear"]

    def counts_items(self, unit: str) -> bool:
        """Whether a figure counts pieces of information, which the sentence sorts by kind, and no applications."""
        if self._sorts is None:
            known = self._grammar.codes
            asked = any(known[kind] in self.codes for kind in ("receive", "handle", "added"))
            by_access = all(word in self.text for word in _BY_ACCESS)
            self._sorts = "" if asked else "any" if by_access else "items" if _SORTED.search(self.text) else ""
        return self._sorts == "any" or (self._sorts == "items" and unit in _ITEMS)

    def exemplifies(self, reasons: Sequence[Token], outcomes: Sequence[Token]) -> bool:
        """Whether grounds only exemplify the group that the words name with them: 重复申请等不予处理3件."""
        if len({token.value for token in reasons}) > 1 and outcomes:
            return True
        rest = self.text[reasons[-1].end : reasons[-1].end + 3]
        if outcomes or "等" in rest or rest[:1] in "和及与、":
            return "等" in rest or rest[:1] in "和及与、"
        start = reasons[-1].end
        marks = (self.text.find(mark, start) for mark in ",;:()。")
        stop = min((mark for mark in marks if mark >= 0), default=len(self.text))
        return any(t.code == self._grammar.codes["outcome"] and start <= t.start < stop for t in self.tokens)

    def piece(self, indices: Sequence[int]) -> str:
        """Give the codes of some tokens as one string."""
        codes = self.codes
        return "".join([codes[index] for index in indices])

    def left_of(self, index: int) -> list[int]:
        """Give the tokens that lead up to a figure, in order."""
        if index in self.listed:
            return self.listed[index]
        codes, hard = self.codes, self._grammar.hard
        found: list[int] = []
        position = index - 1
        while position >= 0 and len(found) < _LONGEST:
            code = codes[position]
            if code == ")":
                opening = codes.rfind("(", 0, position)
                if opening < 0 or FIGURE in codes[opening:position]:
                    break
                # Of a bracket without a figure only the ground that it gives counts: 不予公开(内部事务信息)2件.
                reason = self._grammar.codes["reason"]
                found.extend(i for i in range(position - 1, opening, -1) if codes[i] == reason)
                position = opening - 1
                continue
            if code == FIGURE:
                if not found and position == index - 1:
                    return self.left_of(position)
                mark = codes.find("、", position, index)
                found = [i for i in found if i > mark]
                break
            if code == "%" or (code in hard and (found or not self._is_open(position, index))):
                break
            if code not in hard:
                found.append(position)
            position -= 1
        silent = self._grammar.silent
        if found[:1] == [index - 1] and codes[index - 1] == self._grammar.codes["all"]:
            del found[0]
        return [i for i in reversed(found) if codes[i] not in silent]

    def _is_open(self, mark: int, figure: int) -> bool:
        """Whether a mark leaves a figure with the words before it: a colon, or a bracket around the figure alone."""
        code = self.codes[mark]
        return code == ":" or (code == "(" and mark == figure - 1 and self.codes[figure + 1 : figure + 2] == ")")

    def right_of(self, index: int) -> list[int]:
        """Give the tokens that follow a figure, up to the next mark or figure."""
        codes, hard, silent = self.codes, self._grammar.hard, self._grammar.silent
        found: list[int] = []
        for position in range(index + 1, min(len(codes), index + _LONGEST)):
            code = codes[position]
            if code in hard or code in ")、N%":
                break
            if code not in silent:
                found.append(position)
        return found

    def around(self, index: int) -> tuple[list[int], list[int]]:
        """Give the tokens before and after a word for none or for all, from mark to mark.

        A list of which each member has its own word (无复议、无诉讼) is parted at its commas.
        """
        codes, hard, silent, none = self.codes, self._grammar.hard, self._grammar.silent, self._grammar.codes["none"]
        start, stop = index, index + 1
        if codes[start - 1 : start] == ":":
            start -= 1
        while start > 0 and index - start < _LONGEST and codes[start - 1] not in hard and codes[start - 1] not in "N%":
            start -= 1
        while stop < len(codes) and stop - index < _LONGEST and codes[stop] not in hard and codes[stop] != ")":
            if codes[stop] == "、" and codes[stop + 1 : stop + 2] == none:
                break
            stop += 1
        if none in codes[start:index]:
            start = max(codes.rfind("、", start, index), start)
        return (
            [i for i in range(start, index) if codes[i] not in silent and codes[i] != ":"],
            [i for i in range(index + 1, stop) if codes[i] not in silent],
        )

    def shared_result(self, stop: int, right: Sequence[int]) -> list[int]:
        """Give the result that cases of a list share, from its comma on: 1件复议案件、2件诉讼案件仍在审理."""
        codes, case, results = self.codes, self._grammar.codes["case"], self._grammar.results
        end = stop
        while end < len(codes) and codes[end] not in _MARKS:
            end += 1
        said = {codes[i] for i in right}
        last = codes.rfind(case, stop, end)
        if case not in said or said & results or codes.count(FIGURE, stop, end) != codes.count(case, stop, end):
            return []
        return [i for i in range(last + 1, end) if codes[i] in results]

    def clause(self, index: int) -> str:
        """Give the codes between the marks around a token."""
        codes = self.codes
        start, stop = index, index + 1
        while start > 0 and index - start < _LONGEST and codes[start - 1] not in _MARKS:
            start -= 1
        while stop < len(codes) and stop - index < _LONGEST and codes[stop] not in _MARKS:
            stop += 1
        return codes[start:stop]
