from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.frozen import Frozen
from hosters.models import Hoster


class ContractChange(Frozen):
    """A change of a running contract, told in writing before it applies: its price (CON-07) or its terms (CON-06).

    A price changes at a renewal only, `effective_on`, and if the message left by `tell_by`; `lines` are then the lines
    of the contract (as `QuoteLine`, amounts as strings, EUR), in the place of those of the quote. The association may
    refuse until `leave_by`, and leaves without notice, paid back, between `exit_from` and `exit_until`. `former` is the
    price change that this one follows. Once the message left, `text` is what it said and `sha256` seals it.
    """

    class Kind(models.TextChoices):
        PRICE = "price", _("prix")
        TERMS = "terms", _("conditions")

    living_fields = frozenset({"sent_at", "subject", "text", "sha256", "withdrawn_at"})

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="contract_changes")
    subscription = models.ForeignKey(
        "billing.Subscription", on_delete=models.PROTECT, related_name="contract_changes"
    )
    former: models.ForeignKey["ContractChange | None", "ContractChange | None"] = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(_("ce qui change"), max_length=6, choices=Kind)
    what = models.CharField(_("ce que l’association lit"), max_length=600)
    old_price = models.CharField(_("prix d’avant"), max_length=120, blank=True)
    new_price = models.CharField(_("prix d’après"), max_length=120, blank=True)
    lines = models.JSONField(_("lignes"), default=list, blank=True)
    effective_on = models.DateField(_("à partir du"))
    tell_by = models.DateField(_("à dire avant le"))
    leave_by = models.DateField(_("date limite pour refuser"))
    exit_from = models.DateField(_("sortie sans préavis depuis le"))
    exit_until = models.DateField(_("sortie sans préavis jusqu’au"))
    to = models.EmailField(_("adressé à"))
    decided_at = models.DateTimeField(_("décidé le"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    subject = models.CharField(_("objet"), max_length=300, blank=True)
    text = models.TextField(_("texte envoyé"), blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    objects: ClassVar[models.Manager["ContractChange"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("changement de contrat")
        verbose_name_plural = _("changements de contrat")
        indexes = [models.Index(fields=["subscription", "exit_until"])]

    def __str__(self) -> str:
        return f"{self.subscription} · {self.effective_on}"

    @property
    def in_time(self) -> bool:
        """Whether the message left early enough; without it nothing changes."""
        return self.sent_at is not None and timezone.localdate(self.sent_at) <= self.tell_by

    def holds_on(self, day: date) -> bool:
        """Whether what it says applies to a period that begins that day."""
        return self.withdrawn_at is None and self.effective_on <= day and self.in_time
