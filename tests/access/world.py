"""Two hosters with one object of everything each, and words that must never be read by somebody else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from django.core import signing
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from billing.access_links import mint_link
from billing.board.ballot_links import mint_ballot_link
from billing.board.decisions import Decided, Mandated, record_decision
from billing.board.extensions import ask_extension
from billing.board.links import make_link
from billing.board.meetings import plan_meeting
from billing.board.minutes import Minutes
from billing.board.votes import Asked, Member, cast_ballot, close_vote, open_vote
from billing.brief_drafts import start_draft, token_of
from billing.models import (
    AccessLink,
    BoardDecision,
    BoardLink,
    BoardVote,
    Invoice,
    Quote,
    Satisfaction,
    SupportAllowance,
    SupportTime,
    Termination,
    ValidityExtension,
)
from billing.satisfaction import SALT
from billing.signed_scans import Scan, keep_scan
from billing.subscriptions.terminations import Notice, receive_termination
from billing.support import record_time
from crm.importing.files import drop_file
from crm.organizations import OrganizationDetails, PersonDetails
from funnel.models import FunnelDefinition, HandCount
from hosters.models import Hoster, Role, SettingChange, Statement, TermsVersion, User
from offers.models import Component, Generation, Need, Offer, Range
from tests.access.briefs import BRIEF_ARGUMENTS, leave_need
from tests.access.deliveries import OF_A_DELIVERY, leave_delivery
from tests.access.invoices import INVOICE_ARGUMENTS, leave_invoice_draft
from tests.access.route_groups import (
    OF_A_COMPONENT,
    OF_A_DRAFT,
    OF_A_NEED,
    OF_A_PERSON,
    OF_A_QUOTE,
    OF_A_RANGE,
    OF_A_REQUEST,
    OF_A_SUBSCRIPTION,
    OF_A_TARIFF,
    OF_AN_IMPORT,
    OF_AN_ITEM,
    OF_AN_OFFER,
    OF_CLAUSES,
    OF_CLAUSES_OF_AN_OFFER,
    OF_TERMS,
)
from tests.accounts import ACCOUNTS_ARGUMENTS, keep_accounts
from tests.factories import (
    make_acceptance,
    make_draft,
    make_file,
    make_hoster,
    make_offer,
    make_quote,
    make_staff,
    make_study,
    make_terms,
)
from tests.leaving import LEAVING_ARGUMENTS, leave
from tests.money import MONEY_ARGUMENTS, Money, make_money
from tests.relations import OF_A_DEAL, OF_AN_ORGANIZATION, follow_people
from tests.routes import Route
from tests.writing import WRITING_ARGUMENTS, write_to_people

Purpose = AccessLink.Purpose
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Board:
    """What the board of an association left: a link, a vote with its member's secret, a decision with its minutes."""

    link: BoardLink
    vote: BoardVote
    ballot: str
    decision: BoardDecision
    extension: ValidityExtension


@dataclass(frozen=True)
class Association:
    """What one association has at a hoster. `canary` is in its name, its people and its message."""

    canary: str
    invoice: Invoice
    quote: Quote
    draft: Quote
    read: str
    decide: str
    space: str
    termination: Termination
    board: Board
    support_time: SupportTime
    brief: str
    money: Money


@dataclass(frozen=True)
class Tenant:
    """A hoster, its staff by role, its offer, and two associations that ignore each other."""

    canary: str
    hoster: Hoster
    staff: dict[str, User]
    offer: Offer
    terms: TermsVersion
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


