"""Codes to be scanned."""

from xml.etree import ElementTree

from firesafe.web.qr import qr


def test_a_code_is_a_drawing_without_styles_that_grows_with_its_frame():
    drawn = qr("https://a.example/invitations/x?<&>")

    root = ElementTree.fromstring(drawn)  # noqa: S314 — drawn by ourselves
    assert root.tag.endswith("svg")
    assert "viewBox" in root.attrib
    assert not {"width", "height", "style"} & root.attrib.keys()


def test_another_text_is_another_code():
    assert qr("a") != qr("b")
