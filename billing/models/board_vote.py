"""A vote held online: who is asked, what each one answered, until when."""

from datetime import datetime, time, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.board import Body
from billing.models.frozen import Frozen
from billing.models.quote import Quote
from crm.models import Contact


class BoardVote(Frozen):
    """A question put to the members of a body, each by their own link, until the end of `closes_on`.

    `secret`: nobody reads who voted what, and closing forgets it for good (`remarks` keeps the comments alone).
    `live`: the opener reads the count before the end, which a secret vote never allows.
    """

    living_fields = frozenset({"closed_at", "cancelled_at", "remarks"})

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="votes")
    body = models.CharField(_("instance"), max_length=10, choices=Body)
    question = models.CharField(_("question posée"), max_length=600)
    closes_on = models.DateField(_("dernier jour du vote"))
    quorum = models.PositiveSmallIntegerField(_("quorum (votes exprimés, abstentions comprises)"), default=0)
    secret = models.BooleanField(_("vote secret"))
    live = models.BooleanField(_("compte visible avant la fin"))
    mandated_name = models.CharField(_("personne mandatée"), max_length=80)
    mandated_role = models.CharField(_("sa fonction"), max_length=80)
    mandated_email = models.EmailField(_("son adresse e-mail"))
    opened_by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("ouvert le"), auto_now_add=True)
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("annulé le"), null=True, blank=True)
    remarks = models.JSONField(_("commentaires d’un vote secret"), default=list, blank=True)
    key = models.UUIDField(_("clé du formulaire"), unique=True)

    objects: ClassVar[models.Manager["BoardVote"]] = ScopedManager(hoster="quote__hoster")

    class Meta:
        verbose_name = _("vote en ligne")
        verbose_name_plural = _("votes en ligne")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["quote"],
                condition=models.Q(closed_at=None, cancelled_at=None),
                name="one_open_vote_per_quote",
            )
        ]

    def __str__(self) -> str:
        return f"{self.quote} · {self.question[:60]}"

    @property
    def ends_at(self) -> datetime:
        """The midnight that ends the last day, in the hoster's time zone; a vote at that instant is too late."""
        return timezone.make_aware(datetime.combine(self.closes_on + timedelta(days=1), time()))

    @property
    def open(self) -> bool:
        return self.closed_at is None and self.cancelled_at is None and timezone.now() < self.ends_at


class Ballot(models.Model):
    """One member's voice. It may change until the vote ends; closing a secret vote empties `choice` and `comment`."""

    class Choice(models.TextChoices):
        FOR = "for", _("pour")
        AGAINST = "against", _("contre")
        ABSTAIN = "abstain", _("abstention")

    vote = models.ForeignKey(BoardVote, on_delete=models.CASCADE, related_name="ballots")
    name = models.CharField(_("nom"), max_length=80, blank=True)
    email = models.EmailField(_("adresse e-mail"))
    choice = models.CharField(_("vote"), max_length=10, choices=Choice, blank=True)
    comment = models.CharField(_("commentaire"), max_length=300, blank=True)
    cast_at = models.DateTimeField(_("a voté le"), null=True, blank=True)

    objects: ClassVar[models.Manager["Ballot"]] = ScopedManager(hoster="vote__quote__hoster")

    class Meta:
        verbose_name = _("bulletin")
        verbose_name_plural = _("bulletins")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["vote", "email"], name="one_ballot_per_member")]

    def __str__(self) -> str:
        return self.name or self.email


class BallotLink(models.Model):
    """The secret link of a member: the database keeps only the SHA-256 of its token."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    objects: ClassVar[models.Manager["BallotLink"]] = ScopedManager(hoster="ballot__vote__quote__hoster")

    class Meta:
        verbose_name = _("lien de vote")
        verbose_name_plural = _("liens de vote")

    def __str__(self) -> str:
        return str(self.ballot)