#: What each captured argument is, for the routes that have some. A new route must say it here.
ARGUMENTS: dict[str, Callable[[Tenant, Association], dict[str, object]]] = {
    "storefront:offer": lambda tenant, asking: {"slug": tenant.offer.slug},
    "storefront:range": lambda tenant, asking: {"slug": f"gamme-{tenant.hoster.slug}"},
    "storefront:chatons_service": lambda tenant, asking: {"slug": tenant.offer.slug},
    "storefront:departure": lambda tenant, asking: {"slug": tenant.offer.slug},
    "storefront:ask": lambda tenant, asking: {"slug": tenant.offer.slug},
    "storefront:quote": lambda tenant, asking: {"token": asking.read},
    "storefront:quote_pdf": lambda tenant, asking: {"token": asking.read},
    **dict.fromkeys(
        [
            f"storefront:board{page}"
            for page in ("", "_links", "_meeting", "_extension", "_decision", "_new_vote")
        ],
        lambda tenant, asking: {"token": asking.decide},
    ),
    **dict.fromkeys(
        [f"storefront:board_summary{page}" for page in ("", "_complete", "_pdf")],
        lambda tenant, asking: {"token": asking.decide},
    ),
    "storefront:board_link_revoke": lambda tenant, asking: {
        "token": asking.decide,
        "pk": asking.board.link.pk,
    },
    "storefront:board_minutes": lambda tenant, asking: {
        "token": asking.decide,
        "pk": asking.board.decision.pk,
    },
    **dict.fromkeys(
        [f"storefront:board_vote{page}" for page in ("", "_close", "_cancel")],
        lambda tenant, asking: {"token": asking.decide, "pk": asking.board.vote.pk},
    ),
    "storefront:ballot": lambda tenant, asking: {"token": asking.board.ballot},
    "storefront:ballot_quote_pdf": lambda tenant, asking: {"token": asking.board.ballot},
    "staff:grant_extension": lambda tenant, asking: {"pk": asking.board.extension.pk},
    "staff:minutes": lambda tenant, asking: {"pk": asking.board.decision.pk},
    **dict.fromkeys(
        [f"storefront:quote_{act}" for act in ("opened", "options", "change", "decline", "renew")],
        lambda tenant, asking: {"token": asking.decide},
    ),
    "storefront:accept": lambda tenant, asking: {"token": asking.decide},
    "storefront:signature": lambda tenant, asking: {"token": asking.decide},
    "storefront:terms_version": lambda tenant, asking: {"kind": "cgv", "number": tenant.terms.number},
    **dict.fromkeys(OF_TERMS, lambda tenant, asking: {"kind": "cgv"}),
    **dict.fromkeys(OF_CLAUSES, lambda tenant, asking: {"code": "penalites"}),
    **dict.fromkeys(
        OF_CLAUSES_OF_AN_OFFER, lambda tenant, asking: {"slug": tenant.offer.slug, "code": "penalites"}
    ),
    **dict.fromkeys(OF_A_NEED, lambda tenant, asking: {"pk": component_of(tenant).need_id}),
    **dict.fromkeys(OF_A_COMPONENT, lambda tenant, asking: {"pk": component_of(tenant).pk}),
    **dict.fromkeys(OF_A_RANGE, lambda tenant, asking: {"pk": tenant.offer.range_id}),
    "staff:undo_generation": lambda tenant, asking: {"pk": tenant.hoster.generations.get().pk},
    "staff:offer_place": lambda tenant, asking: {"slug": tenant.offer.slug},
    **dict.fromkeys(
        [*OF_A_TARIFF, *OF_AN_OFFER], lambda tenant, asking: {"slug": tenant.offer.slug, "number": 1}
    ),
    "portal:enter": lambda tenant, asking: {"token": asking.space},
    **dict.fromkeys(
        ("staff:settings_role", "staff:settings_remove_member"),
        lambda tenant, asking: {"pk": tenant.hoster.memberships.get(user__email__startswith="partante").pk},
    ),
    "staff:price_study": lambda tenant, asking: {"slug": tenant.offer.slug},
    **dict.fromkeys(
        ["staff:record", "staff:delete_record"],
        lambda tenant, asking: {"kind": "concurrent", "pk": tenant.hoster.competitors.get().pk},
    ),
    **dict.fromkeys(
        ["staff:funnel_edit", "staff:funnel_up", "staff:funnel_erase"],
        lambda tenant, asking: {"pk": tenant.hoster.funnels.get().pk},
    ),
    "staff:funnel_erase_count": lambda tenant, asking: {"pk": tenant.hoster.hand_counts.get().pk},
    **dict.fromkeys(
        ["storefront:satisfaction", "storefront:satisfaction_refuse"],
        lambda tenant, asking: {
            "token": signing.dumps(asking.invoice.subscription.satisfaction.pk, salt=SALT)
        },
    ),
    **dict.fromkeys(OF_A_REQUEST, lambda tenant, asking: {"pk": asking.quote.organization.requests.get().pk}),
    **LEAVING_ARGUMENTS,
    **dict.fromkeys(OF_AN_ORGANIZATION, lambda tenant, asking: {"pk": asking.quote.organization_id}),
    **dict.fromkeys(
        OF_A_DEAL, lambda tenant, asking: {"pk": asking.quote.organization.opportunities.get().pk}
    ),
    **dict.fromkeys(
        ("staff:follow_up_done", "staff:follow_up_later"),
        lambda tenant, asking: {"pk": asking.quote.organization.follow_ups.get().pk},
    ),
    **dict.fromkeys(
        ("staff:settings_criterion", "staff:settings_delete_criterion"),
        lambda tenant, asking: {"pk": tenant.hoster.criteria.get().pk},
    ),
    "staff:organization_forget_filter": lambda tenant, asking: {"pk": tenant.hoster.saved_filters.get().pk},
    "staff:undo_merge": lambda tenant, asking: {"pk": tenant.hoster.merges.get().pk},
    **dict.fromkeys(OF_A_PERSON, lambda tenant, asking: {"pk": asking.quote.contact_id}),
    **WRITING_ARGUMENTS,
    **ACCOUNTS_ARGUMENTS,
    **dict.fromkeys(OF_AN_IMPORT, lambda tenant, asking: {"pk": tenant.hoster.contact_imports.get().pk}),
    "staff:retry_mail": lambda tenant, asking: {"pk": asking.quote.hoster.mails.earliest("pk").pk},
    **dict.fromkeys(OF_A_QUOTE, lambda tenant, asking: {"pk": asking.quote.pk}),
    **dict.fromkeys(OF_A_DRAFT, lambda tenant, asking: {"pk": asking.draft.pk}),
    **dict.fromkeys(
        OF_AN_ITEM, lambda tenant, asking: {"pk": asking.draft.pk, "item": asking.draft.items.get().pk}
    ),
    **MONEY_ARGUMENTS,
    **INVOICE_ARGUMENTS,
    "staff:document": lambda tenant, asking: {"pk": asking.invoice.document_id},
    "staff:retry_document": lambda tenant, asking: {"pk": asking.invoice.document_id},
    "staff:people": lambda tenant, asking: {"pk": asking.quote.organization_id},
    **dict.fromkeys(OF_A_SUBSCRIPTION, lambda tenant, asking: {"pk": asking.invoice.subscription_id}),
    "staff:cancel_support_time": lambda tenant, asking: {"pk": asking.support_time.pk},
    **dict.fromkeys(OF_A_DELIVERY, lambda tenant, asking: {"pk": asking.quote.deliveries.earliest("pk").pk}),
    "portal:decide_link": lambda tenant, asking: {"pk": asking.quote.pk},
    **BRIEF_ARGUMENTS,
}
UNKNOWN: dict[str, object] = {
    **dict.fromkeys(("guide", "item", "row"), 999_999_999),
    "year": 9999,
    "pk": 999_999_999,
    "slug": "offre-inconnue",
    "number": 999_999_999,
    "token": "j" * 43,
    "kind": "inconnu",
    "code": "clause-inconnue",
    "part": "partie-inconnue",
}


