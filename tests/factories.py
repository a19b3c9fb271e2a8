"""Plain functions that make what a test needs; each argument that matters is named by the test itself."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone
from django_scopes import scope

from billing.acceptance import Mandate, accept_quote, statement_of
from billing.documents import files
from billing.models import Acceptance, Document, Invoice, Quote, QuoteItem
from billing.quoting.drafts import start_draft, write_prices
from billing.quoting.online import QuoteRequest, request_quote
from crm.models import Contact
from crm.organizations import OrganizationDetails, PersonDetails
from hosters.charter import CHARTER
from hosters.models import (
    CharterCommitment,
    Hoster,
    Membership,
    Role,
    Statement,
    TermsKind,
    TermsVersion,
    User,
)
from hosters.terms import digest
from offers.models import (
    Competitor,
    Component,
    ComponentKind,
    CostLine,
    Evidence,
    GlossaryTerm,
    Need,
    Observation,
    Offer,
    OfferComponent,
    OfferStudy,
)
from offers.tariffs import publish_tariff, tariff_in_force
from offers.versions import publish_version
from pricing.engine import Selection

PASSWORD = "un mot de passe assez long"
_numbers = count(1)

PROMISE: dict[str, Any] = {
    "contact_person": "Noé",
    "contact_hours": "du lundi au jeudi",
    "availability_target": Decimal("99.5"),
    "backup_copies": 3,
    "backup_frequency": "chaque nuit",
    "data_place": "Lyon",
    "foreign_access": "Les machines sont à nous.",
    "why_paid": "Des personnes vous répondent.",
}

MARMULE: dict[str, Any] = {
    "metrics": [
        {
            "code": "users",
            "label": "Personnes",
            "unit": "personne",
            "units": "personnes",
            "minimum": "1",
            "default": "5",
        },
        {"code": "storage_gb", "label": "Espace commun", "unit": "Go", "minimum": "1", "default": "20"},
    ],
    "charges": [
        {"type": "flat", "label": "Pack de base", "price": "10.00"},
        {
            "type": "blocks",
            "label": "Personnes",
            "metric": "users",
            "included": "5",
            "size": "5",
            "price": "5.00",
        },
        {
            "type": "blocks",
            "label": "Espace",
            "metric": "storage_gb",
            "included": "20",
            "size": "10",
            "price": "5.00",
        },
    ],
    "setup_fee": "50.00",
    "membership": {"yearly": "20.00"},
}


def make_hoster(slug: str = "", *, terms: bool = True, **fields: Any) -> Hoster:
    """A hoster who charges 20 % VAT and published its terms, unless told otherwise."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "slug": slug or f"hebergeur-{number}",
        "name": f"Hébergeur {number}",
        "legal_name": f"Association Hébergeur {number}",
        "street": "1 rue du Chat",
        "postcode": "69001",
        "town": "Lyon",
        "email": f"bonjour@hebergeur-{number}.example",
        "vat_regime": "redevable",
        "vat_number": "FR40303265045",
        "siren": "303265045",
        "iban": "FR7630006000011234567890189",
        "phone": "04 00 00 00 00",
        "platform_name": "Une plateforme agréée",
        "publication_director": "Noé Martin",
        "site_host": f"Association Hébergeur {number}, 1 rue du Chat, 69001 Lyon, 04 00 00 00 00",
        "subprocessors_on": date(2026, 11, 1),
    }
    hoster = Hoster.objects.create(**values | fields)
    if terms:
        for kind in (TermsKind.SALE, TermsKind.PROCESSING):
            make_terms(hoster, kind)
    return hoster


def say_everything(hoster: Hoster) -> Hoster:
    """A hoster that may publish: nothing of its promise is missing."""
    Hoster.objects.filter(pk=hoster.pk).update(**PROMISE)
    Statement.objects.create(hoster=hoster, kind="limit", title="Fermé la nuit")
    for each in CHARTER:
        CharterCommitment.objects.create(hoster=hoster, code=each.code, status="no")
    hoster.refresh_from_db()
    return hoster


def make_staff(hoster: Hoster, role: Role = Role.ADMIN, email: str = "") -> User:
    """A person of a hoster's staff, whose password is `PASSWORD`."""
    user = User.objects.create_user(email or f"equipe-{next(_numbers)}@example.org", PASSWORD, name="Alix")
    Membership.objects.create(user=user, hoster=hoster, role=role)
    return user


def make_terms(
    hoster: Hoster, kind: TermsKind = TermsKind.SALE, text: str = "# Conditions\n\nSoyons clairs."
) -> TermsVersion:
    """A published version of a text."""
    with scope(hoster=hoster):
        number = TermsVersion.objects.filter(hoster=hoster, kind=kind).count() + 1
        return TermsVersion.objects.create(
            hoster=hoster, kind=kind, number=number, text=text, sha256=digest(text)
        )


def make_offer(hoster: Hoster, *, tariff: dict[str, Any] | None = None, **fields: Any) -> Offer:
    """A published offer with one component, sold at the Marmule's tariff unless told otherwise."""
    values: dict[str, Any] = {
        "slug": f"offre-{next(_numbers)}",
        "name": "Marmule",
        "audience": "Pour une association qui s’organise",
        "purpose": "Un seul endroit pour tout.",
        "export_formats": "fichiers tels quels",
        "state": Offer.State.PUBLISHED,
    }
    with scope(hoster=hoster):
        offer = Offer.objects.create(hoster=hoster, **values | fields)
        OfferComponent.objects.create(offer=offer, component=make_component(hoster))
        publish_tariff(offer=offer, definition=tariff or MARMULE)
        if offer.state == Offer.State.PUBLISHED:
            publish_version(offer=offer)
        return offer


