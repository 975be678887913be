"""What a visit's pages show of a photograph: where it is, how and how far off it was taken."""

from decimal import Decimal

import pytest

from firesafe.inspections.actions import attach_photo
from firesafe.inspections.models import PhotoMoment
from firesafe.inspections.queries import Inspections
from firesafe.inspections.shots import shots_of
from firesafe.photos.models import PhotoState
from firesafe.photos.queries import find_photo
from firesafe.photos.rules import Fault, Source
from tests.house.test_queries import counted
from tests.makers import MONDAY, make_factory, make_open_inspection, make_photo

NORTH, EAST = 32.380100, 109.360200
DEGREE_M = 111_195  # of latitude


@pytest.fixture
def visit(session):
    factory = make_factory(session, latitude=Decimal(str(NORTH)), longitude=Decimal(str(EAST)))
    return make_open_inspection(session, factory=factory)


@pytest.fixture
def add(session, visit):
    """Return a function that adds a photograph so many metres north of the factory."""

    def added(metres=None, accuracy=None, **more):
        sha256 = make_photo(session, by=visit.lead)
        attach_photo(session, visit, "A3-02", sha256, PhotoMoment.FOUND, by=visit.lead, at=MONDAY)
        photo = find_photo(session, sha256)
        if metres is not None:
            photo.latitude, photo.longitude = NORTH + metres / DEGREE_M, EAST
            photo.accuracy_m = accuracy
        for name, value in more.items():
            setattr(photo, name, value)
        session.flush()
        return sha256

    return added


@pytest.fixture
def seen(session, visit, sign_in):
    """Return a function that gives the text of the record as the inspector sees it."""

    def page():
        session.commit()
        client = sign_in(visit.lead)
        client.set_cookie("language", "en")
        return client.get(f"/inspections/{visit.id}").text

    return page


@pytest.mark.parametrize(
    ("metres", "accuracy", "is_near", "is_far"),
    [
        (12, None, True, False),
        (199, 5, True, False),
        (201, None, False, True),
        (320, 119, False, True),
        (320, 121, False, False),
        (0, 5000, True, False),
    ],
)
def test_how_far_off_is_judged_by_what_the_phone_was_sure_of(
    session, visit, add, metres, accuracy, is_near, is_far
):
    sha256 = add(metres, accuracy)

    shot = shots_of(session, visit)[sha256]

    assert shot.metres == pytest.approx(metres, abs=0.5)
    assert (shot.is_near, shot.is_far, shot.lacks_place) == (is_near, is_far, False)


def test_without_a_place_nothing_is_said(session, visit, add):
    sha256 = add()

    assert shots_of(session, visit)[sha256].lacks_place
    visit.factory.latitude = visit.factory.longitude = None
    shot = shots_of(session, visit)[sha256]
    assert (shot.metres, shot.lacks_place, shot.is_near, shot.is_far) == (None,) + (False,) * 3


@pytest.mark.parametrize(
    ("metres", "accuracy", "words", "kind"),
    [
        (12, None, "12 m from the factory", "pass"),
        (12, 30.4, "12 m ± 30 m from the factory", "pass"),
        (320, 150, "320 m ± 150 m from the factory", "plain"),
        (320, None, "320 m away", "soon"),
        (1234, None, "1.2 km away", "soon"),
        (None, None, "No position", "plain"),
    ],
)
def test_the_record_says_how_far_off_it_was_taken(add, seen, metres, accuracy, words, kind):
    add(metres, accuracy)

    chip = seen().split(words)[0].rpartition('<span class="chip')[2]

    assert chip.startswith(f" chip--{kind}")


def test_who_fills_in_sees_how_far_off_it_was_taken(session, visit, add, sign_in):
    sha256 = add(1234, 20)
    session.commit()

    page = sign_in(visit.lead).get(f"/inspections/{visit.id}/fill").text

    tile = page.split(f'data-sha256="{sha256}"')[1].split("</li>")[0]
    assert (
        '<span class="photo__place photo__place--far" data-place>离厂 1.2 公里 ± 20 米</span>'
        in tile
    )


def test_nobody_who_fills_in_is_told_that_one_is_delivered_which_is_not(
    session, visit, add, sign_in
):
    here, absent = add(), "e" * 64
    attach_photo(session, visit, "A3-02", absent, PhotoMoment.FOUND, by=visit.lead, at=MONDAY)
    session.commit()

    page = sign_in(visit.lead).get(f"/inspections/{visit.id}/fill").text

    assert f'<li class="photo photo--received" data-photo data-sha256="{here}">' in page
    assert f'<li class="photo photo--sending" data-photo data-sha256="{absent}">' in page


@pytest.mark.parametrize(
    ("source", "words"),
    [(Source.CAMERA, ["Taken here"]), (Source.GALLERY, ["From the gallery"]), (Source.UNKNOWN, [])],
)
def test_the_record_says_how_it_was_taken(add, seen, source, words):
    add(source=source)

    page = seen()

    assert [each for each in ("Taken here", "From the gallery") if each in page] == words


def test_a_photograph_that_is_still_on_the_phone_is_no_broken_picture(session, visit, add, seen):
    sha256 = add()
    visit.phone_device = "WeChat, Android"
    session.delete(find_photo(session, sha256))

    page = seen()

    assert "On the phone: WeChat, Android" in page
    assert sha256 not in page


def test_a_photograph_on_a_phone_of_no_name(session, add, seen):
    session.delete(find_photo(session, add()))

    assert "Still on the phone" in seen()


def test_a_photograph_that_cannot_be_read_says_why(add, seen):
    sha256 = add(state=PhotoState.UNREADABLE, fault=Fault.TOO_MANY_PIXELS)

    page = seen()

    assert "more than 50 million pixels" in page
    assert sha256 not in page


def test_many_photographs_ask_no_more_than_one(session, database, visit, add, seen):
    asked = []
    for more in (1, 5):
        for _ in range(more):
            add(12)
        session.delete(find_photo(session, add()))
        with counted(database) as statements:
            seen()
        asked.append(len(statements))

    assert asked[0] == asked[1]
    found = Inspections.visible_to(visit.lead).with_answers(session, visit.id)
    assert len(shots_of(session, found)) == 8
