"""Giving photographs out: the one way in which their bytes leave the service.

The rooms above decide who may see a photograph, by what it belongs to, and then call this.
What is given out was encoded anew here and holds nothing but the picture; the headers are
for the day on which that should turn out to be untrue. The upload itself is never given out.
"""

from collections.abc import Callable, Sequence

from flask import Response, request

from firesafe.core.errors import NotFound
from firesafe.photos.prints import sized_photo, stamped_photo
from firesafe.photos.rules import SIZES, BadPhotograph, photo_key, stamped_key
from firesafe.photos.store import Store
from firesafe.web.headers import FOR_EVER

_HEADERS = {
    "Cache-Control": FOR_EVER,
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def send_photo(store: Store, sha256: str, size: int) -> Response:
    """Answer with a photograph in one of `SIZES`.

    Raises:
        NotFound: there is no such photograph or size, or it cannot be read.
    """
    if size not in SIZES:
        raise NotFound("There is no such photograph.")
    return answer_with(photo_key(sha256, size), lambda: sized_photo(store, sha256, size))


def send_stamped_photo(store: Store, sha256: str, lines: Sequence[str]) -> Response:
    """Answer with a photograph that has ``lines`` (what, where, when, by whom) stamped on it.

    Raises:
        NotFound: there is no such photograph, or it cannot be read.
    """
    return answer_with(stamped_key(sha256, lines), lambda: stamped_photo(store, sha256, lines))


def answer_with(tag: str, picture: Callable[[], bytes]) -> Response:
    """Answer with a JPEG made here, unless the browser says that it has it; ``tag`` names it.

    Raises:
        NotFound: there is no such picture, or it cannot be read.
    """
    answer = Response(mimetype="image/jpeg", headers=_HEADERS)
    answer.set_etag(tag)
    if request.if_none_match.contains(tag):
        answer.status_code = 304
        return answer
    try:
        answer.set_data(picture())
    except (FileNotFoundError, BadPhotograph) as fault:
        raise NotFound("There is no such photograph.") from fault
    return answer
