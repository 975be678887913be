"""Keeping and proving passwords."""

import pytest
from argon2 import PasswordHasher

from firesafe.accounts.models import Officer
from firesafe.accounts.passwords import fits, hash_password, prove_password


@pytest.fixture
def officer():
    return Officer(id=7, password_hash=hash_password("Fire-door1"))


def test_what_is_kept_is_argon2id_and_differs_each_time():
    first, second = hash_password("Fire-door1"), hash_password("Fire-door1")

    assert first.startswith("$argon2id$")
    assert first != second


def test_the_right_password_fits(officer):
    proof = prove_password(officer, "Fire-door1")

    assert (proof.officer_id, proof.fits, proof.new_hash) == (7, True, None)


def test_another_password_does_not_fit(officer):
    assert not prove_password(officer, "fire-door1").fits


@pytest.mark.parametrize("kept", ["", "not a hash"])
def test_nothing_fits_what_is_no_hash(kept):
    assert not fits(kept, "Fire-door1")


def test_nobody_is_proven_without_an_account():
    proof = prove_password(None, "nobody has this password")

    assert (proof.officer_id, proof.fits) == (None, False)


def test_nobody_gets_in_before_a_password_was_given():
    assert not prove_password(Officer(id=7, password_hash=""), "").fits


def test_a_hash_of_older_parameters_is_made_anew_with_the_same_password():
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("Fire-door1")

    proof = prove_password(Officer(id=7, password_hash=old), "Fire-door1")

    assert proof.new_hash is not None
    assert fits(proof.new_hash, "Fire-door1")


def test_a_wrong_password_renews_no_hash():
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("Fire-door1")

    assert prove_password(Officer(id=7, password_hash=old), "guess").new_hash is None
