"""The words of each kind of mail: who reads it, its subject, and the placeholders that its composer fills."""

from django.utils.translation import gettext_lazy as _

from hosters.mail_texts import Placeholder, TextKind, register_text

NAME = Placeholder("nom", _("le nom de la personne"), "Dominique Petit")
ASSOCIATION = Placeholder("association", _("le nom de l’association"), "Les Amis du lavoir")
QUOTE = Placeholder("devis", _("le numéro du devis"), "D-2026-0042")
OFFER = Placeholder("offre", _("l’offre"), "Marmule")
PRICE = Placeholder("prix", _("le prix d’une période"), "30,00\u00a0€ TTC par mois")
FIRST_YEAR = Placeholder("premiere_annee", _("le total de la première année"), "430,00\u00a0€")
NOTE = Placeholder(
    "message", _("votre mot pour ce devis, ou rien"), "Comme convenu, la reprise des adresses est comprise."
)
CHANGES = Placeholder(
    "changements",
    _("ce qui change depuis la version précédente, ou rien"),
    "Ce qui change par rapport à la version précédente : + 10 Go, + 5,00\u00a0€ par mois.",
)
VALIDITY = Placeholder("validite", _("la fin de validité du devis"), "21 janvier 2027")
MOMENT = Placeholder("date", _("le jour et l’heure"), "22 novembre 2026 à 14:05")
DAY = Placeholder("date", _("le jour"), "22 novembre 2026")
REASON = Placeholder("raison", _("la raison donnée"), "le prix dépasse notre budget")
FUNCTION = Placeholder("fonction", _("la fonction de la personne"), "Trésorière")
PERSON = Placeholder(
    "personne", _("qui joindre, et comment"), "Dominique Petit, Trésorière : dominique@lavoir.example"
)
ASKED = Placeholder("demande", _("ce qui est demandé"), "Demande de rappel : Marmule")
MESSAGE = Placeholder(
    "message", _("le message laissé, ou rien"), "Son message :\n\nNous sommes douze bénévoles."
)
SLOT = Placeholder(
    "moment", _("le moment préféré, ou rien"), "Moment préféré : le matin, de 9\u00a0h à 12\u00a0h."
)
NOTICE = Placeholder(
    "recapitulatif",
    _("ce que dit la résiliation"),
    "Association ou structure : Les Amis du lavoir\nRéférence du contrat : D-2026-0042\n"
    "Fin souhaitée : dès que possible\nMotif : non précisé",
)
EFFECTS = Placeholder(
    "effets",
    _("la fin du contrat et ce que deviennent les données"),
    "Le contrat prend fin le 22 décembre 2026.",
)

