from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.board import Body
from billing.models.board_vote import BoardVote
from billing.models.frozen import Frozen
from billing.models.quote import Quote


class BoardDecisionQuerySet(models.QuerySet["BoardDecision"]):
    def standing(self) -> "BoardDecisionQuerySet":
        """The decisions that no correction replaced, the latest first."""
        return self.filter(corrected_by=None).order_by("-pk")


BoardDecisionManager = models.Manager.from_queryset(BoardDecisionQuerySet)


class BoardDecision(Frozen):
    """What a body of the association decided about a quote (ASS-03). Never changed: a correction is a new row that
    `corrects` this one. `vote` is the online vote whose count it is; else the mandated person recorded it.

    The minutes, if they were sent, are a file outside the web root, known by its SHA-256.
    """

    class Result(models.TextChoices):
        ACCEPTED = "accepted", _("accepté")
        CONDITIONAL = "conditional", _("accepté avec des conditions")
        REFUSED = "refused", _("refusé")
        POSTPONED = "postponed", _("reporté")

    FAVOURABLE = (Result.ACCEPTED, Result.CONDITIONAL)

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="decisions")
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    vote = models.OneToOneField(
        BoardVote, on_delete=models.PROTECT, null=True, blank=True, related_name="decision"
    )
    body = models.CharField(_("instance"), max_length=10, choices=Body)
    decided_on = models.DateField(_("date de la décision"))
    result = models.CharField(_("résultat"), max_length=12, choices=Result)
    conditions = models.CharField(_("conditions ou précisions"), max_length=500, blank=True)
    present = models.PositiveSmallIntegerField(_("présents ou représentés"), null=True, blank=True)
    quorum = models.PositiveSmallIntegerField(_("quorum"), null=True, blank=True)
    votes_for = models.PositiveSmallIntegerField(_("pour"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("contre"), null=True, blank=True)
    votes_abstain = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    minutes_reference = models.CharField(_("référence du procès-verbal"), max_length=120, blank=True)
    minutes_type = models.CharField(max_length=40, blank=True)
    minutes_size = models.PositiveIntegerField(_("taille (octets)"), default=0)
    minutes_sha256 = models.CharField(max_length=64, blank=True)
    mandated_name = models.CharField(_("personne mandatée"), max_length=80, blank=True)
    mandated_role = models.CharField(_("sa fonction"), max_length=80, blank=True)
    mandated_email = models.EmailField(_("son adresse e-mail"), blank=True)
    recorded_by = models.EmailField(_("enregistrée par"))
    recorded_at = models.DateTimeField(_("enregistrée le"), auto_now_add=True)
    key = models.UUIDField(_("clé du formulaire"), unique=True)

    objects: ClassVar[BoardDecisionManager] = ScopedManager(
        _manager_class=BoardDecisionManager, hoster="quote__hoster"
    )

    class Meta:
        verbose_name = _("décision de l’association")
        verbose_name_plural = _("décisions de l’association")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.quote} · {self.get_result_display()}"

    @property
    def favourable(self) -> bool:
        """Whether somebody is mandated to accept the quote."""
        return self.result in self.FAVOURABLE

    @property
    def minutes_path(self) -> Path:
        """Where the minutes are: a name made of keys, so nothing typed by a person reaches the disk."""
        return Path(settings.MEDIA_ROOT) / str(self.quote.hoster_id) / "minutes" / str(self.pk)
