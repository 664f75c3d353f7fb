"""A Word file and the notes on it -> a copy with a comment of Word's own for each note; all else stays as it is."""

from collections.abc import Sequence
from typing import Any

from validator.readers.package import open_package
from validator.readers.word import find_word_places

from .mending import Mending
from .notes import AUTHOR, COLOURS, DAY, Note, Notes
from .package import Patch, parse_whole, repack, write_part

_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_BEFORE_SHADE = ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders")


def annotate_word(data: bytes, source: str, notes: Notes) -> bytes:
    """Give the copy. Earlier notes of ours are replaced. Raises ReadError as `read_word`."""
    part, places = find_word_places(data, source)
    patch = Patch(open_package(data, "DOCX"))
    root = parse_whole(patch.package.read(part))
    editing = _Editing(root, list(root.iter("*")))
    old = editing.clear(comments := _read_comments(patch, part, editing.word))
    for place in notes.touched:
        if place in places:
            editing.shade(editing.elements[places[place]], "touched")
    taken = [int(one.get(editing.word + "id") or -1) for one in comments if isinstance(one.tag, str)]
    first = max([*taken, -1]) + 1
    for number, note in enumerate(notes.notes, first):
        editing.mark(note, number, None if note.place not in places else editing.elements[places[note.place]])
        comments.append(editing.write_comment(note, number))
    if notes.notes or old:
        _write_comments(patch, part, comments, editing.word)
    patch.write(part, write_part(root))
    return repack(data, patch.parts)


def mend_word(data: bytes, source: str, mendings: Sequence[Mending]) -> tuple[bytes, list[Mending]]:
    """Give a copy in which figures are changed, each a change of Word's own that a person accepts or rejects.

    Also gives what was changed: a cell whose text is more than plain runs is left. Raises ReadError as `read_word`.
    """
    part, places = find_word_places(data, source)
    patch = Patch(open_package(data, "DOCX"))
    root = patch.parse(part)
    editing = _Editing(root, list(root.iter("*")))
    done = [
        mending
        for mending in mendings
        if mending.place in places and editing.replace(editing.elements[places[mending.place]], mending)
    ]
    patch.write(part, write_part(root))
    return repack(data, patch.parts), done


def _read_comments(patch: Patch, part: str, word: str) -> Any:  # noqa: ANN401 - an element of lxml
    from lxml import etree

    name = patch.follow(part, "comments")
    return patch.parse(name) if name else etree.Element(f"{word}comments", nsmap={"w": word[1:-1]})


def _write_comments(patch: Patch, part: str, comments: Any, word: str) -> None:  # noqa: ANN401
    name = patch.follow(part, "comments")
    if not name:
        name = patch.free_name("word/comments{}.xml") if patch.read("word/comments.xml") else "word/comments.xml"
        patch.relate(part, _STRICT_RELATION if word[1:-1] == _STRICT else _RELATION, name)
    patch.set_type(name, _TYPE)
    patch.write(name, write_part(comments))


