"""Does one thing in a process of its own, which is killed in the middle of it.

It is called with STATEMENT, DEED and ADDRESS, says ``here`` before the database runs the first
statement that begins so, and is no more. ADDRESS is that of the database, or for the worker the
instance folder.
"""

import os
import signal
import sys

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.accounts.posts import Post
from firesafe.app import create_app  # noqa: F401 — loads every room's models
from firesafe.command import main as firesafe
from firesafe.core.db import Database
from firesafe.core.settings import INSTANCE_VARIABLE
from firesafe.inspections.models import Inspection
from firesafe.notices.models import Notice
from tests.notices.cases import TUESDAY, Case
from tests.notices.orders import order
from tests.notices.referrals import refer
from tests.notices.urgings import urge


def the_case(session: Session) -> Case:
    """Return the only case there is, as far as its chief needs it."""
    chief = session.scalars(select(Officer).where(Officer.post == Post.SECTION_CHIEF)).one()
    return Case(session.scalars(select(Inspection)).one(), chief, chief, Notice())


def refer_it(session: Session) -> Notice:
    return refer(session, the_case(session), at=TUESDAY)


def urge_it(session: Session) -> Notice:
    return urge(session, the_case(session), at=TUESDAY)


def order_it(session: Session) -> Notice:
    officer = session.scalars(select(Officer).where(Officer.post == Post.FIRE_OFFICER)).one()
    return order(session, the_case(session), at=TUESDAY, by=officer)


DEEDS = {"refer": refer_it, "urge": urge_it, "order": order_it}


def die_before(beginning: str) -> None:
    """Be killed before the first statement that begins so; there is no time for anything."""

    def ran(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith(beginning):
            sys.stdout.write("here\n")
            sys.stdout.flush()
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", ran)


def main() -> None:
    beginning, deed, address = sys.argv[1:]
    die_before(beginning)
    if deed in DEEDS:
        with Database(address).writing() as session:
            DEEDS[deed](session)
    else:
        os.environ[INSTANCE_VARIABLE] = address
        sys.argv = ["firesafe", deed]
        firesafe()
