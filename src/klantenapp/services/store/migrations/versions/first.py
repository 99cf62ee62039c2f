"""The first schema: every table and index as `0001.sql` froze them."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the frozen statements."""
    frozen = Path(__file__).with_name("0001.sql").read_text(encoding="utf-8")
    for statement in frozen.split(";\n\n"):
        if statement.strip():
            op.execute(statement)
