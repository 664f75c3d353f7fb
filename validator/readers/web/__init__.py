"""Web pages: the tree that browsers build -> paragraphs and grids of cells."""

from .html import read_html, read_markup

__all__ = ["read_html", "read_markup"]
