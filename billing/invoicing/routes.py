"""Which way an invoice travels since the reform: decided by the VAT status of both parties, told with its reason."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.invoicing.profiles import Profile, Zone, profile_of, zone_of
from billing.models import Invoice
from crm.models import Organization
from crm.models.profile import VatStatus
from hosters.models import Hoster
from pricing.dates import date_format
from pricing.engine import VatRegime


class Route(models.TextChoices):
    """The ways of the reform; those to a public client go through Chorus Pro."""

    B2B = "B2B", gettext_lazy("facture électronique")
    B2G = "B2G", gettext_lazy("Chorus Pro")
    B2C = "B2C", gettext_lazy("e-reporting")
    B2BINT = "B2BINT", gettext_lazy("e-reporting, professionnel à l’étranger")
    B2CINT = "B2CINT", gettext_lazy("e-reporting, particulier à l’étranger")
    OUT_OF_SCOPE = "OUTOFSCOPE", gettext_lazy("hors du dispositif")

    @property
    def on_platform(self) -> str:
        """The code of the note BAR (BR-FR-20): for platforms, a public client is a business."""
        return Route.B2B.value if self is Route.B2G else self.value


@dataclass(frozen=True)
class Routed:
    """`unsure`: a question to the client would settle it."""

    route: Route
    reason: str
    unsure: bool = False


#: Sellers whose sales are all exempted by articles 261 to 261 E, or out of scope (EIN-10).
NOT_CONCERNED = {VatRegime.EXEMPT.value, VatRegime.NOT_TAXABLE.value}
#: A taxable association receives electronic invoices, in franchise too (EIN-03).
TAXABLE = {VatStatus.RECOVERS, VatStatus.PARTLY, VatStatus.BASE}


def route_of_fees() -> Routed:
    """Membership fees outside VAT are no sale (EIN-10, CGI 256)."""
    why = _("Cotisation hors du champ de la TVA : ni facture électronique ni e-reporting.")
    return Routed(Route.OUT_OF_SCOPE, why)


def route_of(hoster: Hoster, organization: Organization) -> Routed:
    """The route of an invoice of this hoster to this client today (EIN-03, EIN-04, EIN-10, EIN-12)."""
    if hoster.vat_regime in NOT_CONCERNED:
        why = _(
            "Vos ventes sont exonérées ou hors champ : ni facture électronique ni e-reporting (CGI, 289 bis)."
        )
        return Routed(Route.OUT_OF_SCOPE, why)
    profile = profile_of(organization)
    if zone_of(organization.country) != Zone.FRANCE:
        return _abroad(organization, profile)
    if profile == Profile.PUBLIC:
        why = _("Client public : la facture se dépose sur Chorus Pro, quelle que soit votre taille.")
        return Routed(Route.B2G, why)
    if profile == Profile.COMPANY and organization.directory_absent:
        return _absent(organization)
    if profile == Profile.COMPANY:
        why = _("Client assujetti à la TVA : la facture passe par une plateforme agréée (CGI, 289 bis).")
        return Routed(Route.B2B, why)
    if profile == Profile.PERSON:
        return Routed(
            Route.B2C, _("Particulier : PDF par tout moyen, et total du jour en e-reporting (CGI, 290).")
        )
    return _association(organization)


def told_route(invoice: Invoice) -> Routed | None:
    """The route that an invoice took when it was issued, with its reason; None for one of before the reform's tables.

    The facts that decided are not frozen with it: when those of today lead elsewhere, that is what is said.
    """
    if invoice.route not in Route.values:
        return None
    today = route_of_fees() if invoice.fees else route_of(invoice.hoster, invoice.organization)
    if today.route == invoice.route:
        return today
    why = _("Décidé le jour de l’émission. Avec ce que vous savez aujourd’hui, ce serait : %(route)s.")
    return Routed(Route(invoice.route), why % {"route": today.route.label})


def _association(organization: Organization) -> Routed:
    """The VAT status decides, not the SIRET (EIN-03)."""
    if organization.vat_status in TAXABLE and organization.directory_absent:
        return _absent(organization)
    if organization.vat_status in TAXABLE:
        why = _(
            "Association assujettie à la TVA : la facture passe par une plateforme agréée, même en franchise."
        )
        return Routed(Route.B2B, why)
    if organization.vat_status == VatStatus.FINAL:
        why = _("Association non assujettie : PDF par tout moyen, et total du jour en e-reporting.")
        return Routed(Route.B2C, why)
    why = _(
        "Statut de TVA inconnu : traitée comme non assujettie, le cas courant. Demandez-le-lui pour en être sûr."
    )
    return Routed(Route.B2C, why, unsure=True)


def _absent(organization: Organization) -> Routed:
    """A taxable client whom the directory does not know: no sanction, reported as if it were not taxable (EIN-04;
    BOI-TVA-DECLA-20-30-50-10, § 100)."""
    day = date_format(organization.directory_checked_on) if organization.directory_checked_on else "–"
    why = _(
        "Client assujetti, absent de l’annuaire le %(day)s : PDF par tout moyen, et total du jour en e-reporting. "
        "Consultez l’annuaire de nouveau de temps en temps."
    )
    return Routed(Route.B2C, why % {"day": day})


def _abroad(organization: Organization, profile: Profile) -> Routed:
    if profile in (Profile.COMPANY, Profile.PUBLIC) or organization.vat_number:
        return Routed(
            Route.B2BINT, _("Client assujetti hors de France : PDF, et opération en e-reporting (CGI, 290).")
        )
    return Routed(
        Route.B2CINT, _("Client non assujetti hors de France : PDF, et total du jour en e-reporting.")
    )
