"""Writes a printed report as a Word document full of what Word leaves in documents that many hands have edited.

Every text is split, wrapped and changed at random, in ways that leave what Word shows as it is.
"""

import re
from collections.abc import Callable
from html import escape
from random import Random

from docx_parts import cell, make_docx, paragraph, row, table, text
from typeset.grid import PrintedReport, PrintedTable
from word_writer import place_cells

_ORDINALS = {sign: place % 10 + 1 for place, sign in enumerate("一二三四五六七八九十1234567890")}
_NUMBERS = tuple(map(re.compile, ("([一二三四五六七八九十])、", "[(（]([一二三四五六七八九十])[)）]", r"([1-9])\.")))
_PATTERNS = (("chineseCounting", "%1、"), ("japaneseCounting", "（%1）"), ("decimal", "%1."))
_MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
_CONTROL = "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
_HIDDEN = "<w:r><w:rPr><w:b/><w:vanish/></w:rPr><w:t>99</w:t></w:r>"
_NOTE = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r>'
_DELETED = '<w:del w:id="1" w:author="x"><w:r><w:delText>98</w:delText></w:r></w:del>'
_MOVED = '<w:moveFrom w:id="2" w:author="x"><w:r><w:t>97</w:t></w:r></w:moveFrom>'


def disguise(report: PrintedReport, random: Random, *, cut: bool = False) -> bytes:
    """Give the report as a .docx; `cut`: each table is cut in two, the second part without its header."""
    return _Writer(random, cut).write(report)


class _Writer:
    def __init__(self, random: Random, cut: bool) -> None:
        self.random = random
        self.cut = cut
        self.lists: list[int] = []  # the pattern of each list in use
        self.starts: dict[int, int] = {}
        self.counts: dict[int, tuple[int, int]] = {}  # by pattern, the list that counts and how far it has

    def write(self, report: PrintedReport) -> bytes:
        body = [self.line(report.title)]
        for heading, paragraphs, tables in report.sections:
            body += [self.line(heading), *(self.line(said) for said in paragraphs)]
            body += [self.table(printed) for printed in tables]
        inside = "".join(body)
        if self.chance(0.15):
            inside = table(row(f"<w:tc>{inside}<w:p/></w:tc>"))
        note = f'<w:footnote w:id="1">{paragraph("以系统数据为准。")}</w:footnote>'
        return make_docx(inside, {"numbering": self.numbering(), "footnotes": note})

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def line(self, said: str) -> str:
        properties = ""
        if self.chance(0.5):
            said, properties = self.number(said)
        if len(said) > 3 and self.chance(0.1):
            at = self.random.randrange(1, len(said))
            before = paragraph(self.runs(said[:at]), properties="<w:rPr><w:del/></w:rPr>")
            return before + paragraph(self.runs(said[at:]), properties=properties)
        made = paragraph(self.runs(said), properties=properties)
        return _CONTROL.format(made) if self.chance(0.1) else made

    def runs(self, said: str) -> str:
        if not said:
            return self.random.choice(["", text("\u3000"), text(" "), _DELETED, _HIDDEN, '<w:bookmarkStart w:id="3"/>'])
        at = self.random.randrange(len(said))
        pieces = [self.wrap(text(escape(piece))) for piece in (said[:at], said[at:]) if piece]
        return self.random.choice(["", "<w:proofErr/>", _MOVED, _DELETED]).join(pieces)

    def wrap(self, run: str) -> str:
        ways: list[Callable[[], str]] = [
            lambda: run,
            lambda: run.replace("<w:r>", "<w:r><w:rPr><w:rFonts/><w:color/></w:rPr>"),
            lambda: f"<w:ins>{run}</w:ins>{_DELETED}",
            lambda: f"{_MOVED}<w:moveTo>{run}</w:moveTo>",
            lambda: _CONTROL.format(run),
            lambda: f"<w:hyperlink><w:smartTag>{run}</w:smartTag></w:hyperlink>",
            lambda: f"{_HIDDEN}{run}",
            lambda: f"{run}{_NOTE}",
            lambda: f'<w:fldSimple w:instr="=96">{run}</w:fldSimple>',
            lambda: _MARK.format("begin") + "<w:r><w:instrText>=SUM(95)</w:instrText></w:r>"
            + _MARK.format("separate") + run + _MARK.format("end"),
        ]  # fmt: skip
        return self.random.choice(ways)() if self.chance(0.3) else run

    def number(self, said: str) -> tuple[str, str]:
        """Take the number of a label away and leave it to Word, if its list would count the same."""
        for number, pattern in enumerate(_NUMBERS):
            if found := pattern.match(said):
                wanted = _ORDINALS[found[1]]
                list_id, count = self.counts.get(number, (0, 0))
                if not list_id or wanted != count + 1:
                    self.lists.append(number)
                    list_id = len(self.lists)
                    self.starts[list_id] = wanted
                self.counts[number] = (list_id, wanted)
                return said[found.end() :], f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list_id}"/></w:numPr>'
        return said, ""

    def numbering(self) -> str:
        patterns = "".join(
            f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl></w:abstractNum>'
            for number, (form, pattern) in enumerate(_PATTERNS)
        )
        uses = "".join(
            f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{pattern}"/><w:lvlOverride w:ilvl="0">'
            f'<w:startOverride w:val="{self.starts[list_id]}"/></w:lvlOverride></w:num>'
            for list_id, pattern in enumerate(self.lists, start=1)
        )
        return patterns + uses

    def table(self, printed: PrintedTable) -> str:
        rows: list[dict[int, str]] = [{} for _ in printed.rows]
        old_merge = self.chance(0.2)
        for index, column, found in place_cells(printed):
            down = '<w:vMerge w:val="restart"/>' if found.rowspan > 1 else ""
            rows[index][column] = self.cell(found.text, found.colspan, down, old_merge)
            for below in range(index + 1, index + found.rowspan):
                # Where a table is cut, what lies under a merged cell comes to be shown, and is no figure all the same.
                left_over = self.random.choice(["", "", "99"])
                rows[below][column] = self.cell(left_over, found.colspan, "<w:vMerge/>", old_merge)
        made = [self.row("".join(cells[column] for column in sorted(cells))) for cells in rows]
        if self.cut and len(made) > 5:
            at = self.random.randrange(4, len(made))
            return table(*made[:at]) + "<w:p/>" + table(*made[at:])
        if self.chance(0.1):
            box = f"<w:txbxContent>{table(*made)}<w:p/></w:txbxContent>"
            choice = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
            fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
            return paragraph(f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>")
        return table(*made)

    def row(self, cells: str) -> str:
        made = row(cells) if cells else ""
        if self.chance(0.05):
            made = row(cells, properties="<w:del/>") + made
        elif self.chance(0.05):
            made = row(cells, properties="<w:cantSplit/><w:ins/>")
        return _CONTROL.format(made) if self.chance(0.05) else made

    def cell(self, said: str, span: int, down: str, old_merge: bool) -> str:
        inside = self.line(said)
        if span > 1 and old_merge:
            first = cell(inside, properties=f'<w:hMerge w:val="restart"/>{down}')
            return first + cell(properties=f"<w:hMerge/>{down}") * (span - 1)
        properties = (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "") + down
        made = cell(inside, properties=f"<w:tcW/>{properties}<w:tcBorders><w:top/></w:tcBorders>")
        if self.chance(0.01):
            made += cell("96", properties="<w:cellDel/>")
        return _CONTROL.format(made) if self.chance(0.05) else made
