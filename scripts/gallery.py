"""The parts of the window beside each other, as in the picture of the components.

    python scripts/gallery.py FOLDER [light|dark] [percent]

Writes one picture; hold it beside the design. Texts are those of the design, not of the program.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QLabel, QWidget

from klantenapp import i18n
from klantenapp.models.values import Money
from klantenapp.ui.ops import Ops
from klantenapp.ui.tables.columns import Column
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button, IconButton
from klantenapp.ui.widgets.chips import PRICE_SOURCE, PriceChip, StatusChip
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.fields import Field, OverridableField
from klantenapp.ui.widgets.inputs import CheckInput, ChoiceInput, SegmentInput, TextInput
from klantenapp.ui.widgets.labels import IconLabel, Label
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.toasts import Toast

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout

COLOURS = [
    "window",
    "surface",
    "sunken",
    "hover",
    "selected",
    "border",
    "text",
    "muted",
    "subtle",
    "accent",
    "accentTint",
    "focus",
    "ok",
    "warn",
    "danger",
    "violet",
    "neutral",
    "borderInput",
    "age0",
    "age1",
    "age2",
    "age3",
    "age4",
    "chartMain",
]
ICONS = [
    "house",
    "users",
    "file-text",
    "landmark",
    "bell-ring",
    "tag",
    "chart-column",
    "settings",
    "search",
    "plus",
    "send",
    "printer",
    "save",
    "mail",
    "phone",
    "sticky-note",
    "banknote",
    "import",
    "download",
    "calendar",
    "list-filter",
    "check",
    "x",
    "ellipsis",
    "clock-alert",
    "circle-dot-dashed",
    "pencil-line",
    "undo-2",
    "ban",
    "pause",
    "file-check",
    "tags",
    "hand",
    "rotate-ccw",
    "eye",
    "hard-drive",
]


def titled(title: str, content: Any) -> Any:
    """A heading over something."""
    box = column(gap=9)
    heading = Label(title, "label", "subtle")
    box.addWidget(heading)
    if isinstance(content, QWidget):
        box.addWidget(content)
    else:
        box.addLayout(content)
    return box


def flow(widgets: list[QWidget], per_line: int) -> Any:
    """Widgets in lines."""
    box = column(gap=8)
    for start in range(0, len(widgets), per_line):
        one: QHBoxLayout = row(gap=8)
        for widget in widgets[start : start + per_line]:
            one.addWidget(widget)
        one.addStretch(1)
        box.addLayout(one)
    return box


class Swatch(QLabel):
    """A colour, by its token; shows no text."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self.setFixedSize(theme().px(64), theme().px(34))
        self.setStyleSheet(
            f"background: {theme().color(token).name()}; border-radius: 6px;"
            f"border: 1px solid {theme().color('border').name()};"
        )


