"""Who writes each mail about a board. A mail that comes too late has nothing to say, and is forgotten.

Each composer gives the values of the placeholders that `billing.board.mail_kinds` describes for its kind.
"""

from django.utils.translation import gettext as _

from billing.access_links import mint_link
from billing.board import mail_kinds
from billing.board.ballot_links import mint_ballot_link
from billing.board.links import mint_token
from billing.board.meetings import next_meeting, outlives_quote
from billing.board.reminders import person_of
from billing.models import (
    AccessLink,
    Ballot,
    BoardDecision,
    BoardLink,
    BoardMeeting,
    BoardReminder,
    Quote,
    ValidityExtension,
)
from billing.people import who_decides
from billing.space_mails import day_words
from crm.models import Contact
from hosters.links import absolute_url
from hosters.mail import Message, register_composer
from hosters.models import Mail
from pricing.typography import euros


def register() -> None:
    """Declare the mails of this package, and their words."""
    mail_kinds.register()
    for composer in (
        board_link,
        ballot,
        ballot_reminder,
        mandate_given,
        decision_recorded,
        extension_asked,
        validity_extended,
        meeting_soon,
        meeting_result,
        validity_soon,
    ):
        register_composer(composer.__name__, composer)


def board_link(mail: Mail) -> Message | None:
    """To a member whose address the person gave: the link that only reads."""
    link = BoardLink.objects.select_related("quote__hoster", "made_by__organization__hoster").get(
        pk=mail.reference
    )
    if link.revoked_at or not link.quote.undecided:
        return None
    values = _facts(link.quote) | {"demandeur": link.made_by.name, "prix": link.quote.main_price_words}
    token = mint_token(link)
    return Message(
        context=dict(values),
        link=(_("Lire le devis"), absolute_url(mail.hoster, "storefront:quote", token=token)),
    )


def ballot(mail: Mail) -> Message | None:
    """To a member of the body: their own link to vote."""
    return _ballot(mail)


def ballot_reminder(mail: Mail) -> Message | None:
    """To a member who has not voted, one day before the end."""
    return _ballot(mail)


def _ballot(mail: Mail) -> Message | None:
    found = Ballot.objects.select_related("vote__quote", "vote__opened_by").get(pk=mail.reference)
    vote = found.vote
    if not vote.open or not vote.quote.undecided or (found.cast_at and "reminder" in mail.kind):
        return None
    values = _facts(vote.quote) | {
        "nom": found.name or _("à vous"),
        "demandeur": vote.opened_by.name,
        "cloture": day_words(vote.closes_on),
        "secret": _("Le vote est secret : personne ne lit qui a voté quoi, et ce lien s’efface à la clôture.")
        if vote.secret
        else _("Le vote est nominatif : votre nom et votre vote figurent dans le procès-verbal."),
    }
    url = absolute_url(mail.hoster, "storefront:ballot", token=mint_ballot_link(found))
    return Message(context=dict(values), link=(_("Lire et voter"), url))


def mandate_given(mail: Mail) -> Message | None:
    """To the person whom the association mandates: the link that decides proves that the address is theirs."""
    decision = BoardDecision.objects.select_related("quote__organization").get(pk=mail.reference)
    people = Contact.objects.current().filter(organization=decision.quote.organization, email__iexact=mail.to)
    mandated = people.select_related("organization__hoster").order_by("pk").first()
    if mandated is None or not decision.quote.undecided or hasattr(decision, "corrected_by"):
        return None
    values = _facts(decision.quote) | _decided(decision) | {"nom": decision.mandated_name}
    if decision.conditions and mail.to.lower() != decision.recorded_by.lower():
        # Free text to an address that nobody proved would let a stranger write anything in our name.
        values["conditions"] = _("Cette décision a des conditions ou des précisions : la page les montre.")
    return Message(
        context=dict(values),
        link=(_("Relire et accepter"), _decide_url(mail, mandated, decision.quote)),
    )


def decision_recorded(mail: Mail) -> Message:
    """To the hoster: the association answered, or put it off."""
    decision = BoardDecision.objects.select_related("quote").get(pk=mail.reference)
    who = {"name": decision.mandated_name, "role": decision.mandated_role}
    values = (
        _facts(decision.quote)
        | _decided(decision)
        | {
            "resultat": decision.get_result_display(),
            "suite": _("%(name)s, %(role)s, reçoit le lien pour accepter.") % who
            if decision.favourable
            else "",
        }
    )
    return Message(context=dict(values), link=(_("Ouvrir le devis"), _staff_url(mail, decision.quote)))


