"""The sentences that minutes may take word for word, and what a body is called in one (ASS-03)."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.documents.quote_words import budget_words
from billing.documents.wording import day
from billing.models import BoardMeeting, Body, Quote
from pricing.typography import of

#: With its article and the agreement of what follows.
BODIES = {
    Body.BUREAU: (gettext_lazy("Le bureau"), gettext_lazy("réuni")),
    Body.BOARD: (gettext_lazy("Le conseil d’administration"), gettext_lazy("réuni")),
    Body.ASSEMBLY: (gettext_lazy("L’assemblée générale"), gettext_lazy("réunie")),
    Body.OTHER: (gettext_lazy("L’instance"), gettext_lazy("réunie")),
}
BLANK = "……………"


def resolution_of(
    quote: Quote, *, meeting: BoardMeeting | None = None, mandated: str = "", on: date | None = None
) -> str:
    """A draft resolution: what is not known yet is left as dots to fill in."""
    body, gathered = BODIES[Body(meeting.body) if meeting else Body.BOARD]
    held_on = on or (meeting.held_on if meeting else None)
    return _(
        "%(body)s, %(gathered)s le %(day)s, décide d’accepter le devis n° %(number)s %(of_seller)s du %(issued)s "
        "(« %(offer)s ») pour un montant de %(budget)s, "
        "et mandate %(mandated)s pour le signer au nom de l’association %(buyer)s."
    ) % {
        "body": body,
        "gathered": gathered,
        "day": day(held_on) if held_on else BLANK,
        "number": quote.number,
        "of_seller": of(quote.seller["name"]),
        "issued": day(quote.issued_on),
        "offer": quote.promise["offer"],
        "budget": budget_words(quote),
        "mandated": mandated or BLANK,
        "buyer": quote.buyer["name"],
    }


def question_of(quote: Quote) -> str:
    """What an online vote asks by default."""
    return _("Acceptez-vous le devis n° %(number)s %(of_seller)s (« %(offer)s ») : %(budget)s ?") % {
        "number": quote.number,
        "of_seller": of(quote.seller["name"]),
        "offer": quote.promise["offer"],
        "budget": budget_words(quote),
    }


def invitation_of(quote: Quote, link: str) -> str:
    """A mail to the members, ready to be copied."""
    return _(
        "Bonjour,\n\n"
        "Voici le devis n° %(number)s %(of_seller)s pour %(buyer)s : %(offer)s, %(budget)s.\n\n"
        "Ce lien permet de le lire, avec une page de synthèse pour en parler ensemble. Il n’engage à rien :\n"
        "%(link)s\n\n"
        "Le devis est valable jusqu’au %(valid_until)s.\n"
    ) % {
        "number": quote.number,
        "of_seller": of(quote.seller["name"]),
        "buyer": quote.buyer["name"],
        "offer": quote.promise["offer"],
        "budget": budget_words(quote),
        "valid_until": day(quote.valid_until),
        "link": link,
    }
