"""The mails of the journey. Secret links are minted here, when the mail leaves: the database never holds one.

Each composer gives the values of the placeholders that `billing.mail_kinds` describes for its kind.
"""

from django.utils.translation import gettext as _

from billing import mail_kinds, space_mails
from billing.attachments import documents_of_acceptance
from billing.documents import files
from billing.invoicing.fees import companion_of
from billing.models import Invoice, Quote, SubscriptionEnd, Termination
from billing.payments.words import how_to_pay, how_to_pay_both
from billing.quoting import mails as quote_mails
from billing.space_mails import day_words, moment_words, space_url
from billing.subscriptions.terminations import effective_on, money_words, plan_for
from crm.models import Contact, Request
from hosters.links import absolute_url
from hosters.mail import Attachment, Message, register_composer
from hosters.models import Mail
from pricing.typography import euros


def register() -> None:
    """Declare who writes each kind of mail, and its words."""
    mail_kinds.register()
    quote_mails.register()
    space_mails.register()
    register_composer("quote_accepted", quote_accepted)
    register_composer("invoice_issued", invoice_issued)
    register_composer("invoice_and_fees_issued", invoice_and_fees_issued)
    register_composer("credit_note_issued", credit_note_issued)
    register_composer("space_link", space_link)
    register_composer("request_received", request_received)
    register_composer("pricing_asked", pricing_asked)
    register_composer("acceptance_received", acceptance_received)
    register_composer("termination_acknowledged", termination_acknowledged)
    register_composer("termination_received", termination_received)
    register_composer("contact_asked", contact_asked)
    register_composer("contact_acknowledged", contact_acknowledged)


def quote_accepted(mail: Mail) -> Message:
    """The acknowledgment, with everything that was accepted on a durable medium (DEV-05): the quote, the contract
    with the hoster's texts in it, the proof."""
    quote = Quote.objects.select_related("document", "acceptance", "contact__organization__hoster").get(
        pk=mail.reference
    )
    departure = quote.promise["exit"]
    values = {
        "nom": quote.acceptance.name,
        "fonction": quote.acceptance.role,
        "date": moment_words(quote.acceptance.accepted_at),
        "devis": quote.number,
        "association": quote.buyer["name"],
        "preavis": departure["notice_days"],
        "formats": departure["export_formats"],
    }
    documents = [quote.document, *documents_of_acceptance(quote.acceptance)]
    person = person_at(quote, mail.to)
    return Message(
        context=dict(values),
        link=(_("Ouvrir votre espace"), space_url(mail, person)),
        attachments=tuple(Attachment(each.name, files.read(each)) for each in documents),
    )


def invoice_issued(mail: Mail) -> Message:
    """To whoever receives the invoices: attached, and in the space."""
    invoice = Invoice.objects.select_related("document", "contact").get(pk=mail.reference)
    person = person_at(invoice, mail.to)
    values = {
        "nom": person.name,
        "nature": invoice.kind_label,
        "facture": invoice.number,
        "association": invoice.buyer["name"],
        "montant": euros(invoice.gross),
        "echeance": day_words(invoice.due_on),
        "debut": day_words(invoice.period_start or invoice.issued_on),
        "fin": day_words(invoice.period_end or invoice.issued_on),
        "periode": _period(invoice),
        "paiement": how_to_pay(invoice),
    }
    return _with_its_file(mail, invoice, person, values)


def invoice_and_fees_issued(mail: Mail) -> Message:
    """To whoever receives the invoices: the sales and the membership fees due the same day, both attached."""
    invoice = Invoice.objects.select_related("document", "contact").get(pk=mail.reference)
    fees = companion_of(invoice)
    assert fees is not None, "this kind is for two documents"
    person = person_at(invoice, mail.to)
    values = {
        "nom": person.name,
        "facture": invoice.number,
        "cotisation": fees.number,
        "association": invoice.buyer["name"],
        "montant": euros(invoice.gross),
        "montant_cotisation": euros(fees.gross),
        "total": euros(invoice.gross + fees.gross),
        "echeance": day_words(invoice.due_on),
        "periode": _period(invoice),
        "paiement": how_to_pay_both(invoice, fees),
    }
    return _with_its_file(mail, invoice, person, values, fees)


def credit_note_issued(mail: Mail) -> Message:
    """To whoever receives the invoices: what is taken back, of which invoice, and why."""
    note = Invoice.objects.select_related("document", "contact", "corrects").get(pk=mail.reference)
    person = person_at(note, mail.to)
    assert note.corrects is not None, "a credit note corrects an invoice"
    values = {
        "nom": person.name,
        "avoir": note.number,
        "facture": note.corrects.number,
        "association": note.buyer["name"],
        "montant": euros(note.gross),
        "raison": note.reason.rstrip("."),
    }
    return _with_its_file(mail, note, person, values)


