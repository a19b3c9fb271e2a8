"""Service level: when somebody answers, when it works again, and what follows if not (003-033 to 003-036, C8)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from billing.clauses.clause import Clause, Exit, Parameter, Values
from offers.service_hours import WHOLE_WEEK, WITH_SATURDAY, WORKING_WEEK, Coverage

#: Hours during which the delays run. The widest is for hosters who can really hold it.
CALENDARS = (
    ("bureau", lazy("du lundi au vendredi, de 9 h à 17 h, hors jours fériés")),
    ("etendu", lazy("du lundi au samedi, de 8 h à 20 h, hors jours fériés")),
    ("permanent", lazy("tous les jours, de jour comme de nuit")),
)

#: The same hours, as delays are counted.
COVERAGES = {
    "bureau": Coverage(WORKING_WEEK, 9, 17),
    "etendu": Coverage(WITH_SATURDAY, 8, 20),
    "permanent": Coverage(WHOLE_WEEK, 0, 24, on_holidays=True),
}


def _service_level(values: Values, _promised: Exit) -> list[str]:
    calendar = dict(CALENDARS)[str(values["calendar"])]
    return [
        _(
            "Quand un service ne marche plus, l’hébergeur le prend en charge dans les %(gti)s heures qui suivent le "
            "signalement (garantie de temps d’intervention, GTI) et le rétablit dans les %(gtr)s heures (garantie de "
            "temps de rétablissement, GTR)."
        )
        % {"gti": values["gti"], "gtr": values["gtr"]},
        _(
            "Ces heures sont comptées %(calendar)s : un signalement hors de ces heures compte à partir de l’heure "
            "suivante qui en fait partie. Les interruptions annoncées deux jours avant ne comptent pas."
        )
        % {"calendar": calendar},
    ]


def _penalties(values: Values, _promised: Exit) -> list[str]:
    percent = int(values["percent"])
    if not percent:
        return [
            _(
                "Aucune pénalité forfaitaire n’est prévue si ces délais sont dépassés. L’hébergeur explique alors par "
                "écrit ce qui s’est passé et ce qu’il change ; le client garde tous les droits que la loi lui donne."
            )
        ]
    return [
        _(
            "Chaque heure commencée au-delà de la GTR donne droit à %(percent)s %% du prix mensuel du service, "
            "au plus %(ceiling)s %% du prix du mois. La somme est déduite de la facture suivante, sans qu’il "
            "faille la demander."
        )
        % {"percent": percent, "ceiling": values["ceiling"]}
    ]


SERVICE_LEVEL = Clause(
    "niveau-de-service",
    lazy("Niveau de service"),
    lazy("Dire en combien de temps on intervient et on rétablit, et à quelles heures."),
    lazy("Promettez ce que votre équipe tient sans s’épuiser : le vendredi soir compte-t-il ?"),
    _service_level,
    (
        Parameter("calendar", lazy("Heures comptées"), "bureau", choices=CALENDARS),
        Parameter("gti", lazy("Intervention (GTI)"), 8, unit=lazy("heures"), least=2, most=240),
        Parameter("gtr", lazy("Rétablissement (GTR)"), 24, unit=lazy("heures"), least=2, most=480),
    ),
)
PENALTIES = Clause(
    "penalites",
    lazy("Si les délais sont dépassés"),
    lazy("Dire clairement s’il y a des pénalités, et lesquelles."),
    lazy("0 % écrit noir sur blanc qu’il n’y en a pas. Un plafond protège l’hébergeur."),
    _penalties,
    (
        Parameter("percent", lazy("Pénalité par heure commencée"), 0, unit="%", least=0, most=20),
        Parameter("ceiling", lazy("Plafond par mois"), 30, unit="%", least=1, most=100),
    ),
)
