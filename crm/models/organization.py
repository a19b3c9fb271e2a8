import re
from typing import ClassVar

from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils import dates, timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from crm.folding import folded
from crm.models.profile import OrganizationProfile
from crm.models.tag import Tag
from hosters.identifiers import validate_rna, validate_siren
from hosters.models import Hoster, PostalAddress

#: Words that may be a piece of an e-mail address.
LIKE_AN_ADDRESS = re.compile(r"@|\w\.\w")
#: Django's own French names of the months.
MONTHS = list(dates.MONTHS.items())


class Stage(models.TextChoices):
    """Neutral codes with evidence (contradiction C1); `crm.stages` has the words that people read."""

    CONTACT = "contact"
    INTEREST = "interest"
    CLIENT = "client"


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def matching(self, words: str) -> "OrganizationQuerySet":
        """Whose name, town or identifiers contain every word (accents aside), or that has a person of this e-mail."""
        said = folded(words).split()
        if not said:
            return self.none()
        named = models.Q(*(models.Q(folded__contains=word) for word in said))
        if not LIKE_AN_ADDRESS.search(words):
            return self.filter(named)
        contacts = apps.get_model("crm", "Contact")._default_manager
        return self.filter(
            named | models.Q(pk__in=contacts.filter(email__icontains=words.strip()).values("organization"))
        )

    def living(self) -> "OrganizationQuerySet":
        """Not those that a merge replaced."""
        return self.filter(merged_into=None)


OrganizationManager = models.Manager.from_queryset(OrganizationQuerySet)


class Organization(PostalAddress, OrganizationProfile):
    """An association or another structure that asks, decides and pays. Identifiers are optional (ASS-01)."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="organizations")
    name = models.CharField(_("nom de la structure"), max_length=120)
    rna = models.CharField(_("RNA"), max_length=10, blank=True, validators=[validate_rna])
    siren = models.CharField(_("SIREN"), max_length=9, blank=True, validators=[validate_siren])
    segment = models.CharField(_("public"), max_length=20, default="association")
    stage = models.CharField(_("étape"), max_length=10, choices=Stage, default=Stage.CONTACT)
    stage_since = models.DateTimeField(default=timezone.now)
    source = models.CharField(_("origine"), max_length=40, blank=True)
    fiscal_year_start = models.PositiveSmallIntegerField(
        _("premier mois de l’exercice"), choices=MONTHS, default=1
    )
    tags = models.ManyToManyField(Tag, verbose_name=_("besoins et mots-clés"), related_name="+", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[OrganizationManager] = ScopedManager(
        _manager_class=OrganizationManager, hoster="hoster"
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [
            # Counting the stages reads this index alone.
            models.Index(
                fields=["hoster", "stage"],
                condition=models.Q(merged_into=None),
                name="organization_living_stage",
            ),
            models.Index(fields=["hoster", "name"]),
            models.Index(fields=["hoster", "-stage_since", "-id"], name="organization_latest"),
            models.Index(fields=["hoster", "name_key"], name="organization_name_key"),
            models.Index(fields=["hoster", "siren"], name="organization_siren"),
            models.Index(fields=["hoster", "knowing_at"], name="organization_knowing"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def months(self) -> list[tuple[int, object]]:
        """The months among which the fiscal year begins."""
        return list(MONTHS)

    def get_absolute_url(self) -> str:
        return reverse("staff:organization", kwargs={"pk": self.pk})
