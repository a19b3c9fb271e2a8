"""« Aidez-moi à choisir » : a few plain questions, made from what the published offers count."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from offers.models import Need, Offer
from offers.need_search import ADDRESSES, DOMAINS, PEOPLE, SPACE
from offers.parts import all_parts
from offers.sizing import (
    AVERAGE_VOLUNTEERS,
    SMALL_EMPLOYERS_PERCENT,
    SOURCE,
    USUAL_EMPLOYEES,
    People,
    Sizing,
    average_employees,
    size,
)
from offers.tariffs import tariff_in_force

#: GB for each person. A photo weighs about 3 MB, an hour of video about 2 GB.
SPACES = (
    ("1", _("Surtout du texte : comptes rendus, tableaux, affiches (1 Go par personne)")),
    ("5", _("Aussi des photos, plus de mille chacun (5 Go par personne)")),
    ("30", _("Des vidéos ou des enregistrements, une dizaine d’heures chacun (30 Go par personne)")),
    ("", _("Nous ne savons pas encore")),
)
WITH_HELP = "oui"
HELPS = (
    ("", _("Non, nous nous débrouillons")),
    (WITH_HELP, _("Oui, nous voulons être accompagnés par une personne")),
)
WITH_SITE = "oui"
SITES = (("", _("Non, ou il est déjà ailleurs")), (WITH_SITE, _("Oui, nous voulons un site")))
HAVE, WANTED = "nous-en-avons", "il-en-faut-un"
DOMAIN_CHOICES = (
    (HAVE, _("Nous en avons déjà un")),
    (WANTED, _("Il nous en faut un")),
    ("", _("Nous n’en voulons pas, ou pas tout de suite")),
)
CHOICES = {"site": SITES, "domaine": DOMAIN_CHOICES, "par_personne": SPACES, "accompagnement": HELPS}
#: What speaks of a site says so in one of these words.
SITE = re.compile(r"\b(sites?|web|blogs?)\b", re.IGNORECASE)
MOST_PEOPLE = 1_000_000
MOST_GB = 1_000_000
#: An address that has one of these gives answers; none of them, and it only asks the questions.
ANSWERS = ("benevoles", "salaries", "personnes")


@dataclass(frozen=True)
class QuestionGroup:
    """Questions under one heading. `known`: figures that only some people have, folded."""

    title: str
    fields: list[forms.BoundField]
    known: bool = False

    @property
    def has_errors(self) -> bool:
        return any(field.errors for field in self.fields)


GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Combien êtes-vous ?"), ("benevoles", "salaries")),
    (_("De quoi avez-vous besoin ?"), ("besoins", "site")),
    (_("Et les e-mails ?"), ("adresses", "domaine")),
    (_("Qu’allez-vous ranger ?"), ("par_personne",)),
    (_("Voulez-vous être accompagnés ?"), ("accompagnement",)),
)
KNOWN = (_("Vous avez déjà vos chiffres ?"), ("personnes", "espace"))


class HelpForm(forms.Form):
    """At most five groups of questions; those about what no offer counts are not asked. The page says once for all
    that none is compulsory."""

    all_optional = True

    benevoles = forms.IntegerField(
        label=_("Bénévoles actifs"),
        min_value=0,
        max_value=MOST_PEOPLE,
        initial=AVERAGE_VOLUNTEERS,
        required=False,
    )
    salaries = forms.IntegerField(
        label=_("Salarié·es"), min_value=0, max_value=MOST_PEOPLE, initial=USUAL_EMPLOYEES, required=False
    )
    besoins = forms.MultipleChoiceField(
        label=_("Que voulez-vous faire ?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Cochez tout ce qui vous serait utile."),
    )
    site = forms.ChoiceField(
        label=_("Un site pour l’association ?"), required=False, choices=SITES, widget=forms.RadioSelect
    )
    adresses = forms.IntegerField(
        label=_("Combien d’adresses e-mail vous faut-il ?"),
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
        help_text=_(
            "Par exemple contact@, tresorerie@. Zéro si vous les avez ailleurs. "
            "Laissez vide si vous ne savez pas : nous comptons une adresse par salarié·e, et une pour tous."
        ),
    )
    domaine = forms.ChoiceField(
        label=_("Un nom de domaine, la fin de vos adresses (comme lavoir.fr) ?"),
        required=False,
        choices=DOMAIN_CHOICES,
        initial="",
        widget=forms.RadioSelect,
    )
    par_personne = forms.ChoiceField(
        label=_("Ce que chacun garde"), required=False, choices=SPACES, initial="1", widget=forms.RadioSelect
    )
    accompagnement = forms.ChoiceField(
        label=_("Une personne avec vous"), required=False, choices=HELPS, widget=forms.RadioSelect
    )
    personnes = forms.IntegerField(
        label=_("Nombre de comptes"),
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
        help_text=_("Remplace « un compte par personne », par exemple quand seul le bureau s’en sert."),
    )
    espace = forms.IntegerField(
        label=_("Espace pour toute l’association (Go)"),
        min_value=1,
        max_value=MOST_GB,
        required=False,
        help_text=_("Remplace le calcul par personne."),
    )

    def __init__(self, offers: Sequence[Offer], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        needs = dict.fromkeys(part.component.need for offer in offers for part in all_parts(offer))
        self.needs: dict[str, Need] = {str(need.pk): need for need in needs}
        besoins = self.fields["besoins"]
        assert isinstance(besoins, forms.MultipleChoiceField)
        besoins.choices = [(pk, need.title) for pk, need in self.needs.items()]
        self.site_needs = [pk for pk, need in self.needs.items() if SITE.search(need.title)]
        if self.site_needs:
            del self.fields["site"]
        counted = _counted(offers)
        for name, code in (
            ("adresses", ADDRESSES), ("domaine", DOMAINS), ("par_personne", SPACE), ("espace", SPACE)
        ):  # fmt: skip
            if code not in counted:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Somebody will use it: people, or accounts."""
        given = super().clean() or {}
        wrong = any(name in self.errors for name in ANSWERS)
        if not wrong and not any(given.get(name) for name in ANSWERS):
            self.add_error(
                "benevoles",
                _(
                    "Dites-nous à peu près combien vous êtes : un chiffre rond suffit, vous pourrez le changer."
                ),
            )
        return given

    @property
    def groups(self) -> list[QuestionGroup]:
        """The questions as the page lays them out."""
        return [*self._laid_out(GROUPS, known=False), *self._laid_out((KNOWN,), known=True)]

    def _laid_out(
        self, groups: Sequence[tuple[Any, tuple[str, ...]]], *, known: bool
    ) -> Iterator[QuestionGroup]:
        for title, names in groups:
            fields = [self[name] for name in names if name in self.fields]
            if fields:
                yield QuestionGroup(str(title), fields, known)

    @property
    def figures(self) -> str:
        """Where the numbers already written come from (002-148)."""
        told = {
            "volunteers": AVERAGE_VOLUNTEERS,
            "percent": SMALL_EMPLOYERS_PERCENT,
            "average": average_employees(),
            "source": _(SOURCE),
        }
        return (
            _(
                "Les nombres déjà écrits sont ceux d’une association moyenne : %(volunteers)s bénévoles ; "
                "parmi celles qui emploient, %(percent)s %% ont une ou deux personnes salariées, "
                "et la moyenne est de %(average)s (%(source)s). Mettez les vôtres."
            )
            % told
        )

    @cached_property
    def sizing(self) -> Sizing:
        """The accounts, the space and the addresses that the answers call for. Only on a valid form."""
        given = self.cleaned_data
        return size(
            People(
                volunteers=given.get("benevoles") or 0,
                employees=given.get("salaries") or 0,
                gb_each=int(given.get("par_personne") or 0) or None,
                with_site=self.wants_site(),
                accounts=given.get("personnes"),
                gb=given.get("espace"),
                addresses=given.get("adresses") if "adresses" in self.fields else 0,
            )
        )

    def chosen_needs(self) -> list[Need]:
        return [self.needs[pk] for pk in self.cleaned_data["besoins"]]

    def quantities(self) -> dict[str, Decimal]:
        """The need by metric code. Only on a valid form; what is unknown or zero is not asked for."""
        asked = {
            PEOPLE: self.sizing.accounts,
            ADDRESSES: self.sizing.addresses,
            SPACE: self.sizing.gb,
            DOMAINS: 1 if self.cleaned_data.get("domaine") else 0,
        }
        return {code: Decimal(value) for code, value in asked.items() if value}

    def wants_help(self) -> bool:
        return bool(self.cleaned_data["accompagnement"] == WITH_HELP)

    def wants_site(self) -> bool:
        """Asked by itself, or as one of the needs."""
        asked = self.cleaned_data.get("site") == WITH_SITE
        return asked or any(pk in self.cleaned_data["besoins"] for pk in self.site_needs)

    def wants_domain(self) -> bool:
        """Whether a name is still to be found and paid for."""
        return bool(self.cleaned_data.get("domaine") == WANTED)

    def recap(self) -> list[tuple[str, str]]:
        """Each question with its answer, in words; what was left empty is not told."""
        told = ((field, self._told(name)) for name, field in self.fields.items())
        return [(str(field.label), words) for field, words in told if words]

    def _told(self, name: str) -> str:
        if name == "besoins":
            return ", ".join(need.title for need in self.chosen_needs())
        value = self.cleaned_data.get(name)
        if name in CHOICES:
            return next((str(label) for code, label in CHOICES[name] if code == (value or "")), "")
        return "" if value is None else str(value)


def was_answered(data: Mapping[str, Any]) -> bool:
    """Whether an address carries answers, or only asks the questions."""
    return any(name in data for name in ANSWERS)


def _counted(offers: Sequence[Offer]) -> set[str]:
    versions = [tariff_in_force(offer) for offer in offers]
    return {code for version in versions if version for code in version.tariff.metrics_by_code}
