from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster


class RelationSettings(models.Model):
    """What a hoster chose of its relations. No row: the cautious choices."""

    hoster = models.OneToOneField(Hoster, on_delete=models.CASCADE, related_name="relation_settings")
    kept_months = models.PositiveSmallIntegerField(
        _("mois gardés après le dernier message d’une personne"),
        default=36,
        validators=[MinValueValidator(1), MaxValueValidator(36)],
        help_text=_("Trente-six au plus : c’est ce que la CNIL admet pour des prospects."),
    )
    opt_out_prospecting = models.BooleanField(
        _("prospecter les adresses nominatives d’une fonction sans accord préalable"),
        default=False,
        help_text=_(
            "La loi l’admet entre professionnels si la personne a été informée, peut s’opposer, et si le message "
            "concerne sa fonction. Sans cette case, il faut son accord."
        ),
    )

    letters_at_once = models.PositiveSmallIntegerField(
        _("courriels de prospection à la fois, au plus"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Peu de monde, bien choisi : chaque personne est montrée avec la raison de lui écrire."),
    )
    likely_sent = models.PositiveSmallIntegerField(
        _("chance qu’un devis envoyé soit accepté (%)"), default=20, validators=[MaxValueValidator(100)]
    )
    likely_seen = models.PositiveSmallIntegerField(
        _("chance quand il a été lu (%)"), default=30, validators=[MaxValueValidator(100)]
    )
    likely_in_review = models.PositiveSmallIntegerField(
        _("chance quand le CA en parle (%)"),
        default=60,
        validators=[MaxValueValidator(100)],
        help_text=_("Un ordre de grandeur, à corriger d’après vos propres devis."),
    )

    objects: ClassVar[models.Manager["RelationSettings"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("réglage des relations")
        verbose_name_plural = _("réglages des relations")

    def __str__(self) -> str:
        return str(self.hoster)
