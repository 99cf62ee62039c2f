"""An example administration, lived through day by day by the same services that the user has.

Every act happens on its own day with the clock stopped there, so dates, numbers, history and
payment behaviour are as if somebody had worked with the program all that time. One seed gives one
story.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp import paths
from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.models.message import Message
from klantenapp.models.payment import Payment
from klantenapp.services.care import demo_story, opening
from klantenapp.services.care.example_names import BUSINESS
from klantenapp.services.care.story import Story
from klantenapp.services.customers import business
from klantenapp.services.errors.store import FileExists
from klantenapp.services.store import clock, placing
from klantenapp.services.store.administration import Administration
from klantenapp.services.store.lock import WindowLock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

#: Name of the file, the same in both languages: it is recognised by it.
FILE: Final = f"voorbeeld{paths.EXTENSION}"
#: Of the pictures.
CUSTOMERS: Final = 86
INVOICES: Final = 214
#: Through how many months before today the invoices are spread.
MONTHS: Final = 14


@dataclass(frozen=True)
class Wanted:
    """How large the example is, and which of all possible ones."""

    customers: int = CUSTOMERS
    invoices: int = INVOICES
    seed: int = 1


def make(
    path: Path, wanted: Wanted | None = None, progress: Callable[[float], None] | None = None
) -> None:
    """Make the example as a new file; ends today. An example that is there already is replaced.

    Args:
        progress: told how much is done, from 0 to 1.

    Raises:
        FileExists: something else than an example is there.
        InUse: the example is open in a window.
        FolderNotWritable, DiskFull.
    """
    wanted = wanted or Wanted()
    now = clock.now()
    start = now.astimezone().date() - dt.timedelta(days=MONTHS * 365 // 12)
    replaces = path.exists()
    if replaces and not _is_example(path):
        raise FileExists(path)
    with placing.beside(path) as temporary:
        with clock.stopped(start):
            administration = opening.begin(temporary, BUSINESS)
        administration.origin = "window"
        try:
            # Not for secrets: the same seed has to give the same story.
            chance = random.Random(wanted.seed)  # noqa: S311 - see above
            story = Story(administration, chance, now)
            demo_story.tell(story, start, wanted.customers, wanted.invoices)
            story.live(progress)
        finally:
            administration.close()
        if replaces:
            with WindowLock(path):
                placing.remove(path)
        placing.place(temporary, path)


def opened(path: Path | None = None) -> Administration:
    """The example of this user, open for a window; made where there is none yet.

    Raises:
        InUse: it is open in another window.
        FolderNotWritable, DiskFull: it cannot be made.
    """
    path = path or paths.data_folder() / FILE
    if not path.exists():
        make(path)
    return opening.open_file(path, window=True)


def _is_example(path: Path) -> bool:
    administration = Administration.open_file(path)
    try:
        found = administration.read(business.find)
    finally:
        administration.close()
    return found is not None and found.is_example


def counted(session: Session) -> dict[str, int]:
    """How many there are of what, for who made the example."""
    return {
        name: session.scalar(query) or 0
        for name, query in {
            "customers": select(func.count(Customer.id)),
            "documents": select(func.count(Document.id)).where(Document.state == "issued"),
            "drafts": select(func.count(Document.id)).where(Document.state == "draft"),
            "payments": select(func.count(Payment.id)),
            "messages": select(func.count(Message.id)),
        }.items()
    }
