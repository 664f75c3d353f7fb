"""A sentence read from left to right: each figure, and each word for none or for all, is matched with a phrase."""

from collections.abc import Sequence

from validator.model.wording import FIGURE

from .context import NOWHERE, Context, Draft
from .counts import read_count
from .grammar import Grammar
from .items import Frame
from .tokens import Token, scan
from .without_figures import read_all, read_none


class SentenceReader:
    """Reads sentence after sentence and keeps what later ones of the same paragraph lean on."""

    def __init__(self, grammar: Grammar, year: int | None) -> None:
        self._grammar, self._year = grammar, year
        self.context = Context()

    def open_paragraph(self, heading: str) -> None:
        """Forget what the paragraph before said; a heading may set the topic."""
        self.context = Context(disclosed_from=-1 if "公开" in heading else NOWHERE, headed=bool(heading))
        if "依申请" in heading or "公开申请" in heading:
            self.context.topic = "applications"

    def read(self, text: str, skipped: str = "") -> tuple[Frame, list[Draft]]:
        """Read one sentence, folded and without blanks: its tokens and its claims.

        `skipped` is what the paragraph said since the last one; a body that is the subject there still is.
        """
        grammar, context = self._grammar, self.context
        for said in (skipped, text):
            subject = grammar.wordings.subject.search(said)
            if subject is not None:
                context.subject = subject.group(1)
        frame = Frame(text, scan(text, grammar.wordings, self._year), grammar)
        if not frame.codes.startswith(grammar.codes["includes"]):
            context.next_sentence()
        places = [place for word in grammar.wordings.disclosure if (place := text.find(word)) >= 0]
        context.disclosed_from = min(places, default=NOWHERE) if context.disclosed_from == NOWHERE else -1
        self._open_topic(frame.codes)
        drafts: list[Draft] = []
        stack: list[Context] = []
        taken: set[int] = set()
        none, all_of = grammar.codes["none"], grammar.codes["all"]
        for index, token in enumerate(frame.tokens):
            code = frame.codes[index]
            if code == FIGURE:
                if token.figure is not None and index not in taken:
                    drafts += read_count(frame, index, token.figure, context, grammar, len(stack))
            elif code in grammar.noted:
                _note(frame, index, token, context, grammar)
            elif code == none:
                drafts += read_none(frame, index, context, grammar, taken)
            elif code == all_of:
                drafts += read_all(frame, index, context, grammar)
            elif code == "(":
                stack.append(context)
                context = context.copy()
                context.bodies = context.bodies[-1:]
            elif code == ")" and stack:
                context = stack.pop()
        self.context = stack[0] if stack else context
        return frame, [draft for draft in drafts if _stands(draft, drafts, context)]

    def _open_topic(self, codes: str) -> None:
        """Let a sentence that leans on no topic so far have the one that its words suggest."""
        if not self.context.topic:
            for topic, hints in self._grammar.wordings.hints.items():
                if any(hint in codes for hint in hints):
                    self.context.topic = topic


def _note(frame: Frame, index: int, token: Token, context: Context, grammar: Grammar) -> None:
    """Take in a word that sets the topic, the scope or the time."""
    kind = grammar.kinds[token.code]
    topic = grammar.wordings.topics.get(token.code)
    if topic is not None and topic != context.topic and _turns(frame, index, context, grammar):
        context.topic = topic
    if kind == "document":
        context.document = token.value
    elif kind.endswith(("measure", "measure_items")):
        context.measure = token.value
    elif kind in ("scope", "filed"):
        context.scope = frame.text[token.start : token.end]
    elif kind == "result":
        context.settled = context.settled or FIGURE not in frame.clause(index)
    elif kind == "own":
        context.subject = ""
    elif kind == "thisyear":
        context.elsewhere = False
    elif kind in ("time", "lastyear"):
        clause = frame.clause(index)
        if grammar.codes["compare"] not in clause and grammar.codes["carry"] not in clause:
            context.elsewhere = kind == "time" or FIGURE not in clause


def _turns(frame: Frame, index: int, context: Context, grammar: Grammar) -> bool:
    """Whether a word turns the topic: one of other things only where it is counted or dealt with.

    Away from such things the topic turns only where something is received, answered or published.
    """
    code = frame.codes[index]
    if code in grammar.strange:
        return FIGURE in frame.clause(index) or not grammar.acts.isdisjoint(frame.clause(index))
    if context.topic == "papers" and grammar.kinds[code] == "document":
        return True
    return context.topic not in ("papers", "treated") or not grammar.acts.isdisjoint(frame.clause(index))


def _stands(draft: Draft, drafts: Sequence[Draft], context: Context) -> bool:
    """Whether a claim holds in the company of the others of its sentence.

    A weak phrase needs an outcome beside it; a quantity given for several bodies is not the report's.
    """
    if draft.phrase is not None and draft.phrase.weak:
        strong = (other for other in drafts if other.phrase is not None and not other.phrase.weak)
        beside = any(other.reading == "outcome" for other in strong)
        if not beside and not (context.beside and draft.reading == "granted"):
            return False
    return not draft.scope or all(
        other.quantity != draft.quantity or other.scope in ("", draft.scope) for other in drafts
    )
