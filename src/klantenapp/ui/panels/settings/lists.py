"""Settings of the lists that the user keeps: terms, methods, units, groups, labels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, pgettext
from klantenapp.services.catalogue import lists
from klantenapp.services.catalogue.lists import ListRow
from klantenapp.services.customers import labels
from klantenapp.ui.panels.settings.list_dialogs import MethodDialog, NameDialog, TermDialog
from klantenapp.ui.panels.settings.sections import Section
from klantenapp.ui.tables.columns import Column
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.page import LetterKey
from klantenapp.ui.widgets.tabs import Segments

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.shell import Shell

#: Rows that are shown without scrolling in the list itself.
_MOST = 14


@dataclass(frozen=True, slots=True)
class Shown:
    """One list as it is read: key and rows."""

    key: str
    rows: list[ListRow]


def read(session: Session, key: str) -> Shown:
    """The rows of one list; labels count the customers that carry them."""
    if key == "label":
        found = [
            ListRow(each.id, each.name, None, each.customers) for each in labels.labels(session)
        ]
        return Shown(key, found)
    return Shown(key, lists.rows(session, key))


def told(row: ListRow) -> str:
    """What a row says beside its name."""
    parts = []
    if row.discount is not None:
        parts.append(
            _("{percent} discount within {days} days").format(
                percent=i18n.percent(row.discount.points), days=row.discount_days
            )
        )
    if row.is_default:
        parts.append(_("default of your business"))
    if row.archived:
        parts.append(_("archived"))
    return ", ".join(parts)


class ListsSection(Section):
    """Every list with its choices; what is used is archived, what is not can go."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, _("Lists"))
        self.which = Segments(
            [
                ("payment_term", _("Payment terms")),
                ("payment_method", _("Payment methods")),
                ("unit", _("Units")),
                ("item_group", _("Item groups")),
                ("label", _("Labels")),
            ]
        )
        self.which.choose("payment_term")
        self.which.changed.connect(lambda _key: self.load())
        columns = [
            Column("name", _("Name"), "strong", width=180, stretch=True, tone=_tone),
            Column("name_en", _("In English"), "muted", width=140, priority=2),
            Column("told", "", "muted", width=220, value=told, priority=1),
            Column("uses", _("Used"), "number", width=70, value=lambda found: found.uses or None),
        ]
        self.model = TableModel(shell.ops, columns, parent=self)
        self.view = TableView(self.model, edge=18, label=_("Choices"))
        self.view.opened.connect(lambda _id: self.edit())
        self.view.picked.connect(lambda _id: self._allow())
        for keys, run in (("Delete", self.remove), ("Insert", self.add)):
            self.view.installEventFilter(LetterKey(self.view, keys, run))
        self._lay_out()

    def _lay_out(self) -> None:
        bar = row(None, 18, 14, 18, 12)
        bar.addWidget(self.which)
        bar.addStretch(1)
        self.box.addLayout(bar)
        self.box.addWidget(self.view)
        foot = row(None, 18, 12, 18, 14, gap=8)
        self.new = self._button(_("Add"), "plus", self.add)
        self.change = self._button(_("Edit"), "pencil", self.edit)
        self.put_away = self._button(_("Archive"), "archive", self.archive)
        self.drop = self._button(pgettext("verb", "Delete"), "trash-2", self.remove)
        for button in (self.new, self.change, self.put_away, self.drop):
            foot.addWidget(button)
        foot.addStretch(1)
        self.box.addLayout(foot)
        below = column(None, 18, 0, 18, 14)
        self.hint = Label("", "caption", "muted", wrap=True)
        below.addWidget(self.hint)
        self.box.addLayout(below)

    def _button(self, text: str, icon: str, run: Callable[[], object]) -> Button:
        button = Button(text, icon, small=True)
        button.clicked.connect(lambda: run())
        return button

    # -- showing ---------------------------------------------------------------------------------

    @override
    def load(self) -> None:
        """Read the list that is chosen."""
        key = self.which.key
        self.shell.ops.read(self, partial(read, key=key), self._show, key="list")

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again what these changes touch."""
        tables = ("payment_term", "payment_method", "unit", "item_group", "label", "customer_label")
        if changes.touches(*tables, "business", "item", "customer"):
            self.load()

    def _show(self, shown: Shown) -> None:
        if shown.key != self.which.key:
            return
        self.model.set_rows(shown.rows)
        lines = max(1, min(_MOST, len(shown.rows)))
        height = theme().size("tableHeader") + lines * theme().size("row") + 2
        self.view.setFixedHeight(height)
        self.put_away.setVisible(shown.key != "label")
        hints = {
            "archive": _(
                "What is used stays where it is chosen when you archive it; it is not offered anew."
            ),
            "merge": _("Giving one the name of another makes the two one."),
        }
        known = {"payment_term": ("archive",), "payment_method": ("archive",), "label": ("merge",)}
        self.hint.setText(" ".join(hints[key] for key in known.get(shown.key, tuple(hints))))
        if self.view.current_id() is None:
            self.view.select_first()
        self._allow()

    def _allow(self) -> None:
        found: ListRow | None = self.view.current_row()
        nothing = _("Choose a line first.") if found is None else None
        self.change.allow(nothing)
        self.put_away.allow(nothing or self._default_reason(found))
        self.put_away.setText(_("Bring back") if found and found.archived else _("Archive"))
        self.drop.allow(nothing or self._delete_reason(found))

    def _default_reason(self, found: ListRow | None) -> str | None:
        if found is not None and found.is_default:
            return _("This is the default of your business.")
        return None

    def _delete_reason(self, found: ListRow | None) -> str | None:
        if found is not None and found.uses and self.which.key != "label":
            return _("This is used. Archive or rename it instead.")
        return self._default_reason(found)

    # -- acting ----------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a new choice."""
        self._dialog(None)

    def edit(self) -> None:
        """Change the choice that is current."""
        found = self.view.current_row()
        if found is not None:
            self._dialog(found)

    def _dialog(self, found: ListRow | None) -> None:
        kinds: dict[str, Any] = {"payment_term": TermDialog, "payment_method": MethodDialog}
        key = self.which.key
        if key in kinds:
            kinds[key](self.shell, found).open()
        else:
            NameDialog(self.shell, key, found).open()

    def archive(self) -> None:
        """Archive the choice, or bring it back."""
        found: ListRow | None = self.view.current_row()
        if found is None or not self.put_away.isEnabled() or not self.put_away.isVisible():
            return
        operation, work = (
            (lists.RESTORE, lists.restore)
            if found.archived
            else (
                lists.ARCHIVE,
                lists.archive,
            )
        )
        said = _("{name} is back") if found.archived else _("{name} archived")
        self._write(operation, partial(work, noun=self.which.key, row_id=found.id), said, found)

    def remove(self) -> None:
        """Delete what nothing uses; what is used is archived."""
        found: ListRow | None = self.view.current_row()
        if found is None:
            return
        if not self.drop.isEnabled():
            self.archive()
            return
        said = _("{name} deleted")
        if self.which.key == "label":
            self._write(labels.DELETE, partial(labels.delete, label_id=found.id), said, found)
            return
        work = partial(lists.delete, noun=self.which.key, row_id=found.id)
        self._write(lists.DELETE, work, said, found)

    def _write(self, operation: str, work: Any, said: str, found: ListRow) -> None:
        text = said.format(name=found.name)
        self.shell.ops.write(
            operation, work, done=lambda _none: self.shell.toasts.show(text, undo=True)
        )


def _tone(row: ListRow) -> str | None:
    return "muted" if row.archived else None
