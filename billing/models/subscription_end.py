from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.frozen import Frozen
from billing.models.invoice import Invoice
from billing.models.subscription import Subscription
from billing.models.termination import Termination
from hosters.models import Hoster


class SubscriptionEnd(Frozen):
    """The decision that a subscription ends: its last day, why, and what is paid back. It may be undone before.

    `refund_from`: of the invoices whose period begins that day or later, what goes beyond the last day is credited;
    None: nothing is. `everything`: those invoices are credited whole. `why` is the sentence of the rule, as it was
    told to the association. `last_invoice` is the last one that was issued without knowing the end.
    """

    class Reason(models.TextChoices):
        NOTICE = "notice", _("résiliation demandée par l’association")
        FREE_EXIT = "free_exit", _("sortie libre : l’avis de reconduction n’est pas parti à temps")
        GUARANTEE = "guarantee", _("satisfait ou remboursé")
        SWITCH = "switch", _("changement d’hébergeur ou reprise chez soi")
        RESIGNATION = "resignation", _("démission de l’adhésion")
        FAULT = "fault", _("manquement de notre part")
        TERM = "term", _("arrivé à son terme")
        CHANGE = "change", _("changement du contrat refusé par l’association")
        AGREEMENT = "agreement", _("d’un commun accord")
        REPLACED = "replaced", _("remplacé par un autre contrat")

    living_fields = frozenset({"ends_on", "undone_at", "undone_by", "undone_why", "applied_at"})

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="subscription_ends")
    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="ends")
    termination = models.ForeignKey(
        Termination, on_delete=models.PROTECT, null=True, blank=True, related_name="ends"
    )
    reason = models.CharField(_("motif"), max_length=12, choices=Reason)
    received_on = models.DateField(_("demandé le"))
    ends_on = models.DateField(_("dernier jour"))
    refund_from = models.DateField(_("remboursé depuis le"), null=True, blank=True)
    everything = models.BooleanField(_("remboursement entier"), default=False)
    last_invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.CharField(_("règle"), max_length=400)
    told_to = models.EmailField(_("confirmé à"))
    decided_at = models.DateTimeField(_("décidé le"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(_("annulé le"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_why = models.CharField(_("pourquoi"), max_length=200, blank=True)
    applied_at = models.DateTimeField(_("fait le"), null=True, blank=True)

    objects: ClassVar[models.Manager["SubscriptionEnd"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("fin d’abonnement")
        verbose_name_plural = _("fins d’abonnement")
        constraints = [
            models.UniqueConstraint(
                fields=["subscription"], condition=models.Q(undone_at=None), name="one_end_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subscription} · {self.ends_on}"
