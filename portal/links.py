"""Sending somebody the link of their space, without saying who is known here."""

from crm.models import Contact
from hosters.mail import queue_mail
from hosters.models import Hoster


def send_space_links(*, hoster: Hoster, email: str) -> None:
    """Queue one mail for each organisation in which this address is known; nothing for an unknown one."""
    contacts = Contact.objects.filter(organization__hoster=hoster, email__iexact=email)
    for contact in contacts.order_by("organization_id", "pk"):
        queue_mail(hoster=hoster, kind="space_link", to=contact.email, reference=contact.pk)
