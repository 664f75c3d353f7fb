"""What a run knows before it reads anything: forms and rules, the wordings of claims, the slips of people.

What the built-in files say is kept ready-made in a file, so that a run starts at once. That is msgpack read by the
types that it holds: it makes values of these or an error, and runs nothing. It counts for as long as neither the rule
files nor the program that reads them have changed.
"""

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.util import source_hash
from pathlib import Path
from stat import S_ISREG
from time import time

import msgspec
from msgspec.structs import replace

from validator import __version__, checking, comparison
from validator.model.form import Form
from validator.model.outcome import Slip
from validator.model.result import RuleNote
from validator.model.wording import Word, Wordings
from validator.patterns import Pattern
from validator.ruleset import Ruleset, data_folder
from validator.ruleset.kinds import Kind, Rule
from validator.ruleset.ruleset import Reading

_KEY_BYTES = 8
_OURS = Pattern(r"rules-[0-9a-f]{12,16}\.msgpack|\.rules-[0-9a-f]{12,16}\.msgpack\.[0-9a-f]{16}\.tmp")
_LONG = 30 * 24 * 3600
"""Seconds after which a file of another installation is taken to be of one that is gone."""
_MAKERS = ("model", "ruleset", "checking", "comparison", "pipeline")
"""The rooms whose code decides what is made of the rule files."""


class Stock(msgspec.Struct, frozen=True, eq=False):
    """All that a run without rules of its user's own knows."""

    ruleset: Ruleset
    wordings: Wordings
    slips: tuple[Slip, ...]


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """A stock in the shape of its file; each rule has a type of its own, which the name of its kind tells.

    The words of the wordings stand apart: all that mean the same together, with a line for each.
    """

    forms: dict[str, Form]
    rules: tuple[tuple[str, msgspec.Raw], ...]
    readings: tuple[Reading, ...]
    wordings: Wordings
    words: tuple[tuple[Word, str], ...]
    slips: tuple[Slip, ...]


def take_stock(kinds: Iterable[Kind], make: Callable[[], Stock]) -> Stock:
    """Give the stock from the file, or what `make` makes, for the next time as well where there is room for a file."""
    file = _find_file()
    if file is None:
        return make()
    key = _describe()
    with suppress(OSError, msgspec.MsgspecError, KeyError):
        data = file.read_bytes()
        if data[:_KEY_BYTES] == key:
            return _unpack(memoryview(data)[_KEY_BYTES:], {kind.name: kind for kind in kinds})
    stock = make()
    with suppress(OSError):
        _write(file, key + _pack(stock))
        _clear(file)
    return stock


def _unpack(data: memoryview, kinds: Mapping[str, Kind]) -> Stock:
    kept = msgspec.msgpack.decode(data, type=_Kept)
    decoders: dict[str, msgspec.msgpack.Decoder[Rule]] = {}
    rules: list[Rule] = []
    for name, raw in kept.rules:
        if name not in decoders:
            decoders[name] = msgspec.msgpack.Decoder(kinds[name].rule)
        rules.append(decoders[name].decode(raw))
    words = {text: word for word, texts in kept.words for text in texts.split("\n")}
    wordings = replace(kept.wordings, words=words)
    return Stock(Ruleset(kept.forms, tuple(rules), kept.readings, kinds), wordings, kept.slips)


def _pack(stock: Stock) -> bytes:
    encode = msgspec.msgpack.encode
    ruleset = stock.ruleset
    rules = tuple((rule.kind, msgspec.Raw(encode(rule))) for rule in ruleset.rules)
    words: dict[Word, list[str]] = {}
    for text, word in stock.wordings.words.items():
        words.setdefault(word, []).append(text)
    lines = tuple((word, "\n".join(texts)) for word, texts in words.items())
    wordings = replace(stock.wordings, words={})
    return encode(_Kept(dict(ruleset.forms), rules, ruleset.readings, wordings, lines, stock.slips))


