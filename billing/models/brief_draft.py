from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from crm.models import Request
from hosters.models import Hoster

KEPT_DAYS = 60  # the time of two meetings; then it is erased


def in_two_months() -> datetime:
    return timezone.now() + timedelta(days=KEPT_DAYS)


class BriefDraft(models.Model):
    """A *cahier des charges* being written, without an account: whoever has its signed link goes on (003-007)."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="brief_drafts")
    answers = models.JSONField(_("réponses"), default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=in_two_months)
    request = models.OneToOneField(
        Request, on_delete=models.CASCADE, null=True, blank=True, related_name="brief_draft"
    )

    objects: ClassVar[models.Manager["BriefDraft"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("cahier des charges en cours")
        verbose_name_plural = _("cahiers des charges en cours")

    def __str__(self) -> str:
        return str(self.pk)
