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


def test_queries_without_hoster_are_refused() -> None:
    for model in SCOPED:
        with pytest.raises(ScopeError):
            model._default_manager.all()
            pytest.fail(f"{name(model)} answers without hoster")


def test_queries_of_a_hoster_are_filtered(artifaille: Hoster, other: Hoster) -> None:
    for model in SCOPED:
        with scope(hoster=other):
            sql, values = model._default_manager.all().query.sql_with_params()
        assert "hoster_id" in sql, name(model)
        assert other.pk in values, name(model)


def test_models_have_french_names_in_lower_case() -> None:
    for model in OURS:
        names = [str(model._meta.verbose_name), str(model._meta.verbose_name_plural)]
        assert all(each[0] == each[0].lower() for each in names), name(model)
        assert names[0] != model.__name__.lower() or names[0] in {"document", "contact"}, name(model)


def test_amounts_are_exact() -> None:
    """Money is Decimal: a float never holds an amount."""
    fields = [field for model in OURS for field in model._meta.get_fields()]
    assert [str(field) for field in fields if isinstance(field, models.FloatField)] == []
