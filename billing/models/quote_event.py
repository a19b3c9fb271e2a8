from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.frozen import Frozen
from billing.models.quote import Quote


class QuoteEvent(Frozen):
    """One act in the story of a quote: who did what, when, and why. Rows are only ever added.

    `by` is the member of staff who acted; `name` is the person as the act told them (the person of a link, a member
    of the board). `reason` is a code and `note` free text, both for people to read.
    """

    class Act(models.TextChoices):
        EDIT = "edit", _("brouillon modifié")
        SEND = "send", _("envoyé")
        OPEN = "open", _("ouvert par l’association")
        CHOOSE_OPTIONS = "choose_options", _("options choisies")
        ASK_CHANGE = "ask_change", _("changement demandé")
        PUT_IN_REVIEW = "put_in_review", _("mis à l’ordre du jour")
        VOTE = "vote", _("vote exprimé")
        EXTEND = "extend", _("prolongé")
        ACCEPT = "accept", _("accepté")
        REFUSE = "refuse", _("refusé")
        EXPIRE = "expire", _("arrivé à expiration")
        SUPERSEDE = "supersede", _("remplacé par une nouvelle version")
        WITHDRAW = "withdraw", _("retiré")
        REVISE = "revise", _("nouvelle version préparée")
        RENEW = "renew", _("renouvellement préparé")
        DUPLICATE = "duplicate", _("copié")

    class Actor(models.TextChoices):
        STAFF = "staff", _("l’équipe")
        CLIENT = "client", _("l’association")
        READER = "reader", _("une personne qui lit")
        MEMBER = "member", _("un membre du conseil")
        CLOCK = "clock", _("le calendrier")

    class Reason(models.TextChoices):
        """Why an association says no (refusing is an answer, and we learn from it)."""

        PRICE = "price", _("le prix dépasse notre budget")
        NEED = "need", _("cela ne correspond pas à notre besoin")
        LATER = "later", _("ce n’est pas le bon moment")
        BOARD = "board", _("le conseil a voté contre")
        OTHER_CHOICE = "other_choice", _("nous avons choisi autre chose")
        OTHER = "other", _("une autre raison")

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="events")
    act = models.CharField(_("acte"), max_length=16, choices=Act)
    actor = models.CharField(_("qui"), max_length=8, choices=Actor)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("nom"), max_length=80, blank=True)
    before = models.CharField(_("état avant"), max_length=12, choices=Quote.State)
    after = models.CharField(_("état après"), max_length=12, choices=Quote.State)
    reason = models.CharField(_("raison"), max_length=14, choices=Reason, blank=True)
    note = models.TextField(_("précision"), max_length=2000, blank=True)
    at = models.DateTimeField(_("le"), auto_now_add=True)

    objects: ClassVar[models.Manager["QuoteEvent"]] = ScopedManager(hoster="quote__hoster")

    class Meta:
        verbose_name = _("acte sur un devis")
        verbose_name_plural = _("actes sur les devis")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.quote} · {self.get_act_display()}"