def make_study(offer: Offer, words: str = "Nichoir") -> OfferStudy:
    """What a team notes about an offer, once of each: `words` wherever a person typed something.

    A competitor at 12,00 € a month for 17 people and 20 GB, 600,00 € of fixed costs this year and 30,00 € for
    each of 10 planned clients, an interview, and a word explained.
    """
    hoster, today = offer.hoster, timezone.localdate()
    with scope(hoster=hoster):
        competitor = Competitor.objects.create(hoster=hoster, name=words, remark=words)
        Observation.objects.create(
            competitor=competitor, offer=offer, amount=Decimal("12.00"), seen_on=today, note=words
        )
        costs = {"hoster": hoster, "year": today.year, "family": CostLine.Family.INFRASTRUCTURE}
        CostLine.objects.create(label=f"{words} serveur", amount=Decimal(600), **costs)
        CostLine.objects.create(label=f"{words} aide", amount=Decimal(30), nature="per_client", **costs)
        Evidence.objects.create(hoster=hoster, kind="interview", title=words, held_on=today, people=1)
        GlossaryTerm.objects.create(hoster=hoster, word=words, explanation=f"Ce que {words} veut dire.")
        return OfferStudy.objects.create(
            offer=offer, reference_people=17, reference_gb=20, planned_clients=10
        )


def make_component(hoster: Hoster, kind: ComponentKind = ComponentKind.PRODUIT, **fields: Any) -> Component:
    """A component that answers a need of its own."""
    number = next(_numbers)
    with scope(hoster=hoster):
        need = Need.objects.create(hoster=hoster, title=f"Partager ses documents {number}")
        values: dict[str, Any] = {
            "need": need,
            "slug": f"fichiers-{number}",
            "function": "Partager",
            "software": "Nextcloud",
        }
        return Component.objects.create(hoster=hoster, kind=kind, **values | fields)


def asking(offer: Offer, **changes: Any) -> QuoteRequest:
    """What a visitor asks: 12 people and 35 GB for « Les Amis du lavoir »."""
    version = tariff_in_force(offer)
    assert version is not None
    values: dict[str, Any] = {
        "offer": offer,
        "tariff_version": version,
        "selection": Selection({"users": Decimal(12), "storage_gb": Decimal(35)}),
        "organization": OrganizationDetails("Les Amis du lavoir", "3 place du Marché", "69003", "Lyon"),
        "person": PersonDetails("Dominique Petit", "dominique@lavoir.example", role="Trésorière", notice="…"),
        "message": "",
        "source": "",
        "key": uuid4(),
    }
    return QuoteRequest(**values | changes)


def make_quote(offer: Offer, **changes: Any) -> Quote:
    """An issued quote whose PDF is not made yet."""
    with scope(hoster=offer.hoster):
        return request_quote(hoster=offer.hoster, asked=asking(offer, **changes))


def make_draft(contact: Contact, **line: Any) -> Quote:
    """A draft with one line by hand: a day of training at 400 € unless told otherwise."""
    values: dict[str, Any] = {"label": "Formation", "unit": "jour", "unit_price": Decimal(400)}
    with scope(hoster=contact.organization.hoster):
        draft = start_draft(contact=contact)
        QuoteItem.objects.create(quote=draft, **values | line)
        write_prices(draft=draft)
        return Quote.objects.get(pk=draft.pk)


def make_file(document: Document, content: bytes = b"%PDF-1.7 essai %%EOF") -> Document:
    """Pretend that the worker made the file of a document."""
    with scope(hoster=document.hoster):
        files.store(document, content)
        Document.objects.filter(pk=document.pk).update(state=Document.State.DONE)
        document.refresh_from_db()
    return document


def make_acceptance(quote: Quote) -> Acceptance:
    """The quote accepted by the person who asked for it."""
    with scope(hoster=quote.hoster):
        make_file(quote.document)
        mandate = Mandate("Dominique Petit", "Trésorière", quote.contact.email, statement_of(quote))
        return accept_quote(quote=Quote.objects.get(pk=quote.pk), mandate=mandate)


def make_invoice(offer: Offer, **changes: Any) -> Invoice:
    """The first invoice of an accepted quote: 100 € of sales to a member; fees due the same day are another one."""
    usual = Selection({"users": Decimal(12), "storage_gb": Decimal(75)}, already_member=True)
    quote = make_quote(offer, **{"selection": usual} | changes)
    make_acceptance(quote)
    with scope(hoster=offer.hoster):
        return Invoice.objects.get(subscription__quote=quote, fees=False)


def make_fees(offer: Offer, **changes: Any) -> Invoice:
    """The membership fees of an association that has just accepted, on a document of their own."""
    quote = make_quote(offer, **changes)
    make_acceptance(quote)
    with scope(hoster=offer.hoster):
        return Invoice.objects.get(subscription__quote=quote, fees=True)


def days_ago(days: int) -> Any:
    """An instant in the past."""
    return timezone.now() - timedelta(days=days)
