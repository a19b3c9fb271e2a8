"""What a hoster is expected to have said before it publishes an offer: the identity that the law asks, and the honest
statements that make an offer believable (002-081 to 002-099)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django_scopes import scope

from hosters.charter import CHARTER
from hosters.legal_identity import identity_gaps
from hosters.missing import Missing
from hosters.models import CharterCommitment, Hoster, Statement
from hosters.terms import missing_terms, terms_kinds

#: The page where the texts that clients accept are written and published.
TERMS = "staff:terms"


def missing_to_publish(hoster: Hoster) -> list[Missing]:
    """Everything still to be said, the law first; nothing when offers may be published."""
    return [*identity_gaps(hoster), *terms_gaps(hoster), *promise_gaps(hoster)]


def terms_gaps(hoster: Hoster) -> Iterator[Missing]:
    """The texts that clients accept: a page that invites to buy shows them (LEG-02, CON-12)."""
    with scope(hoster=hoster):
        missing = missing_terms(terms_kinds(hoster))
    for label in missing:
        yield Missing(label, TERMS, "")


def promise_gaps(hoster: Hoster) -> Iterator[Missing]:
    """What the associations want to know, most of which no law asks."""
    if not (hoster.contact_person and hoster.contact_hours):
        told = _("la personne à qui parler et les heures d’accueil")
        yield Missing(told, "staff:settings_welcome", "contact_person")
    if hoster.availability_target is None:
        told = _("la disponibilité que vous tenez vraiment")
        yield Missing(told, "staff:settings_availability", "availability_target")
    if not (hoster.backup_copies and hoster.backup_frequency):
        yield Missing(_("vos sauvegardes"), "staff:settings_availability", "backup_copies")
    if not hoster.data_place:
        yield Missing(_("où sont les données"), "staff:settings_availability", "data_place")
    if not hoster.foreign_access:  # data regulation, article 28 (CON-09)
        told = _("ce qui protège les données des demandes d’États hors de l’Union")
        yield Missing(told, "staff:settings_availability", "foreign_access")
    if not hoster.why_paid:
        yield Missing(_("pourquoi c’est payant"), "staff:settings_price", "why_paid")
    yield from _registry_gaps(hoster)


def _registry_gaps(hoster: Hoster) -> Iterator[Missing]:
    with scope(hoster=hoster):
        limits = Statement.objects.filter(kind=Statement.Kind.LIMIT, is_public=True).exists()
        answered = set(CharterCommitment.objects.values_list("code", flat=True))
    if not limits:
        yield Missing(
            _("au moins une limite, dite à tout le monde"), "staff:settings_statements", "form-0-kind"
        )
    left = [index for index, each in enumerate(CHARTER) if each.code not in answered]
    if left:
        told = _("où vous en êtes des dix engagements de la charte (il en reste %(n)s)") % {"n": len(left)}
        yield Missing(told, "staff:settings_charter", f"form-{left[0]}-status")
