from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster
from offers.models.component import Component, ComponentKind
from offers.models.range import Range

HYBRID = "hybride"


class Segment(models.TextChoices):
    """For whom an offer is made (002-068)."""

    ASSOCIATION = "association", _("associations")
    INDIVIDUAL = "individual", _("personnes")
    FAMILY = "family", _("familles")
    COMPANY = "company", _("entreprises")
    EDUCATION = "education", _("éducation")
    PUBLIC = "public", _("collectivités")


class OfferQuerySet(models.QuerySet["Offer"]):
    def published(self) -> "OfferQuerySet":
        return self.filter(state=Offer.State.PUBLISHED)

    def for_display(self) -> "OfferQuerySet":
        """In the order chosen by the hoster, with what a page shows."""
        return self.order_by("position", "pk").prefetch_related("parts__component__need", "tariff_versions")


OfferManager = models.Manager.from_queryset(OfferQuerySet)


class Offer(models.Model):
    """What a hoster sells under one name. Its kind is computed from its components, never typed (000-002)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("brouillon")
        PUBLISHED = "published", _("publiée")

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="offers")
    slug = models.SlugField(_("nom court dans les adresses"), max_length=60)
    name = models.CharField(_("nom"), max_length=60)
    former_name = models.CharField(_("ancien nom"), max_length=60, blank=True)
    segment = models.CharField(_("public"), max_length=20, choices=Segment, default=Segment.ASSOCIATION)
    audience = models.CharField(_("pour qui"), max_length=120)
    purpose = models.CharField(_("à quoi ça sert"), max_length=240)
    not_included = models.CharField(_("ce qui n’est pas compris"), max_length=240, blank=True)
    state = models.CharField(_("état"), max_length=12, choices=State, default=State.DRAFT)
    is_example = models.BooleanField(_("exemple du cours"), default=False)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)
    range = models.ForeignKey(
        Range,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name=_("gamme"),
    )
    comment = models.CharField(
        _("remarque de l’équipe"),
        max_length=600,
        blank=True,
        help_text=_("D’où vient ce tarif, comment il a été lu. N’est pas montré aux visiteurs."),
    )

    notice_days = models.PositiveSmallIntegerField(_("préavis de départ (jours)"), default=30)
    export_formats = models.CharField(_("formats des données rendues"), max_length=240)
    retrieval_days = models.PositiveSmallIntegerField(
        _("délai pour récupérer ses données (jours)"), default=30
    )
    erasure_days = models.PositiveSmallIntegerField(_("effacement après le départ (jours)"), default=60)
    exit_help = models.CharField(_("aide au départ"), max_length=240, blank=True)
    data_location = models.CharField(_("lieu des données"), max_length=120, blank=True)

    objects: ClassVar[OfferManager] = ScopedManager(_manager_class=OfferManager, hoster="hoster")

    class Meta:
        verbose_name = _("offre")
        verbose_name_plural = _("offres")
        constraints = [models.UniqueConstraint(fields=["hoster", "slug"], name="one_offer_per_slug")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("storefront:offer", kwargs={"slug": self.slug})

    @property
    def kind(self) -> str:
        """`prestation`, `service`, `produit`, or `hybride` when the components mix; "" without component."""
        kinds = {part.component.kind for part in self.parts.all()}
        return HYBRID if len(kinds) > 1 else next(iter(kinds), "")

    @property
    def kind_label(self) -> str:
        return (
            str(_("hybride")) if self.kind == HYBRID else str(dict(ComponentKind.choices).get(self.kind, ""))
        )


class OfferComponent(models.Model):
    """A component in an offer, with what this offer gives of it."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="parts")
    component = models.ForeignKey(Component, on_delete=models.PROTECT, related_name="+")
    detail = models.CharField(_("précision"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    objects: ClassVar[models.Manager["OfferComponent"]] = ScopedManager(hoster="offer__hoster")

    class Meta:
        verbose_name = _("composant de l’offre")
        verbose_name_plural = _("composants de l’offre")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "component"], name="component_once_per_offer")
        ]

    def __str__(self) -> str:
        return f"{self.offer} · {self.component}"
