"""The mails of the journey. Secret links are minted here, when the mail leaves: the database never holds one."""

from django.utils.translation import gettext as _

from billing.access_links import mint_link
from billing.documents import files
from billing.models import AccessLink, Invoice, Quote, Termination
from billing.terminations import effective_on
from crm.models import Contact, Request
from hosters.links import absolute_url
from hosters.mail import Attachment, Message, register_composer
from hosters.models import Mail


def register() -> None:
    """Declare who writes each kind of mail."""
    register_composer("quote_sent", quote_sent)
    register_composer("quote_accepted", quote_accepted)
    register_composer("invoice_issued", invoice_issued)
    register_composer("space_link", space_link)
    register_composer("request_received", request_received)
    register_composer("pricing_asked", pricing_asked)
    register_composer("acceptance_received", acceptance_received)
    register_composer("termination_acknowledged", termination_acknowledged)
    register_composer("termination_received", termination_received)
    register_composer("contact_asked", contact_asked)
    register_composer("contact_acknowledged", contact_acknowledged)


def quote_sent(mail: Mail) -> Message:
    """To the person who asked: the link that lets decide proves that the address is theirs."""
    quote = Quote.objects.select_related("contact__organization__hoster").get(pk=mail.reference)
    token = mint_link(purpose=AccessLink.Purpose.DECIDE_QUOTE, contact=quote.contact, quote=quote)
    return Message(
        subject=_("Votre devis %(number)s") % {"number": quote.number},
        template="mails/quote_sent.txt",
        context={"quote": quote},
        link=(_("Lire le devis"), absolute_url(mail.hoster, "storefront:quote", token=token)),
    )


def quote_accepted(mail: Mail) -> Message:
    """The acknowledgment, with the accepted file itself on a durable medium (DEV-05)."""
    quote = Quote.objects.select_related("document", "acceptance", "contact__organization__hoster").get(
        pk=mail.reference
    )
    return Message(
        subject=_("Devis %(number)s accepté : merci") % {"number": quote.number},
        template="mails/quote_accepted.txt",
        context={"quote": quote},
        link=(_("Ouvrir votre espace"), _space_url(mail, quote.contact)),
        attachments=(Attachment(quote.document.name, files.read(quote.document)),),
    )


def invoice_issued(mail: Mail) -> Message:
    """To the person who asked for the quote: the invoice, attached and in the space."""
    invoice = Invoice.objects.select_related("document", "subscription__quote__contact").get(
        pk=mail.reference
    )
    return Message(
        subject=_("Votre facture %(number)s") % {"number": invoice.number},
        template="mails/invoice_issued.txt",
        context={"invoice": invoice},
        link=(_("Ouvrir votre espace"), _space_url(mail, invoice.subscription.quote.contact)),
        attachments=(Attachment(invoice.document.name, files.read(invoice.document)),),
    )


def space_link(mail: Mail) -> Message:
    """The door of the association's space, asked from its public page."""
    contact = Contact.objects.get(pk=mail.reference)
    return Message(
        subject=_("Votre lien vers l’espace association"),
        template="mails/space_link.txt",
        link=(_("Ouvrir l’espace"), _space_url(mail, contact)),
    )


def request_received(mail: Mail) -> Message:
    """To the hoster: somebody asked for a quote online and would like to be called (004-028)."""
    quote = Quote.objects.select_related("contact", "organization").get(pk=mail.reference)
    return Message(
        subject=_("Devis demandé en ligne : %(name)s") % {"name": quote.organization.name},
        template="mails/request_received.txt",
        context={"quote": quote},
        link=(_("Ouvrir la fiche"), _organization_url(mail, quote.organization_id)),
    )


def pricing_asked(mail: Mail) -> Message:
    """To the hoster: a request that only a person can price."""
    request = Request.objects.select_related("contact", "organization").get(pk=mail.reference)
    return Message(
        subject=_("Prix à chiffrer : %(name)s") % {"name": request.organization.name},
        template="mails/pricing_asked.txt",
        context={"request": request},
        link=(_("Ouvrir la fiche"), _organization_url(mail, request.organization_id)),
    )


def contact_asked(mail: Mail) -> Message:
    """To the hoster: a question, a call to make or an appointment to fix."""
    request = Request.objects.select_related("contact", "organization").get(pk=mail.reference)
    return Message(
        subject=f"{request.subject} ({request.contact.name})",
        template="mails/contact_asked.txt",
        context={"request": request},
        link=(_("Ouvrir la fiche"), _organization_url(mail, request.organization_id)),
    )


def contact_acknowledged(mail: Mail) -> Message:
    """To the address that was typed: it says what will happen, and repeats nothing of the form."""
    request = Request.objects.get(pk=mail.reference)
    return Message(
        subject=_("Votre demande est bien arrivée"),
        template="mails/contact_acknowledged.txt",
        context={"request": request},
    )


def acceptance_received(mail: Mail) -> Message:
    """To the hoster: a quote became a commitment."""
    quote = Quote.objects.select_related("acceptance", "organization").get(pk=mail.reference)
    return Message(
        subject=_("Devis %(number)s accepté") % {"number": quote.number},
        template="mails/acceptance_received.txt",
        context={"quote": quote},
        link=(_("Ouvrir la fiche"), _organization_url(mail, quote.organization_id)),
    )


def termination_acknowledged(mail: Mail) -> Message:
    """The confirmation on a durable medium that the law asks: content, date, time and effects (CON-04)."""
    return Message(
        subject=_("Accusé de réception de votre résiliation"),
        template="mails/termination_acknowledged.txt",
        context=_termination(mail),
    )


def termination_received(mail: Mail) -> Message:
    """To the hoster: somebody leaves, a person must confirm."""
    context = _termination(mail)
    return Message(
        subject=_("Résiliation reçue : %(name)s") % {"name": context["termination"]},
        template="mails/termination_received.txt",
        context=context,
        link=(_("Ouvrir le tableau de bord"), absolute_url(mail.hoster, "staff:dashboard")),
    )


def _termination(mail: Mail) -> dict[str, object]:
    found = Termination.objects.select_related("subscription__quote").get(pk=mail.reference)
    promised = found.subscription.quote.promise["exit"] if found.subscription else {}
    return {"termination": found, "effective_on": effective_on(found), "exit": promised}


def _space_url(mail: Mail, contact: Contact) -> str:
    token = mint_link(purpose=AccessLink.Purpose.SPACE, contact=contact)
    return absolute_url(mail.hoster, "portal:enter", token=token)


def _organization_url(mail: Mail, pk: int) -> str:
    return absolute_url(mail.hoster, "staff:organization", pk=pk)
