"""Statements of account as one PDF: of one customer, or of many after each other."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from klantenapp.services.insights.wanted import members
from klantenapp.services.receivables import statements
from klantenapp.services.sales.issuing import logo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.insights import wanted as insights
    from klantenapp.services.receivables.statements import Wanted


def pdf(session: Session, customer_ids: Sequence[int], wanted: Wanted) -> bytes:
    """The statements of these customers, each in its language and on its own pages.

    Raises:
        NotFound: no customer under one of the ids, or none at all.
        LogoUnreadable: the stored logo is damaged.
    """
    from klantenapp.services.rendering.pdf import statement  # noqa: PLC0415 - ReportLab is heavy

    mark = logo(session)
    made = [
        statement.render(statements.snapshot(session, customer_id, wanted), mark)
        for customer_id in customer_ids
    ]
    return made[0] if len(made) == 1 else _joined(made)


def report_pdf(session: Session, asked: insights.Wanted) -> bytes:
    """What the report "statement" asks for: one customer, or all with a balance (and the label).

    With a period the movements in it, otherwise what is open.
    """
    has_period = asked.start is not None or asked.end is not None
    kind: statements.Kind = "movements" if has_period else "open_items"
    wanted = statements.Wanted(kind, asked.as_of, asked.start, asked.end)
    through = asked.end or asked.as_of
    if asked.customer_id is not None:
        return pdf(session, [asked.customer_id], wanted)
    of = members(session, asked)
    owing = statements.with_balance(session, through)
    return pdf(session, [each for each in owing if of is None or each in of], wanted)


def _joined(parts: Sequence[bytes]) -> bytes:
    import pikepdf  # noqa: PLC0415 - heavy

    with pikepdf.Pdf.new() as whole:
        for part in parts:
            with pikepdf.Pdf.open(io.BytesIO(part)) as opened:
                whole.pages.extend(opened.pages)
        if not parts:
            whole.add_blank_page()
        target = io.BytesIO()
        whole.save(target, deterministic_id=True)
    return target.getvalue()
