"""Word documents (.docx): text and tables as Word shows them, pending changes taken as accepted."""

from .document import read_word

__all__ = ["read_word"]
