from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from offers.models.offer import Offer
from offers.models.range import Range


class VersionIsWritten(Exception):
    """A published version was about to change: another version says something else."""


class OfferVersion(models.Model):
    """What visitors read of an offer from a moment on, copied whole: texts, components, rights (002-067).

    `content` is written by `offers.freezing`; `sha256` is that of its canonical JSON. `overrides` lists the findings of
    the linter that a person set aside: `check`, `message`, `reason`. The tariff has versions of its own.
    """

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    published_at = models.DateTimeField(_("publiée le"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("publiée par"),
    )
    range = models.ForeignKey(
        Range, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("gamme")
    )
    content = models.JSONField(_("contenu"))
    sha256 = models.CharField(_("empreinte"), max_length=64)
    note = models.CharField(_("ce qui change"), max_length=300, blank=True)
    overrides = models.JSONField(_("contrôles écartés"), default=list, blank=True)

    objects: ClassVar[models.Manager["OfferVersion"]] = ScopedManager(hoster="offer__hoster")

    class Meta:
        verbose_name = _("version d’offre")
        verbose_name_plural = _("versions d’offres")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["offer", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.offer} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only.

        Raises:
            VersionIsWritten: the row exists.
        """
        if not self._state.adding:
            raise VersionIsWritten(str(self))
        super().save(*args, **kwargs)
