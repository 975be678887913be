"""Gap-free numbers: one series per issuer, kind of paper and year."""

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Issuer, NumberSeries


def next_sequence(session: Session, issuer: Issuer, kind: PaperKind, year: int) -> int:
    """Take the next number of a series, in the transaction that uses it.

    The series' row is locked until that transaction ends: a second chief waits, and a
    transaction that is undone, or whose process is killed, gives its number back. So
    there is neither a gap nor a double, on both databases.
    """
    key = {"issuer_id": issuer.id, "kind": kind, "year": year}
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(NumberSeries).values(**key, last=0).on_conflict_do_nothing())
    series = session.scalars(
        select(NumberSeries)
        .filter_by(**key)
        .with_for_update(of=NumberSeries)
        .execution_options(populate_existing=True)
    ).one()
    series.last += 1
    session.flush()  # the lock must be followed by the write at once
    return series.last
