"""The published schema accepts what the reader accepts, and fits the database."""

import json
from dataclasses import fields
from pathlib import Path

import jsonschema
import pytest

from hosters.models import Hoster
from offers.catalogue import catalogue_schema, shipped
from offers.catalogue.kinds import Line, Slug
from offers.catalogue.layout import COMPONENT, ENTITLEMENT, HOSTER, NEED, OFFER, PART, RANGE
from offers.models import Component, Entitlement, Need, Offer, OfferComponent, Range
from tests.offers.catalogue.files import smallest

VALIDATOR = jsonschema.Draft202012Validator(catalogue_schema())


def test_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(catalogue_schema())


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.stem)
def test_shipped_catalogue_obeys_the_schema(path: Path) -> None:
    VALIDATOR.validate(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(("name", "value"), [("offres", []), ("offers", {}), ("hoster", {}), ("format", 2)])
def test_wrong_catalogue_breaks_the_schema(name: str, value: object) -> None:
    assert not VALIDATOR.is_valid(smallest() | {name: value})


@pytest.mark.parametrize(
    ("record", "model"),
    [
        (HOSTER, Hoster),
        (NEED, Need),
        (COMPONENT, Component),
        (RANGE, Range),
        (OFFER, Offer),
        (PART, OfferComponent),
        (ENTITLEMENT, Entitlement),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_text_of_the_file_fits_its_column(record: object, model: type) -> None:
    """A text that the file accepts is never refused, nor cut, by the database."""
    for field in record.fields:  # type: ignore[attr-defined]
        if isinstance(field.kind, Line | Slug) and field.key not in (
            "need",
            "range",
            "component",
            "inherits",
        ):
            assert field.kind.longest <= model._meta.get_field(field.key).max_length, field.key


def test_every_key_of_the_file_is_read_into_something() -> None:
    for record in (HOSTER, NEED, COMPONENT, RANGE, OFFER, PART, ENTITLEMENT):
        assert {field.name for field in record.fields} == {field.name for field in fields(record.build)}
