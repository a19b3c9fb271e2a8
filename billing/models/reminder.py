from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.invoice import Invoice
from crm.models import Organization
from hosters.models import Hoster

LONGEST = 180  # days after the due day
DAYS = [MinValueValidator(1), MaxValueValidator(LONGEST)]


class ReminderPlan(models.Model):
    """When a hoster reminds of unpaid invoices, in days after the due day; none leaves while `active` is off."""

    hoster = models.OneToOneField(Hoster, on_delete=models.CASCADE, related_name="reminder_plan")
    active = models.BooleanField(_("envoyer les rappels"), default=True)
    first = models.PositiveSmallIntegerField(
        _("premier rappel (jours après l’échéance)"), default=7, validators=DAYS
    )
    second = models.PositiveSmallIntegerField(_("deuxième rappel"), default=21, validators=DAYS)
    third = models.PositiveSmallIntegerField(_("troisième rappel"), default=45, validators=DAYS)

    objects: ClassVar[models.Manager["ReminderPlan"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("calendrier des rappels")
        verbose_name_plural = _("calendriers des rappels")

    def __str__(self) -> str:
        return f"{self.first}, {self.second}, {self.third}"

    def days(self) -> tuple[int, int, int]:
        return self.first, self.second, self.third


class Reminder(models.Model):
    """A reminder of an unpaid invoice that left, once for each step."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="reminders")
    step = models.PositiveSmallIntegerField()
    queued_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Reminder"]] = ScopedManager(hoster="invoice__hoster")

    class Meta:
        verbose_name = _("rappel de paiement")
        verbose_name_plural = _("rappels de paiement")
        constraints = [models.UniqueConstraint(fields=["invoice", "step"], name="one_reminder_per_step")]

    def __str__(self) -> str:
        return f"{self.invoice} · {self.step}"


class ReminderPause(models.Model):
    """An association that is not reminded until a day: a delay was agreed."""

    organization = models.OneToOneField(Organization, on_delete=models.CASCADE, related_name="reminder_pause")
    until = models.DateField(_("jusqu’au"))
    reason = models.CharField(_("pourquoi"), max_length=200)
    paused_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["ReminderPause"]] = ScopedManager(hoster="organization__hoster")

    class Meta:
        verbose_name = _("pause des rappels")
        verbose_name_plural = _("pauses des rappels")

    def __str__(self) -> str:
        return f"{self.organization} · {self.until}"
