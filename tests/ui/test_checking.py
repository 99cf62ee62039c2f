"""Checking the whole administration from the window."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from tests.factories.sales import Shop
from tests.ui.panels import real

from klantenapp.ui import checking
from klantenapp.ui.administrations import Administrations
from klantenapp.ui.progress import Cancelled, Progress


@pytest.fixture
def window(qtbot, administration):
    shop = Shop(administration)
    shop.invoice(shop.customer())
    administration.close()
    shown = real.opened(qtbot, administration.path)
    shown.use(Administrations(shown, shown.shell.ops))
    yield shown
    real.close(shown)


def test_a_sound_administration_is_said_to_be_in_order(qtbot, window):
    window.shell.administrations.check()
    found = real.dialog(qtbot, window, checking.CheckDialog)
    assert found.found == []
    found.reject()


def test_what_does_not_hold_is_listed_and_a_backup_is_one_click_away(qtbot, administration):
    shown = real.opened(qtbot, administration.path)
    shown.use(Administrations(shown, shown.shell.ops))
    went = []
    shown.shell.administrations.backups_wanted.connect(lambda: went.append(True))
    dialog = checking.CheckDialog(shown, ["I3  De bedragen kloppen niet."], lambda: went.append(1))
    dialog.open()
    dialog._act.click()
    assert went == [1]
    assert not dialog.isVisible()
    real.close(shown)


def test_what_was_spoilt_is_found_in_words_and_the_work_can_be_stopped(administration):
    progress = Progress("")
    progress.stop()
    with pytest.raises(Cancelled):
        checking.findings(administration.path, progress)
    shop = Shop(administration)
    shop.invoice(shop.customer())
    administration.read(
        lambda session: session.connection().execute(
            text("UPDATE number_counter SET last = last + 1 WHERE last > 0")
        )
    )
    steps = []
    progress = Progress("")
    progress.moved.connect(lambda done, total: steps.append((done, total)))
    assert checking.findings(administration.path, progress) == []
    assert steps[0][0] == 0
    assert steps[-1][0] == steps[-1][1] - 1
