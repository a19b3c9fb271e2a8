from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.frozen import Frozen
from billing.models.quote import Quote


class Acceptance(Frozen):
    """The evidence that a mandated person accepted a quote (DEV-04). No network address is kept: the proof is the
    secret link received by e-mail, the name and role typed, and the very file that was read."""

    quote = models.OneToOneField(Quote, on_delete=models.PROTECT, related_name="acceptance")
    name = models.CharField(_("nom de la personne mandatée"), max_length=80)
    role = models.CharField(_("fonction"), max_length=80)
    email = models.EmailField(_("adresse prouvée par le lien"))
    document_sha256 = models.CharField(_("empreinte du PDF accepté"), max_length=64)
    statement = models.TextField(_("engagement lu et confirmé"))
    accepted_at = models.DateTimeField(_("accepté le"), auto_now_add=True)

    objects: ClassVar[models.Manager["Acceptance"]] = ScopedManager(hoster="quote__hoster")

    class Meta:
        verbose_name = _("acceptation")
        verbose_name_plural = _("acceptations")

    def __str__(self) -> str:
        return f"{self.quote} · {self.name}"
