import random

from sqlalchemy import insert, select

from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.queries import (
    Standing,
    find_photo,
    ids_alike,
    photos_by_sha,
    seen_before,
    standings_of,
)
from firesafe.photos.rules import MAX_DISTANCE, Fault, MediaType, Source, bands
from tests.makers import MONDAY, make_officer

LOOK = "0123456789abcdef"


def enter(session, fingerprints, *, state=PhotoState.READABLE):
    """Enter a photograph for each fingerprint, and return their SHA-256 in order."""
    officer, known = make_officer(session), session.query(Photo).count()
    rows = []
    for number, fingerprint in enumerate(fingerprints, start=known):
        cut = bands(fingerprint)
        rows.append(
            {
                "sha256": f"{number:064d}",
                "state": state,
                "media_type": MediaType.JPEG,
                "source": Source.CAMERA,
                "byte_count": 1,
                "fingerprint": fingerprint,
                **{f"band_{place}": band for place, band in enumerate(cut, start=1)},
                "received_at": MONDAY,
                "received_from_id": officer.id,
            }
        )
    session.execute(insert(Photo), rows)
    return [row["sha256"] for row in rows]


def alike(session, *fingerprints):
    return set(session.scalars(select(Photo.sha256).where(Photo.id.in_(ids_alike(fingerprints)))))


def spoilt(fingerprint, bits, dice):
    changed = int(fingerprint, 16)
    for bit in dice.sample(range(64), bits):
        changed ^= 1 << bit
    return f"{changed:016x}"


def test_none_within_the_greatest_distance_is_missed(session):
    dice = random.Random(5)  # noqa: S311 — noise, not a secret
    near = enter(session, [spoilt(LOOK, MAX_DISTANCE, dice) for _ in range(200)])

    assert alike(session, LOOK) == set(near)


def test_most_others_are_not_even_looked_at(session):
    dice = random.Random(6)  # noqa: S311 — noise, not a secret
    enter(session, [f"{dice.getrandbits(64):016x}" for _ in range(2000)])

    assert len(alike(session, LOOK)) < 20


def test_several_are_looked_up_at_once(session):
    first, second, _ = enter(session, [LOOK, "f" * 16, "5a5a3c3c5a5a3c3c"])

    assert alike(session, LOOK, "f" * 16) == {first, second}


def test_only_the_later_of_two_alike_was_seen_before(session):
    dice = random.Random(7)  # noqa: S311 — noise, not a secret
    near, far = spoilt(LOOK, 4, dice), spoilt(LOOK, 7, dice)
    first, second, third = enter(session, [LOOK, near, far])

    assert seen_before(session, [first, second, third], within=4) == {second}
    assert seen_before(session, ["f" * 64], within=4) == set()


def test_a_visit_of_a_thousand_photographs_is_not_too_many(session):
    dice = random.Random(8)  # noqa: S311 — noise, not a secret
    looks = [f"{dice.getrandbits(64):016x}" for _ in range(1000)]
    own = enter(session, looks)

    assert alike(session, *looks) == set(own)


def test_photographs_are_found_by_their_content(session):
    first, second = enter(session, [LOOK, LOOK])

    assert find_photo(session, first).sha256 == first
    assert find_photo(session, "f" * 64) is None
    assert photos_by_sha(session, [first, "f" * 64]).keys() == {first}
    assert photos_by_sha(session, []) == {}
    assert second not in photos_by_sha(session, [first])


def test_where_each_photograph_stands(session):
    (received,) = enter(session, [LOOK], state=PhotoState.RECEIVED)
    (readable,) = enter(session, [LOOK])
    (bad,) = enter(session, [LOOK], state=PhotoState.UNREADABLE)
    find_photo(session, bad).fault = Fault.TOO_MANY_PIXELS
    session.flush()
    absent = "f" * 64

    standings = standings_of(session, [received, readable, bad, absent, absent])

    assert {sha: standing.word for sha, standing in standings.items()} == {
        received: "received",
        readable: "readable",
        bad: "unreadable",
        absent: "absent",
    }
    assert "50 million pixels" in str(standings[bad].refusal)
    assert standings[readable].refusal is None
    assert standings[absent] == Standing()
    assert standings_of(session, []) == {}
