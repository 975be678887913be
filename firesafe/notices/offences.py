"""What an order offers to be ticked, and which of it the failure of a checkpoint usually is."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("offences.toml")


@dataclass(frozen=True, slots=True)
class Offence:
    """One box of the form: its own code, its words, and the checkpoints it usually follows."""

    code: str
    text: str
    checkpoints: tuple[str, ...]


@cache
def offences() -> dict[str, Offence]:
    """Return the twelve boxes by their code, in the order of the form."""
    data: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    rows = [Offence(each["code"], each["text"], tuple(each["checkpoints"]))
            for each in data["offences"]]  # fmt: skip
    return {each.code: each for each in rows}


def usual_offence(checkpoint_code: str) -> str:
    """Return the code of the box for a checkpoint, or nothing where that is for the officer."""
    found = (each.code for each in offences().values() if checkpoint_code in each.checkpoints)
    return next(found, "")