def component_of(tenant: Tenant) -> Component:
    return tenant.offer.parts.select_related("component").get().component


def arguments_of(route: Route, tenant: Tenant, association: Association) -> dict[str, object]:
    with scope(hoster=tenant.hoster):
        return ARGUMENTS[route.name](tenant, association) if route.arguments else {}


def make_tenant(slug: str) -> Tenant:
    """Everything that a hoster has, with the canary `CANARI<slug>` wherever a person typed something."""
    hoster = make_hoster(slug)
    canary = f"CANARI{slug}"
    with scope(hoster=hoster):
        gamme = Range.objects.create(hoster=hoster, slug=f"gamme-{slug}", name=f"{canary} gamme")
        Statement.objects.create(hoster=hoster, kind=Statement.Kind.LIMIT, title=f"{canary} limite")
        SettingChange.objects.create(hoster=hoster, section=f"{canary} partie", what=canary)
        Generation.objects.create(hoster=hoster, title=f"{canary} gammes générées", key=uuid4())
        drop_file(hoster=hoster, name=f"{canary}.csv", content=f"Structure;Nom\n{canary};x".encode(), by=None)
    make_staff(hoster, Role.ACCOUNTANT, f"partante@{canary.lower()}.example")
    staff = {role.value: make_staff(hoster, role, f"{role.value}@{slug}.example") for role in Role}
    offer = make_offer(hoster, name=f"{canary} offre", slug=f"offre-{slug}", range=gamme)
    with scope(hoster=hoster):
        Need.objects.update(title=f"{canary} besoin")
        Component.objects.update(function=f"{canary} composant", provider=f"{canary} partenaire")
        FunnelDefinition.objects.create(hoster=hoster, name=f"{canary} entonnoir", steps=["visit", "paid"])
        HandCount.objects.create(
            hoster=hoster, day=date(2026, 11, 1), step="visit", count=1, note=canary, key=uuid4()
        )
    make_study(offer, canary)
    associate = _association(hoster, offer, f"{canary}nous"), _association(hoster, offer, f"{canary}voisins")
    follow_people(hoster, staff["accountant"], canary)
    write_to_people(hoster, canary)
    keep_accounts(hoster)
    return Tenant(
        canary=canary,
        hoster=hoster,
        staff=staff,
        offer=offer,
        terms=_terms(hoster, canary),
        association=associate[0],
        neighbour=associate[1],
    )


