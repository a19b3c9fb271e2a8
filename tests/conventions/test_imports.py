"""The direction of imports, as the architecture page draws it."""

import pytest
from importlinter.cli import lint_imports


def test_imports_go_down_only(capsys: pytest.CaptureFixture[str]) -> None:
    """CARD-002: The contracts of pyproject.toml: layers, a plain engine, one place for PDF."""
    status = lint_imports(no_cache=True)
    assert status == 0, capsys.readouterr().out
