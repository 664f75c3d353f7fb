"""A ZIP file of reports -> the names of its members and the bytes of one; nothing is ever unpacked to a disk.

What `open_package` refuses (bombs, members that overlap or share a name, encryption) is refused here.
"""

from functools import lru_cache
from pathlib import Path

from validator.errors import ReadError

from .package import Package, open_package

_MEGABYTE = 2**20
_LARGEST = 256 * _MEGABYTE


def list_members(path: Path) -> tuple[str, ...]:
    """Give the names of the members of a ZIP file, with "/" between folders, in their order.

    A step up and a drive are no part of a name. Raises ReadError: "too-large" and what `open_package` raises. Raises
    OSError if the file cannot be read.
    """
    return tuple(_open(path)[1])


def read_member(path: Path, member: str, limit: int) -> tuple[bytes, int]:
    """Give the bytes of a member and how many there are; no bytes where there are more than `limit`.

    Raises as `list_members`, and ReadError("missing-file") if there is no such member.
    """
    package, names = _open(path)
    if member not in names:
        raise ReadError("missing-file")
    size = package.size(names[member])
    return (package.read(names[member]) if size <= limit else b""), size


def _open(path: Path) -> tuple[Package, dict[str, str]]:
    status = path.stat()
    return _open_state(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=1)  # members are read one after the other
def _open_state(path: Path, size: int, _changed: int) -> tuple[Package, dict[str, str]]:
    if size > _LARGEST:
        limit = f"{_LARGEST // _MEGABYTE} MB"
        raise ReadError("too-large", size=f"{size / _MEGABYTE:.1f} MB", limit=limit)
    package = open_package(path.read_bytes(), "ZIP")
    names: dict[str, str] = {}
    for name in package.names:
        names.setdefault(_show(name), name)
    return package, names


def _show(name: str) -> str:
    """Give a name as its maker wrote it, where ZIP knows no Chinese, and without steps that lead elsewhere."""
    for encoding in ("utf-8", "gb18030"):
        try:
            name = name.encode("cp437").decode(encoding)
            break
        except UnicodeError:
            continue
    steps = [step for step in name.replace("\\", "/").split("/") if step not in ("", ".", "..")]
    return "/".join(step.replace(":", "_") for step in steps)
