"""The files of the application that people write, for tests that read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ["config", "portal", "billing", "offers", "crm", "funnel", "hosters", "pricing"]
TEMPLATES = ROOT / "templates"


def python_files() -> list[Path]:
    """Modules of the application, without migrations."""
    found = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def template_files() -> list[Path]:
    return sorted(path for path in TEMPLATES.rglob("*") if path.is_file())


def written_files() -> Iterator[Path]:
    """Everything of ours that has a size: modules, templates, styles, scripts, tests."""
    yield from python_files()
    yield from template_files()
    yield from (ROOT / "tests").rglob("*.py")
    yield from (ROOT / "static").rglob("*.css")
    yield from (ROOT / "static").rglob("*.js")


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module, methods and nested ones too."""
    return [n for n in ast.walk(tree_of(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
