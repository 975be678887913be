"""The edition 2026 says itself where its marks begin; what it says of anything is as before."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

WITHOUT = "86910edc32ca3018dd524a783d2401583dccc4d057c1afbcac9949fbfb6bc16c"
WITH = "273a0d20ca2aebc37df1ac7c927dedfbf3f81235c318ffd1528af851b3e47a03"

used = sa.table("used_editions", sa.column("code"), sa.column("sha256"))


def upgrade() -> None:
    """Take the step."""
    _turn(WITHOUT, WITH)


def downgrade() -> None:
    """Take it back."""
    _turn(WITH, WITHOUT)


def _turn(known: str, now: str) -> None:
    """Let visits go on that were made with the edition as it was; one that was changed stays."""
    row = sa.and_(used.c.code == "2026", used.c.sha256 == known)
    op.execute(used.update().where(row).values(sha256=now))
