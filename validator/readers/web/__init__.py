"""Web pages: the tree that browsers build -> paragraphs and grids of cells."""

from .archive import find_page
from .html import read_html, read_markup

__all__ = ["find_page", "read_html", "read_markup"]
