from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models.hoster import Hoster


class CharterCommitment(models.Model):
    """Where a hoster stands on one of the ten commitments of `hosters.charter` (002-096). No row: not said yet."""

    class Status(models.TextChoices):
        KEPT = "kept", _("tenu")
        PARTLY = "partly", _("en partie")
        PLANNED = "planned", _("prévu")
        NO = "no", _("pas aujourd’hui")

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="charter")
    code = models.CharField(_("engagement"), max_length=20)
    status = models.CharField(_("où vous en êtes"), max_length=10, choices=Status)
    text = models.CharField(_("comment, chez vous"), max_length=400, blank=True)
    evidence_url = models.URLField(_("preuve publique"), blank=True)

    objects: ClassVar[models.Manager["CharterCommitment"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("engagement de la charte")
        verbose_name_plural = _("engagements de la charte")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["hoster", "code"], name="one_status_per_charter_commitment")
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.get_status_display()}"
