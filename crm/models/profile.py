from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hosters.identifiers import validate_siret, validate_vat_number


class LegalForm(models.TextChoices):
    """What kind of body it is (002-141)."""

    ASSOCIATION = "association", _("association loi 1901")
    LOCAL_LAW = "local_law", _("association de droit local (Alsace-Moselle)")
    COOPERATIVE = "cooperative", _("coopérative (SCIC, SCOP)")
    PUBLIC = "public", _("collectivité ou établissement public")
    COMPANY = "company", _("entreprise")
    INFORMAL = "informal", _("collectif sans statut")
    PERSON = "person", _("particulier")
    OTHER = "other", _("autre")


class VatStatus(models.TextChoices):
    """Whether it gets the VAT back: what decides how a price is read (contradiction C10), and whether it is taxable:
    what decides which way its invoices travel (EIN-03)."""

    UNKNOWN = "", _("on ne sait pas")
    FINAL = "final", _("non assujettie : ne récupère pas la TVA")
    BASE = "base", _("assujettie, en franchise de TVA")
    RECOVERS = "recovers", _("récupère la TVA")
    PARTLY = "partly", _("en récupère une partie")


class Maturity(models.TextChoices):
    """How far it is in its own project (003-040)."""

    UNKNOWN = "", _("on ne sait pas")
    STARTING = "starting", _("amorçage")
    GROWING = "growing", _("croissance")
    SCALING = "scaling", _("mise à l’échelle")


class Origin(models.TextChoices):
    """Who took the first step (002-196)."""

    INBOUND = "inbound", _("elle est venue à nous")
    OUTBOUND = "outbound", _("nous sommes allés la voir")


class OrganizationProfile(models.Model):
    """What is known of an organisation beyond its name and address; everything may be unknown.

    `territory` is the département (or country) computed from the postcode; `folded` and `name_key` are computed from
    the name and the town (`crm.folding`), for search and for duplicates. `service_code` names the service of a public
    body that its invoices are for (Chorus Pro, EN 16931 BT-10); `delivery_*` is where objects are handed over, when it
    is not its address (INV-15); `directory_*` what the directory of the reform says of it (EIN-04); `merged_into` the
    row that replaced this one; `lapsed_on` the day the last contract ended; `knowing_at` the last knowing action
    (request, reply, appointment), which alone makes it warm (contradiction C3).
    """

    legal_form = models.CharField(_("forme juridique"), max_length=12, choices=LegalForm, blank=True)
    siret = models.CharField(_("SIRET"), max_length=14, blank=True, validators=[validate_siret])
    service_code = models.CharField(_("code service"), max_length=100, blank=True)
    delivery_street = models.CharField(_("rue de livraison"), max_length=200, blank=True)
    delivery_postcode = models.CharField(_("code postal de livraison"), max_length=10, blank=True)
    delivery_town = models.CharField(_("ville de livraison"), max_length=80, blank=True)
    volunteers = models.PositiveIntegerField(_("bénévoles"), null=True, blank=True)
    employees = models.PositiveIntegerField(_("salarié·es"), null=True, blank=True)
    accounts = models.PositiveIntegerField(_("comptes à ouvrir"), null=True, blank=True)
    vat_status = models.CharField(_("TVA"), max_length=8, choices=VatStatus, blank=True)
    vat_number = models.CharField(
        _("numéro de TVA"), max_length=16, blank=True, validators=[validate_vat_number]
    )
    directory_absent = models.BooleanField(
        _("absente de l’annuaire de la facture électronique"), default=False
    )
    directory_checked_on = models.DateField(_("annuaire consulté le"), null=True, blank=True)
    maturity = models.CharField(_("maturité"), max_length=8, choices=Maturity, blank=True)
    origin = models.CharField(
        _("premier pas"), max_length=8, choices=Origin, default=Origin.INBOUND, blank=True
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("suivie par"),
    )
    note = models.TextField(_("à savoir"), max_length=2000, blank=True)
    do_not_contact = models.BooleanField(_("ne plus contacter"), default=False)
    unscored = models.BooleanField(_("pas de note, à sa demande"), default=False)
    score = models.PositiveSmallIntegerField(_("note"), null=True, blank=True)
    qualified = models.BooleanField(_("qualifiée"), default=False)
    knowing_at = models.DateTimeField(_("dernière action de sa part"), null=True, blank=True)
    lapsed_on = models.DateField(_("contrat terminé le"), null=True, blank=True)

    territory = models.CharField(_("territoire"), max_length=3, blank=True)
    folded = models.CharField(max_length=240, blank=True, editable=False)
    name_key = models.CharField(max_length=120, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="absorbed"
    )

    class Meta:
        abstract = True
