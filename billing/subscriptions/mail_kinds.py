"""The words of the mails about a subscription: who reads them, their subject, and their placeholders."""

from django.utils.translation import gettext_lazy as _

from billing.mail_kinds import ASSOCIATION, NAME, OFFER
from hosters.mail_texts import Placeholder, TextKind, register_text

CONTRACT = Placeholder("contrat", _("le numéro du devis accepté"), "D-2026-0042")
LAST_DAY = Placeholder("dernier_jour", _("le dernier jour du contrat"), "31 décembre 2026")
RULE = Placeholder(
    "regle",
    _("la règle appliquée"),
    "La période déjà payée reste due et le service continue jusqu’à sa fin.",
)
MONEY = Placeholder(
    "remboursement", _("ce qui est rendu, ou rien"), "Nous vous rendrons 24,50\u00a0€, par un avoir."
)
DATA = Placeholder(
    "donnees",
    _("comment récupérer les données et quand elles sont effacées"),
    "Vous récupérez vos fichiers jusqu’au 30 janvier 2027 ; tout est effacé au plus tard le 1er mars 2027.",
)

FIRST_DAY = Placeholder("premier_jour", _("le premier jour"), "1er décembre 2026")
TERM = Placeholder("terme", _("le dernier jour de la période engagée"), "21 novembre 2027")
DEADLINE = Placeholder("date_limite", _("la date limite pour refuser"), "22 octobre 2027")
PRICE_NEXT = Placeholder(
    "prix_suivant", _("le prix après la reconduction"), "Le prix reste le même : 300,00\u00a0€ TTC par an."
)
DURATION = Placeholder("duree", _("pour combien de temps"), "12 mois")

WHAT = Placeholder("motif", _("ce qui change et pourquoi"), "Nos serveurs coûtent plus cher cette année.")
OLD_PRICE = Placeholder("ancien_prix", _("le prix d’aujourd’hui"), "300,00\u00a0€ TTC par an")
NEW_PRICE = Placeholder("nouveau_prix", _("le nouveau prix"), "312,00\u00a0€ TTC par an")
EFFECTIVE = Placeholder("date_effet", _("le jour du changement"), "22 novembre 2027")
REFUSE_BY = Placeholder("date_limite", _("la date limite pour refuser"), "22 octobre 2027")
EXIT_UNTIL = Placeholder("sortie", _("jusqu’à quand partir sans préavis"), "22 décembre 2027")

KINDS = (
    TextKind(
        "end_confirmed",
        _("La fin du contrat est confirmée"),
        to_team=False,
        subject=_("Fin de votre contrat {{ contrat }} : le {{ dernier_jour }}"),
        template="mails/end_confirmed.txt",
        placeholders=(ASSOCIATION, OFFER, CONTRACT, LAST_DAY, RULE, MONEY, DATA),
        required=frozenset({"dernier_jour", "regle", "donnees"}),  # date and effects (L215-1-1)
    ),
    TextKind(
        "end_undone",
        _("La fin du contrat est annulée"),
        to_team=False,
        subject=_("Votre contrat {{ contrat }} continue"),
        template="mails/end_undone.txt",
        placeholders=(ASSOCIATION, OFFER, CONTRACT, LAST_DAY),
    ),
    TextKind(
        "subscription_ended",
        _("Le contrat est terminé"),
        to_team=False,
        subject=_("Votre contrat {{ contrat }} est terminé"),
        template="mails/subscription_ended.txt",
        placeholders=(ASSOCIATION, OFFER, CONTRACT, LAST_DAY, MONEY, DATA),
        required=frozenset({"donnees"}),
    ),
    TextKind(
        "trial_opened",
        _("L’essai est ouvert"),
        to_team=False,
        subject=_("Votre essai de {{ offre }}, jusqu’au {{ dernier_jour }}"),
        template="mails/trial_opened.txt",
        placeholders=(NAME, ASSOCIATION, OFFER, FIRST_DAY, LAST_DAY),
        required=frozenset({"dernier_jour"}),
    ),
    TextKind(
        "trial_ending",
        _("L’essai se termine bientôt"),
        to_team=False,
        subject=_("Votre essai de {{ offre }} se termine le {{ dernier_jour }}"),
        template="mails/trial_ending.txt",
        placeholders=(NAME, ASSOCIATION, OFFER, FIRST_DAY, LAST_DAY),
        required=frozenset({"dernier_jour"}),
    ),
    TextKind(
        "trial_over",
        _("L’essai est terminé"),
        to_team=False,
        subject=_("Votre essai de {{ offre }} est terminé"),
        template="mails/trial_over.txt",
        placeholders=(NAME, ASSOCIATION, OFFER, FIRST_DAY, LAST_DAY),
    ),
    TextKind(
        "renewal_notice",
        _("L’avis de reconduction que la loi demande"),
        to_team=False,
        subject=_(
            "Votre contrat {{ contrat }} : vous pouvez refuser sa reconduction avant le {{ date_limite }}"
        ),
        template="mails/renewal_notice.txt",
        placeholders=(ASSOCIATION, OFFER, CONTRACT, TERM, DEADLINE, DURATION, PRICE_NEXT),
        required=frozenset({"terme", "date_limite", "prix_suivant"}),  # L215-1; the price, CON-07
    ),
    TextKind(
        "price_change",
        _("Le prix du contrat change"),
        to_team=False,
        subject=_("Votre contrat {{ contrat }} : un nouveau prix à partir du {{ date_effet }}"),
        template="mails/price_change.txt",
        placeholders=(
            ASSOCIATION,
            OFFER,
            CONTRACT,
            WHAT,
            OLD_PRICE,
            NEW_PRICE,
            EFFECTIVE,
            REFUSE_BY,
            EXIT_UNTIL,
        ),
        required=frozenset({"ancien_prix", "nouveau_prix", "date_effet", "date_limite", "sortie"}),  # CON-07
    ),
    TextKind(
        "terms_change",
        _("Le contrat change"),
        to_team=False,
        subject=_("Votre contrat {{ contrat }} change le {{ date_effet }}"),
        template="mails/terms_change.txt",
        placeholders=(ASSOCIATION, OFFER, CONTRACT, WHAT, EFFECTIVE, EXIT_UNTIL),
        required=frozenset({"motif", "date_effet", "sortie"}),  # L224-25-25, L224-25-26 (CON-06)
    ),
    TextKind(
        "change_withdrawn",
        _("Le changement annoncé n’a pas lieu"),
        to_team=False,
        subject=_("Votre contrat {{ contrat }} ne change pas"),
        template="mails/change_withdrawn.txt",
        placeholders=(ASSOCIATION, OFFER, CONTRACT, EFFECTIVE),
    ),
)


def register() -> None:
    """Declare the words of each kind."""
    for kind in KINDS:
        register_text(kind)
