from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.frozen import Frozen
from billing.models.subscription import Subscription
from hosters.models import Hoster


class TerminationQuerySet(models.QuerySet["Termination"]):
    def waiting(self) -> "TerminationQuerySet":
        """Not confirmed by a person yet, the oldest first."""
        return self.filter(handled_at=None).order_by("received_at")


TerminationManager = models.Manager.from_queryset(TerminationQuerySet)


class Termination(Frozen):
    """A notice of termination sent from the public form (CON-04): what was written and when never changes.

    `subscription` is the contract that the reference and the e-mail address both point to, if any: without an
    account the form proves nothing, so a person confirms.
    """

    living_fields = frozenset({"handled_at", "handled_by"})

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="terminations")
    subscription = models.ForeignKey(
        Subscription,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="terminations",
        verbose_name=_("abonnement reconnu"),
    )
    organization = models.CharField(_("dénomination"), max_length=120)
    email = models.EmailField(_("adresse e-mail"))
    contract = models.CharField(_("référence du contrat"), max_length=60)
    wished_end = models.DateField(_("fin souhaitée"), null=True, blank=True)
    reason = models.TextField(_("motif"), max_length=500, blank=True)
    key = models.UUIDField(_("clé du formulaire"), unique=True)
    received_at = models.DateTimeField(_("reçue le"), auto_now_add=True)
    handled_at = models.DateTimeField(_("confirmée le"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[TerminationManager] = ScopedManager(_manager_class=TerminationManager, hoster="hoster")

    class Meta:
        verbose_name = _("résiliation")
        verbose_name_plural = _("résiliations")
        indexes = [models.Index(fields=["hoster", "handled_at"])]

    def __str__(self) -> str:
        return f"{self.organization} · {self.contract}"
