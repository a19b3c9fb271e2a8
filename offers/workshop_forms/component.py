"""What a person types of a component: what it does, its three axes, and its proof."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from offers.models import Component, Need
from offers.needs import ordered_needs

#: Three independent axes (C5), each answer with its meaning and an example (000-001).
KINDS = [
    ("prestation", _("Prestation : un travail fait une fois. Par exemple reprendre vos anciens messages.")),
    (
        "service",
        _("Service : une aide humaine qui suit l’association. Par exemple deux heures de soutien par mois."),
    ),
    ("produit", _("Produit : livré pareil à tout le monde. Par exemple un espace de fichiers.")),
]
BILLINGS = [
    ("one_off", _("Une fois. Par exemple une installation.")),
    ("recurring", _("À chaque période. Par exemple un abonnement au mois ou à l’année.")),
    ("usage", _("À l’usage. Par exemple à l’heure, ou au Go consommé.")),
]
DELIVERIES = [
    ("automatic", _("Automatique : on commande, c’est prêt. Par exemple un compte créé tout seul.")),
    ("partial", _("En partie automatique. Par exemple un nom de domaine, à vérifier avec l’association.")),
    ("manual", _("Par une personne. Par exemple une formation.")),
]
VARIANTS = [
    ("", _("Sans objet. Par exemple une formation.")),
    ("shared", _("Mutualisée : plusieurs associations sur la même installation, chacune chez soi.")),
    ("dedicated", _("Dédiée : une installation rien que pour une association.")),
]
AXES = ("kind", "billing", "delivery", "variant")
WHAT = ("need", "function", "software")
WORK = (
    "hours",
    "capacity",
    "capacity_unit",
    "review_months",
    "is_physical",
    "stock",
    "download_url",
    "contact_person",
    "provider",
    "other_providers",
)
PLACE = (
    "data_location",
    "development_place",
    "backups",
    "supervision",
    "recovery_plan",
    "maintenance_fixes",
    "maintenance_security",
    "maintenance_changes",
    "availability",
    "coverage",
    "response_hours",
    "recovery_hours",
    "minor_recovery_hours",
    "support_hours",
)
MOVING = ("import_formats", "export_formats", "documentation_url", "prerequisites", "skill")


class ComponentForm(forms.ModelForm):
    need: "forms.ModelChoiceField[Need]" = forms.ModelChoiceField(
        label=_("Besoin auquel il répond"), queryset=None, empty_label=_("Choisir un besoin")
    )
    kind = forms.ChoiceField(label=_("Nature"), choices=KINDS, widget=forms.RadioSelect)
    billing = forms.ChoiceField(label=_("Facturation"), choices=BILLINGS, widget=forms.RadioSelect)
    delivery = forms.ChoiceField(label=_("Livraison"), choices=DELIVERIES, widget=forms.RadioSelect)
    variant = forms.ChoiceField(
        label=_("Installation"), choices=VARIANTS, widget=forms.RadioSelect, required=False
    )
    capacity_unit = forms.ChoiceField(
        label=_("Compté en"), choices=Component.CapacityUnit.choices, required=False
    )
    download_url = forms.URLField(
        label=_("Adresse à télécharger"), max_length=200, assume_scheme="https", required=False
    )
    documentation_url = forms.URLField(
        label=_("Mode d’emploi"),
        help_text=_("L’adresse d’une page que chacun peut lire."),
        max_length=200,
        assume_scheme="https",
        required=False,
    )

    class Meta:
        model = Component
        fields = WHAT + AXES + WORK + PLACE + MOVING
        localized_fields = ("hours", "availability")
        help_texts = {
            "function": _(
                "Le besoin et l’usage d’abord, sans nom de logiciel : « Stocker et partager des documents »."
            ),
            "software": _("Montré en second, en plus petit."),
            "hours": _(
                "Pour une prestation ou un atelier : le temps prévu. Pour un service : le temps de chaque mois. "
                "Par exemple 3,5."
            ),
            "capacity": _(
                "Pour ce qu’une personne fait : au-delà, l’équipe est prévenue. N’est pas montré aux visiteurs."
            ),
            "review_months": _(
                "Pour un service : une date de suivi s’ajoute à « Aujourd’hui » dès la signature, puis revient. "
                "Vide : pas de rendez-vous de suivi."
            ),
            "download_url": _(
                "Pour un produit numérique : l’association le trouve dans son espace dès qu’elle a accepté, "
                "sans que personne s’en occupe. N’est pas montrée aux visiteurs."
            ),
            "development_place": _(
                "Où travaillent les personnes qui font ce logiciel. Par exemple : France."
            ),
            "supervision": _(
                "Comment vous savez qu’il y a un problème. Par exemple : une alerte à l’équipe, jour et nuit."
            ),
            "recovery_plan": _(
                "Ce que vous faites si la machine est perdue. Par exemple : tout repart d’une copie en une journée."
            ),
            "is_physical": _(
                "Quelque chose que l’on remet en main propre ou par la poste : un ordinateur, un carnet."
            ),
            "contact_person": _("La personne que l’association connaîtra. Par exemple : Amina."),
            "provider": _("Laissez vide si c’est vous. Sinon, le nom du partenaire, montré sur la page."),
            "other_providers": _(
                "Des partenaires qui peuvent aussi le faire, séparés par « ; ». "
                "L’association choisit en demandant son devis."
            ),
            "stock": _("Pour un objet : combien il en reste. Vide : on ne compte pas."),
            "data_location": _("Une ville et un pays. Par exemple : Lyon, France."),
            "backups": _("Combien, tous les combien, gardées combien de temps, et où."),
            "availability": _(
                "Ce que vous tenez vraiment. 99,9 % : 8 h 46 min d’arrêt par an. 99 % : plus de trois jours."
            ),
            "coverage": _(
                "Ne promettez que les heures où quelqu’un est vraiment là. "
                "La page en donne un exemple : une panne du vendredi soir."
            ),
            "response_hours": _(
                "Le délai au plus avant que quelqu’un s’en occupe, compté aux heures choisies au-dessus."
            ),
            "recovery_hours": _(
                "Plus rien ne marche : le délai au plus avant que cela remarche. "
                "Vide : vous ne vous y engagez pas."
            ),
            "minor_recovery_hours": _(
                "Une simple gêne, que l’on contourne : le délai au plus avant qu’elle disparaisse."
            ),
            "support_hours": _("Par exemple : du lundi au jeudi, de 9 h 30 à 17 h 30."),
            "import_formats": _("Ce que l’on peut apporter d’ailleurs. Par exemple : tout compte IMAP."),
            "export_formats": _(
                "Ce que l’on rend au départ. Par exemple : fichiers tels quels, agendas en ICS."
            ),
            "prerequisites": _("Par exemple : le nom de domaine est à votre charge."),
            "skill": _("Laissez vide si n’importe qui s’en sert. Par exemple : créer un compte."),
        }

    def __init__(self, data: Mapping[str, Any] | None = None, *, instance: Component) -> None:
        super().__init__(data, instance=instance)
        self.fields["download_url"].help_text = self.Meta.help_texts["download_url"]
        need = self.fields["need"]
        assert isinstance(need, forms.ModelChoiceField)
        need.queryset = ordered_needs()

    def clean_capacity_unit(self) -> str:
        return self.cleaned_data["capacity_unit"] or Component.CapacityUnit.CLIENTS

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        in_hours = given.get("capacity") and given.get("capacity_unit") == Component.CapacityUnit.HOURS
        if in_hours and not given.get("hours") and "hours" not in self.errors:
            self.add_error("hours", _("Pour compter des heures, dites combien ce composant en prend."))
        others = Component.objects.filter(
            hoster=self.instance.hoster, need=given.get("need"), variant=given.get("variant", "")
        ).exclude(pk=self.instance.pk)
        functions = map(str.casefold, others.values_list("function", flat=True))
        if given.get("function", "").casefold() in functions:
            raise ValidationError(
                _(
                    "Ce composant existe déjà : même besoin, même usage, même installation. Changez l’un des trois."
                )
            )
        return given

    @property
    def parts(self) -> list[tuple[str, list[BoundField], bool]]:
        """The fields under their headings; whether they are folded: nothing there is asked, filled nor wrong."""
        headings = {
            _("Ce que ça fait"): WHAT,
            _("Des questions indépendantes"): AXES,
            _("Qui le fait"): WORK,
            _("Où, et avec quelle sûreté"): PLACE,
            _("Arriver, s’en servir, repartir"): MOVING,
        }
        return [
            (str(title), [self[name] for name in names], names in (PLACE, MOVING) and not self._told(names))
            for title, names in headings.items()
        ]

    def _told(self, names: tuple[str, ...]) -> bool:
        return any(self[name].errors or self[name].value() not in (None, "") for name in names)
