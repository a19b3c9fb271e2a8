from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models.hoster import Hoster


class Statement(models.Model):
    """A strength, a limit, a value or a label of the hoster, in the words that visitors read (002-081, 002-096)."""

    class Kind(models.TextChoices):
        STRENGTH = "strength", _("force")
        LIMIT = "limit", _("limite")
        VALUE = "value", _("valeur")
        LABEL = "label", _("label ou certification")

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="statements")
    kind = models.CharField(_("nature"), max_length=10, choices=Kind)
    title = models.CharField(_("en deux mots"), max_length=80)
    text = models.CharField(_("ce que lisent les associations"), max_length=400, blank=True)
    evidence_url = models.URLField(_("preuve publique"), blank=True)
    is_public = models.BooleanField(_("montrer sur la vitrine"), default=True)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    objects: ClassVar[models.Manager["Statement"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("force ou limite")
        verbose_name_plural = _("forces et limites")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["hoster", "kind", "title"], name="one_statement_per_title")
        ]

    def __str__(self) -> str:
        return self.title
