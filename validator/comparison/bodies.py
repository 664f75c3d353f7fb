"""Which reports are of one body, and of which year, by their names, folders and file names.

A wrong match is a false alarm, so two names are one body only where nothing else fits: the shorter one must be the
longer one without regions at its head, and no third name may fit as well.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from validator.characters import fold
from validator.config import Renaming
from validator.model.outcome import Outcome, Verdict
from validator.model.report import Report
from validator.patterns import Pattern
from validator.ruleset import Ruleset
from validator.ruleset.kinds import Kind, Rule
from validator.words import line

from .names import is_bare, is_body, is_own_office, is_region, plain_name, region_level, shorter_names

_OWN = "(本级)"
_YEAR = Pattern(r"(?<!\d)(20[0-4]\d)(?!\d|[-./_]\d{1,2}(?!\d))")
_YEAR_WORD = Pattern(r"(?<!\d)(20[0-4]\d)年")
_YEAR_PART = Pattern(r"(?:19|20)\d\d(?:年度?)?(?:年?报|报告|政府信息公开.*)?")
_GENRE = Pattern(
    r"(?:19|20)\d\d年?度?|的?(?:法治)?(?:政府)?(?:信息公开|政务公开)(?:工作)?(?:年度|年)?(?:工作)?(?:报告|年报|情况)?.*|年度?报告?.*"
    r"|年报.*|报告.*"
)


_LACKING = {
    (False, False): line("lacks-both"),
    (False, True): line("lacks-body"),
    (True, False): line("lacks-year"),
}


class Origin(NamedTuple):
    """What a report and its file say of where it comes from; `source` is the path of the file."""

    organization: str | None
    year: int | None
    source: str


class Identity(NamedTuple):
    """Whose report it is and of which year: a key that is the same for one body, "" if unknown, and its full name."""

    body: str
    name: str
    year: int | None


def identify(origins: Sequence[Origin], renamings: Iterable[Renaming] = ()) -> list[Identity]:
    """Give for each report, in order, the body and the year, as far as they are certain."""
    renamed = tuple(renamings)
    years = [origin.year or year_of_file(origin.source) for origin in origins]
    names = [o.organization or _body_of_path(o.source) for o in origins]
    folders = [folder_of(origin.source) for origin in origins]
    names = _fill_from_folders(names, folders)
    current = [
        _rename(name, year, renamed) if name and renamed else name for name, year in zip(names, years, strict=True)
    ]
    keys = _keys(current, folders, years)
    groups = _join(keys, folders)
    full: dict[str, str] = {}
    for group, key, name in sorted(zip(groups, keys, current, strict=True), key=lambda triple: triple[1:2]):
        if name:
            # A name without its region is shown with the one that its folder gave it.
            shown = _with_regions(name, key) if is_bare(plain_name(name)) and not is_bare(key) else name
            full[group] = max(full.get(group, ""), shown, key=_worth)
    return [Identity(group, full.get(group, ""), year) for group, year in zip(groups, years, strict=True)]


def _with_regions(name: str, key: str) -> str:
    """Give a name as it is spelled, behind the regions that its key has before its plain form."""
    plain = plain_name(name)
    for common in (plain, plain[1:]):
        if common and key.endswith(common):
            return key.removesuffix(common) + name[len(plain) - len(common) :]
    return key


def _worth(name: str) -> tuple[bool, int, str]:
    return bool(name) and not is_own_office(name), len(name), name


def year_of_file(source: str) -> int | None:
    """Give the year that a file's name states, or if it states none its folder; None if there is not exactly one."""
    *_, folder, name = ("", *source.replace("\\", "/").split("/"))
    for text in (name.rpartition(".")[0] or name, folder):
        found = set(_YEAR_WORD.findall(text)) or set(_YEAR.findall(text))
        if found:
            return int(found.pop()) if len(found) == 1 else None
    return None


def folder_of(source: str) -> tuple[str, ...]:
    """Give the folders of a file from the top, without those that are years."""
    return _without_years(source.replace("\\", "/").rpartition("/")[0])


@lru_cache(maxsize=4096)
def _without_years(folder: str) -> tuple[str, ...]:
    return tuple(part for part in folder.split("/") if part not in ("", ".", "..") and not _YEAR_PART.fullmatch(part))


def _body_of_path(source: str) -> str | None:
    name = source.replace("\\", "/").rpartition("/")[2]
    stem = _GENRE.sub("", "".join(fold(name.rpartition(".")[0] or name).split())).strip("0123456789-_.·、 ()关于")
    if is_body(stem):
        return stem
    folder = folder_of(source)
    last = "".join(folder[-1].split()) if folder else ""
    return last if is_body(last) and not is_region(last) else None


def _fill_from_folders(names: Sequence[str | None], folders: Sequence[tuple[str, ...]]) -> list[str | None]:
    """Give a report without a name that of the only body whose reports lie in the same folder, two of them at least."""
    if None not in names:
        return list(names)
    found: dict[tuple[str, ...], list[str]] = {}
    for name, folder in zip(names, folders, strict=True):
        if name:
            found.setdefault(folder, []).append(name)
    return [name or _only(found.get(folder, ())) for name, folder in zip(names, folders, strict=True)]


