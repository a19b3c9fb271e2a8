"""Nothing is kept of people without a line that says why and how long (GDPR-05, 002-087)."""

from django.apps import apps
from django.db import models

from crm.models import Contact
from hosters.retention import has_rule, is_declared, rules
from tests.conventions.sources import PACKAGES

OURS = [
    model
    for label in PACKAGES
    if apps.is_installed(label)
    for model in apps.get_app_config(label).get_models()
]
WRITTEN = (models.CharField, models.TextField, models.JSONField, models.FileField, models.BinaryField)
#: A field of this name tells something of a person, whatever its app says.
OF_PEOPLE = {
    "phone",
    "contact_person",
    "message",
    "first_name",
    "last_name",
    "birth_date",
    "ip",
    "ip_address",
}


def may_tell(field: models.Field) -> bool:
    """Free words, files, and links to a person. The links to the team have one line of their own (`hosters.User`)."""
    if isinstance(field, models.ForeignKey):
        return field.related_model is Contact
    return isinstance(field, WRITTEN) and not field.choices


def surely_tells(field: models.Field) -> bool:
    return isinstance(field, models.EmailField) or field.name in OF_PEOPLE or field.related_model is Contact


def test_every_field_is_in_the_table() -> None:
    """001-018: A new field fails here until its app says, in `retention.py` (`kept.py` in hosters), what it holds."""
    fields = [
        (model._meta.label, field)
        for model in OURS
        for field in model._meta.local_concrete_fields
        if may_tell(field)
    ]
    assert [str(field) for label, field in fields if not is_declared(label, field.name)] == []
    sure = [(label, field.name) for label, field in fields if surely_tells(field)]
    assert [each for each in sure if not has_rule(*each)] == []


def test_lines_name_fields_that_exist() -> None:
    for rule in rules():
        known = {field.name for field in apps.get_model(rule.model)._meta.concrete_fields}
        assert set(rule.fields) <= known, rule.model


def test_what_ends_by_itself_has_a_way_to_end() -> None:
    for rule in rules():
        assert (rule.due is None) == (rule.end is None), rule.model
        assert all(str(words) for words in (rule.what, rule.why, rule.basis, rule.how_long))
