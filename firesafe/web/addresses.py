"""What stands in an address: ids of records that a table can hold, and nothing larger."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

from firesafe.core.columns import LARGEST_ID


def record_id(text: str) -> int:
    """Return the id of a record that was written into an address.

    Raises:
        ValueError: it is no number, or no table could hold it.
    """
    number = int(text)
    if not 0 < number <= LARGEST_ID:
        raise ValueError(f"{text} is no id of a record.")
    return number


class RecordId(IntegerConverter):
    """``<int:…>`` that answers 404 to a number beyond any table, which would stop the database."""

    def __init__(self, url_map: Map, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max", LARGEST_ID)
        super().__init__(url_map, *args, **kwargs)


def bound_ids(app: Flask) -> None:
    """Bound every ``<int:…>`` of the addresses that are registered from here on."""
    app.url_map.converters["int"] = RecordId
