"""The first bytes of a file -> what it is, where that is not what its suffix says."""

import re

# Longer signatures first where one begins with another.
_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC/XLS/WPS"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"RIFF", "RIFF"),
    (b"\x1f\x8b\x08", "GZIP"),
    (b"BZh9", "BZIP2"),
    (b"\xfd7zXZ\0", "XZ"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"MZ\x90\0", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3\0", "SQLite"),
)
_PACKAGES = ((b"word/", "DOCX"), (b"xl/", "XLSX"), (b"ppt/", "PPTX"), (b"OFD.xml", "OFD"), (b"opendocument", "ODF"))
_MHTML = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (rb"\A[\w-]+:[^\n]*$", rb"^MIME-Version:", rb"^Content-Type:\s*(?:multipart/|text/html)")
)
_WORD_XML = re.compile(rb"<\?mso-application|<w:wordDocument|<pkg:package", re.IGNORECASE)
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|style|table|div)[\s>:]",
    re.IGNORECASE | re.DOTALL,
)

HEAD_LENGTH = 4096
"""How many bytes of a file `sniff` wants to see, at most."""


def sniff(head: bytes) -> str | None:
    """Name the kind of file that begins with these bytes; None if it may be text."""
    start = head.lstrip(b"\xef\xbb\xbf\r\n\t ")
    for signature, kind in _SIGNATURES:
        if start.startswith(signature):
            if kind == "ZIP":
                return next((name for part, name in _PACKAGES if part in head), kind)
            return kind
    if all(pattern.search(start) for pattern in _MHTML):
        return "MHTML"
    return "Word XML" if _WORD_XML.search(start) else None


def begins_as_page(head: bytes) -> bool:
    """Whether a file that begins with these bytes, and may be text, is a web page by its first tag."""
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1"
    return _PAGE.match(head.removeprefix(b"\xef\xbb\xbf").decode(encoding, "replace")) is not None
