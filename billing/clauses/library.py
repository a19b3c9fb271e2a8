"""The clauses that we ship (seed 003: performance, confidentiality, reversibility, hardship, service level)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from billing.clauses.clause import Clause, Exit, Parameter, Values, Words
from billing.clauses.service_level import PENALTIES, SERVICE_LEVEL


def _termination(values: Values, promised: Exit) -> list[str]:
    return [
        _(
            "Le client met fin au contrat quand il veut, par la page « Résilier votre contrat », avec ce préavis : "
            "%(notice)s. L’hébergeur confirme la date de fin par e-mail."
        )
        % {"notice": promised.notice},
        _(
            "Si l’une des parties manque gravement à ses obligations, l’autre lui écrit ; sans remède au bout de "
            "%(days)s jours, elle peut mettre fin au contrat. Ce qui a été payé pour la période non fournie est rendu."
        )
        % {"days": values["cure_days"]},
    ]


def _reversibility(values: Values, promised: Exit) -> list[str]:
    texts = [
        _(
            "À la fin du contrat, quelle qu’en soit la cause, le client récupère toutes ses données : %(formats)s, "
            "avec la documentation nécessaire pour les relire. Il dispose pour cela de ce délai : %(retrieval)s. "
            "L’effacement, sauvegardes comprises, suit au plus tard %(erasure)s."
        )
        % {"formats": promised.formats, "retrieval": promised.retrieval, "erasure": promised.erasure},
        _(
            "Il peut changer d’hébergeur ou reprendre chez lui (règlement européen 2023/2854, chapitre VI) : la "
            "transition dure au plus trente jours, pendant lesquels le service continue avec la même sécurité. "
            "Aucuns frais de départ ne sont dus. Les données propres au fonctionnement interne de l’hébergeur "
            "(journaux techniques, mots de passe d’administration) ne sont pas exportées."
        ),
    ]
    hours = int(values["training_hours"])
    if hours:
        texts.append(
            ngettext(
                "%(n)s heure de formation ou d’aide au transfert est comprise.",
                "%(n)s heures de formation ou d’aide au transfert sont comprises.",
                hours,
            )
            % {"n": hours}
        )
    return texts


def _data(_values: Values, _promised: Exit) -> list[str]:
    return [
        _(
            "Pour les données que le client confie, le client est responsable du traitement et l’hébergeur "
            "sous-traitant (RGPD, article 28). L’hébergeur n’agit que sur instruction du client, garde les données "
            "confidentielles et en sécurité, ne les exploite pas, signale toute violation dans les quarante-huit "
            "heures, aide le client à répondre aux personnes, rend puis efface les données à la fin. L’accord de "
            "sous-traitance joint en donne le détail ; la liste des sous-traitants est publique et tenue à jour."
        )
    ]


def _ownership(_values: Values, _promised: Exit) -> list[str]:
    return [
        _(
            "Les données, contenus, noms de domaine et comptes du client sont à lui. Ce que l’hébergeur crée pour "
            "lui et qu’il a payé (textes, modèles, réglages, développements) est remis avec ses sources et peut "
            "être réutilisé librement. Les logiciels libres gardent leur licence."
        )
    ]


def _confidentiality(values: Values, _promised: Exit) -> list[str]:
    return [
        _(
            "Chaque partie garde secret ce qu’elle apprend de l’autre et qui n’est pas public, notamment : %(scope)s. "
            "Cela vaut pendant le contrat et %(years)s ans après. Ne sont pas concernées les informations déjà "
            "publiques ni celles que la loi oblige à donner."
        )
        % {"years": values["years"], "scope": values["scope"]}
    ]


def _hardship(values: Values, _promised: Exit) -> list[str]:
    return [
        _(
            "Si un changement imprévisible rend le contrat bien plus coûteux pour l’une des parties, elle peut "
            "demander à en reparler (article 1195 du code civil) ; chacune continue pendant la discussion. "
            "Sans accord au bout de %(days)s jours, chacune peut partir sans frais."
        )
        % {"days": values["talk_days"]},
        _(
            "Personne n’est en faute à cause d’un événement qu’il ne pouvait ni éviter ni prévoir (article 1218 du "
            "code civil), notamment : %(cases)s. S’il dure plus d’un mois, chacun peut mettre fin au contrat."
        )
        % {"cases": values["cases"]},
    ]


def _continuity(values: Values, _promised: Exit) -> list[str]:
    return [
        _(
            "%(people)s personnes au moins savent intervenir sur le service. Les données sont sauvegardées chaque jour "
            "sur un autre site et gardées %(kept)s jours ; la restauration est essayée tous les %(drill)s mois. Le "
            "service est surveillé et les mises à jour de sécurité sont posées sans attendre."
        )
        % {"people": values["people"], "kept": values["kept_days"], "drill": values["drill_months"]}
    ]


def _performance(values: Values, _promised: Exit) -> list[str]:
    return [
        _(
            "%(share)s %% du prix de la prestation ne sont dus que si cet objectif mesurable est atteint : "
            "%(indicator)s. La mesure est faite ensemble, à la date prévue, sur des chiffres que chacun peut vérifier."
        )
        % {"share": values["share"], "indicator": values["indicator"]}
    ]


def _invoices(_values: Values, _promised: Exit) -> list[str]:
    return [
        _(
            "Le client accepte de recevoir ses factures par e-mail et dans son espace (CGI, article 289, VI). Il peut "
            "demander du papier à tout moment, en écrivant à l’hébergeur."
        )
    ]


def _number(code: str, label: Words, default: int, unit: Words, least: int, most: int) -> Parameter:
    return Parameter(code, label, default, unit=unit, least=least, most=most)


CLAUSES: tuple[Clause, ...] = (
    SERVICE_LEVEL,
    PENALTIES,
    Clause(
        "continuite",
        lazy("Continuité et sauvegardes"),
        lazy("Dire qui peut agir et comment les données sont protégées d’une panne."),
        lazy("N’écrivez que ce que votre équipe tient vraiment : le nombre de personnes, les essais faits."),
        _continuity,
        (
            _number("people", lazy("Personnes qui savent intervenir"), 2, lazy("personnes"), 2, 50),
            _number("kept_days", lazy("Sauvegardes gardées"), 30, lazy("jours"), 1, 3650),
            _number("drill_months", lazy("Essai de restauration tous les"), 6, lazy("mois"), 2, 24),
        ),
        proposed=False,
    ),
    Clause(
        "donnees",
        lazy("Données personnelles"),
        lazy("Dire qui décide des données et qui les garde (RGPD, article 28)."),
        lazy("Publiez l’accord de sous-traitance : il est joint au contrat."),
        _data,
        always=True,
    ),
    Clause(
        "factures",
        lazy("Factures"),
        lazy("Recueillir l’accord que la loi demande avant d’envoyer une facture sans papier."),
        lazy(
            "Si une association demande du papier, envoyez-lui en plus le PDF imprimé : le fichier reste l’original."
        ),
        _invoices,
        always=True,
    ),
    Clause(
        "propriete",
        lazy("Propriété"),
        lazy("Rappeler que tout ce que l’association dépose ou paie lui appartient."),
        lazy("Les noms de domaine doivent être enregistrés au nom de l’association."),
        _ownership,
    ),
    Clause(
        "confidentialite",
        lazy("Confidentialité"),
        lazy("Protéger ce que chacun apprend de l’autre."),
        lazy("Le périmètre et la durée après le contrat doivent être dits."),
        _confidentiality,
        (
            Parameter(
                "scope",
                lazy("Ce qui reste secret"),
                "données, méthodes, prix convenus, mots de passe, vie interne",
                length=240,
            ),
            _number("years", lazy("Durée après la fin"), 3, lazy("ans"), 2, 10),
        ),
    ),
    Clause(
        "reversibilite",
        lazy("Partir avec ses données"),
        lazy("Garantir que l’association n’est jamais prisonnière (réversibilité)."),
        lazy("Formats, délais et effacement viennent de l’offre ; la documentation est toujours comprise."),
        _reversibility,
        (_number("training_hours", lazy("Formation ou aide au transfert"), 0, lazy("heures"), 0, 40),),
        always=True,
    ),
    Clause(
        "imprevision",
        lazy("Imprévision et force majeure"),
        lazy("Savoir que faire quand tout change sans faute de personne."),
        lazy("Citez des cas concrets ; une panne ordinaire n’en est pas un."),
        _hardship,
        (
            _number("talk_days", lazy("Durée de la discussion"), 60, lazy("jours"), 15, 180),
            Parameter(
                "cases",
                lazy("Cas de force majeure"),
                "catastrophe naturelle, coupure générale d’électricité ou de réseau, décision des autorités",
                length=300,
            ),
        ),
    ),
    Clause(
        "performance",
        lazy("Objectif de résultat"),
        lazy("Lier une part du prix d’une prestation à un résultat."),
        lazy(
            "L’indicateur doit être mesurable et réaliste, par exemple : « 30 personnes formées avant juin »."
        ),
        _performance,
        (
            _number("share", lazy("Part du prix"), 10, "%", 1, 50),
            Parameter(
                "indicator",
                lazy("Indicateur, valeur visée et date"),
                "",
                length=240,
                help=lazy("Un nombre et une date, sinon rien ne se mesure."),
            ),
        ),
        proposed=False,
    ),
    Clause(
        "resiliation",
        lazy("Résiliation"),
        lazy("Dire comment chacun peut mettre fin au contrat."),
        lazy("Le préavis vient de l’offre et ne dépasse jamais deux mois (règlement européen 2023/2854)."),
        _termination,
        (_number("cure_days", lazy("Délai pour remédier à un manquement"), 30, lazy("jours"), 8, 60),),
        always=True,
    ),
)
BY_CODE = {clause.code: clause for clause in CLAUSES}
