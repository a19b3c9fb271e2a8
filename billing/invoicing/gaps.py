"""What is missing before an invoice can be issued, each with the page that mends it (PEN-01: before, not after)."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from billing.invoicing.profiles import Profile, Zone, profile_of, zone_of
from billing.invoicing.routes import Route, route_of
from crm.models import Organization
from hosters.models import Hoster


@dataclass(frozen=True)
class Gap:
    """`blocking`: the law wants it on the document, so that nothing is issued without it."""

    text: str
    url: str
    blocking: bool = True


def gaps_of(hoster: Hoster, organization: Organization) -> list[Gap]:
    """Everything that is missing for an invoice of this hoster to this client, what blocks first."""
    found = [*_of_seller(hoster), *_of_buyer(hoster, organization)]
    return sorted(found, key=lambda gap: not gap.blocking)


def _of_seller(hoster: Hoster) -> list[Gap]:
    """Name, SIREN, address, VAT number (CGI ann. II, 242 nonies A, I, 1° and 2°)."""
    identity, billing = reverse("staff:settings_identity"), reverse("staff:settings_billing")
    found = []
    if not (hoster.legal_name and hoster.street and hoster.town):
        found.append(Gap(_("votre dénomination et votre adresse"), identity))
    if hoster.charges_vat and not hoster.siren:
        found.append(Gap(_("votre SIREN"), identity))
    if hoster.charges_vat and not hoster.vat_number:
        found.append(Gap(_("votre numéro de TVA"), billing))
    if not hoster.iban:
        found.append(
            Gap(_("votre IBAN : sans lui, la facture ne dit pas comment payer"), billing, blocking=False)
        )
    return found


def _of_buyer(hoster: Hoster, organization: Organization) -> list[Gap]:
    page, routed = (
        reverse("staff:organization_edit", kwargs={"pk": organization.pk}),
        route_of(hoster, organization),
    )
    found = []
    if not (organization.street and organization.postcode and organization.town):
        found.append(Gap(_("l’adresse du client"), page))
    if routed.route == Route.B2B and not organization.siren:
        found.append(Gap(_("le SIREN du client : une facture électronique le porte"), page))
    if routed.route == Route.B2G and not organization.siret:
        found.append(Gap(_("le SIRET du client public : Chorus Pro le demande"), page))
    if hoster.charges_vat and zone_of(organization.country) != Zone.FRANCE:
        found.append(_abroad(organization, page))
    if routed.unsure:
        found.append(Gap(_("le statut de TVA du client"), page, blocking=False))
    return found


def _abroad(organization: Organization, page: str) -> Gap:
    """VAT of a client abroad is never charged by guess (INV-19, INV-20)."""
    if profile_of(organization) == Profile.COMPANY and not organization.vat_number:
        return Gap(_("le numéro de TVA du client : sans lui, la TVA de l’opération n’est pas sûre"), page)
    return Gap(
        _(
            "la TVA d’un client hors de France : à décider avec votre comptable, puis facturer hors de Chatière"
        ),
        page,
    )
