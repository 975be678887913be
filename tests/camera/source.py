"""Our modules as they lie in static/src: the service itself gives out only the bundle."""

from playwright.sync_api import Route

from tests.browser import ROOT

SOURCES = ROOT / "static" / "src"


def serve_source(route: Route) -> None:
    """Answer with a module of static/src, whatever the address before ``/src/``."""
    path = route.request.url.split("/src/")[1]
    route.fulfill(body=(SOURCES / path).read_bytes(), content_type="text/javascript")