TO_ASSOCIATIONS = (
    TextKind(
        "quote_sent",
        _("Le devis est prêt"),
        to_team=False,
        subject=_("Votre devis {{ devis }}"),
        template="mails/quote_sent.txt",
        placeholders=(NAME, QUOTE, ASSOCIATION, OFFER, PRICE, FIRST_YEAR, NOTE, CHANGES, VALIDITY),
    ),
    TextKind(
        "decide_link",
        _("Le lien pour accepter, demandé depuis l’espace"),
        to_team=False,
        subject=_("Votre lien pour accepter le devis {{ devis }}"),
        template="mails/decide_link.txt",
        placeholders=(NAME, QUOTE, ASSOCIATION, OFFER, PRICE, FIRST_YEAR, VALIDITY),
    ),
    TextKind(
        "quote_withdrawn",
        _("Le devis est retiré"),
        to_team=False,
        subject=_("Devis {{ devis }} retiré"),
        template="mails/quote_withdrawn.txt",
        placeholders=(NAME, QUOTE, ASSOCIATION, DAY, REASON),
        required=frozenset({"devis", "raison"}),
    ),
    TextKind(
        "quote_accepted",
        _("L’accusé de réception d’une acceptation"),
        to_team=False,
        subject=_("Devis {{ devis }} accepté : merci"),
        template="mails/quote_accepted.txt",
        placeholders=(
            NAME,
            FUNCTION,
            MOMENT,
            QUOTE,
            ASSOCIATION,
            Placeholder("preavis", _("le préavis, en jours"), "30"),
            Placeholder("formats", _("les formats des données rendues"), "vos fichiers tels quels"),
        ),
        required=frozenset({"date", "devis"}),
    ),
    TextKind(
        "invoice_issued",
        _("Une facture"),
        to_team=False,
        subject=_("Votre {{ nature }} {{ facture }}"),
        template="mails/invoice_issued.txt",
        placeholders=(
            NAME,
            Placeholder("facture", _("le numéro de la facture"), "F-2026-0042"),
            Placeholder(
                "nature", _("facture, facture d’acompte, facture rectificative ou cotisation"), "facture"
            ),
            ASSOCIATION,
            Placeholder("montant", _("le total à payer"), "100,00\u00a0€"),
            Placeholder("echeance", _("le jour avant lequel payer"), "22 décembre 2026"),
            Placeholder("debut", _("le début de la période"), "22 novembre 2026"),
            Placeholder("fin", _("la fin de la période"), "21 décembre 2026"),
            Placeholder(
                "periode",
                _("la période couverte, ou rien"),
                "La facture couvre la période du 22 novembre 2026 au 21 décembre 2026.",
            ),
            Placeholder(
                "paiement",
                _("comment payer, ou rien sans compte bancaire"),
                "Pour payer par virement : compte FR76 3000 6000 0112 3456 7890 189 au nom d’Artifaille, avec "
                "la référence F-2026-0042.",
            ),
        ),
    ),
    TextKind(
        "invoice_and_fees_issued",
        _("Une facture et une cotisation, dues le même jour"),
        to_team=False,
        subject=_("Votre facture {{ facture }} et votre cotisation {{ cotisation }}"),
        template="mails/invoice_and_fees_issued.txt",
        placeholders=(
            NAME,
            Placeholder("facture", _("le numéro de la facture"), "F-2026-0042"),
            Placeholder("cotisation", _("le numéro de la cotisation"), "F-2026-0043"),
            ASSOCIATION,
            Placeholder("montant", _("le total de la facture"), "80,00\u00a0€"),
            Placeholder("montant_cotisation", _("le montant de la cotisation"), "20,00\u00a0€"),
            Placeholder("total", _("le total des deux"), "100,00\u00a0€"),
            Placeholder("echeance", _("le jour avant lequel payer"), "22 décembre 2026"),
            Placeholder(
                "periode",
                _("la période couverte par la facture, ou rien"),
                "La facture couvre la période du 22 novembre 2026 au 21 décembre 2026.",
            ),
            Placeholder(
                "paiement",
                _("comment payer, ou rien sans compte bancaire"),
                "Pour payer par virement : compte FR76 3000 6000 0112 3456 7890 189 au nom d’Artifaille. Un seul "
                "virement de 100,00\u00a0€ suffit, avec les références F-2026-0042 et F-2026-0043.",
            ),
        ),
    ),
    TextKind(
        "credit_note_issued",
        _("Un avoir"),
        to_team=False,
        subject=_("Votre avoir {{ avoir }}"),
        template="mails/credit_note_issued.txt",
        placeholders=(
            NAME,
            Placeholder("avoir", _("le numéro de l’avoir"), "F-AV-2026-0003"),
            Placeholder("facture", _("le numéro de la facture créditée"), "F-2026-0042"),
            ASSOCIATION,
            Placeholder("montant", _("le montant de l’avoir"), "100,00\u00a0€"),
            REASON,
        ),
        required=frozenset({"avoir", "facture"}),
    ),
    TextKind(
        "space_link",
        _("Le lien de l’espace"),
        to_team=False,
        subject=_("Votre lien vers l’espace association"),
        template="mails/space_link.txt",
    ),
    TextKind(
        "space_invited",
        _("L’invitation dans l’espace"),
        to_team=False,
        subject=_("L’espace « {{ association }} » vous est ouvert"),
        template="mails/space_invited.txt",
        placeholders=(NAME, ASSOCIATION, Placeholder("role", _("le rôle dans l’espace"), "trésorerie")),
    ),
    TextKind(
        "space_left",
        _("L’accès à l’espace est fermé"),
        to_team=False,
        subject=_("Votre accès à l’espace « {{ association }} » est fermé"),
        template="mails/space_left.txt",
        placeholders=(NAME, ASSOCIATION),
    ),
    TextKind(
        "support_overrun",
        _("Le temps d’accompagnement est dépassé"),
        to_team=False,
        subject=_("Temps d’accompagnement de « {{ association }} » : dépassé de {{ depassement }}"),
        template="mails/support_overrun.txt",
        placeholders=(
            NAME,
            ASSOCIATION,
            DAY,
            Placeholder("temps", _("le temps passé ce jour"), "1\u00a0h\u00a030"),
            Placeholder("objet", _("à quoi"), "Reprise des adresses e-mail"),
            Placeholder("fin", _("la fin de la période"), "21 novembre 2027"),
            Placeholder("depassement", _("le temps au-delà"), "30\u00a0min"),
        ),
    ),
    TextKind(
        "contact_acknowledged",
        _("L’accusé de réception d’une demande"),
        to_team=False,
        subject=_("Votre demande est bien arrivée"),
        template="mails/contact_acknowledged.txt",
        placeholders=(
            Placeholder(
                "suite",
                _("ce qui va se passer"),
                "Votre question nous est bien arrivée le 22 novembre 2026 à 14:05. Une personne vous répond par "
                "écrit, à cette adresse.",
            ),
            SLOT,
        ),
        required=frozenset({"suite"}),
    ),
    TextKind(
        "brief_saved",
        _("Reprendre un cahier des charges plus tard"),
        to_team=False,
        subject=_("Votre cahier des charges pour {{ hebergeur }}"),
        template="mails/brief_saved.txt",
        placeholders=(Placeholder("date", _("le dernier jour où le lien marche"), "21 janvier 2027"),),
    ),
    TextKind(
        "need_to_confirm",
        _("Le besoin reformulé, à confirmer"),
        to_team=False,
        subject=_("Avons-nous bien compris votre besoin ?"),
        template="mails/need_to_confirm.txt",
        placeholders=(
            NAME,
            Placeholder(
                "besoin",
                _("le besoin avec vos mots"),
                "Les familles réservent un outil seules, sans que deux s’inscrivent le même jour.",
            ),
        ),
        required=frozenset({"besoin"}),
    ),
    TextKind(
        "termination_acknowledged",
        _("L’accusé de réception d’une résiliation"),
        to_team=False,
        subject=_("Accusé de réception de votre résiliation"),
        template="mails/termination_acknowledged.txt",
        placeholders=(
            Placeholder("denomination", _("votre dénomination sociale"), "Association Artifaille"),
            MOMENT,
            NOTICE,
            EFFECTS,
        ),
        required=frozenset({"date", "recapitulatif", "effets"}),  # CON-04: content, date, time, effects
    ),
)

