"""The parts of the form as a page shows them: fields in cards and rows, cards in sections."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from offers.tariff_editor.kinds import Kind
from offers.tariff_editor.paths import element_id

Label = str | Promise


@dataclass
class EditorField:
    """One thing to type. `path` is its place in the tariff file and its name in the form."""

    path: str
    label: Label
    kind: Kind
    typed: str = ""
    help: Label = ""
    suffix: Label = ""
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return element_id(self.path)

    @property
    def choices(self) -> list[Any]:
        """The rows of a list of choices, with what is chosen."""
        rows = getattr(self.kind, "rows", None)
        return rows(self.typed) if rows else []

    @property
    def described_by(self) -> str:
        return f"{self.id}-aide {self.id}-erreurs" if self.help else f"{self.id}-erreurs"


@dataclass
class Box:
    """Fields that go together: a row of a table, or a card, where a table, then fields `after` it, then `more`
    that few need may come."""

    path: str
    title: Label
    fields: list[EditorField]
    more: list[EditorField] = field(default_factory=list)
    after: list[EditorField] = field(default_factory=list)
    table: "Table | None" = None
    lead: Label = ""
    removable: bool = True
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return element_id(self.path)

    @property
    def more_open(self) -> bool:
        return any(each.errors for each in self.more)

    def boxes(self) -> Iterator["Box"]:
        yield self
        if self.table:
            yield from self.table.rows

    def all_fields(self) -> Iterator[EditorField]:
        yield from self.fields
        if self.table:
            for row in self.table.rows:
                yield from row.fields
        yield from self.after
        yield from self.more


@dataclass
class Table:
    """Rows that can be added and taken away. `add` is the words of the button."""

    path: str
    label: Label
    add: Label
    rows: list[Box]

    @property
    def labelled_once(self) -> bool:
        """Whether the labels of the first row are enough: rows short enough to be read as columns."""
        return all(len(row.fields) <= 3 for row in self.rows)

    @property
    def adder_id(self) -> str:
        return element_id(f"add-{self.path}")


@dataclass
class Adder:
    """What can be added to a section: some kinds to choose from, perhaps a name to give."""

    path: str
    label: Label
    choices: list[tuple[str, Label]] = field(default_factory=list)
    name_label: Label = ""

    @property
    def id(self) -> str:
        return element_id(f"add-{self.path}")


@dataclass
class Section:
    """A part of the page. `folded` ones show only their summary until somebody opens them."""

    code: str
    title: Label
    lead: Label = ""
    fields: list[EditorField] = field(default_factory=list)
    cards: list[Box] = field(default_factory=list)
    table: Table | None = None
    adder: Adder | None = None
    folded: bool = True
    open: bool = False
    summary: str = ""

    def boxes(self) -> Iterator[Box]:
        for card in self.cards:
            yield from card.boxes()
        if self.table:
            yield from self.table.rows

    def all_fields(self) -> Iterator[EditorField]:
        yield from self.fields
        for card in self.cards:
            yield from card.all_fields()
        if self.table:
            for row in self.table.rows:
                yield from row.fields

    @property
    def has_errors(self) -> bool:
        boxes = any(box.errors for box in self.boxes())
        return boxes or any(each.errors for each in self.all_fields())
