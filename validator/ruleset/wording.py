"""Files of wordings (rules/claims) -> the Wordings that extraction applies to prose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from validator.errors import RuleError
from validator.model.form import Form
from validator.model.wording import Wording, Wordings
from validator.patterns import Pattern
from validator.words import ask_nearest

from .reading import fill, read_yaml
from .word_file import WordFile, compile_saying, give_codes, index_words, search_for, spell_words


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
    doubtful: bool = False
    about_disclosure: bool = False


@dataclass(frozen=True, slots=True)
class WordingFile:
    """rules/claims/wordings.yaml: the nouns of each topic, and its rows."""

    nouns: Mapping[str, str]
    rows: Mapping[str, tuple[WordingSpec, ...]]


def load_wordings(folder: Path, forms: Mapping[str, Form]) -> Wordings:
    """Load the wordings of a folder; RuleError names the file and what is wrong with it."""
    place = folder / "words.yaml"
    file = fill(WordFile, read_yaml(place), str(place))
    codes = give_codes(file)
    table = spell_words(file, codes, str(place))
    rows = folder / "wordings.yaml"
    listed = fill(WordingFile, read_yaml(rows), str(rows))
    return Wordings(
        words=table,
        starts=index_words(table),
        codes=codes,
        topics={codes[kind]: topic for kind, topic in file.topics.items()},
        hints={topic: "".join(codes[kind] for kind in kinds) for topic, kinds in file.hints.items()},
        first_years={form_id: form.first_year for form_id, form in forms.items()},
        known={form_id: frozenset(form.cells) | frozenset(form.computed) for form_id, form in forms.items()},
        keys={form_id: tuple(keys.split()) for form_id, keys in _by_form(file.keys, forms, str(place)).items()},
        sign=search_for(file.signs),
        disclosure=tuple(file.disclosure.split()),
        body=Pattern(f"(?:{'|'.join(file.bodies.split())})$"),
        subject=Pattern(
            f"(?:^|[。；;！？])([省市县区州旗镇乡][\u4e00-\u9fff]{{1,10}}?(?:{'|'.join(file.bodies.split())}))"
        ),
        sayings={kind: compile_saying(parts) for kind, parts in file.sayings.items()},
        nouns={
            code: topic
            for topic, kinds in listed.nouns.items()
            for code in _codes_of(kinds, codes, f"{rows}: nouns.{topic}")
        },
        wordings={
            topic: tuple(_wording(spec, topic, codes, file.units, forms, f"{rows}: {spec.words!r}") for spec in specs)
            for topic, specs in listed.rows.items()
        },
        fillers="".join(word for word, meaning in table.items() if len(word) == 1 and not meaning.code),
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
        doubtful=spec.doubtful,
        about_disclosure=spec.about_disclosure,
    )


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
