from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.subscription import Subscription
from crm.models import Contact
from hosters.models import Hoster

BEST = 10
PROMOTER_FROM, DETRACTOR_TO = 9, 6


class Satisfaction(models.Model):
    """One question asked once to the person of a contract, three months after its first invoice (004-033, 004-034).

    `score` 0 to 10 answers « would you recommend us »; None until they answer. `refused_at`: never ask this
    person again.
    """

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="satisfactions")
    subscription = models.OneToOneField(Subscription, on_delete=models.PROTECT, related_name="satisfaction")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="satisfactions")
    asked_at = models.DateTimeField(_("demandé le"), auto_now_add=True)
    score = models.PositiveSmallIntegerField(
        _("note"), null=True, blank=True, validators=[MaxValueValidator(BEST)]
    )
    comment = models.TextField(_("en quelques mots"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    refused_at = models.DateTimeField(_("ne plus demander, depuis le"), null=True, blank=True)

    objects: ClassVar[models.Manager["Satisfaction"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("avis")
        verbose_name_plural = _("avis")
        indexes = [models.Index(fields=["hoster", "answered_at"])]

    def __str__(self) -> str:
        return f"{self.contact} · {self.score}"
