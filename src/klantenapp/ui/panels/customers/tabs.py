"""The tabs of a customer's page, each in a module of the chapter that it belongs to.

A chapter adds its tab by its line here; a tab whose module is not there yet is left out.
"""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass
from functools import cache

from klantenapp.i18n import N_
from klantenapp.ui.widgets.customer_tab import CustomerTab

_PANELS = "klantenapp.ui.panels"


@dataclass(frozen=True)
class TabSpec:
    """One tab.

    Attributes:
        key: argument `tab` of the route "customer".
        title: message id.
        place: module below `ui.panels` and class.
        count: key of `Profile.counts` that stands after the title, or "".
    """

    key: str
    title: str
    place: str
    count: str = ""


TABS = (
    TabSpec("overview", N_("Overview"), "customers.overview_tab:OverviewTab"),
    TabSpec(
        "transactions",
        N_("Transactions"),
        "customers.transactions_tab:TransactionsTab",
        "transactions",
    ),
    TabSpec("messages", N_("Communication"), "messages.customer_tab:MessagesTab", "messages"),
    TabSpec("contracts", N_("Contracts"), "contracts.customer_tab:ContractsTab", "contracts"),
    TabSpec("details", N_("Details"), "customers.details_tab:DetailsTab"),
    TabSpec("insight", N_("Insight"), "reports.customer_tab:InsightTab"),
)


@cache
def present() -> tuple[TabSpec, ...]:
    """The tabs that are part of this program."""
    return tuple(spec for spec in TABS if _is_there(spec))


def _module(spec: TabSpec) -> str:
    return f"{_PANELS}.{spec.place.partition(':')[0]}"


def _is_there(spec: TabSpec) -> bool:
    try:
        return importlib.util.find_spec(_module(spec)) is not None
    except ModuleNotFoundError:
        return False


def load(key: str) -> type[CustomerTab]:
    """The class of a tab."""
    spec = next(each for each in TABS if each.key == key)
    found = getattr(importlib.import_module(_module(spec)), spec.place.partition(":")[2])
    if not (isinstance(found, type) and issubclass(found, CustomerTab)):
        raise TypeError(found)
    return found
