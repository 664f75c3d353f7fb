"""The text of one paragraph as Word shows it, out of its runs, fields, changes and content controls."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from validator.characters import LOWERED, RAISED, lay_level
from validator.readers.package import Element

from .parts import (
    ALTERNATE,
    BREAK,
    COMPATIBILITY,
    DRAWING,
    FIELD_CODE,
    FIELD_MARK,
    FORMULA,
    HYPHEN,
    KINDS,
    MATH,
    NOTE,
    RUN,
    SYMBOL,
    TAB,
    TEXT,
    THROUGH,
    UNSEEN,
    WORD,
)
from .styles import Marks, RunMark, Style

OBJECT = "\ufffc"
"""Stands for something that is shown and is no text, so that its place is not taken for blank."""

_SIGNS = {TAB: "\t", BREAK: "\n", HYPHEN: "-"}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = " \t\r\n"
_FALLBACK = f"{COMPATIBILITY}Fallback"
_BOX = f"{WORD}txbxContent"
_INLINE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"
_VML = "{urn:schemas-microsoft-com:vml}"
_SHOWN_BY_CODE = ("EQ", "SYMBOL", "FORMDROPDOWN")
"""Fields whose text is made when they are shown and stands nowhere else."""

_SHIFTS = {"superscript": RAISED, "subscript": LOWERED}


class NoteReference(NamedTuple):
    """A mark in the text that refers to a note: "footnotes" or "endnotes", and the note's id."""

    kind: str
    note: str


class _Field(msgspec.Struct):
    """An open field: where its text begins in the pieces, its code, and whether its result has begun."""

    start: int
    code: str = ""
    has_result: bool = False


class Line(msgspec.Struct):
    """The open paragraph: its text so far, and what was met in it that is read elsewhere.

    `boxes` are text boxes anchored in it, `drawings` what is drawn there, `notes` what it refers to, `objects` counts
    pictures set in the line, `hidden` pieces of text that are hidden.
    """

    marks: Marks
    pieces: list[str] = msgspec.field(default_factory=list)
    boxes: list[Element] = msgspec.field(default_factory=list)
    drawings: list[Element] = msgspec.field(default_factory=list)
    notes: list[NoteReference] = msgspec.field(default_factory=list)
    objects: int = 0
    hidden: int = 0
    hides: bool = False
    strikes: bool = False
    shifted: bool = False
    _fields: list[_Field] = msgspec.field(default_factory=list)

    def read(self, parent: Element, style: Style | None = None) -> None:
        """Add what a paragraph, or an element like it, holds; its style may hide text or strike it out."""
        self.hides = style is not None and bool(style.hidden)
        self.strikes = style is not None and bool(style.struck)
        self._read_inside(parent)
        # A field whose end is missing hides nothing; one that goes on has only its result there.
        self._fields.clear()

    def take(self) -> str:
        """Give the text of the line and begin another."""
        text = "".join(self.pieces).strip()
        self.pieces.clear()
        if self.shifted:
            self.shifted = False
            text = lay_level(text)
        return text

    def _read_inside(self, parent: Element) -> None:
        for child in parent:
            kind = KINDS.get(child.tag, UNSEEN)
            if kind in (RUN, FORMULA):
                self.read_piece(child, kind)
            elif kind == THROUGH:
                self._read_inside(child)
            elif kind == ALTERNATE:
                for choice in choose(child):
                    self._read_inside(choice)

    def read_piece(self, run: Element, kind: int) -> None:
        """Add a run, or a formula if it is of that kind."""
        if kind == FORMULA:
            self._read_formula(run)
            return
        mark = self.marks.runs.get(next(iter(run), run)) if self.marks.runs else None
        if mark is None:
            if not self.strikes:
                self._read_pieces(run, hidden=self.hides)
            return
        style = self.marks.style_of(mark.style)
        hidden = next((said for said in (mark.hidden, style.hidden) if said is not None), self.hides)
        if next((said for said in (mark.struck, style.struck) if said is not None), self.strikes):
            return  # as good as deleted
        before = len(self.pieces)
        self._read_pieces(run, hidden=hidden)
        self._shift(before, mark, style.align)

    def _shift(self, start: int, mark: RunMark, style_align: str | None) -> None:
        """Write digits above or below the line as such, so that they do not continue the number before them."""
        shift = _SHIFTS.get(mark.align or style_align or "")
        if shift is not None and len(self.pieces) > start:
            self.pieces[start:] = ["".join(self.pieces[start:]).translate(shift)]
            self.shifted = True

    def _read_pieces(self, run: Element, *, hidden: bool) -> None:
        for child in run:
            kind = KINDS.get(child.tag, UNSEEN)
            if kind == TEXT and not hidden:
                self.pieces.append(text_of(child))
            elif kind == FIELD_MARK:
                self._mark_field(child.get(f"{WORD}fldCharType") or "")
            elif kind == FIELD_CODE:
                if self._fields:
                    self._fields[-1].code += child.text or ""
            elif hidden:
                self.hidden += bool(kind and child.text and not child.text.isspace())
            elif kind != UNSEEN:
                self._read_odd(child, kind)

    def _read_odd(self, child: Element, kind: int) -> None:
        """Add what is shown in a run and is not simply text."""
        if kind in _SIGNS:
            self.pieces.append(_SIGNS[kind])
        elif kind == SYMBOL:
            self.pieces.append(_sign_of(child))
        elif kind == NOTE:
            note = "footnotes" if child.tag == f"{WORD}footnoteReference" else "endnotes"
            self.notes.append(NoteReference(note, child.get(f"{WORD}id") or ""))
        elif kind == DRAWING:
            self._read_drawing(child)
        elif kind == ALTERNATE:
            for choice in choose(child):
                self._read_pieces(choice, hidden=False)
        elif kind == THROUGH:
            self._read_inside(child)

    def _mark_field(self, kind: str) -> None:
        fields = self._fields
        if kind == "begin":
            fields.append(_Field(len(self.pieces)))
        elif fields and kind == "separate":
            del self.pieces[fields[-1].start :]
            fields[-1].has_result = True
        elif fields and kind == "end":
            done = fields.pop()
            if not done.has_result:
                del self.pieces[done.start :]
            if not any(piece.strip() for piece in self.pieces[done.start :]):
                words = done.code.split(None, 1)
                if words and words[0].upper() in _SHOWN_BY_CODE:
                    self.pieces.append(OBJECT)

    def _read_formula(self, formula: Element) -> None:
        if all(part.tag == f"{MATH}r" for part in formula):
            self.pieces.extend(piece.text or "" for piece in formula.iter(f"{MATH}t"))
        else:
            self.pieces.append(OBJECT)  # what stands above and below a line of fraction is no one text

    def _read_drawing(self, drawing: Element) -> None:
        boxes = [box for box in drawing.iter(_BOX) if not _is_inside_other(box, drawing)]
        self.boxes.extend(boxes)
        if not boxes:
            self.drawings.append(drawing)
            self.objects += _is_in_line(drawing)


