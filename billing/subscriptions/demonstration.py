"""The demonstration of subscriptions: one for each moment of their life, and a trial."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import NAMESPACE_DNS, UUID, uuid5

from django.utils import timezone

from billing.acceptance import Mandate, accept_quote, statement_of
from billing.documents.render import render
from billing.models import Document, Quote, QuoteItem, Subscription, SubscriptionEnd
from billing.quoting.drafts import save_item, start_draft
from billing.quoting.sending import send_draft
from billing.quoting.states import Told
from billing.subscriptions.ends import decide_end
from billing.subscriptions.periods import commitment_end
from billing.subscriptions.plans import plan_end
from billing.subscriptions.runs import run_billing
from billing.subscriptions.trials import TrialRefused, open_trial
from crm.models import Contact
from crm.organizations import OrganizationDetails, PersonDetails, enter_contact
from hosters import work
from hosters.models import Hoster, User
from offers.models import Offer
from pricing.periods import months_after

Reason = SubscriptionEnd.Reason


@dataclass(frozen=True)
class Scene:
    """An association, its contract, how many periods it has paid, and how it ends if it does.

    `free`: renewed without the notice of the law.
    """

    key: str
    name: str
    person: str
    what: str
    price: Decimal
    term: int
    periods: int
    ends: str = ""


SCENES = (
    Scene("danse", "La Compagnie du Préau", "Mona Ferrand", "Espace de la troupe", Decimal(18), 1, 7),
    Scene("velo", "L’Atelier Vélo du Canal", "Samir Haddad", "Site et courriels", Decimal(54), 3, 3),
    Scene(
        "cine", "Le Ciné-club des Glycines", "Jeanne Roux", "Boîtes aux lettres", Decimal(96), 12, 1, "free"
    ),
    Scene(
        "epice", "L’Épicerie partagée", "Tom Le Goff", "Fichiers partagés", Decimal(24), 1, 5, Reason.NOTICE
    ),
    Scene("radeau", "Le Radeau des Mots", "Alba Pires", "Nuage et visio", Decimal(300), 12, 1, Reason.SWITCH),
    Scene(
        "ruche",
        "La Ruche aux Livres",
        "Eli Samson",
        "Catalogue en ligne",
        Decimal(12),
        1,
        9,
        Reason.AGREEMENT,
    ),
)


def subscriptions_of_all_ages(hoster: Hoster) -> None:
    """Contracts that run, that come to their term, that end and that ended. Twice changes nothing."""
    by = User.objects.filter(memberships__hoster=hoster).order_by("pk").first()
    if by is None or Quote.objects.filter(request_key=_key(hoster, SCENES[0])).exists():
        return
    for scene in SCENES:
        subscription = _begin(hoster, scene, by)
        if scene.ends:
            _end(subscription, scene.ends, by)
    run_billing()
    _try(hoster, by)


def _begin(hoster: Hoster, scene: Scene, by: User) -> Subscription:
    """A quote written by staff and accepted; then the contract as if it had begun that long ago."""
    contact = _contact(hoster, scene)
    draft = start_draft(contact=contact, key=_key(hoster, scene))
    item = QuoteItem(label=scene.what, unit_price=scene.price, cadence="period", term_months=scene.term)
    save_item(draft=draft, item=item, by=by)
    sent = send_draft(draft=draft, told=Told(by=by, name=by.name))
    work.perform(Document, sent.document.pk, render)
    quote = Quote.objects.select_related("document").get(pk=sent.pk)
    mandate = Mandate(scene.person, "Présidente", contact.email, statement_of(quote))
    accept_quote(quote=quote, mandate=mandate)
    subscription = Subscription.objects.get(quote=quote)
    return _long_ago(subscription, scene.periods)


def _long_ago(subscription: Subscription, periods: int) -> Subscription:
    """So many periods ended this morning: the invoice of today, which nothing changes, is that of the next one."""
    today = timezone.localdate()
    start = months_after(today, -periods * subscription.term_months)
    if months_after(start, periods * subscription.term_months) == today:  # not so on the 31st of some months
        subscription.started_on = start
    subscription.commitment_until = commitment_end(subscription, today)
    following = subscription.months_begun(today) + subscription.term_months
    subscription.next_invoice_on = subscription.day(following)
    subscription.save()
    return subscription


def _end(subscription: Subscription, reason: str, by: User) -> None:
    """One ended yesterday by agreement, one may leave when it wants; the others give notice today."""
    day = timezone.localdate()
    if reason == "free":
        Subscription.objects.filter(pk=subscription.pk).update(free_exit_from=day)
        return
    if reason == Reason.AGREEMENT:
        day -= timedelta(days=1)
    plan = plan_end(subscription=subscription, received_on=day, reason=reason)
    decide_end(subscription=subscription, plan=plan, by=by)


def _try(hoster: Hoster, by: User) -> None:
    offer = (
        Offer.objects.filter(hoster=hoster, state=Offer.State.PUBLISHED).order_by("position", "pk").first()
    )
    if offer is None:
        return
    scene = Scene("fanfare", "La Fanfare du Lundi", "Lou Marchand", "", Decimal(0), 1, 0)
    today = timezone.localdate()
    try:
        open_trial(
            contact=_contact(hoster, scene),
            offer=offer,
            starts_on=today - timedelta(days=50),
            ends_on=today + timedelta(days=9),
            by=by,
        )
    except TrialRefused:  # played before
        return


def _contact(hoster: Hoster, scene: Scene) -> Contact:
    return enter_contact(
        hoster=hoster,
        organization=OrganizationDetails(scene.name, "8 impasse des Tanneurs", "69001", "Lyon"),
        person=PersonDetails(scene.person, f"bureau@{scene.key}.example", role="Présidente", notice=""),
    )


def _key(hoster: Hoster, scene: Scene) -> UUID:
    return uuid5(NAMESPACE_DNS, f"abonnement.{scene.key}.{hoster.slug}.example")
