"""What the window does with a failure that no page took: an error bar, or the crash dialog."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from klantenapp.i18n import _
from klantenapp.ui.widgets.announce import announce
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.states import Details

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from klantenapp.ui.shell import Banners
    from klantenapp.ui.threads import Crash


def show_refused(banners: Banners, window: QWidget, failure: Exception) -> None:
    """Show the sentence of an expected failure in the error bar, until it is closed."""
    from klantenapp.sentences.speak import sentence  # noqa: PLC0415 - collects every chapter

    text = sentence(failure)
    banners.show_banner("refused", "danger", "", text, closable=True)
    announce(window, text, at_once=True)


def report(crash: Crash) -> str:
    """What the user can copy and send: no data of the business, only the program's own traces."""
    from klantenapp import __name__ as name  # noqa: PLC0415 - only when something broke

    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    where = crash.operation or "read"
    return f"{name}, {system}\n{where}: {type(crash.failure).__name__}\n\n{crash.details}"


class CrashDialog(Dialog):
    """Something broke that should not: says so, with details to copy; the program goes on."""

    def __init__(self, window: QWidget, crash: Crash) -> None:
        super().__init__(window, _("Something went wrong in the program"), 600)
        self.say(
            _(
                "This act was not carried out and nothing of it was saved. What you did before is"
                " safe. You can go on working; if it happens again, restart Klantenapp and send the"
                " details below to the maker."
            )
        )
        self.text = report(crash)
        self.body.addWidget(Details(self.text, is_open=False))
        copy = Button(_("Copy details"), "copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text))
        self.add_left(copy)
        self.cancel.hide()
        self.set_act(_("Go on"))
