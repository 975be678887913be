"""A paper as WeasyPrint takes it: read as XML, with its own photographs and few elements."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import fromstring

from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

_NO_XML = re.compile("[\x0b\x0c\x1c-\x1f]")
"""Blanks that XML cannot hold. Characters without ink that are no blanks never come here."""


class OwnPhotos(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serve ``photo:SHA256`` for the pictures of one paper, and refuse every other address."""

    def __init__(self, photos: Mapping[str, bytes]) -> None:
        super().__init__(fail_on_errors=True)
        self._photos = photos

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the picture's bytes.

        Raises:
            ValueError: the address is not that of a picture of this paper.
        """
        scheme, _, name = url.partition(":")
        if scheme != "photo" or name not in self._photos:
            raise ValueError("not a photograph of this paper")
        picture = self._photos[name]
        kind = "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"
        return URLFetcherResponse(url, picture, {"Content-Type": kind})


class PaperPage(HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """The page of one paper.

    WeasyPrint's own class reads any HTML and brings rules for all its elements. The forms
    of the papers are well-formed XML, for which Python has a fast reader, and use a dozen
    elements: ``elements`` is the sheet that says how those are shown.
    """

    def __init__(self, page: str, elements: CSS, photos: Mapping[str, bytes]) -> None:
        root = fromstring(_NO_XML.sub(" ", page))  # noqa: S314 — our own forms; what was filled in is escaped
        self.base_url = None
        self.url_fetcher = OwnPhotos(photos)
        self.media_type = "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element
        self._elements = elements

    def _ua_stylesheets(self, *forms: bool) -> list[CSS]:
        return [self._elements]
