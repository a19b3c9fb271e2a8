"""Where things may be: rules in noun modules, no dumping ground, no business in a signal."""

import ast
import re

import pytest

from tests.conventions.sources import PACKAGES, ROOT, python_files, shown, tree_of

VAGUE = {"core", "common", "utils", "helpers", "misc", "services", "selectors"}
#: The only models that say what saving means: what was issued or published refuses to change.
MAY_SAVE = {
    "hosters/models/frozen.py",
    "offers/models/offer_version.py",
    "offers/models/published_offer.py",
}


def test_no_module_has_a_vague_name() -> None:
    vague = [shown(path) for path in python_files() if VAGUE & {path.stem, *path.relative_to(ROOT).parts}]
    assert vague == []


def test_no_signal_handler() -> None:
    """What follows from a deed is called where the deed is done, in its transaction."""
    modules = {
        shown(path)
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and re.match(r"django\..*(signals|dispatch)", node.module or "")
    }
    assert modules == set()


def test_dates_become_words_in_one_place() -> None:
    """« 1er novembre », not « 1 novembre »: templates have the filter `date`, modules `pricing.dates`."""
    modules = {
        shown(path)
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("django.utils")
        and {"date_format", "formats", "dateformat"} & {each.name for each in node.names}
    }
    assert modules == {"pricing/dates.py"}


def test_only_frozen_rows_say_what_saving_means() -> None:
    modules = {
        shown(path)
        for path in python_files()
        if "models" in path.parts or path.name == "models.py"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}
    }
    assert modules == MAY_SAVE


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_says_what_it_is_for(package: str) -> None:
    assert ast.get_docstring(tree_of(ROOT / package / "__init__.py"))


def test_every_view_module_is_thin() -> None:
    """A view writes nothing by itself: no `.save()`, `.create()`, `.update()` or `.delete()` in it."""
    writes = {"save", "create", "bulk_create", "update_or_create", "get_or_create", "delete"}
    modules = [path for path in python_files() if "views" in path.parts or path.name == "views.py"]
    found = {
        f"{shown(path)}:{node.lineno}"
        for path in modules
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in writes
    }
    assert len(modules) > 10
    assert found == set()