TO_THE_TEAM = (
    TextKind(
        "request_received",
        _("Un devis a été demandé en ligne"),
        to_team=True,
        subject=_("Devis demandé en ligne : {{ association }}"),
        template="mails/request_received.txt",
        placeholders=(ASSOCIATION, QUOTE, OFFER, FIRST_YEAR, PERSON),
    ),
    TextKind(
        "pricing_asked",
        _("Un prix est à faire"),
        to_team=True,
        subject=_("Prix à chiffrer : {{ association }}"),
        template="mails/pricing_asked.txt",
        placeholders=(ASSOCIATION, NAME, ASKED, PERSON, SLOT, MESSAGE),
    ),
    TextKind(
        "contact_asked",
        _("Une personne demande quelque chose"),
        to_team=True,
        subject=_("{{ demande }} ({{ nom }})"),
        template="mails/contact_asked.txt",
        placeholders=(ASSOCIATION, NAME, ASKED, PERSON, SLOT, MESSAGE),
    ),
    TextKind(
        "quote_refused",
        _("Un devis est décliné"),
        to_team=True,
        subject=_("Devis {{ devis }} décliné"),
        template="mails/quote_refused.txt",
        placeholders=(
            ASSOCIATION,
            QUOTE,
            REASON,
            Placeholder("message", _("ce que la personne ajoute, ou rien"), "Nous en reparlons en mars."),
        ),
    ),
    TextKind(
        "acceptance_received",
        _("Un devis est accepté"),
        to_team=True,
        subject=_("Devis {{ devis }} accepté"),
        template="mails/acceptance_received.txt",
        placeholders=(
            ASSOCIATION,
            QUOTE,
            OFFER,
            FIRST_YEAR,
            NAME,
            FUNCTION,
            MOMENT,
            Placeholder("adresse", _("l’adresse prouvée par le lien"), "dominique@lavoir.example"),
        ),
    ),
    TextKind(
        "termination_received",
        _("Une résiliation est arrivée"),
        to_team=True,
        subject=_("Résiliation reçue : {{ nom }}"),
        template="mails/termination_received.txt",
        placeholders=(
            Placeholder("nom", _("la structure et son contrat"), "Les Amis du lavoir · D-2026-0042"),
            MOMENT,
            NOTICE,
            EFFECTS,
        ),
    ),
)


def register() -> None:
    """Declare the words of every mail of the journey."""
    for kind in (*TO_ASSOCIATIONS, *TO_THE_TEAM):
        register_text(kind)
