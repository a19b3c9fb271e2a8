"""Which way an invoice travels, and which sentences it prints, by regime and by profile (EIN-03, INV-12 to INV-18)."""

from datetime import date

import pytest

from billing.invoicing.gaps import gaps_of
from billing.invoicing.mentions import sentences_for
from billing.invoicing.profiles import Profile
from billing.invoicing.routes import route_of
from billing.models import InvoiceKind
from crm.models import Organization
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
    found = route_of(Hoster(vat_regime=regime), Organization(**HOME | client))
    assert found.route == route
    assert why in found.reason
    assert found.unsure == ("inconnu" in found.reason)


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