def _write(file: Path, data: bytes) -> None:
    """Put the file in place whole, readable to its owner alone."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.urandom(8).hex()}.tmp")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(data)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _clear(kept: Path) -> None:
    """Remove the files of other installations that none has written for long, and drafts of any that was stopped.

    One that is still in use is made anew at its next start.
    """
    oldest = time() - _LONG
    for file in kept.parent.iterdir():
        with suppress(OSError):
            status = file.lstat()
            if _OURS.fullmatch(file.name) and S_ISREG(status.st_mode) and status.st_mtime < oldest and file != kept:
                file.unlink()


def _find_file() -> Path | None:
    """Name the file of this installation in the folder where programs keep what they can make anew, if there is one."""
    surroundings = os.environ.get
    if sys.platform == "win32":
        folder = surroundings("LOCALAPPDATA")
    elif not (folder := surroundings("XDG_CACHE_HOME")):
        home = surroundings("HOME")
        folder = home and os.path.join(home, "Library/Caches" if sys.platform == "darwin" else ".cache")
    if not folder or not os.path.isabs(folder):
        return None
    place = source_hash(os.fsencode(os.path.dirname(__file__))).hex()
    return Path(folder, "gouji", f"rules-{place}.msgpack")


def _describe() -> bytes:
    """Give a digest of what tells one state of the rule files and of the program from another.

    Nothing changes what a file says and leaves its size and both of its times as they were.
    """
    program = os.path.dirname(os.path.dirname(__file__))
    told = [f"{__version__} {msgspec.__version__}", *_files(str(data_folder()), ".yaml")]
    for room in _MAKERS:
        told += _files(os.path.join(program, room), ".py")
    return source_hash("\n".join(told).encode("utf-8", "surrogateescape"))


def _files(folder: str, suffix: str) -> Iterator[str]:
    """Give the files beneath a folder in the order of their names, each with its size and its times."""
    inside: list[str] = []
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.endswith(suffix):
                status = entry.stat()
                yield f"{entry.path} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
            elif entry.is_dir():
                inside.append(entry.path)
    for each in inside:
        yield from _files(each, suffix)


class Knowledge(msgspec.Struct, frozen=True, eq=False):
    """All data of a run. `told` are the ids of the rules to tell about; without `slips` nothing is diagnosed.

    `scans`: pictures are read where what that takes is installed.
    """

    ruleset: Ruleset
    wordings: Wordings
    slips: tuple[Slip, ...]
    told: frozenset[str]
    scans: bool = True

    @property
    def notes(self) -> Mapping[str, RuleNote]:
        """What results say of the rules to tell about."""
        return {rule.id: rule.note for rule in self.ruleset.rules if rule.id in self.told}


KINDS: Sequence[Kind] = (*checking.KINDS, *comparison.KINDS)


def load_ruleset(own: Path | Iterable[Path] = (), forms: Iterable[Path] = ()) -> Ruleset:
    """Read the rules and forms of this program, and a user's own from some folders. Raises RuleError."""
    from validator.ruleset.loading import read_ruleset

    return read_ruleset(KINDS, (own,) if isinstance(own, Path) else tuple(own), tuple(forms))


def load_knowledge(
    rules: Iterable[Path] = (),
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    *,
    forms: Iterable[Path] = (),
    diagnosis: bool = True,
    scans: bool = True,
) -> Knowledge:
    """Give everything, also a user's own. Raises RuleError, and UsageError for an unknown rule or group."""
    own = (tuple(rules), tuple(forms))
    stock = _read(*own) if any(own) else take_stock(KINDS, _read)
    told = frozenset(rule.id for rule in stock.ruleset.select(select, ignore).rules)
    return Knowledge(stock.ruleset, stock.wordings, stock.slips if diagnosis else (), told, scans)


def _read(rules: Iterable[Path] = (), forms: Iterable[Path] = ()) -> Stock:
    """Read all files that there are. Raises RuleError."""
    from validator.ruleset.loading import load_slips
    from validator.ruleset.wording import load_wordings

    ruleset = load_ruleset(rules, forms)
    folder = data_folder()
    return Stock(ruleset, load_wordings(folder / "claims", ruleset.forms), load_slips(folder / "slips.yaml"))


def freeze_knowledge(knowledge: Knowledge) -> bytes:
    """Give all that a run knows as bytes, for another process of it."""
    stock = Stock(knowledge.ruleset, knowledge.wordings, knowledge.slips)
    return msgspec.msgpack.encode((tuple(knowledge.told), knowledge.scans, _pack(stock)))


def thaw_knowledge(data: bytes) -> Knowledge:
    """Give what `freeze_knowledge` made bytes of; raises MsgspecError or KeyError if it did not."""
    told, scans, packed = msgspec.msgpack.decode(data, type=tuple[frozenset[str], bool, bytes])
    stock = _unpack(memoryview(packed), {kind.name: kind for kind in KINDS})
    return Knowledge(stock.ruleset, stock.wordings, stock.slips, told, scans)
