"""Taking data out: everything, or what an accountant asks for, in one ZIP."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from klantenapp.i18n import _, ngettext
from klantenapp.sentences import speak
from klantenapp.services.insights.spans import OWN, PERIODS, named
from klantenapp.services.insights.wanted import Wanted
from klantenapp.services.store import clock
from klantenapp.services.store.file_names import safe
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.inputs import ChoiceInput
from klantenapp.ui.widgets.value_inputs import DateInput

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from sqlalchemy.orm import Session

    from klantenapp.services.exports.everything import Exported
    from klantenapp.ui.progress import Progress
    from klantenapp.ui.shell import Shell


def ask_zip(owner: QWidget, title: str) -> Path | None:
    """Where to write a ZIP; None where the user stays."""
    name = safe(f"{title} {clock.today().isoformat()}.zip")
    chosen, _kind = QFileDialog.getSaveFileName(owner.window(), title, name, "*.zip")
    return Path(chosen).with_suffix(".zip") if chosen else None


def export_all(owner: QWidget, shell: Shell) -> None:
    """Ask where, and write everything there is."""
    path = ask_zip(owner, _("All data"))
    if path is None:
        return

    def work(session: Session, progress: Progress) -> Exported:
        from klantenapp.services.exports import everything  # noqa: PLC0415 - heavy, seldom used

        return everything.export(session, path, progress)

    words = _("Writing {name}").format(name=path.name)
    shell.ops.long_read(owner, words, work, partial(_written, shell))


def _written(shell: Shell, found: Exported) -> None:
    words = ngettext(
        "Wrote {file} with {count} file.", "Wrote {file} with {count} files.", found.files
    )
    shell.toasts.show(words.format(file=found.path.name, count=found.files))


class AccountantDialog(Dialog):
    """Which period, and where."""

    def __init__(self, owner: QWidget, shell: Shell) -> None:
        super().__init__(owner, _("Set for the accountant"))
        self._owner, self._shell = owner, shell
        self.say(
            _(
                "One ZIP with the sales journal, receipts, open items, ageing, tax by box,"
                " write-offs and every invoice as PDF."
            )
        )
        self.form = Form(self._changed, columns=3)
        periods = [(key, _(title)) for key, (title, _span) in PERIODS.items()]
        self.period = ChoiceInput([*periods, (OWN, _("Own period"))])
        self.start, self.end = DateInput(), DateInput()
        self.form.add("period", _("Period"), self.period, row=0, column=0)
        self.form.add("start", _("First day"), self.start, row=0, column=1)
        self.form.add("end", _("Last day"), self.end, row=0, column=2)
        self.body.addWidget(self.form)
        self.period.set_value("quarter_before")
        self._changed("period", "quarter_before")
        self.set_act(_("Save as…"), self.save, "download")
        self.start_at(self.period)

    def _changed(self, field: str, value: Any) -> None:
        if field != "period":
            self.period.set_value(named(self.start.value(), self.end.value(), clock.today()))
            return
        if value in PERIODS:
            start, end = PERIODS[value][1](clock.today())
            self.start.set_value(start)
            self.end.set_value(end)

    def save(self) -> None:
        """Look at the period, ask where, and write it."""
        start, end = self.start.value(), self.end.value()
        self.end.set_error(None)
        if start is not None and end is not None and end < start:
            self.end.set_error(_("The period ends before it begins."))
            return
        path = ask_zip(self._owner, _("Set for the accountant"))
        if path is None:
            return
        wanted = Wanted(as_of=clock.today(), start=start, end=end, named=speak.operation_label)

        def work(session: Session, progress: Progress) -> Exported:
            from klantenapp.services.exports import accountant  # noqa: PLC0415 - heavy, seldom used

            return accountant.export(session, path, wanted, progress)

        words = _("Writing {name}").format(name=path.name)
        self._shell.ops.long_read(self._owner, words, work, partial(_written, self._shell))
        self.accept()
