"""Whose word is taken on where a request comes from."""

from dataclasses import replace

import pytest
from waitress.proxy_headers import proxy_headers_middleware

from firesafe.command import proxy_options


@pytest.fixture
def caller(settings):
    """Return what the application believes the caller's address to be."""

    def seen(trusted_proxy):
        options = proxy_options(replace(settings, trusted_proxy=trusted_proxy))
        environ = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}
        wrapped = proxy_headers_middleware(lambda environ, _: [environ["REMOTE_ADDR"]], **options)
        return wrapped(environ, None)[0]

    return seen


def test_the_proxy_tells_who_called(caller):
    assert caller("10.0.0.1") == "192.0.2.7"


@pytest.mark.parametrize("trusted_proxy", ["", "10.0.0.2"])
def test_nobody_else_does(caller, trusted_proxy):
    assert caller(trusted_proxy) == "10.0.0.1"
