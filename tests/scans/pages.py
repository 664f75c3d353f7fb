"""Made reports -> pictures of their pages, as scanners and cameras make them; the same for the same seed."""

import subprocess
from base64 import b64encode
from io import BytesIO
from pathlib import Path
from random import Random

import cv2
import numpy as np
import pypdfium2
from ofd_writer import NAMESPACE, document_root, ofd_root, page_content, zipped
from sheet_setter import HEIGHT, WIDTH
from typeset import LAYOUTS, PrintedReport
from typeset.grid import PrintedTable
from variants.frame import Draft
from weasyprint import HTML

FONTS = {
    "hei": "'Noto Sans CJK SC'",
    "song": "'Noto Serif CJK SC'",
    "times": "'Liberation Serif','Noto Serif CJK SC'",
    "sung": "'AR PL SungtiL GB'",
    "kai": "'AR PL KaitiM GB'",
    "zenhei": "'WenQuanYi Zen Hei'",
}
"""Families of a style of letters; the last three are the packages fonts-arphic-gbsn00lp, -gkai00mp, fonts-wqy-zenhei.

No free font has the simplified signs of Fang; `kai` is the one nearest to it.
"""
_STYLE = """<style>@page {{size: A4; margin: 18mm 15mm}} body {{font: {size}pt {font}}} h1 {{font-size: 18pt}}
table {{border-collapse: collapse; width: 100%}} td {{border: {rule}pt solid {colour}; text-align: center;
padding: {pad}pt}}</style></head>"""


def list_fonts() -> list[str]:
    """Give the names of the fonts that are on this machine."""
    there = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=True).stdout
    return [name for name, family in FONTS.items() if all(one.strip("'") in there for one in family.split(","))]


def print_pdf(draft: Draft, font: str, random: Random, *, thin: bool = False) -> bytes:
    """Print a draft as PDF, with text; `thin`: with hairlines of grey."""
    style = _STYLE.format(
        font=FONTS[font],
        size=random.choice((8.5, 9, 10)),
        rule=0.25 if thin else random.choice((0.4, 0.75, 1.2)),
        colour="#444" if thin else "black",
        pad=random.choice((1, 2, 4)),
    )
    page = LAYOUTS["page"][1](draft.report, Random(1)).replace("</head>", style)
    return bytes(HTML(string=page).write_pdf() or b"")


def draw_pages(pdf: bytes, dpi: int) -> list[np.ndarray]:
    """Draw the pages of a PDF, blue green red."""
    document = pypdfium2.PdfDocument(pdf)
    return [np.ascontiguousarray(page.render(scale=dpi / 72).to_numpy()[:, :, :3]) for page in document]


WAYS = ("clean", "thin", "coarse", "noisy", "skewed", "turned", "stamped", "worn", "photo")
"""As a good scanner makes a page; with hairlines; as a coarse JPEG; with noise and blur; aslant; on its side or head;
with a red stamp; scratched and blotted; as a camera makes it. All but the first two are blurred and noisy as well."""


def spoil(image: np.ndarray, way: str, random: Random, dpi: int) -> np.ndarray:
    """Give a page as it comes out of a scanner or a camera, in one of the WAYS."""
    numbers = np.random.default_rng(random.randrange(2**32))
    if way == "stamped":
        image = _stamp(image, random, dpi)
    if way == "worn":
        image = _wear(image, random, dpi)
    if way in ("skewed", "noisy", "turned", "worn"):
        image = _turn(image, random.uniform(-2.5, 2.5) if way == "skewed" else random.uniform(-0.5, 0.5))
    if way == "turned":
        image = np.ascontiguousarray(np.rot90(image, random.choice((1, 2, 3))))
    if way == "photo":
        image = _photograph(image, random)
    if way not in ("clean", "thin"):
        image = cv2.GaussianBlur(image, (0, 0), dpi / 200 * random.uniform(0.4, 0.9))
        noise = numbers.normal(0, random.uniform(3, 12), image.shape)
        image = np.clip(image.astype(np.float32) * random.uniform(0.88, 1.0) + noise, 0, 255).astype(np.uint8)
    quality = (
        92 if way in ("clean", "thin") else random.choice((30, 40)) if way == "coarse" else random.choice((60, 75))
    )
    return cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)


