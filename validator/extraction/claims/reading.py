"""A sentence read from left to right: each figure, and each word for none or for all, is matched with a phrase."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from validator.model.form import FormId
from validator.model.report import Number
from validator.model.wording import FIGURE, UNKNOWN, Phrase, Wordings

from .context import Context
from .items import Frame
from .matching import Match, Matcher, matcher_of
from .tokens import Token, scan

_BODY = re.compile(
    r"(?:局|委|厅|办|室|中心|政府|街道|镇|乡|县|区|市|省|公司|医院|学校|支队|大队|处|所|站|院|部门|单位|名义)$"
)
_HARD = ",;:(。"
_BLOCKING = ("time", "compare", "change", "lastyear", "nextyear", "none", "extended")
_STRANGE = ("foreign", "paper")
_NOTED = frozenset(
    (
        "application",
        "case",
        "document",
        "measure",
        "measure_items",
        "short_measure",
        "foreign",
        "paper",
        "scope",
        "thisyear",
    )
    + ("time", "lastyear")
)
_SILENT = ("own", "scope", "about", "thisyear", "claimant")
_HEAD_UNITS = frozenset("件条起宗项例份个次封人")


@dataclass(slots=True)
class Draft:
    """A quantity read in a sentence, with the characters of the folded text that state it."""

    quantity: str
    value: Number
    start: int
    end: int
    approximate: bool
    scope: str
    phrase: Phrase
    reading: str


class SentenceReader:
    """Reads the sentences of one paragraph after another, keeping what they lean on."""

    def __init__(self, wordings: Wordings, form_id: FormId, year: int | None) -> None:
        self._wordings, self._form_id, self._year = wordings, form_id, year
        self._matcher: Matcher = matcher_of(wordings, form_id)
        self._known = wordings.known[form_id]
        code = wordings.codes
        self._kinds = {character: kind for kind, character in code.items()}
        self._hard = frozenset(_HARD) | {code["includes"]}
        self._silent = frozenset(code[kind] for kind in _SILENT) | {"、"}
        self._blocking = frozenset(code[kind] for kind in _BLOCKING)
        self._strange = frozenset(code[kind] for kind in _STRANGE)
        self._acts = frozenset((code["receive"], code["handle"], code["publish"]))
        self.context = Context()

    def open_paragraph(self, heading: str) -> None:
        """Forget what the paragraph before said; a heading may set the topic."""
        self.context = Context(disclosure="公开" in heading)
        if "依申请" in heading or "公开申请" in heading:
            self.context.topic = "applications"

    def read(self, text: str) -> list[Draft]:
        """Read one sentence, folded and without blanks."""
        self.context.next_sentence()
        self.context.disclosure |= "信息公开" in text or "依申请" in text or "公开申请" in text or "政务公开" in text
        tokens = scan(text, self._wordings, self._year)
        codes = "".join([token.code for token in tokens])
        frame = Frame(tokens, codes, self._hard, self._silent, self._wordings.codes["reason"])
        self._open_topic(codes)
        drafts: list[Draft] = []
        stack: list[Context] = []
        taken: set[int] = set()
        for index, token in enumerate(tokens):
            kind = self._kinds.get(token.code, "")
            if token.code == FIGURE:
                if index not in taken:
                    drafts += self._read_count(frame, index, text, stack)
            elif kind == "none":
                drafts += self._read_none(frame, index, taken)
            elif kind == "all":
                drafts += self._read_all(frame, index)
            elif token.code == "(":
                stack.append(self.context)
                self.context = self.context.copy()
                self.context.bodies = self.context.bodies[-1:]
            elif token.code == ")" and stack:
                self.context = stack.pop()
            elif kind in _NOTED:
                self._note(kind, token, index, codes)
        if stack:
            self.context = stack[0]
        return [d for d in drafts if (not d.phrase.weak or _in_company(d, drafts)) and not _is_one_of_many(d, drafts)]

    def _open_topic(self, codes: str) -> None:
        """Let a sentence that names no topic before its first figure have the one that all of it suggests."""
        if self.context.topic:
            return
        for topic, hints in self._wordings.hints.items():
            if hints[0] in codes or sum(codes.count(hint) for hint in hints) >= 1:
                self.context.topic = topic

    def _note(self, kind: str, token: Token, index: int, codes: str) -> None:
        """Take in a word that sets the topic, the scope or the time."""
        context = self.context
        topic = self._wordings.topics.get(token.code)
        if topic is not None and (kind not in ("foreign", "paper") or self._acts_on(index, codes)):
            if context.topic != "papers" or self._acts.intersection(codes[slice(*self._bounds(index, codes))]):
                context.topic = topic
        if kind == "document":
            context.document = token.value
        elif kind in ("measure", "measure_items", "short_measure"):
            context.measure = token.value
        elif kind == "scope":
            context.scope = token.value or kind
        elif kind == "thisyear":
            context.elsewhere = False
        elif kind in ("time", "lastyear") and not self._is_compared(index, codes):
            context.elsewhere = kind == "time" or self._stands_alone(index, codes)

    def _acts_on(self, index: int, codes: str) -> bool:
        start, stop = self._bounds(index, codes)
        return any(code == FIGURE or code in self._acts for code in codes[start:stop])

    def _is_compared(self, index: int, codes: str) -> bool:
        start, stop = self._bounds(index, codes)
        return (
            self._wordings.codes["compare"] in codes[start:stop] or self._wordings.codes["carry"] in codes[start:stop]
        )

    def _stands_alone(self, index: int, codes: str) -> bool:
        start, stop = self._bounds(index, codes)
        return FIGURE not in codes[start:stop]

    def _bounds(self, index: int, codes: str) -> tuple[int, int]:
        start, stop = index, index + 1
        while start > 0 and codes[start - 1] not in ",;:()。":
            start -= 1
        while stop < len(codes) and codes[stop] not in ",;:()。":
            stop += 1
        return start, stop

    def _read_count(self, frame: Frame, index: int, text: str, stack: Sequence[Context]) -> list[Draft]:
        figure = frame.tokens[index].figure
        if figure is None:
            return []
        left, right = frame.left_of(index), frame.right_of(index)
        piece = [*left, index, *right]
        codes = "".join([frame.codes[i] for i in piece])
        context = self.context
        for match in self._matcher.matches("count", codes, context.topic):
            phrase = match.phrase
            if figure.unit not in phrase.units or (stack and not phrase.in_brackets):
                continue
            if phrase.about_disclosure and not context.disclosure:
                continue
            if context.topic == "papers" and not self._acts.intersection(codes[match.start : match.stop]):
                continue
            scope = self._scope_before(frame, piece[: match.start], text, stack, phrase)
            if scope is None or context.elsewhere and "lastyear" not in phrase.text:
                return []
            span = [frame.tokens[i] for i in piece[match.start : match.stop]]
            quantities = self._quantities(phrase, span)
            if not quantities and "{act}" in phrase.quantities.get(self._form_id, ""):
                continue
            if phrase.gives == "documents" and len(quantities) == 1:
                context.act = quantities[0].rpartition(".")[2]
            self._remember(phrase, span, figure.value)
            about = figure.approximate or self._wordings.codes["about"] in frame.codes[max(index - 2, 0) : index]
            return [
                Draft(quantity, figure.value, figure.start, figure.end, about, scope, phrase, reading)
                for quantity, reading in self._joined(quantities, figure.value, phrase)
            ]
        last = frame.codes[left[-1]] if left else ""
        if last in (UNKNOWN, self._wordings.codes["foreign"]) and figure.unit in _HEAD_UNITS:
            if not any(frame.codes[i] in self._blocking for i in left):
                context.topic = "other"
        return []

    def _scope_before(
        self, frame: Frame, before: Sequence[int], text: str, stack: Sequence[Context], phrase: Phrase
    ) -> str | None:
        """Give the scope that the words before a phrase set, "" if none; None if they make it no claim at all."""
        for position in before:
            code = frame.codes[position]
            if code in self._blocking or (code in self._strange and phrase.gives != "disclosure"):
                return None
            if code == UNKNOWN:
                token = frame.tokens[position]
                name = text[token.start : token.end]
                if _BODY.search(name):
                    return None if stack or self._is_listed(frame, position) else name
        return self.context.scope

    def _is_listed(self, frame: Frame, position: int) -> bool:
        before = frame.codes[:position].rstrip(",:")
        return before.endswith((self._wordings.codes["includes"], "、"))

    def _read_none(self, frame: Frame, index: int, taken: set[int]) -> list[Draft]:
        before, after = frame.around(index)
        if any(frame.codes[i] in self._blocking for i in before) or self.context.elsewhere:
            return []
        for piece in ([index, *after], [*before, index, *after]):
            codes = "".join([frame.codes[i] for i in piece])
            drafts: list[Draft] = []
            for match in self._matcher.matches("none", codes, self.context.topic):
                phrase = match.phrase
                if match.start > 0 or (phrase.about_disclosure and not self.context.disclosure):
                    continue
                if any(draft.phrase.reading == phrase.reading for draft in drafts):
                    continue
                taken.update(i for i in piece if frame.codes[i] == FIGURE)
                span = [frame.tokens[i] for i in piece[match.start : match.stop]]
                self._remember(phrase, span, 0)
                start, end = self._words_of_none(frame, index)
                drafts += [
                    Draft(quantity, 0, start, end, False, self.context.scope, phrase, phrase.reading)
                    for quantity in self._quantities(phrase, span)
                ]
            if drafts:
                return drafts
        return []

    def _words_of_none(self, frame: Frame, index: int) -> tuple[int, int]:
        """Give the characters of a word for none with the verb that follows it at once."""
        token = frame.tokens[index]
        start, end = token.start, token.end
        if index + 1 < len(frame.tokens):
            follower = frame.tokens[index + 1]
            if follower.start == end and self._kinds.get(follower.code) in (
                "receive",
                "occur",
                "issue",
                "decision",
                "repeal",
            ):
                end = follower.end
        return start, end

    def _read_all(self, frame: Frame, index: int) -> list[Draft]:
        before, after = frame.around(index)
        piece = [*before, index, *after]
        codes = "".join([frame.codes[i] for i in piece])
        head = self.context.head
        if head is None:
            return []
        for match in self._matcher.matches("all", codes, self.context.topic):
            span = [frame.tokens[i] for i in piece[match.start : match.stop]]
            last = span[-1] if span[-1].code != "all" else span[-1]
            values = [t for t in span if t.start >= frame.tokens[index].start and t.value]
            end = values[0].end if values else last.end
            start = frame.tokens[index].start
            return [
                Draft(quantity, head, start, end, False, self.context.scope, match.phrase, match.phrase.reading)
                for quantity in self._quantities(match.phrase, span)
            ]
        return []

    def _quantities(self, phrase: Phrase, span: Sequence[Token]) -> list[str]:
        """Give the addresses that a matched phrase states: one, or several where words of a kind are joined."""
        template = phrase.quantities.get(self._form_id, "")
        if not template:
            return []
        addresses = list(dict.fromkeys(template.format(**fields) for fields in self._fields(template, span)))
        known = [a for a in addresses if a in self._known or a.startswith("narrative.")]
        return known if len(known) == len(addresses) else []

    def _fields(self, template: str, span: Sequence[Token]) -> Iterable[dict[str, str]]:
        context = self.context
        fields = {
            "row": context.row,
            "body": context.bodies[-1] if len(context.bodies) == 1 else "",
            "document": context.document,
            "measure": context.measure,
            "act": context.act,
        }
        joined: list[tuple[str, str]] = []
        for token in span:
            kind = self._kinds.get(token.code, "").removeprefix("short_").removesuffix("_items")
            if token.value:
                if kind == "reason":
                    fields["reason_"] = token.value.replace(".", "_")
                if kind == "case" and "{body}" in template:
                    fields["body"] = token.value
                fields[kind] = token.value
                if "{" + kind + "}" in template:
                    joined.append((kind, token.value))
        kinds = {kind for kind, _ in joined}
        if len(kinds) == 1 and len(joined) > 1 and "handle" not in kinds:
            return [fields | {kind: value} for kind, value in joined]
        return [fields]

    def _joined(self, quantities: list[str], value: Number, phrase: Phrase) -> list[tuple[str, str]]:
        """Make one claim of a figure for several quantities together, unless it is zero for each of them."""
        if len(quantities) > 1 and value:
            return [("narrative.joint", "+".join(quantities))]
        return [(quantity, phrase.reading) for quantity in quantities]

    def _remember(self, phrase: Phrase, span: Sequence[Token], value: Number) -> None:
        context = self.context
        context.topic = phrase.gives
        if phrase.reading == "cases":
            cases = tuple(dict.fromkeys(t.value for t in span if self._kinds.get(t.code) == "case"))
            context.bodies = cases if context.settled or not value else (*context.bodies, *cases)
            context.settled = False
        elif phrase.reading == "results":
            context.bodies, context.settled = context.bodies[-1:], True
        elif phrase.row and "{" not in phrase.row:
            context.row, context.head = phrase.row, value


def _is_one_of_many(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether the sentence gives the same quantity for several bodies, this one's being one of them."""
    return bool(draft.scope) and any(
        other.quantity == draft.quantity and other.scope not in ("", draft.scope) for other in drafts
    )


def _in_company(draft: Draft, drafts: Sequence[Draft]) -> bool:
    return any(not other.phrase.weak and other.phrase.reading == "outcome" for other in drafts)
