"""Names of rules, groups and cells in a configuration, held against those that there are."""

from collections.abc import Collection, Iterator, Mapping
from fnmatch import fnmatchcase

from validator.records import find_nearest
from validator.words import line

from .entries import Wrong, ask_near, refuse
from .schema import Config, Steps

_WILD = frozenset("*?[")
_OF_PROSE = "narrative."
"""What no table holds may be called anything beneath this."""


def check_names(config: Config, groups: Mapping[str, str], addresses: Collection[str]) -> None:
    """Refuse names of rules and cells that do not exist; ConfigError tells all of them, each with the nearest one.

    `groups` gives the group of each rule, `addresses` are the cells of all forms, the computed ones among them.
    """
    wrongs = [*_wrong_rules(config, {*groups, *groups.values()}), *_wrong_cells(config, addresses)]
    if wrongs:
        raise refuse(config.file, wrongs, config.lines)


def _wrong_rules(config: Config, known: Collection[str]) -> Iterator[Wrong]:
    named: list[tuple[Steps, str]] = [
        *((("select", n), name) for n, name in enumerate(config.select)),
        *((("ignore", n), name) for n, name in enumerate(config.ignore)),
        *((("exemption", n, "rule"), exemption.rule) for n, exemption in enumerate(config.exemptions)),
        *((("waiver", n, "rule"), waiver.rule) for n, waiver in enumerate(config.waivers)),
    ]
    for path, name in named:
        # What the file does not say is a default, and right.
        if path in config.lines and name not in known:
            yield Wrong(path, line("config-no-rule", name=name, near=ask_near(find_nearest(name, known))))


def _wrong_cells(config: Config, addresses: Collection[str]) -> Iterator[Wrong]:
    for number, exemption in enumerate(config.exemptions):
        cell = exemption.cell
        if not cell or cell in addresses or cell.startswith(_OF_PROSE):
            continue
        if not _WILD.isdisjoint(cell):
            if not any(fnmatchcase(address, cell) for address in addresses):
                yield Wrong(("exemption", number, "cell"), line("config-no-fit", cell=cell))
            continue
        near = ask_near(find_nearest(cell, addresses))
        yield Wrong(("exemption", number, "cell"), line("config-no-cell", name=cell, near=near))
