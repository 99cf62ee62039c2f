"""One report: what it goes by, its chart, its rows with totals, and the files it is kept in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QScrollArea, QWidget
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.services.customers import business
from klantenapp.services.exports import report_file, statement_pdf
from klantenapp.services.insights import ageing, choices, compare, documents, reports
from klantenapp.services.insights.documents import part_words
from klantenapp.services.insights.wanted import Wanted
from klantenapp.services.store import clock
from klantenapp.services.store.file_names import safe
from klantenapp.ui.panels.reports import shown
from klantenapp.ui.panels.reports.filter_bar import FilterBar
from klantenapp.ui.panels.reports.heading import AgeHeading, ChartHeading, FigureRow
from klantenapp.ui.panels.reports.offers import find
from klantenapp.ui.panels.reports.totals_row import TotalsRow
from klantenapp.ui.qt import clear
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, line, row
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.printing import print_pdfs
from klantenapp.ui.widgets.states import EmptyState

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from sqlalchemy.orm import Session

    from klantenapp.services.insights.ageing import AgeRow
    from klantenapp.services.insights.table import Link, ReportTable
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.panels.reports.offers import Offer
    from klantenapp.ui.shell import Shell

_FILES: Final = (
    ("xlsx", "Excel", "file-spreadsheet"),
    ("ods", "ODS", ""),
    ("csv", "CSV", ""),
    ("pdf", "PDF", "file-text"),
)
_STATEMENT: Final = "statement"
#: Rows that stay in sight below a chart, their height, and that of the total above it.
_LEAST_ROWS, _ROW, _HEADING = 5, 32, 64


@dataclass(frozen=True)
class Made:
    """A report with what the page shows around it."""

    table: ReportTable
    ages: list[AgeRow]
    author: str
    groups: list[tuple[int, str]]
    customer: str
    inside: str
    basis: str


def read(session: Session, name: str, wanted: Wanted, *, compared: bool) -> Made:
    """The report and what stands around it, in one read."""
    table = (compare.with_previous if compared else reports.make)(session, name, wanted)
    owner = business.find(session)
    return Made(
        table,
        ageing.rows(session, wanted) if name == ageing.NAME else [],
        owner.legal_name if owner else "",
        choices.groups(session),
        choices.customer_name(session, wanted.customer_id),
        ", ".join(text for _label, text in part_words(session, wanted)),
        wanted.vat_basis or choices.vat_basis(session),
    )


class ReportPage(Page):
    """A report; another one is built when another name is asked for."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.offer: Offer | None = None
        self.bar: FilterBar | None = None
        self.made: Made | None = None
        self.heading: AgeHeading | ChartHeading | None = None
        self.view: TableView | None = None
        self.model: TableModel | None = None
        self.totals: TotalsRow | None = None
        self.header.add_action(Label(_("Keep as"), "body", "muted"))
        for kind, text, icon in _FILES:
            self._button(kind, text, icon)
        self.act(_("Print"), "Ctrl+P", self.print_it, "printer", "ghost")
        self._around = QWidget()
        self._box = column(self._around)
        self.body.addWidget(self._around, 1)

    def _button(self, kind: str, text: str, icon: str) -> None:
        button = Button(text, icon)
        button.setToolTip(_("Keep this report as {kind}").format(kind=text))
        button.clicked.connect(lambda: self.ask_file(kind))
        self.header.add_action(button)

    # -- showing -------------------------------------------------------------------------------

    @override
    def show_with(
        self,
        name: str = "ageing",
        customer: int | None = None,
        asked: Wanted | None = None,
        **_more: Any,
    ) -> None:
        """Show a report by name, perhaps of one customer, or for a question asked elsewhere."""
        found = find(name)
        if found is None:
            return
        section, offer = found
        if self.offer != offer or asked is not None:
            self._begin(section, offer)
        if asked is not None and self.bar is not None:
            self.bar.ask(asked)
            customer = asked.customer_id
        if customer is not None and self.bar is not None:
            self.bar.choose_customer(customer, "")
        self._load()

    def _begin(self, section: str, offer: Offer) -> None:
        self.offer = offer
        self.made = None
        self.heading = self.view = self.model = self.totals = None
        self.set_title(_(offer.title))
        self.header.set_crumbs([(_("Reports"), "reports", {}), (_(section), "", {})])
        clear(self._box)
        self.bar = FilterBar(offer, self.ops)
        self.bar.changed.connect(self._load)
        self._box.addWidget(self.bar)
        self._box.addWidget(line())
        self._content = QWidget()
        self._content.setObjectName("page")
        self._inside = column(self._content)
        # On a small screen with large text all of it scrolls, and some rows stay in sight.
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._content)
        self._box.addWidget(area, 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Let the chart have what the rows can spare."""
        if self.view is None or self.bar is None:
            return
        # Its height is set here: a label that asks for one would make the whole page scroll.
        words = self.basis.heightForWidth(self.width() - theme().px(2 * 28))
        policy = self.basis.sizePolicy()
        policy.setHeightForWidth(False)
        self.basis.setSizePolicy(policy)
        self.basis.setFixedHeight(words)
        if not isinstance(self.heading, ChartHeading):
            return
        rows = theme().px(_LEAST_ROWS * _ROW + _ROW)
        around = (self.header, self.bar, self.figures, self.totals)
        taken = (
            words
            + theme().px(16)
            + sum(each.sizeHint().height() for each in around if each is not None)
        )
        self.heading.fit(self.height() - taken - rows - theme().px(_HEADING))

    @override
    def refresh(self, changes: Changes) -> None:
        """Anything may change a report."""
        self._load()

    def _load(self) -> None:
        if self.bar is None or self.offer is None:
            return
        wanted, compared = self.bar.wanted(), self.bar.compare.value()
        query = partial(read, name=self.offer.name, wanted=wanted, compared=compared)
        self.ops.read(self, query, self._show, key="report")

    def _show(self, made: Made) -> None:
        if self.bar is None or self.offer is None or made.table.name != self.offer.name:
            return
        again = self.made is not None and self.made.table.columns == made.table.columns
        self.made = made
        self.bar.offer_groups(made.groups)
        asked = self.bar.wanted()
        if asked.customer_id is not None and self.bar.customer.text() != made.customer:
            self.bar.choose_customer(asked.customer_id, made.customer)
        if asked.part is not None:
            self.bar.look_inside(asked.part, made.inside)
        self.bar.show_basis(made.basis)
        if not again or self.model is None:
            self._build(made)
        self._fill(made)

    def _build(self, made: Made) -> None:
        """The parts that these columns need."""
        clear(self._inside)
        self.heading = None
        if made.table.name == ageing.NAME:
            self.heading = AgeHeading()
        elif any(each.chart for each in made.table.columns):
            self.heading = ChartHeading(made.table)
        if self.heading is not None:
            self._inside.addWidget(self.heading)
        self.figures = FigureRow()
        self._inside.addWidget(self.figures)
        self.model = TableModel(self.ops, shown.columns(made.table), parent=self)
        name = f"report/{made.table.name}"
        self.view = TableView(self.model, name, row=_ROW, label=made.table.title)
        self.view.opened.connect(self._open)
        self.view.setMinimumHeight(theme().px(_LEAST_ROWS * _ROW + _ROW))
        self._inside.addWidget(self.view, 1)
        self.empty = EmptyState(
            "chart-column", _("Nothing to report"), _("There is nothing in what was chosen.")
        )
        self._inside.addWidget(self.empty, 1)
        self.totals = TotalsRow(self.view, self.model)
        self.totals.opened.connect(self._open_total)
        self._inside.addWidget(self.totals)
        foot = self.foot = QWidget()
        under = row(foot, 28, 7, 28, 9)
        self.basis = Label("", "caption", "muted", wrap=True)
        under.addWidget(self.basis, 1)
        self._inside.addWidget(foot)
        self.areas = [part for part in (self.bar, self.heading, self.view) if part is not None]

    def _fill(self, made: Made) -> None:
        table = made.table
        if self.model is None or self.view is None or self.totals is None:
            return
        self.model.set_rows(shown.rows(table))
        self.totals.show_table(table)
        self.figures.show_figures(table.figures)
        self.view.setVisible(bool(table.rows))
        self.empty.setVisible(not table.rows)
        data = shown.chart(table)
        if isinstance(self.heading, AgeHeading):
            self.heading.show_rows(made.ages)
        elif self.heading is not None:
            self.heading.setVisible(data is not None)
            if data is not None:
                self.heading.show_table(table, data)
        told = [f"{label}: {value}" for label, value in table.filters]
        self.basis.setText("  ·  ".join([table.basis, *told]))
        self._make_room()

    def _open(self, row_id: int) -> None:
        """Open what a row is about."""
        if self.model is None:
            return
        found = self.model.row_at(self.model.line_of(row_id) or 0)
        if found is None or found.link is None:
            return
        self._go(found.link)

    def _open_total(self) -> None:
        if self.made is not None and self.made.table.total_link is not None:
            self._go(self.made.table.total_link)

    def _go(self, link: Link) -> None:
        if isinstance(link, Wanted):
            self.go("report", name=documents.NAME, asked=link)
            return
        kind, document_id = link
        if kind == "customer":
            self.go("customer", id=document_id, tab="transactions")
        else:
            self.go(kind, id=document_id)

    # -- files ---------------------------------------------------------------------------------

    def ask_file(self, kind: str) -> None:
        """Ask where to keep the report, and write it there."""
        if self.made is None:
            return
        name = safe(f"{self.made.table.title} {clock.today().isoformat()}.{kind}")
        chosen, _filter = QFileDialog.getSaveFileName(
            self.window(), _("Save as"), name, f"*.{kind}"
        )
        if chosen:
            self.save(Path(chosen).with_suffix(f".{kind}"))

    def save(self, path: Path) -> None:
        """Write the report; the ending of the name says how."""
        if self.made is None or self.bar is None:
            return
        done = partial(self._saved, path)
        if self.made.table.name == _STATEMENT and path.suffix == ".pdf":
            work = partial(statement_pdf.report_pdf, asked=self.bar.wanted())
            self.ops.read(self, work, lambda content: self._keep(content, path))
            return
        table, author = self.made.table, self.made.author
        self.ops.task(
            self,
            _("Writing {name}").format(name=path.name),
            lambda _progress: report_file.write(table, path, author),
            done,
        )

    def _keep(self, content: bytes, path: Path) -> None:
        self.ops.task(
            self,
            _("Writing {name}").format(name=path.name),
            lambda _progress: report_file.write_bytes(content, path),
            partial(self._saved, path),
        )

    def _saved(self, path: Path, _nothing: object) -> None:
        self.toast(_("Kept as {name}").format(name=path.name))

    def _print(self, title: str, content: bytes) -> None:
        print_pdfs(self, [content], title)

    def print_it(self) -> None:
        """Print the report as its PDF."""
        if self.made is None or self.bar is None:
            return
        title = self.made.table.title
        if self.made.table.name == _STATEMENT:
            work = partial(statement_pdf.report_pdf, asked=self.bar.wanted())
            self.ops.read(self, work, partial(self._print, title))
            return
        table, author = self.made.table, self.made.author
        self.ops.task(
            self,
            "",
            lambda _progress: report_file.pdf(table, author),
            partial(self._print, title),
        )
