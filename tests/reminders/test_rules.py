"""On which days somebody is reminded, and when and by which ways messages go out."""

from datetime import UTC, date, datetime, timedelta

import pytest

from firesafe.reminders.rules import (
    Channel,
    Occasion,
    Turn,
    channel_kind,
    channels_of,
    sent_from,
    turn_on,
)

DUE = date(2026, 12, 10)


@pytest.mark.parametrize(
    ("left", "turn"),
    [
        (4, None),
        (3, Turn(Occasion.SOON)),
        (1, Turn(Occasion.SOON)),
        (0, Turn(Occasion.TODAY)),
        (-1, Turn(Occasion.OVERDUE, 0)),
        (-7, Turn(Occasion.OVERDUE, 0)),
        (-8, Turn(Occasion.OVERDUE, 1)),
        (-15, Turn(Occasion.OVERDUE, 2)),
    ],
)
def test_a_turn_for_each_stretch_of_days(left, turn):
    assert turn_on(DUE, DUE - timedelta(days=left)) == turn


def test_nobody_is_called_out_of_bed():
    midnight = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)  # 27 November in Ankang
    noon = midnight + timedelta(hours=12)

    assert sent_from(midnight) == datetime(2026, 11, 27, 0, 30, tzinfo=UTC)
    assert sent_from(noon) == noon


def test_a_channel_s_name_tells_it_from_others_and_not_its_secrets():
    one, other = channels_of("jsons://key:secret@sms.example/{phone} jsons://sms.example/{county}")

    assert one.name != other.name
    assert one.name.startswith("jsons-")
    assert "secret" not in one.name
    assert (one.is_personal, other.is_personal) == (True, False)
    assert one.led_to(phone="13900000001") == "jsons://key:secret@sms.example/13900000001"
    assert Channel("jsons://a/{county}").led_to(county="610926") == "jsons://a/610926"


@pytest.mark.parametrize(
    ("address", "kind"),
    [("mailtos://a:b@mail.example", "Mail"), ("jsons://sms.example", "Gateway")],
)
def test_the_log_says_what_kind_a_channel_is_of(address, kind):
    assert channel_kind(Channel(address).name) == kind
