"""A small writer of OLE containers, which old Office files and encrypted new ones are."""

import struct
from random import Random

_SECTOR = 512
_END, _FREE, _TABLE, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


def write_ole(streams: dict[str, bytes]) -> bytes:
    """Give a container of these streams, each padded to 4096 bytes at least so that none is a short one."""
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    table: list[int] = []
    body = bytearray()
    starts = {}
    for name, content in padded.items():
        starts[name] = len(table)
        _append(content, table, body)
    directory_start = len(table)
    _append(_directory(padded, starts), table, body)
    sectors = 1
    while len(table) + sectors > sectors * _SECTOR // 4:
        sectors += 1
    table_start = len(table)
    table += [_TABLE] * sectors
    table += [_FREE] * (sectors * _SECTOR // 4 - len(table))
    body += struct.pack(f"<{len(table)}I", *table)
    places = [table_start + number for number in range(sectors)] + [_FREE] * (109 - sectors)
    header = struct.pack(
        "<8s16s6H10I109I",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, 0),
        *(0, 0, sectors, directory_start, 0, 4096, _END, 0, _END, 0),
        *places,
    )
    return header + bytes(body)


def _append(content: bytes, table: list[int], body: bytearray) -> None:
    count = -(-len(content) // _SECTOR)
    first = len(table)
    table += [*range(first + 1, first + count), _END]
    body += content.ljust(count * _SECTOR, b"\0")


def _directory(streams: dict[str, bytes], starts: dict[str, int]) -> bytes:
    names = list(streams)
    entries = [_entry("Root Entry", 5, 1 if names else _NONE, _END, 0, _NONE)]
    for number, name in enumerate(names, start=1):
        right = number + 1 if number < len(names) else _NONE
        entries.append(_entry(name, 2, _NONE, starts[name], len(streams[name]), right))
    while len(entries) % 4:
        entries.append(_entry("", 0, _NONE, 0, 0, _NONE))
    return b"".join(entries)


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int) -> bytes:
    written = (name + "\0").encode("utf-16-le") if name else b""
    return struct.pack(
        "<64sHBB3I16sI16sIII",
        written,
        len(written),
        kind,
        1,
        _NONE,
        right,
        child,
        bytes(16),
        0,
        bytes(16),
        start,
        size,
        0,
    )


def encrypted_package() -> bytes:
    """Give what Word and Excel save under a password: the package, encrypted, in a container."""
    information = struct.pack("<HHI", 4, 4, 0x40) + b"<encryption/>"
    return write_ole({"EncryptionInfo": information, "EncryptedPackage": Random(5).randbytes(20_000)})


def encrypted_word() -> bytes:
    """Give an old Word file whose header says that it is encrypted."""
    header = struct.pack("<HHHHHHH", 0xA5EC, 0xC1, 0, 0x804, 0, 0x0100 | 0x0200, 0xBF)
    return write_ole({"WordDocument": header + Random(6).randbytes(9000), "1Table": Random(7).randbytes(5000)})


def encrypted_workbook() -> bytes:
    """Give an old Excel file with the record that says it is encrypted."""
    begin = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 5, 0x0DBB, 0x07CC, 0, 6)
    passed = struct.pack("<HHHHH", 0x002F, 54, 1, 1, 1) + Random(8).randbytes(48)
    return write_ole({"Workbook": begin + passed + Random(9).randbytes(9000)})
