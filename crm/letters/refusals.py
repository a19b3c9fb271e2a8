"""Why a mail that the team writes may not go to somebody: the law first, then the courtesy that the hoster chose."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.consent import may_write
from crm.interactions import too_soon
from crm.models import Consent, Contact, LetterModel
from pricing.dates import date_format


@dataclass(frozen=True)
class Verdict:
    """Whether a letter of a purpose may go, and the reason, in French."""

    allowed: bool
    reason: str


def verdict_on(contact: Contact, purpose: str) -> Verdict:
    """The reason that lets us write, or that forbids it (GDPR-01 to GDPR-04; 004-022 how often at most)."""
    permission = may_write(contact, Consent.Purpose(purpose))
    if not permission.allowed:
        return Verdict(False, permission.reason)
    if contact.left_at:
        return Verdict(False, _("Cette personne a quitté la structure."))
    if purpose == LetterModel.Purpose.PROSPECTING:
        if contact.organization.do_not_contact:
            return Verdict(False, _("Cette structure a demandé à ne plus être contactée."))
        if last := too_soon(contact.organization):
            day = date_format(timezone.localtime(last.happened_at), "j F Y")
            return Verdict(
                False, _("Nous l’avons déjà contactée le %(day)s : c’est trop tôt.") % {"day": day}
            )
    return Verdict(True, permission.reason)
