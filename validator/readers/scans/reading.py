"""The printed lines of a page -> what they say, with likelihoods: read by a network, figures by their shapes as well.

The network (PP-OCR, Apache 2.0, inside the wheel of rapidocr) reads a line whole. The second way takes the signs of a
figure one by one and holds each against all other signs of the page: it knows nothing of what the network saw in this
line, so a lost digit or a mistaken one is told by the two ways apart.
"""

from collections import Counter
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

_HEIGHT = 48
_STEP = 32
"""Widths of lines that are read together, in pixels of the network's input."""
_WIDEST = 1600
_TOGETHER = 16
_AROUND = 0.22
"""The margin around a line, in heights of a sign; the network was taught on lines with some room."""
_FLAT, _DASH = 0.25, 0.35
"""How low and how wide, in heights of a sign, a line is that is nothing but a dash."""
_WIDER = 0.34
_MARKS = "/-—–－一_"
_FIGURES = "0123456789.,，"
_AS_DIGIT = {"O": "0", "o": "0", "〇": "0", "○": "0", "l": "1", "I": "1", "|": "1"}
_LEAST = 1e-4
"""What is less likely than that is not taken for a reading at all."""
_MOST = 6
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
    shapes = _read_shapes(clean, {number: boxes[number] for number in figures}, ways, em)
    # A sign that the page has too seldom to be known by its shape is read anew from its bare shape, in another frame.
    again = [number for number in figures if not shapes[number]]
    bare = cv2.GaussianBlur(255 - ink, (0, 0), 0.8)
    for number, chances in zip(again, _run([_crop(bare, boxes[number], em, _WIDER) for number in again]), strict=True):
        shapes[number] = _list_readings(chances)
    lines: list[Line] = []
    for number, (box, (text, likelihood)) in enumerate(zip(boxes, seen, strict=True)):
        if box[3] - box[1] < _FLAT * em and box[2] - box[0] > _DASH * em:
            lines.append(Line(box, "—", 1.0, (("—", 1.0, 1.0),)))
            continue
        if number not in ways:
            lines.append(Line(box, text, likelihood))
            continue
        merged = _merge(ways[number], shapes[number])
        best = merged[0] if merged else ("", 0.0, 0.0)
        lines.append(Line(box, best[0], min(best[1], best[2]), merged))
    return lines


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


def _decode(chances: Pixels) -> tuple[str, float]:
    """Give the likeliest text of a line, and how likely its least likely sign is."""
    signs = _load()[2]
    best = chances.argmax(axis=1)
    text, least, before = [], 1.0, 0
    for step, sign in enumerate(best.tolist()):
        if sign and sign != before:
            text.append(signs[sign])
            least = min(least, float(chances[step, sign]))
        before = sign
    return "".join(text).strip(), least if text else 0.0


def _is_figure(text: str, box: Box, em: float) -> bool:
    """Whether a line is a figure or a mark for none, or may be one that was not read."""
    plain = "".join(_AS_DIGIT.get(sign, sign) for sign in text if not sign.isspace())
    return all(sign in _FIGURES or sign in _MARKS for sign in plain) and box[2] - box[0] < 12 * em


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
        usable = [n for n in range(len(wanted)) if signs[step, n] > np.log(_LEAST) - 1]
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
    return {text: chance for text, chance in list(found.items())[:_MOST] if chance >= _LEAST}


_PAPER = 245.0
_HALF_DARK = 0.62
_SHAPE = (20, 28)
_SAME_SIGN = 0.12
"""What sets signs apart in shape: the mean square of how far their pixels differ, from 0 to 1."""
_SPREAD = 0.018
_NEEDED = 2
"""So many signs of a kind elsewhere on the page are needed to know one by its shape."""


class _Sign(msgspec.Struct):
    owner: int
    place: int
    shape: Pixels
    wide: float
    high: float
    text: str = ""


def _read_shapes(
    clean: Pixels, boxes: dict[int, Box], ways: dict[int, dict[str, float]], em: float
) -> dict[int, dict[str, float]]:
    """Read figures sign by sign, each held against the signs of other lines whose reading by the network is sure."""
    parts = {number: _part(clean, box, number) for number, box in boxes.items()}
    known: list[_Sign] = []
    for number, signs in parts.items():
        if not ways[number]:
            continue
        text, chance = max(ways[number].items(), key=lambda item: item[1])
        if chance > 0.8 and len(signs) == len(text):
            for sign, one in zip(signs, text, strict=True):
                sign.text = one
                known.append(sign)
    table = np.stack([sign.shape for sign in known]).reshape(len(known), -1) if known else None
    kinds = Counter(sign.text for sign in known)
    named: dict[int, dict[str, float]] = {}
    for number, signs in parts.items():
        own = Counter(sign.text for sign in signs if sign.text)
        text = max(ways[number], key=ways[number].__getitem__, default="")
        # A sign that no other line has could only be taken for one that it is not.
        is_new = any(kinds[one] - own[one] < _NEEDED for one in text)
        named[number] = {} if is_new else _name_signs(signs, known, table, em)
    return named


