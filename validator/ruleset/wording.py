"""Files of wordings (rules/claims): words by kind and phrases of kinds -> the Wordings that extraction applies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from validator.characters import fold
from validator.errors import RuleError
from validator.model.form import Form
from validator.model.wording import BODY, UNKNOWN, Word, Wording, Wordings
from validator.patterns import Pattern, any_of
from validator.words import ask_nearest

from .reading import fill, read_yaml

_FIRST_CODE = 0xE000
_CHOICE = Pattern(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)")
_SPECIAL = {"neutral": "", "unknown": UNKNOWN, "named": BODY}
"""Kinds whose words have no code of their own: those that say nothing, those that only look like others,
and names of bodies that begin as another word does."""


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
    labels: str
    bodies: str
    alone: str
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
    if "[" not in pattern and "(" not in pattern:
        return [pattern]
    pieces: list[Sequence[str]] = []
    end = 0
    for found in _CHOICE.finditer(pattern):
        optional, required = found.groups()
        choices = ["", *optional.split("|")] if optional is not None else required.split("|")
        pieces += ([pattern[end : found.start()]], choices)
        end = found.end()
    if not pieces:
        return [pattern]
    spelled = ["".join(parts) for parts in product(*pieces, [pattern[end:]])]
    if _CHOICE.search(spelled[0]):  # a choice inside another
        spelled = [word for outer in spelled for word in expand(outer)]
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


@dataclass(frozen=True, slots=True)
class WordingSpec:
    """A row of wordings.yaml: words that stand around a figure in any order, and the quantity that they state."""

    words: str
    example: str
    without: str = ""
    quantity: Mapping[str, str] = field(default_factory=dict)
    unit: str = "count"
    gives: str = ""
    row: str = ""
    reading: str = ""
    turns: Mapping[str, str] = field(default_factory=dict)
    after: str = ""
    doubtful: bool | Mapping[str, bool] = False


@dataclass(frozen=True, slots=True)
class WordingFile:
    """rules/claims/wordings.yaml: the nouns of each topic, the words that leave its claims sure, and its rows."""

    nouns: Mapping[str, str]
    companions: Mapping[str, str]
    rows: Mapping[str, tuple[WordingSpec, ...]]


def load_wordings(folder: Path, forms: Mapping[str, Form]) -> Wordings:
    """Load the wordings of a folder; RuleError names the file and what is wrong with it."""
    place = folder / "words.yaml"
    file = fill(WordFile, read_yaml(place), str(place))
    codes = give_codes(file)
    table = spell_words(file, codes, str(place))
    bodies = any_of(file.bodies)
    rows = folder / "wordings.yaml"
    listed = fill(WordingFile, read_yaml(rows), str(rows))
    return Wordings(
        words=table,
        starts=index_words(table),
        codes=codes,
        topics={codes[kind]: topic for kind, topic in file.topics.items()},
        hints={topic: "".join(codes[kind] for kind in kinds) for topic, kinds in file.hints.items()},
        first_years={form_id: form.first_year for form_id, form in forms.items() if not form.family},
        known={form_id: frozenset(form.cells) | frozenset(form.computed) for form_id, form in forms.items()},
        keys={form_id: tuple(keys.split()) for form_id, keys in _by_form(file.keys, forms, str(place)).items()},
        sign=search_for(file.signs),
        disclosure=tuple(file.disclosure.split()),
        labels=search_for(file.labels),
        body=Pattern(f"{bodies}$"),
        subject=Pattern(
            f"(?:^|[。；;！？])([省市县区州旗镇乡][^\x00-\x7f年月网收受共其对,;:()、]{{1,10}}?{bodies})"
            f"(?!(?:[^\x00-\x7f、]{{0,8}}{bodies})?、)"
        ),
        sayings={kind: compile_saying(parts) for kind, parts in file.sayings.items()},
        nouns={
            code: topic
            for topic, kinds in listed.nouns.items()
            for code in _codes_of(kinds, codes, f"{rows}: nouns.{topic}")
        },
        companions={
            topic: _codes_of(kinds, codes, f"{rows}: companions.{topic}") for topic, kinds in listed.companions.items()
        },
        wordings={
            topic: tuple(_wording(spec, topic, codes, file.units, forms, f"{rows}: {spec.words!r}") for spec in specs)
            for topic, specs in listed.rows.items()
        },
        fillers="".join(word for word, meaning in table.items() if len(word) == 1 and not meaning.code),
        alone=_codes_of(file.alone, codes, f"{place}: alone"),
    )


def _wording(
    spec: WordingSpec,
    topic: str,
    codes: Mapping[str, str],
    units: Mapping[str, str],
    forms: Mapping[str, Form],
    place: str,
) -> Wording:
    if spec.unit not in units:
        raise RuleError.of("words-unit", place=place, name=spec.unit, near=ask_nearest(spec.unit, units))
    return Wording(
        text=spec.words,
        words=tuple(_codes_of(choice.replace("|", " "), codes, place) for choice in spec.words.split()),
        without=_codes_of(spec.without.replace("|", " "), codes, place),
        quantities=_by_form(spec.quantity, forms, place),
        gives=spec.gives or topic,
        units=frozenset(unit.strip('"') for unit in units[spec.unit].split()),
        example=spec.example,
        after=spec.after,
        row=spec.row,
        reading=spec.reading,
        turns=tuple((codes[kind], reading) for kind, reading in spec.turns.items()),
        doubtful=_doubtful(spec.doubtful, forms, place),
    )


def _doubtful(given: bool | Mapping[str, bool], forms: Mapping[str, Form], place: str) -> frozenset[str]:
    """Give the forms for which a wording is doubtful: all, none, or from those that are named on."""
    if isinstance(given, bool):
        return frozenset(forms) if given else frozenset()
    return frozenset(_by_form({form_id: "yes" for form_id, doubtful in given.items() if doubtful}, forms, place))


def _codes_of(kinds: str, codes: Mapping[str, str], place: str) -> frozenset[str]:
    """Give the codes of kinds of words in a list; RuleError if one is not known."""
    for kind in kinds.split():
        if kind not in codes:
            raise RuleError.of("words-kind", place=place, name=kind, near=ask_nearest(kind, codes))
    return frozenset("".join(codes[kind] for kind in kinds.split()))


def _by_form(given: Mapping[str, str], forms: Mapping[str, Form], place: str) -> dict[str, str]:
    """Give what is given for each form; a form that follows another takes what that has, unless it has its own."""
    if unknown := sorted(set(given) - set(forms)):
        raise RuleError.of("words-form", place=place, name=unknown[0], near=ask_nearest(unknown[0], forms))
    result: dict[str, str] = {}
    for form in forms.values():  # in the order of their years: the form that another follows stands before it
        result[form.id] = given.get(form.id, result.get(form.after, ""))
    return {form_id: text for form_id, text in result.items() if text}
