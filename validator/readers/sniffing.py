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
_MHTML = re.compile(rb"^MIME-Version:.*^Content-Type:\s*multipart/related", re.IGNORECASE | re.MULTILINE | re.DOTALL)
_WORD_XML = re.compile(rb"<\?mso-application|<w:wordDocument|<pkg:package", re.IGNORECASE)

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
    if _MHTML.search(start):
        return "MHTML"
    return "Word XML" if _WORD_XML.search(start) else None
