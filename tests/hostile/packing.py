"""Writes ZIP packages byte by byte, so that they may lie about their members."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


@dataclass(frozen=True)
class Member:
    """A member as it is filed: what is stored, and what its headers state of it."""

    name: str
    packed: bytes
    size: int
    crc: int
    method: int = 8
    flags: int = 0x800


def pack(name: str, content: bytes, *, size: int | None = None, flags: int = 0x800) -> Member:
    """Give a deflated member; `size` is what its headers claim if that is not the truth."""
    packer = zlib.compressobj(6, wbits=-15)
    packed = packer.compress(content) + packer.flush()
    return Member(name, packed, len(content) if size is None else size, zlib.crc32(content), flags=flags)


def pack_blanks(name: str, megabytes: int, *, size: int | None = None) -> Member:
    """Give a member of so many megabytes of blanks, packed a thousand times smaller without ever being made."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    crc = 0
    for _ in range(megabytes):
        crc = zlib.crc32(b" " * 2**20, crc)
    claimed = megabytes * 2**20 if size is None else size
    return Member(name, block * megabytes + packer.flush(), claimed, crc)


def write_zip(members: Sequence[Member], *, same_place: bool = False) -> bytes:
    """Give a ZIP file of these members; `same_place`: the directory points to the first one for all of them."""
    body, directory, offsets = bytearray(), bytearray(), []
    for member in members:
        name = member.name.encode()
        offsets.append(0 if same_place else len(body))
        if not same_place or not body:
            stated = (member.crc, len(member.packed), member.size)
            body += _LOCAL.pack(b"PK\x03\x04", 20, member.flags, member.method, 0, 0x21, *stated, len(name), 0)
            body += name + member.packed
    for member, offset in zip(members, offsets, strict=True):
        name = member.name.encode()
        stated = (member.crc, len(member.packed), member.size, len(name), 0, 0, 0, 0, 0, offset)
        directory += _CENTRAL.pack(b"PK\x01\x02", 20, 20, member.flags, member.method, 0, 0x21, *stated) + name
    count = min(len(members), 0xFFFF)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + end)


def repack(package: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """Give a package with these parts put in the place of its own, added to them, or left out (None)."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            if item.filename not in changes:
                new.writestr(item, old.read(item))
        for name, content in changes.items():
            if content is not None:
                new.writestr(name, content)
    return target.getvalue()


def part_of(package: bytes, name: str) -> bytes:
    """Give a part of a package."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read(name)


def members_of(package: bytes) -> list[Member]:
    """Give the members of a package, packed anew."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return [pack(item.filename, archive.read(item)) for item in archive.infolist()]
