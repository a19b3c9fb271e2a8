"""The link that stops our mails: signed, held by no table, without end, good for one person and one purpose.

A mail program posts to it by itself (RFC 8058), so that it needs neither session nor token of a form; opening it
changes nothing, because machines open the links of mails (GDPR-08).
"""

from django.core import signing

from crm.consent import oppose, withdraw
from crm.models import Consent, Contact, Suppression
from hosters.links import absolute_url

SALT = "crm.unsubscribing"
SOURCE = "lien de désabonnement"
Purpose = Consent.Purpose


def unsubscribe_url(contact: Contact, purpose: Consent.Purpose) -> str:
    """The absolute address that stops mails of this purpose to this person."""
    token = signing.dumps([contact.pk, purpose.value], salt=SALT)
    return absolute_url(contact.organization.hoster, "storefront:unsubscribe", token=token)


def target_of(token: str) -> tuple[Contact, Consent.Purpose] | None:
    """Whom and what a link stops; None when it is not ours, or when the person was erased."""
    try:
        pk, purpose = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    rows = Contact.objects.filter(pk=pk, erased_at=None).select_related("organization__hoster")
    contact = rows.first()
    return (contact, Purpose(purpose)) if contact else None


def stop(*, contact: Contact, purpose: Consent.Purpose) -> None:
    """The person says no. A no to our offers is a no to everything that they did not ask for (002-183, 002-197)."""
    if purpose == Purpose.PROSPECTING:
        oppose(contact=contact, source=SOURCE, cause=Suppression.Cause.OPPOSED)
    else:
        withdraw(contact=contact, purpose=purpose, source=SOURCE)
