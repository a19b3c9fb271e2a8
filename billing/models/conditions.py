from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.quote import Quote
from hosters.models.frozen import Frozen


class QuoteConditions(Frozen):
    """What is accepted beside the price (LEG-02): the versions of the hoster's texts and the clauses, copied at issue.

    `terms` are {kind, title, number, sha256}; `clauses` are {code, title, paragraphs}; `sha256` seals both.
    """

    quote = models.OneToOneField(Quote, on_delete=models.PROTECT, related_name="conditions")
    terms = models.JSONField(_("textes joints"))
    clauses = models.JSONField(_("clauses"))
    sha256 = models.CharField(_("empreinte"), max_length=64)

    objects: ClassVar[models.Manager["QuoteConditions"]] = ScopedManager(hoster="quote__hoster")

    class Meta:
        verbose_name = _("conditions d’un devis")
        verbose_name_plural = _("conditions de devis")

    def __str__(self) -> str:
        return f"{self.quote} · {self.sha256[:8]}"
