"""Lines of the catalogue for the folder of pages, in the language of the look."""

from validator.render.look import Look
from validator.words import line


def say(key: str, look: Look, **values: str | int) -> str:
    """Give a line with its values filled in."""
    return look.say(line(key, **values))
