"""Files stay small enough to read, and text that a user typed is never markup."""

import ast
from graphlib import CycleError, TopologicalSorter

from tests.house.source import modules

FILE, FUNCTION = 400, 60


def test_package_files_are_empty():
    assert [m.name for m in modules() if m.name.endswith("__init__.py") and m.text] == []


def test_a_file_has_one_noun_and_at_most_four_hundred_lines():
    found = {m.name: m.text.count("\n") for m in modules() if m.text.count("\n") > FILE}
    assert found == {}


def test_a_function_fits_on_a_screen():
    found = {
        f"{module.at(node)} {node.name}": node.end_lineno - node.body[0].lineno + 1
        for module in modules()
        for node in module.nodes(ast.FunctionDef, ast.AsyncFunctionDef)
        if node.end_lineno - node.body[0].lineno + 1 > FUNCTION
    }
    assert found == {}


def test_a_label_is_made_by_the_label_classes_alone():
    """A plain QLabel reads what looks like markup in a customer's name as markup."""
    found = [
        module.at(node)
        for module in modules("ui/")
        for node in module.nodes(ast.Call)
        if isinstance(node.func, ast.Name) and node.func.id == "QLabel"
    ]
    assert found == []


def test_a_label_class_shows_plain_text_or_no_text():
    found = []
    for module in modules("ui/"):
        for node in module.nodes(ast.ClassDef):
            if any(isinstance(base, ast.Name) and base.id == "QLabel" for base in node.bases):
                body = ast.unparse(node)
                if "setText" in body.replace("setTextFormat", "") and "PlainText" not in body:
                    found.append(module.at(node))
    assert found == []


def test_every_qt_override_says_so():
    """A Qt method renamed by mistake would never be called; `@override` lets mypy see it."""
    events = {"paintEvent", "keyPressEvent", "resizeEvent", "closeEvent", "sizeHint", "eventFilter"}
    found = [
        module.at(node)
        for module in modules("ui/")
        for node in module.nodes(ast.FunctionDef)
        if node.name in events
        and not any(isinstance(d, ast.Name) and d.id == "override" for d in node.decorator_list)
    ]
    assert found == []


def test_no_module_needs_itself_again_not_even_for_a_type():
    """Two files that know each other cannot be read alone; a protocol or a signal parts them."""
    names = {"klantenapp." + m.name.removesuffix(".py").replace("/", "."): m for m in modules()}
    graph = {
        name: {
            found
            for target, _node in module.imported()
            for found in (target, target.rpartition(".")[0])
            if found in names and found != name
        }
        for name, module in names.items()
    }
    assert len(graph) > 500
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        raise AssertionError(" needs ".join(circle.args[1])) from None


def test_no_text_for_the_catalogue_stands_inside_an_f_string():
    """The extraction of texts does not look there: such a text would stay English for ever."""
    spoken = {"_", "N_", "ngettext", "pgettext"}
    found = [
        module.at(call)
        for module in modules()
        for text in module.nodes(ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in spoken
        and isinstance(call.args[0], ast.Constant)
    ]
    assert found == []