def _turn(image: np.ndarray, degrees: float) -> np.ndarray:
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(image, matrix, (width, height), borderValue=(255, 255, 255), flags=cv2.INTER_CUBIC)


def _wear(image: np.ndarray, random: Random, dpi: int) -> np.ndarray:
    """Scratch ink off in short lines, and let blots fall on it."""
    image = image.copy()
    height, width = image.shape[:2]
    for light in (True,) * 120 + (False,) * 30:
        x, y = random.randrange(width), random.randrange(height)
        length = int(dpi * random.uniform(0.03, 0.2))
        if light:
            to = (x + random.randint(-length, length), y + random.randint(-length, length))
            cv2.line(image, (x, y), to, (250, 250, 250), max(dpi // 80, 1), cv2.LINE_AA)
        else:
            cv2.circle(image, (x, y), max(int(dpi * random.uniform(0.004, 0.02)), 1), (40, 40, 40), -1, cv2.LINE_AA)
    return image


def _stamp(image: np.ndarray, random: Random, dpi: int) -> np.ndarray:
    ink = np.full_like(image, 255)
    height, width = image.shape[:2]
    radius = int(0.8 * dpi)
    at = (random.randint(width // 4, 3 * width // 4), random.randint(height // 4, 3 * height // 4))
    cv2.circle(ink, at, radius, (60, 60, 220), dpi // 25)
    star = [
        (at[0] + r * np.sin(i * np.pi / 5), at[1] - r * np.cos(i * np.pi / 5))
        for i in range(10)
        for r in ((radius * 0.35 if i % 2 == 0 else radius * 0.14),)
    ]
    cv2.fillPoly(ink, [np.array(star, np.int32)], (60, 60, 220))
    return np.minimum(image, ink)


def _photograph(image: np.ndarray, random: Random) -> np.ndarray:
    """Bend the page as a lens does, lay it slightly aslant, and light it from one side."""
    image = cv2.copyMakeBorder(image, 60, 60, 60, 60, cv2.BORDER_CONSTANT, value=(150, 160, 165))
    high, wide = image.shape[:2]
    corners = np.float32([[0, 0], [wide, 0], [wide, high], [0, high]])
    moved = corners + np.float32(
        [[random.uniform(-1, 1) * 0.02 * wide, random.uniform(-1, 1) * 0.02 * high] for _ in range(4)]
    )
    image = cv2.warpPerspective(
        image,
        cv2.getPerspectiveTransform(corners, moved),
        (wide, high),
        borderValue=(150, 160, 165),
        flags=cv2.INTER_CUBIC,
    )
    ys, xs = np.mgrid[0:high, 0:wide].astype(np.float32)
    x, y = (xs - wide / 2) / wide, (ys - high / 2) / wide
    bend = 1 + random.uniform(-0.02, 0.02) * (x * x + y * y)
    image = cv2.remap(image, x * bend * wide + wide / 2, y * bend * wide + high / 2, cv2.INTER_CUBIC)
    light = (
        1 - random.uniform(0.1, 0.4) * (xs / wide * random.choice((1, -1)) + ys / high * random.choice((1, -1)) + 1) / 2
    )
    return np.clip(image * light[:, :, None], 0, 255).astype(np.uint8)


def as_pdf(images: list[np.ndarray], dpi: int) -> bytes:
    """Give pictures as the pages of a PDF without text."""
    from PIL import Image

    pages = [Image.fromarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB)) for image in images]
    target = BytesIO()
    pages[0].save(target, "PDF", save_all=True, append_images=pages[1:], resolution=dpi, quality=90)
    return target.getvalue()


def as_tiff(images: list[np.ndarray], dpi: int) -> bytes:
    """Give pictures as the pages of a TIFF file."""
    from PIL import Image

    pages = [Image.fromarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB)) for image in images]
    target = BytesIO()
    pages[0].save(target, "TIFF", save_all=True, append_images=pages[1:], dpi=(dpi, dpi), compression="tiff_lzw")
    return target.getvalue()


def as_ofd(images: list[np.ndarray], dpi: int) -> bytes:
    """Give pictures as the pages of an OFD file without text."""
    parts: dict[str, str | bytes] = {"OFD.xml": ofd_root("", ["Doc_0/Document.xml"])}
    names = [f"Pages/Page_{number}/Content.xml" for number in range(len(images))]
    parts["Doc_0/Document.xml"] = document_root(names, "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>")
    media = ""
    for number, (name, image) in enumerate(zip(names, images, strict=True)):
        high, wide = (side / dpi * 25.4 for side in image.shape[:2])
        scale = min(WIDTH / wide, HEIGHT / high)
        box = f"0 0 {wide * scale:.2f} {high * scale:.2f}"
        parts[f"Doc_0/{name}"] = page_content(f'<ofd:ImageObject ID="9" ResourceID="{60 + number}" Boundary="{box}"/>')
        parts[f"Doc_0/Res/{number}.jpg"] = cv2.imencode(".jpg", image)[1].tobytes()
        media += f'<ofd:MultiMedia ID="{60 + number}" Type="Image"><ofd:MediaFile>{number}.jpg</ofd:MediaFile>'
        media += "</ofd:MultiMedia>"
    parts["Doc_0/DocumentRes.xml"] = (
        f'<ofd:Res xmlns:ofd="{NAMESPACE}" BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>'
    )
    return zipped(parts)


def with_insets(draft: Draft, carrier: str, folder: Path) -> bytes:
    """Give a report whose tables are pictures: in a page ("data.html", "beside.html"), a .docx or a .pdf with text."""
    parts: list[str | bytes] = []
    for heading, paragraphs, tables in draft.report.sections:
        parts.extend((heading, *paragraphs, *map(_draw_table, tables)))
    if carrier.endswith("docx"):
        from docx import Document
        from docx.shared import Cm

        document, target = Document(), BytesIO()
        document.add_heading(draft.report.title, 0)
        for part in parts:
            if isinstance(part, str):
                document.add_paragraph(part)
            else:
                document.add_picture(BytesIO(part), width=Cm(15))
        document.save(target)
        return target.getvalue()
    lines = [f"<html><head><meta charset='utf-8'>{_TEXT_STYLE}</head><body><h1>{draft.report.title}</h1>"]
    for number, part in enumerate(parts):
        source = f"pictures/{number}.png"
        if isinstance(part, str):
            lines.append(f"<p>{part}</p>")
            continue
        if carrier == "beside.html":
            (folder / "pictures").mkdir(exist_ok=True)
            (folder / source).write_bytes(part)
        else:
            source = f"data:image/png;base64,{b64encode(part).decode()}"
        lines.append(f"<p><img src='{source}'></p>")
    page = "".join(lines) + "</body></html>"
    return bytes(HTML(string=page).write_pdf() or b"") if carrier.endswith("pdf") else page.encode()


_TEXT_STYLE = """<style>@page {size: A4; margin: 15mm} img {width: 180mm}
body {font: 11pt 'Noto Serif CJK SC'}</style>"""
_TABLE_STYLE = """<style>@page {size: 190mm 400mm; margin: 3mm} body {font: 9pt 'Noto Serif CJK SC'; margin: 0}
table {border-collapse: collapse; width: 100%}
td {border: .75pt solid black; text-align: center; padding: 2pt}</style>"""


def _draw_table(table: PrintedTable) -> bytes:
    """Give a table as a PNG that has hardly any margin."""
    report = PrintedReport("", [("", [], [table])])
    page = LAYOUTS["page"][1](report, Random(1)).replace("</head>", f"{_TABLE_STYLE}</head>")
    (image, *_) = draw_pages(bytes(HTML(string=page).write_pdf() or b""), 200)
    ys, xs = np.nonzero(image.min(axis=2) < 200)
    cut = image[max(ys.min() - 12, 0) : ys.max() + 12, max(xs.min() - 12, 0) : xs.max() + 12]
    return cv2.imencode(".png", cut)[1].tobytes()
