"""Settings of one administration: a key and a JSON value; what is absent has its default."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from klantenapp.models.base import Base, strict


class Setting(Base):
    """One choice of the user. Keys, types and defaults live in `services/store/settings.py`."""

    __tablename__ = "setting"
    __table_args__ = strict()

    key: Mapped[str] = mapped_column(unique=True)
    value: Mapped[str]
