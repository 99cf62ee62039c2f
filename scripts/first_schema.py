"""Write the first revision from the models: while nothing is released, run it after a change.

After the first release the file is history and never written again; a change of the models is a
revision of its own then.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_mock_engine

from klantenapp.models.tables import metadata

TARGET = Path(__file__).parent.parent / "src/klantenapp/services/store/migrations/versions/0001.sql"


def statements() -> str:
    """Every CREATE TABLE and CREATE INDEX, as SQLAlchemy writes them for SQLite."""
    found: list[str] = []

    def keep(element: object, *_: object, **__: object) -> None:
        text = str(element.compile(dialect=engine.dialect)).strip()  # type: ignore[attr-defined] # DDL
        found.append("\n".join(line.rstrip() for line in text.splitlines()))

    engine = create_mock_engine("sqlite://", keep)
    metadata.create_all(engine, checkfirst=False)
    # SQLAlchemy keeps the indexes of a table in a set: one order for every run.
    tables = [statement for statement in found if statement.startswith("CREATE TABLE")]
    indexes = sorted(statement for statement in found if statement not in tables)
    return ";\n\n".join(tables + indexes) + ";\n\n"


if __name__ == "__main__":
    TARGET.write_text(statements(), encoding="utf-8")
    print(f"{TARGET.name}: {statements().count('CREATE')} statements")
