"""Bytes in every encoding that reports come in, with right, wrong and missing declarations."""

import pytest

from validator.errors import ReadError
from validator.model.document import Remark
from validator.readers.decoding import decode

SIMPLIFIED = "某市2023年政府信息公开工作年度报告\n本年新收政府信息公开申请１２件\n" * 3
TRADITIONAL = "某市2023年政府資訊公開工作年度報告\n本年新收政府資訊公開申請12件\n" * 3


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"],
)
@pytest.mark.parametrize("html", [False, True])
def test_simplified_text_is_read_in_every_encoding(encoding, html):
    assert decode(SIMPLIFIED.encode(encoding), html=html) == (SIMPLIFIED, ())


@pytest.mark.parametrize("encoding", ["utf-8", "big5hkscs", "gb18030", "utf-16-be"])
def test_traditional_text_is_read_in_every_encoding(encoding):
    assert decode(TRADITIONAL.encode(encoding), html=False) == (TRADITIONAL, ())


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5", "iso-8859-1", "no-such-charset"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_wrong_charset_in_the_page_is_not_believed(declared, encoding):
    page = f'<meta charset="{declared}"><p>{SIMPLIFIED}</p>'
    assert decode(page.encode(encoding), html=True) == (page, ())


def test_a_charset_declared_late_decides_where_no_word_does():
    # The bytes are sound in both encodings; neither reading holds a word of the domain.
    text = "人口"
    late = f"<p>{text}</p>{' ' * 5000}<meta charset=big5>"
    assert decode(late.encode("big5"), html=True) == (late, ())
    assert decode(late.encode("big5"), html=False)[0].startswith(f"<p>{text.encode('big5').decode('gb18030')}")


def test_text_without_words_of_the_domain_is_read_as_gb18030():
    assert decode("其他事项：无。".encode("gb18030"), html=False) == ("其他事项：无。", ())


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_broken_bytes_are_replaced_and_told(encoding):
    data = bytearray((SIMPLIFIED + "结转3件。").encode(encoding))
    data[10:10] = b"\xff"

    text, remarks = decode(bytes(data), html=False)

    assert text.endswith("结转3件。")
    assert remarks == (Remark("characters-replaced", {"count": text.count("\ufffd")}),)
    assert 1 <= text.count("\ufffd") <= 4


def test_a_file_cut_inside_a_character_keeps_the_rest():
    text, remarks = decode(SIMPLIFIED.encode()[:-3], html=False)
    assert text == SIMPLIFIED[:-2] + "\ufffd"
    assert remarks == (Remark("characters-replaced", {"count": 1}),)


@pytest.mark.parametrize(("written", "read"), [("utf-8", "gb18030"), ("utf-8", "latin-1"), ("gbk", "latin-1")])
def test_text_saved_in_the_wrong_encoding_is_refused(written, read):
    garbled = SIMPLIFIED.encode(written).decode(read, errors="replace")
    with pytest.raises(ReadError) as told:
        decode(garbled.encode(), html=False)
    assert told.value.code == "mojibake"


def test_text_lost_to_replacement_characters_is_refused():
    with pytest.raises(ReadError) as told:
        decode(("锟斤拷" * 40).encode(), html=False)
    assert told.value.code == "mojibake"
    with pytest.raises(ReadError) as told:
        decode(("\ufffd\ufffd件" * 40).encode(), html=False)
    assert told.value.code == "mojibake"


def test_one_odd_word_is_not_mojibake():
    text = "锟斤拷是常见的乱码。"
    assert decode(text.encode(), html=False) == (text, ())


def test_invisible_characters_are_dropped_and_line_ends_made_alike():
    data = "\ufeff政府\u200b信息\u00ad\x07公开\r\n申请\r1\t2\n".encode()
    assert decode(data, html=False) == ("政府信息公开\n申请\n1\t2\n", ())


def test_stray_nul_characters_are_dropped():
    assert decode(SIMPLIFIED.encode() + b"12\0", html=False) == (SIMPLIFIED + "12", ())


@pytest.mark.parametrize("data", [b"\0" * 1000, bytes(range(32)) * 50, b"\x01\x00\x02\x00\x05\xff" * 300])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(ReadError) as told:
        decode(data, html=False)
    assert told.value.code == "binary"


def test_nothing_is_the_empty_text():
    assert decode(b"", html=False) == ("", ())
    assert decode(b"\xef\xbb\xbf", html=True) == ("", ())
