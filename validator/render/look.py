"""How a result should look: what a renderer may know besides the result itself."""

import msgspec

from validator.model.bilingual import Bilingual, Language


class Look(msgspec.Struct, frozen=True):
    """The language, whether to leave out all but problems, and the screen.

    `width` is in character cells, None where lines must not be broken (a pipe, a file).
    """

    language: Language = "zh"
    quiet: bool = False
    width: int | None = None
    colour: bool = False

    def say(self, text: Bilingual) -> str:
        """Give the text in the language of this look."""
        return text.in_language(self.language)
