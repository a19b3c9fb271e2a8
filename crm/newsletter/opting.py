"""Double opt-in: asked on the site, confirmed from the mail; nothing leaves in between (002-184, GDPR-08)."""

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.consent import record_consent, withdraw
from crm.models import Consent, Contact, Subscriber
from crm.newsletter.subscribers import Agreement, enrol, receiving, strike
from crm.suppression import lift
from hosters.links import absolute_url
from hosters.mail import queue_mail
from hosters.models import Hoster
from pricing.dates import date_format

CONFIRMING = "crm.newsletter.confirming"
LEAVING = "crm.newsletter.leaving"
#: A link to confirm is good for a week (GDPR-08).
LIFETIME = timedelta(days=7)
#: Somebody else's address typed again and again receives one mail an hour.
BETWEEN_MAILS = timedelta(hours=1)
SOURCE = "lettre d’information"


@transaction.atomic
def ask(*, hoster: Hoster, email: str, agreed: Agreement) -> None:
    """Somebody typed an address: it must confirm. The page answers the same whether the address is known or not."""
    address = email.lower()
    if receiving(hoster).filter(email=address).exists():
        return
    told = {"text": agreed.text, "source": agreed.source[:80]}
    row, _new = Subscriber.objects.get_or_create(hoster=hoster, email=address, defaults=told)
    now = timezone.now()
    free = Q(mailed_at=None) | Q(mailed_at__lt=now - BETWEEN_MAILS)
    if Subscriber.objects.filter(free, pk=row.pk).update(mailed_at=now, **told):
        queue_mail(hoster=hoster, kind="newsletter_confirm", to=address, reference=row.pk)


def confirming_url(subscriber: Subscriber) -> str:
    """The absolute address of the page that confirms."""
    token = signing.dumps(subscriber.pk, salt=CONFIRMING)
    return absolute_url(subscriber.hoster, "storefront:newsletter_confirm", token=token)


def leaving_url(subscriber: Subscriber) -> str:
    """The absolute address that stops the newsletter: without end, it must work from an old mail."""
    token = signing.dumps(subscriber.pk, salt=LEAVING)
    return absolute_url(subscriber.hoster, "storefront:newsletter_leave", token=token)


def subscriber_to_confirm(token: str) -> Subscriber | None:
    """Whose link it is; None when it is wrong or older than a week."""
    return _subscriber(token, CONFIRMING, LIFETIME)


def subscriber_of_leaving(token: str) -> Subscriber | None:
    return _subscriber(token, LEAVING, None)


def _subscriber(token: str, salt: str, lifetime: timedelta | None) -> Subscriber | None:
    try:
        pk = signing.loads(token, salt=salt, max_age=lifetime)
    except signing.BadSignature:
        return None
    return Subscriber.objects.filter(pk=pk).select_related("hoster").first()


@transaction.atomic
def confirm(*, subscriber: Subscriber) -> None:
    """The address says yes a second time. Who has a card here says it there too; confirming twice changes nothing."""
    hoster = subscriber.hoster
    if receiving(hoster).filter(pk=subscriber.pk).exists():
        return
    day = date_format(timezone.localtime(subscriber.mailed_at or subscriber.asked_at), "j F Y à H:i")
    proof = _("confirmée par le lien du courriel du %(day)s") % {"day": day}
    lift(hoster=hoster, address=subscriber.email)
    agreed = Agreement(text=subscriber.text, source=subscriber.source, proof=proof)
    enrol(hoster=hoster, email=subscriber.email, agreed=agreed)
    for card in _cards(subscriber):
        record_consent(
            contact=card,
            purpose=Consent.Purpose.NEWSLETTER,
            basis=Consent.Basis.CONSENT,
            source=subscriber.source,
            text=subscriber.text,
            proof=proof,
        )


@transaction.atomic
def leave(*, subscriber: Subscriber) -> None:
    """No more issue, at once; saying it twice changes nothing."""
    if subscriber.left_at:
        return
    strike(hoster=subscriber.hoster, email=subscriber.email)
    for card in _cards(subscriber):
        withdraw(contact=card, purpose=Consent.Purpose.NEWSLETTER, source=SOURCE)


def _cards(subscriber: Subscriber) -> list[Contact]:
    rows = Contact.objects.filter(
        organization__hoster=subscriber.hoster, email__iexact=subscriber.email, erased_at=None
    )
    return list(rows.select_related("organization__hoster"))
