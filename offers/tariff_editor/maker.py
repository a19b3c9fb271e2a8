"""Fields made from a tariff file: where they are, what they hold, in which unit."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offers.tariff_editor.kinds import Choice, Figure, Flag, Kind, Money, Several, Words
from offers.tariff_editor.paths import lookup, rows
from offers.tariff_editor.sheet import EditorField, Label
from pricing.engine.text import span

DEFAULT = "default"
CADENCES: dict[str, str | Promise] = {
    "period": gettext_lazy("à chaque période"),
    "one_off": gettext_lazy("une seule fois"),
    "yearly": gettext_lazy("une fois par an"),
}
VATS = (
    ("standard", gettext_lazy("le taux de l’hébergeur")),
    ("5.5", "5,5 %"),
    ("10", "10 %"),
    ("exempt", gettext_lazy("exonéré")),
    ("out_of_scope", gettext_lazy("hors champ de la TVA")),
)


@dataclass(frozen=True)
class Maker:
    """Makes the fields of one tariff file."""

    raw: dict[str, Any]

    @property
    def metrics(self) -> list[tuple[str, str]]:
        """Code and label of what is counted."""
        return [(str(row.get("code", "")), str(row.get("label", ""))) for row in rows(self.raw, "metrics")]

    def units(self, code: object) -> str:
        """`personnes`, for the metric of that code."""
        for row in rows(self.raw, "metrics"):
            if row.get("code") == code:
                return str(row.get("units") or row.get("unit") or "")
        return ""

    def unit(self, code: object) -> str:
        for row in rows(self.raw, "metrics"):
            if row.get("code") == code:
                return str(row.get("unit") or "")
        return ""

    def field(self, path: str, label: Label, kind: Kind, *, default: Any = None, **more: Any) -> EditorField:
        """The field of that place, holding what is typed there or the default of the format."""
        raw = lookup(self.raw, path)
        return EditorField(path, label, kind, kind.show(default if raw is None else raw), **more)

    def money(self, path: str, label: Label, **more: Any) -> EditorField:
        return self.field(path, label, Money(), suffix="€", **more)

    def count(self, path: str, label: Label, metric: object, **more: Any) -> EditorField:
        return self.field(path, label, Figure(), suffix=self.units(metric), **more)

    def metric(self, path: str, label: Label | None = None, *, none: Label = "") -> EditorField:
        options = [("", none), *self.metrics] if none else self.metrics
        return self.field(
            path, label or gettext_lazy("Ce qui compte"), Choice(options), default="" if none else None
        )

    def flag(self, path: str, label: Label, *, default: bool = False, **more: Any) -> EditorField:
        return self.field(path, label, Flag(), default=default, **more)

    def words(self, path: str, label: Label, *, default: str = "", **more: Any) -> EditorField:
        return self.field(path, label, Words(), default=default, **more)

    def segments(self, path: str) -> EditorField:
        options = [
            (str(row.get("code", "")), str(row.get("label", ""))) for row in rows(self.raw, "segments")
        ]
        label, help_text = gettext_lazy("Seulement pour"), gettext_lazy("Rien de coché : pour tout le monde.")
        return self.field(path, label, Several(options), help=help_text)

    def vat(self, path: str, default: str = "standard") -> EditorField:
        return self.field(path, gettext_lazy("TVA"), Choice(VATS), default=default)

    def prices(self, path: str, label: Label, **more: Any) -> list[EditorField]:
        """A price: one figure, or one for each term and each public that has its own."""
        return self._prices(path, label, lookup(self.raw, path), more)

    def _prices(self, path: str, label: Label, raw: Any, more: dict[str, Any]) -> list[EditorField]:
        if not isinstance(raw, dict):
            return [self.money(path, label, **more)]
        found = []
        for key, nested in raw.items():
            found += self._prices(f"{path}.{key}", f"{label}, {self._key_words(key)}", nested, more)
        return found

    def _key_words(self, key: str) -> str:
        if key.isdecimal():
            return _("pour %(span)s") % {"span": span(int(key[:4]))}
        if key == DEFAULT:
            return _("autres publics")
        return next(
            (str(row.get("label")) for row in rows(self.raw, "segments") if row.get("code") == key), key
        )