def choose(alternate: Element) -> Iterator[Element]:
    """Give the one branch of an mc:AlternateContent that is shown: the first choice, or what stands in for it."""
    branches = list(alternate)
    choices = [branch for branch in branches if branch.tag == f"{COMPATIBILITY}Choice"]
    yield from (choices or branches)[:1]


def text_of(element: Element) -> str:
    """Give the text of a w:t as Word shows it: blanks at its ends count only where they are said to."""
    text = element.text or ""
    if text and (text[0] in _BLANKS or text[-1] in _BLANKS) and element.get(_SPACE) != "preserve":
        text = text.strip(_BLANKS)
    return text.replace("\n", " ") if "\n" in text else text


def _sign_of(symbol: Element) -> str:
    """Give the character of a w:sym: digits and marks of the font Symbol are what they look like, others stay signs."""
    try:
        code = int(symbol.get(f"{WORD}char") or "", 16)
    except ValueError:
        return OBJECT
    if symbol.get(f"{WORD}font") == "Symbol" and 0xF020 <= code < 0xF040:
        code -= 0xF000
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else OBJECT


def _is_inside_other(box: Element, drawing: Element) -> bool:
    """Whether a text box lies in another one, or in the stand-in for a drawing that is shown."""
    above = box.getparent()
    while above is not None and above is not drawing:
        if above.tag in (_BOX, _FALLBACK):
            return True
        above = above.getparent()
    return False


def _is_in_line(drawing: Element) -> bool:
    if next(drawing.iter(_INLINE), None) is not None:
        return True
    if next(drawing.iter(f"{_VML}imagedata"), None) is None:
        return False
    return not any("position:absolute" in (shape.get("style") or "") for shape in drawing.iter(f"{_VML}shape"))
