"""The piece of a sentence that belongs to a figure, or to a word for none: from mark to mark."""

from collections.abc import Sequence
from dataclasses import dataclass

from validator.model.wording import FIGURE

from .tokens import Token

_CLOSING = {")": "("}
LONGEST = 32


@dataclass(slots=True)
class Frame:
    """The tokens of a sentence with their codes in one string, and the codes that end a piece or say nothing in it."""

    tokens: Sequence[Token]
    codes: str
    hard: frozenset[str]
    silent: frozenset[str]
    kept_in_brackets: str

    def left_of(self, index: int) -> list[int]:
        """Give the tokens that lead up to a figure, in order."""
        codes, position = self.codes, index - 1
        found: list[int] = []
        while position >= 0 and len(found) < LONGEST:
            code = codes[position]
            if code == ")":
                opening = codes.rfind("(", 0, position)
                if opening < 0 or FIGURE in codes[opening:position]:
                    break
                found.extend(i for i in range(position - 1, opening, -1) if codes[i] == self.kept_in_brackets)
                position = opening - 1
                continue
            if code == FIGURE:
                if not found and position == index - 1 and index >= 1:
                    return self.left_of(position)
                mark = codes.find("、", position, index)
                found = [i for i in found if i > mark]
                break
            if code == "%" or (code in self.hard and not (code == ":" and not found)):
                break
            found.append(position)
            position -= 1
        return [i for i in reversed(found) if codes[i] not in self.silent]

    def right_of(self, index: int) -> list[int]:
        """Give the tokens that follow a figure, up to the next mark or figure."""
        codes = self.codes
        found: list[int] = []
        for position in range(index + 1, min(len(codes), index + LONGEST)):
            code = codes[position]
            if code in self.hard or code in ")、N%":
                break
            found.append(position)
        return [i for i in found if codes[i] not in self.silent]

    def around(self, index: int) -> tuple[list[int], list[int]]:
        """Give the tokens before and after a word for none or for all, from mark to mark."""
        codes = self.codes
        start = index
        while (
            start > 0 and index - start < LONGEST and codes[start - 1] not in self.hard and codes[start - 1] not in "N%"
        ):
            start -= 1
        stop = index + 1
        while stop < len(codes) and stop - index < LONGEST and codes[stop] not in self.hard and codes[stop] != ")":
            stop += 1
        return (
            [i for i in range(start, index) if codes[i] not in self.silent],
            [i for i in range(index + 1, stop) if codes[i] not in self.silent],
        )
