"""Mails about the association's space: an invitation, a departure, a link to decide, minutes used, a brief kept."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from billing.access_links import mint_link
from billing.brief_drafts import token_of
from billing.models import AccessLink, BriefDraft, Quote, SupportTime
from billing.need_confirmation import need_to_confirm
from billing.support import support_of
from crm.models import Contact
from crm.space_roles import Right, may
from hosters.links import absolute_url
from hosters.mail import Message, register_composer
from hosters.models import Mail
from pricing.dates import date_format
from pricing.typography import euros, minutes


def register() -> None:
    """Declare who writes each kind of mail."""
    register_composer("space_invited", space_invited)
    register_composer("space_left", space_left)
    register_composer("decide_link", decide_link)
    register_composer("support_overrun", support_overrun)
    register_composer("brief_saved", brief_saved)
    register_composer("need_to_confirm", need_to_confirm)


def space_invited(mail: Mail) -> Message | None:
    """To somebody who was let in; nothing if they were removed before the mail left."""
    contact = Contact.objects.current().select_related("organization").filter(pk=mail.reference).first()
    if contact is None:
        return None
    values = {
        "nom": contact.name,
        "association": contact.organization.name,
        "role": contact.get_space_role_display(),
    }
    return Message(context=dict(values), link=(_("Ouvrir l’espace"), space_url(mail, contact)))


def space_left(mail: Mail) -> Message:
    """To somebody who was removed."""
    contact = Contact.objects.select_related("organization").get(pk=mail.reference)
    return Message(context={"nom": contact.name, "association": contact.organization.name})


def decide_link(mail: Mail) -> Message | None:
    """To a person entitled to accept, who asked for it from the space; nothing if they left meanwhile."""
    quote_pk, contact_pk = mail.reference.split(":")
    quote = Quote.objects.select_related("organization__hoster").get(pk=quote_pk)
    person = Contact.objects.current().select_related("organization__hoster").filter(pk=contact_pk).first()
    return decision_mail(mail, quote, person) if person else None


def support_overrun(mail: Mail) -> Message | None:
    """The time included is used up: said at once, and nothing is invoiced without a quote (SLE-07)."""
    time_pk, contact_pk = mail.reference.split(":")
    person = Contact.objects.current().select_related("organization").filter(pk=contact_pk).first()
    related = "subscription__quote__tariff_version", "subscription__support_allowance"
    time = SupportTime.objects.select_related(*related).get(pk=time_pk)
    found = support_of(time.subscription, on=time.spent_on)
    if person is None or found is None or time.cancelled_at:
        return None
    values = {
        "nom": person.name,
        "association": person.organization.name,
        "date": day_words(time.spent_on),
        "temps": minutes(time.minutes),
        "objet": time.what,
        "fin": day_words(found.end),
        "depassement": minutes(found.balance.over),
    }
    return Message(context=dict(values), link=(_("Ouvrir votre espace"), space_url(mail, person)))


def brief_saved(mail: Mail) -> Message | None:
    """« Reprendre plus tard »: the signed link is made when the mail leaves; nothing for an erased draft."""
    draft = BriefDraft.objects.filter(pk=mail.reference).first()
    if draft is None:
        return None
    link = absolute_url(mail.hoster, "storefront:brief_review", token=token_of(draft))
    return Message(
        context={"date": day_words(timezone.localtime(draft.expires_at))},
        link=(_("Reprendre le cahier des charges"), link),
    )


def decision_mail(mail: Mail, quote: Quote, contact: Contact) -> Message:
    """A quote for one person, with the link that decides; who may not accept gets the one that reads."""
    decides = may(contact, Right.ACCEPT)
    purpose = AccessLink.Purpose.DECIDE_QUOTE if decides else AccessLink.Purpose.READ_QUOTE
    token = mint_link(purpose=purpose, contact=contact, quote=quote)
    values = {
        "nom": contact.name,
        "devis": quote.number,
        "association": quote.buyer["name"],
        "offre": quote.promise["offer"],
        "prix": quote.main_price_words,
        "premiere_annee": euros(quote.first_year_gross),
        "message": quote.message,
        "changements": _changes(quote),
        "validite": day_words(quote.valid_until),
    }
    link = (_("Lire le devis"), absolute_url(mail.hoster, "storefront:quote", token=token))
    return Message(context=dict(values), link=link)


def _changes(quote: Quote) -> str:
    if not quote.changes:
        return ""
    return _("Ce qui change par rapport à la version précédente : %(changes)s.") % {
        "changes": " ; ".join(quote.changes)
    }


def space_url(mail: Mail, contact: Contact) -> str:
    """The door of the space for one person."""
    token = mint_link(purpose=AccessLink.Purpose.SPACE, contact=contact)
    return absolute_url(mail.hoster, "portal:enter", token=token)


def day_words(day: date | datetime) -> str:
    """`22 novembre 2026`."""
    return date_format(day, "j F Y")


def moment_words(instant: datetime) -> str:
    """`22 novembre 2026 à 14:05`, in the time of the hoster."""
    return date_format(timezone.localtime(instant), r"j F Y \à H:i")
