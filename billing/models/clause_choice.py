from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster
from offers.models import Offer


class ClauseChoice(models.Model):
    """Whether a clause of the library is in a hoster's contracts, and its values; for one offer when it is named.

    Quotes copy the result at issue (`QuoteConditions`), so changing a choice changes no quote and no contract.
    """

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="clause_choices")
    offer = models.ForeignKey(
        Offer, on_delete=models.CASCADE, null=True, blank=True, related_name="clause_choices"
    )
    code = models.SlugField(_("clause"), max_length=40)
    used = models.BooleanField(_("dans le contrat"))
    values = models.JSONField(_("réglages"))

    objects: ClassVar[models.Manager["ClauseChoice"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("choix de clause")
        verbose_name_plural = _("choix de clauses")
        constraints = [
            models.UniqueConstraint(
                fields=["hoster", "code"], condition=models.Q(offer=None), name="clause_chosen_once"
            ),
            models.UniqueConstraint(fields=["offer", "code"], name="clause_chosen_once_per_offer"),
        ]

    def __str__(self) -> str:
        return self.code
