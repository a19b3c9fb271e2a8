from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hosters.identifiers import validate_phone, validate_rna, validate_siren
from hosters.models.address import PostalAddress
from hosters.models.promise import PublicPromise
from pricing.engine import VatPolicy, VatRegime
from pricing.engine.vat_rates import UnknownRate, rates, territory_of

validate_color = RegexValidator(r"^#[0-9a-fA-F]{6}\Z", _("Écrivez une couleur comme #1f6f5c."))


class LegalForm(models.TextChoices):
    ASSOCIATION = "association", _("association loi 1901")
    COOPERATIVE = "cooperative", _("coopérative (SCIC, SCOP)")
    COMPANY = "company", _("société")
    SOLE_TRADER = "sole_trader", _("entreprise individuelle (EI)")


class Hoster(PostalAddress, PublicPromise):
    """An ethical hosting provider: the tenant. One install serves one or many; every other row reaches one."""

    class VatRegimes(models.TextChoices):
        LIABLE = VatRegime.LIABLE.value, _("redevable de la TVA")
        FRANCHISE = VatRegime.FRANCHISE.value, _("franchise en base (article 293 B)")
        EXEMPT = VatRegime.EXEMPT.value, _("exonéré (article 261, 7)")
        NOT_TAXABLE = VatRegime.NOT_TAXABLE.value, _("non assujetti")

    class CompanySize(models.TextChoices):
        """As the reform counts it, of a whole SIREN (EIN-01)."""

        SMALL = "small", _("moins de 250 personnes : très petite, petite ou moyenne")
        LARGE = "large", _("taille intermédiaire ou grande")

    class VatFiling(models.TextChoices):
        """How often VAT is declared: e-reporting follows it (EIN-07)."""

        MONTHLY = "monthly", _("chaque mois")
        QUARTERLY = "quarterly", _("chaque trimestre")

    class StagePreset(models.TextChoices):
        PLAN = "plan", _("prospect → lead → client")
        ARTICLE = "article", _("lead → prospect → client")

    slug = models.SlugField(_("nom court dans les adresses"), max_length=40, unique=True)
    name = models.CharField(_("nom"), max_length=80)
    tagline = models.CharField(_("ce que vous faites, en une phrase"), max_length=160, blank=True)
    is_example = models.BooleanField(_("exemple du cours"), default=False)
    domain = models.CharField(
        _("nom de domaine propre"),
        max_length=120,
        blank=True,
        help_text=_("La vitrine est à la racine de ce domaine."),
    )

    legal_name = models.CharField(_("dénomination sociale"), max_length=120)
    legal_form = models.CharField(
        _("forme juridique"), max_length=20, choices=LegalForm, default=LegalForm.ASSOCIATION
    )
    siren = models.CharField(_("SIREN"), max_length=9, blank=True, validators=[validate_siren])
    rna = models.CharField(_("RNA"), max_length=10, blank=True, validators=[validate_rna])
    registration = models.CharField(_("RCS ou registre local"), max_length=120, blank=True)
    email = models.EmailField(_("adresse e-mail"))
    phone = models.CharField(_("téléphone"), max_length=30, blank=True, validators=[validate_phone])
    contact_person = models.CharField(_("personne à qui parler"), max_length=80, blank=True)
    contact_hours = models.CharField(_("heures d’accueil"), max_length=120, blank=True)

    publication_director = models.CharField(_("responsable de la publication"), max_length=80, blank=True)
    site_host = models.CharField(
        _("qui héberge ce site"),
        max_length=240,
        blank=True,
        help_text=_("Nom, adresse et téléphone, même si c’est vous (LCEN, article 1-1)."),
    )
    subprocessors_on = models.DateField(
        _("liste des sous-traitants à jour au"),
        null=True,
        blank=True,
        help_text=_("Une date dit aussi qu’une liste vide est voulue."),
    )

    vat_regime = models.CharField(
        _("régime de TVA"), max_length=20, choices=VatRegimes, default=VatRegimes.FRANCHISE
    )
    vat_number = models.CharField(_("numéro de TVA"), max_length=16, blank=True)
    company_size = models.CharField(
        _("taille de la structure"), max_length=6, choices=CompanySize, default=CompanySize.SMALL
    )
    vat_filing = models.CharField(
        _("déclaration de TVA"), max_length=10, choices=VatFiling, default=VatFiling.MONTHLY
    )
    platform_name = models.CharField(_("plateforme agréée"), max_length=120, blank=True)
    platform_on = models.DateField(_("plateforme choisie le"), null=True, blank=True)
    iban = models.CharField(_("IBAN"), max_length=34, blank=True)
    account_holder = models.CharField(_("titulaire du compte"), max_length=80, blank=True)
    sepa_ics = models.CharField(_("identifiant créancier SEPA (ICS)"), max_length=35, blank=True)
    debit_notice_days = models.PositiveSmallIntegerField(
        _("préavis d’un prélèvement (jours)"),
        default=14,
        help_text=_("Quatorze, sauf si vos conditions en disent moins."),
    )

    brand_color = models.CharField(
        _("couleur"),
        max_length=7,
        default="#1f6f5c",
        validators=[validate_color],
    )
    accent_color = models.CharField(
        _("seconde couleur"), max_length=7, blank=True, validators=[validate_color]
    )
    footer_text = models.CharField(_("mot du pied de page"), max_length=240, blank=True)
    logo = models.FileField(_("logo"), upload_to="logos", blank=True)

    quote_validity_days = models.PositiveSmallIntegerField(
        _("validité des devis (jours)"),
        default=60,
        help_text=_("Le temps d’une réunion de bureau ou de conseil d’administration."),
    )
    payment_days = models.PositiveSmallIntegerField(_("délai de paiement (jours)"), default=30)
    quote_prefix = models.CharField(_("préfixe des devis"), max_length=8, default="D")
    invoice_prefix = models.CharField(_("préfixe des factures"), max_length=8, default="F")
    stage_preset = models.CharField(
        _("vocabulaire commercial"), max_length=10, choices=StagePreset, default=StagePreset.PLAN
    )

    class Meta:
        verbose_name = _("hébergeur")
        verbose_name_plural = _("hébergeurs")
        constraints = [
            models.UniqueConstraint(
                fields=["domain"], condition=~models.Q(domain=""), name="one_hoster_per_domain"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def vat_policy(self) -> VatPolicy:
        """How this hoster charges VAT today, as the pricing engine wants it."""
        regime = VatRegime(self.vat_regime)
        return VatPolicy(regime=regime, rate=self._standard_rate() if self.charges_vat else Decimal(0))

    def clean(self) -> None:
        """A hoster charges VAT only where the dated table knows a rate (INV-19, INV-20: never a typed rate).

        Raises:
            ValidationError: in French, on the regime.
        """
        if self.charges_vat and not self._standard_rate():
            message = _("Aucun taux de TVA n’est connu pour cette adresse : choisissez un autre régime.")
            raise ValidationError({"vat_regime": message})

    def _standard_rate(self) -> Decimal:
        """The standard rate where the hoster is, today, in percent; 0 when the table has none."""
        if self.country != "FR":
            return Decimal(0)
        try:
            return rates(territory_of(self.postcode), timezone.localdate()).standard or Decimal(0)
        except UnknownRate:
            return Decimal(0)

    @property
    def charges_vat(self) -> bool:
        """Whether amounts may be called TTC (DEV-06: never that word without VAT)."""
        return self.vat_regime == VatRegime.LIABLE.value