class _Editing:
    """The text part that is being changed; `elements` are all of it as it was, in order."""

    def __init__(self, root: Any, elements: Sequence[Any]) -> None:  # noqa: ANN401
        self.root, self.elements = root, elements
        self.next_change: int | None = None
        self.word = root.tag[: root.tag.index("}") + 1]

    def clear(self, comments: Any) -> bool:  # noqa: ANN401
        """Take away our earlier notes, their anchors and colours; say whether there were any."""
        word = self.word
        ours = [one for one in comments.iter(f"{word}comment") if one.get(f"{word}author") == AUTHOR]
        ids = {one.get(f"{word}id") for one in ours}
        for one in ours:
            one.getparent().remove(one)
        for anchor in list(
            self.root.iter(f"{word}commentRangeStart", f"{word}commentRangeEnd", f"{word}commentReference")
        ):
            if anchor.get(f"{word}id") in ids:
                holder = anchor.getparent()
                holder.remove(anchor)
                if holder.tag == f"{word}r" and all(child.tag == f"{word}rPr" for child in holder):
                    holder.getparent().remove(holder)
        for shade in list(self.root.iter(f"{word}shd")):
            if shade.get(f"{word}fill") in COLOURS.values() and shade.getparent().tag == f"{word}tcPr":
                shade.getparent().remove(shade)
        return bool(ours)

    def mark(self, note: Note, number: int, element: Any) -> None:  # noqa: ANN401
        """Anchor a comment at an element; at the head of the text where its place is not in it."""
        word = self.word
        if element is not None and element.tag == f"{word}tc":
            self.shade(element, note.severity)
        first, last = self._paragraphs(element)
        if first is None:
            return
        start, end = self._make("commentRangeStart", number), self._make("commentRangeEnd", number)
        run = self._make("r")
        run.append(self._make("commentReference", number))
        found = (self._find_words(first, words) for words in note.words if element is first)
        if (ends := next(filter(None, found), None)) is not None:
            ends[0].addprevious(start)
            ends[1].addnext(end)
        else:
            first.insert(1 if len(first) and first[0].tag == f"{word}pPr" else 0, start)
            last.append(end)
        end.addnext(run)

    def _find_words(self, paragraph: Any, words: str) -> tuple[Any, Any] | None:  # noqa: ANN401
        """Give the first and the last part of a paragraph that hold words, its runs cut so that they hold no more."""
        word = self.word
        said = [
            (text, index)
            for text in paragraph.iter(f"{word}t")
            if next(text.iterancestors(f"{word}txbxContent", f"{word}moveFrom"), None) is None
            for index, character in enumerate(text.text or "")
            if not character.isspace()
        ]
        wanted = "".join(words.split())
        start = "".join(text.text[index] for text, index in said).find(wanted)
        if start < 0 or not wanted:
            return None
        (first, begin), (last, end) = said[start], said[start + len(wanted) - 1]
        head, tail = (
            next(one for one in (text, *text.iterancestors()) if one.getparent() is paragraph) for text in (first, last)
        )
        self._cut(tail, last, end + 1)
        return (begun := self._cut(head, first, begin)), begun if head is tail else tail

    def _cut(self, run: Any, text: Any, index: int) -> Any:  # noqa: ANN401
        """Cut a run before a character of a text of it and give what begins with it; what is no run stays whole."""
        from copy import deepcopy

        word = self.word
        properties = run.find(f"{word}rPr")
        begins = index == 0 and text.getprevious() is properties
        if run.tag != f"{word}r" or text.getparent() is not run or begins or index == len(text.text):
            return run
        rest = [text, *text.itersiblings()]
        if index:
            rest[0] = self._make("t")
            rest[0].text, text.text = text.text[index:], text.text[:index]
            for half in (text, rest[0]):
                half.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        right = self._make("r")
        right.extend([*([] if properties is None else [deepcopy(properties)]), *rest])
        run.addnext(right)
        return right

    def shade(self, cell: Any, severity: str) -> None:  # noqa: ANN401
        """Colour a cell that has no colour of its own."""
        word = self.word
        if cell.tag != f"{word}tc":
            return
        properties = cell.find(f"{word}tcPr")
        if properties is None:
            properties = self._make("tcPr")
            cell.insert(0, properties)
        if properties.find(f"{word}shd") is not None:
            return
        place = sum(child.tag in {word + name for name in _BEFORE_SHADE} for child in properties)
        shade = self._make("shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", COLOURS[severity])):
            shade.set(word + key, value)
        properties.insert(place, shade)

    def write_comment(self, note: Note, number: int) -> Any:  # noqa: ANN401
        """Give the comment, a paragraph a line."""
        word = self.word
        comment = self._make("comment", number)
        comment.set(f"{word}author", AUTHOR)
        comment.set(f"{word}date", f"{DAY}T00:00:00Z")
        comment.set(f"{word}initials", "gj")
        for text in note.lines:
            paragraph, run, words = self._make("p"), self._make("r"), self._make("t")
            words.text = "".join(character for character in text if character.isprintable())
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(words)
            paragraph.append(run)
            comment.append(paragraph)
        return comment

    def replace(self, cell: Any, mending: Mending) -> bool:  # noqa: ANN401
        """Strike out the figure of a cell and put another beside it, as tracked changes; False if it is not plain."""
        from copy import deepcopy

        word = self.word
        paragraphs = cell.findall(f"{word}p")
        runs = [run for paragraph in paragraphs for run in paragraph.findall(f"{word}r")]
        texts = [run for run in runs if run.find(f"{word}t") is not None]
        said = "".join(text.text or "" for run in texts for text in run.findall(f"{word}t")).strip()
        pieces = sum(1 for _ in cell.iter(f"{word}t"))
        if not paragraphs or said != mending.reported or pieces != sum(len(run.findall(f"{word}t")) for run in texts):
            return False
        added = self._make("r")
        model = texts[0] if texts else paragraphs[0].find(f"{word}pPr")
        properties = model.find(f"{word}rPr") if model is not None else None
        if properties is not None:
            added.append(deepcopy(properties))
        words = self._make("t")
        words.text = mending.proposed
        added.append(words)
        insertion = self._change("ins")
        insertion.append(added)
        if not texts:
            paragraphs[0].append(insertion)
            return True
        texts[-1].addnext(insertion)
        for run in texts:
            deletion = self._change("del")
            run.addprevious(deletion)
            deletion.append(run)
            for text in run.findall(f"{word}t"):
                text.tag = f"{word}delText"
        return True

    def _change(self, name: str) -> Any:  # noqa: ANN401
        word = self.word
        if self.next_change is None:
            ids = (one.get(f"{word}id") or "" for one in self.elements)
            self.next_change = max((int(one) for one in ids if one.isdecimal()), default=0)
        self.next_change += 1
        change = self._make(name, self.next_change)
        change.set(f"{word}author", AUTHOR)
        change.set(f"{word}date", f"{DAY}T00:00:00Z")
        return change

    def _paragraphs(self, element: Any) -> tuple[Any, Any]:  # noqa: ANN401
        """Give the paragraphs in which an anchor begins and ends: Word takes none inside of a text box."""
        word = self.word
        if element is None:
            paragraph = next(self.root.iter(f"{word}p"), None)
            return paragraph, paragraph
        box = next((above for above in element.iterancestors(f"{word}txbxContent")), None)
        while box is not None and (outer := next(box.iterancestors(f"{word}txbxContent"), None)) is not None:
            box = outer
        if box is not None:
            paragraph = next(box.iterancestors(f"{word}p"), None)
            return paragraph, paragraph
        if element.tag == f"{word}p":
            return element, element
        inside = element.findall(f"{word}p") or list(element.iter(f"{word}p"))
        return (inside[0], inside[-1]) if inside else (None, None)

    def _make(self, name: str, number: int | None = None) -> Any:  # noqa: ANN401
        from lxml import etree

        element = etree.Element(self.word + name)
        if number is not None:
            element.set(f"{self.word}id", str(number))
        return element
