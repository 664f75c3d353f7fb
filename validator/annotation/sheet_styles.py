"""The styles of a workbook -> the same with a colour of ours behind some cells, or without it."""

from typing import Any

from .notes import COLOURS
from .package import Patch, write_part

_FILLS = {severity: f"FF{colour}" for severity, colour in COLOURS.items()}


class SheetStyles:
    """The styles of a workbook that is being changed: each of ours is another with a colour of ours behind it."""

    def __init__(self, patch: Patch) -> None:
        self.patch = patch
        self.part = next((name for name in patch.package.names if name.lower().endswith("/styles.xml")), "")
        self.root = patch.parse(self.part) if self.part else None
        self.changed = False

    def _list(self, name: str) -> Any:  # noqa: ANN401
        if self.root is None:
            return None
        main = self.root.tag[: self.root.tag.index("}") + 1]
        return self.root.find(f"{main}{name}")

    def clear(self, cell: Any) -> None:  # noqa: ANN401
        """Take a colour of ours from a cell."""
        formats, own = self._list("cellXfs"), self._own()
        number = int(cell.get("s") or 0)
        if formats is None or number >= len(formats) or formats[number].get("fillId") not in own:
            return
        plain = dict(formats[number].attrib) | {"fillId": "0"}
        wanted = _key(plain, formats[number])
        base = next((n for n, one in enumerate(formats) if _key(dict(one.attrib), one) == wanted), 0)
        cell.set("s", str(base))

    def colour(self, cell: Any, severity: str) -> None:  # noqa: ANN401
        """Put a colour of ours behind a cell that has none."""
        from copy import deepcopy

        formats = self._list("cellXfs")
        number = int(cell.get("s") or 0)
        if formats is None or number >= len(formats) or (formats[number].get("fillId") or "0") != "0":
            return
        style = deepcopy(formats[number])
        style.set("fillId", str(self._fill(_FILLS[severity])))
        style.set("applyFill", "1")
        wanted = (_key(dict(style.attrib), style), "1")
        same = (n for n, one in enumerate(formats) if (_key(dict(one.attrib), one), one.get("applyFill")) == wanted)
        found = next(same, None)
        if found is None:
            formats.append(style)
            found = len(formats) - 1
            formats.set("count", str(len(formats)))
            self.changed = True
        cell.set("s", str(found))

    def _fill(self, colour: str) -> int:
        from lxml import etree

        fills = self._list("fills")
        for number, fill in enumerate(fills):
            if _colour_of(fill) == colour:
                return number
        main = fills.tag[: fills.tag.index("}") + 1]
        pattern = etree.SubElement(etree.SubElement(fills, f"{main}fill"), f"{main}patternFill", patternType="solid")
        etree.SubElement(pattern, f"{main}fgColor", rgb=colour)
        etree.SubElement(pattern, f"{main}bgColor", indexed="64")
        fills.set("count", str(len(fills)))
        return len(fills) - 1

    def _own(self) -> set[str]:
        fills = self._list("fills")
        return (
            {str(n) for n, fill in enumerate(fills) if _colour_of(fill) in _FILLS.values()}
            if fills is not None
            else set()
        )

    def write(self) -> None:
        """Put the styles back if they have changed."""
        if self.changed:
            self.patch.write(self.part, write_part(self.root))


def _colour_of(fill: Any) -> str | None:  # noqa: ANN401
    colour = fill.find("{*}patternFill/{*}fgColor")
    return None if colour is None else colour.get("rgb")


def _key(attributes: dict[str, str], style: Any) -> tuple[object, ...]:  # noqa: ANN401
    """Give what tells a format from others, but for whether its colour applies."""
    from lxml import etree

    return tuple(sorted((k, v) for k, v in attributes.items() if k != "applyFill")), tuple(map(etree.tostring, style))
