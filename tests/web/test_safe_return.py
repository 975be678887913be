"""Sending somebody back, but never off the site."""

import pytest

from firesafe.web.safe_return import safe_return


@pytest.mark.parametrize(
    "address", ["/", "/me", "/officers?words=%E6%9D%8E&page=2", "/factories/7#photos", "/工厂"]
)
def test_a_path_of_this_site_is_returned_to(address):
    assert safe_return(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "me",
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        "/\n\\elsewhere.example",
        " //elsewhere.example",
        "javascript:alert(1)",
        "/me\r\nSet-Cookie: a=b",
    ],
)
def test_anything_else_is_not(address):
    assert safe_return(address, otherwise="/home") == "/home"
