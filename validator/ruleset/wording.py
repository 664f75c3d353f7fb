"""Files of wordings (rules/claims) -> the Wordings that extraction applies to prose."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from validator.errors import RuleError
from validator.model.form import Form
from validator.model.wording import BODY, FIGURE, UNKNOWN, Phrase, Wordings
from validator.words import ask_nearest

from .reading import fill, read_yaml
from .word_file import WordFile, compile_saying, give_codes, index_words, search_for, spell_words

_PART = re.compile(r"\(([^()]+)\)([?*+]?)$|([a-z_]+|N)([?*+]?)$")


@dataclass(frozen=True, slots=True)
class QuantitySpec:
    """A quantity, its address in each form (a form takes that of the form it follows), and its phrases."""

    phrases: Mapping[str, tuple[str, ...] | str]
    quantity: Mapping[str, str] = field(default_factory=dict)
    unit: str = "count"
    gives: str = ""
    row: str = ""
    reading: str = ""
    turns: Mapping[str, str] = field(default_factory=dict)
    weak: bool = False
    in_brackets: bool = True
    about_disclosure: bool = False


@dataclass(frozen=True, slots=True)
class PhraseFile:
    """Another file of rules/claims: the quantities of one topic."""

    topic: str
    quantities: tuple[QuantitySpec, ...]


def load_wordings(folder: Path, forms: Mapping[str, Form]) -> Wordings:
    """Load the wordings of a folder; RuleError names the file and what is wrong with it."""
    place = folder / "words.yaml"
    file = fill(WordFile, read_yaml(place), str(place))
    codes = give_codes(file)
    names = codes | {"N": FIGURE, "_": UNKNOWN + BODY, "body": BODY}
    names |= {group: "".join(codes[kind] for kind in kinds) for group, kinds in file.groups.items()}
    table = spell_words(file, codes, str(place))
    phrases = [
        phrase
        for path in sorted(folder.glob("*.yaml"))
        if path.name not in ("words.yaml", "readings.yaml")
        for phrase in _phrases(path, names, file.units, forms)
    ]
    return Wordings(
        words=table,
        starts=index_words(table),
        codes=codes,
        topics={codes[kind]: topic for kind, topic in file.topics.items()},
        hints={topic: "".join(codes[kind] for kind in kinds) for topic, kinds in file.hints.items()},
        phrases=tuple(phrases),
        first_years={form_id: form.first_year for form_id, form in forms.items()},
        known={form_id: frozenset(form.cells) | frozenset(form.computed) for form_id, form in forms.items()},
        keys={form_id: tuple(keys.split()) for form_id, keys in _by_form(file.keys, forms, str(place)).items()},
        sign=search_for(file.signs),
        disclosure=tuple(file.disclosure.split()),
        body=re.compile(f"(?:{'|'.join(file.bodies.split())})$"),
        subject=re.compile(
            f"(?:^|[。；;！？])([省市县区州旗镇乡][\u4e00-\u9fff]{{1,10}}?(?:{'|'.join(file.bodies.split())}))"
        ),
        sayings={kind: compile_saying(parts) for kind, parts in file.sayings.items()},
        fillers="".join(word for word, meaning in table.items() if len(word) == 1 and not meaning.code),
    )


def _phrases(
    path: Path, codes: Mapping[str, str], units: Mapping[str, str], forms: Mapping[str, Form]
) -> Iterator[Phrase]:
    file = fill(PhraseFile, read_yaml(path), str(path))
    for spec in file.quantities:
        if spec.unit not in units:
            raise RuleError.of("words-unit", place=str(path), name=spec.unit, near=ask_nearest(spec.unit, units))
        for text, examples in spec.phrases.items():
            place = f"{path}: {text!r}"
            yield Phrase(
                text=text,
                pattern=_compile(text, codes, place),
                quantities=_by_form(spec.quantity, forms, place),
                states=_states(text, place),
                needs=file.topic if text.startswith("then ") else "",
                gives=spec.gives or file.topic,
                units=frozenset(unit.strip('"') for unit in units[spec.unit].split()),
                examples=(examples,) if isinstance(examples, str) else examples,
                row=spec.row,
                reading=spec.reading,
                turns=tuple((codes[kind], reading) for kind, reading in spec.turns.items()),
                weak=spec.weak,
                in_brackets=spec.in_brackets,
                about_disclosure=spec.about_disclosure,
            )


def _by_form(given: Mapping[str, str], forms: Mapping[str, Form], place: str) -> dict[str, str]:
    """Give what is given for each form; a form that follows another takes what that has, unless it has its own."""
    if unknown := sorted(set(given) - set(forms)):
        raise RuleError.of("words-form", place=place, name=unknown[0], near=ask_nearest(unknown[0], forms))
    result: dict[str, str] = {}
    for form in forms.values():  # in the order of their years: the form that another follows stands before it
        result[form.id] = given.get(form.id, result.get(form.after, ""))
    return {form_id: text for form_id, text in result.items() if text}


def _states(text: str, place: str) -> Literal["count", "none", "all"]:
    names = re.findall(r"[a-z_]+|N", text)
    if "none" in names:
        return "none"
    if FIGURE in names:
        return "count"
    if "all" in names:
        return "all"
    raise RuleError.of("words-phrase", place=place)


def _compile(text: str, codes: Mapping[str, str], place: str) -> re.Pattern[str]:
    """Turn a phrase into a pattern over codes; all of its quantifiers are flat, so it cannot run away."""
    parts = text.removeprefix("then ").split()
    start, end = "^", "$"
    if parts and parts[0] == "...":
        start, parts = "", parts[1:]
    if parts and parts[-1] == "...":
        end, parts = "", parts[:-1]
    return re.compile(start + "".join(_part(part, codes, place) for part in parts) + end)


def _part(part: str, codes: Mapping[str, str], place: str) -> str:
    found = _PART.match(part)
    if found is None:
        raise RuleError.of("words-part", place=place, part=part)
    group, times, single, single_times = found.groups()
    names = group.split("|") if group else [single]
    for name in names:
        if name not in codes:
            raise RuleError.of("words-kind", place=place, name=name, near=ask_nearest(name, codes))
    characters = [codes[name] for name in names]
    return f"[{''.join(characters)}]{times or single_times or ''}"
