"""The menu ⋯ of an issued document: why not remind, and what is known of it on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from klantenapp.i18n import _
from klantenapp.ui.contact import dossier_out, hold_notes
from klantenapp.ui.contact.entry_dialog import record_about
from klantenapp.ui.theme.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.services.reminders.standing import Standing
    from klantenapp.ui.panels.documents.issued_shown import Shown
    from klantenapp.ui.widgets.page import Page


def more_menu(
    page: Page,
    shown: Shown | None,
    found: Standing | None,
    *,
    save_pdf: Callable[[], object],
    copy: Callable[[], object],
    credit: Callable[[], object] | None = None,
) -> QMenu:
    """What else can be done with the document."""
    menu = QMenu(page)

    def add(text: str, icon: str, run: Callable[[], object], reason: str = "") -> None:
        act = QAction(theme().icon(icon, "muted"), text, menu)
        act.triggered.connect(lambda: run())
        act.setEnabled(not reason)
        act.setToolTip(reason)
        menu.addAction(act)

    if shown is None:
        return menu
    row = shown.row
    if row.kind == "invoice":
        hold_notes.offer(menu, page, found, row.id)
        menu.addSeparator()
        add(
            _("Collection dossier…"),
            "briefcase",
            lambda: dossier_out.save_dossier(page, row.customer_id or 0, row.id),
        )
    add(_("Copy to new draft"), "copy", copy)
    if credit is not None and not row.is_imported:
        add(_("Credit"), "undo-2", credit)
    menu.addSeparator()
    add(
        _("Record conversation…"), "phone", lambda: record_about(page, row.customer_id or 0, row.id)
    )
    word = _("Contact")
    name = f"{word} {row.number}"
    add(
        _("Contact as PDF…"),
        "file-down",
        lambda: dossier_out.save_sheet(page, name, document_id=row.id),
    )
    add(
        _("Print contact"),
        "printer",
        lambda: dossier_out.print_sheet(page, name, document_id=row.id),
    )
    reason = "" if shown.pdf is not None else _("This document came from another program.")
    add(_("Save PDF…"), "download", save_pdf, reason)
    return menu