def _terms(hoster: Hoster, canary: str) -> TermsVersion:
    """General terms, with a number that no other hoster of this world has."""
    for turn in range(Hoster.objects.count()):
        terms = make_terms(hoster, text=f"# {canary} {turn}")
    return terms


def _association(hoster: Hoster, offer: Offer, canary: str) -> Association:
    asked = make_quote(
        offer,
        organization=OrganizationDetails(canary, f"1 rue {canary}", "69003", canary),
        person=PersonDetails(canary, f"{canary.lower()}@example.org", role=canary, notice="…"),
        message=f"Bonjour de {canary}",
    )
    board = _board(asked, canary)
    make_acceptance(asked)
    with scope(hoster=hoster):
        invoice = Invoice.objects.get(subscription__quote=asked, fees=False)
        make_file(invoice.document, f"%PDF-1.7 {canary} %%EOF".encode())
        quote = invoice.subscription.quote
        keep_scan(
            acceptance=quote.acceptance, scan=Scan(f"%PDF-1.7 {canary} %%EOF".encode(), "application/pdf")
        )
        tokens = {
            purpose: mint_link(purpose=purpose, contact=quote.contact, quote=quote) for purpose in Purpose
        }
        notice = Notice(canary, quote.contact.email, quote.number, None, canary, uuid4())
        termination = receive_termination(hoster=hoster, notice=notice)
        leave(invoice.subscription)
        time = record_time(
            subscription=invoice.subscription,
            spent_on=timezone.localdate(),
            minutes=45,
            what=canary,
            key=uuid4(),
            by=hoster.memberships.earliest("pk").user,
        )
        leave_need(quote.organization, canary)
        brief = start_draft(hoster=hoster, part="contexte", answers={"mission": canary})
        SupportAllowance.objects.create(subscription=invoice.subscription, minutes=60)
        draft = make_draft(quote.contact, label=canary)
        leave_delivery(quote, canary)
        Satisfaction.objects.create(
            hoster=hoster, subscription=invoice.subscription, contact=quote.contact, score=9, comment=canary
        )
        leave_invoice_draft(quote, canary)
    secrets = (tokens[purpose] for purpose in Purpose)
    money = make_money(invoice, hoster.memberships.earliest("pk").user, canary)
    return Association(
        canary, invoice, quote, draft, *secrets, termination, board, time, token_of(brief), money
    )


def _board(quote: Quote, canary: str) -> Board:
    """A meeting after the end of validity, then a vote by one member, whose count is corrected with the minutes."""
    by, mandated = quote.contact, Mandated(canary, canary, f"{canary.lower()}@example.org")
    with scope(hoster=quote.hoster):
        make_link(quote=quote, by=by, key=uuid4())
        plan_meeting(quote=quote, by=by, body="board", held_on=quote.valid_until + timedelta(days=1))
        extension = ask_extension(quote=quote, by=by)
        today = timezone.localdate()
        member = Member(canary, f"membre-{canary.lower()}@example.org")
        asked = Asked("board", canary, today, 0, False, False, mandated, (member,), uuid4())
        vote = open_vote(quote=quote, asked=asked, by=by)
        token = mint_ballot_link(vote.ballots.get())
        cast_ballot(ballot=vote.ballots.get(), choice="for", comment=canary)
        counted = close_vote(vote=vote)
        told = Decided(
            body="board",
            decided_on=today,
            result="accepted",
            key=uuid4(),
            conditions=canary,
            mandated=mandated,
            minutes=Minutes(f"%PDF-1.7 {canary}".encode(), "application/pdf"),
        )
        decision = record_decision(quote=quote, decided=told, by=by, corrects=counted)
        return Board(quote.board_links.get(), vote, token, decision, extension)


def as_staff(user: User, *, enforce_csrf_checks: bool = False) -> Client:
    client = Client(enforce_csrf_checks=enforce_csrf_checks)
    client.force_login(user, backend=BACKEND)
    return client


def as_association(tenant: Tenant, association: Association) -> Client:
    """A browser in which the space of this association was opened by its link."""
    client = Client()
    assert client.get(f"/chez/{tenant.hoster.slug}/espace/lien/{association.space}/").status_code == 302
    return client
