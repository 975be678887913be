"""The addresses of bundled files."""

import json

import pytest

from firesafe.web.assets import BundleMissing, load, load_drawings


def test_a_file_is_addressed_by_its_present_name(tmp_path):
    (tmp_path / "manifest.json").write_text(json.dumps({"main.css": "main-0A1B2C3D.css"}))

    assert load(tmp_path)("main.css") == "/static/main-0A1B2C3D.css"


def test_an_unknown_file_is_named_together_with_the_known_ones(tmp_path):
    (tmp_path / "manifest.json").write_text(json.dumps({"main.css": "main-0A1B2C3D.css"}))

    with pytest.raises(LookupError, match=r"no mian\.css, only main\.css"):
        load(tmp_path)("mian.css")


def test_a_missing_bundle_names_the_remedy(tmp_path):
    with pytest.raises(BundleMissing, match=r"node static/build\.mjs"):
        load(tmp_path)


def test_an_icon_is_drawn_in_the_page_itself(tmp_path):
    (tmp_path / "drawings.json").write_text(json.dumps({"bin": '<path d="M1 2"/>'}))

    assert load_drawings(tmp_path)("bin").__html__() == '<path d="M1 2"/>'


def test_an_unknown_icon_is_named_together_with_the_known_ones(tmp_path):
    (tmp_path / "drawings.json").write_text(json.dumps({"bin": ""}))

    with pytest.raises(LookupError, match=r"no icon bni, only bin"):
        load_drawings(tmp_path)("bni")
