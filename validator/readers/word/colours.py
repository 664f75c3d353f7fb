"""Runs of a Word document whose text has the colour of its ground, so that nobody sees it.

The ground is what the run, its paragraph, cell or table says; without any, the white page. Where a style, a picture's
frame or the page may lay a ground of its own, text is taken to be seen.
"""

from collections.abc import Iterator

from validator.readers.package import Element

from .parts import CELL, KINDS, PARAGRAPH, TABLE, VALUE, WORD, WordParts, word_names
from .styles import DEFAULT, INK, Marks, RunMark, is_white

_SHADING, _HIGHLIGHT, _BACKGROUND, _BASE, _STYLE, _RUN = word_names("shd highlight background basedOn style r")
_PROPERTIES = {PARAGRAPH: f"{WORD}pPr", CELL: f"{WORD}tcPr", TABLE: f"{WORD}tblPr"}
_RUN_PROPERTIES = f"{WORD}rPr"
_NAMED = word_names("rStyle pStyle tblStyle")
_THEME = f"{WORD}themeColor"
_BOXES = word_names("txbxContent")
_WHITE, _UNKNOWN = "FFFFFF", ""
_NONE = (None, "auto", "")


def hide_unseen(root: Element, marks: Marks, parts: WordParts) -> None:
    """Mark the runs as hidden whose text has the colour of its ground."""
    grounds = {_WHITE, *(_fill_of(shading) for shading in root.iter(_SHADING))}
    suspects = [run for run in _find_inked(root, marks) if _ink_of(run, marks) in grounds]
    if not suspects:
        return
    filled = _find_filled_styles(parts)
    page = next(root.iter(_BACKGROUND), None)
    for run in suspects:
        if _ground_of(run, filled, _WHITE if page is None else _UNKNOWN) == _ink_of(run, marks):
            marks.runs.setdefault(next(iter(run), run), RunMark()).hidden = True


def _find_inked(root: Element, marks: Marks) -> Iterator[Element]:
    """Give the runs that have a colour, by themselves or by a style."""
    if any(style.white for style in marks.styles.values()):
        yield from root.iter(_RUN)
        return
    for ink in root.iter(INK):
        properties = ink.getparent()
        run = None if properties is None else properties.getparent()
        if run is not None and run.tag == _RUN:
            yield run


def _ink_of(run: Element, marks: Marks) -> str:
    """Give the colour of the text of a run, "" if it is that of the page or not known."""
    properties = run.find(_RUN_PROPERTIES)
    ink = None if properties is None else properties.find(INK)
    if ink is not None:
        if is_white(ink):
            return _WHITE
        return "" if ink.get(_THEME) else (ink.get(VALUE) or "").upper()
    names = [] if properties is None else [style.get(VALUE) for style in properties.iter(_NAMED[0])]
    above = run.getparent()
    while above is not None and KINDS.get(above.tag) != PARAGRAPH:
        above = above.getparent()
    own = None if above is None else above.find(f"{_PROPERTIES[PARAGRAPH]}/{_NAMED[1]}")
    names.append(DEFAULT if own is None else own.get(VALUE))
    return _WHITE if any(marks.style_of(name).white for name in names) else ""


def _ground_of(run: Element, filled: set[str], page: str) -> str:
    """Give the colour behind a run; "" if it is not known."""
    properties = run.find(_RUN_PROPERTIES)
    above: Element | None = run
    while above is not None:
        if above.tag in _BOXES:
            return _UNKNOWN
        if above is not run:
            name = _PROPERTIES.get(KINDS.get(above.tag, -1))
            properties = None if name is None else above.find(name)
        if properties is not None:
            marked = properties.find(_HIGHLIGHT)
            if marked is not None and marked.get(VALUE) != "none":
                return _UNKNOWN
            shading = properties.find(_SHADING)
            if shading is not None and (fill := _fill_of(shading)) not in _NONE:
                return fill
            if any(style.get(VALUE) in filled for style in properties.iter(*_NAMED)):
                return _UNKNOWN
        above = above.getparent()
    return page


def _fill_of(shading: Element) -> str:
    """Give the colour that a shading lays; "auto" if it lays none, another word for a pattern."""
    kind = shading.get(VALUE) or "clear"
    if kind not in ("clear", "nil", "solid"):
        return kind
    return (shading.get(f"{WORD}color" if kind == "solid" else f"{WORD}fill") or "auto").upper().replace("AUTO", "auto")


def _find_filled_styles(parts: WordParts) -> set[str]:
    """Give the ids of the styles that lay a ground, by themselves or by one they are based on."""
    root = parts.parse("styles")
    found: set[str] = set()
    bases: dict[str, str] = {}
    for style in () if root is None else root.iter(_STYLE):
        name = style.get(f"{WORD}styleId") or ""
        base = style.find(_BASE)
        bases[name] = "" if base is None else base.get(VALUE) or ""
        if any(_fill_of(shading) not in (*_NONE, _WHITE) for shading in style.iter(_SHADING)):
            found.add(name)
    for name, base_name in bases.items():
        seen, above = {name}, base_name
        while above in bases and above not in seen:
            seen.add(above)
            if above in found:
                found.add(name)
            above = bases[above]
    return found
