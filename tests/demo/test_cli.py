"""``firesafe demo``: loading, and saying how to get in."""

from sqlalchemy import select

from firesafe.accounts.models import Officer
from firesafe.accounts.posts import Post
from firesafe.core.settings import Settings
from tests.makers import make_officer


def test_loading_is_refused_where_somebody_works(app, session):
    make_officer(session)
    session.commit()

    done = app.test_cli_runner().invoke(args=["demo", "load"])

    assert done.exit_code == 1
    assert "never loaded over real data" in done.output


def test_a_time_that_is_none_is_refused(app):
    done = app.test_cli_runner().invoke(args=["demo", "load", "--at", "yesterday"])

    assert done.exit_code == 2
    assert "2026-11-23T12:00" in done.output


def test_without_the_demo_there_is_nothing_to_show(app):
    done = app.test_cli_runner().invoke(args=["demo", "show"])

    assert done.exit_code == 1
    assert "not loaded" in done.output


def test_the_sign_ins_and_a_sample_are_shown(demo_app, rows):
    done = demo_app.test_cli_runner().invoke(args=["demo", "show"])

    assert done.exit_code == 0, done.output
    let_in_by_a_code = Officer.post == Post.CODE_BEARER  # once, at a door: they sign in nowhere
    for officer in rows.scalars(select(Officer).where(~let_in_by_a_code)):
        assert officer.name in done.output
        assert (officer.staff_number or officer.phone) in done.output
    sample = demo_app.extensions["services"].get(Settings).instance / "sample-notice.pdf"
    assert str(sample) in done.output
    assert sample.read_bytes().startswith(b"%PDF-")
