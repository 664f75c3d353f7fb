"""Notes in an OFD file: annotations as the standard has them, over the right figure; other parts byte for byte."""

import io
import zipfile

import pytest
from lxml import etree
from ofd_writer import NAMESPACE, zipped
from slipped import annotated_copy, slipped_draft
from variants import ofd

from validator.pipeline import Settings, check_paths
from validator.pipeline.copies import annotate_files
from validator.readers.fixed.ofd import see_pages
from validator.render.look import Look

OFD = f"{{{NAMESPACE}}}"
POINTS_A_MM = 72 / 25.4


def _write(way):
    draft, said = slipped_draft()
    return ofd.WAYS[way](draft), said


@pytest.fixture(scope="module")
def slipped():
    return _write("plain")


def _copy(data, path):
    return annotated_copy(data, path, "OFD")


def _parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _annotations(data):
    """Give page by page, counted from 0, the annotations in an OFD file whose parts lie as ours and as its writer's."""
    parts = _parts(data)
    root = etree.fromstring(parts["Doc_0/Document.xml"])
    located = root.findtext(f"{OFD}Annotations")
    if located is None:
        return {}
    pages = [page.get("ID") for page in root.iter(f"{OFD}Page")]
    listed = etree.fromstring(parts[located.lstrip("/")])
    return {
        pages.index(page.get("PageID")): list(etree.fromstring(parts[page.findtext(f"{OFD}FileLoc").lstrip("/")]))
        for page in listed
    }


def _said(annotation):
    return annotation.findtext(f"{OFD}Remark")


@pytest.mark.parametrize("way", ["plain", *(pytest.param(way, marks=pytest.mark.slow) for way in ("runs", "objects"))])
def test_the_note_lies_over_the_figure_to_change(way, tmp_path):
    data, figure = _write(way)
    copy, _ = _copy(data, tmp_path / "a.ofd")
    ((page, noted),) = ((page, one) for page, all_ in _annotations(copy).items() for one in all_ if _said(one))
    assert _said(noted).startswith("表三 (五)不予处理·1.信访举报投诉类申请 自然人\n填报为：")
    assert f"应为：{figure - 30}（确定" in _said(noted)
    left, top, wide, high = (
        float(side) * POINTS_A_MM for side in noted.find(f"{OFD}Appearance").get("Boundary").split()
    )
    glyphs = see_pages(copy)[0][page].page.glyphs
    under = [
        g for g in glyphs if left < (g.left + g.right) / 2 < left + wide and top < (g.top + g.bottom) / 2 < top + high
    ]
    assert "".join(glyph.text for glyph in under) == str(figure)


def test_only_the_root_of_the_document_changes(slipped, tmp_path):
    data, _ = slipped
    copy, before = _copy(data, tmp_path / "a.ofd")
    old, new = _parts(data), _parts(copy)
    assert {name for name in old if old[name] != new[name]} == {"Doc_0/Document.xml"}
    assert all(name.startswith("Doc_0/Annots/") for name in new.keys() - old.keys())
    assert _copy(copy, tmp_path / "a.ofd") == (copy, before)


def test_the_parts_are_as_the_standard_has_them(slipped, tmp_path):
    """The order of elements, the attributes that must be there, and numbers that nothing else has (GB/T 33190)."""
    copy, _ = _copy(slipped[0], tmp_path / "a.ofd")
    root = etree.fromstring(_parts(copy)["Doc_0/Document.xml"])
    names = [etree.QName(child).localname for child in root]
    assert names == ["CommonData", "Pages", "Annotations"]
    numbers = []
    for annotation in (one for page in _annotations(copy).values() for one in page):
        assert {key: annotation.get(key) for key in ("Type", "Creator", "LastModDate")} == {
            "Type": "Highlight",
            "Creator": "gouji",
            "LastModDate": "2000-01-01",
        }
        *remark, appearance = annotation
        assert [etree.QName(one).localname for one in remark] in ([], ["Remark"])
        (path,) = appearance
        assert [etree.QName(child).localname for child in path] == ["FillColor", "AbbreviatedData"]
        numbers += [int(annotation.get("ID")), int(path.get("ID"))]
    assert len(set(numbers)) == len(numbers)
    assert min(numbers) > 9999  # the last number of the file as it was written
    assert int(root.findtext(f"{OFD}CommonData/{OFD}MaxUnitID")) == max(numbers)


def test_annotations_of_others_stay(slipped, tmp_path):
    own = (
        f'<ofd:PageAnnot xmlns:ofd="{NAMESPACE}"><ofd:Annot ID="9998" Type="Highlight" Creator="李某"'
        ' LastModDate="2024-01-05"><ofd:Remark>请再核</ofd:Remark><ofd:Appearance Boundary="20 20 9 9"/></ofd:Annot>'
        "</ofd:PageAnnot>"
    )
    listed = (
        f'<ofd:Annotations xmlns:ofd="{NAMESPACE}"><ofd:Page PageID="10">'
        "<ofd:FileLoc>Page_0.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>"
    )
    parts = _parts(slipped[0])
    root = parts["Doc_0/Document.xml"].decode()
    parts |= {
        "Doc_0/Document.xml": root.replace("</ofd:Pages>", "</ofd:Pages><ofd:Annotations>A/All.xml</ofd:Annotations>"),
        "Doc_0/A/All.xml": listed,
        "Doc_0/A/Page_0.xml": own,
    }
    data = zipped(parts)
    copy, _ = _copy(data, tmp_path / "a.ofd")
    again, _ = _copy(copy, tmp_path / "a.ofd")
    assert again == copy
    texts = [_said(one) for one in etree.fromstring(_parts(copy)["Doc_0/A/Page_0.xml"])]
    assert texts.count("请再核") == 1
    assert len([text for text in texts if text and text.startswith("表三")]) == 1


def test_a_mended_file_loses_its_notes(slipped, tmp_path):
    data, figure = slipped
    copy, _ = _copy(data, tmp_path / "a.ofd")
    parts = _parts(copy)
    right = {name: part.replace(f">{figure}<".encode(), f">{figure - 30}<".encode()) for name, part in parts.items()}
    mended, (report,) = _copy(zipped(right), tmp_path / "a.ofd")
    assert report.findings == ()
    assert _annotations(mended) == {}
    assert not any("Gouji" in name for name in _parts(mended))


def test_of_a_signed_file_it_is_told(slipped, tmp_path):
    signed = _parts(slipped[0]) | {"Doc_0/Signs/Signatures.xml": f'<ofd:Signatures xmlns:ofd="{NAMESPACE}"/>'}
    (tmp_path / "a.ofd").write_bytes(zipped(signed))
    (copy,) = annotate_files(check_paths([tmp_path / "a.ofd"], Settings()).results, Look())
    assert copy.error is None
    assert "电子签名" in copy.remarks[0].zh
