from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from crm.models.organization import Organization
from hosters.models import Hoster


class Step(models.TextChoices):
    """Where a deal is (004-026). The last two are ends."""

    NEED = "need", _("Besoin")
    QUOTE = "quote", _("Devis")
    BOARD = "board", _("Vote du CA")
    SIGNATURE = "signature", _("Signature")
    WON = "won", _("Gagnée")
    LOST = "lost", _("Perdue")


class LossReason(models.TextChoices):
    """Why an organisation said no (002-197)."""

    PRICE = "price", _("trop cher pour elle")
    NO_NEED = "no_need", _("pas de besoin pour l’instant")
    ELSEWHERE = "elsewhere", _("a choisi quelqu’un d’autre")
    OFFER = "offer", _("notre offre ne répond pas au besoin")
    VOTE = "vote", _("le CA a voté contre")
    SILENCE = "silence", _("plus de nouvelles")
    OTHER = "other", _("autre raison")


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    def open(self) -> "OpportunityQuerySet":
        """Neither won nor lost."""
        return self.exclude(step__in=[Step.WON, Step.LOST])


OpportunityManager = models.Manager.from_queryset(OpportunityQuerySet)


class Opportunity(models.Model):
    """A deal that may be made with an organisation: which offer, worth how much a year, voted on when.

    `yearly_value` is what a following year would bring, in EUR, as the quote says it (TTC unless the hoster charges no
    VAT), or as staff guess it. `key` is the form whose request opened it: billing advances it by that key.
    """

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="opportunities")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="opportunities")
    offer = models.CharField(_("offre souhaitée"), max_length=120)
    yearly_value = models.DecimalField(
        _("valeur par an (€)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    meeting_on = models.DateField(_("réunion du CA prévue le"), null=True, blank=True)
    step = models.CharField(_("étape de l’affaire"), max_length=10, choices=Step, default=Step.NEED)
    step_since = models.DateTimeField(default=timezone.now)
    loss_reason = models.CharField(_("pourquoi"), max_length=10, choices=LossReason, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("suivie par"),
    )
    key = models.UUIDField(_("clé de la demande"), unique=True, null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[OpportunityManager] = ScopedManager(_manager_class=OpportunityManager, hoster="hoster")

    class Meta:
        verbose_name = _("affaire")
        verbose_name_plural = _("affaires")
        indexes = [models.Index(fields=["hoster", "step", "-step_since"])]

    def __str__(self) -> str:
        return f"{self.offer} · {self.organization}"


class OpportunityChange(models.Model):
    """One step of a deal and why. Written by `crm.opportunities` only, never edited."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="changes")
    before = models.CharField(max_length=10, choices=Step, blank=True)
    after = models.CharField(max_length=10, choices=Step)
    why = models.CharField(_("pourquoi"), max_length=240)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["OpportunityChange"]] = ScopedManager(hoster="opportunity__hoster")

    class Meta:
        verbose_name = _("changement d’affaire")
        verbose_name_plural = _("changements d’affaire")

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
