from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster
from offers.models.offer import Offer
from offers.models.record import Record


class Evidence(Record):
    """Somebody was asked: what was learnt, for one offer or for all (002-157 to 002-159). No name of a person."""

    class Kind(models.TextChoices):
        SURVEY = "survey", _("sondage")
        FOCUS_GROUP = "focus_group", _("groupe de discussion")
        INTERVIEW = "interview", _("entretien")

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(_("nature"), max_length=12, choices=Kind)
    title = models.CharField(_("sujet"), max_length=120)
    held_on = models.DateField(_("quand"))
    people = models.PositiveIntegerField(_("combien de personnes"))
    minutes = models.PositiveIntegerField(_("durée (minutes)"), null=True, blank=True)
    finding = models.TextField(
        _("ce que vous avez appris"),
        max_length=2000,
        blank=True,
        help_text=_("Sans nommer personne : ce qui confirme votre idée, et ce qui la contredit."),
    )
    offer = models.ForeignKey(
        Offer,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("pour une seule offre"),
    )

    objects: ClassVar[models.Manager["Evidence"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("enquête")
        verbose_name_plural = _("enquêtes")
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.title
