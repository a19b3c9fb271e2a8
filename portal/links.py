"""Sending somebody the link of their space, without saying who is known here: not even by the time it takes."""

from crm.models import Contact
from hosters.mail import queue_mail
from hosters.models import Hoster, Mail


def ask_space_links(*, hoster: Hoster, email: str) -> None:
    """Write down that an address asks for its links; a worker finds out whose it is, so that the page does not."""
    queue_mail(hoster=hoster, kind="space_asked", to=email, reference="")


def send_space_links(mail: Mail) -> None:
    """Queue one mail for each organisation in which this address is known; nothing for an unknown one."""
    contacts = Contact.objects.current().filter(organization__hoster=mail.hoster, email__iexact=mail.to)
    for contact in contacts.order_by("organization_id", "pk"):
        queue_mail(hoster=mail.hoster, kind="space_link", to=contact.email, reference=contact.pk)
