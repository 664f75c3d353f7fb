"""rules/claims/words.yaml -> words by kind, spelled out, and how to find them in a text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from validator.characters import fold
from validator.errors import RuleError
from validator.model.wording import UNKNOWN, Word
from validator.patterns import Pattern

_FIRST_CODE = 0xE000
_CHOICE = Pattern(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)")
_SPECIAL = {"neutral": "", "unknown": UNKNOWN}
"""Kinds whose words have no code of their own: those that say nothing, and those that only look like others."""


@dataclass(frozen=True, slots=True)
class WordFile:
    """The file: `kinds` maps a kind to its words, or to values with words."""

    kinds: Mapping[str, str | Mapping[str, str]]
    topics: Mapping[str, str]
    hints: Mapping[str, tuple[str, ...]]
    units: Mapping[str, str]
    keys: Mapping[str, str]
    signs: str
    disclosure: str
    bodies: str
    sayings: Mapping[str, tuple[str | int, ...]]


def give_codes(file: WordFile) -> dict[str, str]:
    """Give each kind of words a character of its own."""
    return {kind: chr(_FIRST_CODE + number) for number, kind in enumerate(file.kinds)}


def spell_words(file: WordFile, codes: Mapping[str, str], place: str) -> dict[str, Word]:
    """Give every word of the file, folded, with its meaning; RuleError if one has two."""
    table: dict[str, Word] = {}
    for kind, listed in file.kinds.items():
        code = _SPECIAL.get(kind, codes[kind])
        for value, patterns in {"": listed}.items() if isinstance(listed, str) else listed.items():
            meaning = Word(code, value)
            for pattern in fold(patterns).split():
                for word in expand(pattern):
                    if table.setdefault(word, meaning) != meaning:
                        raise RuleError.of("words-taken", place=place, kind=kind, word=word)
    return table


def expand(pattern: str) -> list[str]:
    """Spell out a word with choices: "[政府]信息(公开|查询)" is four words; what stands in [] may be missing."""
    spelled: list[str] = []
    waiting = [pattern]
    while waiting:
        word = waiting.pop()
        found = _CHOICE.search(word) if "[" in word or "(" in word else None
        if found is None:
            spelled.append(word)
            continue
        optional, required = found.groups()
        choices = ["", *optional.split("|")] if optional is not None else required.split("|")
        waiting += [word[: found.start()] + choice + word[found.end() :] for choice in choices]
    return list(dict.fromkeys(spelled))


def index_words(table: Mapping[str, Word]) -> dict[str, dict[str, tuple[int, ...]]]:
    """Give for the first and the second character of a word the lengths to try, longest first.

    Single characters that say nothing are left out: they are passed over at the edges of unknown text.
    """
    found: dict[str, dict[str, set[int]]] = {}
    for word, meaning in table.items():
        if len(word) > 1 or meaning.code:
            seconds = found.get(word[0])
            if seconds is None:
                seconds = found[word[0]] = {"": set()}
            lengths = seconds.get(word[1:2])
            if lengths is None:
                seconds[word[1:2]] = {len(word)}
            else:
                lengths.add(len(word))
    return {
        first: {second: tuple(sorted(lengths | seconds[""], reverse=True)) for second, lengths in seconds.items()}
        for first, seconds in found.items()
    }


def search_for(words: str) -> Pattern:
    """Give a search for words that passes at once over every character that begins none of them."""
    rests: dict[str, list[str]] = {}
    for word in words.split():
        rests.setdefault(word[0], []).append(word[1:])
    branches = "|".join(f"(?<={first})(?:{'|'.join(rest)})" for first, rest in rests.items())
    return Pattern(f"[{''.join(rests)}](?:{branches})")


def compile_saying(parts: Sequence[str | int]) -> Pattern:
    """Give a saying: words, the most characters that may stand between, words."""
    return Pattern(
        "".join(
            f"[^,;:。0-9]{{0,{part}}}" if isinstance(part, int) else f"(?:{'|'.join(part.split())})" for part in parts
        )
    )
