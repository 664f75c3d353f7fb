"""What is painted on a page, in its order -> the glyphs that its reader sees, and those that a scan may rest on."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from validator.characters import CUT, fold
from validator.characters import INVISIBLE as MEANINGLESS
from validator.errors import ReadError
from validator.geometry import Box, Glyph

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""What stands for a sign of which the file does not tell the character."""


@lru_cache(maxsize=8192)
def to_text(code: int) -> str:
    """Give the text of a character: plain forms for radicals and such, "" for blanks, UNKNOWN for what is no sign."""
    if 0xD800 <= code < 0xE000 or code in (0, 0xFFFE, 0xFFFF) or code > 0x10FFFF:
        return UNKNOWN
    sign = chr(code)
    if sign.isspace() or (code > 0x7F and code in MEANINGLESS):
        return ""
    if 0x2E80 <= code < 0x2FE0:
        return fold(sign)
    if 0xF900 <= code < 0xFB00 or 0xFE10 <= code < 0xFE50 or 0xFB00 <= code < 0xFB07:
        return unicodedata.normalize("NFKC", sign)
    return UNKNOWN if unicodedata.category(sign) in ("Cc", "Cn", "Co") else sign


Colour = tuple[int, int, int]
"""Red, green and blue, each from 0 to 255."""

NOWHERE: Box = (0.0, 0.0, -1.0, -1.0)
PAGE_SHARE = 0.5
"""The share of a page that pictures cover at least on a scanned one."""
WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
_ALIKE = 14
"""Colours of which no part differs by more are one to the eye: of white, #F2F2F2 and lighter."""
SMALLEST = 1.0
"""Points; text that is smaller is a speck at most."""
_FIGURE = frozenset("0123456789.,%０１２３４５６７８９")
_WIDEST = 1.2
"""Digits of one figure stand no farther apart, in heights."""
_BAND = 16.0
_MOST_BANDS = 1000
_MOST_LOOKS = 4_000_000
"""How often a glyph is held against a painted area on one page; a crowded page of a report comes to some 50 000."""


class Area(msgspec.Struct, frozen=True):
    """A box that is painted as the page's `order`th object.

    `colour` is None where it is of several, unknown or not wholly covered: pictures, shadings, curves.
    """

    order: int
    box: Box
    colour: Colour | None = None
    is_picture: bool = False


class PaintedText(msgspec.Struct):
    """A text object: its glyphs, and how it is painted as the page's `order`th object.

    `colour` is None if it is unknown, `clip` what is left of the page for it, None for all; `invisible`: it is not
    painted at all.
    """

    order: int
    glyphs: list[Glyph]
    colour: Colour | None = None
    clip: Box | None = None
    invisible: bool = False

    def clip_to(self, box: Box) -> None:
        """Leave no more of the page for it than this box."""
        clip = self.clip or box
        self.clip = max(clip[0], box[0]), max(clip[1], box[1]), min(clip[2], box[2]), min(clip[3], box[3])


