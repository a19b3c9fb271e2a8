"""A draft becomes a quote: priced a last time, numbered, copied for ever, then its PDF and its mail."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.conditions import attach_conditions
from billing.documents.issue import new_document
from billing.models import AccessLink, NumberSeries, Quote, QuoteEvent
from billing.numbering import take_number
from billing.parties import seller_of
from billing.people import who_decides
from billing.quoting.differences import differences
from billing.quoting.drafts import known_buyer, write_prices
from billing.quoting.family import family
from billing.quoting.states import ActRefused, Told, move
from billing.subscriptions.free_months import welcome_refusal
from crm.requests import close_requests_of
from hosters.legal_identity import unprintable_seller
from hosters.mail import queue_mail
from pricing.mentions import vat_mention

Act, Actor = QuoteEvent.Act, QuoteEvent.Actor
REPLACEABLE = (*Quote.OPEN_STATES, Quote.State.REFUSED, Quote.State.EXPIRED, Quote.State.WITHDRAWN)


def send_draft(*, draft: Quote, told: Told) -> Quote:
    """Send a draft written by staff. Sending it twice sends it once.

    Raises:
        ActRefused: it has no firm price, its validity is over, its address is missing, or its former version was
            accepted meanwhile.
    """
    with transaction.atomic():
        locked = Quote.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        if locked.number:
            return locked
        if reason := unsendable(locked):
            raise ActRefused(reason)
        buyer = locked.former.buyer if locked.former else known_buyer(locked.contact).to_json()
        quote = issue(draft=locked, actor=Actor.STAFF, told=told, buyer=buyer)
        queue_mail(
            hoster=quote.hoster, kind="quote_sent", to=who_decides(quote.contact).email, reference=quote.pk
        )
        for version in family(quote):
            close_requests_of(key=version.request_key, quote=version.pk, by=told.by)
        return quote


def unsendable(draft: Quote) -> str:
    """What a draft lacks before it may be sent, or gives too much of; or "" (DEV-01, DEV-03, DEV-08)."""
    if draft.valid_until < timezone.localdate():
        return _("La date de validité est passée : choisissez-en une autre.")
    if not (draft.former or draft.contact.organization.street):
        return _("Il manque l’adresse de l’organisation : un devis doit la porter.")
    if gaps := unprintable_seller(draft.hoster):
        return _("Il manque votre identité légale (%(gaps)s) : un devis doit la porter.") % {"gaps": gaps}
    if draft.former and draft.former.state not in REPLACEABLE:
        return _("La version précédente ne peut plus être remplacée : faites-en une copie.")
    return welcome_refusal(draft)


@transaction.atomic
def issue(*, draft: Quote, actor: str, told: Told, buyer: dict[str, object] | None = None) -> Quote:
    """Price, number and freeze a draft; its former version is superseded, and its links lead to this one.

    Raises:
        ActRefused: no firm price, too many free months (DEV-08), or the table does not allow it.
    """
    answer = write_prices(draft=draft)
    if answer.priced is None:
        raise ActRefused(answer.problem)
    if reason := welcome_refusal(draft):
        raise ActRefused(reason)
    today = timezone.localdate()
    named = _numbered(draft)
    values: dict[str, Any] = {
        **named,
        "issued_on": today,
        "seller": seller_of(draft.hoster).to_json(),
        "buyer": buyer or draft.buyer,
        "mention": vat_mention(draft.hoster.vat_policy.regime, on=today),
        "changes": differences(draft.former, draft, answer.priced) if draft.former else [],
        "document": new_document(hoster=draft.hoster, name=f"devis-{named['number']}.pdf"),
    }
    Quote.objects.filter(pk=draft.pk, state=Quote.State.DRAFT).update(**values)
    quote = move(quote=draft, act=Act.SEND, actor=actor, told=told)
    attach_conditions(quote)
    if quote.former:
        _replace(quote.former, quote, actor, told)
    return Quote.objects.select_related("hoster", "document", "contact__organization").get(pk=quote.pk)


def _numbered(draft: Quote) -> dict[str, object]:
    """A number of its own, or that of its former version with the next `-v` (003-021)."""
    if draft.former is None:
        number = take_number(hoster=draft.hoster, kind=NumberSeries.Kind.QUOTE, on=timezone.localdate())
        return {"number": number, "version": 1}
    former = Quote.objects.select_for_update(of=("self",)).get(pk=draft.former.pk)
    root = former.number.removesuffix(f"-v{former.version}")
    last = (
        Quote.objects.filter(hoster=draft.hoster, number__startswith=f"{root}-v").order_by("-version").first()
    )
    version = max(last.version if last else 1, former.version) + 1
    return {"number": f"{root}-v{version}", "version": version}


def _replace(former: Quote, quote: Quote, actor: str, told: Told) -> None:
    """The links that people hold lead to the new version; a meeting already fixed stays so."""
    if former.state != Quote.State.SUPERSEDED:
        reviewed = former.state == Quote.State.IN_REVIEW and not former.expired()
        move(
            quote=former,
            act=Act.SUPERSEDE,
            actor=actor,
            told=Told(by=told.by, name=told.name, note=quote.number),
        )
        if reviewed:
            meeting = Told(by=told.by, name=told.name, meeting_on=former.meeting_on)
            move(quote=quote, act=Act.PUT_IN_REVIEW, actor=actor, told=meeting)
    AccessLink.objects.filter(quote=former, purpose__in=FOLLOWING).update(quote=quote)


FOLLOWING = (AccessLink.Purpose.READ_QUOTE, AccessLink.Purpose.DECIDE_QUOTE)
