"""The commands of the README and of the maintainers can be run as they are."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = ["run", "test", "bin/install.sh", "bin/check", ".ci/run"]


@pytest.mark.parametrize("script", SCRIPTS)
def test_script_is_executable_and_its_syntax_is_right(script: str) -> None:
    path = ROOT / script
    shell = path.read_text().splitlines()[0].removeprefix("#!").split()[-1]
    assert os.access(path, os.X_OK)
    assert subprocess.run([shell, "-n", str(path)], check=False).returncode == 0


@pytest.mark.parametrize("script", SCRIPTS)
def test_script_stops_at_the_first_failure(script: str) -> None:
    assert "\nset -eu" in (ROOT / script).read_text()


def test_installation_says_what_is_missing_when_it_may_not_install(tmp_path: Path) -> None:
    """A machine with a Python that is too old, without the right to install anything."""
    for name in ("cat", "dirname", "env", "sh"):
        (tmp_path / name).symlink_to(f"/bin/{name}")
    result = subprocess.run(
        ["sh", str(ROOT / "bin" / "install.sh")],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert "Python 3.11" in result.stderr
    assert "sudo apt-get install python3 python3-venv" in result.stderr
