"""What is wrong with a tariff, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """`path` names the field as in the file (`charges[1].tiers[0].up_to`); `message` is French;
    `code` is the check of the requirements (`Q-TIERS`…) when there is one."""

    path: str
    message: str
    severity: Severity = Severity.ERROR
    code: str = ""

    def __str__(self) -> str:
        return f"{self.path}\u00a0: {self.message}" if self.path else self.message


class TariffError(ValueError):
    """A tariff that cannot be read. `problems` has every error found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)
