"""The base of what comes in from machines and goes out to them."""

from typing import Any

from pydantic import BaseModel, BeforeValidator, ConfigDict


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


WHOLE = BeforeValidator(_whole)
"""Makes an integer one as JSON Schema understands it: 1.0 is one as well. It stands last."""


class Sealed(BaseModel):
    """Holds nothing but what is described, and does not change after it was checked."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Misread(BaseModel):
    """What is not as described, for whoever mends the app: where it stands, and what it is."""

    where: str
    what: str


class Problem(BaseModel):
    """Why something was refused; ``detail`` is a sentence for the officer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    faults: list[Misread] = []
