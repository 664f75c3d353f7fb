"""The printed lines of a page -> what they say, with likelihoods: read by a network, figures by their shapes as well.

The network (PP-OCR, Apache 2.0, inside the wheel of rapidocr) reads a line whole. The second way takes the signs of a
figure one by one and holds each against all other signs of the page: it knows nothing of what the network saw in this
line, so a lost digit or a mistaken one is told by the two ways apart.
"""

from collections.abc import Sequence
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

import cv2
import msgspec
import numpy as np

from .marks import Box
from .picture import Pixels
from .shapes import LEAST, MOST, read_shapes

_HEIGHT = 48
_STEP = 32
"""Widths of lines that are read together, in pixels of the network's input."""
_WIDEST = 1600
_TOGETHER = 16
_AROUND = 0.22
"""The margin around a line, in heights of a sign; the network was taught on lines with some room."""
_FLAT, _DASH, _LONGEST = 0.25, 0.35, 3.0
"""How low and how wide, in heights of a sign, a line is that is nothing but a dash; longer ones are left of rulings."""
_WIDER = 0.34
_MARKS = "/-—–－一_"
_FIGURES = "0123456789.,，"
_AS_DIGIT = {"O": "0", "o": "0", "〇": "0", "○": "0", "l": "1", "I": "1", "|": "1"}
_FEW_LETTERS = 3
_AT_EASE, _SOME_SIGNS = 0.8, 4
_BEAM = 8


class Line(msgspec.Struct, frozen=True):
    """A printed line: its box in pixels, its text, and of a figure the readings with their likelihoods in both ways.

    `readings` are (text, by the network, by the shapes), the likeliest first; empty for what is no figure.
    """

    box: Box
    text: str
    likelihood: float
    readings: tuple[tuple[str, float, float], ...] = ()


@cache
def _load() -> tuple[Any, str, list[str]]:
    import onnxruntime
    import rapidocr

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    models = sorted(Path(rapidocr.__file__).parent.glob("models/*rec*.onnx"))
    session = onnxruntime.InferenceSession(str(models[0]), options, providers=["CPUExecutionProvider"])
    signs = session.get_modelmeta().custom_metadata_map["character"].split("\n")
    return session, session.get_inputs()[0].name, ["", *signs, " "]


def read_lines(grey: Pixels, ink: Pixels, ruled: Pixels, boxes: Sequence[Box], em: float) -> list[Line]:
    """Read the lines in these boxes of a page; `ink` are the pixels of signs, `ruled` those of rulings."""
    clean = grey.copy()
    clean[ruled > 0] = 245
    first = _run([_crop(clean, box, em) for box in boxes])
    seen = [_decode(chances) for chances in first]
    figures = [number for number, (text, _) in enumerate(seen) if _is_figure(text, boxes[number], em)]
    ways = {number: _list_readings(first[number]) for number in figures}
    shapes = read_shapes(clean, {number: boxes[number] for number in figures}, ways, em)
    # A sign that the page has too seldom to be known by its shape is read anew from its bare shape, in another frame.
    again = [number for number in figures if not shapes[number]]
    bare = cv2.GaussianBlur(255 - ink, (0, 0), 0.8)
    for number, chances in zip(again, _run([_crop(bare, boxes[number], em, _WIDER) for number in again]), strict=True):
        shapes[number] = _list_readings(chances)
    lines: list[Line] = []
    for number, (box, (text, sure)) in enumerate(zip(boxes, seen, strict=True)):
        if box[3] - box[1] < _FLAT * em and box[2] - box[0] > _DASH * em:
            if box[2] - box[0] < _LONGEST * em:
                lines.append(Line(box, "—", 1.0, (("—", 1.0, 1.0),)))
            continue
        if number not in ways:
            lines.append(Line(box, text, min(sure, default=0.0)))
            continue
        merged = _merge(ways[number], shapes[number])
        best = merged[0] if merged else ("", 0.0, 0.0)
        lines.append(Line(box, best[0], min(best[1], best[2]), merged))
    return lines


def sample_lines(grey: Pixels, ruled: Pixels, boxes: Sequence[Box], em: float) -> list[bool]:
    """Say for each of these lines whether it is read at ease as Chinese; a page that is turned has none such."""
    clean = grey.copy()
    clean[ruled > 0] = 245
    return [
        sum(sure) > _AT_EASE * len(sure) and sum("\u4e00" <= sign <= "\u9fff" for sign in text) >= _SOME_SIGNS
        for text, sure in map(_decode, _run([_crop(clean, box, em) for box in boxes]))
    ]


def _crop(grey: Pixels, box: Box, em: float, around: float = _AROUND) -> Pixels:
    """Cut a line out, with room around it, as high as the network's input."""
    left, top, right, bottom = box
    room = max(around * em, (em - (bottom - top)) / 2 + 0.1 * em)
    side = around * em
    y0, y1, x0, x1 = (int(v) for v in (top - room, bottom + room + 1, left - side, right + side + 1))
    high, wide = grey.shape
    part = grey[max(y0, 0) : min(y1, high), max(x0, 0) : min(x1, wide)]
    scale = _HEIGHT / max(part.shape[0], 1)
    width = min(max(round(part.shape[1] * scale), 8), _WIDEST)
    return cv2.resize(part, (width, _HEIGHT), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)


