"""What a clause is: a text with parameters, what it is for, what to watch."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: French words, translated when they are read: the library is made once for the whole process.
Words: TypeAlias = "str | _StrPromise"
#: The value of a parameter: a whole number, the code of a choice, or a text.
Value = int | str
Values = Mapping[str, Value]


@dataclass(frozen=True)
class Parameter:
    """What staff may set in a clause. A number has bounds; a choice has (code, words); a text has a length."""

    code: str
    label: Words
    default: Value
    unit: Words = ""
    least: int = 0
    most: int = 0
    choices: tuple[tuple[str, Words], ...] = ()
    length: int = 0
    help: Words = ""


@dataclass(frozen=True)
class Exit:
    """What the offer promises for the end of the contract, in words; the same as on the quote."""

    notice: str
    formats: str
    retrieval: str
    erasure: str


@dataclass(frozen=True)
class Clause:
    """`write` gives the paragraphs from the values and the promised exit; `always`: the law or our rules want it."""

    code: str
    title: Words
    purpose: Words
    attention: Words
    write: Callable[[Values, Exit], list[str]]
    parameters: tuple[Parameter, ...] = ()
    always: bool = False
    proposed: bool = True

    def defaults(self) -> dict[str, Value]:
        """The values that the library proposes."""
        return {parameter.code: parameter.default for parameter in self.parameters}

    def frozen(self, values: Values, promised: Exit) -> dict[str, Any]:
        """The clause as a contract copies it; its values are what a machine reads there later (003-035)."""
        return {
            "code": self.code,
            "title": str(self.title),
            "paragraphs": self.write(values, promised),
            "values": dict(values),
        }
