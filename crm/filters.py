import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from crm.models import Organization
from crm.stages import ORDER, stage_label
from hosters.access import StaffRequest

with scopes_disabled():  # defining the class asks the model for its manager

    class OrganizationFilter(django_filters.FilterSet):
        """The list of organisations, by words and by stage."""

        q = django_filters.CharFilter(label=_("Nom, commune ou e-mail"), method="matching", max_length=80)
        stage = django_filters.ChoiceFilter(label=_("Étape"), empty_label=_("Toutes"))

        request: StaffRequest

        class Meta:
            model = Organization
            fields = ["q", "stage"]

        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **kwargs)
            hoster = self.request.hoster
            self.filters["stage"].extra["choices"] = [
                (stage.value, stage_label(stage, hoster)) for stage in ORDER
            ]

        def matching(
            self, queryset: "QuerySet[Organization]", name: str, value: str
        ) -> "QuerySet[Organization]":
            return queryset.matching(value)  # type: ignore[attr-defined]  # OrganizationQuerySet