def find_shown(texts: Sequence[PaintedText], areas: Sequence[Area]) -> tuple[list[Glyph], list[Glyph]]:
    """Give the glyphs that are seen, and those that are not painted or lie under a picture, as a scan's text does.

    What is clipped away, in the colour of what lies under it, or behind a box of one colour is neither. In doubt it is
    seen. `areas` are in the order of painting. Raises ReadError("too-much-packed") for a page of countless boxes.
    """
    shown: list[Glyph] = []
    under: list[Glyph] = []
    bands = _sort_by_height(areas)
    last = areas[-1].order if areas else -1
    looks = 0
    vanishing: dict[Colour | None, bool] = {None: False}  # colours that lie under something, or on bare paper
    for text, glyphs in zip(texts, _clip(texts), strict=True):
        if text.invisible:
            under.extend(glyphs)
            continue
        colour = text.colour
        if colour is not None and colour not in vanishing:
            grounds = {WHITE, *(area.colour for area in areas if area.colour is not None)}
            vanishing[colour] = any(_is_alike(ground, colour) for ground in grounds)
        may_vanish = vanishing[colour]
        if text.order > last and not may_vanish:
            shown.extend(glyphs)
            continue
        for glyph in glyphs:
            near = bands.get(int((glyph[2] + glyph[4]) / 2 // _BAND), ())
            looks += len(near)
            above = [area for area in near if area.order > text.order and _covers(area.box, glyph)]
            if any(area.is_picture for area in above):
                under.append(glyph)
            elif not any(area.colour is not None for area in above) and not (
                may_vanish and _vanishes(glyph, colour, [area for area in near if area.order <= text.order])
            ):
                shown.append(glyph)
        if looks > _MOST_LOOKS:
            raise ReadError("too-much-packed", what=f"> {_MOST_LOOKS}", limit=_MOST_LOOKS)
    return shown, under


def _sort_by_height(areas: Sequence[Area]) -> dict[int, list[Area]]:
    """Give the areas, in their order, that reach into each band of the page."""
    bands: dict[int, list[Area]] = {}
    kept = 0
    for area in areas:
        kept += max(int((area.box[3] - area.box[1]) // _BAND), 0)
        if kept > _MOST_LOOKS:
            raise ReadError("too-much-packed", what=f"> {_MOST_LOOKS}", limit=_MOST_LOOKS)
        for band in range(max(int(area.box[1] // _BAND), 0), min(int(area.box[3] // _BAND), _MOST_BANDS) + 1):
            bands.setdefault(band, []).append(area)
    return bands


def _vanishes(glyph: Glyph, colour: Colour | None, below: Sequence[Area]) -> bool:
    """Whether a glyph is of the colour of what lies right under it, which is white where nothing does."""
    ground: Colour | None = next((area.colour for area in reversed(below) if _touches(area.box, glyph)), WHITE)
    return ground is not None and colour is not None and _is_alike(ground, colour)


def _is_alike(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))


def _clip(texts: Sequence[PaintedText]) -> list[list[Glyph]]:
    """Give of each text the glyphs that are not clipped away; what is left of a figure that is cut is marked as a part.

    Some writers paint each sign of a figure by itself.
    """
    clipped: list[list[Glyph]] = []
    before: Glyph | None = None
    holder: list[Glyph] | None = None  # where the glyph before was kept
    last: Box | None = None  # the clip of the glyph before
    for text in texts:
        clip = text.clip
        if clip != last and before is not None and text.glyphs:
            # What lies apart from its own clip is hidden as a whole, and no part of a figure beside it.
            hidden = holder is None and not _meets(last, before)
            if hidden or not _meets(clip, text.glyphs[0]):
                before, holder = None, None
        last = clip if text.glyphs else last
        if clip is None and (holder is not None or before is None or not text.glyphs):
            if text.glyphs:
                before, holder = text.glyphs[-1], text.glyphs
            clipped.append(text.glyphs)
            continue
        kept: list[Glyph] = []
        for glyph in text.glyphs:
            is_kept = clip is None or _holds(clip, glyph)
            is_cut = before is not None and is_kept == (holder is None) and _go_on(before, glyph)
            if is_kept:
                kept.append(glyph._replace(text=CUT + glyph.text) if is_cut else glyph)
            elif is_cut and holder:
                holder[-1] = holder[-1]._replace(text=holder[-1].text + CUT)
            before, holder = glyph, kept if is_kept else None
        clipped.append(kept)
    return clipped


def _meets(box: Box | None, glyph: Glyph) -> bool:
    """Whether a glyph lies within a clip, or on its edge, which may cut it."""
    return box is None or (box[0] <= glyph[3] and glyph[1] <= box[2] and box[1] <= glyph[4] and glyph[2] <= box[3])


def _go_on(before: Glyph, after: Glyph) -> bool:
    """Whether two signs stand within one figure."""
    size = after[4] - after[2]
    return (
        before[0][-1] in _FIGURE
        and after[0][0] in _FIGURE
        and abs(after[2] - before[2]) < size / 2
        and abs(after[1] - before[3]) < _WIDEST * size
    )


def _holds(box: Box, glyph: Glyph) -> bool:
    return box[0] <= (glyph[1] + glyph[3]) / 2 <= box[2] and box[1] <= glyph[2] + 0.6 * (glyph[4] - glyph[2]) <= box[3]


def _touches(box: Box, glyph: Glyph) -> bool:
    return box[0] <= (glyph[1] + glyph[3]) / 2 <= box[2] and box[1] <= (glyph[2] + glyph[4]) / 2 <= box[3]


def _covers(box: Box, glyph: Glyph) -> bool:
    """Whether a box lies over all that is printed of a glyph, which fills about the middle of its own box."""
    left, top, right, bottom = glyph[1:5]
    across, down = (right - left) / 4, (bottom - top) / 4
    return box[0] <= left + across and right - across <= box[2] and box[1] <= top + down and bottom - down <= box[3]
