"""What is wrong in a catalogue file, and on which line."""

from collections.abc import Sequence
from dataclasses import dataclass

#: Beyond this a reader has stopped reading; the count says how many are left.
SHOWN = 100


@dataclass(frozen=True, order=True)
class FileProblem:
    """`line` counts from 1; `path` is as in the file (`offers[1].tariff.charges[0].price`); `message` is French."""

    line: int
    path: str
    message: str

    def __str__(self) -> str:
        place = f"ligne {self.line}, {self.path}" if self.path else f"ligne {self.line}"
        return f"{place}\u00a0: {self.message}"


class CatalogueError(ValueError):
    """A file that is not a catalogue. `problems` has every error found, in the order of the file."""

    def __init__(self, problems: Sequence[FileProblem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """One sentence for each error, the first `SHOWN` of them."""
        told = [str(problem) for problem in self.problems[:SHOWN]]
        left = len(self.problems) - len(told)
        return [*told, f"… et {left} autres erreurs."] if left > 0 else told
