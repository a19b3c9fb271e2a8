"""The story of an association that uses its space: a board, minutes of support, a brief and a change asked."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from billing.acceptance import Mandate, accept_quote, statement_of
from billing.brief_drafts import keep_part, send_brief, start_draft
from billing.change_requests import ask_change, preview_change
from billing.documents.render import render
from billing.forms import NOTICE
from billing.models import Document, Objective, Quote, Subscription
from billing.objectives import keep_objective, record_value
from billing.people import Invitation, invite
from billing.quoting.online import NoFirmPrice, QuoteRequest, request_quote
from billing.support import Agreed, CarryOver, agree_allowance, record_time
from crm.models import Contact, Organization, SpaceRole
from crm.organizations import OrganizationDetails, PersonDetails, choose_fiscal_year
from hosters import work
from hosters.models import Hoster, User
from offers.configurator import configure
from offers.models import Offer
from offers.tariffs import tariff_in_force

NAME = "Les Jardins du canal"
BRIEF = {
    "contexte": {
        "mission": "Nous prêtons des outils de jardin à 200 familles du quartier.",
        "today": "Un tableur que trois personnes s’envoient par e-mail.",
        "pains": "Deux familles réservent le même outil, et les bénévoles passent leur samedi au téléphone.",
        "reason": "Nous ouvrons un deuxième local au printemps.",
        "values": "Que tout reste simple pour nos aînés, et sans publicité.",
    },
    "objectifs": {
        "objective_1_what": "Réservations en double",
        "objective_1_start": "12 par mois",
        "objective_1_target": "aucune",
        "objective_1_by": "fin 2027",
    },
    "livrables": {
        "deliverable_1_what": "Un calendrier des outils que chacun peut lire",
        "deliverable_1_criterion": "une personne de 70 ans réserve seule en deux minutes",
        "not_wanted": "Pas de nouvelle application à installer.",
    },
    "planning": {
        "deadline": "Avant la fête du quartier, en juin",
        "milestone_1_what": "Essai avec cinq familles",
        "milestone_1_when": "En avril, le bureau",
        "budget": "De 500 à 1 000 € par an",
    },
    "suivi": {
        "rhythm": "Une demi-heure toutes les deux semaines, au téléphone",
        "every_weeks": "2",
        "referent": "Karim, trésorier",
        "validators": "Le bureau, le premier lundi du mois",
    },
}


def association_with_a_space(hoster: Hoster) -> None:
    """Tell the story once; nothing at a hoster who sells nothing at a firm price."""
    if Organization.objects.filter(hoster=hoster, name=NAME).exists():
        return
    quote = _quote(hoster)
    if quote is None:
        return
    subscription = _accept(quote)
    _board(quote.contact)
    _minutes(hoster, subscription)
    _brief(hoster)
    _objective(quote.contact.organization)
    _change(quote.contact, subscription)


def _key(hoster: Hoster, what: str) -> UUID:
    """The same form each time: playing twice sends it once."""
    return uuid5(NAMESPACE_URL, f"{hoster.slug}/{what}")


def _person() -> PersonDetails:
    return PersonDetails("Karim Benali", "karim@jardins.example", role="Trésorier", notice=str(NOTICE))


def _quote(hoster: Hoster) -> Quote | None:
    """A quote for the first published offer that has a firm price as it stands."""
    for offer in Offer.objects.published().for_display().select_related("hoster"):
        configuration = configure(offer, {})
        if configuration is None or not configuration.priced:
            continue
        asked = QuoteRequest(
            offer=offer,
            tariff_version=configuration.version,
            selection=configuration.form.selection(),
            organization=OrganizationDetails(NAME, "12 quai du Canal", "69003", "Lyon"),
            person=_person(),
            message="",
            source="",
            key=_key(hoster, "quote"),
        )
        try:
            return request_quote(hoster=hoster, asked=asked)
        except NoFirmPrice:
            continue
    return None


def _accept(quote: Quote) -> Subscription:
    work.perform(Document, quote.document.pk, render)
    fresh = Quote.objects.select_related("document").get(pk=quote.pk)
    mandate = Mandate("Karim Benali", "Trésorier", quote.contact.email, statement_of(fresh))
    accept_quote(quote=fresh, mandate=mandate)
    related = "quote__tariff_version", "quote__hoster", "organization__hoster", "hoster"
    return Subscription.objects.select_related(*related).get(quote=fresh)


def _board(contact: Contact) -> None:
    choose_fiscal_year(organization=contact.organization, first_month=9)
    for name, email, role in (
        ("Inès Garnier", "ines@jardins.example", SpaceRole.PRESIDENT),
        ("Jo Lambert", "jo@jardins.example", SpaceRole.TECHNICIAN),
    ):
        invite(organization=contact.organization, invitation=Invitation(name, email, role))


def _minutes(hoster: Hoster, subscription: Subscription) -> None:
    agree_allowance(subscription=subscription, agreed=Agreed(120, 1, CarryOver.NEXT))
    by = User.objects.filter(memberships__hoster=hoster).order_by("pk").first()
    if by is None:
        return
    today = timezone.localdate()
    times: tuple[tuple[date, int, str], ...] = (
        (today - timedelta(days=1), 45, "Reprise des adresses e-mail"),
        (today, 30, "Appel : partager un agenda avec les familles"),
    )
    for day, minutes, what in times:
        record_time(
            subscription=subscription, spent_on=day, minutes=minutes, what=what, key=_key(hoster, what), by=by
        )


def _brief(hoster: Hoster) -> None:
    draft = start_draft(hoster=hoster, part="contexte", answers=BRIEF["contexte"])
    for part, answers in BRIEF.items():
        keep_part(draft=draft, part=part, answers=answers)
    send_brief(
        draft=draft,
        organization=OrganizationDetails(NAME),
        person=_person(),
        source="",
        key=_key(hoster, "brief"),
    )


def _objective(organization: Organization) -> None:
    """Hours at the telephone, fewer each month."""
    hours = Objective(
        hoster=organization.hoster,
        organization=organization,
        what="Heures passées au téléphone chaque samedi",
        start="4 heures",
        target="une heure",
        by="l’été",
    )
    keep_objective(objective=hours)
    by = User.objects.filter(memberships__hoster=organization.hoster).order_by("pk").first()
    if by is None:
        return
    for days, value, note in ((45, "3 h 30", ""), (10, "2 h", "Les familles réservent seules.")):
        on = timezone.localdate() - timedelta(days=days)
        record_value(objective=hours, on=on, value=value, note=note, by=by)


def _change(contact: Contact, subscription: Subscription) -> None:
    """Twice as many of whatever is counted, when the offer counts something."""
    offer = Offer.objects.published().for_display().filter(quotes=subscription.quote).first()
    if offer is None:
        return
    version = tariff_in_force(offer)
    counted = version.tariff.priced_metrics() if version else []
    wanted = {metric.code: str(Decimal(metric.starting) * 2) for metric in counted}
    configuration = configure(offer, wanted) if wanted else None
    preview = preview_change(subscription, configuration) if configuration else None
    if preview:
        message = "Nous sommes plus nombreux depuis la rentrée."
        ask_change(contact=contact, preview=preview, message=message, key=_key(subscription.hoster, "change"))
