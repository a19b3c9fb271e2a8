"""Two hosters with one object of everything each, and words that must never be read by somebody else."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from django.test import Client
from django_scopes import scope

from billing.access_links import mint_link
from billing.models import AccessLink, Invoice, Quote, Termination
from billing.terminations import Notice, receive_termination
from crm.organizations import OrganizationDetails, PersonDetails
from hosters.models import Hoster, Role, User
from offers.models import Offer, Range
from tests.factories import make_file, make_hoster, make_invoice, make_offer, make_staff
from tests.routes import Route

Purpose = AccessLink.Purpose
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Association:
    """What one association has at a hoster. `canary` is in its name, its people and its message."""

    canary: str
    invoice: Invoice
    quote: Quote
    read: str
    decide: str
    space: str
    termination: Termination


@dataclass(frozen=True)
class Tenant:
    """A hoster, its staff by role, its offer, and two associations that ignore each other."""

    canary: str
    hoster: Hoster
    staff: dict[str, User]
    offer: Offer
    association: Association
    neighbour: Association

    def url(self, route: Route, arguments: dict[str, object]) -> str:
        """The address of a route below the prefix of this hoster."""
        path = route.path
        for name in route.arguments:
            start = path.index("<")
            end = path.index(">") + 1
            assert name in path[start:end]
            path = path[:start] + str(arguments[name]) + path[end:]
        return f"/chez/{self.hoster.slug}{path}"


OF_A_TARIFF = [
    f"staff:offer_tariff{page}"
    for page in ("", "_shapes", "_draft", "_text", "_preview", "_discard", "_publish", "_version", "_restart")
]

#: What each captured argument is, for the routes that have some. A new route must say it here.
ARGUMENTS: dict[str, Callable[[Tenant, Association], dict[str, object]]] = {
    "storefront:offer": lambda tenant, asking: {"slug": tenant.offer.slug},
    "storefront:range": lambda tenant, asking: {"slug": f"gamme-{tenant.hoster.slug}"},
    "storefront:departure": lambda tenant, asking: {"slug": tenant.offer.slug},
    "storefront:ask": lambda tenant, asking: {"slug": tenant.offer.slug},
    "storefront:quote": lambda tenant, asking: {"token": asking.read},
    "storefront:quote_pdf": lambda tenant, asking: {"token": asking.read},
    "storefront:accept": lambda tenant, asking: {"token": asking.decide},
    **dict.fromkeys(OF_A_TARIFF, lambda tenant, asking: {"slug": tenant.offer.slug, "number": 1}),
    "portal:document": lambda tenant, asking: {"pk": asking.invoice.document_id},
    "portal:enter": lambda tenant, asking: {"token": asking.space},
    "staff:close_request": lambda tenant, asking: {"pk": asking.quote.organization.requests.get().pk},
    "staff:close_termination": lambda tenant, asking: {"pk": asking.termination.pk},
    "staff:organization": lambda tenant, asking: {"pk": asking.quote.organization_id},
    "staff:retry_mail": lambda tenant, asking: {"pk": asking.quote.hoster.mails.earliest("pk").pk},
    "staff:quote": lambda tenant, asking: {"pk": asking.quote.pk},
    "staff:invoice": lambda tenant, asking: {"pk": asking.invoice.pk},
    "staff:document": lambda tenant, asking: {"pk": asking.invoice.document_id},
    "staff:retry_document": lambda tenant, asking: {"pk": asking.invoice.document_id},
}
UNKNOWN: dict[str, object] = {
    "pk": 999_999_999,
    "slug": "offre-inconnue",
    "number": 999_999_999,
    "token": "j" * 43,
}


def arguments_of(route: Route, tenant: Tenant, association: Association) -> dict[str, object]:
    with scope(hoster=tenant.hoster):
        return ARGUMENTS[route.name](tenant, association) if route.arguments else {}


def make_tenant(slug: str) -> Tenant:
    """Everything that a hoster has, with the canary `CANARI<slug>` wherever a person typed something."""
    hoster = make_hoster(slug)
    canary = f"CANARI{slug}"
    with scope(hoster=hoster):
        range = Range.objects.create(hoster=hoster, slug=f"gamme-{slug}", name=f"{canary} gamme")
    offer = make_offer(hoster, name=f"{canary} offre", slug=f"offre-{slug}", range=range)
    return Tenant(
        canary=canary,
        hoster=hoster,
        staff={role.value: make_staff(hoster, role, f"{role.value}@{slug}.example") for role in Role},
        offer=offer,
        association=_association(hoster, offer, f"{canary}nous"),
        neighbour=_association(hoster, offer, f"{canary}voisins"),
    )


def _association(hoster: Hoster, offer: Offer, canary: str) -> Association:
    invoice = make_invoice(
        offer,
        organization=OrganizationDetails(canary, f"1 rue {canary}", "69003", canary),
        person=PersonDetails(canary, f"{canary.lower()}@example.org", role=canary, notice="…"),
        message=f"Bonjour de {canary}",
    )
    with scope(hoster=hoster):
        make_file(invoice.document, f"%PDF-1.7 {canary} %%EOF".encode())
        quote = invoice.subscription.quote
        tokens = {
            purpose: mint_link(purpose=purpose, contact=quote.contact, quote=quote) for purpose in Purpose
        }
        notice = Notice(canary, quote.contact.email, quote.number, None, canary, uuid4())
        termination = receive_termination(hoster=hoster, notice=notice)
    return Association(canary, invoice, quote, *(tokens[purpose] for purpose in Purpose), termination)


def as_staff(user: User, *, enforce_csrf_checks: bool = False) -> Client:
    client = Client(enforce_csrf_checks=enforce_csrf_checks)
    client.force_login(user, backend=BACKEND)
    return client


def as_association(tenant: Tenant, association: Association) -> Client:
    """A browser in which the space of this association was opened by its link."""
    client = Client()
    assert client.get(f"/chez/{tenant.hoster.slug}/espace/lien/{association.space}/").status_code == 302
    return client
