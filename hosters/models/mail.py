from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models.hoster import Hoster
from hosters.models.work import Work


class Mail(Work):
    """A mail to send. It holds no text and no secret link: both are made when it leaves (`hosters.mail`)."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(_("nature"), max_length=40)
    to = models.EmailField(_("destinataire"))
    reference = models.CharField(_("objet concerné"), max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)

    objects: ClassVar[models.Manager["Mail"]] = ScopedManager(hoster="hoster")

    class Meta(Work.Meta):
        verbose_name = _("courriel")
        verbose_name_plural = _("courriels")

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
