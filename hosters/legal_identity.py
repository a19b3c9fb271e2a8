"""What a hoster must say of itself before it sells anything (LCEN article 1-1, C. com. R123-237; LEG-01, DEV-02)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from hosters.models import Hoster, LegalForm

#: Those whom the register of companies knows; an association has an RNA, a SIREN, or a local register.
TRADERS = {LegalForm.COMPANY, LegalForm.COOPERATIVE, LegalForm.SOLE_TRADER}


def missing_identity(hoster: Hoster) -> list[str]:
    """What is missing, in words; nothing when the legal pages can be complete."""
    return list(_missing(hoster))


def _missing(hoster: Hoster) -> Iterator[str]:
    if not hoster.legal_name:
        yield _("la dénomination sociale")
    if not (hoster.street and hoster.postcode and hoster.town):
        yield _("l’adresse du siège")
    if not hoster.email:
        yield _("l’adresse e-mail")
    if not hoster.phone:
        yield _("le téléphone")
    yield from _registers(hoster)
    if not hoster.publication_director:
        yield _("la personne responsable de la publication")
    if not hoster.site_host:
        yield _("qui héberge ce site (nom, adresse, téléphone)")
    if hoster.subprocessors_on is None:
        yield _("la liste des sous-traitants, même vide, et sa date")


def _registers(hoster: Hoster) -> Iterator[str]:
    if hoster.legal_form in TRADERS:
        if not hoster.siren:
            yield _("le numéro SIREN")
        if not hoster.registration:
            yield _("l’inscription au registre (RCS et ville)")
    elif not (hoster.rna or hoster.siren or hoster.registration):
        yield _("un numéro d’association (RNA, SIREN ou registre local)")
    if hoster.charges_vat and not hoster.vat_number:
        yield _("le numéro de TVA")
