"""Three associations on their way to a decision: a meeting next week, a vote that is open, a decision recorded."""

from datetime import timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from billing.board.decisions import Count, Decided, Mandated, record_decision
from billing.board.links import make_link
from billing.board.meetings import plan_meeting
from billing.board.summaries import write_summary
from billing.board.votes import Asked, Member, cast_ballot, open_vote
from billing.board.wording import question_of
from billing.forms import NOTICE
from billing.models import BoardDecision, Body, Quote
from billing.quoting.online import NoFirmPrice, QuoteRequest, request_quote
from crm.models import Organization
from crm.organizations import OrganizationDetails, PersonDetails
from hosters.models import Hoster
from offers.configurator import configure
from offers.models import Offer

MEETING, VOTE, DECISION = "Le Fil des quartiers", "La Chorale du lundi", "Repair Café des Tanneurs"
MEMBERS = (
    "Aïcha Morel",
    "Bruno Petit",
    "Chloé Garcia",
    "Denis Roy",
    "Élise Faure",
    "Farid Haddad",
    "Gaëlle Blanc",
)
VOICES = {
    "aicha": ("for", "Enfin un agenda commun."),
    "chloe": ("for", ""),
    "denis": ("abstain", "Je préfère attendre le budget de janvier."),
}


def boards_that_decide(hoster: Hoster) -> None:
    """Play the three scenes once; nothing at a hoster who sells nothing at a firm price."""
    if Organization.objects.filter(hoster=hoster, name__in=(MEETING, VOTE, DECISION)).exists():
        return
    quotes = [_quote(hoster, *who) for who in _people()]
    for quote, scene in zip(quotes, (_meeting, _vote, _decision), strict=True):
        if quote:
            scene(quote)


def _people() -> list[tuple[str, str, str, str]]:
    return [
        (MEETING, "Samira Lopez", "samira@fildesquartiers.example", "Secrétaire"),
        (VOTE, "Élise Faure", "elise@choraledulundi.example", "Présidente"),
        (DECISION, "Thomas Weber", "thomas@repair-tanneurs.example", "Trésorier"),
    ]


def _quote(hoster: Hoster, name: str, person: str, email: str, role: str) -> Quote | None:
    """A quote for the first published offer that has a firm price as it stands."""
    for offer in Offer.objects.published().for_display().select_related("hoster"):
        configuration = configure(offer, {})
        if configuration is None or not configuration.priced:
            continue
        asked = QuoteRequest(
            offer=offer,
            tariff_version=configuration.version,
            selection=configuration.form.selection(),
            organization=OrganizationDetails(name, "4 rue des Tanneurs", "69001", "Lyon"),
            person=PersonDetails(person, email, role=role, notice=str(NOTICE)),
            message="",
            source="",
            key=_key(hoster.slug, name),
        )
        try:
            return request_quote(hoster=hoster, asked=asked)
        except NoFirmPrice:
            continue
    return None


def _key(*words: str) -> UUID:
    return uuid5(NAMESPACE_URL, "/".join(words))


def _meeting(quote: Quote) -> None:
    make_link(quote=quote, by=quote.contact, key=_key(quote.number, quote.hoster.slug, "link"))
    next_week = timezone.localdate() + timedelta(days=7)
    plan_meeting(quote=quote, by=quote.contact, body=Body.BOARD, held_on=next_week)
    write_summary(
        quote=quote,
        replaces="Une messagerie gratuite, deux abonnements payés par des bénévoles.",
        replaced_yearly=Decimal(240),
    )


def _vote(quote: Quote) -> None:
    asked = Asked(
        body=Body.BUREAU,
        question=question_of(quote),
        closes_on=timezone.localdate() + timedelta(days=5),
        quorum=4,
        secret=False,
        live=True,
        mandated=_mandated(quote),
        members=tuple(Member(name, f"{_first(name)}@choraledulundi.example") for name in MEMBERS),
        key=_key(quote.number, quote.hoster.slug, "vote"),
    )
    vote = open_vote(quote=quote, asked=asked, by=quote.contact)
    for ballot in vote.ballots.all():
        if said := VOICES.get(ballot.email.partition("@")[0]):
            cast_ballot(ballot=ballot, choice=said[0], comment=said[1])


def _decision(quote: Quote) -> None:
    decided = Decided(
        body=Body.BOARD,
        decided_on=timezone.localdate(),
        result=BoardDecision.Result.ACCEPTED,
        key=_key(quote.number, quote.hoster.slug, "decision"),
        count=Count(present=8, quorum=5, votes_for=7, votes_against=0, votes_abstain=1),
        mandated=_mandated(quote),
        minutes_reference="Procès-verbal du conseil, point 3",
    )
    record_decision(quote=quote, decided=decided, by=quote.contact)


def _mandated(quote: Quote) -> Mandated:
    return Mandated(quote.contact.name, quote.contact.role, quote.contact.email)


def _first(name: str) -> str:
    return name.split()[0].lower().translate(str.maketrans("éëïî", "eeii"))
