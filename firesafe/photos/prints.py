"""The prints of a photograph: made from the original, kept beside it, made anew when missing."""

from collections.abc import Sequence

from firesafe.photos.develop import Developed, develop
from firesafe.photos.rules import LARGE, ORIGINAL, photo_key, stamped_key
from firesafe.photos.stamp import stamp
from firesafe.photos.store import Store


def keep_prints(store: Store, sha256: str, developed: Developed) -> None:
    """Keep every size of a developed photograph."""
    for size, print_ in developed.sizes.items():
        store.put(photo_key(sha256, size), print_)


def sized_photo(store: Store, sha256: str, size: int) -> bytes:
    """Return the photograph as an upright JPEG without metadata; ``size`` is one of `SIZES`.

    A size that is not there, because the job has not run or a backup lacks it, is made now.

    Raises:
        FileNotFoundError: there is no such photograph.
        BadPhotograph: it cannot be read.
    """
    try:
        return store.get(photo_key(sha256, size))
    except FileNotFoundError:
        developed = develop(store.get(photo_key(sha256, ORIGINAL)))
    keep_prints(store, sha256, developed)
    return developed.sizes[size]


def stamped_photo(store: Store, sha256: str, lines: Sequence[str]) -> bytes:
    """Return the largest print with ``lines`` stamped on it, made once and then kept.

    Raises:
        FileNotFoundError: there is no such photograph.
        BadPhotograph: it cannot be read.
    """
    key = stamped_key(sha256, lines)
    try:
        return store.get(key)
    except FileNotFoundError:
        stamped = stamp(sized_photo(store, sha256, LARGE), lines)
    store.put(key, stamped)
    return stamped
