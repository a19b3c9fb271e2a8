"""A file is one idea, a function is one thing: beyond these sizes it is two."""

import ast
import re
from statistics import median

from tests.conventions.sources import functions, python_files, shown, written_files

LONGEST_FILE = 400  # lines
LONGEST_FUNCTION = 50
USUAL_FUNCTION = 25  # nine in ten are shorter
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b")


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


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


def test_nothing_is_left_for_later() -> None:
    this = "tests/conventions/test_sizes.py"
    unfinished = {
        f"{shown(path)}:{number}"
        for path in written_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if shown(path) != this and UNFINISHED.search(line)
    }
    assert unfinished == set()


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
