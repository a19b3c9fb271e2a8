from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.identifiers import validate_rna, validate_siren
from hosters.models import Hoster, PostalAddress


class Stage(models.TextChoices):
    """Neutral codes with evidence (contradiction C1); `crm.stages` has the words that people read."""

    CONTACT = "contact"
    INTEREST = "interest"
    CLIENT = "client"


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def matching(self, words: str) -> "OrganizationQuerySet":
        """Whose name, town or person's e-mail contains the words."""
        return self.filter(
            models.Q(name__icontains=words)
            | models.Q(town__icontains=words)
            | models.Q(contacts__email__icontains=words)
        ).distinct()


OrganizationManager = models.Manager.from_queryset(OrganizationQuerySet)


class Organization(PostalAddress):
    """An association or another structure that asks, decides and pays. Identifiers are optional (ASS-01)."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="organizations")
    name = models.CharField(_("nom de la structure"), max_length=120)
    rna = models.CharField(_("RNA"), max_length=10, blank=True, validators=[validate_rna])
    siren = models.CharField(_("SIREN"), max_length=9, blank=True, validators=[validate_siren])
    segment = models.CharField(_("public"), max_length=20, default="association")
    stage = models.CharField(_("étape"), max_length=10, choices=Stage, default=Stage.CONTACT)
    stage_since = models.DateTimeField(default=timezone.now)
    source = models.CharField(_("origine"), max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[OrganizationManager] = ScopedManager(
        _manager_class=OrganizationManager, hoster="hoster"
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [models.Index(fields=["hoster", "stage"]), models.Index(fields=["hoster", "name"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("staff:organization", kwargs={"pk": self.pk})
