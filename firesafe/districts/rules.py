"""What towns and communities may be called."""

import re
import unicodedata

from firesafe.core.errors import RuleBroken

LONGEST_NAME = 40


def place_name(text: str) -> str:
    """Return a name of a place as it is kept: half-width, without blanks around or doubled.

    Raises:
        RuleBroken: nothing is left, or more than forty characters.
    """
    name = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
    if not name:
        raise RuleBroken("Enter a name.")
    if len(name) > LONGEST_NAME:
        raise RuleBroken("A name has at most %(most)s characters.", most=LONGEST_NAME)
    return name
