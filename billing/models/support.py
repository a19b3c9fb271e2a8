from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.subscription import Subscription

DAY = 24 * 60  # minutes
THOUSAND_HOURS = 60_000  # minutes


class SupportAllowance(models.Model):
    """The time of accompaniment agreed with one association, where it is not simply what its tariff says (002-169).

    `minutes` for each period of `period_months`, counted from the start of the subscription.
    """

    class CarryOver(models.TextChoices):
        NONE = "none", _("le temps non utilisé est perdu à la fin de la période")
        NEXT = "next", _("le temps non utilisé sert encore pendant la période suivante")
        ALL = "all", _("le temps non utilisé se garde tant que dure le contrat")

    subscription = models.OneToOneField(
        Subscription, on_delete=models.PROTECT, related_name="support_allowance"
    )
    minutes = models.PositiveIntegerField(
        _("minutes comprises"), validators=[MaxValueValidator(THOUSAND_HOURS)]
    )
    period_months = models.PositiveSmallIntegerField(
        _("tous les (mois)"), default=1, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    carry_over = models.CharField(_("report"), max_length=6, choices=CarryOver, default=CarryOver.NONE)

    objects: ClassVar[models.Manager["SupportAllowance"]] = ScopedManager(hoster="subscription__hoster")

    class Meta:
        verbose_name = _("forfait d’accompagnement")
        verbose_name_plural = _("forfaits d’accompagnement")

    def __str__(self) -> str:
        return f"{self.subscription} · {self.minutes}"


class SupportTime(models.Model):
    """Time spent for an association, written down by staff. A mistake is cancelled, never erased."""

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="support_times")
    spent_on = models.DateField(_("jour"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(DAY)]
    )
    what = models.CharField(_("à quoi"), max_length=200)
    key = models.UUIDField(unique=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(_("annulé le"), null=True, blank=True)

    objects: ClassVar[models.Manager["SupportTime"]] = ScopedManager(hoster="subscription__hoster")

    class Meta:
        verbose_name = _("temps d’accompagnement")
        verbose_name_plural = _("temps d’accompagnement")
        indexes = [models.Index(fields=["subscription", "spent_on"])]

    def __str__(self) -> str:
        return f"{self.spent_on} · {self.minutes}"
