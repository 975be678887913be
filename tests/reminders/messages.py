"""A message as it stands in the log."""

from itertools import count

from sqlalchemy.orm import Session

from firesafe.core.clock import county_day
from firesafe.reminders.models import Message, MessageState
from tests.makers import MONDAY, PINGLI

_numbers = count(1)


def make_message(
    session: Session, *, state: MessageState = MessageState.FAILED, county: str = PINGLI, **more
) -> Message:
    message = Message(
        **{
            "channel": "json-abcdef",
            "recipient": f"county:{next(_numbers)}",
            "county_code": county,
            "on": county_day(MONDAY),
            "subject": "消防整改提醒：1 条",
            "text": "示例玩具一厂：1 条",
            "made_at": MONDAY,
        }
        | more,
        state=state,
    )
    session.add(message)
    session.flush()
    return message
