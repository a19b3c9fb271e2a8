from django.utils.translation import gettext_lazy as _

from hosters.models import Hoster
from hosters.sections.fields import HosterForm, ParagraphField


class AvailabilityForm(HosterForm):
    """What the hoster really holds: availability, backups, place of the data (002-084, 002-085, 002-098)."""

    to_publish = frozenset(
        {"availability_target", "backup_copies", "backup_frequency", "data_place", "foreign_access"}
    )

    availability_why = ParagraphField(
        label=_("Pourquoi pas davantage"),
        required=False,
        max_length=400,
        help_text=_(
            "Le repos de l’équipe, le matériel que l’on ne double pas : dites-le, on vous croira mieux."
        ),
    )

    foreign_access = ParagraphField(
        label=_("Contre les demandes d’autres États"),
        required=False,
        max_length=400,
        help_text=_(
            "Ce qui empêche un État hors de l’Union européenne de se faire remettre les données : qui possède les "
            "machines, sous quel droit, ce qui est chiffré, ce que vous répondez. La loi demande de le publier."
        ),
    )

    class Meta:
        model = Hoster
        fields = (
            "availability_target",
            "availability_why",
            "backup_copies",
            "backup_frequency",
            "backup_retention",
            "backup_place",
            "data_place",
            "foreign_access",
        )
        help_texts = {
            "availability_target": _(
                "99,5 % permet 43 h 48 d’arrêt par an ; 99,9 % en permet 8 h 46. Au-delà, une petite équipe "
                "ne tient pas."
            ),
            "backup_frequency": _("Par exemple : chaque nuit."),
            "backup_retention": _("Par exemple : trente jours."),
            "backup_place": _("Par exemple : une seconde ville, à Saint-Étienne."),
            "data_place": _("Par exemple : nos serveurs à Lyon, en France."),
        }
