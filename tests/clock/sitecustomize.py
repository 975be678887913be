"""Puts the clock of a service under test forward by whole days, in all its processes."""

import os
from datetime import datetime, timedelta

if DAYS := int(os.environ.get("DAYS_AHEAD", "0")):
    from firesafe.core import clock

    _today = clock.now

    def _later() -> datetime:
        return _today() + timedelta(days=DAYS)

    clock.now = _later
