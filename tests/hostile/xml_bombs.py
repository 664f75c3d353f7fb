"""Document types that make a parser swell or fetch, to stand before the root of any XML part."""

LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]>"
)
QUADRATIC = b'<!DOCTYPE x [<!ENTITY a11 "' + b"ha" * 50_000 + b'">]>'
FILE = b'<!DOCTYPE x [<!ENTITY a11 SYSTEM "file:///etc/passwd">]>'
REMOTE = b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/evil.dtd" [<!ENTITY a11 "x">]>'
PARAMETER = b'<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p; <!ENTITY a11 "x">]>'

TYPES = {"laughs": LAUGHS, "quadratic": QUADRATIC, "file": FILE, "remote": REMOTE, "parameter": PARAMETER}


def arm(part: bytes, document_type: bytes, before: bytes, *, times: int = 1) -> bytes:
    """Put a document type before the root of a part, and references to its entity before the first `before`."""
    declaration, end, rest = part.partition(b"?>")
    assert end
    head, found, tail = rest.partition(before)
    assert found, before
    return declaration + end + document_type + head + b"&a11;" * times + found + tail


def nest(depth: int, tag: str, namespaces: str = "") -> bytes:
    """Give elements nested so deep."""
    return f"<{tag} {namespaces}>".encode() + f"<{tag}>".encode() * (depth - 1) + f"</{tag}>".encode() * depth
