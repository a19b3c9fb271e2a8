"""The demonstration of quotes: several states, a revision with its difference, options, work written by hand."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import NAMESPACE_DNS, UUID, uuid5

from django.utils import timezone

from billing.board.meetings import plan_meeting
from billing.models import Body, Quote, QuoteEvent, QuoteItem
from billing.quoting.drafts import DraftSettings, save_item, save_settings, start_draft
from billing.quoting.sending import send_draft
from billing.quoting.states import Told, move
from billing.quoting.versions import record_refusal, revise_quote
from billing.selections import selection_to_json
from crm.models import Contact
from crm.organizations import OrganizationDetails, PersonDetails, enter_contact
from hosters.demonstration import register_story
from hosters.models import Hoster, User
from offers.configurator import configure
from offers.models import Offer
from offers.tariffs import tariff_in_force
from pricing.engine import Outcome, Selection, price

Act, Actor = QuoteEvent.Act, QuoteEvent.Actor


def register() -> None:
    """Add our scene."""
    register_story(quotes_of_all_kinds)


def quotes_of_all_kinds(hoster: Hoster) -> None:
    """Six associations, each at another point of its quote. Twice changes nothing."""
    by = User.objects.filter(memberships__hoster=hoster).order_by("pk").first()
    if by is None or Quote.objects.filter(request_key=_key(hoster, "sel")).exists():
        return
    told = Told(by=by, name=by.name)
    _with_options(hoster, by, told)
    _revised(hoster, by, told)
    _refused(hoster, by, told)
    _expired(hoster, by, told)
    _in_writing(hoster, by)
    _with_supplements(hoster, by, told)


def _with_options(hoster: Hoster, by: User, told: Told) -> None:
    """A federation that moves in: work by hand, and two options to switch."""
    draft = _draft(hoster, "sel", "Le SEL de la Vallée", "Maryse Coste", "Coordinatrice")
    _add(
        draft, by, label="Reprise de vos fichiers", quantity=Decimal(2), unit="jours", unit_price=Decimal(380)
    )
    _add(
        draft,
        by,
        label="Espace de travail commun",
        explanation="Fichiers, agenda et courriels pour 40 personnes",
        unit_price=Decimal(45),
        cadence="period",
    )
    _add(
        draft,
        by,
        label="Formation d’une demi-journée",
        explanation="Dans vos locaux, jusqu’à dix personnes",
        unit_price=Decimal(240),
        optional=True,
    )
    _add(
        draft,
        by,
        label="Sauvegarde hors du département",
        explanation="Une copie chiffrée chaque nuit",
        unit_price=Decimal(8),
        cadence="period",
        optional=True,
    )
    settings = DraftSettings(
        title="Votre déménagement numérique",
        message="Comme convenu au téléphone, voici de quoi en parler à votre réunion de janvier.",
        valid_until=draft.valid_until,
        discount_percent=Decimal(10),
        discount_reason="association employant moins de deux personnes",
    )
    save_settings(draft=draft, settings=settings, by=by)
    sent = send_draft(draft=draft, told=told)
    held_on = timezone.localdate() + timedelta(days=21)
    plan_meeting(quote=sent, by=sent.contact, body=Body.BOARD, held_on=held_on)


def _revised(hoster: Hoster, by: User, told: Told) -> None:
    """An offer, then more of it: the board reads what differs."""
    draft = _draft(hoster, "radio", "Radio Galet", "Idir Saïdi", "Trésorier")
    if not _add_offer(draft, by, {"users": 10, "storage_gb": 30}):
        _add(draft, by, label="Hébergement", unit_price=Decimal(25), cadence="period")
    revision = revise_quote(quote=send_draft(draft=draft, told=told), told=told)
    item = revision.items.select_related("offer", "tariff_version").get()
    if item.offer:
        item.selection["quantities"] |= {"storage_gb": "80"}
    else:
        item.unit_price = Decimal(30)
    save_item(draft=revision, item=item, by=by)
    send_draft(draft=revision, told=told)


def _refused(hoster: Hoster, by: User, told: Told) -> None:
    draft = _draft(hoster, "ludo", "La Ludothèque des Tilleuls", "Ana Ribeiro", "Présidente")
    _add(draft, by, label="Accompagnement", quantity=Decimal(3), unit="séances", unit_price=Decimal(90))
    why = Told(
        name="Ana Ribeiro", reason=QuoteEvent.Reason.LATER, note="Nous en reparlons après la fête d’été."
    )
    record_refusal(quote=send_draft(draft=draft, told=told), actor=Actor.CLIENT, told=why)


def _expired(hoster: Hoster, by: User, told: Told) -> None:
    draft = _draft(hoster, "amap", "L’AMAP du Pré Fleuri", "Lise Brun", "Secrétaire")
    if not _add_offer(draft, by, {"users": 6, "storage_gb": 20}):
        _add(draft, by, label="Hébergement", unit_price=Decimal(15), cadence="period")
    sent = send_draft(draft=draft, told=told)
    # Before its PDF is made, so that it says the same day.
    Quote.objects.filter(pk=sent.pk).update(valid_until=timezone.localdate() - timedelta(days=1))
    move(quote=sent, act=Act.EXPIRE, actor=Actor.CLOCK)


def _in_writing(hoster: Hoster, by: User) -> None:
    """A draft, for who wants to try the editor."""
    draft = _draft(hoster, "chorale", "La Chorale du Mardi", "Paul Nguyen", "Président")
    _add(draft, by, label="Site de la chorale", unit="jours", unit_price=Decimal(350), quantity=Decimal(2))


def _with_supplements(hoster: Hoster, by: User, told: Told) -> None:
    """An offer whose supplements the association counts again on its page, where the catalogue sells some."""
    for offer in Offer.objects.filter(hoster=hoster).published().for_display().select_related("hoster"):
        configuration = configure(offer, {})
        if configuration is None or not configuration.priced or not configuration.version.tariff.options:
            continue
        first = configuration.version.tariff.options[0]
        selection = replace(
            configuration.form.selection(), options={first.code: max(first.minimum, first.step)}
        )
        draft = _draft(hoster, "lecture", "Le Club de lecture du port", "Yann Kerouanton", "Trésorier")
        item = QuoteItem(
            offer=offer,
            tariff_version=configuration.version,
            selection=selection_to_json(selection),
            choosable=True,
        )
        save_item(draft=draft, item=item, by=by)
        send_draft(draft=draft, told=told)
        return


def _key(hoster: Hoster, name: str) -> UUID:
    return uuid5(NAMESPACE_DNS, f"devis.{name}.{hoster.slug}.example")


def _draft(hoster: Hoster, name: str, organization: str, person: str, role: str) -> Quote:
    return start_draft(contact=_contact(hoster, name, organization, person, role), key=_key(hoster, name))


def _contact(hoster: Hoster, name: str, organization: str, person: str, role: str) -> Contact:
    return enter_contact(
        hoster=hoster,
        organization=OrganizationDetails(organization, "12 rue des Lavandières", "69003", "Lyon"),
        person=PersonDetails(person, f"contact@{name}.example", role=role, notice=""),
    )


def _add(draft: Quote, by: User, **line: object) -> None:
    save_item(draft=draft, item=QuoteItem(**line), by=by)


def _add_offer(draft: Quote, by: User, quantities: dict[str, int]) -> bool:
    """The first offer that these quantities price; False when the catalogue has none."""
    asked = Selection({code: Decimal(value) for code, value in quantities.items()})
    for offer in Offer.objects.filter(hoster=draft.hoster).published():
        version = tariff_in_force(offer)
        if version and {metric.code for metric in version.tariff.metrics} == set(quantities):
            selection = Selection(asked.quantities, term_months=version.tariff.terms[0].months)
            if price(version.tariff, selection, vat=draft.hoster.vat_policy).outcome == Outcome.PRICED:
                item = QuoteItem(offer=offer, tariff_version=version, selection=selection_to_json(selection))
                save_item(draft=draft, item=item, by=by)
                return True
    return False
