"""A file is one idea, a function is one thing: beyond these sizes it is two."""

import ast
from statistics import median

import pytest

from tests.conventions.sources import functions, python_files, shown, written_files

#: One process reads all the files, once.
pytestmark = pytest.mark.xdist_group("sources")

LONGEST_FILE = 400  # lines
LONGEST_FUNCTION = 50
USUAL_FUNCTION = 25  # nine in ten are shorter


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def test_one_process_reads_all_files(request: pytest.FixtureRequest) -> None:
    """pytest-xdist keeps a group together by its name in the identifier; pytest 9.2 forgot it without a word."""
    if request.config.getoption("loadgroup", False):
        assert request.node.nodeid.endswith("@sources")


def test_no_file_is_too_long() -> None:
    sizes = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in written_files()}
    assert {path: size for path, size in sizes.items() if size > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    sizes = {
        f"{shown(path)}: {node.name}": lines_of(node) for path in python_files() for node in functions(path)
    }
    assert {name: size for name, size in sizes.items() if size > LONGEST_FUNCTION} == {}


def test_most_functions_are_short() -> None:
    sizes = sorted(lines_of(node) for path in python_files() for node in functions(path))
    assert sizes[len(sizes) * 9 // 10] <= USUAL_FUNCTION
    assert median(sizes) <= 10


def test_functions_are_typed() -> None:
    """mypy says the same more slowly; this fails in the default run."""
    untyped = {
        f"{shown(path)}: {node.name}"
        for path in python_files()
        for node in functions(path)
        if node.returns is None or any(argument.annotation is None for argument in _arguments(node))
    }
    assert untyped == set()


def _arguments(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.arg]:
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return [argument for argument in given if argument.arg not in {"self", "cls"}]
