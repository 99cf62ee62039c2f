"""Settings of the business itself: what stands on every document."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.models.business import Business
from klantenapp.sentences.speak import sentence
from klantenapp.services.customers import business
from klantenapp.services.errors.base import Refusal
from klantenapp.services.store import files
from klantenapp.ui.forms.business import BusinessForm
from klantenapp.ui.panels.settings.sections import Section
from klantenapp.ui.widgets.dressing import column
from klantenapp.ui.widgets.image_drop import ImageDrop
from klantenapp.ui.widgets.inputs import SegmentInput
from klantenapp.ui.widgets.labels import Label

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.customers.business import BusinessData
    from klantenapp.ui.shell import Shell


def read_company(session: Session) -> tuple[BusinessData, bytes | None]:
    """The business, and its logo."""
    logo_id = session.get_one(Business, 1).logo_id
    return business.read(session), files.content(session, logo_id) if logo_id else None


class CompanySection(Section):
    """The form of the wizard again, the logo, and when tax is reported."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, _("Company"))
        self._found: BusinessData | None = None
        holder = QFrame()
        inner = column(holder, 18, 16, 18, 16, gap=14)
        self.form = BusinessForm(self._save)
        inner.addWidget(self.form)
        self.drop = ImageDrop(
            _("Drop your logo here or"), _("PNG or JPG. Without a logo your name is used.")
        )
        self.problem = Label("", "caption", "danger", wrap=True)
        self.problem.hide()
        self.drop.chosen.connect(self._take_logo)
        self.drop.refused.connect(self._say)
        self.drop.cleared.connect(lambda: self._store_logo(None))
        inner.addWidget(self.drop)
        inner.addWidget(self.problem)
        self.box.addWidget(holder)
        self.basis = SegmentInput(
            [("invoice", _("Invoice date")), ("receipt", _("Day of payment"))]
        )
        self.basis.edited.connect(lambda: self._save("vat_basis", self.basis.value()))
        self.add_row(
            _("VAT is reported by"),
            _("Invoice date is usual (factuurstelsel); the other is the kasstelsel."),
            self.basis,
        )

    @override
    def load(self) -> None:
        """Read the business."""
        self.shell.ops.read(self, read_company, self._show, key="company")

    def _show(self, found: tuple[BusinessData, bytes | None]) -> None:
        data, logo = found
        self._found = data
        self.form.fill(data)
        self.form.check_all()
        self.basis.set_value(data.vat_basis)
        self.drop.show_image(logo)

    def _save(self, name: str, value: Any) -> None:
        if self._found is None or getattr(self._found, name) == value:
            return
        changed = replace(self._found, **{name: value if value is not None else _empty(name)})
        self.shell.ops.write(
            business.CHANGE,
            partial(business.change, data=changed),
            done=lambda _none: self.shell.toasts.show(_("Saved"), undo=True),
            failed=self._refused,
        )

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)

    def _take_logo(self, content: bytes) -> None:
        from klantenapp.services.rendering.pdf.logo import prepare_logo  # noqa: PLC0415 - loads ReportLab

        try:
            png = prepare_logo(content)
        except Refusal as failure:
            self._say(sentence(failure))
            return
        self._store_logo(png)

    def _store_logo(self, png: bytes | None) -> None:
        self.problem.hide()
        self.shell.ops.write(
            business.CHANGE,
            partial(business.set_logo, png=png),
            done=lambda _none: self.shell.toasts.show(_("Logo saved"), undo=True),
        )

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()


def _empty(name: str) -> Any:
    """What an emptied field becomes: the name must be something, the rest may be absent."""
    return "" if name == "legal_name" else None
