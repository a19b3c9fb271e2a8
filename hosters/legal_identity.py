"""What a hoster must say of itself before it sells anything (LCEN article 1-1, C. com. R123-237; LEG-01, DEV-02)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from hosters.missing import Missing
from hosters.models import Hoster, LegalForm

#: Those whom the register of companies knows; an association has an RNA, a SIREN, or a local register.
TRADERS = {LegalForm.COMPANY, LegalForm.COOPERATIVE, LegalForm.SOLE_TRADER}

IDENTITY = "staff:settings_identity"
#: Fields without which a quote does not name its seller.
PRINTED = {"legal_name", "street", "siren", "registration", "rna", "vat_number"}


def missing_identity(hoster: Hoster) -> list[str]:
    """What is missing, in words; nothing when the legal pages can be complete."""
    return [gap.label for gap in identity_gaps(hoster)]


def unprintable_seller(hoster: Hoster) -> str:
    """What the law wants on a quote and this hoster has not said, in words; "" when it may sell (DEV-01, DEV-02).
    The examples of the course, whose documents engage nobody, are left alone."""
    gaps = [] if hoster.is_example else [gap.label for gap in identity_gaps(hoster) if gap.field in PRINTED]
    return ", ".join(gaps)


def identity_gaps(hoster: Hoster) -> Iterator[Missing]:
    """The same, each with the field that mends it."""
    if not hoster.legal_name:
        yield Missing(_("la dénomination sociale"), IDENTITY, "legal_name")
    if not (hoster.street and hoster.postcode and hoster.town):
        yield Missing(_("l’adresse du siège"), IDENTITY, "street")
    if not hoster.email:
        yield Missing(_("l’adresse e-mail"), IDENTITY, "email")
    if not hoster.phone:
        yield Missing(_("le téléphone"), IDENTITY, "phone")
    yield from _registers(hoster)
    if not hoster.publication_director:
        yield Missing(_("la personne responsable de la publication"), IDENTITY, "publication_director")
    if not hoster.site_host:
        yield Missing(_("qui héberge ce site (nom, adresse, téléphone)"), IDENTITY, "site_host")
    if hoster.subprocessors_on is None:
        told = _("la liste des sous-traitants, même vide, et sa date")
        yield Missing(told, "staff:settings_subprocessors", "form-0-name")


def _registers(hoster: Hoster) -> Iterator[Missing]:
    if hoster.legal_form in TRADERS:
        if not hoster.siren:
            yield Missing(_("le numéro SIREN"), IDENTITY, "siren")
        if not hoster.registration:
            yield Missing(_("l’inscription au registre (RCS et ville)"), IDENTITY, "registration")
    elif not (hoster.rna or hoster.siren or hoster.registration):
        told = _("un numéro d’association (RNA, SIREN ou registre local)")
        yield Missing(told, IDENTITY, "rna")
    if hoster.charges_vat and not hoster.vat_number:
        yield Missing(_("le numéro de TVA"), "staff:settings_billing", "vat_number")


def seller_mentions(hoster: Hoster) -> list[str]:
    """Legal form, register and VAT number (C. com. R123-237; R526-27 for « EI »)."""
    form = str(LegalForm(hoster.legal_form).label)
    lines = [form[0].upper() + form[1:], *identifiers(hoster.siren, hoster.rna)]
    if hoster.registration:
        lines.append(hoster.registration)
    if hoster.charges_vat and hoster.vat_number:
        lines.append(_("TVA %(number)s") % {"number": hoster.vat_number})
    return lines


def identifiers(siren: str, rna: str) -> list[str]:
    """The numbers of a structure, as printed."""
    lines = []
    if siren:
        lines.append(_("SIREN %(number)s") % {"number": f"{siren[:3]} {siren[3:6]} {siren[6:]}"})
    if rna:
        lines.append(_("RNA %(number)s") % {"number": rna})
    return lines
