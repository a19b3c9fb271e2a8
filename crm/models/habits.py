from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster


class Habits(models.Model):
    """How a hoster follows people: within how long it calls back, how often it writes at most."""

    hoster = models.OneToOneField(Hoster, on_delete=models.CASCADE, related_name="habits")
    call_days = models.PositiveSmallIntegerField(
        _("rappeler après une demande de devis, sous (jours ouvrés)"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text=_("Un rendez-vous de conseil après chaque devis demandé en ligne."),
    )
    contact_gap_days = models.PositiveSmallIntegerField(
        _("laisser entre deux prises de contact (jours)"),
        default=14,
        validators=[MaxValueValidator(365)],
        help_text=_("Si quelqu’un de l’équipe va plus vite, un avertissement le dit."),
    )
    qualify_days = models.PositiveSmallIntegerField(
        _("à qualifier ou clore après (jours)"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text=_("Les structures connues depuis plus longtemps, et pas qualifiées, sont signalées."),
    )

    objects: ClassVar[models.Manager["Habits"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("habitudes de relation")
        verbose_name_plural = _("habitudes de relation")

    def __str__(self) -> str:
        return str(self.hoster)