def extension_asked(mail: Mail) -> Message | None:
    """To the hoster: the meeting comes after the end of validity."""
    asked = ValidityExtension.objects.select_related("quote").get(pk=mail.reference)
    if asked.granted_until or not asked.quote.undecided:
        return None
    meeting = next_meeting(asked.quote)
    when = _("le %(day)s") % {"day": day_words(meeting.held_on)} if meeting else _("en réunion")
    values = _facts(asked.quote) | {"quand": when, "jusque": day_words(asked.asked_until)}
    return Message(context=dict(values), link=(_("Ouvrir le devis"), _staff_url(mail, asked.quote)))


def validity_extended(mail: Mail) -> Message:
    """To the person: the new last day, in writing."""
    granted = ValidityExtension.objects.select_related("quote__contact__organization__hoster").get(
        pk=mail.reference
    )
    quote, person = granted.quote, who_decides(granted.quote.contact)
    values = _facts(quote) | {
        "nom": person.name,
        "validite": day_words(granted.granted_until or quote.valid_until),
        "avant": day_words(granted.before) if granted.before else "",
    }
    return Message(context=dict(values), link=(_("Ouvrir le devis"), _decide_url(mail, person, quote)))


def meeting_soon(mail: Mail) -> Message | None:
    """Before the meeting: what helps to prepare it."""
    return _reminder(mail, board=True)


def meeting_result(mail: Mail) -> Message | None:
    """After the meeting: what did it decide?"""
    return _reminder(mail, board=True)


def validity_soon(mail: Mail) -> Message | None:
    """Before the end of validity."""
    return _reminder(mail, board=False)


def _reminder(mail: Mail, *, board: bool) -> Message | None:
    """Reminders stop when the answer has come, even in the last minute."""
    reminder = BoardReminder.objects.select_related("quote__contact__organization__hoster").get(
        pk=mail.reference
    )
    quote, meeting = reminder.quote, next_meeting(reminder.quote)
    standing = BoardDecision.objects.filter(quote=quote).standing()
    answered = board and standing.exclude(result=BoardDecision.Result.POSTPONED).exists()
    if answered or not quote.undecided or (board and meeting is None):
        return None
    person = person_of(quote)
    url = _decide_url(mail, person, quote, "storefront:board" if board else "storefront:quote")
    values = _facts(quote) | {"nom": person.name, "retard": _late(quote, meeting)}
    if meeting:
        values |= {"reunion": day_words(meeting.held_on), "instance": meeting.get_body_display()}
    return Message(
        context=dict(values),
        link=(_("Ouvrir la page de la réunion") if board else _("Ouvrir le devis"), url),
    )


def _facts(quote: Quote) -> dict[str, str]:
    """What every one of these mails may say of a quote."""
    return {
        "nom": quote.contact.name,
        "devis": quote.number,
        "association": quote.buyer["name"],
        "offre": quote.promise["offer"],
        "premiere_annee": euros(quote.first_year_gross),
        "validite": day_words(quote.valid_until),
    }


def _decided(decision: BoardDecision) -> dict[str, str]:
    said = {"text": decision.conditions}
    return {
        "instance": decision.get_body_display(),
        "date": day_words(decision.decided_on),
        "conditions": _("Conditions ou précisions : %(text)s") % said if decision.conditions else "",
    }


def _late(quote: Quote, meeting: BoardMeeting | None) -> str:
    if not outlives_quote(meeting, quote):
        return ""
    return _(
        "Attention : le devis est valable jusqu’au %(day)s, avant la réunion. La page permet de demander une "
        "prolongation."
    ) % {"day": day_words(quote.valid_until)}


def _decide_url(mail: Mail, person: Contact, quote: Quote, page: str = "storefront:quote") -> str:
    token = mint_link(purpose=AccessLink.Purpose.DECIDE_QUOTE, contact=person, quote=quote)
    return absolute_url(mail.hoster, page, token=token)


def _staff_url(mail: Mail, quote: Quote) -> str:
    return absolute_url(mail.hoster, "staff:quote", pk=quote.pk)
