"""${message}"""

from __future__ import annotations

from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change tables by native ALTER TABLE; triggers are put on afterwards."""
    ${upgrades if upgrades else "op.execute('')"}
