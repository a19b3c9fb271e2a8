from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models.hoster import Hoster
from hosters.models.user import User


class SettingChange(models.Model):
    """Who changed which setting, and when: a bank account that changes must have an author."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="setting_changes")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    section = models.CharField(_("partie des réglages"), max_length=60)
    what = models.CharField(_("ce qui a changé"), max_length=200)
    before = models.CharField(_("avant"), max_length=200, blank=True)
    after = models.CharField(_("après"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["SettingChange"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("changement de réglage")
        verbose_name_plural = _("changements de réglages")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.section} · {self.what}"
