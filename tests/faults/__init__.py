"""Tools for what goes wrong outside: bad lines, killed phones and servers, another browser.

Fixtures that any test may ask for, see `fixtures`:

`own_server`    a service of the test's own, with a worker, on either database; ``kill()`` it as a
                power cut would, ``start()`` it again at the same port; ``sign_in(page, officer)``
`line`          a bad line to it; pages that go to ``line.address`` are cut, held, refused or slowed
`pocket_phone`  a phone-shaped Chromium on a profile of its own: ``start()``, ``kill()``,
                ``restart(offline=True)``, ``set_offline(True)``
`webkit`        WebKitGTK driven by Selenium, or skipped with what to install

None of them waits for a time to pass: ``line.wait_until(...)`` and Playwright's ``expect`` wait for
what is to happen.
"""
