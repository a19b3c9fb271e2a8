"""Records of the tariff format: strict objects, whose every key is declared."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pricing.engine.fields import Kind, Unreadable, refuse
from pricing.engine.problems import Problem
from pricing.engine.text import _, quoted

MISSING: Any = object()


@dataclass(frozen=True)
class Field:
    """A key of a record. `attribute` is its name in the value object when it differs."""

    key: str
    kind: Kind
    default: Any = MISSING
    attribute: str = ""

    @property
    def name(self) -> str:
        return self.attribute or self.key

    @property
    def required(self) -> bool:
        return self.default is MISSING


def read_fields(
    fields: Sequence[Field], raw: Any, path: str, problems: list[Problem], extra_keys: Sequence[str] = ()
) -> dict[str, Any]:
    """Values by attribute name. Notes every problem, then raises `Unreadable` if there was one."""
    if not isinstance(raw, Mapping):
        raise refuse(problems, path, _("Il faut ici un objet, avec des noms et des valeurs."))
    before = len(problems)
    known = [field.key for field in fields] + list(extra_keys)
    for key in raw:
        if key not in known:
            problems.append(Problem(_joined(path, key), _unknown(key, known)))
    values = {}
    for field in fields:
        if field.key in raw and not (raw[field.key] is None and not field.required):
            try:
                values[field.name] = field.kind.read(raw[field.key], _joined(path, field.key), problems)
            except Unreadable:
                continue
        elif field.required:
            reason = _("Il manque {name}.").format(name=quoted(field.key))
            problems.append(Problem(_joined(path, field.key), reason))
        else:
            values[field.name] = field.default
    if len(problems) > before:
        raise Unreadable
    return values


def _joined(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)


def _unknown(key: object, known: Sequence[str]) -> str:
    near = get_close_matches(str(key), known, n=1)
    if near:
        return _("{key} n’existe pas ici. Vouliez-vous dire {near} ?").format(
            key=quoted(key), near=quoted(near[0])
        )
    allowed = ", ".join(sorted(known))
    return _("{key} n’existe pas ici. Noms possibles : {allowed}.").format(key=quoted(key), allowed=allowed)


def write_fields(fields: Sequence[Field], value: Any) -> dict[str, Any]:
    """Every key whose value is not the default."""
    written = {}
    for field in fields:
        item = getattr(value, field.name)
        if field.required or item != field.default:
            written[field.key] = field.kind.write(item)
    return written


def fields_schema(fields: Sequence[Field], extra: Mapping[str, Any] | None = None) -> dict[str, Any]:
    extra = extra or {}
    return {
        "type": "object",
        "properties": {**extra, **{field.key: field.kind.schema() for field in fields}},
        "required": [*extra, *(field.key for field in fields if field.required)],
        "additionalProperties": False,
    }


class Record(Kind):
    """An object read into a value object."""

    def __init__(self, build: Callable[..., Any], *fields: Field) -> None:
        self.build, self.fields = build, fields

    def read(self, raw: Any, path: str, problems: list[Problem]) -> Any:
        return self.build(**read_fields(self.fields, raw, path, problems))

    def write(self, value: Any) -> dict[str, Any]:
        return write_fields(self.fields, value)

    def schema(self) -> dict[str, Any]:
        return fields_schema(self.fields)
