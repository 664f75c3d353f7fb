"""What a form file (rules/forms/*.yaml) may say. forms.py turns it into the Form that every layer uses."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from validator.model.bilingual import Bilingual
from validator.model.form import FormId


@dataclass(frozen=True)
class ColumnSpec:
    """A column, or with `columns` a label over several; its id, if any, begins theirs."""

    label: str
    id: str = ""
    en: str = ""
    aliases: tuple[str, ...] = ()
    total: bool = False
    money: bool = False
    signed: bool = False
    columns: tuple["ColumnSpec", ...] = ()


@dataclass(frozen=True)
class RowSpec:
    """A row, or with `rows` a label over several; its id, if any, begins theirs."""

    label: str
    id: str = ""
    en: str = ""
    aliases: tuple[str, ...] = ()
    unit: str = ""
    total: bool = False
    money: bool = False
    may_stand_alone: bool = False
    rows: tuple["RowSpec", ...] = ()


@dataclass(frozen=True)
class SumSpec:
    """A column that no form prints but prose speaks of: the sum of some that it does print."""

    id: str
    label: str
    en: str
    sums: tuple[str, ...]


@dataclass(frozen=True)
class BlockSpec:
    """A part of a table under one header; `sets` names groups of rows or columns for rules."""

    label: str
    columns: tuple[ColumnSpec, ...]
    rows: tuple[RowSpec, ...]
    note: str = ""
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    computed: tuple[SumSpec, ...] = ()


@dataclass(frozen=True)
class TableSpec:
    """A table; its addresses begin with `prefix`, or with its id if that is not given."""

    id: str
    name: Bilingual
    heading: str
    blocks: tuple[BlockSpec, ...]
    prefix: str | None = None
    by_position: bool = False
    units: bool = False


@dataclass(frozen=True)
class SectionSpec:
    """A heading of the report, and how real reports word it."""

    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormFile:
    """A form; `keys` are words that only its tables print."""

    id: FormId
    first_year: int
    title: Bilingual
    basis: str
    keys: tuple[str, ...]
    sections: tuple[SectionSpec, ...]
    tables: tuple[TableSpec, ...]
    last_year: int | None = None
