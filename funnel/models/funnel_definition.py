from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster


class FunnelDefinition(models.Model):
    """A funnel that the hoster chose to look at: from two to eight steps, in the order of the journey (002-201).

    `steps` holds codes of `funnel.steps`. `benchmark` is a rate of conversion to compare with, in percent of the
    first step (004-029), or None.
    """

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="funnels")
    name = models.CharField(_("nom"), max_length=60)
    steps = models.JSONField(_("étapes"))
    position = models.PositiveSmallIntegerField(_("rang"), default=1)
    benchmark = models.DecimalField(
        _("repère (%)"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.1")), MaxValueValidator(Decimal(100))],
    )

    objects: ClassVar[models.Manager["FunnelDefinition"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("entonnoir")
        verbose_name_plural = _("entonnoirs")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["hoster", "name"], name="one_funnel_per_name")]

    def __str__(self) -> str:
        return self.name
