from collections.abc import Iterator
from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.db.models.query import ModelIterable
from django.urls import reverse
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster
from offers.models.component import Component, ComponentKind
from offers.models.range import Range

HYBRID = "hybride"
#: An offer may hold another that holds another, and so on, this many times: beyond, nobody follows any more.
DEEPEST = 3


class Segment(models.TextChoices):
    """For whom an offer is made (002-068)."""

    ASSOCIATION = "association", _("associations")
    INDIVIDUAL = "individual", _("personnes")
    FAMILY = "family", _("familles")
    COMPANY = "company", _("entreprises")
    EDUCATION = "education", _("éducation")
    PUBLIC = "public", _("collectivités")


def along_lineage(*lookups: str) -> list[str]:
    """What to prefetch of an offer and of those it holds, so that its whole lineage costs a fixed number of queries."""
    return [f"{'inherits__' * depth}{lookup}" for depth in range(DEEPEST + 1) for lookup in lookups]


class _AsPublished(ModelIterable):
    """Rows as their published version says, whatever is being prepared for the next one."""

    def __iter__(self) -> Iterator[Any]:
        model = apps.get_model("offers", "PublishedOffer")
        return map(model.of, super().__iter__())


class OfferQuerySet(models.QuerySet["Offer"]):
    def published(self) -> "OfferQuerySet":
        """What is on sale, as its latest version says: a draft is never read here (002-067).

        Filters and orders read the working copy, so only what is not versioned may be asked: state, address, order.
        """
        rows = self.filter(state=Offer.State.PUBLISHED, public_version__isnull=False)
        rows = rows.select_related("public_version__range", "inherits")
        rows._iterable_class = _AsPublished  # how Django itself chooses what a row becomes
        return rows

    def for_display(self) -> "OfferQuerySet":
        """In the order chosen by the hoster, with what a page shows."""
        read = along_lineage("parts__component__need")
        return self.order_by("position", "pk").prefetch_related(*read, "tariff_versions")


OfferManager = models.Manager.from_queryset(OfferQuerySet)


def by_the_form() -> str:
    """How one leaves, unless the hoster says otherwise: the public form that every site has (CON-04)."""
    return told("Par le formulaire de résiliation, sans compte ni courrier.")


def by_writing() -> str:
    """How one changes for another offer, unless the hoster says otherwise."""
    return told(
        "En nous écrivant. Le nouveau prix est celui qui est publié, et rien ne change avant votre accord."
    )


class Offer(models.Model):
    """What a hoster sells under one name. Its kind is computed from its components, never typed (000-002).

    The row is the working copy of the workshop; visitors read `public_version`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("brouillon")
        PUBLISHED = "published", _("publiée")
        WITHDRAWN = "withdrawn", _("retirée de la vente")

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
    level = models.CharField(_("niveau"), max_length=40, blank=True)
    level_rank = models.PositiveSmallIntegerField(_("rang dans la gamme"), default=0)
    pack = models.CharField(_("pack"), max_length=40, blank=True)
    also_for = models.JSONField(_("autres publics"), default=list, blank=True)
    inherits = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="held_by",
        verbose_name=_("contient toute l’offre"),
    )
    made_from = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name=_("faite sur le modèle de"),
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
    termination_procedure = models.CharField(_("comment résilier"), max_length=240, default=by_the_form)
    change_procedure = models.CharField(_("comment changer d’offre"), max_length=240, default=by_writing)
    footnotes = models.JSONField(
        _("notes de bas de page"),
        default=list,
        blank=True,
        help_text=_("Une liste de signes (*, **, †) avec leur texte."),
    )
    is_trial = models.BooleanField(_("sert d’essai"), default=False)
    review_on = models.DateField(_("à revoir le"), null=True, blank=True)
    public_version = models.ForeignKey(
        "offers.OfferVersion",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("version publiée"),
    )

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
    def lineage(self) -> list["Offer"]:
        """The offers that this one holds, the furthest first, then itself (002-137). Never longer than `DEEPEST`
        steps and never twice the same, whatever the database says."""
        found = [self]
        while (held := found[0].inherits) is not None and held not in found and len(found) <= DEEPEST:
            found.insert(0, held)
        return found

    @property
    def segments(self) -> list[str]:
        """Every public that this offer is made for, the one of its prices first (002-068)."""
        return [self.segment, *(each for each in self.also_for if each != self.segment)]

    @property
    def kind(self) -> str:
        """`prestation`, `service`, `produit`, or `hybride` when the components mix; "" without component."""
        kinds = {part.component.kind for offer in self.lineage for part in offer.parts.all()}
        return HYBRID if len(kinds) > 1 else next(iter(kinds), "")

    @property
    def kind_label(self) -> str:
        return (
            str(_("hybride")) if self.kind == HYBRID else str(dict(ComponentKind.choices).get(self.kind, ""))
        )


class OfferComponent(models.Model):
    """A component in an offer, with what this offer gives of it.

    `charges`: the codes of the lines of the tariff that pay for it, so that a price of several structures, or of
    several kinds, is told part by part (002-167, 000-016).
    """

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="parts")
    component = models.ForeignKey(Component, on_delete=models.PROTECT, related_name="+")
    detail = models.CharField(_("précision"), max_length=160, blank=True)
    charges = models.JSONField(_("lignes du tarif"), default=list, blank=True)
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
