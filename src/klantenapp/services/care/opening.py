"""An administration opened or begun, with everything that has to happen around it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp.services.customers import business
from klantenapp.services.store import placing
from klantenapp.services.store.administration import Administration

if TYPE_CHECKING:
    from pathlib import Path

    from klantenapp.services.customers.business import BusinessData


def begin(path: Path, data: BusinessData, *, window: bool = False) -> Administration:
    """Make a new administration with its defaults and business, and open it.

    The file appears under its name when it is complete, so a kill leaves no empty one behind.

    Raises:
        Invalid: the data is refused (`customers.business.problems`).
        FileExists: something is there already.
        FolderNotWritable, DiskFull: it cannot be made.
    """
    with placing.in_progress(path) as temporary:
        administration = Administration.create(temporary)
        try:
            administration.write(business.CREATE, partial(business.create, data=data))
        finally:
            administration.close()
        placing.place(temporary, path)
    return Administration.open_file(path, window=window)