def _run(crops: Sequence[Pixels]) -> list[Pixels]:
    """Give for each line the likelihood of each sign at each step of the network."""
    session, name, _ = _load()
    order = sorted(range(len(crops)), key=lambda number: crops[number].shape[1])
    found: list[Pixels] = [None] * len(crops)
    start = 0
    while start < len(order):
        width = _STEP * max(ceil(crops[order[start]].shape[1] / _STEP), 2)
        group = [n for n in order[start : start + _TOGETHER] if crops[n].shape[1] <= width]
        batch = np.full((len(group), 3, _HEIGHT, width), 245, np.float32)
        for place, number in enumerate(group):
            batch[place, :, :, : crops[number].shape[1]] = crops[number]
        out = session.run(None, {name: batch / 127.5 - 1.0})[0]
        for place, number in enumerate(group):
            found[number] = out[place]
        start += len(group)
    return found


def _decode(chances: Pixels) -> tuple[str, list[float]]:
    """Give the likeliest text of a line, and how likely each of its signs is."""
    signs = _load()[2]
    best = chances.argmax(axis=1)
    text, sure, before = [], [], 0
    for step, sign in enumerate(best.tolist()):
        if sign and sign != before:
            text.append(signs[sign])
            sure.append(float(chances[step, sign]))
        before = sign
    return "".join(text).strip(), sure


def _is_figure(text: str, box: Box, em: float) -> bool:
    """Whether a line is a figure or a mark for none, or may be one that was not read."""
    plain = "".join(_AS_DIGIT.get(sign, sign) for sign in text if not sign.isspace())
    if all(sign in _FIGURES or sign in _MARKS for sign in plain):
        return box[2] - box[0] < 12 * em
    # A damaged digit may look like a letter, and no label of a form is letters alone.
    return len(plain) <= _FEW_LETTERS and plain.isascii() and box[2] - box[0] < _FEW_LETTERS * em


@cache
def _columns() -> tuple[list[str], list[list[int]]]:
    """Give the signs of figures, and which of the network's signs stand for each."""
    signs = _load()[2]
    wanted = [*"0123456789", ".", ",", "/", "-"]
    like = {
        **{digit: digit + chr(ord("０") + int(digit)) for digit in "0123456789"},
        ".": ".", ",": ",，", "/": "/／", "-": "-—–－一_",
    }  # fmt: skip
    for sign, digit in _AS_DIGIT.items():
        like[digit] += sign
    return wanted, [[n for n, sign in enumerate(signs) if sign and sign in like[one]] for one in wanted]


def _list_readings(chances: Pixels) -> dict[str, float]:
    """Give the figures that a line may be, with their likelihoods: a search along the steps, as CTC is read."""
    wanted, places = _columns()
    blank = np.log(np.maximum(chances[:, 0], 1e-9))
    signs = np.log(np.maximum(np.stack([chances[:, place].sum(axis=1) for place in places], axis=1), 1e-9))
    beams: dict[str, tuple[float, float]] = {"": (0.0, -np.inf)}
    for step in range(len(chances)):
        now: dict[str, list[float]] = {}
        usable = [n for n in range(len(wanted)) if signs[step, n] > np.log(LEAST) - 1]
        for text, (ending, going) in beams.items():
            both = float(np.logaddexp(ending, going))
            slot = now.setdefault(text, [-np.inf, -np.inf])
            slot[0] = float(np.logaddexp(slot[0], both + blank[step]))
            for n in usable:
                sign, chance = wanted[n], float(signs[step, n])
                if text and text[-1] == sign:
                    slot[1] = float(np.logaddexp(slot[1], going + chance))
                    longer = now.setdefault(text + sign, [-np.inf, -np.inf])
                    longer[1] = float(np.logaddexp(longer[1], ending + chance))
                else:
                    longer = now.setdefault(text + sign, [-np.inf, -np.inf])
                    longer[1] = float(np.logaddexp(longer[1], both + chance))
        ranked = sorted(now.items(), key=lambda item: -np.logaddexp(*item[1]))[:_BEAM]
        beams = {text: (slot[0], slot[1]) for text, slot in ranked}
    found = {text: float(np.exp(np.logaddexp(*slot))) for text, slot in beams.items() if text}
    return {text: chance for text, chance in list(found.items())[:MOST] if chance >= LEAST}


def _merge(one: dict[str, float], other: dict[str, float]) -> tuple[tuple[str, float, float], ...]:
    """Put the readings of both ways together, the likeliest first; what one way does not list it deems unlikely."""
    texts = dict.fromkeys((*one, *other))
    merged = [(text, one.get(text, LEAST), other.get(text, LEAST if other else 0.0)) for text in texts]
    merged.sort(key=lambda entry: (-entry[1] * (entry[2] or LEAST), entry[0]))
    return tuple((text, round(a, 4), round(b, 4)) for text, a, b in merged[:MOST])
