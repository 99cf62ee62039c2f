"""The administration is written through one door, and time comes from one clock."""

import ast
import re

from tests.house.source import dotted, modules

#: Core statements bypass the record of what changed, so they are for these alone.
BYPASS = (
    "services/store/",  # the door itself: audit, undo, numbering of entries, search
    "services/sales/numbering.py",  # UPDATE ... RETURNING: no two documents get one number
    "services/imports/bulk",  # audited as one batch, undone by its id
)
CORE = {"sa.insert", "sa.update", "sa.delete"}
STATEMENT = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


def test_no_service_commits_but_the_store():
    found = [
        module.at(node)
        for module in modules("services/")
        if not module.name.startswith("services/store/")
        for node in module.nodes(ast.Attribute)
        if node.attr in {"commit", "rollback", "begin", "begin_nested"}
        and "session" in dotted(node.value).lower()
    ]
    assert found == []


def test_rows_are_written_by_the_unit_of_work_but_in_numbering_and_bulk_import():
    found = []
    for module in modules("services/"):
        if module.name.startswith(BYPASS):
            continue
        found += [
            module.at(node)
            for name, node in module.imported()
            if re.fullmatch(r"sqlalchemy(\..*)?\.(insert|update|delete)", name)
        ]
        found += [
            module.at(node)
            for node in module.nodes(ast.Attribute)
            if node.attr.startswith("bulk_") or dotted(node) in CORE
        ]
        found += [
            module.at(node)
            for node in module.nodes(ast.Call)
            if dotted(node.func).split(".")[-1] in {"execute", "text"}
            for part in ast.walk(node)
            if isinstance(part, ast.Constant)
            and isinstance(part.value, str)
            and STATEMENT.match(part.value)
        ]
    assert found == []


def test_only_the_clock_knows_what_time_it_is():
    asking = re.compile(
        r"(^|\.)(date\.today|datetime\.(now|today|utcnow)|time\.time|currentDate\w*)$"
    )
    found = [
        module.at(node)
        for module in modules()
        if module.name != "services/store/clock.py"
        for node in module.nodes(ast.Call)
        if asking.search(dotted(node.func))
    ]
    assert found == []


def test_only_the_store_opens_a_database():
    found = [
        module.at(node)
        for module in modules()
        if not module.name.startswith("services/store/")
        for name, node in module.imported()
        if name.split(".")[0] in {"sqlite3", "sqlcipher3", "apsw"}
    ]
    assert found == []


def test_no_file_is_copied_or_moved_but_in_the_store():
    """An administration that is copied while it is open loses what its log still holds."""
    found = [
        module.at(node)
        for module in modules()
        if not module.name.startswith("services/store/")
        for name, node in module.imported()
        if name.split(".")[0] == "shutil"
    ]
    assert found == []


def test_no_administration_is_opened_as_a_file():
    found = [
        module.at(node)
        for module in modules()
        if not module.name.startswith("services/store/")
        for node in module.nodes(ast.Call)
        if dotted(node.func).split(".")[-1] in {"open", "read_bytes", "write_bytes", "unlink"}
        and "administration" in ast.unparse(node).lower()
        # The window's own chooser of administrations goes through the store.
        and not dotted(node.func).endswith("administrations.open")
    ]
    assert found == []


def test_qt_never_opens_the_database():
    found = [m.at(node) for m in modules() for name, node in m.imported() if "QtSql" in name]
    assert found == []


def test_an_operation_name_is_a_noun_and_a_verb():
    found = [
        module.at(node)
        for module in modules("services/")
        for node in module.nodes(ast.Call)
        if dotted(node.func).split(".")[-1] == "register"
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and not re.fullmatch(r"[a-z_]+\.[a-z_]+", str(node.args[0].value))
    ]
    assert found == []


def test_the_window_starts_no_thread_but_in_its_door():
    """A thread that nobody joins outlives its window; `ops` waits for all of them at the end."""
    threads = re.compile(r"threading\.Thread|concurrent\.futures|QThread|QRunnable|QThreadPool")
    found = [
        module.at(node)
        for module in modules("ui/")
        if module.name not in {"ui/ops.py", "ui/threads.py"}
        for name, node in module.imported()
        if threads.search(name)
    ]
    assert found == []
