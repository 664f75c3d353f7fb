"""Files changed in their bytes, in the tokens that their readers look for, and in the parts of a package."""

import io
import re
import zipfile
import zlib
from random import Random

_TOKENS = {
    "html": b"<table>|</table>|<tr>|</tr>|<td>|</td>|<td colspan=99999999>|<td rowspan=0>|<td rowspan=65535>|<th>|<p>|"
    b"</p>|<script>|<!--|-->|<![CDATA[|&#0;|&#xD800;|&#x10FFFF;|&nbsp;|<div hidden>|<br>|<svg>|<math>|<template>|"
    b"<meta charset=utf-16>|<select>|<style>td{display:none}</style>",
    "txt": "|||\n|| |\n|\t|\r\n|\x0c|\u2028|\u3000|一、|（三）|1.|总计|自然人|行政复议|0|/|—|-1|1.5|999999999".encode(),
    "json": b'{|}|[|]|,|:|null|true|1e999|-0|0.5|1e-400|"\\ud800"|"value"|"state"|"cells"|"year"|999999999999999999|"',
    "xml": b"<|>|/>|&#0;|&lt;|]]>|<!DOCTYPE x [<!ENTITY a 'b'>]>|&a;|xmlns=''|rowspan='0'|-1|99999999999|1e400|NaN|"
    b"\x00|<w:tbl>|<w:tr>|<w:tc>|<w:gridSpan w:val='9999'/>|<w:vMerge/>|<c r='XFD1048576'/>|"
    b"<mergeCell ref='A1:XFD1048576'/>",
    "rtf": rb"{|}|\par |\cell |\row |\trowd |\intbl |\cellx0|\cellx99999999|\clvmrg |\u-1 ?|\'ff|\'|\bin9999 |\v |"
    rb"\field{|\fs0|\nestcell |\itap9 |\itap-1|\deleted |\super |\upr{|{\*\x |\ansicpg0 |\sect |\tx-9|\object ",
    "pdf": b"BT|ET|Tj|re|S|q|Q|cm|Do|0 0 0 0 re|1e38|-1e38|<</|>>|[|]|/F1 0 Tf|1000000 Tf|endstream|endobj|0 R|nan",
}
_TOKENS["md"] = _TOKENS["txt"] + b"|# |---|\\||<td>|```"
_XML = re.compile(rb"<[^<>]*>|[^<>]+")
_NUMBER = re.compile(rb"\d+")
_ODD = [b"0", b"-1", b"1", b"65536", b"2147483648", b"99999999999999999999", b"0.5", b"1e9", b""]


def change_bytes(data: bytes, kind: str, random: Random) -> bytes:
    """Give a file with one to six changes; `kind` is the name of its format."""
    if kind in ("docx", "xlsx", "ofd", "odt", "ods") and random.random() < 0.85:
        return _change_package(data, random)
    if kind == "pdf" and random.random() < 0.7:
        return _change_streams(data, random)
    return _change(data, kind if kind in _TOKENS else "xml", random)


def _change(data: bytes, kind: str, random: Random) -> bytes:
    tokens = _TOKENS[kind].split(b"|")
    for _ in range(random.choice([1, 1, 2, 3, 6])):
        at = random.randrange(len(data) + 1)
        end = min(len(data), at + random.choice([1, 1, 4, 30, 300, 3000]))
        match random.randrange(8):
            case 0:
                data = data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]
            case 1:
                data = data[:at] + data[end:]
            case 2:
                data = data[:end] + data[at:end] * random.choice([1, 1, 2, 20]) + data[end:]
            case 3:
                data = data[:at] + random.choice(tokens) * random.choice([1, 1, 1, 50]) + data[at:]
            case 4:
                data = _change_number(data, at, random)
            case 5:
                other = random.randrange(len(data) + 1)
                data = data[:at] + data[other : other + end - at] + data[end:]
            case 6 if kind in ("xml", "html"):
                data = _change_pieces(data, random)
            case 7 if random.random() < 0.2:
                data = data[:at]
    return data


def _change_number(data: bytes, at: int, random: Random) -> bytes:
    found = _NUMBER.search(data, at)
    return data if found is None else data[: found.start()] + random.choice(_ODD) + data[found.end() :]


def _change_pieces(data: bytes, random: Random) -> bytes:
    """Drop, double or exchange tags and texts, so that most of it stays in its form."""
    pieces = _XML.findall(data)
    if len(pieces) < 4:
        return data
    first, second = sorted(random.sample(range(len(pieces)), 2))
    match random.randrange(4):
        case 0:
            del pieces[first]
        case 1:
            pieces.insert(first, pieces[second])
        case 2:
            pieces[first], pieces[second] = pieces[second], pieces[first]
        case 3:
            second = min(second, first + 40)
            pieces[first:second] = pieces[first:second] * random.choice([0, 2])
    return b"".join(pieces)


def _change_package(data: bytes, random: Random) -> bytes:
    """Change one part of a package, or lose it, or exchange two."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    names = sorted(parts, key=lambda name: -len(parts[name]))
    name = names[0] if random.random() < 0.5 else random.choice(names)
    match random.randrange(12):
        case 0:
            del parts[name]
        case 1:
            parts[name] = parts[random.choice(names)]
        case 2:
            parts[name] = b""
        case _:
            parts[name] = _change(parts[name], "xml", random)
            if random.random() < 0.7:
                parts[name] = _change_pieces(parts[name], random)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for other, content in parts.items():
            package.writestr(other, content)
    return target.getvalue()


def _change_streams(data: bytes, random: Random) -> bytes:
    """Change what a page prints, and store it again."""
    streams = list(re.finditer(rb"stream\n(.*?)\nendstream", data, re.DOTALL))
    found = random.choice(streams)
    try:
        content = zlib.decompress(found[1])
    except zlib.error:
        return _change(data, "pdf", random)
    packed = zlib.compress(_change(content, "pdf", random), 1)
    return data[: found.start(1)] + packed + data[found.end(1) :]
