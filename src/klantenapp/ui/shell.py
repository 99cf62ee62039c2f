"""What a page may ask of the window around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from klantenapp import i18n

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QWidget

    from klantenapp.ui.administrations import Administrations
    from klantenapp.ui.command_palette import Provider
    from klantenapp.ui.ops import Ops
    from klantenapp.ui.widgets.toasts import Toasts


class Banners(Protocol):
    """The slot above every page: example data, read only, errors that stay until solved."""

    def show_banner(
        self,
        key: str,
        tone: str,
        strong: str,
        text: str = "",
        action: tuple[str, Callable[[], object]] | None = None,
        *,
        closable: bool = False,
    ) -> None:
        """Show a banner, or replace the one with this key."""

    def hide_banner(self, key: str) -> None:
        """Take a banner away."""


class Way(Protocol):
    """Goes to screens by name: what pages need of the navigation."""

    def go(self, name: str, /, **arguments: Any) -> None:
        """Show a screen."""

    def replace(self, **arguments: Any) -> None:
        """Remember other arguments for the screen in front."""

    def back(self) -> None:
        """Show the screen before this one."""


class Post(Protocol):
    """Sends the outbox: what pages need of the postman."""

    @property
    def connection(self) -> SignalInstance:
        """Emitted when there is a network again (True) or none any more (False)."""

    @property
    def is_offline(self) -> bool:
        """Whether there is no network."""

    def look(self) -> None:
        """Find out when the next mail is due."""

    def send_now(self) -> None:
        """Send everything that waits."""


@dataclass
class Shell:
    """Services of the window, given to every page.

    Attributes:
        ops: reads and writes.
        navigation: go to a screen by name.
        toasts: what was done, with undo.
        banners: the slot above the pages.
        window: parent of dialogs.
        providers: what the command palette searches; a chapter adds its own once.
        counts: set the number of waiting things in the sidebar: `counts("payments", 9)`.
        sidebar: ask for the narrow sidebar (True) or leave it to the width of the window (False).
        administrations: begin, open, change; None in tests of one page.
        set_language: let the window speak "nl" or "en", at once.
        postman: sends the outbox, once a file is open.
    """

    ops: Ops
    navigation: Way
    toasts: Toasts
    banners: Banners
    window: QWidget
    providers: list[Provider]
    counts: Callable[[str, int], None]
    sidebar: Callable[[bool], None]
    administrations: Administrations | None = None
    set_language: Callable[[str], None] = i18n.set_language
    postman: Post | None = None