def _with_its_file(
    mail: Mail, invoice: Invoice, person: Contact, values: dict[str, object], *beside: Invoice
) -> Message:
    documents = [each.document for each in (invoice, *beside)]
    return Message(
        context=values,
        link=(_("Ouvrir votre espace"), space_url(mail, person)),
        attachments=tuple(Attachment(each.name, files.read(each)) for each in documents),
    )


def _period(invoice: Invoice) -> str:
    """The sentence of what is sold over time, or ""."""
    if invoice.period_start is None or invoice.period_end is None:
        return ""
    told = {"start": day_words(invoice.period_start), "end": day_words(invoice.period_end)}
    return _("La facture couvre la période du %(start)s au %(end)s.") % told


def space_link(mail: Mail) -> Message:
    """The door of the association's space, asked from its public page."""
    return Message(link=(_("Ouvrir l’espace"), space_url(mail, Contact.objects.get(pk=mail.reference))))


def request_received(mail: Mail) -> Message:
    """To the hoster: somebody asked for a quote online and would like to be called (004-028)."""
    quote = Quote.objects.select_related("contact", "organization").get(pk=mail.reference)
    values = {
        "association": quote.buyer["name"],
        "devis": quote.number,
        "offre": quote.promise["offer"],
        "premiere_annee": euros(quote.first_year_gross),
        "personne": _reach(quote.contact, phone=quote.contact.phone),
    }
    return Message(context=dict(values), link=_card(mail, quote.organization_id))


def pricing_asked(mail: Mail) -> Message:
    """To the hoster: a request that only a person can price."""
    return _request_mail(mail)


def contact_asked(mail: Mail) -> Message:
    """To the hoster: a question, a call to make, an appointment, a trial or a change."""
    return _request_mail(mail)


def contact_acknowledged(mail: Mail) -> Message:
    """To the address that was typed: it says what will happen, and repeats nothing of the form."""
    request = Request.objects.get(pk=mail.reference)
    sentence = ANSWERS.get(Request.Kind(request.kind), ANSWERS[Request.Kind.QUESTION])
    values = {"suite": sentence() % {"date": moment_words(request.created_at)}, "moment": _slot(request)}
    return Message(context=dict(values))


#: What happens next, for each kind of request.
ANSWERS = {
    Request.Kind.QUESTION: lambda: _(
        "Votre question nous est bien arrivée le %(date)s. Une personne vous répond par écrit, à cette adresse."
    ),
    Request.Kind.CALLBACK: lambda: _(
        "Votre demande de rappel nous est bien arrivée le %(date)s. Une personne vous appelle au numéro que vous avez "
        "laissé."
    ),
    Request.Kind.APPOINTMENT: lambda: _(
        "Votre demande de rendez-vous découverte nous est bien arrivée le %(date)s. Nous vous appelons pour convenir "
        "du jour ; la demi-heure est offerte."
    ),
    Request.Kind.TRIAL: lambda: _(
        "Votre demande d’essai nous est bien arrivée le %(date)s. Une personne vous appelle pour l’ouvrir avec vous. "
        "L’essai est gratuit, et s’arrête tout seul : rien n’est dû sans un devis accepté."
    ),
    Request.Kind.BRIEF: lambda: _(
        "Votre cahier des charges nous est bien arrivé le %(date)s. Une personne le lit, vous appelle pour vérifier "
        "que nous avons bien compris, puis vous envoie un devis."
    ),
    Request.Kind.CHANGE: lambda: _(
        "Votre demande de changement nous est bien arrivée le %(date)s. Rien ne change avant que votre association "
        "ait accepté le devis que nous vous enverrons."
    ),
}


def acceptance_received(mail: Mail) -> Message:
    """To the hoster: a quote became a commitment."""
    quote = Quote.objects.select_related("acceptance", "organization").get(pk=mail.reference)
    values = {
        "association": quote.buyer["name"],
        "devis": quote.number,
        "offre": quote.promise["offer"],
        "premiere_annee": euros(quote.first_year_gross),
        "nom": quote.acceptance.name,
        "fonction": quote.acceptance.role,
        "date": moment_words(quote.acceptance.accepted_at),
        "adresse": quote.acceptance.email,
    }
    return Message(context=dict(values), link=_card(mail, quote.organization_id))


