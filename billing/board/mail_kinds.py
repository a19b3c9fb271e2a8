"""The words of the mails about a board: who reads them, their subject, and their placeholders."""

from django.utils.translation import gettext_lazy as _

from billing.mail_kinds import ASSOCIATION, FIRST_YEAR, NAME, OFFER, PRICE, QUOTE, VALIDITY
from hosters.mail_texts import Placeholder, TextKind, register_text

ASKED_BY = Placeholder("demandeur", _("la personne qui l’envoie"), "Dominique Petit")
CLOSES = Placeholder("cloture", _("le dernier jour du vote"), "12 décembre 2026")
SECRECY = Placeholder(
    "secret",
    _("si le vote est secret ou nominatif"),
    "Le vote est nominatif : votre nom et votre vote figurent dans le procès-verbal.",
)
BODY = Placeholder("instance", _("qui décide"), "conseil d’administration")
DECIDED = Placeholder("date", _("le jour de la décision"), "12 décembre 2026")
MEETING = Placeholder("reunion", _("le jour de la réunion"), "12 décembre 2026")
CONDITIONS = Placeholder(
    "conditions",
    _("les conditions de la décision, ou rien"),
    "Conditions ou précisions : commencer après l’assemblée générale.",
)

TO_ASSOCIATIONS = (
    TextKind(
        "board_link",
        _("Un devis à lire, envoyé à un membre"),
        to_team=False,
        subject=_("Un devis à lire avant d’en décider : {{ devis }}"),
        template="mails/board_link.txt",
        placeholders=(ASKED_BY, QUOTE, ASSOCIATION, OFFER, PRICE, FIRST_YEAR, VALIDITY),
    ),
    TextKind(
        "ballot",
        _("Le lien pour voter"),
        to_team=False,
        subject=_("Votre avis est demandé sur le devis {{ devis }}"),
        template="mails/ballot.txt",
        placeholders=(NAME, ASKED_BY, QUOTE, ASSOCIATION, OFFER, FIRST_YEAR, CLOSES, SECRECY),
        required=frozenset({"cloture", "secret"}),  # nobody votes without knowing who will read it
    ),
    TextKind(
        "ballot_reminder",
        _("Le rappel du vote"),
        to_team=False,
        subject=_("Il reste un jour pour voter sur le devis {{ devis }}"),
        template="mails/ballot_reminder.txt",
        placeholders=(NAME, QUOTE, ASSOCIATION, CLOSES),
    ),
    TextKind(
        "mandate_given",
        _("Le mandat pour accepter"),
        to_team=False,
        subject=_("Vous êtes mandaté·e pour accepter le devis {{ devis }}"),
        template="mails/mandate_given.txt",
        placeholders=(NAME, QUOTE, ASSOCIATION, BODY, DECIDED, CONDITIONS, VALIDITY),
    ),
    TextKind(
        "validity_extended",
        _("Le devis est prolongé"),
        to_team=False,
        subject=_("Devis {{ devis }} : valable jusqu’au {{ validite }}"),
        template="mails/validity_extended.txt",
        placeholders=(NAME, QUOTE, VALIDITY, Placeholder("avant", _("l’ancienne date"), "21 décembre 2026")),
        required=frozenset({"devis", "validite"}),  # this mail is the written proof of the new date
    ),
    TextKind(
        "meeting_soon",
        _("La réunion approche"),
        to_team=False,
        subject=_("Votre réunion approche : devis {{ devis }}"),
        template="mails/meeting_soon.txt",
        placeholders=(
            NAME,
            QUOTE,
            MEETING,
            BODY,
            Placeholder(
                "retard",
                _("ce qu’il faut savoir si le devis expire avant, ou rien"),
                "Attention : le devis est valable jusqu’au 1er décembre 2026, avant la réunion. La page permet de "
                "demander une prolongation.",
            ),
        ),
    ),
    TextKind(
        "meeting_result",
        _("Après la réunion"),
        to_team=False,
        subject=_("Qu’a décidé la réunion ? Devis {{ devis }}"),
        template="mails/meeting_result.txt",
        placeholders=(NAME, QUOTE, MEETING),
    ),
    TextKind(
        "validity_soon",
        _("Le devis va expirer"),
        to_team=False,
        subject=_("Le devis {{ devis }} expire bientôt"),
        template="mails/validity_soon.txt",
        placeholders=(NAME, QUOTE, ASSOCIATION, VALIDITY),
    ),
)

TO_THE_TEAM = (
    TextKind(
        "decision_recorded",
        _("Une association a décidé"),
        to_team=True,
        subject=_("Devis {{ devis }} : {{ resultat }}"),
        template="mails/decision_recorded.txt",
        placeholders=(
            QUOTE,
            ASSOCIATION,
            Placeholder("resultat", _("la réponse"), "oui"),
            BODY,
            DECIDED,
            CONDITIONS,
            Placeholder(
                "suite",
                _("qui reçoit le lien pour accepter, ou rien"),
                "Dominique Petit, Trésorière, reçoit le lien pour accepter.",
            ),
        ),
    ),
    TextKind(
        "extension_asked",
        _("Une prolongation est demandée"),
        to_team=True,
        subject=_("Prolongation demandée : devis {{ devis }}"),
        template="mails/extension_asked.txt",
        placeholders=(
            QUOTE,
            ASSOCIATION,
            Placeholder("quand", _("le jour de la réunion, si elle est connue"), "le 2 février 2027"),
            VALIDITY,
            Placeholder("jusque", _("la date demandée"), "9 février 2027"),
        ),
    ),
)


def register() -> None:
    """Declare the words of every mail of this package."""
    for kind in (*TO_ASSOCIATIONS, *TO_THE_TEAM):
        register_text(kind)