def _part(clean: Pixels, box: Box, owner: int) -> list[_Sign]:
    """Give the signs of a figure from left to right: what hangs together, with what stands right above or below it."""
    left, top, right, bottom = box
    grey = clean[max(top - 1, 0) : bottom + 1, max(left - 1, 0) : right + 1]
    # Thin strokes of small signs are grey all through: what is dark is told by the darkest of the line.
    dark = float(np.percentile(grey, 2))
    window = (grey < dark + _HALF_DARK * (_PAPER - dark)).astype(np.uint8) * 255
    count, _, stats, _ = cv2.connectedComponentsWithStats(window, connectivity=8)
    spans = sorted([int(x), int(x + w), int(y), int(y + h)] for x, y, w, h, area in stats[1:count] if area >= 6)
    merged: list[list[int]] = []
    for span in spans:
        if merged and span[0] < merged[-1][1] - 0.3 * min(span[1] - span[0], merged[-1][1] - merged[-1][0]):
            last = merged[-1]
            last[1], last[2], last[3] = max(last[1], span[1]), min(last[2], span[2]), max(last[3], span[3])
        else:
            merged.append(span)
    signs = []
    for place, (x0, x1, y0, y1) in enumerate(merged):
        part = window[y0:y1, x0:x1]
        high, wide = part.shape
        side = max(high, round(wide * _SHAPE[1] / _SHAPE[0]), 1)
        canvas = np.zeros((side, max(round(side * _SHAPE[0] / _SHAPE[1]), wide)), np.uint8)
        x, y = (canvas.shape[1] - wide) // 2, (side - high) // 2
        canvas[y : y + high, x : x + wide] = part
        shape = cv2.GaussianBlur(cv2.resize(canvas, _SHAPE, interpolation=cv2.INTER_AREA), (3, 3), 0)
        signs.append(_Sign(owner, place, shape.astype(np.float32).ravel() / 255, float(wide), float(high)))
    return signs


def _name_signs(signs: Sequence[_Sign], known: Sequence[_Sign], table: Pixels, em: float) -> dict[str, float]:
    """Give the likeliest texts of a row of signs; none where a sign is like no other of the page."""
    if not signs or table is None:
        return {}
    texts: dict[str, float] = {"": 1.0}
    for sign in signs:
        chances = _name(sign, known, table, em)
        if not chances:
            return {}
        texts = {text + one: chance * more for text, chance in texts.items() for one, more in chances.items()}
        texts = dict(sorted(texts.items(), key=lambda item: -item[1])[:_MOST])
    return {text: chance for text, chance in texts.items() if chance >= _LEAST}


def _name(sign: _Sign, known: Sequence[_Sign], table: Pixels, em: float) -> dict[str, float]:
    away = ((table - sign.shape) ** 2).mean(axis=1)
    nearest: dict[str, list[float]] = {}
    for number in np.argsort(away)[:60]:
        other = known[int(number)]
        if other.owner != sign.owner and abs(other.high - sign.high) < 0.25 * em:
            nearest.setdefault(other.text, []).append(float(away[number]))
    # One mistaken sign among the known ones must not name another: the second nearest of a kind counts.
    scores = {text: found[_NEEDED - 1] for text, found in nearest.items() if len(found) >= _NEEDED}
    if not scores or min(scores.values()) > _SAME_SIGN:
        return {}
    least = min(scores.values())
    weights = {text: float(np.exp(-(score - least) / _SPREAD)) for text, score in scores.items()}
    total = sum(weights.values())
    return {text: weight / total for text, weight in weights.items()}


def _merge(one: dict[str, float], other: dict[str, float]) -> tuple[tuple[str, float, float], ...]:
    """Put the readings of both ways together, the likeliest first; what one way does not list it deems unlikely."""
    texts = dict.fromkeys((*one, *other))
    merged = [(text, one.get(text, _LEAST), other.get(text, _LEAST if other else 0.0)) for text in texts]
    merged.sort(key=lambda entry: (-entry[1] * (entry[2] or _LEAST), entry[0]))
    return tuple((text, round(a, 4), round(b, 4)) for text, a, b in merged[:_MOST])
