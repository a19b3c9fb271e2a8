"""Problems found by the engine, brought to the fields that the hoster sees, in words that say what to write."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offers.tariff_editor.sheet import Box, EditorField, Section
from pricing.engine import Problem, Severity

#: Keys of the file as messages quote them, and what the form calls them.
_NAMES = {
    "up_to": gettext_lazy("jusqu’à"),
    "default": gettext_lazy("quantité au départ"),
    "minimum": gettext_lazy("minimum"),
    "maximum": gettext_lazy("maximum"),
    "step": gettext_lazy("de combien en combien"),
    "size": gettext_lazy("lot"),
    "metrics": gettext_lazy("ce que l’on compte"),
    "segments": gettext_lazy("publics"),
    "discount": gettext_lazy("remise"),
    "price": gettext_lazy("prix"),
    "charged_months": gettext_lazy("mois payés"),
    "audience": gettext_lazy("dû par"),
    "members": gettext_lazy("les membres"),
    "holds": gettext_lazy("ce que tient cette taille"),
    "tiers": gettext_lazy("paliers"),
    "included": gettext_lazy("compris"),
    "quantity": gettext_lazy("quantité"),
    "label": gettext_lazy("nom"),
    "unit": gettext_lazy("unité"),
    "months": gettext_lazy("durée"),
    "metric": gettext_lazy("ce qui compte"),
}
_QUOTED_KEY = re.compile(r"(?<=«\u00a0)([a-z_]+)(?=\u00a0»)|(?<=« )([a-z_]+)(?= »)")


@dataclass(frozen=True)
class Found:
    """A problem with the place on the page where it is shown. `id` is "" when it has none of its own."""

    message: str
    severity: Severity
    where: str = ""
    id: str = ""
    code: str = ""


def place(sections: Sequence[Section], problems: Iterable[Problem]) -> list[Found]:
    """Write each problem beside its field, else on its row or card; returns all of them, errors first."""
    fields = {field.path: field for section in sections for field in section.all_fields()}
    boxes = {box.path: box for section in sections for box in section.boxes()}
    found = [_place(problem, fields, boxes) for problem in problems]
    unique = list(dict.fromkeys(found))
    for section in sections:
        section.open = section.open or section.has_errors
    return sorted(unique, key=lambda each: list(Severity).index(each.severity))


def _place(problem: Problem, fields: dict[str, EditorField], boxes: dict[str, Box]) -> Found:
    field = None if problem.path in boxes else _field_of(problem.path, fields)
    if field is not None:
        message = _message(problem, field)
        _keep(field.errors if problem.severity is Severity.ERROR else field.notes, message)
        return Found(
            message, problem.severity, _where(field.path, field.label, boxes), field.id, problem.code
        )
    box = _box_of(problem.path, boxes)
    message = _plain(problem.message)
    if box is None:
        return Found(message, problem.severity, code=problem.code)
    _keep(box.errors if problem.severity is Severity.ERROR else box.notes, message)
    return Found(message, problem.severity, str(box.title), box.id, problem.code)


def _keep(messages: list[str], message: str) -> None:
    if message not in messages:
        messages.append(message)


def _field_of(path: str, fields: dict[str, EditorField]) -> EditorField | None:
    """The field of that path, or the first of those that make it up (`price.1` for `price`)."""
    if path in fields:
        return fields[path]
    return next(
        (field for each, field in fields.items() if path and each.startswith(f"{path}.") and "~" not in each),
        None,
    )


def _box_of(path: str, boxes: dict[str, Box]) -> Box | None:
    """The smallest row or card around that path."""
    around = [each for each in boxes if path == each or path.startswith((f"{each}.", f"{each}["))]
    return boxes[max(around, key=len)] if around else None


def _where(path: str, label: object, boxes: dict[str, Box]) -> str:
    around = [box for box in boxes.values() if path.startswith(f"{box.path}.")]
    return ", ".join([*(str(box.title) for box in around), str(label)])


def _message(problem: Problem, field: EditorField) -> str:
    if problem.path == field.path or problem.path in field.path:
        if not field.typed and problem.severity is Severity.ERROR:
            return _("À remplir. %(ask)s") % {"ask": field.kind.ask}
        if not field.kind.readable(field.typed):
            return str(field.kind.ask)
    return _plain(problem.message)


def _plain(message: str) -> str:
    """Without the names of the file."""
    return _QUOTED_KEY.sub(lambda match: str(_NAMES.get(match[0], match[0])), message)
