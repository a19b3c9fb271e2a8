"""The records that the team edits on a page of their own, by the word of their address."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from offers.models import Competitor, CostLine, Evidence, GlossaryTerm, Observation, RevenueSource
from offers.models.record import Record
from offers.study.forms import (
    CompetitorForm,
    CostForm,
    EvidenceForm,
    ObservationForm,
    RecordForm,
    RevenueForm,
    TermForm,
)


@dataclass(frozen=True)
class RecordKind:
    """`page`: the URL name of the list it belongs to. `lost`: what goes with it when it is deleted."""

    model: type[Record]
    form: type[RecordForm]
    page: str
    title: Any
    lost: Any


KINDS = {
    "mot": RecordKind(
        GlossaryTerm,
        TermForm,
        "staff:glossary",
        _("Glossaire"),
        _("Les visiteurs n’en auront plus l’explication."),
    ),
    "concurrent": RecordKind(
        Competitor, CompetitorForm, "staff:market", _("Marché"), _("Tout ce qui y a été relevé part avec.")
    ),
    "releve": RecordKind(
        Observation,
        ObservationForm,
        "staff:market",
        _("Marché"),
        _("Le tableau montrera le relevé d’avant, s’il existe."),
    ),
    "cout": RecordKind(
        CostLine, CostForm, "staff:costs", _("Coûts"), _("Le coût des offres sera recalculé sans elle.")
    ),
    "recette": RecordKind(
        RevenueSource,
        RevenueForm,
        "staff:revenue",
        _("Recettes"),
        _("Ce qu’elle prévoyait ne comptera plus."),
    ),
    "enquete": RecordKind(
        Evidence, EvidenceForm, "staff:evidence", _("Enquêtes"), _("Ce que vous y avez appris sera perdu.")
    ),
}