def termination_acknowledged(mail: Mail) -> Message:
    """The confirmation on a durable medium that the law asks: content, date, time and effects (CON-04)."""
    found = _termination(mail)
    values = {
        "denomination": mail.hoster.legal_name,
        "date": moment_words(found.received_at),
        "recapitulatif": _notice_words(found),
        "effets": _effects(found),
    }
    return Message(context=dict(values))


def termination_received(mail: Mail) -> Message:
    """To the hoster: somebody leaves, a person must confirm."""
    found = _termination(mail)
    values = {
        "nom": str(found),
        "date": moment_words(found.received_at),
        "recapitulatif": "\n".join([_("Adresse : %(email)s") % {"email": found.email}, _notice_words(found)]),
        "effets": _effects_for_team(found),
    }
    link = (_("Ouvrir le tableau de bord"), absolute_url(mail.hoster, "staff:dashboard"))
    return Message(context=dict(values), link=link)


def person_at(document: Quote | Invoice, address: str) -> Contact:
    """Whoever receives this mail in the association: the board may have changed since."""
    there = Contact.objects.current().filter(organization=document.organization_id, email__iexact=address)
    return there.order_by("pk").first() or document.contact


def _request_mail(mail: Mail) -> Message:
    request = Request.objects.select_related("contact", "organization").get(pk=mail.reference)
    values = {
        "demande": request.subject,
        "association": request.organization.name,
        "nom": request.contact.name,
        "personne": _reach(request.contact, phone=request.phone or request.contact.phone),
        "moment": _slot(request),
        "message": _("Son message :") + f"\n\n{request.message}" if request.message else "",
    }
    link = (_("Ouvrir la demande"), absolute_url(mail.hoster, "staff:request", pk=request.pk))
    return Message(context=dict(values), link=link)


def _slot(request: Request) -> str:
    if not request.slot:
        return ""
    return _("Moment préféré : %(moment)s.") % {"moment": request.get_slot_display()}


def _reach(contact: Contact, *, phone: str) -> str:
    """Who to call or write to, in one line."""
    organization = contact.organization.name
    where = _("pour %(name)s") % {"name": organization} if organization != contact.name else ""
    who = ", ".join(filter(None, [contact.name, contact.role, where]))
    return _("%(who)s : %(means)s") % {
        "who": who,
        "means": ", ".join(filter(None, [contact.email, _("téléphone %s") % phone if phone else ""])),
    }


def _termination(mail: Mail) -> Termination:
    return Termination.objects.select_related("subscription__quote").get(pk=mail.reference)


def _notice_words(found: Termination) -> str:
    wished = day_words(found.wished_end) if found.wished_end else _("dès que possible")
    lines = [
        _("Association ou structure : %s") % found.organization,
        _("Référence du contrat : %s") % found.contract,
        _("Fin souhaitée : %s") % wished,
        _("Motif : %s") % (found.reason or _("non précisé")),
    ]
    return "\n".join(lines)


def _effects(found: Termination) -> str:
    plan = plan_for(found)
    if plan is None or found.subscription is None:
        return _(
            "Une personne vérifie de quel contrat il s’agit et vous confirme sa date de fin, selon le préavis qu’il "
            "prévoit. Elle vous dit aussi comment récupérer vos données, et quand elles seront effacées."
        )
    told = found.subscription.quote.promise["exit"] | {"day": day_words(plan.ends_on)}
    ends = _("Le contrat prend fin le %(day)s, compte tenu de son préavis de %(notice_days)s jours.") % told
    if plan.reason != SubscriptionEnd.Reason.NOTICE:
        ends = _("Le contrat prend fin le %(day)s.") % told + f" {plan.why}"
    data = _(
        "Vous récupérez %(export_formats)s, pendant %(retrieval_days)s jours après cette date ; tout est effacé au "
        "plus tard %(erasure_days)s jours après elle. Une personne vous le confirme."
    )
    return f"{ends} {money_words(found.subscription, plan)} {data % told}"


def _effects_for_team(found: Termination) -> str:
    end = effective_on(found)
    if end is None or found.subscription is None:
        return _(
            "Aucun contrat en cours n’a cette référence avec cette adresse : vérifiez auprès de la personne avant de "
            "répondre."
        )
    told = {"number": found.subscription.quote.number, "day": day_words(end)}
    return (
        _(
            "La référence et l’adresse désignent le contrat %(number)s. Avec son préavis, il prend fin le %(day)s."
        )
        % told
    )


def _card(mail: Mail, pk: int) -> tuple[str, str]:
    return (_("Ouvrir la fiche"), absolute_url(mail.hoster, "staff:organization", pk=pk))