def colours() -> Any:
    """Colours with their names."""
    grid = QGridLayout()
    for at, token in enumerate(COLOURS):
        one = column(gap=2)
        one.addWidget(Swatch(token))
        one.addWidget(Label(token, "key", "muted"))
        grid.addLayout(one, at // 6, at % 6)
    return grid


def letters() -> Any:
    """The roles of text."""
    box = column(gap=4)
    for role, text in (
        ("number", "€ 20.891,25"),
        ("title", "Herinneringen"),
        ("heading", "Openstaande facturen"),
        ("body", "Alles klaar voor vandaag"),
        ("label", "Betaaltermijn"),
    ):
        one = row(gap=14)
        name = Label(role, "key", "subtle")
        name.setFixedWidth(theme().px(92))
        one.addWidget(name)
        one.addWidget(Label(text, role))
        one.addStretch(1)
        box.addLayout(one)
    return box


def buttons() -> Any:
    """Buttons of every kind."""
    off = Button("Uit")
    off.setEnabled(False)
    down = Button("Ingedrukt")
    down.setCheckable(True)
    down.setChecked(True)
    return flow(
        [
            Button("Versturen", "send", "primary", keys="Ctrl+Return"),
            Button("Bewaren", "save"),
            Button("Afdrukken", "printer", "ghost"),
            Button("Hover"),
            down,
            off,
            Button("Afboeken", "ban", "danger"),
            IconButton("ellipsis", "Meer", framed=True),
        ],
        3,
    )


def notes() -> Any:
    """Notes of every tone."""
    box = column(gap=8)
    for tone, strong, text, icon in (
        ("ok", "Back-up gemaakt.", "23-11-2026 08:40", ""),
        ("info", "", "Er is een nieuwe versie, die je kunt installeren.", ""),
        ("warn", "Geen internet.", "E-mails wachten.", "cloud-off"),
        ("danger", "Niet verstuurd.", "Het e-mailadres bestaat niet.", ""),
    ):
        box.addWidget(Note(tone, strong, text, icon=icon))
    return box


def inputs() -> Any:
    """Fields in every state."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme().px(12))
    grid.setVerticalSpacing(theme().px(10))
    plain = Field("Kenmerk", TextInput())
    plain.input.set_value("ALV-2026-31")
    focused = Field("Met focus", TextInput())
    focused.input.set_value("ALV-2026-31")
    wrong = Field("Met fout", TextInput())
    wrong.input.set_value("NL02 ABNA 0123")
    wrong.set_error("Dit nummer is te kort.")
    days = [(14, "14 dagen"), (30, "30 dagen")]
    differs = OverridableField("Afwijkend van de klant", ChoiceInput(days))
    differs.set_default(30, "Klant: 30 dagen")
    differs.set_value(14)
    same = OverridableField("Standaard", ChoiceInput(days), "Zoals bij de klant")
    same.set_default(30, "Klant: 30 dagen")
    same.set_value(None)
    for at, field in enumerate(
        (plain, focused, Field("Leeg", TextInput("Kies een klant")), wrong, differs, same)
    ):
        grid.addWidget(field, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
    box = column(gap=14)
    box.addLayout(grid)
    on, off = CheckInput("Aan"), CheckInput("Uit")
    on.set_value(value=True)
    box.addLayout(flow([on, off], 4))
    segments = SegmentInput([("a", "Automatisch"), ("l", "Licht"), ("d", "Donker")])
    segments.set_value("a")
    box.addWidget(segments)
    focused.input.setFocus()
    return box


def table(ops: Ops) -> QWidget:
    """Three rows, one hovered and one current."""
    columns = [
        Column("number", "Nummer", "strong", 130),
        Column("status", "Status", "status", stretch=True),
        Column("open", "Openstaand €", "money", 120),
    ]
    model = TableModel(ops, columns)
    rows = [
        ("2026-0188", "sent", 24200),
        ("2026-0187", "sent", 61105),
        ("2026-0176", "overdue", 33880),
    ]
    model.set_rows(
        [
            SimpleNamespace(id=at, number=number, status=status, open=Money(cents))
            for at, (number, status, cents) in enumerate(rows)
        ]
    )
    view = TableView(model, edge=10, label="Tabelrij")
    view.setFixedHeight(theme().px(32 + 3 * 36))
    view.select_id(2)
    view._cells.hovered = 1  # noqa: SLF001 - shows the state without a pointer
    return view


def toast() -> QWidget:
    """A toast with undo."""
    made = Toast(None, "Betaling gekoppeld")
    made.add_button("Ongedaan maken", "Ctrl+Z", lambda: None)
    return made


def gallery(ops: Ops) -> QWidget:
    """Everything, in three columns."""
    page = QFrame()
    page.setObjectName("page")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    three = row(page, 32, 26, 32, 26, gap=36)
    icons = [IconLabel(name, "muted", 20) for name in ICONS]
    statuses = [
        "draft",
        "sent",
        "part_paid",
        "overdue",
        "paid",
        "credited",
        "written_off",
        "paused",
    ]
    sources = [PriceChip(source) for source in PRICE_SOURCE if source != "contract_discount"]
    for parts in (
        [("Kleuren", colours()), ("Letters", letters()), ("Iconen", flow(icons, 12))],
        [
            ("Knoppen", buttons()),
            ("Status", flow([StatusChip(status) for status in statuses], 3)),
            ("Prijsherkomst", flow(sources, 4)),
            ("Meldingen", notes()),
        ],
        [("Invoer", inputs()), ("Tabelrij", table(ops)), ("Toast", flow([toast()], 1))],
    ):
        one = column(gap=20)
        for title, content in parts:
            one.addLayout(titled(title, content))
        one.addStretch(1)
        three.addLayout(one, 1)
    return page


def main(arguments: list[str]) -> int:
    """Draw one picture."""
    folder = Path(arguments[0])
    colour: Any = arguments[1] if len(arguments) > 1 else "light"
    percent = int(arguments[2]) if len(arguments) > 2 else 100  # noqa: PLR2004 - third argument
    application = QApplication([])
    i18n.set_language("nl")
    theme().set(choice=colour, percent=percent)
    ops = Ops()
    page = gallery(ops)
    page.resize(theme().px(1366), theme().px(768))
    page.show()
    page.activateWindow()
    application.processEvents()
    folder.mkdir(parents=True, exist_ok=True)
    page.grab().save(str(folder / f"gallery-{colour}-{percent}.png"))
    ops.shut()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
