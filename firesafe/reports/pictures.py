"""The photographs of reports: made anew while they arrive, and nothing of the upload is kept.

They lie apart from the photographs of visits. Of a stranger's file only the picture remains, in
two sizes, without position, time or anything else that it carried: it takes up little room,
goes with its report, and can never pass for proof.
"""

import hashlib
from collections.abc import Iterable
from typing import BinaryIO

from firesafe.core.errors import NotFound, RuleBroken
from firesafe.photos.develop import develop
from firesafe.photos.intake import MEGABYTE, check_announced
from firesafe.photos.rules import LARGE, SMALL
from firesafe.photos.store import Store
from firesafe.reports.rules import MOST_PHOTOS, PHOTO_MB

SIZES = (LARGE, SMALL)


def keep_pictures(store: Store, client_key: str, files: Iterable[BinaryIO]) -> list[str]:
    """Keep the pictures that come with a report, and return their names.

    Every one is looked at before the first is kept, so a refusal leaves nothing behind.

    Raises:
        RuleBroken: there are more than `MOST_PHOTOS`.
        BadPhotograph: one is empty, too large or no picture that can be read.
    """
    chosen = list(files)
    if len(chosen) > MOST_PHOTOS:
        raise RuleBroken("At most %(most)s photographs at a time.", most=MOST_PHOTOS)
    pictures = {}
    for file in chosen:
        sizes = _sizes_of(file)
        pictures[hashlib.sha256(sizes[LARGE]).hexdigest()[:32]] = sizes
    for name, sizes in pictures.items():
        for size in SIZES:
            store.put(_key(client_key, name, size), sizes[size])
    return list(pictures)


def picture(store: Store, client_key: str, name: str, size: int) -> bytes:
    """Return one picture of a report as JPEG.

    Raises:
        NotFound: there is none of this size, or it is there no more.
    """
    if size not in SIZES:
        raise NotFound("There is no such photograph.")
    try:
        return store.get(_key(client_key, name, size))
    except FileNotFoundError as fault:
        raise NotFound("There is no such photograph.") from fault


def throw_away(store: Store, client_key: str, names: Iterable[str]) -> None:
    """Remove the pictures of a report; what is gone already is no matter."""
    for name in names:
        for size in SIZES:
            store.delete(_key(client_key, name, size))


def _sizes_of(file: BinaryIO) -> dict[int, bytes]:
    most = PHOTO_MB * MEGABYTE
    content = file.read(most + 1)
    check_announced(len(content), most)
    return develop(content).sizes


def _key(client_key: str, name: str, size: int) -> str:
    return f"reports/{client_key}/{name}.{size}.jpg"
