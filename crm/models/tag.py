from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster


class Tag(models.Model):
    """A need or a word that a hoster files organisations under: « visioconférence », « fête du livre »."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(_("mot"), max_length=40)

    objects: ClassVar[models.Manager["Tag"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("besoin ou mot-clé")
        verbose_name_plural = _("besoins et mots-clés")
        constraints = [models.UniqueConstraint(fields=["hoster", "name"], name="tag_once")]

    def __str__(self) -> str:
        return self.name
