"""What a mail written by a person may say of the quotes of the organisation."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.models import Quote
from crm.letters.values import Value, register_value
from crm.models import Contact
from hosters.mail_texts import Placeholder
from hosters.models import User
from pricing.dates import date_format


def register() -> None:
    """Add our names to those of `crm.letters.values`."""
    number = Placeholder("devis", _("le numéro de son dernier devis ouvert, ou rien"), "D-2026-0042")
    until = Placeholder("validite", _("la fin de validité de ce devis, ou rien"), "21 janvier 2027")
    register_value(Value(number, _number))
    register_value(Value(until, _until))


def _open_quote(contact: Contact) -> Quote | None:
    quotes = Quote.objects.filter(organization=contact.organization).undecided(timezone.localdate())
    return quotes.order_by("-issued_on", "-pk").first()


def _number(contact: Contact, by: User) -> str:
    quote = _open_quote(contact)
    return quote.number if quote else ""


def _until(contact: Contact, by: User) -> str:
    quote = _open_quote(contact)
    return date_format(quote.valid_until, "j F Y") if quote else ""
