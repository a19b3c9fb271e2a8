from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.acceptance import Acceptance
from billing.models.document import Document
from billing.models.quote import Quote
from hosters.models import Hoster
from hosters.models.frozen import Frozen


class Contract(Frozen):
    """The contract that an acceptance concluded (003-015): everything it says is in frozen rows, the quote, its
    conditions, the acceptance and the versions of the hoster's texts."""

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="contracts")
    number = models.CharField(_("numéro"), max_length=35)
    quote = models.OneToOneField(Quote, on_delete=models.PROTECT, related_name="contract")
    acceptance = models.OneToOneField(Acceptance, on_delete=models.PROTECT, related_name="contract")
    concluded_on = models.DateField(_("conclu le"))
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="contract")

    objects: ClassVar[models.Manager["Contract"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("contrat")
        verbose_name_plural = _("contrats")
        constraints = [models.UniqueConstraint(fields=["hoster", "number"], name="contract_number_once")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return self.quote.get_absolute_url()

    @property
    def seller(self) -> dict[str, Any]:
        return self.quote.seller

    @property
    def buyer(self) -> dict[str, Any]:
        return self.quote.buyer

    @property
    def issued_on(self) -> date:
        return self.concluded_on
