"""The pictures of a web page that may show tables: how many there are, and where and what those at hand are.

A picture is at hand if the page brings it along (data:) or if it lies beside the page, in its folder or below. Nothing
is fetched, and no path that leaves the folder is followed.
"""

import re
from binascii import a2b_base64
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from selectolax.lexbor import LexborHTMLParser, LexborNode

from validator.errors import ReadError
from validator.model.document import Block, Paragraph
from validator.patterns import Pattern
from validator.readers.opening import Inset

_FRAMING = ",".join(f"{tag} img" for tag in ("a", "button", "header", "footer", "nav", "aside"))
_LEAST = {"width": 200, "height": 60}  # in pixels: no table is smaller
_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
_ELSEWHERE = Pattern(r"^/|^[a-z][a-z0-9+.-]*:|\\|\0|(?:^|/)\.\.(?:/|$)", re.IGNORECASE)
_MOST = 40
_MOST_BYTES = 32 * 2**20
_MARK = "\ue0d1"
"""Stands in a page for a picture; between two of them its number."""
_MARKED = Pattern(f"{_MARK}(\\d+){_MARK}")


def list_pictures(tree: LexborHTMLParser) -> list[LexborNode]:
    """Give the pictures among the text that could show a table; those of links and of the page's frame do not."""
    pictures = tree.css("img[src]")
    inner = {node.mem_id for node in tree.css(_FRAMING)} if pictures else set()
    return [picture for picture in pictures if picture.mem_id not in inner and not _is_small(picture.attributes)]


def _is_small(attributes: Mapping[str, str | None]) -> bool:
    style = attributes.get("style") or ""
    for side, least in _LEAST.items():
        found = re.search(rf"(?:^|;)\s*{side}\s*:\s*([\d.]+)\s*(?:px|pt)", style, re.IGNORECASE)
        written = found[1] if found else (attributes.get(side) or "").removesuffix("px")
        if written.replace(".", "", 1).isdecimal() and float(written) < least:
            return True
    return False


def find_insets(
    pictures: Sequence[LexborNode], source: str, blocks: Sequence[Block], read_again: Callable[[], Sequence[Block]]
) -> list[Inset]:
    """Give the pictures at hand with the blocks of the page that they stand before.

    `read_again` gives the blocks of the page anew, once signs stand in it for its pictures. A picture that is not
    displayed has no place, and is left out.
    """
    loads: list[Callable[[], bytes]] = []
    for picture in pictures[:_MOST]:
        load = _find_load(picture, source)
        if load is not None:
            picture.insert_before(f"{_MARK}{len(loads)}{_MARK}")
            loads.append(load)
    if not loads:
        return []
    shown = [number for number, block in enumerate(blocks) if any(text.strip() for text in _texts(block))]
    passed = 0
    insets: list[Inset] = []
    for block in read_again():
        texts = list(_texts(block))
        before = shown[passed] if passed < len(shown) else len(blocks)
        insets.extend(Inset(before, loads[int(number)]) for text in texts for number in _MARKED.findall(text))
        passed += any(_MARKED.sub("", text).strip() for text in texts)
    return insets


def _texts(block: Block) -> Sequence[str]:
    if isinstance(block, Paragraph):
        return [block.text]
    return [cell.text for row in block.rows for cell in row.cells]


def _find_load(picture: LexborNode, source: str) -> Callable[[], bytes] | None:
    """Give what gives the bytes of a picture; None if it is not at hand."""
    address = (picture.attributes.get("src") or "").strip()
    if address[:11].lower() == "data:image/":
        return partial(_decode, address)
    name = unquote(re.split(r"[?#]", address, maxsplit=1)[0])
    if not name.lower().endswith(_SUFFIXES) or _ELSEWHERE.search(name):
        return None
    folder = Path(source).parent
    try:
        path = (folder / name).resolve()
        is_at_hand = path.is_relative_to(folder.resolve()) and path.is_file() and path.stat().st_size <= _MOST_BYTES
    except (OSError, ValueError):
        return None
    return path.read_bytes if is_at_hand else None


def _decode(address: str) -> bytes:
    """Give the bytes of a data: address. ReadError("damaged") if they are none."""
    head, _, body = address.partition(",")
    raw = unquote_to_bytes(body)
    if not head.lower().endswith(";base64"):
        return raw
    try:
        return a2b_base64(raw)
    except ValueError:
        raise ReadError("damaged", kind="data:", detail="base64") from None
