from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.frozen import Frozen
from billing.models.subscription import Subscription
from hosters.models import Hoster


class RenewalNotice(Frozen):
    """The notice that a contract is about to be renewed (CON-02, code de la consommation L215-1): one for each term.

    `deadline` is the last day to refuse; the notice must leave between `window_from` and `window_until`, both
    included. Once it left, `text` is what it said, word for word, and `sha256` seals it with its address and instant.
    """

    living_fields = frozenset({"sent_at", "subject", "text", "sha256"})

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="renewal_notices")
    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="renewal_notices")
    term_end = models.DateField(_("terme"))
    deadline = models.DateField(_("date limite pour refuser"))
    window_from = models.DateField(_("au plus tôt le"))
    window_until = models.DateField(_("au plus tard le"))
    to = models.EmailField(_("adressé à"))
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    subject = models.CharField(_("objet"), max_length=300, blank=True)
    text = models.TextField(_("texte envoyé"), blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    objects: ClassVar[models.Manager["RenewalNotice"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("avis de reconduction")
        verbose_name_plural = _("avis de reconduction")
        constraints = [
            models.UniqueConstraint(fields=["subscription", "term_end"], name="one_notice_for_each_term")
        ]

    def __str__(self) -> str:
        return f"{self.subscription} · {self.term_end}"

    @property
    def in_time(self) -> bool:
        """Whether it left when the law says."""
        if self.sent_at is None:
            return False
        return self.window_from <= timezone.localdate(self.sent_at) <= self.window_until
