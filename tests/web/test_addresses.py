"""Ids in addresses."""

import pytest

from firesafe.accounts.posts import Post
from firesafe.web.addresses import LARGEST_ID, record_id
from tests.makers import make_officer


@pytest.mark.parametrize("text", ["0", "-1", str(LARGEST_ID + 1), "7.0", "x", ""])
def test_what_no_table_could_hold_is_no_id(text):
    with pytest.raises(ValueError, match=r".+"):
        record_id(text)


def test_an_id_is_a_number():
    assert record_id("7") == 7


@pytest.mark.parametrize("number", [LARGEST_ID, LARGEST_ID + 1, 10**30])
def test_an_address_beyond_any_table_is_404(sign_in, session, number):
    client = sign_in(make_officer(session, post=Post.ADMINISTRATOR, county=None))

    assert client.get(f"/officers/{number}").status_code == 404
