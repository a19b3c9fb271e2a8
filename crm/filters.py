from datetime import timedelta

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from crm.forms.fields import team
from crm.habits import habits_of
from crm.models import Organization, Stage, Tag
from crm.models.organization import OrganizationQuerySet
from crm.segments import SEGMENTS
from crm.stages import stages_of
from crm.temperature import LABELS, of_temperature
from hosters.access import StaffRequest
from hosters.models import User

#: Sizes by number of accounts: least and most, None without end.
SIZES = {"small": (1, 10), "medium": (11, 50), "large": (51, None)}
ACTIVE, LAPSED, TO_QUALIFY = "active", "lapsed", "to_qualify"

with scopes_disabled():  # defining the class asks the model for its manager

    class OrganizationFilter(django_filters.FilterSet):
        """The list of organisations, by words and by everything that is known of them (004-012, 004-044)."""

        q = django_filters.CharFilter(label=_("Nom, commune ou e-mail"), method="matching", max_length=80)
        stage = django_filters.ChoiceFilter(label=_("Étape"), empty_label=_("Toutes"))
        warmth = django_filters.ChoiceFilter(
            label=_("Température"), choices=list(LABELS.items()), method="warm", empty_label=_("Toutes")
        )
        group = django_filters.ChoiceFilter(
            label=_("Groupe"),
            choices=[
                (ACTIVE, _("clientes actives")),
                (LAPSED, _("anciennes clientes")),
                (TO_QUALIFY, _("à qualifier ou clore")),
            ],
            method="grouped",
            empty_label=_("Tous"),
        )
        segment = django_filters.ChoiceFilter(label=_("Public"), choices=SEGMENTS, empty_label=_("Tous"))
        size = django_filters.ChoiceFilter(
            label=_("Taille"),
            choices=[
                ("small", _("jusqu’à 10 comptes")),
                ("medium", _("de 11 à 50 comptes")),
                ("large", _("plus de 50 comptes")),
            ],
            method="sized",
            empty_label=_("Toutes"),
        )
        territory = django_filters.CharFilter(
            label=_("Département"), method="within", max_length=3, help_text=_("69, 2A, 974")
        )
        score = django_filters.NumberFilter(
            label=_("Note d’au moins"), field_name="score", lookup_expr="gte", min_value=0, max_value=100
        )
        need = django_filters.ModelChoiceFilter(
            label=_("Besoin"),
            queryset=lambda request: tags_of(request),
            method="needing",
            empty_label=_("Tous"),
        )
        owner = django_filters.ModelChoiceFilter(
            label=_("Suivie par"), queryset=lambda request: team_of(request), empty_label=_("Tout le monde")
        )

        request: StaffRequest

        class Meta:
            model = Organization
            fields: list[str] = []

        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **kwargs)
            self.filters["stage"].extra["choices"] = stages_of(self.request.hoster)

        def matching(self, rows: OrganizationQuerySet, name: str, value: str) -> OrganizationQuerySet:
            return rows.matching(value)

        def warm(self, rows: OrganizationQuerySet, name: str, value: str) -> OrganizationQuerySet:
            return rows.filter(of_temperature(value))

        def grouped(self, rows: OrganizationQuerySet, name: str, value: str) -> OrganizationQuerySet:
            if value == TO_QUALIFY:
                return rows.filter(to_qualify(self.request))
            return rows.filter(stage=Stage.CLIENT, lapsed_on__isnull=value == ACTIVE)

        def sized(self, rows: OrganizationQuerySet, name: str, value: str) -> OrganizationQuerySet:
            least, most = SIZES[value]
            return rows.filter(accounts__gte=least, **({"accounts__lte": most} if most else {}))

        def within(self, rows: OrganizationQuerySet, name: str, value: str) -> OrganizationQuerySet:
            return rows.filter(territory=value.strip().upper())

        def needing(self, rows: OrganizationQuerySet, name: str, value: Tag | None) -> OrganizationQuerySet:
            return rows.filter(tags=value) if value else rows


def to_qualify(request: StaffRequest) -> Q:
    """Known for long, neither qualified nor client, and not left alone: to qualify or to close (004-017)."""
    since = timezone.now() - timedelta(days=habits_of(request.hoster).qualify_days)
    return Q(qualified=False, do_not_contact=False, created_at__lt=since) & ~Q(stage=Stage.CLIENT)


def tags_of(request: StaffRequest) -> "QuerySet[Tag]":
    return Tag.objects.filter(hoster=request.hoster).order_by("name")


def team_of(request: StaffRequest) -> "QuerySet[User]":
    return team(request.hoster)
