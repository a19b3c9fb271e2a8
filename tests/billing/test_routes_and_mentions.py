"""Which way an invoice travels, and which sentences it prints, by regime and by profile (EIN-03, INV-12 to INV-18)."""

from datetime import date

import pytest

from billing.invoicing.gaps import gaps_of
from billing.invoicing.mentions import sentences_for
from billing.invoicing.profiles import Profile
from billing.invoicing.routes import route_of, told_route
from billing.models import Invoice, InvoiceKind
from billing.parties import buyer_of
from crm.models import Organization
from crm.organizations import OrganizationDetails, PersonDetails
from hosters.models import Hoster

HOME = {"name": "Le Lavoir", "street": "1 rue du Lac", "postcode": "69003", "town": "Lyon", "country": "FR"}
MATRIX = [
    ("redevable", {"legal_form": "association", "vat_status": "final"}, "B2C", "non assujettie"),
    ("redevable", {"legal_form": "association", "vat_status": ""}, "B2C", "inconnu"),
    ("franchise_293b", {"legal_form": "association", "vat_status": "base"}, "B2B", "même en franchise"),
    ("redevable", {"legal_form": "local_law", "vat_status": "recovers"}, "B2B", "assujettie"),
    ("franchise_293b", {"legal_form": "company"}, "B2B", "plateforme agréée"),
    ("redevable", {"legal_form": "public"}, "B2G", "Chorus Pro"),
    ("redevable", {"legal_form": "person"}, "B2C", "Particulier"),
    ("redevable", {"legal_form": "informal"}, "B2C", "Particulier"),
    ("redevable", {"legal_form": "company", "country": "BE"}, "B2BINT", "hors de France"),
    ("redevable", {"legal_form": "association", "country": "CH"}, "B2CINT", "non assujetti"),
    ("exonere_261_7", {"legal_form": "company"}, "OUTOFSCOPE", "exonérées"),
    ("non_assujetti", {"legal_form": "public"}, "OUTOFSCOPE", "hors champ"),
]


@pytest.mark.parametrize(("regime", "client", "route", "why"), MATRIX)
def test_route_follows_the_status_of_both(regime: str, client: dict[str, str], route: str, why: str) -> None:
    """ASS-02, ASS-06: without a SIREN an association is no business; a public body has its own way."""
    found = route_of(Hoster(vat_regime=regime), Organization(**HOME | client))
    assert found.route == route
    assert why in found.reason
    assert found.unsure == ("inconnu" in found.reason)


def test_an_issued_invoice_tells_its_route_with_its_reason() -> None:
    """EIN-03: what is frozen is the route; a client that changed since is said as such."""
    lavoir = Organization(**HOME, legal_form="association", vat_status="final")
    issued = Invoice(hoster=Hoster(vat_regime="redevable"), organization=lavoir, route="B2C")
    told = told_route(issued)
    assert told and (told.route, "non assujettie" in told.reason) == ("B2C", True)

    lavoir.vat_status = "recovers"
    told = told_route(issued)
    assert told and told.route == "B2C"
    assert "ce serait : facture électronique" in told.reason.replace("\u00a0", " ")

    assert told_route(Invoice(hoster=issued.hoster, organization=lavoir, route="")) is None


@pytest.mark.parametrize(
    ("profile", "codes"),
    [
        (Profile.ASSOCIATION, ["AAB"]),
        (Profile.PERSON, ["AAB"]),
        (Profile.COMPANY, ["AAB", "PMD", "PMT"]),
        (Profile.PUBLIC, ["AAB", "PMD", "PMT"]),
    ],
)
def test_penalties_are_for_professionals_only(profile: Profile, codes: list[str]) -> None:
    found = sentences_for(profile, kind=InvoiceKind.INVOICE, on=date(2026, 11, 22))
    assert [each["code"] for each in found] == codes
    assert sentences_for(profile, kind=InvoiceKind.CREDIT_NOTE, on=date(2026, 11, 22)) == []


def test_public_and_company_do_not_have_the_same_rate() -> None:
    """INV-14, DUE-02: a rate without a figure follows each semester by itself."""
    public, company = (
        " ".join(
            each["text"] for each in sentences_for(profile, kind=InvoiceKind.INVOICE, on=date(2026, 11, 22))
        )
        for profile in (Profile.PUBLIC, Profile.COMPANY)
    )
    assert "8 points" in public
    assert "10 points" in company


@pytest.mark.parametrize(
    ("client", "blocking"),
    [
        ({"vat_status": "final"}, []),
        ({"legal_form": "company"}, ["SIREN du client"]),
        ({"legal_form": "public"}, ["SIRET du client"]),
        ({"street": ""}, ["adresse du client"]),
        ({"country": "DE", "legal_form": "company"}, ["numéro de TVA du client"]),
        ({"country": "CH"}, ["avec votre comptable"]),
    ],
)
def test_what_is_missing_is_said_with_the_page_that_mends_it(
    client: dict[str, str], blocking: list[str], artifaille: Hoster
) -> None:
    organization = Organization.objects.create(hoster=artifaille, **HOME | client)
    found = [gap for gap in gaps_of(artifaille, organization) if gap.blocking]
    assert len(found) == len(blocking)
    for gap, words in zip(found, blocking, strict=True):
        assert words in gap.text
        assert str(organization.pk) in gap.url


@pytest.mark.parametrize(
    ("siren", "rna", "printed"),
    [
        ("303265045", "W691000000", ["SIREN 303 265 045", "RNA W691000000"]),
        ("", "W691000000", ["RNA W691000000"]),
        ("", "", []),
    ],
)
def test_association_is_named_by_what_it_has(siren: str, rna: str, printed: list[str]) -> None:
    """ASS-02, ASS-01: its SIREN first, else its RNA, else nothing; none is needed to be invoiced."""
    details = OrganizationDetails("Le Lavoir", "1 rue du Lac", "69003", "Lyon", rna=rna, siren=siren)
    person = PersonDetails("Ana", "ana@lavoir.example", notice="")
    assert [" ".join(each.split()) for each in buyer_of(details, person).mentions] == printed
