from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from offers.models.offer import Offer
from pricing.engine import Tariff, parse_tariff


class TariffVersion(models.Model):
    """The tariff of an offer from a date on. Never edited once in force: a change is another version (002-027).

    `definition` is the engine's text format (`docs/pricing.md`), the same as in a catalogue file.
    """

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="tariff_versions")
    number = models.PositiveIntegerField(_("version"))
    in_force_from = models.DateField(_("en vigueur à partir du"))
    definition = models.JSONField(_("définition"))
    created_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("publié par"),
    )
    note = models.CharField(_("pourquoi ce changement"), max_length=300, blank=True)
    override_reason = models.CharField(_("pourquoi malgré un contrôle"), max_length=300, blank=True)

    objects: ClassVar[models.Manager["TariffVersion"]] = ScopedManager(hoster="offer__hoster")

    class Meta:
        verbose_name = _("tarif")
        verbose_name_plural = _("tarifs")
        ordering = ["-in_force_from", "-number"]
        constraints = [models.UniqueConstraint(fields=["offer", "number"], name="one_tariff_per_number")]

    def __str__(self) -> str:
        return f"{self.offer} v{self.number}"

    @cached_property
    def tariff(self) -> Tariff:
        """The engine's object."""
        return parse_tariff(self.definition)
