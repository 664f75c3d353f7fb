"""Glyphs and strokes of printed pages -> lines of text and grids of cells. Knows nothing of reports or of carriers."""

from .layout import lay_out
from .page import Box, Glyph, Grid, GridCell, Piece, PrintedPage, Stroke, TextLine, make_glyph, make_stroke

__all__ = [
    "Box",
    "Glyph",
    "Grid",
    "GridCell",
    "Piece",
    "PrintedPage",
    "Stroke",
    "TextLine",
    "lay_out",
    "make_glyph",
    "make_stroke",
]
