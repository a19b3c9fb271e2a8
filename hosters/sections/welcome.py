from django.utils.translation import gettext_lazy as _

from hosters.models import Hoster
from hosters.sections.fields import HosterForm, ParagraphField


class WelcomeForm(HosterForm):
    """Who answers, when, for which territory, and who else can (002-097, 002-098, 003-027)."""

    to_publish = frozenset({"contact_person", "contact_hours"})

    continuity = ParagraphField(
        label=_("Si l’une d’elles manque"),
        required=False,
        max_length=400,
        help_text=_(
            "Maladie, départ, vacances : qui prend le relais, et comment. "
            "Par exemple : les accès sont dans un coffre commun, une structure amie peut nous remplacer."
        ),
    )

    class Meta:
        model = Hoster
        fields = (
            "contact_person",
            "phone",
            "contact_hours",
            "response_time",
            "days_off",
            "area_served",
            "continuity_people",
            "continuity",
        )
        help_texts = {
            "contact_person": _(
                "Un prénom suffit. Ni robot, ni foire aux questions à la place de quelqu’un."
            ),
            "contact_hours": _("Par exemple : du lundi au jeudi, de 9 h 30 à 17 h 30."),
            "response_time": _("Par exemple : sous un jour ouvré."),
            "days_off": _("Par exemple : les jours fériés et la deuxième quinzaine d’août."),
            "continuity_people": _(
                "Combien savent dépanner, et en ont les accès. Une seule, c’est honnête de le dire."
            ),
            "area_served": _("Par exemple : le Rhône et la Loire, partout en France à distance."),
        }
