"""Every row belongs to a hoster, and a query that forgot which one fails closed."""

import pytest
from django.apps import apps
from django.db import models
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from hosters.models import Hoster
from tests.conventions.sources import PACKAGES

#: The tenant itself, people who may work for several, and in what role.
WITHOUT_SCOPE = {"hosters.Hoster", "hosters.User", "hosters.Membership"}
OURS = [
    model
    for label in PACKAGES
    if apps.is_installed(label)
    for model in apps.get_app_config(label).get_models()
]
SCOPED = [model for model in OURS if model._meta.label not in WITHOUT_SCOPE]


def name(model: type[models.Model]) -> str:
    return model._meta.label


def test_exceptions_exist() -> None:
    assert {name(model) for model in OURS} >= WITHOUT_SCOPE


@pytest.mark.parametrize("model", SCOPED, ids=name)
def test_query_without_hoster_is_refused(model: type[models.Model]) -> None:
    with pytest.raises(ScopeError):
        model._default_manager.all()


@pytest.mark.parametrize("model", SCOPED, ids=name)
def test_query_of_a_hoster_is_filtered(model: type[models.Model], artifaille: Hoster, other: Hoster) -> None:
    with scope(hoster=other):
        sql, values = model._default_manager.all().query.sql_with_params()
    assert "hoster_id" in sql
    assert other.pk in values


@pytest.mark.parametrize("model", OURS, ids=name)
def test_model_has_french_names_in_lower_case(model: type[models.Model]) -> None:
    names = [str(model._meta.verbose_name), str(model._meta.verbose_name_plural)]
    assert all(each[0] == each[0].lower() for each in names)
    assert names[0] != model.__name__.lower() or names[0] in {"document", "contact"}


@pytest.mark.parametrize("model", OURS, ids=name)
def test_amounts_are_exact(model: type[models.Model]) -> None:
    """Money is Decimal: a float never holds an amount."""
    assert not [field for field in model._meta.get_fields() if isinstance(field, models.FloatField)]
