from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from crm.models.organization import Organization
from hosters.models import Hoster


class Merge(models.Model):
    """Two rows found to be one organisation. `moved` lists the keys of the rows that moved, by mover; `filled` the
    columns of the kept row that were completed, with what they held: enough to undo everything.
    """

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="merges")
    kept = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    moved = models.JSONField(_("ce qui a été déplacé"))
    filled = models.JSONField(_("ce qui a été complété"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(_("annulée le"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager["Merge"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("fusion")
        verbose_name_plural = _("fusions")

    def __str__(self) -> str:
        return f"{self.absorbed} → {self.kept}"
