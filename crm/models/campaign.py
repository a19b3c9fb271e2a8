from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from crm.models.tag import Tag
from hosters.models import Hoster


class Lever(models.TextChoices):
    """How one makes oneself known (002-177). Advertising exists so that one can say that it was tried."""

    CONTENT = "content", _("contenus et référencement")
    NETWORKS = "networks", _("réseaux sociaux")
    MAIL = "mail", _("courriel")
    NEWSLETTER = "newsletter", _("lettre d’information")
    EVENT = "event", _("événement")
    PRESS = "press", _("presse")
    PARTNERS = "partners", _("partenaires et réseau")
    PHONE = "phone", _("téléphone")
    ADVERTISING = "advertising", _("publicité (déconseillée)")


class Campaign(models.Model):
    """What the team does during some weeks to be known by somebody in particular (002-188 to 002-193).

    `code` is what links and forms carry (`?via=`), and the origin of the organisations that it brings; without one,
    the campaign is a plan for everything that happens in its days (002-208).
    """

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="campaigns")
    name = models.CharField(_("nom"), max_length=80)
    code = models.CharField(
        _("code des liens"),
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^[a-z0-9-]+$", _("Des lettres sans accent, des chiffres, des tirets."))],
        help_text=_("Par exemple « salon-2026 » : il va dans les liens, et dit d’où viennent les gens."),
    )
    lever = models.CharField(_("moyen principal"), max_length=12, choices=Lever)
    target = models.CharField(
        _("à qui vous parlez"), max_length=240, help_text=_("Avec leurs mots : qui, où, quel souci.")
    )
    segment = models.CharField(_("public"), max_length=20, blank=True)
    territory = models.CharField(
        _("département"), max_length=3, blank=True, help_text=_("Deux ou trois caractères : 69, 2A, 974.")
    )
    need = models.ForeignKey(
        Tag, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("besoin")
    )
    least_accounts = models.PositiveIntegerField(_("comptes, au moins"), null=True, blank=True)
    most_accounts = models.PositiveIntegerField(_("comptes, au plus"), null=True, blank=True)
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    planned_hours = models.DecimalField(
        _("heures prévues"), max_digits=7, decimal_places=2, default=Decimal(0)
    )
    spent_hours = models.DecimalField(_("heures passées"), max_digits=7, decimal_places=2, default=Decimal(0))
    planned_euros = models.DecimalField(_("euros prévus"), max_digits=9, decimal_places=2, default=Decimal(0))
    spent_euros = models.DecimalField(_("euros dépensés"), max_digits=9, decimal_places=2, default=Decimal(0))

    objects: ClassVar[models.Manager["Campaign"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("campagne")
        verbose_name_plural = _("campagnes")
        constraints = [
            models.UniqueConstraint(
                fields=["hoster", "code"], condition=~models.Q(code=""), name="one_campaign_per_code"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CampaignGoal(models.Model):
    """Something to reach: what is measured, how much, when, by whom (002-189). What Chatière counts is never typed."""

    class Measure(models.TextChoices):
        CONTACTS = "contacts", _("structures rencontrées")
        CALLS = "calls", _("appels passés")
        REQUESTS = "requests", _("demandes reçues")
        QUOTES = "quotes", _("devis envoyés")
        ACCEPTED = "accepted", _("devis acceptés")
        OTHER = "other", _("autre chose, compté à la main")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="goals")
    measure = models.CharField(_("ce qui est mesuré"), max_length=10, choices=Measure)
    words = models.CharField(_("en toutes lettres"), max_length=120, blank=True)
    value = models.PositiveIntegerField(_("combien"), validators=[MinValueValidator(1)])
    by_hand = models.PositiveIntegerField(_("atteint, compté à la main"), default=0)
    deadline = models.DateField(_("pour le"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("par"),
    )

    objects: ClassVar[models.Manager["CampaignGoal"]] = ScopedManager(hoster="campaign__hoster")

    class Meta:
        verbose_name = _("objectif de campagne")
        verbose_name_plural = _("objectifs de campagne")

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.value}"


class CampaignAction(models.Model):
    """What, when, who (002-190)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="actions")
    what = models.CharField(_("quoi"), max_length=160)
    due_on = models.DateField(_("pour le"))
    lever = models.CharField(_("moyen"), max_length=12, choices=Lever)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("par"),
    )
    done_at = models.DateTimeField(_("faite le"), null=True, blank=True)

    objects: ClassVar[models.Manager["CampaignAction"]] = ScopedManager(hoster="campaign__hoster")

    class Meta:
        verbose_name = _("action de campagne")
        verbose_name_plural = _("actions de campagne")

    def __str__(self) -> str:
        return self.what


class CampaignReview(models.Model):
    """What was learnt, and when to look again (002-193)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="reviews")
    on = models.DateField(_("le"))
    text = models.TextField(_("ce qui marche, ce qui change"), max_length=2000)
    next_on = models.DateField(_("prochain bilan le"), null=True, blank=True)

    objects: ClassVar[models.Manager["CampaignReview"]] = ScopedManager(hoster="campaign__hoster")

    class Meta:
        verbose_name = _("bilan de campagne")
        verbose_name_plural = _("bilans de campagne")

    def __str__(self) -> str:
        return f"{self.campaign} {self.on}"