def _only(names: Sequence[str]) -> str | None:
    return names[0] if len(names) > 1 and len({plain_name(name) for name in names}) == 1 else None


def _rename(name: str, year: int | None, renamings: Sequence[Renaming]) -> str:
    plain = plain_name(name)
    for renaming in renamings:
        old = plain_name(renaming.from_)
        early = renaming.since is None or year is None or year < renaming.since
        if early and (plain == old or (plain.endswith(old) and is_region(plain.removesuffix(old)))):
            return renaming.to if plain == old else plain.removesuffix(old) + renaming.to
    return name


def _keys(names: Sequence[str | None], folders: Sequence[tuple[str, ...]], years: Sequence[int | None]) -> list[str]:
    """Give the plain name of each report with the regions of its folders before it; "" if it has none."""
    # A government with a report of its own and one for all below it in the same year has two series.
    own = {(plain_name(name), year) for name, year in zip(names, years, strict=True) if name and is_own_office(name)}
    double = {
        plain
        for name, year in zip(names, years, strict=True)
        if own and name and ((plain := plain_name(name)), year) in own and not is_own_office(name)
    }
    keys = []
    regions: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name, folder in zip(names, folders, strict=True):
        if not name:
            keys.append("")
            continue
        if folder not in regions:
            regions[folder] = tuple(plain_name(part) for part in folder if is_region(plain_name(part)))
        plain = plain_name(name)
        key = _qualify(plain, regions[folder])
        keys.append(key + _OWN if plain in double and is_own_office(name) else key)
    return keys


def _qualify(name: str, regions: Sequence[str]) -> str:
    """Put the regions of a folder before a name that lacks them: those that are above the first one in the name."""
    for region in reversed(regions):
        if region in name:
            continue
        if is_bare(name):
            name = region + name[1:] if name[0] == region[-1] else region + name
        elif region_level(region) < region_level(name):
            name = region + name
    return name


def _join(keys: Sequence[str], folders: Sequence[tuple[str, ...]]) -> list[str]:
    """Give each key the longest one that it must stand for; a name without a region keeps its folder."""
    places: dict[str, set[tuple[str, ...]]] = {}
    for key, folder in zip(keys, folders, strict=True):
        if key:
            places.setdefault(key, set()).add(folder)
    longer: dict[str, set[str]] = {}
    for key in places:
        plain = key.removesuffix(_OWN)
        for short in shorter_names(plain):
            shorter = short + key[len(plain) :]
            if shorter in places:
                longer.setdefault(shorter, set()).add(key)
    group: dict[str, str] = {}
    for key in sorted(places, key=lambda key: (-len(key), key)):
        candidates = {group[other] for other in longer.get(key, ()) if not is_bare(other)}
        group[key] = candidates.pop() if len(candidates) == 1 and not is_bare(key) else key
    result = []
    for key, folder in zip(keys, folders, strict=True):
        if key and is_bare(key):
            near = {group[other] for other in longer.get(key, ()) if _are_near(folder, places[other])}
            result.append(near.pop() if len(near) == 1 else "/".join((*folder, key)))
        else:
            result.append(group.get(key, ""))
    return result


def _are_near(folder: tuple[str, ...], others: Iterable[tuple[str, ...]]) -> bool:
    """Say whether one of the folders is the folder, or one of the two lies in the other."""
    return any(folder[: len(other)] == other or other[: len(folder)] == folder for other in others)


def identify_names(
    names: Sequence[str], origins: Sequence[Origin], renamings: Iterable[Renaming] = ()
) -> dict[str, str]:
    """Give for names that a configuration uses the keys that identify() gives the bodies they stand for; "" if none.

    A name of the configuration may be longer than that of any report; it must not change whose reports are whose.
    """
    renamed = tuple(renamings)
    keys = [identity.body for identity in identify(origins, renamed)]
    together = identify([*origins, *(Origin(name, None, "") for name in names)], renamed)
    meant: dict[str, set[str]] = {}
    for key, identity in zip(keys, together, strict=False):
        if key:
            meant.setdefault(identity.body, set()).add(key)
    found = {}
    for name, identity in zip(names, together[len(origins) :], strict=True):
        fitting = meant.get(identity.body, set())
        found[name] = next(iter(fitting)) if len(fitting) == 1 else ""
    return found


def tell_unplaced(report: Report, identity: Identity, ruleset: Ruleset) -> Iterator[Outcome]:
    """Give an outcome of whether body and year of a report are known."""
    for rule, kind in ruleset.rules_about("placement", report.form):
        yield from kind.check(rule, report, identity)


def check_placement(rule: Rule, report: Report, identity: Identity) -> Iterator[Outcome]:
    """Say whether body and year of a report are known."""
    known = bool(identity.body), identity.year is not None
    if known in _LACKING:
        place = report.prose[0].location if report.prose else None
        values = {"what": _LACKING[known]}
        yield Outcome(rule.id, "", Verdict.BROKEN, rule.worst, location=place, values=values)
    else:
        yield Outcome(rule.id, "", Verdict.HOLDS, rule.worst)


KINDS = (Kind("body-unknown", "placement", check_placement, ("what",)),)
