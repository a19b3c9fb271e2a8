from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models.hoster import Hoster


class MailText(models.Model):
    """What a hoster writes instead of our own words, for one kind of mail. No row: our words."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="mail_texts")
    kind = models.CharField(_("nature"), max_length=40)
    subject = models.CharField(_("objet"), max_length=150)
    body = models.TextField(_("texte"), max_length=6000)
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager["MailText"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("texte de courriel")
        verbose_name_plural = _("textes de courriel")
        constraints = [models.UniqueConstraint(fields=["hoster", "kind"], name="one_text_per_mail_kind")]

    def __str__(self) -> str:
        return self.kind
