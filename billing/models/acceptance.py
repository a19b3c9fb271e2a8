from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.conditions import QuoteConditions
from billing.models.document import Document
from billing.models.frozen import Frozen
from billing.models.quote import Quote


class Acceptance(Frozen):
    """The evidence that a mandated person accepted a quote (DEV-04). No network address is kept: the proof is the
    secret link received by e-mail, the name and role typed, and the very file that was read; or the signed paper.

    `key` is the form's: the same form sent again gives the same acceptance. `purpose` is what the association declared
    to buy for, by this person and on this day, in the words of the statement; "" when nobody asked (CON-01).
    """

    class Kind(models.TextChoices):
        ONLINE = "online", _("en ligne")
        SIGNED = "signed", _("devis signé")

    class Purpose(models.TextChoices):
        """What decides whether the law of consumers protects it; the first is the protective default."""

        OWN = "own", _("pour ses activités d’association, sans but professionnel")
        BUSINESS = "business", _("pour une activité professionnelle")

    quote = models.OneToOneField(Quote, on_delete=models.PROTECT, related_name="acceptance")
    kind = models.CharField(_("nature"), max_length=10, choices=Kind, default=Kind.ONLINE)
    name = models.CharField(_("nom de la personne mandatée"), max_length=80)
    role = models.CharField(_("fonction"), max_length=80)
    email = models.EmailField(_("adresse e-mail"))
    document_sha256 = models.CharField(_("empreinte du PDF accepté"), max_length=64)
    statement = models.TextField(_("engagement lu et confirmé"))
    purpose = models.CharField(_("usage déclaré"), max_length=8, choices=Purpose, blank=True)
    conditions = models.OneToOneField(
        QuoteConditions, on_delete=models.PROTECT, null=True, related_name="acceptance"
    )
    signed_on = models.DateField(_("signé le"), null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("enregistré par"),
    )
    proof = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, related_name="proven_acceptance"
    )
    key = models.UUIDField(_("clé du formulaire"), null=True, unique=True)
    accepted_at = models.DateTimeField(_("accepté le"), auto_now_add=True)

    objects: ClassVar[models.Manager["Acceptance"]] = ScopedManager(hoster="quote__hoster")

    class Meta:
        verbose_name = _("acceptation")
        verbose_name_plural = _("acceptations")

    def __str__(self) -> str:
        return f"{self.quote} · {self.name}"

    def get_absolute_url(self) -> str:
        return self.quote.get_absolute_url()

    @property
    def proved(self) -> bool:
        """Whether the address was proved by a secret link: not when staff recorded a paper."""
        return self.recorded_by_id is None

    @property
    def number(self) -> str:
        return self.quote.number

    @property
    def seller(self) -> dict[str, Any]:
        return self.quote.seller

    @property
    def buyer(self) -> dict[str, Any]:
        return self.quote.buyer

    @property
    def issued_on(self) -> date:
        return timezone.localdate(self.accepted_at)
