from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster
from offers.models.offer import Offer
from offers.models.record import Record

WEB = URLValidator(schemes=["https", "http"])


class Competitor(Record):
    """Somebody who answers the same needs, as the team noted it (002-024). Never shown to visitors."""

    class Relation(models.TextChoices):
        COMPETITOR = "competitor", _("concurrent")
        COOPETITOR = "coopetitor", _("coopétiteur")
        PARTNER = "partner", _("partenaire")

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="competitors")
    name = models.CharField(_("nom"), max_length=80)
    relation = models.CharField(_("relation"), max_length=12, choices=Relation, default=Relation.COMPETITOR)
    website = models.CharField(
        _("site"), max_length=300, blank=True, validators=[WEB], help_text=_("Commence par https://")
    )
    employees = models.PositiveIntegerField(_("salarié·es"), null=True, blank=True)
    founded = models.PositiveSmallIntegerField(
        _("année de création"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1800), MaxValueValidator(2100)],
    )
    turnover = models.DecimalField(
        _("chiffre d’affaires annuel (€)"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    clients = models.PositiveIntegerField(_("nombre de clients"), null=True, blank=True)
    remark = models.CharField(_("ce qu’il faut retenir"), max_length=300, blank=True)

    objects: ClassVar[models.Manager["Competitor"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("concurrent")
        verbose_name_plural = _("concurrents")
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint("hoster", Lower("name"), name="one_competitor_per_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Observation(Record):
    """Something seen at a competitor, on a day (002-025). A price is for the reference need of one of our offers."""

    class Kind(models.TextChoices):
        PRICE = "price", _("prix")
        PRODUCT = "product", _("nouveau produit")
        COMMUNICATION = "communication", _("communication")

    competitor = models.ForeignKey(
        Competitor, on_delete=models.CASCADE, related_name="observations", verbose_name=_("concurrent")
    )
    kind = models.CharField(_("quoi"), max_length=15, choices=Kind, default=Kind.PRICE)
    offer = models.ForeignKey(
        Offer,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="observations",
        verbose_name=_("offre à comparer"),
    )
    amount = models.DecimalField(
        _("prix par mois (€ TTC)"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    seen_on = models.DateField(_("vu le"))
    source_url = models.CharField(
        _("adresse de la page"),
        max_length=500,
        blank=True,
        validators=[WEB],
        help_text=_("Commence par https://"),
    )
    note = models.CharField(_("précision"), max_length=300, blank=True)

    objects: ClassVar[models.Manager["Observation"]] = ScopedManager(hoster="competitor__hoster")

    class Meta:
        verbose_name = _("relevé")
        verbose_name_plural = _("relevés")
        ordering = ["-seen_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="price") | (Q(offer__isnull=False) & Q(amount__isnull=False)),
                name="observed_price_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.competitor} · {self.seen_on}"
