"""How wrong a phone's clock is, and rules told as steps that can be looked up."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import TypeVar

T = TypeVar("T")

TOLERANCE_SECONDS = 5 * 60
"""Less than this is the way of a parcel over a poor line, not a clock that is wrong."""

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_MOST_SECONDS = 2**31 - 1  # an INTEGER of PostgreSQL


def kept_moment(moment: datetime) -> datetime:
    """Return a moment by a phone's clock within the years that every database can keep."""
    return min(max(moment, EARLIEST), LATEST)


def clock_ahead(sent_at: datetime, received_at: datetime) -> int:
    """Return by how many seconds the phone's clock was ahead of ours; negative is behind.

    ``sent_at`` is by the phone's clock at the moment of sending, so the way of the parcel
    counts as well: a parcel that took two minutes makes a good clock look two minutes slow.
    """
    seconds = round((kept_moment(sent_at) - received_at).total_seconds())
    return max(-_MOST_SECONDS, min(seconds, _MOST_SECONDS))


def is_clock_wrong(ahead_seconds: int | None) -> bool:
    """Tell whether a chief should hear of it: more than `TOLERANCE_SECONDS` either way."""
    return ahead_seconds is not None and abs(ahead_seconds) > TOLERANCE_SECONDS


def rescued_sent_at(saved_at: datetime, received_at: datetime) -> datetime:
    """Return what stands for the moment of sending of a parcel that came as a saved file.

    Nobody knows how long the file lay about. So the clock counts as right, unless the file
    was saved after it was taken in: then the clock was ahead by that much at least.
    """
    return max(kept_moment(saved_at), received_at)


def steps(value_at: Callable[[int], T], numbers: Iterable[int]) -> Iterator[tuple[int, T]]:
    """Yield the numbers at which the value becomes another one, and what it is from there on.

    ``numbers`` ascend; the first one always counts. This is how a phone is told of a rule it
    shall not know: it looks up the last step that is not above its number.
    """
    last: list[T] = []
    for number in numbers:
        value = value_at(number)
        if last != [value]:
            yield number, value
            last = [value]
