from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from offers.models.offer import Offer


class TariffDraft(models.Model):
    """The tariff being prepared for an offer: never in force, perhaps not even readable yet.

    `definition` keeps what was typed as it was typed; `revision` grows at each save, so that two people who
    edit at once are told.
    """

    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, related_name="tariff_draft")
    definition = models.JSONField(_("définition"))
    revision = models.PositiveIntegerField(_("révision"), default=1)
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("modifié par"),
    )

    objects: ClassVar[models.Manager["TariffDraft"]] = ScopedManager(hoster="offer__hoster")

    class Meta:
        verbose_name = _("brouillon de tarif")
        verbose_name_plural = _("brouillons de tarif")

    def __str__(self) -> str:
        return f"{self.offer} ({self._meta.verbose_name})"
