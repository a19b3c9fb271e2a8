"""What the codes of a rejected debit mean (ISO 20022, external codes that French banks use)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "AC01": _("compte inconnu : l’IBAN est faux"),
    "AC04": _("compte clos"),
    "AC06": _("compte bloqué"),
    "AC13": _("compte d’un particulier, refusé pour un prélèvement interentreprises"),
    "AG01": _("prélèvement interdit sur ce compte"),
    "AG02": _("nature d’opération refusée"),
    "AM04": _("provision insuffisante"),
    "AM05": _("prélèvement présenté deux fois"),
    "BE05": _("identifiant créancier inconnu"),
    "CNOR": _("banque du créancier non joignable"),
    "DNOR": _("banque du client non joignable"),
    "FF01": _("fichier mal formé"),
    "MD01": _("aucun mandat valable, ou débit contesté"),
    "MD02": _("données du mandat incomplètes ou fausses"),
    "MD06": _("remboursement demandé par le client"),
    "MD07": _("titulaire du compte décédé"),
    "MS02": _("refusé par le client"),
    "MS03": _("motif non communiqué par la banque"),
    "NARR": _("motif écrit par la banque"),
    "RC01": _("banque inconnue"),
    "RR01": _("motif réglementaire"),
    "RR04": _("motif réglementaire"),
    "SL01": _("service particulier de la banque du client"),
}


def words_for(code: str) -> str:
    """The meaning of a code; a general word for an unknown one."""
    return str(REASONS.get(code, _("rejeté par la banque")))
