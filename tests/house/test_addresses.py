"""Addresses: hyphenated, typed, declared, and never gone unnoticed."""

import re
from pathlib import Path

LISTED = Path(__file__).with_name("addresses.txt")
GOOD_PART = re.compile(
    r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?|<(int|string(\(length=\d+\))?|any\([a-z_, ]+\)):[a-z_0-9]+>"
)


def rules(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def lines_of(app) -> list[str]:
    return sorted(
        f"{rule.rule} {','.join(sorted(rule.methods - {'HEAD', 'OPTIONS'}))} {rule.endpoint}"
        for rule in rules(app)
    )


def faulty_parts(address: str) -> list[str]:
    return [
        part for part in address.strip("/").split("/") if part and not GOOD_PART.fullmatch(part)
    ]


def test_addresses_are_hyphenated_and_their_variables_typed(standing_app):
    faulty = {rule.rule: faulty_parts(rule.rule) for rule in rules(standing_app)}
    assert {address: parts for address, parts in faulty.items() if parts} == {}


def test_no_address_vanishes_unnoticed(standing_app):
    """Somebody's bookmark, a printed QR code or a phone may hold it: change the list by hand."""
    listed = LISTED.read_text(encoding="utf-8").splitlines()
    assert lines_of(standing_app) == listed


def test_the_finder_of_faulty_addresses_finds_them():
    assert faulty_parts("/factory_list/<id>") == ["factory_list", "<id>"]
    assert faulty_parts("/factories/<int:factory_id>/photos") == []
