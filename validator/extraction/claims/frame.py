"""A sentence cut by its words into the pieces that belong to a figure."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from validator.model.wording import FIGURE
from validator.patterns import Pattern

from .grammar import MARKS, Grammar
from .tokens import ALIKE, Token

_LONGEST = 32
PERSONS = ("人", "名", "位")
_AND = ("和", "与", "及", "以及")
AND_THEN = Pattern(r"[并且、和及与]?(?:全部|及时|依法|已|均|都|按[照期时]?|依照?|规定|要求|法定|时限|期限)*")
"""What stands between two things done to the same applications: 收到并办理."""
_ITEMS = frozenset(("条", "条次", "篇"))
_SUMMED = ("共", "合计", "总计")
"""What goes on after a bracket, to give the figure of the noun before it: 公开信息(含35个栏目)共计768条."""
_BY_ACCESS = Pattern(r"(?=.*主动公开)(?=.*依申请公开).*(?:不予?|不宜|免[予于])公开")
_SORTED = Pattern(
    r"主动公开.*不予公开|不予公开.*主动公开|免[予于]公开|公开属性|(?<!未)制作|公文"
    r"|(?<!申请)(?:公开|发布)[^,;。]{0,6}信息[^。]*其中"
)


class Frame:
    """A sentence: its folded text, its tokens, and their codes in one string."""

    __slots__ = ("_grammar", "_marks", "_sorts", "codes", "listed", "shared", "text", "tokens")

    def __init__(self, text: str, tokens: Sequence[Token], grammar: Grammar) -> None:
        self.text, self.tokens, self._grammar = text, tokens, grammar
        codes = "".join([token.code for token in tokens])
        absent = grammar.codes["absent"]
        if absent in codes:
            # 不存在2件 is a kind of answer; without a figure it is a word for none.
            codes = re.sub(f"{absent}(?!{FIGURE})", grammar.codes["none"], codes)
        self.codes = codes
        self._marks: list[int] | None = None
        self._sorts: str | None = None
        self.listed: dict[int, list[int]] = {}
        self.shared: dict[int, list[list[int]]] = {}
        """The words of the members of a list that have one figure together: 新收、结转均为{0}件."""
        if grammar.codes["respectively"] in codes:
            self._distribute()
        if ALIKE.search(text):
            self._share()

    def _distribute(self) -> None:
        """Give the figures of "A、B分别为2件、1件" the words of their members; none where these are more or fewer."""
        codes, silent = self.codes, self._grammar.silent
        for found in re.finditer(
            f"{self._grammar.codes['respectively']}:?([^,;:()。N%]*)((?:[、,]?{FIGURE}(?:\\([^()]*\\))?){{2,}})", codes
        ):
            members = self._members(found.start())
            figures = [
                i
                for i in range(found.start(2), found.end(2))
                if codes[i] == FIGURE and codes.count("(", found.start(2), i) == codes.count(")", found.start(2), i)
            ]
            middle = [i for i in range(found.start(1), found.end(1)) if codes[i] not in silent]
            for number, figure in enumerate(figures):
                words = members[number] if len(members) == len(figures) else []
                self.listed[figure] = [*words, *middle] if words else []

    def _share(self) -> None:
        """Give the figure of "A、B均为2件" the words of each member."""
        for index, token in enumerate(self.tokens):
            if token.code == FIGURE and ALIKE.search(self.text[max(token.start - 4, 0) : token.start + 1]):
                alone = index > 0 and self.codes[index - 1] == self._grammar.codes["all"]
                members = self._members(index - alone)
                if len(members) > 1:
                    self.shared[index] = members

    def _members(self, stop: int) -> list[list[int]]:
        """Give the words of the members of the list that ends here, each with the noun that it shares."""
        codes, text, tokens, grammar = self.codes, self.text, self.tokens, self._grammar
        start = stop - 1 if codes[stop - 1 : stop] == "," else stop
        while start > 0 and codes[start - 1] not in grammar.hard and codes[start - 1] not in (FIGURE, "%"):
            start -= 1
        members: list[list[int]] = [[]]
        for index in range(start, stop):
            last = members[-1][-1:]
            if codes[index] == "、" or (last and text[tokens[last[0]].end : tokens[index].start].strip("“”") in _AND):
                members.append([])
            if codes[index] not in grammar.silent and codes[index] != ",":
                members[-1].append(index)
        while len(members[-1]) > 1 and codes[members[-1][-1]] not in grammar.content:
            members[-1].pop()  # 案件数量双下降
        return self._completed(members)

    def _completed(self, members: list[list[int]]) -> list[list[int]]:
        """Give members what others say for them: the noun; 规章、规范性文件制发数、废止数 are four."""
        codes, all_events = self.codes, self._grammar.events
        nouns = [[i for i in words if codes[i] in self._grammar.wordings.nouns] for words in members]
        events = [[i for i in words if codes[i] in all_events] for words in members]
        pivot = next((number for number, words in enumerate(events) if words), 0)
        if pivot and all(nouns[: pivot + 1]):
            stop = pivot + 1
            while stop < len(members) and events[stop] and not nouns[stop]:
                stop += 1
            done = [[*noun, *event] for noun in nouns[: pivot + 1] for event in events[pivot:stop]]
            return [*done, *members[stop:]]
        said: list[int] = next((words for words in nouns if words), [])
        for number, words in enumerate(nouns):
            said = words or said
            known = self._grammar.codes
            strange = known["carry"] in self.codes_of(members[number]) and known["case"] in self.codes_of(said)
            if not words and members[number] and not strange:
                members[number] = [*members[number], *said]
        return members

    def is_this_year(self, index: int) -> bool:
        """Whether a token names the year of the report."""
        return self.codes[index] == self._grammar.codes["thisyear"]

    def joins(self, index: int) -> bool:
        """Whether a figure is joined to what stands before it: 2名专职人员和3名兼职人员."""
        return index > 0 and self.text[self.tokens[index - 1].end : self.tokens[index].start] in _AND

    def is_now(self, index: int) -> bool:
        """Whether a token names the year of the report, or its end."""
        return self.codes[index] in (self._grammar.codes["thisyear"], self._grammar.codes["now"])

    def names_each(self, index: int) -> bool:
        """Whether a word for parts of the body names all of them: 全县政府系统各单位, 市政府各部门."""
        known, codes = self._grammar.codes, self.codes
        start = self.tokens[index].start
        own = codes[index - 1 : index] == known["own"] or self.text.endswith("政府", 0, start)
        return own and codes[index] == known["portion"] and self.text.startswith("各", start)

    def counts_items(self, unit: str) -> bool:
        """Whether a figure counts pieces of information, which the sentence sorts by kind, and no applications."""
        if self._sorts is None:
            known = self._grammar.codes
            asked = any(known[kind] in self.codes for kind in ("receive", "handle", "added"))
            by_access = _BY_ACCESS.match(self.text) is not None
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

    def word(self, index: int) -> str:
        """Give the text of a token."""
        token = self.tokens[index]
        return self.text[token.start : token.end]

    def codes_of(self, indices: Iterable[int]) -> set[str]:
        """Give the codes of some tokens."""
        codes = self.codes
        return {codes[index] for index in indices}

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
                summed = self.text[self.tokens[position].end : self.tokens[index].start].startswith(_SUMMED)
                if opening < 0 or (FIGURE in codes[opening:position] and not summed):
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
                found = [] if self.joins(index) else [i for i in found if i > mark]
                break
            if code == "%" and not found and codes[position + 1] == "(":
                position = len(codes[:position].rstrip(self._grammar.codes["compare"])) - 1
                continue  # 自然人占89%(47件)
            if code == self._grammar.codes["includes"] and self._sums_up(position, index):
                found, position = [], position - 1 - (codes[position - 1 : position] == ",")
                continue  # 公开政府信息,包括动态、公告等共320条
            if code == "%" or (code in hard and (found or not self._is_open(position, index))):
                break
            if code not in hard:
                found.append(position)
            position -= 1
        silent = self._grammar.silent
        if found[:1] == [index - 1] and codes[index - 1] == self._grammar.codes["all"]:
            del found[0]
        return [i for i in reversed(found) if codes[i] not in silent]

    def _sums_up(self, opened: int, figure: int) -> bool:
        """Whether a figure is that of all that a list before it names without figures: 包括动态、公告共320条."""
        words = self.text[self.tokens[opened].start : self.tokens[figure].start]
        return words.startswith(("包括", "包含")) and words.endswith(("共", "共计", "合计", "总计"))

    def _is_open(self, mark: int, figure: int) -> bool:
        """Whether a mark leaves a figure with the words before it: a colon, or a bracket around the figure alone."""
        code = self.codes[mark]
        return code == ":" or (code == "(" and mark == figure - 1 and self.codes[figure + 1 : figure + 2] == ")")

    def right_of(self, index: int) -> list[int]:
        """Give the tokens that follow a figure, up to the next mark or figure."""
        codes, hard, silent = self.codes, self._grammar.hard, self._grammar.silent
        found: list[int] = []
        # 1名(兼职)工作人员: a bracket right behind the figure that says of what kind they are.
        people = self.tokens[index].value in PERSONS
        closing = codes.find(")", index) if people and codes[index + 1 : index + 2] == "(" else -1
        inside = codes[index + 2 : closing] if closing > 0 else ""
        opened = index + 1 if len(inside) == 1 and inside not in hard and inside not in "N%" else -1
        for position in range(index + 1, min(len(codes), index + _LONGEST)):
            code = codes[position]
            if opened > 0 and position in (opened, closing):
                continue
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
        while stop < len(codes) and stop - index < _LONGEST and codes[stop] != ")":
            if codes[stop] in hard and not (codes[stop] == "," and self._grammar.more_cases.match(codes, stop + 1)):
                break  # 未产生行政复议,提起行政诉讼的情况
            if (codes[stop] == "、" and codes[stop + 1 : stop + 2] == none) or codes[stop] == none:
                break
            stop += 1
        if none in codes[start:index]:
            start = max(codes.rfind("、", start, index), start)
        return (
            [i for i in range(start, index) if codes[i] not in silent and codes[i] != ":"],
            [i for i in range(index + 1, stop) if codes[i] not in silent and codes[i] != ","],
        )

    def rest_of_list(self, stop: int) -> list[int]:
        """Give the words after a comma of a list, up to the next mark, unless a figure or a word for none is there."""
        codes, end = self.codes, stop
        while end < len(codes) and codes[end] not in MARKS:
            end += 1
        if {FIGURE, "%", self._grammar.codes["none"]} & set(codes[stop:end]):
            return []
        return [i for i in range(stop, end) if codes[i] not in self._grammar.silent]

    def shared_result(self, stop: int, right: Sequence[int]) -> list[int]:
        """Give the result that cases of a list share, from its comma on: 1件复议案件、2件诉讼案件仍在审理."""
        codes, case, results = self.codes, self._grammar.codes["case"], self._grammar.results
        end = stop
        while end < len(codes) and codes[end] not in MARKS:
            end += 1
        said = self.codes_of(right)
        last = codes.rfind(case, stop, end)
        if case not in said or said & results or codes.count(FIGURE, stop, end) != codes.count(case, stop, end):
            return []
        return [i for i in range(last + 1, end) if codes[i] in results]

    def clause(self, index: int) -> str:
        """Give the codes between the marks around a token."""
        if self._marks is None:
            self._marks = [-1, *(i for i, code in enumerate(self.codes) if code in MARKS), len(self.codes)]
        after = bisect_right(self._marks, index)
        before = after - 1 - (self._marks[after - 1] == index)
        start, stop = self._marks[before] + 1, self._marks[after]
        return self.codes[max(start, index - _LONGEST) : min(stop, index + 1 + _LONGEST)]
